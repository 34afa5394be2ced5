using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Measure.Boards;

/// <summary>Keeps the last complete point of each measure of this council as it is first published, a while after its period ended.</summary>
public sealed class KeepPublished(IDbContextFactory<ConcentricDb> databases, IWriter writer, IContactStore store, Settings settings, TimeProvider clock, ILogger<KeepPublished> log) : BackgroundService
{
    // Periods end at midnight; an hour more or less does not matter to what was first seen of a week.
    private static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    /// <summary>Measures that are counted at once.</summary>
    private const int Together = 400;

    /// <summary>Keeps what is complete and was not kept yet.</summary>
    /// <returns>How many points.</returns>
    public async Task<int> Run(CancellationToken stop = default)
    {
        var scope = await new Scopes(store, settings, clock).Find(settings.Council, Scope.Choices[^1], stop);
        if (scope is null) return 0;
        await using var db = await databases.CreateDbContextAsync(stop);
        var council = scope.Council.Name;
        var kept = await db.KeptMeasures.AsNoTracking().Where(m => m.Council == council && m.EndedAt == null).Select(m => m.Board).Distinct().ToListAsync(stop);
        // Automatic measures of every service that anything was counted of, and kept ones wherever they are.
        var counted = await store.Query(scope.Query.GroupedBy(Dimension.Service).Counting(Contacts.Measure.Contacts), stop);
        var boards = Enumerable.Range(0, counted.Rows).Select(row => counted.Code(row, Dimension.Service)).Where(code => code != 0).Select(code => store.Dimensions.Services[code].Key).Concat(kept).Append("").Distinct().ToList();
        var measures = new List<BoardMeasure>();
        foreach (var board in boards) measures.AddRange(await new FindMeasures(db).Of(council, board, stop));
        var (last, now) = (new List<PublishedPoint>(), clock.GetUtcNow());
        // A part at a time: all charts of a thousand services at once would be a gigabyte of points.
        foreach (var part in measures.Chunk(Together))
            last.AddRange((await new LoadBoard(db, clock).Charts(scope, part, new(store, isExact: false), stop)).Where(c => c.Series.Points.Count > 0).Select(c => PublishedComparison.Publish(c, c.Series.Points.Count - 1, now)));

        var from = last.Select(p => p.Period).DefaultIfEmpty(scope.Through).Min();
        var known = (await db.PublishedPoints.AsNoTracking().Where(p => p.Council == council && p.Period >= from).Select(p => new { p.Measure, p.Period }).ToListAsync(stop)).Select(p => (p.Measure, p.Period)).ToHashSet();
        var fresh = last.Where(p => !known.Contains((p.Measure, p.Period))).ToList();
        if (fresh.Count == 0) return 0;
        return await writer.Write(async write =>
        {
            // Another program on the same database may have been quicker.
            var there = (await write.PublishedPoints.AsNoTracking().Where(p => p.Council == council && p.Period >= from).Select(p => new { p.Measure, p.Period }).ToListAsync(stop)).Select(p => (p.Measure, p.Period)).ToHashSet();
            var missing = fresh.Where(p => !there.Contains((p.Measure, p.Period))).ToList();
            if (missing.Count == 0) return 0;
            write.PublishedPoints.AddRange(missing);
            write.Record(new PointsPublished(council, missing.Count), Actor.System, now);
            return missing.Count;
        }, stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Run(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e)
            {
                log.LogError(e, "Points of measures could not be kept as first published; it will be tried again");
            }
            await Task.Delay(Rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
