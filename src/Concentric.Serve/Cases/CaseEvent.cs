namespace Concentric.Serve.Cases;

public enum CaseEventKind
{
    Begun = 0,

    /// <summary>A step was done, and left by the way that was chosen.</summary>
    StepDone = 1,

    /// <summary>The days of a wait were over.</summary>
    WaitOver = 2,

    /// <summary>Nothing can be done until the citizen has answered: no due time runs.</summary>
    Paused = 3,
    Resumed = 4,

    /// <summary>Given to another team, always with the reason.</summary>
    HandedOver = 5,

    /// <summary>The citizen does not want it any more.</summary>
    Withdrawn = 6,

    /// <summary>It had ended, and was not put right.</summary>
    Reopened = 7,

    /// <summary>A step is overdue, and somebody else must know: the role is the <see cref="CaseEvent.Way"/>.</summary>
    Escalated = 8,

    /// <summary>Something was written down that changes nothing.</summary>
    Noted = 9,

    /// <summary>Somebody took it on, or it was given to them; nobody where it was laid down again.</summary>
    Owned = 10,
}

/// <summary>One thing that happened to a case; what a case is follows from these alone (<see cref="CaseState.Of"/>).</summary>
/// <param name="Node">Of a step done, a wait that is over and an escalation: which.</param>
/// <param name="Way">Of a step done that has several ways on: the node to which it was left.</param>
/// <param name="By">Who did it, as an actor of the journal.</param>
/// <param name="Team">Of a hand-over: to whom. Of the beginning: whose it is at first, where that is not the process’s team.</param>
/// <param name="Owner">Of a change of hands: whose it is now.</param>
/// <param name="Note">What was written with it: for a pause what was asked, for a hand-over, a withdrawal and a reopening the reason.</param>
public sealed record CaseEvent(CaseEventKind Kind, string By, DateTimeOffset At, string? Node = null, string? Way = null, string? Team = null, string? Note = null, Guid? Owner = null);
