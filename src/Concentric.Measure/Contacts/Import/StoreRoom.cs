namespace Concentric.Measure.Contacts;

/// <summary>Whether the names of a batch still fit the store, whose codes have 16 bits. It is asked before the fact: after it the projector would fail at the batch for ever.</summary>
internal static class StoreRoom
{
    /// <exception cref="ImportRefusedException">There are too many names of a kind.</exception>
    public static void Check(ContactDimensions known, Manifest manifest)
    {
        var council = known.Council(manifest.Council.Name)?.Code ?? 0;
        // Sources have no code for not known; the other lists begin with it.
        Check("services", known.Services.Count - 1, known.Services.Select(s => s.Key), manifest.Services.Select(s => s.Key));
        Check("areas", known.Areas.Count - 1, known.Areas.Where(a => a.Council == council).Select(a => a.Key), manifest.Areas.Select(a => a.Key));
        Check("sources", known.Sources.Count, known.Sources.Select(s => s.Key), manifest.Sources.Select(s => s.Key));
        CheckNames("names of what was counted", known.CountedNames, manifest.CountedNames);
        CheckNames("activities", known.Activities, manifest.Activities);
        CheckNames("actors", known.Actors, manifest.Actors);
        CheckNames("organisations", known.Organisations, manifest.Organisations);
        CheckNames("demand types", known.DemandTypes, manifest.DemandTypes);
        CheckNames("system causes", known.SystemCauses, manifest.SystemCauses);

        void CheckNames(string what, IReadOnlyList<NameCode> names, IReadOnlyList<Named> given) =>
            Check(what, names.Count - 1, names.Where(n => n.Council == council).Select(n => n.Key), given.Select(n => n.Key));
    }

    /// <param name="taken">How many codes are given, of all councils.</param>
    private static void Check(string what, int taken, IEnumerable<string> known, IEnumerable<string> given)
    {
        var fresh = given.ToHashSet(StringComparer.Ordinal);
        fresh.ExceptWith(known);
        if (fresh.Count == 0 || taken + fresh.Count <= ushort.MaxValue) return;
        throw new ImportRefusedException($"The contact store has room for {ushort.MaxValue} {what}. It holds {Math.Max(taken, 0)}, and this file brings {fresh.Count} more. "
            + $"Nothing was imported. Leave the column of the {what} out of the mapping, or let the mapping bring its values to fewer.");
    }
}
