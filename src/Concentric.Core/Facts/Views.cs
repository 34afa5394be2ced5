using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>Somebody saved a view of Explore, renamed or deleted it, or made it the one that Explore opens with for them, or no longer.</summary>
/// <param name="View">Its id.</param>
/// <param name="Action">saved, renamed, deleted, pinned or unpinned.</param>
/// <param name="Name">What it is called since.</param>
/// <param name="IsShared">Whether everybody who may open Explore may open it.</param>
public sealed record SavedViewChanged(Guid View, string Action, string Name, bool IsShared) : IFact
{
    public string Subject => $"view-{View}";
}
