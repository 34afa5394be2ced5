using System.Globalization;

namespace Concentric.Serve.Forms;

/// <summary>Reads an expression by recursive descent, with limits on depth and size.</summary>
internal sealed class ExpressionParser
{
    private const int MostParts = 500;
    private const int Deepest = 32;

    private readonly string _text;
    private readonly List<Expression.NamePlace> _names = [];
    private int _at;
    private int _parts;
    private int _depth;

    public sealed class WrongException(string message, int at) : Exception(message)
    {
        public int At => at;
    }

    public ExpressionParser(string text) => _text = text;

    public IReadOnlyList<Expression.NamePlace> Names => _names;

    public Node Whole()
    {
        Blanks();
        if (_at == _text.Length) throw Wrong("It is empty");
        var node = Or();
        return _at < _text.Length ? throw Wrong($"“{_text[_at]}” is not expected here") : node;
    }

    private Node Or()
    {
        if (++_depth > Deepest) throw Wrong($"It is nested deeper than {Deepest} levels");
        var left = And();
        while (Word("or")) left = Part(new OrNode(left, And()));
        _depth--;
        return left;
    }

    private Node And()
    {
        var left = Not();
        while (Word("and")) left = Part(new AndNode(left, Not()));
        return left;
    }

    private Node Not()
    {
        // "not" is often repeated by hand-made tools: counted, so that a long row of it cannot exhaust the stack.
        var nots = 0;
        while (Word("not")) nots++;
        var node = Comparison();
        return nots % 2 == 1 ? Part(new NotNode(node)) : nots > 0 ? Part(new NotNode(Part(new NotNode(node)))) : node;
    }

    private Node Comparison()
    {
        var left = Sum();
        foreach (var (sign, kind) in CompareNode.Signs)
        {
            if (char.IsLetter(sign[0]) ? !Word(sign) : !Sign(sign)) continue;
            return Part(new CompareNode(left, kind, Sum()));
        }
        return left;
    }

    private Node Sum()
    {
        var left = Product();
        while (true)
        {
            if (Sign("+")) left = Part(new ArithmeticNode(left, '+', Product()));
            else if (Sign("-")) left = Part(new ArithmeticNode(left, '-', Product()));
            else return left;
        }
    }

    private Node Product()
    {
        var left = Primary();
        while (true)
        {
            if (Sign("*")) left = Part(new ArithmeticNode(left, '*', Primary()));
            else if (Sign("/")) left = Part(new ArithmeticNode(left, '/', Primary()));
            else return left;
        }
    }

    private Node Primary()
    {
        if (_at == _text.Length) throw Wrong("Something is missing at the end");
        if (Sign("("))
        {
            var inner = Or();
            Must(")");
            return inner;
        }
        if (Sign("[")) return Part(new ListNode(Items("]")));
        if (_text[_at] == '\'') return Part(new ConstantNode(new Value.Text(QuotedText())));
        if (char.IsAsciiDigit(_text[_at]) || (_text[_at] == '-' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]))) return Part(new ConstantNode(NumberValue()));
        if (char.IsAsciiLetter(_text[_at])) return NameOrCall();
        throw Wrong($"“{_text[_at]}” is not expected here");
    }

    private Node NameOrCall()
    {
        var start = _at;
        var name = Name();
        Blanks();
        if (_at < _text.Length && _text[_at] == '(')
        {
            Must("(");
            if (Functions.Find(name) is not { } function) throw new WrongException($"There is no function “{name}”", start);
            var arguments = Items(")");
            if (arguments.Count < function.Fewest || arguments.Count > function.Most)
                throw new WrongException($"“{name}” takes {(function.Fewest == function.Most ? $"{function.Fewest}" : $"{function.Fewest} to {function.Most}")} values and not {arguments.Count}", start);
            return Part(new CallNode(function, arguments));
        }
        if (name == "true") return Part(new ConstantNode(Value.True));
        if (name == "false") return Part(new ConstantNode(Value.False));
        if (name == "nothing") return Part(new ConstantNode(Value.Nothing));
        if (name is "and" or "or" or "not" or "in" or "contains") throw new WrongException($"“{name}” is not expected here", start);
        var parts = name.Split('.');
        if (parts.Any(p => p.Length == 0)) throw new WrongException($"“{name}” is not a name", start);
        _names.Add(new(parts[0], start));
        return Part(new NameNode(parts[0], parts[1..]));
    }

    private List<Node> Items(string end)
    {
        var items = new List<Node>();
        if (Sign(end)) return items;
        do items.Add(Or());
        while (Sign(","));
        Must(end);
        return items;
    }

    private string Name()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '-' or '.' or '_')) _at++;
        return _text[start.._at];
    }

    private string QuotedText()
    {
        var start = _at++;
        var text = new System.Text.StringBuilder();
        while (true)
        {
            if (_at == _text.Length) throw new WrongException("The quote is not closed", start);
            if (_text[_at] != '\'')
            {
                text.Append(_text[_at++]);
                continue;
            }
            if (_at + 1 < _text.Length && _text[_at + 1] == '\'')
            {
                text.Append('\'');
                _at += 2;
                continue;
            }
            _at++;
            Blanks();
            return text.ToString();
        }
    }

    private Value NumberValue()
    {
        var start = _at++;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.')) _at++;
        if (!decimal.TryParse(_text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            throw new WrongException($"“{_text[start.._at]}” is not a number", start);
        Blanks();
        return Value.Of(number);
    }

    private Node Part(Node node) => ++_parts > MostParts ? throw Wrong($"It has more than {MostParts} parts") : node;

    private bool Word(string word)
    {
        if (!_text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal)) return false;
        var end = _at + word.Length;
        if (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '-' or '.' or '_')) return false;
        _at = end;
        Blanks();
        return true;
    }

    private bool Sign(string sign)
    {
        if (!_text.AsSpan(_at).StartsWith(sign, StringComparison.Ordinal)) return false;
        _at += sign.Length;
        Blanks();
        return true;
    }

    private void Must(string sign)
    {
        if (!Sign(sign)) throw Wrong($"“{sign}” is missing");
    }

    private void Blanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    private WrongException Wrong(string message) => new(message, _at);
}
