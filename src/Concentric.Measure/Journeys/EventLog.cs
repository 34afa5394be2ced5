namespace Concentric.Measure.Journeys;

/// <summary>One thing that was done in a case.</summary>
/// <param name="Case">Number of the case, from 0, as the builder gave it; likewise the others.</param>
/// <param name="At">When it was done, in microseconds since 1970, UTC.</param>
/// <param name="Sequence">Its place in the input: of two at the same moment in a case, the one with the lower number came first.</param>
public readonly record struct JourneyEvent(int Case, int Activity, long At, long Sequence)
{
    /// <summary>Who did it; 0 where that is not known. Likewise the team or organisation, and the channel.</summary>
    public int Resource { get; init; }

    public int Team { get; init; }
    public int Channel { get; init; }

    /// <summary>When it was begun, where the log says; <see cref="EventLog.NotKnown"/> otherwise.</summary>
    public long Began { get; init; } = EventLog.NotKnown;

    /// <summary>Number of the event where one stands in several cases, as in a log of many objects.</summary>
    public int Origin { get; init; } = -1;
}

/// <summary>Events of cases in columns, ordered by case, time and place in the input. It does not change.</summary>
/// <remarks>
/// The order is what every figure of journeys rests on: whatever order a file has, the result is the same, but for what happened at the same moment in
/// one case. That stands as it stood in the input, because nothing else is known of it.
/// </remarks>
public sealed class EventLog
{
    /// <summary>What a time holds that is not known.</summary>
    public const long NotKnown = long.MinValue;

    /// <summary>Microseconds of a second.</summary>
    public const double Second = 1_000_000;

    private readonly int[] _starts;

    internal EventLog(int[] starts, EventColumns columns, LogNames names)
    {
        _starts = starts;
        (Columns, Names) = (columns, names);
    }

    public int Cases => _starts.Length - 1;

    public int Events => Columns.At.Length;

    public IReadOnlyList<string> Activities => Names.Activities;

    /// <summary>Who did it, by number; 0 stands for not known. Likewise teams or organisations, and channels.</summary>
    public IReadOnlyList<string> Resources => Names.Resources;

    public IReadOnlyList<string> Teams => Names.Teams;
    public IReadOnlyList<string> Channels => Names.Channels;

    /// <summary>Whether it is known of any event when it was begun.</summary>
    public bool HasBegan => Columns.Began is not null;

    internal EventColumns Columns { get; }

    /// <summary>What else is known of cases of our own; null of an imported log.</summary>
    internal OwnCases? Own { get; init; }
    internal LogNames Names { get; }

    /// <summary>Where the events of a case begin and end (not included) in the columns.</summary>
    public (int From, int To) Of(int inCase) => (_starts[inCase], _starts[inCase + 1]);

    /// <summary>The activities of a case in their order.</summary>
    public ReadOnlySpan<int> Path(int inCase) => Columns.Activity.AsSpan(_starts[inCase], _starts[inCase + 1] - _starts[inCase]);

    /// <summary>The number that the builder gave the case.</summary>
    internal int Number(int inCase) => Columns.Case[_starts[inCase]];

    public string CaseName(int inCase) => Names.CaseName(Number(inCase));

    /// <summary>When the first event of a case was done, or begun where that is known.</summary>
    public long FirstAt(int inCase)
    {
        var (from, to) = Of(inCase);
        var first = Columns.At[from];
        if (Columns.Began is not { } began) return first;
        for (var i = from; i < to; i++)
        {
            if (began[i] != NotKnown && began[i] < first) first = began[i];
        }
        return first;
    }

    public long LastAt(int inCase) => Columns.At[_starts[inCase + 1] - 1];

    /// <summary>Only the cases that the choice keeps, in their order.</summary>
    public EventLog Where(Func<int, bool> keeps)
    {
        var starts = new List<int> { 0 };
        var kept = new List<int>(Events);
        for (var c = 0; c < Cases; c++)
        {
            if (!keeps(c)) continue;
            for (var i = _starts[c]; i < _starts[c + 1]; i++) kept.Add(i);
            starts.Add(kept.Count);
        }
        return kept.Count == Events ? this : new([.. starts], Columns.Take(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(kept)), Names) { Own = Own };
    }
}

/// <summary>What is known of events, each in a column of its own.</summary>
internal sealed record EventColumns(int[] Case, int[] Activity, long[] At)
{
    /// <summary>Null where it is known of no event; likewise the others.</summary>
    public int[]? Resource { get; init; }

    public int[]? Team { get; init; }
    public int[]? Channel { get; init; }
    public long[]? Began { get; init; }
    public int[]? Origin { get; init; }

    public EventColumns Take(ReadOnlySpan<int> rows) => new(Chosen(Case, rows)!, Chosen(Activity, rows)!, Chosen(At, rows)!)
    {
        Resource = Chosen(Resource, rows), Team = Chosen(Team, rows), Channel = Chosen(Channel, rows), Began = Chosen(Began, rows), Origin = Chosen(Origin, rows),
    };

    private static T[]? Chosen<T>(T[]? column, ReadOnlySpan<int> rows)
    {
        if (column is null) return null;
        var to = new T[rows.Length];
        for (var i = 0; i < to.Length; i++) to[i] = column[rows[i]];
        return to;
    }
}

/// <summary>What the numbers of a log mean.</summary>
internal sealed record LogNames(IReadOnlyList<string> Activities, IReadOnlyList<string> Resources, IReadOnlyList<string> Teams, IReadOnlyList<string> Channels, Func<int, string> CaseName);
