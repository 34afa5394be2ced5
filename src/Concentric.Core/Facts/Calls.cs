using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>Somebody rang the council, as its phone system reported. Holds nothing by which they are known.</summary>
/// <param name="Call">Our id of the call; what the phone system calls it is kept apart.</param>
/// <param name="Line">Name of the line or queue; null where none was named.</param>
/// <param name="At">When the call began.</param>
public sealed record CallStarted(Guid Call, string? Line, DateTimeOffset At) : IFact
{
    public string Subject => $"call-{Call}";
}

/// <summary>Somebody of the staff answered a call. Told again where an earlier event came late: the last one stands.</summary>
/// <param name="Line">Name of the line or queue; null where none was named.</param>
/// <param name="WaitSeconds">From its start; null where no start was reported.</param>
/// <param name="At">When it was first answered.</param>
public sealed record CallAnswered(Guid Call, string? Line, int? WaitSeconds, DateTimeOffset At) : IFact
{
    public string Subject => $"call-{Call}";
}

/// <summary>A call was handed on. To whom and why are kept apart.</summary>
/// <param name="Transfers">How often it had been by then, as far as was reported.</param>
public sealed record CallTransferred(Guid Call, int Transfers, DateTimeOffset At) : IFact
{
    public string Subject => $"call-{Call}";
}

/// <summary>A call ended. Told again where an earlier event came late: the last one stands.</summary>
/// <param name="Line">Name of the line or queue; null where none was named.</param>
/// <param name="Answered">False: it was abandoned, nobody had answered.</param>
/// <param name="WaitSeconds">From its start until it was answered, or until they gave up; null where no start was reported.</param>
/// <param name="TalkSeconds">From the first answer to the end; null where nobody answered.</param>
/// <param name="Transfers">How often it was handed on.</param>
public sealed record CallEnded(Guid Call, string? Line, bool Answered, int? WaitSeconds, int? TalkSeconds, int Transfers, DateTimeOffset At) : IFact
{
    public string Subject => $"call-{Call}";
}

/// <summary>An adviser began a conversation from a call.</summary>
/// <param name="Conversation">Id of the conversation.</param>
public sealed record CallTaken(Guid Call, Guid Conversation, DateTimeOffset At) : IFact
{
    public string Subject => $"call-{Call}";
}

/// <summary>In which part of a day we ring.</summary>
public enum CallBackPart
{
    /// <summary>By noon.</summary>
    Morning = 0,

    /// <summary>By five o’clock.</summary>
    Afternoon = 1,

    /// <summary>By a time that was said.</summary>
    Time = 2,
}

/// <summary>What came of ringing back.</summary>
public enum CallBackOutcome { Spoke = 0, NoAnswer = 1, NotNeeded = 2 }

/// <summary>Somebody was promised that we ring them, or the promise was made anew: the last one stands. Holds neither number nor what it is about.</summary>
/// <param name="CallBack">Id of the call-back.</param>
/// <param name="Reference">The enquiry that it is for, <c>CN-…</c>; null where it is for a citizen alone.</param>
/// <param name="DueAt">By when.</param>
/// <param name="Attempt">Which try it is for, from 1.</param>
public sealed record CallBackPromised(Guid CallBack, string? Reference, CallBackPart Part, DateTimeOffset DueAt, int Attempt, DateTimeOffset At) : IFact
{
    public string Subject => $"call-back-{CallBack}";
}

/// <summary>We rang as promised, or later, or it was not needed any more. One for each try: after one without an answer there is a new promise, or none.</summary>
/// <param name="CallBack">Id of the call-back.</param>
/// <param name="Reference">The enquiry that it is for, <c>CN-…</c>; null where it is for a citizen alone.</param>
/// <param name="Kept">By the time that was promised; false where it was later, or was put off once it was late.</param>
/// <param name="Attempts">How often we had rung by then.</param>
public sealed record CallBackDone(Guid CallBack, string? Reference, bool Kept, int Attempts, CallBackOutcome Outcome, DateTimeOffset At) : IFact
{
    public string Subject => $"call-back-{CallBack}";
}
