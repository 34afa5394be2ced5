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

/// <summary>Somebody of the staff asked the citizen something about an enquiry without a case, which waits for the answer. Holds none of the words.</summary>
/// <param name="Reference">The enquiry, <c>CN-…</c>.</param>
/// <param name="SentBy">How the question went out: <c>Email</c>, <c>Text</c>, or null where nothing could be sent.</param>
/// <param name="BackOn">Day on which it comes back without an answer.</param>
public sealed record EnquiryAsked(string Reference, string? SentBy, DateOnly BackOn, DateTimeOffset At) : IFact
{
    public string Subject => Reference;
}

/// <summary>The citizen answered what they were asked. No contact of its own: we asked.</summary>
/// <param name="Reference">The enquiry, <c>CN-…</c>.</param>
/// <param name="Channel">Channel by its short name (<see cref="Channels"/>); <c>unknown</c> where staff wrote it down.</param>
public sealed record CitizenAnswered(string Reference, string Channel, DateTimeOffset At) : IFact
{
    public string Subject => Reference;
}

/// <summary>An enquiry waits no longer for an answer that did not come.</summary>
/// <param name="Reference">The enquiry, <c>CN-…</c>.</param>
/// <param name="Why"><c>NoAnswer</c>: the days were over; <c>TakenBack</c>: staff went on without it.</param>
public sealed record AskingEnded(string Reference, string Why, DateTimeOffset At) : IFact
{
    public string Subject => Reference;
}

/// <summary>Somebody said that two enquiries are about the same thing, or took it back.</summary>
/// <param name="Reference">One of the two.</param>
/// <param name="Other">The other.</param>
/// <param name="How"><c>Linked</c> or <c>Unlinked</c>.</param>
public sealed record EnquiriesLinked(string Reference, string Other, string How) : IFact
{
    public string Subject => Reference;
}

/// <summary>A rule of which team gets what was made, changed or removed.</summary>
/// <param name="Service">LGSL identifier; empty for any service.</param>
/// <param name="Area">The beginning of a postcode; empty for any area.</param>
/// <param name="From">The team before; null where there was no such rule.</param>
/// <param name="Team">The team from now on; null where the rule was removed.</param>
public sealed record RouteChanged(string Service, string Area, string? From, string? Team) : IFact
{
    public string Subject => $"route-{Service}-{Area}";
}
