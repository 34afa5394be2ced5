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
