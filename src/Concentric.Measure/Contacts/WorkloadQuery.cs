namespace Concentric.Measure.Contacts;

/// <summary>A question about how much came in when, by half hour of the day: for staffing.</summary>
/// <param name="Council">Code of the council.</param>
/// <param name="From">First day by the council's clock.</param>
/// <param name="To">Last day, included.</param>
public sealed record WorkloadQuery(int Council, DateOnly From, DateOnly To)
{
    /// <summary>Calls as the phone system reported them; otherwise contacts on a channel, as they were kept.</summary>
    public bool OfCalls { get; init; }

    /// <summary>Code of a line of the phone system; null for all.</summary>
    public int? Line { get; init; }

    /// <summary>Code of the channel, where it is of contacts.</summary>
    public int Channel { get; init; }
}

/// <summary>What came in during one half hour of one day.</summary>
/// <param name="Slot">The half hour: from 0, at midnight, to 47.</param>
/// <param name="Count">Calls or contacts.</param>
/// <param name="Timed">Of those, how many say how long they took.</param>
/// <param name="Seconds">How long these took together.</param>
/// <param name="Abandoned">Calls that nobody answered; 0 of contacts.</param>
/// <param name="WaitSeconds">How long callers waited together, where that is known.</param>
/// <param name="Waited">Of how many calls that is known.</param>
public readonly record struct HalfHour(DateOnly Day, int Slot, long Count, long Timed, long Seconds, long Abandoned, long WaitSeconds, long Waited);
