using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>How somebody got through a form, from the first page to sending it or leaving it. Holds no answer and nobody's identity.</summary>
/// <param name="Visit">Chance identifier of this visit alone; nothing else in the journal carries it.</param>
/// <param name="Form">Short name of the form, or of the bundle.</param>
/// <param name="Version">Its published version.</param>
/// <param name="Service">LGSL identifier; null for a bundle.</param>
/// <param name="Channel">Channel by its short name (<see cref="Channels"/>).</param>
/// <param name="Mediated">An adviser filled it in for the citizen.</param>
/// <param name="Language"><c>en</c> or <c>cy</c>.</param>
/// <param name="StartedAt">When the visit began, to the minute.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="LastPage">The page on which it ended; null where it was sent.</param>
/// <param name="Pages">The pages that were seen, in the order in which they were first seen.</param>
public sealed record FormVisited(
    Guid Visit, string Form, int Version, string Council, string? Service, string Channel, bool Mediated, string Language,
    DateTimeOffset StartedAt, FormOutcome Outcome, string? LastPage, IReadOnlyList<PageVisited> Pages) : IFact
{
    public string Subject => $"form-{Form}";
}

/// <summary>How a visit to a form ended.</summary>
public enum FormOutcome
{
    /// <summary>Sent.</summary>
    Sent,

    /// <summary>Left: nothing was done for an hour. Who comes back to a saved form makes another visit.</summary>
    Dropped,

    /// <summary>The form itself ended, because it was not the right way or not needed.</summary>
    Stopped,

    /// <summary>Saved on purpose, to go on later.</summary>
    Saved,

    /// <summary>Handed over half-done, from an adviser to the citizen or the other way.</summary>
    HandedOver,
}

/// <summary>One page in one visit.</summary>
/// <param name="Seconds">Time from each showing to the next thing done, summed; a showing counts ten minutes at most.</param>
/// <param name="Shown">How often it was shown, errors included.</param>
/// <param name="Back">How often somebody came to it from a later page.</param>
/// <param name="Errors">Messages that were shown, by question.</param>
public sealed record PageVisited(string Page, int Seconds, int Shown, int Back, IReadOnlyList<MessageShown> Errors);

/// <summary>A message shown beside a question.</summary>
/// <param name="Problem">What was wrong, as <c>missing</c> or <c>format</c>.</param>
/// <param name="Message">The message in the form's own English words; never holds what was typed.</param>
public sealed record MessageShown(string Question, string Problem, string Message, int Times);

/// <summary>A form was sent; the enquiry of that reference holds it.</summary>
/// <param name="Reference">The enquiry, <c>CN-…</c>.</param>
/// <param name="Mediated">An adviser sent it for the citizen; who did is whoever recorded the fact.</param>
/// <param name="Bundle">Short name of the bundle that it was part of, or null.</param>
public sealed record FormSent(string Reference, string Form, int Version, bool Mediated, string? Bundle) : IFact
{
    public string Subject => Reference;
}

/// <summary>The provider told how an attempt to pay for what was sent ended.</summary>
/// <param name="Reference">The enquiry, <c>CN-…</c>; of what was sent together, the first.</param>
/// <param name="AmountPence">What was to pay.</param>
public sealed record FormPaid(string Reference, long AmountPence, PayOutcome Outcome) : IFact
{
    public string Subject => Reference;
}

/// <summary>How an attempt to pay ended.</summary>
public enum PayOutcome
{
    Paid,

    /// <summary>Declined, or not finished in time.</summary>
    Failed,

    /// <summary>The citizen, or somebody of the council at the provider's, cancelled it.</summary>
    Cancelled,

    /// <summary>The provider could not take it.</summary>
    Error,

    /// <summary>The provider told of another amount or reference than was asked; staff must look.</summary>
    Refused,
}

/// <summary>A citizen who is signed in agreed that particulars are kept for their next form, or had kept ones removed. Holds no value of any.</summary>
/// <param name="Particulars">Ids of the dictionary of particulars, as <c>person.email</c>.</param>
public sealed record AgreedRecordChanged(Guid PersonId, IReadOnlyList<string> Particulars, AgreedChange Change) : IFact
{
    public string Subject => $"person-{PersonId}";
}

public enum AgreedChange { Kept, Removed }

/// <summary>A version of a form was published, or an earlier one put back.</summary>
/// <param name="Version">The version that people get from now on.</param>
/// <param name="Digest">SHA-256 of its definition, hexadecimal.</param>
public sealed record FormPublished(string Form, int Version, string Digest) : IFact
{
    public string Subject => $"form-{Form}";
}

/// <summary>A table for the lookups of forms was loaded, in the place of the one before.</summary>
/// <param name="Table">Its name, as forms write it.</param>
/// <param name="Rows">Rows that it has now.</param>
/// <param name="Digest">SHA-256 of the file, hexadecimal.</param>
public sealed record ReferenceTableLoaded(string Table, int Rows, int Added, int Changed, int Removed, string Digest) : IFact
{
    public string Subject => $"table-{Table}";
}

/// <summary>An adviser's conversation with somebody ended.</summary>
/// <param name="Conversation">Chance identifier of the conversation; no other fact carries it.</param>
/// <param name="Channel">Channel by its short name (<see cref="Channels"/>).</param>
/// <param name="Outcome">What came of it: <c>Answered</c>, <c>FormSent</c>, <c>HandedOver</c>, <c>CallBack</c> or <c>Left</c>.</param>
/// <param name="Enquiries">How many enquiries it was about; at least one.</param>
/// <param name="Seconds">From its start to its end, for all its enquiries together; null where it is not known, as where it was left open. The contact store does not read it.</param>
public sealed record ConversationEnded(Guid Conversation, string Channel, string Outcome, int Enquiries, int? Seconds) : IFact
{
    public string Subject => $"conversation-{Conversation:N}";
}
