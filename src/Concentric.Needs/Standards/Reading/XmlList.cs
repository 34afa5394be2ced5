using System.Xml;
using System.Xml.Linq;

namespace Concentric.Needs.Standards.Reading;

/// <summary>A list in one of the two XML forms of esd-toolkit. Nothing outside the file is ever opened, and no document type is allowed.</summary>
internal static class XmlList
{
    private const int Deepest = 64;
    private const int MostNodes = 5_000_000;

    /// <exception cref="BadFileException">It is not XML, too deep, or not one of the two forms.</exception>
    public static ListFile Read(SourceText source)
    {
        var root = Load(source);
        if (root.Name.LocalName == "ControlledList") return ControlledListXml.Read(source, root);
        if (NestedXml.Fits(root)) return NestedXml.Read(source, root);
        throw source.Bad(Where(At(root)), $"the root is “{ListDraft.Short(root.Name.LocalName)}”. The XML forms of esd-toolkit have ControlledList, or a plural such as Functions with a Function below it that has an Identifier and a Label.");
    }

    /// <summary>The place of an element, in one number.</summary>
    public static long At(XObject element) => Packed((IXmlLineInfo)element);

    public static Place Where(long at) => new(Math.Max(1, (int)(at >> 32)), Math.Max(1, (int)(at & 0x7fffffff)));

    private static long Packed(IXmlLineInfo info) => ((long)info.LineNumber << 32) | (uint)info.LinePosition;

    private static XElement Load(SourceText source)
    {
        try
        {
            Check(source);
            using var reader = Open(source);
            return XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException e)
        {
            var reason = e.Message.Contains("DTD", StringComparison.Ordinal) ? "a document type (DOCTYPE) is not allowed. Take the line out." : $"this is not well-formed XML: {e.Message}";
            throw source.Bad(new(Math.Max(1, e.LineNumber), Math.Max(1, e.LinePosition)), reason);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or System.Text.DecoderFallbackException)
        {
            throw source.Bad(new(1, 1), "the file says that it is in an encoding that is not known here. Save it as UTF-8.");
        }
    }

    // Before a tree is built of it, so that neither depth nor number can use up what the program has.
    private static void Check(SourceText source)
    {
        using var reader = Open(source);
        for (var nodes = 0; reader.Read(); nodes += 1 + reader.AttributeCount)
        {
            if (reader.Depth > Deepest) throw source.Bad(Where(Packed((IXmlLineInfo)reader)), $"elements stand more than {Deepest} deep in each other.");
            if (nodes > MostNodes) throw source.Bad(Where(Packed((IXmlLineInfo)reader)), "the file has more elements than any list.");
        }
    }

    private static XmlReader Open(SourceText source) => XmlReader.Create(new MemoryStream(source.Bytes), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    });
}
