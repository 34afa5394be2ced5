using Concentric.Core;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Concentric.Needs.Standards.Reading;

namespace Concentric.Needs.Standards;

/// <summary>What an import of a file would change in the model: the differences in words, and each change for the edition.</summary>
internal sealed class ListPlan
{
    private readonly ListEntries? _entries;
    private readonly ListLinks _links;

    private ListPlan(NeedModel model, ListFile file, ListTarget? target)
    {
        Target = target is not null && file.Entries.Count > 0 ? target : null;
        _entries = Target is null ? null : new(model, file, Target);
        _links = new(model, file, target);
        Diff = _links.Into(_entries?.Diff ?? ListDiff.Nothing);
    }

    public ListDiff Diff { get; }

    /// <summary>The list that the entries belong to; null for a file of links alone.</summary>
    public ListTarget? Target { get; }

    /// <summary>The list that the first of the links belongs to, where the file holds links alone.</summary>
    public string? LinksOf => _links.Source;

    /// <exception cref="BadFileException">An entry has the address of an entry of another list.</exception>
    /// <exception cref="RefusedException">Nobody says which list the file is.</exception>
    public static ListPlan Of(NeedModel model, ListFile file, ListOptions options) => new(model, file, ListTarget.Of(model, file, options));

    /// <summary>The changes for an edition. What is withdrawn is among them only where that is asked for.</summary>
    public void Into(ChangeList changes, bool withdraw)
    {
        foreach (var (before, after) in _entries?.Changes ?? []) changes.Add(before, after);
        foreach (var concept in withdraw ? _entries?.ToRetire ?? [] : [])
        {
            var retired = ListEntries.Copy(concept);
            retired.Status = ConceptStatus.Retired;
            changes.Add(concept, retired, "The list no longer has it.");
        }
        foreach (var (before, after) in _entries?.Hierarchy ?? []) changes.Add(before, after);
        foreach (var relation in _links.Added) changes.Add(null, relation);
        foreach (var relation in withdraw ? _links.Gone : []) changes.Add(relation, null, "The file of links no longer has it.");
    }
}
