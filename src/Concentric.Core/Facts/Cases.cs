using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>Work on an enquiry began that follows a process.</summary>
/// <param name="Reference">The enquiry, <c>CN-…</c>.</param>
/// <param name="Council">Short name of the council.</param>
/// <param name="Process">Short name of the process.</param>
/// <param name="Version">Its version.</param>
/// <param name="Team">The team whose it is at first.</param>
/// <param name="DueOn">Day by which the citizen was promised an end.</param>
public sealed record CaseBegun(string Reference, string Council, string Process, int Version, string? Service, string Team, DateOnly DueOn, DateTimeOffset At) : IFact
{
    public string Subject => Reference;
}

/// <summary>New cases follow another version of a process from now on.</summary>
/// <param name="Process">Its short name.</param>
public sealed record ProcessChanged(string Process, int Version) : IFact
{
    public string Subject => $"process-{Process}";
}

/// <summary>Somebody said that two cases have to do with one another, or began a part of one.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Other">The other, or the part.</param>
/// <param name="How"><c>Linked</c>, <c>Part</c>, or <c>Unlinked</c> where it was taken back.</param>
public sealed record CasesLinked(string Reference, string Other, string How) : IFact
{
    public string Subject => Reference;
}

/// <summary>One step in the flow of a case. Holds nothing that anybody wrote.</summary>
/// <param name="Reference">The case, <c>CN-…</c>.</param>
/// <param name="Number">Its place among the events of the case, from 2.</param>
/// <param name="Activity">What happened: <c>StepDone</c>, <c>WaitOver</c>, <c>Paused</c>, <c>Resumed</c>, <c>HandedOver</c>, <c>Withdrawn</c>, <c>Reopened</c> or <c>Escalated</c>.</param>
/// <param name="Node">The step of the process, where it is of one.</param>
/// <param name="Way">Where the step was left to, where there were several ways.</param>
/// <param name="Team">The team whose the case is afterwards.</param>
/// <param name="Outcome">How the case ended, where it ended with this.</param>
public sealed record CaseMoved(string Reference, int Number, string Activity, string? Node, string? Way, string Team, string? Outcome, DateTimeOffset At) : IFact
{
    public string Subject => Reference;
}

/// <summary>Somebody of the staff took work on, or it was given to them.</summary>
/// <param name="Reference">The enquiry or case, <c>CN-…</c>.</param>
/// <param name="Owner">Whose it is now; null where it was laid down again.</param>
/// <param name="Team">The team whose work it is.</param>
public sealed record WorkOwned(string Reference, Guid? Owner, string Team, DateTimeOffset At) : IFact
{
    public string Subject => Reference;
}
