namespace Concentric.Serve.SystemCauses;

/// <summary>A system cause in its place.</summary>
/// <param name="Depth">0 at the top.</param>
/// <param name="Path">It and those above it: "How work reaches us › It goes to the wrong team first".</param>
/// <param name="IsOffered">It and all above it are in use.</param>
/// <param name="HasOwn">Others stand under it.</param>
public sealed record PlacedCause(Guid Id, Guid? ParentId, string Words, string? Service, bool InUse, int Depth, string Path, bool IsOffered, bool HasOwn);

/// <summary>The system causes in the order of a tree: each before those under it, and what stands beside each other by its words.</summary>
internal sealed class CauseTree
{
    /// <summary>Levels at most: what stands deeper nobody finds again.</summary>
    public const int MostDepth = 4;

    public const int MostCauses = 300;

    private readonly Dictionary<Guid, PlacedCause> _byId;

    public CauseTree(IReadOnlyCollection<SystemCause> causes)
    {
        var under = causes.ToLookup(c => c.ParentId);
        var placed = new List<PlacedCause>();
        Place(null, 0, "", offered: true);
        Causes = placed;
        _byId = placed.ToDictionary(c => c.Id);

        void Place(Guid? parent, int depth, string path, bool offered)
        {
            foreach (var cause in under[parent].OrderBy(c => c.Words, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.Id))
            {
                var whole = path.Length == 0 ? cause.Words : $"{path} › {cause.Words}";
                placed.Add(new(cause.Id, cause.ParentId, cause.Words, cause.Service, cause.InUse, depth, whole, offered && cause.InUse, under[cause.Id].Any()));
                Place(cause.Id, depth + 1, whole, offered && cause.InUse);
            }
        }
    }

    public IReadOnlyList<PlacedCause> Causes { get; }

    public PlacedCause? Find(Guid? id) => id is { } known ? _byId.GetValueOrDefault(known) : null;

    /// <summary>What a contact can be given: every cause in use, the finer the better, but also the coarser where no finer is known.</summary>
    public IReadOnlyList<PlacedCause> Offered => [.. Causes.Where(c => c.IsOffered)];

    /// <summary>Whether one stands under the other, or is it.</summary>
    public bool IsUnder(Guid? id, Guid above)
    {
        for (var at = Find(id); at is not null; at = Find(at.ParentId))
            if (at.Id == above) return true;
        return false;
    }

    /// <summary>Levels below a cause: 0 where nothing stands under it.</summary>
    public int Below(Guid id) => Find(id) is { } cause ? Causes.Where(c => IsUnder(c.Id, id)).Max(c => c.Depth) - cause.Depth : 0;

    /// <summary>Why it cannot stand there; null where it can.</summary>
    /// <param name="id">The cause, or null for a new one.</param>
    public string? Refuse(Guid? id, Guid? parent)
    {
        if (parent is null) return null;
        if (Find(parent) is not { } above) return "Select one of the causes listed";
        if (id is { } own && IsUnder(parent, own)) return "A cause cannot stand under itself, or under one that stands under it";
        if (above.Depth + 1 + (id is { } moved ? Below(moved) : 0) >= MostDepth) return $"A tree of causes has at most {MostDepth} levels";
        return null;
    }
}
