using System.Globalization;

namespace Concentric.Serve.Forms;

/// <summary>A function of the language. Given what it cannot use, it gives nothing.</summary>
/// <param name="Fewest">Fewest and most values that it takes.</param>
internal sealed record Function(string Name, int Fewest, int Most, Func<Value[], Scope, Value> Call);

/// <summary>The functions that there are: a closed list.</summary>
internal static class Functions
{
    private const int MostDays = 100_000;

    public static IReadOnlyList<Function> All { get; } =
    [
        new("today", 0, 0, (_, scope) => Value.Of(scope.Today)),
        new("date", 1, 1, (a, _) => a[0] is Value.Date ? a[0]
            : DateOnly.TryParseExact((a[0] as Value.Text)?.Is, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? Value.Of(date) : Value.Nothing),
        new("add-days", 2, 2, (a, _) => Add(a, (date, n) => date.AddDays(n))),
        new("add-months", 2, 2, (a, _) => Add(a, (date, n) => date.AddMonths(n))),
        new("days-between", 2, 2, (a, _) => a is [Value.Date from, Value.Date to] ? Value.Of(to.Is.DayNumber - from.Is.DayNumber) : Value.Nothing),
        new("age", 1, 1, (a, scope) => a[0] is Value.Date born ? Age(born.Is, scope.Today) : Value.Nothing),
        new("year", 1, 1, (a, _) => a[0] is Value.Date date ? Value.Of(date.Is.Year) : Value.Nothing),
        new("month", 1, 1, (a, _) => a[0] is Value.Date date ? Value.Of(date.Is.Month) : Value.Nothing),
        new("weekday", 1, 1, (a, _) => a[0] is Value.Date date ? Value.Of(date.Is.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.Is.DayOfWeek) : Value.Nothing),
        new("answered", 1, 1, (a, _) => Value.Of(!a[0].IsNothing)),
        new("count", 1, 1, (a, _) => Value.Of(a[0].AsItems.Length)),
        new("sum", 1, 2, (a, scope) => Sum(Fields(a, scope))),
        new("any", 3, 3, (a, scope) => Value.Of(Fields(a, scope).Any(v => CompareNode.Same(v, a[2], false)))),
        new("min", 1, 20, (a, scope) => Best(a, scope, -1)),
        new("max", 1, 20, (a, scope) => Best(a, scope, 1)),
        new("round", 1, 2, (a, _) => a[0] is Value.Number n && Places(a) is { } places ? Value.Of(Math.Round(n.Is, places, MidpointRounding.AwayFromZero)) : Value.Nothing),
        new("length", 1, 1, (a, _) => Value.Of(a[0] is Value.Text text ? text.Is.Length : 0)),
        new("lower", 1, 1, (a, _) => a[0] is Value.Text text ? Value.Of(text.Is.ToLowerInvariant()) : Value.Nothing),
        new("starts-with", 2, 2, (a, _) => Value.Of(a is [Value.Text text, Value.Text start] && text.Is.StartsWith(start.Is, StringComparison.OrdinalIgnoreCase))),
        new("number", 1, 1, (a, _) => a[0] is Value.Number ? a[0]
            : decimal.TryParse((a[0] as Value.Text)?.Is, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? Value.Of(number) : Value.Nothing),
        // Evaluates only the one that is chosen, so the tree does it and not this.
        new("if", 3, 3, (a, _) => a[0].IsTrue ? a[1] : a[2]),
    ];

    private static readonly Dictionary<string, Function> ByName = All.ToDictionary(f => f.Name, StringComparer.Ordinal);

    public static Function? Find(string name) => ByName.GetValueOrDefault(name);

    private static Value Add(Value[] a, Func<DateOnly, int, DateOnly> add)
    {
        if (a is not [Value.Date date, Value.Number { Is: >= -MostDays and <= MostDays } n]) return Value.Nothing;
        try
        {
            return Value.Of(add(date.Is, (int)n.Is));
        }
        catch (ArgumentOutOfRangeException)
        {
            return Value.Nothing;
        }
    }

    private static Value Age(DateOnly born, DateOnly today)
    {
        if (born > today) return Value.Nothing;
        var years = today.Year - born.Year;
        return Value.Of(born.AddYears(years) > today ? years - 1 : years);
    }

    /// <summary>The field of each row where a field is named, and otherwise the values themselves.</summary>
    private static IEnumerable<Value> Fields(Value[] a, Scope scope)
    {
        var items = a[0].AsItems;
        if (!scope.Step(items.Length)) return [];
        return a.Length > 1 && a[1] is Value.Text field ? items.Select(i => i.Part(field.Is)) : items;
    }

    private static Value Sum(IEnumerable<Value> values)
    {
        try
        {
            return Value.Of(values.OfType<Value.Number>().Sum(n => n.Is));
        }
        catch (OverflowException)
        {
            return Value.Nothing;
        }
    }

    private static Value Best(Value[] a, Scope scope, int sign)
    {
        var best = Value.Nothing;
        foreach (var item in a.SelectMany(v => v.AsItems))
        {
            if (!scope.Step()) return Value.Nothing;
            if (best.IsNothing || CompareNode.Order(item, best) is { } order && Math.Sign(order) == sign) best = item;
        }
        return best;
    }

    private static int? Places(Value[] a) => a.Length == 1 ? 0 : a[1] is Value.Number { Is: >= 0 and <= 10 } n ? (int)n.Is : null;
}
