using Concentric.Core;
using Concentric.Core.Facts;

namespace Concentric.Serve.CallBacks;

/// <summary>Call-backs in words.</summary>
internal static class CallBackWords
{
    /// <summary>"in the morning of 3 March 2026", "by 2pm on 3 March 2026".</summary>
    public static string When(CallBackPart part, DateTimeOffset due) => part switch
    {
        CallBackPart.Morning => $"in the morning of {Say.Date(due)}",
        CallBackPart.Afternoon => $"in the afternoon of {Say.Date(due)}",
        _ => By(due),
    };

    /// <summary>"by 2pm on 3 March 2026".</summary>
    public static string By(DateTimeOffset due) => $"by {(Say.Time(due) == "12pm" ? "midday" : Say.Time(due))} on {Say.Date(due)}";

    /// <summary>As a heading or a cell begins.</summary>
    public static string Capital(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}";

    public static string Rang(int times) => times switch { 1 => "once", 2 => "twice", _ => $"{times} times" };

    /// <summary>What came of one that is done.</summary>
    public static string Done(CallBackOutcome outcome, DateTimeOffset at, int attempts) => outcome switch
    {
        CallBackOutcome.Spoke => $"Spoke to them {Say.When(at)}",
        CallBackOutcome.NoAnswer => $"Rang {Rang(attempts)}, the last time {Say.When(at)}, without an answer",
        _ => $"Not needed any more, {Say.When(at)}",
    };
}
