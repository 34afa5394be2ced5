using System.Globalization;
using System.Text;
using Concentric.Needs.LinkedData;

namespace Concentric.Needs.Standards.Reading;

/// <summary>The words of a Turtle file (W3C Recommendation RDF 1.1 Turtle, section 6.5), read from where the reader stands.</summary>
internal sealed class TurtleScanner(SourceText source)
{
    private readonly string _text = source.Text;

    public int At { get; set; }
    public bool AtEnd => At >= _text.Length;
    public char Now => At < _text.Length ? _text[At] : '\0';

    public BadFileException Bad(string reason, int? at = null) => source.Bad(source.OfCharacter(Math.Min(at ?? At, _text.Length)), reason);

    /// <summary>Goes past blanks and comments.</summary>
    public void Skip()
    {
        for (; At < _text.Length; At++)
        {
            if (_text[At] == '#')
            {
                var end = _text.AsSpan(At).IndexOfAny('\r', '\n');
                At = end < 0 ? _text.Length : At + end;
                if (AtEnd) return;
            }
            if (_text[At] is not (' ' or '\t' or '\r' or '\n')) return;
        }
    }

    public bool Next(string text, bool anyCase = false) => string.Compare(_text, At, text, 0, text.Length, anyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) == 0;

    /// <summary>A word that ends where it ends: <c>a</c>, <c>true</c>, <c>PREFIX</c>.</summary>
    public bool Word(string word, bool anyCase = false)
    {
        if (!Next(word, anyCase)) return false;
        var end = At + word.Length;
        if (end < _text.Length && (IsNameChar(end, out _) || _text[end] == ':')) return false;
        At = end;
        return true;
    }

    public void Expect(char c, string what)
    {
        Skip();
        if (Now != c || AtEnd) throw Bad($"{what} was expected here{Found()}.");
        At++;
    }

    public string Found() => AtEnd ? ", and the file ends" : $", and there is “{ListDraft.Short(_text.Substring(At, Math.Min(20, _text.Length - At)))}”";

    /// <summary>What stands between &lt; and &gt;, its escapes resolved; still relative if it was.</summary>
    public string Iri()
    {
        var start = At++;
        var iri = new StringBuilder();
        for (; ; At++)
        {
            if (AtEnd || _text[At] is '\r' or '\n') throw Bad("an address opens here with < and is never closed.", start);
            if (_text[At] == '>') break;
            var part = _text[At] == '\\' ? Escape(false) : _text[At].ToString();
            if (part[0] <= ' ' || part[0] is '<' or '>' or '"' or '{' or '}' or '|' or '^' or '`' or '\\') throw Bad("this character may not stand in an address.");
            iri.Append(part);
        }
        At++;
        return iri.ToString();
    }

    /// <summary>A name before its colon; empty for the colon alone.</summary>
    public string Prefix()
    {
        var start = At;
        if (IsNameStart(At, out var length, underscore: false))
        {
            At += length;
            while (IsNameChar(At, out length) || Now == '.') At += Now == '.' ? 1 : length;
        }
        if (Now != ':' || _text[At == start ? At : At - 1] == '.') throw Bad($"a statement, an address or a name with a prefix was expected here{FoundAt(start)}.", start);
        var prefix = _text[start..At];
        At++;
        return prefix;
    }

    /// <summary>The part of a name after its colon.</summary>
    public string Local()
    {
        var local = new StringBuilder();
        var full = At;
        for (var first = true; ; first = false)
        {
            if (Now == ':' && !AtEnd) local.Append(_text[At++]);
            else if (Now == '%' && At + 2 < _text.Length && char.IsAsciiHexDigit(_text[At + 1]) && char.IsAsciiHexDigit(_text[At + 2]))
            {
                local.Append(_text, At, 3);
                At += 3;
            }
            else if (Now == '\\')
            {
                if (At + 1 == _text.Length || !"_~.-!$&'()*+,;=/?#@%".Contains(_text[At + 1], StringComparison.Ordinal)) throw Bad("this escape may not stand in a name.");
                local.Append(_text[At + 1]);
                At += 2;
            }
            else if (first ? IsNameStart(At, out var length, underscore: true) || (char.IsAsciiDigit(Now) && (length = 1) == 1) : IsNameChar(At, out length))
            {
                local.Append(_text, At, length);
                At += length;
            }
            else if (Now == '.' && !first)
            {
                local.Append('.');
                At++;
                continue;
            }
            else break;
            full = At;
        }
        // A stop at the end is the end of the statement and not of the name.
        local.Length -= At - full;
        At = full;
        return local.ToString();
    }

    /// <summary>The label of a blank node, after <c>_:</c>.</summary>
    public string BlankLabel()
    {
        var start = At += 2;
        if (!IsNameStart(At, out var length, underscore: true) && !(char.IsAsciiDigit(Now) && (length = 1) == 1)) throw Bad("a blank node has no label here.");
        At += length;
        while (IsNameChar(At, out length) || Now == '.') At += Now == '.' ? 1 : length;
        while (_text[At - 1] == '.') At--;
        return _text[start..At];
    }

    /// <summary>A text in one of the four kinds of quotation marks, its escapes resolved.</summary>
    public string Quoted()
    {
        var (start, mark) = (At, _text[At]);
        var three = new string(mark, 3);
        var isLong = Next(three);
        At += isLong ? 3 : 1;
        var text = new StringBuilder();
        while (true)
        {
            if (AtEnd) throw Bad("a text opens here and is never closed.", start);
            if (isLong ? Next(three) : Now == mark) break;
            if (Now == '\\') text.Append(Escape(true));
            else if (!isLong && Now is '\r' or '\n') throw Bad("this text goes over the end of its line. Put it between three quotation marks.", start);
            else text.Append(Now);
            At++;
        }
        At += isLong ? 3 : 1;
        return text.ToString();
    }

    public string Language()
    {
        var start = ++At;
        while (char.IsAsciiLetter(Now)) At++;
        if (At == start) throw Bad("a language such as en was expected after @.");
        while (Now == '-' && At + 1 < _text.Length && char.IsAsciiLetterOrDigit(_text[At + 1]))
        {
            At++;
            while (char.IsAsciiLetterOrDigit(Now)) At++;
        }
        return _text[start..At];
    }

    /// <summary>A number as it is written, and its datatype.</summary>
    public (string Text, string Datatype) Number()
    {
        var start = At;
        if (Now is '+' or '-') At++;
        var whole = Digits();
        var (point, decimals) = (false, 0);
        if (Now == '.' && At + 1 < _text.Length && (char.IsAsciiDigit(_text[At + 1]) || (whole > 0 && IsExponent(At + 1))))
        {
            point = true;
            At++;
            decimals = Digits();
        }
        if (whole + decimals == 0) throw Bad($"a number was expected here{FoundAt(start)}.", start);
        if (!IsExponent(At)) return (_text[start..At], Names.Xsd + (point ? "decimal" : "integer"));
        At += _text[At + 1] is '+' or '-' ? 2 : 1;
        Digits();
        return (_text[start..At], Names.Xsd + "double");
    }

    private bool IsExponent(int at)
    {
        if (at >= _text.Length || _text[at] is not ('e' or 'E')) return false;
        if (at + 1 < _text.Length && _text[at + 1] is '+' or '-') at++;
        return at + 1 < _text.Length && char.IsAsciiDigit(_text[at + 1]);
    }

    private int Digits()
    {
        var start = At;
        while (char.IsAsciiDigit(Now)) At++;
        return At - start;
    }

    // Leaves the last character of the escape as the present one.
    private string Escape(bool inText)
    {
        var start = At++;
        var simple = inText ? Now switch { 't' => "\t", 'b' => "\b", 'n' => "\n", 'r' => "\r", 'f' => "\f", '"' => "\"", '\'' => "'", '\\' => "\\", _ => null } : null;
        if (simple is not null) return simple;
        var digits = Now switch { 'u' => 4, 'U' => 8, _ => throw Bad("this escape is not known.", start) };
        if (At + digits >= _text.Length || !int.TryParse(_text.AsSpan(At + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
            throw Bad("this escape is no character.", start);
        At += digits;
        return new Rune(code).ToString();
    }

    private string FoundAt(int at) => at >= _text.Length ? ", and the file ends" : $", and there is “{ListDraft.Short(_text.Substring(at, Math.Min(20, _text.Length - at)))}”";

    // PN_CHARS_BASE, and the underscore where PN_CHARS_U is meant.
    private bool IsNameStart(int at, out int length, bool underscore)
    {
        length = 1;
        if (at >= _text.Length) return false;
        var c = _text[at];
        if (char.IsAsciiLetter(c) || (underscore && c == '_')) return true;
        if (char.IsHighSurrogate(c) && at + 1 < _text.Length && char.IsLowSurrogate(_text[at + 1]))
        {
            length = 2;
            return char.ConvertToUtf32(c, _text[at + 1]) <= 0xEFFFF;
        }
        return c is (>= '\u00C0' and <= '\u00D6') or (>= '\u00D8' and <= '\u00F6') or (>= '\u00F8' and <= '\u02FF') or (>= '\u0370' and <= '\u037D') or (>= '\u037F' and <= '\u1FFF')
            or '\u200C' or '\u200D' or (>= '\u2070' and <= '\u218F') or (>= '\u2C00' and <= '\u2FEF') or (>= '\u3001' and <= '\uD7FF') or (>= '\uF900' and <= '\uFDCF') or (>= '\uFDF0' and <= '\uFFFD');
    }

    private bool IsNameChar(int at, out int length) => IsNameStart(at, out length, underscore: true)
        || (at < _text.Length && (length = 1) == 1 && _text[at] is '-' or (>= '0' and <= '9') or '\u00B7' or (>= '\u0300' and <= '\u036F') or '\u203F' or '\u2040');
}
