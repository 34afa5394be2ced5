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

/// <summary>Keeps the complete points of each measure of this council as they are first published: the newest, and those since the last that was kept, where the program did not run for a while.</summary>
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
        var (fresh, now) = (new List<PublishedPoint>(), clock.GetUtcNow());
        var known = await db.PublishedPoints.AsNoTracking().Where(p => p.Council == council).GroupBy(p => p.Measure).Select(g => new { g.Key, Last = g.Max(p => p.Period) }).ToDictionaryAsync(g => g.Key, g => g.Last, stop);
        // A part at a time: all charts of a thousand services at once would be a gigabyte of points.
        foreach (var part in measures.Chunk(Together))
            fresh.AddRange((await new LoadBoard(db, clock).Charts(scope, part, new(store, isExact: false), stop)).SelectMany(c => Fresh(c, known.TryGetValue(c.Measure.Key, out var last) ? last : null).Select(i => PublishedComparison.Publish(c, i, now))));
        if (fresh.Count == 0) return 0;
        var from = fresh.Min(p => p.Period);
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

    /// <summary>Places of the points to keep. A period in which nothing is known yet is not published: its figure may still come.</summary>
    internal static IEnumerable<int> Fresh(MeasureChart chart, DateOnly? last)
    {
        var told = chart.Series.Points.Index().Where(p => p.Item.Value is not null || p.Item.IsHidden).ToList();
        return (last is { } day ? told.Where(p => p.Item.Start > day) : told.TakeLast(1)).Select(p => p.Index);
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
