using Concentric.Core.Facts;

namespace Concentric.Measure.Contacts;

/// <summary>What some sealed facts say to the contact store.</summary>
/// <param name="Through">Number of the last of these facts; larger than that of the batch before.</param>
/// <param name="Hash">Its hash in the chain, by which a journal that was put back is found.</param>
public sealed record FactBatch(long Through, string Hash, IReadOnlyList<RaisedContact> Raised, IReadOnlyList<ContactChange> Changes, IReadOnlyList<AcceptedBatch> Batches)
{
    /// <summary>The council of this installation, whose enquiries <see cref="Changes"/> are about.</summary>
    public required CouncilAttributes Own { get; init; }

    /// <summary>Imports that were taken back.</summary>
    public IReadOnlyList<UndoneBatch> Undone { get; init; } = [];

    /// <summary>Who was asked how it was, and what they said, in the order of the facts.</summary>
    public IReadOnlyList<FeedbackFact> Feedback { get; init; } = [];

    /// <summary>Calls that ended, in the order of the facts.</summary>
    public IReadOnlyList<EndedCall> Calls { get; init; } = [];

    /// <summary>What was said of things that pages of contacts name: demand types, system causes, audits. The last word stands.</summary>
    public IReadOnlyList<ToldFact> Told { get; init; } = [];

    /// <summary>What happened to cases of our own.</summary>
    public IReadOnlyList<TakenStep> Steps { get; init; } = [];

    /// <summary>When somebody took work on, or laid it down.</summary>
    public IReadOnlyList<HeldWork> Held { get; init; } = [];
}

/// <summary>A fact that is kept as it was said.</summary>
/// <param name="Kind">As the journal names it.</param>
/// <param name="Key">What it is about: a later one of the same kind takes its place.</param>
/// <param name="Said">The fact, as JSON.</param>
/// <param name="Label">The words by which a code of that key goes from now on; null where it has none.</param>
public sealed record ToldFact(string Kind, string Key, string Said, string? Label);

/// <summary>A contact by an enquiry of our own.</summary>
/// <param name="Fact">Number of the fact, which becomes the contact's id.</param>
/// <param name="Person">Pseudonym, 0 where nobody is named.</param>
public sealed record RaisedContact(long Fact, CouncilAttributes Council, ulong CaseRef, string? Service, byte Channel, ulong Person, DateTimeOffset At)
{
    /// <summary>The enquiry that it is about once more; null for a first contact.</summary>
    public ulong? Follows { get; init; }

    /// <summary>Key of the area; null where it is not known.</summary>
    public string? Area { get; init; }
}

/// <summary>Something that happened to a case of our own.</summary>
/// <param name="Fact">Number of the fact, which becomes the step's id.</param>
/// <param name="Service">LGSL identifier; null where the fact does not say: then that of the case's steps before.</param>
/// <param name="Activity">The step of the process that was done, or else what happened, as <c>handed-over</c>.</param>
/// <param name="Team">Whose the case is afterwards.</param>
public sealed record TakenStep(long Fact, CouncilAttributes Council, ulong CaseRef, string? Service, string Activity, string Team, DateTimeOffset At);

/// <summary>Work of our own that somebody took on, or laid down. Who it was stays in the fact.</summary>
/// <param name="Fact">Number of the fact.</param>
public sealed record HeldWork(long Fact, ulong CaseRef, bool IsHeld, DateTimeOffset At);

/// <summary>A call that ended, as the phone system reported it. The last of one id stands.</summary>
/// <param name="Line">Name of the line or queue; null where none was named.</param>
/// <param name="WaitSeconds">Until it was answered or given up; null where no start was reported.</param>
/// <param name="TalkSeconds">From the first answer to the end; null where nobody answered.</param>
/// <param name="BeganAt">When it began, as far as that is known.</param>
public sealed record EndedCall(ulong Id, string? Line, bool Answered, int? WaitSeconds, int? TalkSeconds, DateTimeOffset BeganAt);

/// <summary>What became known of an enquiry later. Null: nothing new.</summary>
public sealed record ContactChange(ulong CaseRef, int? Seconds = null, ContactResolved? Resolved = null, Demand? Demand = null, byte? FailureCause = null, byte? Satisfaction = null)
{
    /// <summary>That it was answered, or is open again.</summary>
    public (Ending How, DateTimeOffset At)? Ending { get; init; }

    /// <summary>Id of the demand type, empty where it is of none; likewise the three that follow.</summary>
    public string? DemandType { get; init; }

    public string? SystemCause { get; init; }
    public string? CauseService { get; init; }
    public string? CauseStep { get; init; }

    /// <summary>The team that had it when it was answered, empty for the desk's own.</summary>
    public string? Team { get; init; }
}

/// <summary>What became known of the end of an enquiry. The store keeps the numbers.</summary>
public enum Ending : byte
{
    /// <summary>It is open again.</summary>
    Not = 0,

    /// <summary>It was answered then.</summary>
    At = 1,

    /// <summary>It was answered when it was answered last, and otherwise then: the citizen says that it is sorted.</summary>
    AtLatest = 2,
}

/// <summary>An import that was accepted; its rows lie in the imports folder.</summary>
/// <param name="RowsDigest">SHA-256 of the rows as accepted, hexadecimal.</param>
public sealed record AcceptedBatch(int Number, string RowsDigest);

/// <summary>An import that was taken back, with what the list of batches says of it: its folder is gone.</summary>
/// <param name="CouncilName">Short name of its council.</param>
/// <param name="At">When it was taken back.</param>
public sealed record UndoneBatch(BatchCode Batch, string CouncilName, DateTimeOffset At);

/// <summary>That somebody was asked how it was, or what they said. The last of one id stands.</summary>
/// <param name="CaseRef">Number of the enquiry; 0 where it was about none.</param>
/// <param name="Way">By which they were asked (<see cref="FeedbackWays"/>).</param>
public sealed record FeedbackFact(ulong Id, CouncilAttributes Council, string? Service, byte Channel, ulong CaseRef, string Team, byte Way, FeedbackSaid Said, DateTimeOffset At);
