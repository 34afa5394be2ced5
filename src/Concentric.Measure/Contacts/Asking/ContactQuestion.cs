namespace Concentric.Measure.Contacts.Asking;

/// <summary>A question about contacts in words, the same for the page, the API and the command line. Names are those of docs/reference/contacts-query.md.</summary>
public sealed record ContactQuestion
{
    /// <summary>Short name of the council; null for this installation's own.</summary>
    public string? Council { get; init; }

    /// <summary>What to group by, as <c>service</c>, <c>channel</c>, <c>week</c>; at most 4.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>What to measure, as <c>contacts</c> or <c>failure-share</c>.</summary>
    public IReadOnlyList<string> Measures { get; init; } = ["contacts"];

    /// <summary>What to keep: values by dimension, as <c>{"channel": ["web", "phone"]}</c>. Without <c>kind</c> and <c>initiator</c>: contacts that citizens made.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Where { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>First day included.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day included.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The order of the rows: <c>largest</c> or <c>smallest</c> by the first measure, or <c>groups</c> for the order of what they are grouped by. Null: the largest first with a limit, else the groups.</summary>
    public string? Sort { get; init; }

    /// <summary>Most rows; null for all. The answer says how many more there are.</summary>
    public int? Limit { get; init; }
}

/// <summary>The answer to a <see cref="ContactQuestion"/>.</summary>
public sealed record ContactAnswer
{
    /// <summary>Name of the council.</summary>
    public required string Council { get; init; }

    /// <summary>The council is invented, and so are its figures.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>What was counted, in words.</summary>
    public required string Definition { get; init; }

    /// <summary>What each measure is, in words.</summary>
    public required IReadOnlyDictionary<string, string> Definitions { get; init; }

    /// <summary><c>exact</c>, or <c>rule-a</c>: counts from 1 to 7 are hidden, others rounded to 5, and all else made from these.</summary>
    public required string Disclosure { get; init; }

    /// <summary>Rows are left out because a hidden count could be worked out from them: a group that is not there may be anything, and not nothing.</summary>
    public required bool Withheld { get; init; }

    /// <summary>First day of the period, null where nothing was found and none was asked for.</summary>
    public required DateOnly? From { get; init; }

    /// <summary>Last day of the period.</summary>
    public required DateOnly? To { get; init; }

    /// <summary>Contacts behind the whole answer; null where hidden.</summary>
    public required long? N { get; init; }

    /// <summary>Names of the columns: what it is grouped by, then the measures.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>A value for each column: text, a number, an estimate, or null.</summary>
    public required IReadOnlyList<IReadOnlyList<object?>> Rows { get; init; }

    /// <summary>Which of the nulls are hidden by the rule; a null that is not here is nothing to measure.</summary>
    public required IReadOnlyList<HiddenValue> Hidden { get; init; }

    /// <summary>Rows left out by the limit.</summary>
    public required int More { get; init; }
}

/// <summary>A figure that is no plain count, in the unit of its measure.</summary>
/// <param name="Value">A share from 0 to 1, pence, seconds, or a mean.</param>
/// <param name="Low">Lower end of its 95 per cent interval; null where it has none.</param>
/// <param name="High">Upper end of its 95 per cent interval; null where it has none.</param>
/// <param name="N">Contacts that it is of.</param>
public sealed record Estimate(double Value, double? Low, double? High, long N);

/// <summary>A value that is there and not shown.</summary>
/// <param name="Row">Its row, from 0.</param>
/// <param name="Column">Name of its column.</param>
public sealed record HiddenValue(int Row, string Column);
