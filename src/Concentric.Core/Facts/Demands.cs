using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>A system cause was written, or changed: something in how the council works that makes people ask. Causes are a tree.</summary>
/// <param name="Cause">Its id, which stays.</param>
/// <param name="Parent">The cause above it; null at the top.</param>
/// <param name="Words">What it says: about how we work, and never about a person.</param>
/// <param name="Service">LGSL identifier of the service that it lies with; null where it may lie with any.</param>
/// <param name="InUse">False: no contact is given it any more, and it stays because some were.</param>
public sealed record SystemCauseWritten(Guid Cause, Guid? Parent, string Words, string? Service, bool InUse) : IFact
{
    public string Subject => $"system-cause-{Cause}";
}

/// <summary>A sample of coded contacts was drawn, to be coded a second time.</summary>
/// <param name="Audit">Its id.</param>
/// <param name="From">Contacts were drawn of these days, both included.</param>
/// <param name="Seed">By which the draw can be repeated.</param>
/// <param name="Contacts">How many were drawn.</param>
public sealed record AuditDrawn(Guid Audit, string Council, DateOnly From, DateOnly Through, long Seed, int Contacts) : IFact
{
    public string Subject => $"audit-{Audit}";
}

/// <summary>A sample of coded contacts was coded a second time, by somebody who did not see the first code. Counts alone: no contact is named.</summary>
/// <param name="Audit">Its id.</param>
/// <param name="From">Contacts were drawn of these days, both included.</param>
/// <param name="Seed">By which the draw can be repeated.</param>
/// <param name="Method">How it was drawn, in words.</param>
/// <param name="Parts">By service and channel.</param>
public sealed record AuditEnded(Guid Audit, string Council, DateOnly From, DateOnly Through, long Seed, string Method, IReadOnlyList<AuditedPart> Parts) : IFact
{
    public string Subject => $"audit-{Audit}";
}

/// <summary>One service and channel of an audit.</summary>
/// <param name="Service">LGSL identifier, empty where none was chosen.</param>
/// <param name="Channel">Short name.</param>
/// <param name="Size">Contacts coded as value or failure in those days that could be drawn.</param>
/// <param name="Drawn">Of them, drawn.</param>
/// <param name="Codes">First and second code and how often the two met; contacts that nobody coded a second time are in none.</param>
public sealed record AuditedPart(string Service, string Channel, long Size, long Drawn, IReadOnlyList<CodedTwice> Codes);

/// <summary>How many were given a code first and another, or the same, by the second coder.</summary>
public sealed record CodedTwice(Demand First, Demand Second, long Contacts);
