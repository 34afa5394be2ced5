namespace Concentric.Serve.Forms;

/// <summary>Conditions written together; null is always true.</summary>
internal static class Conditions
{
    // An expression has at most 32 levels and 2,000 characters, and others are put around this one.
    private const int MostNested = 10;
    private const int MostWritten = 800;

    public static string? And(params IEnumerable<string?> all) => all.OfType<string>().Distinct(StringComparer.Ordinal).ToList() switch
    {
        [] => null,
        [var one] => one,
        var many => string.Join(" and ", many.Select(Bracketed)),
    };

    public static string Or(params IEnumerable<string> all) => all.Distinct(StringComparer.Ordinal).ToList() switch
    {
        [] => "false",
        [var one] => one,
        var many => string.Join(" or ", many.Select(Bracketed)),
    };

    /// <summary>Any of them, however many: those that fit together are given a name, which stands for them in the rest.</summary>
    /// <param name="name">Gives a name to an expression.</param>
    public static string AnyOf(IEnumerable<string> all, Func<string, string> name)
    {
        var together = new List<string>();
        foreach (var one in all.Distinct(StringComparer.Ordinal))
        {
            if (together.Count > 0 && together.Sum(t => t.Length + 6) + one.Length > MostWritten) together = [name(Or(together))];
            together.Add(one);
        }
        return Or(together);
    }

    /// <summary>The value of the first case whose condition holds, however many there are: some are nested, and have a name in those before them.</summary>
    /// <param name="cases">Conditions and values; a case without a condition holds always.</param>
    /// <param name="name">Gives a name to an expression.</param>
    public static string FirstOf(IEnumerable<(string? If, string Then)> cases, string otherwise, Func<string, string> name)
    {
        var (value, nested) = (otherwise, 0);
        foreach (var (condition, then) in cases.Reverse())
        {
            if (condition is null)
            {
                (value, nested) = (then, 0);
                continue;
            }
            if (nested == MostNested || nested > 0 && value.Length + condition.Length + then.Length > MostWritten) (value, nested) = (name(value), 0);
            (value, nested) = ($"if({condition}, {then}, {value})", nested + 1);
        }
        return value;
    }

    /// <summary>The expression itself where it is small, and otherwise a name for it.</summary>
    public static string? Small(string? expression, Func<string, string> name) =>
        expression is null || expression.Length <= 200 && expression.Count(c => c == '(') <= 8 ? expression : name(expression);

    public static string Not(string condition) => $"not {Bracketed(condition)}";

    private static string Bracketed(string condition) => condition.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') ? condition : $"({condition})";
}
