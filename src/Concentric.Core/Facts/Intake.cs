using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>Something was written down beside an enquiry after it was raised. Holds none of the words.</summary>
/// <param name="Reference">The enquiry, <c>CN-…</c>.</param>
/// <param name="What">What was: <c>note</c>, <c>other-reference</c>, or <c>wrote-again</c> for more that came from the citizen.</param>
public sealed record EnquiryAddedTo(string Reference, string What, DateTimeOffset At) : IFact
{
    public string Subject => Reference;
}

/// <summary>The citizen does not want it any more, and the enquiry was closed.</summary>
/// <param name="Reference">The enquiry, <c>CN-…</c>.</param>
public sealed record EnquiryWithdrawn(string Reference, DateTimeOffset At) : IFact
{
    public string Subject => Reference;
}

/// <summary>An e-mail came and was kept as received.</summary>
/// <param name="Mail">Id under which it is kept.</param>
/// <param name="Became">What became of it: <c>Enquiry</c>, <c>WroteAgain</c>, <c>Repeated</c>, <c>Automatic</c> or <c>Quarantined</c>.</param>
/// <param name="Fault">Why it was quarantined, as a code; null where it was not.</param>
/// <param name="Reference">The enquiry that it is of, if it is.</param>
public sealed record MailReceived(Guid Mail, string Became, string? Fault, string? Reference, DateTimeOffset At) : IFact
{
    public string Subject => $"mail-{Mail}";
}

/// <summary>Somebody looked at an e-mail that had been quarantined, and decided.</summary>
/// <param name="Mail">Id under which it is kept.</param>
/// <param name="Became"><c>Enquiry</c> or <c>Discarded</c>.</param>
/// <param name="Reference">The enquiry that was made of it, if one was.</param>
public sealed record QuarantineDecided(Guid Mail, string Became, string? Reference, DateTimeOffset At) : IFact
{
    public string Subject => $"mail-{Mail}";
}

/// <summary>An enquiry was given to another team.</summary>
/// <param name="Reference">The enquiry, <c>CN-…</c>.</param>
/// <param name="From">The team that had it, empty for the desk.</param>
/// <param name="Team">The team that has it now.</param>
/// <param name="Reason">Short name of the reason (<see cref="TransferReasons"/>).</param>
public sealed record EnquiryTransferred(string Reference, string From, string Team, string Reason, DateTimeOffset At) : IFact
{
    public string Subject => Reference;
}

/// <summary>Why an enquiry is given to another team. A name is never used again for another.</summary>
public static class TransferReasons
{
    public sealed record Reason(string Name, string Label);

    public static IReadOnlyList<Reason> All { get; } =
    [
        new("came-to-wrong-team", "It came to the wrong team"),
        new("needs-their-knowledge", "They know what we do not"),
        new("needs-their-powers", "They may decide it, we may not"),
        new("we-are-too-busy", "We cannot do it in time"),
        new("another-part", "Our part of it is done"),
    ];

    public static Reason? Find(string? name) => All.FirstOrDefault(r => r.Name == name);
}
