using Concentric.Core;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Variation;


namespace Concentric.Measure.Boards;

/// <summary>Counts the figures of many measures at once, with few questions to the store.</summary>
internal static class ReadSeries
{
    /// <summary>A version of a measure, and which of the questions is its own.</summary>
    private sealed record Asked(BoardMeasure Measure, DefinitionVersion Version, CubeQuery Query, AskedMeasure Figure, double Factor);

    /// <summary>The series of each measure, in their order, as whoever sees these contacts may see them.</summary>
    /// <param name="scope">Whose contacts. All that was recorded is read, whatever stretch the scope shows: limits come from all points of a phase, never from the last few.</param>
    public static async Task<IReadOnlyList<PeriodSeries>> Of(Scope scope, IReadOnlyList<BoardMeasure> measures, VisibleContacts contacts, CancellationToken stop = default)
    {
        var days = new Days(scope.First, scope.Through);
        var found = new Dictionary<(string Key, int Version), Part>();
        var needs = new ReadNeeds(scope, days, contacts);
        await needs.ReadAhead(measures, stop);
        var asked = new List<Asked>();
        foreach (var measure in measures)
            foreach (var version in measure.Versions)
            {
                try
                {
                    if (version.Source.Kind == SourceKind.Counted) found[(measure.Key, version.Number)] = await Counted(scope, measure, version, days, contacts, stop);
                    else if (version.Source.Kind == SourceKind.EndToEnd) found[(measure.Key, version.Number)] = await needs.Of(measure, version, stop);
                    else asked.Add(Ask(scope, measure, version, days, contacts.Dimensions));
                }
                catch (RefusedException refused)
                {
                    found[(measure.Key, version.Number)] = new(new Dictionary<DateOnly, PeriodPoint>(), false, refused.Message);
                }
            }
        var answers = days.From > days.Through ? [] : await contacts.QueryAll([.. asked.Select(a => a.Query)], stop);
        foreach (var (one, answer) in asked.Zip(answers)) found[(one.Measure.Key, one.Version.Number)] = Read(one, answer);
        return [.. measures.Select(m => Series(m, days, found))];
    }

    internal sealed record Part(IReadOnlyDictionary<DateOnly, PeriodPoint> Points, bool IsWithheld, string? Problem = null)
    {
        /// <summary>A period without a row is a count of nothing, and not a gap.</summary>
        public bool IsCount { get; init; }

        /// <summary>The last day of periods that can be told; null where that is the last of all.</summary>
        public DateOnly? Until { get; init; }

        public Share? Unlinked { get; init; }
    }

    private static PeriodSeries Series(BoardMeasure measure, Days days, Dictionary<(string, int), Part> found)
    {
        var points = new List<PeriodPoint>();
        foreach (var start in PeriodSeries.Starts(measure.Period, days))
        {
            var version = measure.VersionOf(start);
            if (!found.TryGetValue((measure.Key, version.Number), out var part)) continue;
            if (PeriodSeries.End(measure.Period, start) > part.Until) continue;
            // No row where nothing is withheld: a count of nothing is 0, a share or mean of nothing is a gap.
            points.Add(part.Points.GetValueOrDefault(start) ?? new(start, part is { IsCount: true, IsWithheld: false } ? 0 : null, null, null, null, false, version.Number));
        }
        var parts = measure.Versions.Select(v => found.GetValueOrDefault((measure.Key, v.Number))).OfType<Part>().ToList();
        return new(measure.Period, PeriodSeries.Begun(points), parts.Exists(p => p.IsWithheld), parts.Find(p => p.Problem is not null)?.Problem) { Unlinked = parts.LastOrDefault()?.Unlinked };
    }

    private static Asked Ask(Scope scope, BoardMeasure measure, DefinitionVersion version, Days days, ContactDimensions names)
    {
        var source = version.Source;
        var figure = source.Kind == SourceKind.Rate ? AskedMeasure.Find("contacts")! : source.Asked ?? throw new RefusedException($"“{source.Figure}” is no figure.");
        var filters = source.Codes(scope.Council, names);
        var query = (scope.Query with { Days = new(days.From, days.Through) }).GroupedBy(measure.Period == MeasurePeriod.Week ? Dimension.Week : Dimension.Month).Counting(figure.Parts);
        var factor = source.Kind == SourceKind.Rate ? 1000.0 / Households(scope.Council, filters, names) : source.Unit.Factor;
        return new(measure, version, query with { Where = [.. query.Where, .. filters] }, figure, factor);
    }

    private static Part Read(Asked asked, CubeResult answer)
    {
        var points = new Dictionary<DateOnly, PeriodPoint>();
        for (var row = 0; row < answer.Rows; row++)
        {
            var start = asked.Measure.Period == MeasurePeriod.Week
                ? ContactCalendar.FirstDayOfWeek(answer.Code(row, Dimension.Week)) : ContactCalendar.FirstDayOfMonth(answer.Code(row, Dimension.Month));
            var figure = asked.Figure.Of(answer, row, LocalCostParts.None);
            // A hidden count is from 1 to 7 and reckoned as their middle; of a hidden share or mean nothing is known.
            var value = figure is { IsHidden: true } && asked.Figure.Unit == FigureUnit.Count ? ShownCount.Middle : figure.Value;
            points[start] = new(start, value * asked.Factor, figure.Low * asked.Factor, figure.High * asked.Factor, asked.Version.Source.Kind == SourceKind.Rate && !figure.IsHidden ? (long?)figure.Value : figure.N, figure.IsHidden, asked.Version.Number);
        }
        return new(points, answer.IsWithheld) { IsCount = asked.Figure.Unit == FigureUnit.Count };
    }

    private static async Task<Part> Counted(Scope scope, BoardMeasure measure, DefinitionVersion version, Days days, VisibleContacts contacts, CancellationToken stop)
    {
        var names = contacts.Dimensions;
        var name = names.CountedNames.FirstOrDefault(n => n.Council == scope.Council.Code && n.Key == version.Source.Figure)
            ?? throw new RefusedException($"Nothing called “{version.Source.Figure}” was counted elsewhere. Bring a file with it, or choose another source.");
        var filters = version.Source.Codes(scope.Council, names);
        IReadOnlyList<int> Kept(Dimension dimension) => filters.Find(f => f.Dimension == dimension)?.Codes ?? [];
        if (filters.Exists(f => f.Dimension is not (Dimension.Service or Dimension.Channel or Dimension.Area)))
            throw new RefusedException("What was counted elsewhere can be narrowed by service, channel and area alone.");
        var rows = await contacts.Counted(new(scope.Council.Code)
        {
            Grain = measure.Period == MeasurePeriod.Week ? CountedGrain.Week : CountedGrain.Month, From = days.From, To = days.Through,
            Names = [name.Code], Services = Kept(Dimension.Service), Channels = Kept(Dimension.Channel), Areas = Kept(Dimension.Area),
        }, stop);
        // A period for which no file states an amount is a gap: files that count elsewhere leave out what they do not know.
        return new(rows.ToDictionary(r => r.Row.Period!.Value, r => new PeriodPoint(r.Row.Period!.Value, r.Amount.Estimate, null, null, null, r.Amount.IsHidden, version.Number)), false);
    }

    private static int Households(CouncilCode council, List<Filter> filters, ContactDimensions names)
    {
        bool Keeps(Dimension dimension, int code) => filters.Where(f => f.Dimension == dimension).All(f => f.Codes.Contains(code));
        var households = names.Areas.Where(a => a.Council == council.Code && Keeps(Dimension.Area, a.Code) && Keeps(Dimension.Ward, a.Ward) && Keeps(Dimension.Profile, a.Profile)).Sum(a => a.Households);
        return households > 0 ? households : throw new RefusedException("The number of households of the area is not known, so there is no rate. Bring a list of areas with households, or count contacts instead.");
    }
}
