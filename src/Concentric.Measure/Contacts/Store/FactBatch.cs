using Concentric.Core.Facts;

namespace Concentric.Measure.Contacts;

/// <summary>What some sealed facts say to the contact store.</summary>
/// <param name="Through">Number of the last of these facts; larger than that of the batch before.</param>
/// <param name="Hash">Its hash in the chain, by which a journal that was put back is found.</param>
public sealed record FactBatch(long Through, string Hash, IReadOnlyList<RaisedContact> Raised, IReadOnlyList<ContactChange> Changes, IReadOnlyList<AcceptedBatch> Batches)
{
    /// <summary>Imports that were taken back.</summary>
    public IReadOnlyList<UndoneBatch> Undone { get; init; } = [];

    /// <summary>What happened to cases of our own.</summary>
    public IReadOnlyList<TakenStep> Steps { get; init; } = [];
}

/// <summary>A contact by an enquiry of our own.</summary>
/// <param name="Fact">Number of the fact, which becomes the contact's id.</param>
/// <param name="Person">Pseudonym, 0 where nobody is named.</param>
public sealed record RaisedContact(long Fact, CouncilAttributes Council, ulong CaseRef, string? Service, byte Channel, ulong Person, DateTimeOffset At);

/// <summary>Something that happened to a case of our own.</summary>
/// <param name="Fact">Number of the fact, which becomes the step's id.</param>
/// <param name="Service">LGSL identifier; null where the fact does not say: then that of the case's steps before.</param>
/// <param name="Activity">The step of the process that was done, or else what happened, as <c>handed-over</c>.</param>
/// <param name="Team">Whose the case is afterwards.</param>
public sealed record TakenStep(long Fact, CouncilAttributes Council, ulong CaseRef, string? Service, string Activity, string Team, DateTimeOffset At);

/// <summary>What became known of an enquiry later. Null: nothing new.</summary>
public sealed record ContactChange(ulong CaseRef, int? Seconds = null, ContactResolved? Resolved = null, Demand? Demand = null, byte? FailureCause = null, byte? Satisfaction = null)
{
    /// <summary>This and then the other.</summary>
    public ContactChange Then(ContactChange later) =>
        new(CaseRef, later.Seconds ?? Seconds, later.Resolved ?? Resolved, later.Demand ?? Demand, later.FailureCause ?? FailureCause, later.Satisfaction ?? Satisfaction);
}

/// <summary>An import that was accepted; its rows lie in the imports folder.</summary>
/// <param name="RowsDigest">SHA-256 of the rows as accepted, hexadecimal.</param>
public sealed record AcceptedBatch(int Number, string RowsDigest);

/// <summary>An import that was taken back, with what the list of batches says of it: its folder is gone.</summary>
/// <param name="CouncilName">Short name of its council.</param>
/// <param name="At">When it was taken back.</param>
public sealed record UndoneBatch(BatchCode Batch, string CouncilName, DateTimeOffset At);
