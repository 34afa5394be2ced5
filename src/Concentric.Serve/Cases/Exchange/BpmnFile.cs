using System.Xml;
using System.Xml.Linq;
using Concentric.Core;
using static Concentric.Serve.Cases.Bpmn;

namespace Concentric.Serve.Cases;

/// <summary>A file of BPMN as a tree: bounded before anything is built of it, with no DTD and nothing fetched.</summary>
internal static class BpmnFile
{
    public const int MostCharacters = 5_000_000;
    private const int MostParts = 200_000;
    private const int Deepest = 64;

    private static readonly XmlReaderSettings Guarded = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters };

    /// <summary>Its <c>definitions</c>.</summary>
    /// <exception cref="RefusedException">It is no BPMN 2.0, or more than is read; the message says what to do.</exception>
    public static XElement Read(string xml, string name)
    {
        if (xml.Length > MostCharacters) throw new RefusedException($"{name} has {xml.Length / 1_000_000.0:0.0} million characters; at most {MostCharacters / 1_000_000} million are taken. Export one process alone.");
        var text = xml.TrimStart('\uFEFF');
        try
        {
            Check(text, name);
            using var reader = XmlReader.Create(new StringReader(text), Guarded);
            var root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
            if (root.Name != Model + "definitions")
                throw new RefusedException($"{name} is XML, but not BPMN 2.0: it begins with “{root.Name.LocalName}” and not with its “definitions”. Save it as BPMN 2.0 in the program that it comes from.");
            return root;
        }
        catch (XmlException e)
        {
            throw new RefusedException(e.Message.Contains("DTD", StringComparison.Ordinal)
                ? $"{name} has a document type (DTD), which is not read: it can make a small file unfold without end, or fetch others. Remove the DOCTYPE line."
                : $"{name} is not XML as it should be: {e.Message} Save it again in the program that it comes from.");
        }
    }

    /// <summary>Goes through it once without keeping anything.</summary>
    private static void Check(string text, string name)
    {
        using var reader = XmlReader.Create(new StringReader(text), Guarded);
        for (var parts = 0; reader.Read();)
        {
            if (reader.Depth > Deepest) throw new RefusedException($"{name} has more than {Deepest} elements inside each other; no process map has. Save it again in the program that it comes from.");
            if (reader.NodeType == XmlNodeType.Element && (parts += 1 + reader.AttributeCount) > MostParts) throw new RefusedException($"{name} has more than {MostParts:N0} parts. Export one process alone.");
        }
    }
}
