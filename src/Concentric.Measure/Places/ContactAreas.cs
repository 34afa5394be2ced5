using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Measure.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Places;

/// <summary>Tells the contact store what is known of areas, by a batch without rows, so that a store built anew knows the same.</summary>
internal sealed class ContactAreas(IDbContextFactory<ConcentricDb> databases, ContactImport import, IContactStore store, Settings settings)
{
    /// <summary>The name under which such batches stand among the imports.</summary>
    public const string Scheme = "places";

    /// <summary>Whether the contact store knows of a council's areas what its lists say.</summary>
    public async Task<bool> IsToldOf(string council, CancellationToken stop = default)
    {
        var (areas, profiles) = await Said(council, stop);
        return IsTold(council, areas, profiles);
    }

    /// <summary>Tells the contact store where it does not know it yet.</summary>
    /// <returns>False where an import of contacts runs, so that it has to be told later.</returns>
    public async Task<bool> Tell(string council, string by, CancellationToken stop = default)
    {
        var (areas, profiles) = await Said(council, stop);
        if (IsTold(council, areas, profiles)) return true;
        var known = store.Dimensions.Council(council);
        var attributes = known is not null ? new CouncilAttributes(known.Name, known.Label, known.IsSynthetic, known.Zone)
            : council == settings.Council ? new(council, settings.CouncilName, IsSynthetic: false) : new(council, council, IsSynthetic: false);
        try
        {
            await import.KeepAreas(new(attributes, Scheme, "Areas and groups") { Areas = areas, Profiles = profiles }, by, stop);
            return true;
        }
        catch (RefusedException)
        {
            return false;
        }
    }

    private async Task<(IReadOnlyList<AreaAttributes> Areas, IReadOnlyList<Named> Profiles)> Said(string council, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var places = await AreaPlaces.Load(db, council, stop);
        var households = (await Populations.Load(db, council, stop)).Residents(PopulationUnit.Households).ByArea;
        return (places.Attributes(households), [.. places.Groups.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new Named(g.Key, g.Value))]);
    }

    private bool IsTold(string council, IReadOnlyList<AreaAttributes> areas, IReadOnlyList<Named> profiles)
    {
        if (areas.Count == 0) return true;
        var names = store.Dimensions;
        if (names.Council(council) is not { } code) return false;
        var known = names.Areas.Where(a => a.Council == code.Code && a.Code != 0).ToDictionary(a => a.Key, StringComparer.Ordinal);
        var words = names.Profiles.ToDictionary(p => p.Key, p => p.Label, StringComparer.Ordinal);
        // An area of which a list says nothing but its key takes nothing away from what is known.
        return areas.All(a => known.TryGetValue(a.Key, out var k) && (a is { Ward: null, Profile: null, Decile: 0, Households: 0 } || k == k with
        {
            Label = a.Label, Decile = a.Decile, Households = a.Households,
            Ward = a.Ward is null ? 0 : names.Wards.FirstOrDefault(w => w.Council == code.Code && w.Label == a.Ward)?.Code ?? -1,
            Profile = a.Profile is null ? 0 : names.Profiles.FirstOrDefault(p => p.Key == a.Profile)?.Code ?? -1,
        })) && profiles.All(p => words.GetValueOrDefault(p.Key) == p.Label);
    }
}
