using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>Something was decided about a finding of the need model: given to somebody, accepted as it is, done; or it went away or came back by itself.</summary>
/// <param name="Finding">Its id, which stays the same while the model changes.</param>
/// <param name="Kind">As <c>need-without-service</c>.</param>
/// <param name="Action">given, accepted, done, gone or back.</param>
/// <param name="Edition">Number of the edition of the model in which it was seen, or no longer seen.</param>
public sealed record FindingDecided(string Finding, string Kind, string Action, int Edition) : IFact
{
    public string Subject => $"finding-{Finding}";
}
