using System.Globalization;

namespace Concentric.Serve.Calls;

/// <summary>How a call stands. It follows from its events alone, in whatever order they came.</summary>
/// <param name="AnsweredAt">When it was first answered.</param>
/// <param name="Transfers">How often it was handed on.</param>
/// <param name="Line">As its earliest event names it; null where none does.</param>
internal sealed record CallState(DateTimeOffset? StartedAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, int Transfers, string? Line)
{
    /// <summary>Of a call of which nothing was heard yet.</summary>
    public static CallState Unheard { get; } = new(null, null, null, 0, null);

    /// <summary>Seconds from its start until somebody answered, or until they gave up; null where one of the two was not reported.</summary>
    public int? Wait => Between(StartedAt, AnsweredAt ?? EndedAt);

    /// <summary>Seconds from the first answer to the end.</summary>
    public int? Talk => Between(AnsweredAt, EndedAt);

    /// <summary>Its caller gave up before anybody answered.</summary>
    public bool IsAbandoned => AnsweredAt is null && EndedAt is not null;

    /// <summary>In one word, for programs.</summary>
    public string Word => this switch { { IsAbandoned: true } => "abandoned", { EndedAt: not null } => "ended", { AnsweredAt: not null } => "talking", _ => "waiting" };

    public static CallState Of(IEnumerable<CallEvent> events)
    {
        var sorted = events.OrderBy(e => e.At).ThenBy(e => e.Kind).ToList();
        return new(First(CallEventKind.Started), First(CallEventKind.Answered), First(CallEventKind.Ended), sorted.Count(e => e.Kind == CallEventKind.Transferred), sorted.Find(e => e.Line is not null)?.Line);

        DateTimeOffset? First(CallEventKind kind) => sorted.Find(e => e.Kind == kind)?.At;
    }

    /// <summary>Why an event cannot be one of a call beside those that are known: which field is wrong, and how. Null where it can.</summary>
    public static (string Field, string Message)? Refusal(IReadOnlyCollection<CallEvent> known, CallEventKind kind, DateTimeOffset at)
    {
        if (known.Count >= Call.MostEvents) return ("call", $"It has {Call.MostEvents} events already, which is as many as one call can have");
        if (kind is CallEventKind.Started or CallEventKind.Ended && known.FirstOrDefault(e => e.Kind == kind) is { } same) return ("at", $"The call {Words(same)} already. One call starts once and ends once");
        // Nothing of a call comes before its start or after its end.
        if (known.FirstOrDefault(e => e.At < at && kind == CallEventKind.Started) is { } before) return ("at", $"The call {Words(before)}, so that it cannot have started later");
        if (known.FirstOrDefault(e => e.At > at && kind == CallEventKind.Ended) is { } after) return ("at", $"The call {Words(after)}, so that it cannot have ended earlier");
        if (known.FirstOrDefault(e => e.Kind == CallEventKind.Started && e.At > at) is { } start) return ("at", $"The call {Words(start)}, which is later");
        return known.FirstOrDefault(e => e.Kind == CallEventKind.Ended && e.At < at) is { } end ? ("at", $"The call {Words(end)}, which is earlier") : null;
    }

    private static string Words(CallEvent e) =>
        $"{e.Kind switch { CallEventKind.Started => "started", CallEventKind.Answered => "was answered", CallEventKind.Transferred => "was transferred", _ => "ended" }} at {e.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture)}";

    private static int? Between(DateTimeOffset? from, DateTimeOffset? to) => from is { } start && to is { } end ? (int)(end - start).TotalSeconds : null;
}
