using System.Collections.Concurrent;

namespace Concentric.Serve.Forms;

/// <summary>
/// A condition or a sum of a form, parsed to a tree. Total: each text has a value for any answers, in a bounded number of steps; what is wrong
/// with it (<see cref="Error"/>) makes it nothing. docs/forms.md describes the language.
/// </summary>
public sealed class Expression
{
    /// <summary>Most characters of one.</summary>
    public const int MostCharacters = 2000;

    private const int MostKept = 20_000;
    private static readonly ConcurrentDictionary<string, Expression> Kept = new(StringComparer.Ordinal);

    private readonly Node? _root;
    private readonly IReadOnlyList<NamePlace> _names;

    internal readonly record struct NamePlace(string Name, int Start);

    private Expression(string text, Node? root, IReadOnlyList<NamePlace> names, string? error) => (Text, _root, _names, Error) = (text, root, names, error);

    public string Text { get; }

    /// <summary>What is wrong with it, in words; null where nothing is.</summary>
    public string? Error { get; }

    /// <summary>The names that it asks for, without what follows a dot.</summary>
    public IEnumerable<string> Names => _names.Select(n => n.Name).Distinct(StringComparer.Ordinal);

    internal Node? Root => _root;

    /// <summary>The expression of that text; parsed once.</summary>
    public static Expression Of(string text)
    {
        if (Kept.TryGetValue(text, out var known)) return known;
        if (text.Length > MostCharacters) return Parse(text);
        // Texts that are typed in the builder must not fill the memory.
        if (Kept.Count > MostKept) Kept.Clear();
        return Kept.GetOrAdd(text, Parse(text));
    }

    public static Expression Parse(string text)
    {
        if (text.Length > MostCharacters) return new(text, null, [], $"It has {text.Length} characters; at most {MostCharacters} are taken.");
        try
        {
            var parser = new ExpressionParser(text);
            return new(text, parser.Whole(), parser.Names, null);
        }
        catch (ExpressionParser.WrongException e)
        {
            return new(text, null, [], $"{e.Message} (at character {e.At + 1})");
        }
    }

    /// <summary>Its value. Nothing where it is wrong, or takes more than <see cref="Scope.MostSteps"/> steps.</summary>
    public Value Evaluate(Scope scope)
    {
        if (_root is null) return Value.Nothing;
        scope.Begin();
        return _root.Evaluate(scope);
    }

    public bool IsTrue(Scope scope) => Evaluate(scope).IsTrue;

    /// <summary>The same expression with names changed, as when forms are joined to a bundle.</summary>
    public Expression Rename(Func<string, string> change)
    {
        if (Error is not null) return this;
        var text = Text;
        foreach (var (name, start) in _names.OrderByDescending(n => n.Start)) text = string.Concat(text.AsSpan(0, start), change(name), text.AsSpan(start + name.Length));
        return Of(text);
    }

    /// <summary>A text of the language for that text: quoted, quotes doubled.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public override string ToString() => Text;
}
