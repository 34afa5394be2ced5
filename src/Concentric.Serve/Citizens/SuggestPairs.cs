using Concentric.Core.Data;
using Concentric.Serve.Citizens.Matching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Citizens;

/// <summary>
/// Holds each citizen that was kept or changed beside those who share an address, a number, a postcode, a birthday or a name, and suggests whoever may be the same. Beside the request that kept them, so that
/// nobody waits for it, and so that two who were kept in the same moment are found by whichever is compared last.
/// </summary>
internal sealed class SuggestPairs(IWriter writer, TimeProvider clock, ILogger<SuggestPairs> log) : BackgroundService
{
    private const int AtOnce = 20;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    /// <summary>So many of one key are looked at: more share a name or a postcode of offices, and those say little.</summary>
    private const int MostOfAKey = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (!stoppingToken.IsCancellationRequested && await Suggest() == AtOnce)
                {
                    // Where half a town came at once, they are compared over the hours: nobody who writes waits behind it.
                    await Task.Delay(Between, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "Citizens could not be compared; it will be tried again");
            }
            await Task.Delay(TimeSpan.FromSeconds(30), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Compares those who were not since they changed, and returns how many.</summary>
    public Task<int> Suggest() => writer.Write(async db =>
    {
        var now = clock.GetUtcNow();
        // Compared with a value: SQLite reads no index for a bare “not”.
        var compared = false;
        var changed = await db.Citizens.Where(c => c.IsCompared == compared).OrderBy(c => c.Id).Take(AtOnce).ToListAsync();
        foreach (var citizen in changed)
        {
            citizen.NameKey = Individual.KeyOf(citizen.Name);
            citizen.IsCompared = true;
            var self = Individual.Of(citizen);
            foreach (var other in await Near(db, citizen))
            {
                var comparison = Comparison.Of(self, Individual.Of(other));
                if (!comparison.IsSuggested) continue;
                var (first, second) = CitizenPair.InOrder(citizen.Id, other.Id);
                if (await db.CitizenPairs.FindAsync(first, second) is { } known)
                {
                    // What staff found stays as they saw it.
                    if (known.Found == PairFound.NotYet) (known.Weight, known.Reasons) = (comparison.Weight, comparison.InWords());
                }
                else db.Add(new CitizenPair { FirstId = first, SecondId = second, Weight = comparison.Weight, Reasons = comparison.InWords(), SuggestedAt = now });
            }
        }
        return changed.Count;
    });

    private static async Task<IEnumerable<Citizen>> Near(ConcentricDb db, Citizen one)
    {
        var (id, email, phone, postcode, born, key) = (one.Id, one.Email, one.Phone, one.Postcode, one.Born, one.NameKey);
        var near = new List<Citizen>();
        var others = db.Citizens.AsNoTracking().Where(c => c.Id != id);
        if (email is not null) near.AddRange(await others.Where(c => c.Email == email).Take(MostOfAKey).ToListAsync());
        if (phone is not null) near.AddRange(await others.Where(c => c.Phone == phone).Take(MostOfAKey).ToListAsync());
        if (postcode is not null) near.AddRange(await others.Where(c => c.Postcode == postcode).Take(MostOfAKey).ToListAsync());
        if (born is not null) near.AddRange(await others.Where(c => c.Born == born).Take(MostOfAKey).ToListAsync());
        if (key.Length > 0) near.AddRange(await others.Where(c => c.NameKey == key).Take(MostOfAKey).ToListAsync());
        return near.DistinctBy(c => c.Id);
    }
}
