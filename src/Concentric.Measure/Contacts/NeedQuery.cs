namespace Concentric.Measure.Contacts;

/// <summary>A question about what citizens needed of one council, from their first contact until it was met (<see cref="NeedRows"/> has the definition).</summary>
/// <param name="Council">Code of the council.</param>
/// <param name="From">First day; of the first contact where that is counted, of the day on which the need was met where that is.</param>
/// <param name="To">Last day, included.</param>
public sealed record NeedQuery(int Council, ContactKind Kind, DateOnly From, DateOnly To)
{
    /// <summary>What may be grouped and filtered by; channel and area are those of the first contact.</summary>
    public static readonly IReadOnlyList<Dimension> Dimensions = [Dimension.Service, Dimension.Channel, Dimension.Area, Dimension.Ward, Dimension.Profile];

    /// <summary>One of <see cref="Dimensions"/>, or null for all together.</summary>
    public Dimension? By { get; init; }

    /// <summary><see cref="Dimension.Week"/> or <see cref="Dimension.Month"/>, or null for the whole stretch at once.</summary>
    public Dimension? Per { get; init; }

    /// <summary>All must hold.</summary>
    public IReadOnlyList<Filter> Where { get; init; } = [];

    public NeedQuery With(Dimension dimension, params IReadOnlyList<int> codes) => this with { Where = [.. Where, new(dimension, codes)] };

    /// <exception cref="ArgumentException">The question makes no sense; the message says why.</exception>
    internal void Check()
    {
        static void Refuse(bool when, string why) { if (when) throw new ArgumentException(why); }
        Refuse(By is { } by && !Dimensions.Contains(by), $"Needs are not grouped by {By}.");
        Refuse(Per is not (null or Dimension.Week or Dimension.Month), "Needs are counted by week, by month or all together.");
        Refuse(Where.Any(w => !Dimensions.Contains(w.Dimension) || w.Codes.Count == 0), "Needs are filtered by what they are grouped by, each filter with a code.");
        Refuse(From > To, "The first day is after the last.");
    }
}

/// <summary>Needs of one group and period, exactly.</summary>
/// <param name="Group">Code of the dimension asked for, 0 without one.</param>
/// <param name="Period">Week or month, 0 without one.</param>
public sealed record NeedCounts(int Group, int Period)
{
    /// <summary>Needs whose first contact lies in the period.</summary>
    public long Begun { get; init; }

    /// <summary>Of those, how many are known to be met, not met or open still.</summary>
    public long Known { get; init; }

    /// <summary>Of those, how many were met and took one contact.</summary>
    public long MetAtOnce { get; init; }

    /// <summary>Needs that were met in the period.</summary>
    public long Met { get; init; }

    /// <summary>Contacts that those took.</summary>
    public long ContactsOfMet { get; init; }

    /// <summary>Seconds from first contact to need met that half of those did not exceed; null where none was met. Likewise nine of ten, the mean, the least and the most.</summary>
    public double? MedianSeconds { get; init; }

    public double? Percentile90Seconds { get; init; }
    public double? MeanSeconds { get; init; }
    public double? LeastSeconds { get; init; }
    public double? MostSeconds { get; init; }

    /// <summary>Contacts of the period that citizens began.</summary>
    public long Contacts { get; init; }

    /// <summary>Of those, how many can be linked with others: by person, or by the enquiry.</summary>
    public long Linked { get; init; }
}
