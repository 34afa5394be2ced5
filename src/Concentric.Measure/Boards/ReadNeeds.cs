using Concentric.Core;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.EndToEnd;
using Concentric.Measure.Variation;

namespace Concentric.Measure.Boards;

/// <summary>Reads the end-to-end figures of many measures: those of one stretch of contacts together, and of many services with one question.</summary>
internal sealed class ReadNeeds(Scope scope, Days days, VisibleContacts contacts)
{
    private sealed record Answer(IReadOnlyList<NeedFigures> Periods, NeedFigures? All);

    private readonly Dictionary<string, Answer> _answers = [];

    /// <summary>Asks about all services at once where measures of several are wanted.</summary>
    public async Task ReadAhead(IEnumerable<BoardMeasure> measures, CancellationToken stop)
    {
        foreach (var period in Enum.GetValues<MeasurePeriod>())
        {
            var services = measures.Where(m => m.Period == period).SelectMany(m => m.Versions).Where(v => v.Source.Kind == SourceKind.EndToEnd && v.Source.Where.Keys.SequenceEqual(["service"]))
                .Select(v => v.Source.Where["service"][0]).Distinct().Select(key => contacts.Dimensions.Service(key)?.Code).OfType<int>().ToList();
            if (services.Count < 2 || days.From > days.Through) continue;
            var query = Query(period, []) with { By = Dimension.Service };
            var (periods, all) = (await contacts.NeedsOfEach(query, stop), await contacts.NeedsOfEach(query with { Per = null }, stop));
            foreach (var service in services) _answers[Key(period, [new(Dimension.Service, service)])] = new([.. periods[service]], all[service].FirstOrDefault());
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

    private async Task<Answer> Read(MeasurePeriod period, IReadOnlyList<Filter> filters, CancellationToken stop)
    {
        var key = Key(period, filters);
        if (_answers.TryGetValue(key, out var known)) return known;
        var query = Query(period, filters);
        return _answers[key] = new(await contacts.Needs(query, stop), (await contacts.Needs(query with { Per = null }, stop)).FirstOrDefault());
    }

    private NeedQuery Query(MeasurePeriod period, IReadOnlyList<Filter> filters) =>
        new(scope.Council.Code, scope.Kind, days.From, days.Through) { Where = filters, Per = period == MeasurePeriod.Week ? Dimension.Week : Dimension.Month };

    private static string Key(MeasurePeriod period, IReadOnlyList<Filter> filters) =>
        $"{period} {string.Join(';', filters.OrderBy(f => f.Dimension).Select(f => $"{f.Dimension}={string.Join(',', f.Codes)}"))}";
}
