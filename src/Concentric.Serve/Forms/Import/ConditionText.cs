using System.Globalization;
using System.Text;

namespace Concentric.Serve.Forms.Import;

/// <summary>Reads a condition that the source wrote as text (<c>applicant.age &gt;= 18 and not (a == 'x')</c>) and writes it in our language.</summary>
internal sealed class ConditionText
{
    private const int Deepest = 24;
    private static readonly string[] Signs = ["==", "!=", ">=", "<=", "&&", "||", ">", "<", "(", ")", ",", "+", "-", "*", "/", "!", "?", ":"];
    private readonly List<(char Kind, string Text)> _tokens;
    private readonly Func<string, IReadOnlyList<SourceField>> _fields;
    private readonly Func<string, string?> _condition;
    private readonly Func<SourceField, string, string?, ConditionTerms.Relative?, string?> _term;
    private int _at;
    private int _depth;

    internal sealed class CannotException(string message) : Exception(message);

    /// <summary>A part: our text, and what it is alone, so that a comparison knows its sides.</summary>
    private sealed record Part(string Text, SourceField? Field = null, string? Constant = null, bool IsQuoted = false, ConditionTerms.Relative? Day = null, SourceField? LengthOf = null);

    private ConditionText(string text, Func<string, IReadOnlyList<SourceField>> fields, Func<string, string?> condition, Func<SourceField, string, string?, ConditionTerms.Relative?, string?> term)
    {
        (_tokens, _fields, _condition, _term) = (Tokens(text), fields, condition, term);
    }

    /// <exception cref="CannotException">It holds what cannot be carried; the message says what.</exception>
    public static string Read(string text, Func<string, IReadOnlyList<SourceField>> fields, Func<string, string?> condition, Func<SourceField, string, string?, ConditionTerms.Relative?, string?> term)
    {
        var reader = new ConditionText(text, fields, condition, term);
        var whole = reader.Or();
        return reader._at < reader._tokens.Count ? throw new CannotException($"“{reader._tokens[reader._at].Text}” is not understood") : Truth(whole);
    }

    private Part Or()
    {
        if (++_depth > Deepest) throw new CannotException("it is nested too deeply");
        var whole = Joined(And, "or", "||");
        _depth--;
        return whole;
    }

    private Part And() => Joined(Not, "and", "&&");

    private Part Joined(Func<Part> next, string word, string sign)
    {
        var first = next();
        if (!At(word) && !At(sign)) return first;
        var parts = new List<string> { Truth(first) };
        while (Take(word) || Take(sign)) parts.Add(Truth(next()));
        return new($"({string.Join($" {word} ", parts)})");
    }

    private Part Not()
    {
        var nots = 0;
        while (Take("not") || Take("!")) nots++;
        var part = Comparison();
        return nots % 2 == 0 ? part : new($"not ({Truth(part)})");
    }

    private Part Comparison()
    {
        var left = Sum();
        foreach (var sign in (ReadOnlySpan<string>)["==", "!=", ">=", "<=", ">", "<"])
            if (Take(sign)) return Compared(left, sign, Sum());
        if (Take("in"))
        {
            var right = Sum();
            if (right.Field is { } field && left.Constant is { } value) return Term(field, "contains", value, null);
            throw new CannotException("“in” is only understood between a value and a question");
        }
        return left;
    }

    private Part Compared(Part left, string sign, Part right)
    {
        if (left.Field is null && right.Field is not null && left.Constant is not null) return Compared(right, sign switch { ">" => "<", "<" => ">", ">=" => "<=", "<=" => ">=", _ => sign }, left);
        if (left.LengthOf is not null || left.Field is null || (right.Constant is null && right.Day is null)) return new($"{left.Text} {(sign == "==" ? "=" : sign)} {right.Text}");
        if (right.Day is { } day && left.Field.IsDate) return new($"{left.Field.Id} {(sign == "==" ? "=" : sign)} {ConditionTerms.Day(day)}");
        var field = left.Field;
        return sign switch
        {
            "==" => Term(field, "is", right.Constant, right.Day),
            "!=" => Term(field, "is not", right.Constant, right.Day),
            _ when field.IsDate => Term(field, sign == ">" ? "is after" : sign == "<" ? "is before" : sign == ">=" ? "is at least" : "is at most", right.Constant, null),
            ">=" => Term(field, "is at least", right.Constant, null),
            "<=" => Term(field, "is at most", right.Constant, null),
            ">" => Term(field, "is more than", right.Constant, null),
            _ => Term(field, "is less than", right.Constant, null),
        };
    }

    private Part Term(SourceField field, string @operator, string? value, ConditionTerms.Relative? day) => new(_term(field, @operator, value, day) ?? throw new CannotException($"“{field.Name} {@operator}” cannot be written"));

    private Part Sum()
    {
        var left = Primary();
        while (true)
        {
            if (Take("+")) left = new($"{left.Text} + {Primary().Text}");
            else if (Take("-")) left = new($"{left.Text} - {Primary().Text}");
            else if (Take("*")) left = new($"{left.Text} * {Primary().Text}");
            else if (Take("/")) left = new($"{left.Text} / {Primary().Text}");
            else return left;
        }
    }

    private Part Primary()
    {
        if (_at >= _tokens.Count) throw new CannotException("it ends too early");
        if (Take("("))
        {
            var inner = Or();
            Must(")");
            return inner with { Text = inner.Text.StartsWith('(') ? inner.Text : inner.Field is not null || inner.Constant is not null ? inner.Text : $"({inner.Text})" };
        }
        if (Take("-")) return Primary() is { Constant: { } number, IsQuoted: false } ? new($"-{number}", null, $"-{number}") : throw new CannotException("a minus stands before what is no number");
        var (kind, text) = _tokens[_at++];
        return kind switch
        {
            'n' => new(text, null, text),
            's' => new(Expression.Quote(text), null, text, IsQuoted: true),
            'w' => Word(text),
            _ => throw new CannotException($"“{text}” is not expected"),
        };
    }

    private Part Word(string word)
    {
        if (word is "true" or "false") return new(word, null, word);
        if (Take("(")) return Call(word);
        if (_condition(word) is { } condition) return new(condition);
        return _fields(word) is [var field, ..] ? new(field.Id, field) : throw new CannotException($"there is no question or condition “{word}”");
    }

    private Part Call(string function)
    {
        var arguments = new List<Part>();
        if (!Take(")"))
        {
            do arguments.Add(Or());
            while (Take(","));
            Must(")");
        }
        return (function, arguments) switch
        {
            ("length", [{ Field: { IsCheckboxes: true } boxes }]) => new($"count({boxes.Id})", LengthOf: boxes),
            ("length", [var x]) => new($"length({x.Text})", LengthOf: x.Field),
            ("dateForComparison", [{ Constant: { } count }, { Constant: { } unit }]) when int.TryParse(count, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && Math.Abs(n) < 10_000 =>
                new(ConditionTerms.Day(new(n, unit)), Day: new(n, unit)),
            ("min" or "max", { Count: > 0 }) => new($"{function}({string.Join(", ", arguments.Select(a => a.Text))})"),
            ("round", [var x]) => new($"round({x.Text})"),
            _ => throw new CannotException($"the function “{function}” is not known here"),
        };
    }

    /// <summary>A question alone, where a truth is wanted, is one that is answered with something.</summary>
    private static string Truth(Part part) =>
        part.Field is { } field ? field.IsYesNo ? $"{field.Id} = true" : $"answered({field.Id})" : part.Text;

    private bool At(string text) => _at < _tokens.Count && _tokens[_at].Kind != 's' && _tokens[_at].Text == text;

    private bool Take(string text)
    {
        if (!At(text)) return false;
        _at++;
        return true;
    }

    private void Must(string text)
    {
        if (!Take(text)) throw new CannotException($"“{text}” is missing");
    }

    private static List<(char Kind, string Text)> Tokens(string text)
    {
        var tokens = new List<(char, string)>();
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            var start = at;
            if (char.IsWhiteSpace(c)) at++;
            else if (c is '\'' or '"')
            {
                var value = new StringBuilder();
                for (at++; at < text.Length && text[at] != c; at++)
                {
                    if (text[at] == '\\' && at + 1 < text.Length) at++;
                    value.Append(text[at]);
                }
                if (at++ >= text.Length) throw new CannotException("a quote is not closed");
                tokens.Add(('s', value.ToString()));
            }
            else if (char.IsAsciiDigit(c))
            {
                while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.')) at++;
                tokens.Add(('n', text[start..at]));
            }
            else if (char.IsLetter(c) || c is '_' or '$')
            {
                while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '$' or '.' or ':')) at++;
                tokens.Add(('w', text[start..at]));
            }
            else if (Signs.FirstOrDefault(s => text.AsSpan(at).StartsWith(s, StringComparison.Ordinal)) is { } sign)
            {
                at += sign.Length;
                tokens.Add(('o', sign));
            }
            else throw new CannotException($"“{c}” is not understood");
        }
        return tokens;
    }
}
