using Concentric.Core;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Variation;

namespace Concentric.Measure.Boards;

/// <summary>Reads the end-to-end figures of many measures: those of one stretch of contacts together, and of many services with one question.</summary>
internal sealed class ReadNeeds(Scope scope, Days days, VisibleContacts contacts)
{
    private sealed record Answer(IReadOnlyList<NeedFigures> Periods, NeedFigures? All);

    private readonly Dictionary<string, Answer> _answers = [];

    /// <summary>Asks once where measures differ in one filter alone: all services, or all channels of a service, together.</summary>
    public async Task ReadAhead(IEnumerable<BoardMeasure> measures, CancellationToken stop)
    {
        if (days.From > days.Through) return;
        foreach (var period in Enum.GetValues<MeasurePeriod>())
        {
            var wanted = measures.Where(m => m.Period == period).SelectMany(m => m.Versions).Where(v => v.Source.Kind == SourceKind.EndToEnd).Select(v => CodesOrNone(v.Source)).OfType<List<Filter>>().DistinctBy(f => Key(period, f)).ToList();
            foreach (var by in NeedQuery.Dimensions)
            {
                var groups = wanted.Where(f => !_answers.ContainsKey(Key(period, f)) && f.Exists(w => w.Dimension == by && w.Codes.Count == 1)).GroupBy(f => Key(period, Without(f, by)));
                foreach (var group in groups.Where(g => g.Count() > 1).Select(g => g.ToList()).ToList()) await Ask(period, by, group, stop);
            }
        }
    }

    private async Task Ask(MeasurePeriod period, Dimension by, List<List<Filter>> group, CancellationToken stop)
    {
        var query = Query(period, Without(group[0], by)) with { By = by };
        var periods = await contacts.NeedsOfEach(query, stop);
        var all = group.Exists(SaysUnlinked) ? await contacts.NeedsOfEach(query with { Per = null }, stop) : null;
        foreach (var filters in group)
        {
            var code = filters.Find(f => f.Dimension == by)!.Codes[0];
            _answers[Key(period, filters)] = new([.. periods[code]], SaysUnlinked(filters) ? all?[code].FirstOrDefault() : null);
        }
    }

    /// <summary>The share that can be linked with nothing is told of a service or the council as a whole.</summary>
    private static bool SaysUnlinked(List<Filter> filters) => filters.TrueForAll(f => f.Dimension == Dimension.Service);

    private static List<Filter> Without(List<Filter> filters, Dimension dimension) => filters.FindAll(f => f.Dimension != dimension);

    // What cannot be read is said where the measure itself is read.
    private List<Filter>? CodesOrNone(MeasureSource source)
    {
        try
        {
            return source.Codes(scope.Council, contacts.Dimensions) is var filters && filters.TrueForAll(f => NeedQuery.Dimensions.Contains(f.Dimension)) ? filters : null;
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    /// <exception cref="RefusedException">Needs have no such figure, or are not known by what the measure keeps.</exception>
    public async Task<ReadSeries.Part> Of(BoardMeasure measure, DefinitionVersion version, CancellationToken stop)
    {
        var figure = NeedFigure.Find(version.Source.Figure) ?? throw new RefusedException($"“{version.Source.Figure}” is no figure of needs.");
        var filters = version.Source.Codes(scope.Council, contacts.Dimensions);
        if (filters.Exists(f => !NeedQuery.Dimensions.Contains(f.Dimension))) throw new RefusedException("Needs can be narrowed by service, channel, area, ward and profile group alone.");
        if (days.From > days.Through) return new(new Dictionary<DateOnly, PeriodPoint>(), false);
        var answer = await Read(measure.Period, filters, stop);
        var points = new Dictionary<DateOnly, PeriodPoint>();
        foreach (var found in answer.Periods)
        {
            var start = measure.Period == MeasurePeriod.Week ? ContactCalendar.FirstDayOfWeek(found.Period) : ContactCalendar.FirstDayOfMonth(found.Period);
            var (value, n) = (figure.Value(found), figure.N(found));
            var share = figure.Name == NeedFigure.AtOnce ? found.AtOnce : null;
            // Where nothing was met there is nothing to measure; where something was and has no figure, it may not be shown.
            points[start] = new(start, value, 100 * share?.Low, 100 * share?.High, n.Value, value is null && n.Estimate > 0, version.Number);
        }
        return new(points, false) { Until = figure.IsSettled ? days.Through.AddDays(-NeedRows.WindowDays) : null, Unlinked = answer.All?.Unlinked };
    }

    private async Task<Answer> Read(MeasurePeriod period, List<Filter> filters, CancellationToken stop)
    {
        var key = Key(period, filters);
        if (_answers.TryGetValue(key, out var known)) return known;
        var query = Query(period, filters);
        return _answers[key] = new(await contacts.Needs(query, stop), SaysUnlinked(filters) && await contacts.Needs(query with { Per = null }, stop) is [var whole, ..] ? whole : null);
    }

    private NeedQuery Query(MeasurePeriod period, IReadOnlyList<Filter> filters) =>
        new(scope.Council.Code, scope.Kind, days.From, days.Through) { Where = filters, Per = period == MeasurePeriod.Week ? Dimension.Week : Dimension.Month };

    private static string Key(MeasurePeriod period, IReadOnlyList<Filter> filters) =>
        $"{period} {string.Join(';', filters.OrderBy(f => f.Dimension).Select(f => $"{f.Dimension}={string.Join(',', f.Codes)}"))}";
}
