using System.Globalization;
using System.Text;
using System.Text.Json;
using Concentric.Needs.LinkedData;

namespace Concentric.Tests.Needs.LinkedData;

/// <summary>Reads back what the writers write, by the grammars of Turtle and JSON-LD and not by the writers' code; as much of them as is used.</summary>
internal static class RdfText
{
    public static HashSet<Triple> Turtle(string text)
    {
        var reader = new TurtleText(text);
        var triples = new HashSet<Triple>();
        var prefixes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!reader.AtEnd)
        {
            if (reader.TakeWord("@prefix"))
            {
                var name = reader.Until(':');
                reader.Take(':');
                prefixes[name] = reader.Iri();
                reader.Take('.');
                continue;
            }
            var subject = reader.Name(prefixes);
            do
            {
                var predicate = reader.TakeWord("a ") ? "http://www.w3.org/1999/02/22-rdf-syntax-ns#type" : reader.Name(prefixes);
                do triples.Add(new(subject, predicate, reader.Node(prefixes)));
                while (reader.TryTake(','));
            }
            while (reader.TryTake(';'));
            reader.Take('.');
        }
        return triples;
    }

    public static HashSet<Triple> JsonLd(string text)
    {
        var root = JsonElement.Parse(text);
        var context = root.GetProperty("@context").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
        var triples = new HashSet<Triple>();
        foreach (var thing in root.GetProperty("@graph").EnumerateArray())
        {
            var subject = thing.GetProperty("@id").GetString()!;
            foreach (var property in thing.EnumerateObject().Where(p => p.Name != "@id"))
            {
                foreach (var value in property.Value.EnumerateArray())
                {
                    triples.Add(property.Name == "@type" ? new(subject, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", new(Full(value.GetString()!), true))
                        : value.TryGetProperty("@id", out var id) ? new(subject, Full(property.Name), new(id.GetString()!, true))
                        : new(subject, Full(property.Name), new(value.GetProperty("@value").GetString()!, false,
                            value.TryGetProperty("@language", out var language) ? language.GetString() : null, value.TryGetProperty("@type", out var type) ? Full(type.GetString()!) : null)));
                }
            }
        }
        return triples;

        string Full(string name) => name.Split(':', 2) is [var prefix, var rest] && !rest.StartsWith("//", StringComparison.Ordinal) && context.TryGetValue(prefix, out var full) ? full + rest : name;
    }

    private sealed class TurtleText(string text)
    {
        private int _at;

        public bool AtEnd { get { Skip(); return _at == text.Length; } }

        public bool TakeWord(string word)
        {
            Skip();
            if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0) return false;
            _at += word.Length;
            return true;
        }

        public bool TryTake(char sign)
        {
            Skip();
            if (_at >= text.Length || text[_at] != sign) return false;
            _at++;
            return true;
        }

        public void Take(char sign)
        {
            if (!TryTake(sign)) throw new FormatException($"“{sign}” is missing at {_at}: {text[_at..Math.Min(text.Length, _at + 60)]}");
        }

        public string Until(char sign)
        {
            Skip();
            var start = _at;
            while (text[_at] != sign) _at++;
            return text[start.._at];
        }

        public string Iri()
        {
            Take('<');
            var iri = Until('>');
            Take('>');
            return !iri.Any(c => c is <= ' ' or '<' or '"' or '{' or '}' or '|' or '^' or '`' or '\\') ? iri : throw new FormatException($"Not an address: {iri}");
        }

        public string Name(Dictionary<string, string> prefixes)
        {
            Skip();
            if (text[_at] == '<') return Iri();
            var start = _at;
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or ':')) _at++;
            var parts = text[start.._at].Split(':');
            return prefixes[parts[0]] + parts[1];
        }

        public Node Node(Dictionary<string, string> prefixes)
        {
            Skip();
            if (text[_at] != '"') return new(Name(prefixes), true);
            var value = Quoted();
            if (_at < text.Length && text[_at] == '@')
            {
                var start = ++_at;
                while (char.IsAsciiLetter(text[_at])) _at++;
                return new(value, false, text[start.._at]);
            }
            if (string.CompareOrdinal(text, _at, "^^", 0, 2) != 0) return new(value, false);
            _at += 2;
            return new(value, false, null, Name(prefixes));
        }

        private string Quoted()
        {
            var value = new StringBuilder();
            for (_at++; text[_at] != '"'; _at++)
            {
                if (text[_at] is '\n' or '\r') throw new FormatException("A line ends within a short text.");
                if (text[_at] != '\\')
                {
                    value.Append(text[_at]);
                    continue;
                }
                var sign = text[++_at];
                if (sign == 'u')
                {
                    value.Append((char)int.Parse(text.AsSpan(_at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    _at += 4;
                }
                else value.Append(sign switch { 't' => '\t', 'n' => '\n', 'r' => '\r', 'b' => '\b', 'f' => '\f', '"' or '\\' or '\'' => sign, _ => throw new FormatException($"\\{sign} is nothing.") });
            }
            _at++;
            return value.ToString();
        }

        private void Skip()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        }
    }
}
