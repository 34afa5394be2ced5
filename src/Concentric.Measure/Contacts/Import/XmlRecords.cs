using System.Text;
using System.Xml;

namespace Concentric.Measure.Contacts;

/// <summary>Records in XML, read forwards with bounded memory: no DTD, no entities, no more than a few elements inside each other.</summary>
internal abstract class XmlRecords : NamedRecords
{
    private const int MostDepth = 64;

    private readonly ImportLimits _limits;
    private readonly IXmlLineInfo _line;

    protected XmlRecords(Stream text, Mapping mapping, ImportLimits limits) : base(mapping, limits)
    {
        _limits = limits;
        Xml = XmlReader.Create(new TagGuard(text, limits), new()
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = limits.MostBytes, MaxCharactersFromEntities = 1_000_000,
            IgnoreComments = true, IgnoreProcessingInstructions = true, IgnoreWhitespace = true,
        });
        _line = (IXmlLineInfo)Xml;
    }

    protected XmlReader Xml { get; }

    protected long Line => Math.Max(1, _line.LineNumber);

    public override void Dispose() => Xml.Dispose();

    /// <summary>Goes to the next node; false at the end.</summary>
    /// <exception cref="ImportRefusedException">It is no XML, or XML of a kind that is not read.</exception>
    protected bool Next()
    {
        try
        {
            if (!Xml.Read()) return false;
        }
        catch (XmlException e)
        {
            throw new ImportRefusedException(e.Message.Contains("DTD", StringComparison.Ordinal)
                ? "The XML has a document type (DTD), which is not read: it can make a small file unfold without end, or fetch others. Remove the DOCTYPE line."
                : $"This is not XML as it should be: {Reject.Cut(e.Message)}", e.LineNumber);
        }
        catch (DecoderFallbackException)
        {
            throw new ImportRefusedException("The XML holds bytes that are no text in the encoding that it says. Save it as UTF-8.", Line);
        }
        if (Xml.Depth > MostDepth) throw new ImportRefusedException($"The XML has more than {MostDepth} elements inside each other, which no such file should.", Line);
        return true;
    }

    /// <summary>The text inside the current element, to its end; elements inside it are passed over.</summary>
    protected string TextWithin()
    {
        if (Xml.IsEmptyElement) return "";
        var depth = Xml.Depth;
        var text = new StringBuilder();
        while (Next() && Xml.Depth > depth)
        {
            if (Xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace) || Xml.Depth != depth + 1) continue;
            if (text.Length + Xml.Value.Length > _limits.MostFieldLength) throw new ImportRefusedException($"A text on line {Line} is longer than {_limits.MostFieldLength} characters.", Line);
            text.Append(Xml.Value);
        }
        return text.ToString();
    }

    /// <summary>Ends where no tag begins for longer than a value may be, before a parser has gathered it.</summary>
    private sealed class TagGuard(Stream inner, ImportLimits limits) : ReadOnlyStream
    {
        private long _since;
        private int _opened, _closing;
        private bool _isData;

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            for (var at = 0; at < read; at++)
            {
                // Between tags nothing is followed but how far the next one is, which a vector finds quicker than a look at each byte.
                if (!_isData && _opened == 0)
                {
                    var next = buffer[at..read].IndexOf((byte)'<');
                    if (next < 0)
                    {
                        _since += read - at;
                        break;
                    }
                    at += next;
                }
                Follow(buffer[at]);
            }
            if (_since > limits.MostFieldLength * 4L) throw new ImportRefusedException($"The XML goes on for more than {limits.MostFieldLength * 4L} bytes without a tag, which no such file should.");
            return read;
        }

        /// <remarks>In a CDATA section, which the parser gathers whole, a tag is none.</remarks>
        private void Follow(byte sign)
        {
            _since++;
            if (_isData)
            {
                if (sign == '>' && _closing >= 2) (_isData, _since) = (false, 0);
                _closing = sign == ']' ? _closing + 1 : 0;
                return;
            }
            if (sign == '<') (_since, _opened) = (0, 1);
            else if (_opened > 0)
            {
                _opened = sign == "<![CDATA["u8[_opened] ? _opened + 1 : 0;
                if (_opened == "<![CDATA["u8.Length) (_isData, _opened, _closing) = (true, 0, 0);
            }
        }
    }
}

/// <summary>Service requests of Open311 GeoReport v2 as XML: the fields are the elements inside <c>request</c>.</summary>
internal sealed class Open311Xml(FileBytes bytes, Mapping mapping, ImportLimits limits) : XmlRecords(bytes.Text, mapping, limits)
{
    protected override bool TryAdd(CsvBlock block)
    {
        while (Next())
        {
            if (Xml.NodeType == XmlNodeType.Element && Xml.LocalName == "request")
            {
                AddRequest(block);
                return true;
            }
        }
        return false;
    }

    private void AddRequest(CsvBlock block)
    {
        Clear();
        var (line, depth) = (Line, Xml.Depth);
        if (!Xml.IsEmptyElement)
        {
            while (Next() && Xml.Depth > depth)
            {
                if (Xml.NodeType != XmlNodeType.Element) continue;
                var name = Xml.LocalName;
                var text = TextWithin();
                Set(name, text);
            }
        }
        Add(block, line);
    }
}

/// <summary>Events of an XES log. An event's attribute is a column by its key, its trace's by <c>case:</c> and the key; <c>@position</c> is its place in the trace, from 1.</summary>
internal sealed class XesRecords(FileBytes bytes, Mapping mapping, ImportLimits limits) : XmlRecords(bytes.Text, mapping, limits)
{
    private readonly Dictionary<string, string> _case = new(StringComparer.Ordinal);
    private int _position;
    private bool _isInTrace, _isLog;

    protected override bool TryAdd(CsvBlock block)
    {
        while (Next())
        {
            if (Xml.NodeType == XmlNodeType.EndElement && Xml.LocalName == "trace") _isInTrace = false;
            if (Xml.NodeType != XmlNodeType.Element) continue;
            if (!_isLog && Xml.LocalName != "log") throw new ImportRefusedException($"This is not an event log in XES: it begins with <{Xml.LocalName}> and not with <log>.", Line);
            _isLog = true;
            switch (Xml.LocalName)
            {
                case "trace":
                    (_isInTrace, _position) = (!Xml.IsEmptyElement, 0);
                    _case.Clear();
                    break;
                case "event":
                    AddEvent(block);
                    return true;
                default:
                    // Defaults and descriptions of the log, or an attribute of the trace with what may stand inside it.
                    if (_isInTrace && Xml.GetAttribute("key") is { } key && IsRead($"case:{key}")) _case[$"case:{key}"] = Xml.GetAttribute("value") ?? "";
                    if (Xml.LocalName != "log") TextWithin();
                    break;
            }
        }
        return false;
    }

    private void AddEvent(CsvBlock block)
    {
        Clear();
        _position++;
        var (line, depth) = (Line, Xml.Depth);
        foreach (var (name, value) in _case) Set(name, value);
        Set("@position", _position.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (!Xml.IsEmptyElement)
        {
            while (Next() && Xml.Depth > depth)
            {
                if (Xml.NodeType == XmlNodeType.Element && Xml.Depth == depth + 1 && Xml.GetAttribute("key") is { } key) Set(key, Xml.GetAttribute("value") ?? "");
            }
        }
        Add(block, line);
    }
}
