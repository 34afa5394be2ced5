using Concentric.Core.Facts;
using Concentric.Measure.Contacts;
using Contact = (Concentric.Measure.Contacts.ContactRow Row, int Batch, long Id);
using Measured = Concentric.Measure.Contacts.Measure;

namespace Concentric.Tests.Measure;

/// <summary>The answer to a query by the plainest means: a list and a loop. What every engine must agree with.</summary>
internal sealed class Oracle(DuckContactStore store, string zone = "Europe/London")
{
    private readonly List<Contact> _contacts = [];
    private readonly Dictionary<string, int> _areas = [], _services = [], _sources = [];
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
    private Dictionary<long, uint>? _gaps;
    private List<(Contact Contact, int[] Codes)> _coded = [];

    public void Add(IEnumerable<ContactRow> rows, int batch)
    {
        var row = 0L;
        foreach (var contact in rows) _contacts.Add((contact, batch, ((long)batch << 32) + ++row));
        _gaps = null;
    }

    public void Add(ContactRow contact, long id)
    {
        _contacts.Add((contact, 0, id));
        _gaps = null;
    }

    public List<(int[] Codes, double?[] Values)> Answer(CubeQuery query)
    {
        if (_gaps is null) Prepare();
        var kept = _coded.Where(c => query.Where.All(w => w.Codes.Contains(c.Codes[(int)w.Dimension]))
            && (query.Days is not { } days || c.Codes[(int)Dimension.Day] >= Days(days.From) && c.Codes[(int)Dimension.Day] <= Days(days.To))).ToList();
        var groups = query.By.Count == 0
            ? [(Codes: Array.Empty<int>(), Of: kept.Select(k => k.Contact).ToList())]
            : kept.GroupBy(c => string.Join(' ', query.By.Select(d => c.Codes[(int)d])))
                .Select(g => (Codes: query.By.Select(d => g.First().Codes[(int)d]).ToArray(), Of: g.Select(k => k.Contact).ToList())).ToList();
        var rows = groups.Select(g => (g.Codes, Values: query.Measures.Select(m => Value(m, g.Of)).ToArray())).ToList();
        IOrderedEnumerable<(int[] Codes, double?[] Values)> sorted = query.Order switch
        {
            { Measure: { } m, Descending: var down } when Place(query.Measures, m) is var p => down
                ? rows.OrderBy(r => r.Values[p] is null).ThenByDescending(r => r.Values[p])
                : rows.OrderBy(r => r.Values[p] is null).ThenBy(r => r.Values[p]),
            { Dimension: { } d, Descending: var down } when Place(query.By, d) is var p => down ? rows.OrderByDescending(r => r.Codes[p]) : rows.OrderBy(r => r.Codes[p]),
            _ => rows.OrderBy(_ => 0),
        };
        for (var i = 0; i < query.By.Count; i++)
        {
            var place = i;
            sorted = sorted.ThenBy(r => r.Codes[place]);
        }
        return [.. sorted.Take(query.Limit ?? int.MaxValue)];
    }

    private void Prepare()
    {
        _gaps = GapsByHand();
        foreach (var area in store.Dimensions.Areas) _areas[area.Key] = area.Code;
        foreach (var service in store.Dimensions.Services) _services[service.Key] = service.Code;
        foreach (var source in store.Dimensions.Sources) _sources[source.Key] = source.Code;
        _coded = [.. _contacts.Select(c => (c, Enum.GetValues<Dimension>().Select(d => Code(c, d)).ToArray()))];
    }

    private static int Days(DateOnly date) => date.DayNumber - new DateOnly(1970, 1, 1).DayNumber;

    private int Code(Contact c, Dimension dimension)
    {
        var area = store.Dimensions.Areas[_areas[c.Row.Area ?? ""]];
        return dimension switch
        {
            Dimension.Day => Days(Date(c)),
            Dimension.Week => (Date(c).DayNumber - new DateOnly(1969, 12, 29).DayNumber) / 7,
            Dimension.Month => (Date(c).Year - 1970) * 12 + Date(c).Month - 1,
            Dimension.Council => 1,
            Dimension.Kind => (int)c.Row.Kind,
            Dimension.Initiator => (int)c.Row.Initiator,
            Dimension.Service => _services[c.Row.Service ?? ""],
            Dimension.Interaction => c.Row.Interaction,
            Dimension.Channel => c.Row.Channel,
            Dimension.Area => area.Code,
            Dimension.Ward => area.Ward,
            Dimension.Profile => area.Profile,
            Dimension.Decile => area.Decile,
            Dimension.Demand => (int)c.Row.Demand,
            Dimension.FailureCause => c.Row.FailureCause,
            Dimension.Resolved => (int)c.Row.Resolved,
            Dimension.SecondsBin => SecondsBin.Of(c.Row.Seconds),
            Dimension.Source => c.Row.Source is null ? 0 : _sources[c.Row.Source],
            Dimension.Batch => c.Batch,
            // Rows of these tests state none of them.
            Dimension.DemandType or Dimension.SystemCause or Dimension.CauseService or Dimension.CauseStep or Dimension.Chases or Dimension.Team => 0,
            _ => throw new ArgumentOutOfRangeException(nameof(dimension)),
        };
    }

    private double? Value(Measured measure, List<Contact> of) => measure switch
    {
        Measured.Contacts => of.Count,
        Measured.Persons => of.Where(c => c.Row.Person != 0).Select(c => c.Row.Person).Distinct().Count(),
        Measured.ContactsOfKnownPersons => of.Count(c => c.Row.Person != 0),
        Measured.CostPence => of.Any(c => c.Row.CostPence is not null) ? of.Sum(c => (long)(c.Row.CostPence ?? 0)) : null,
        Measured.CostCount => of.Count(c => c.Row.CostPence is not null),
        Measured.NoCostStated => of.Count(c => c.Row.CostPence is null),
        Measured.SecondsCount => of.Count(c => c.Row.Seconds is not null),
        Measured.MeanSeconds => of.Where(c => c.Row.Seconds is not null).Average(c => (double?)c.Row.Seconds),
        Measured.SecondsDeviation => Deviation([.. of.Where(c => c.Row.Seconds is not null).Select(c => (double)c.Row.Seconds!.Value)]),
        Measured.MedianSeconds => Quantile(of, 5),
        Measured.Percentile90Seconds => Quantile(of, 9),
        Measured.CodedContacts => of.Count(c => c.Row.Demand is Demand.Value or Demand.Failure),
        Measured.FailureContacts => of.Count(c => c.Row.Demand == Demand.Failure),
        Measured.ResolvedContacts => of.Count(c => c.Row.Resolved == ContactResolved.Yes),
        Measured.ResolutionKnownContacts => of.Count(c => c.Row.Resolved != ContactResolved.Unknown),
        Measured.Repeats7Days => of.Count(c => _gaps![c.Id] <= 7 * 86400),
        Measured.Repeats14Days => of.Count(c => _gaps![c.Id] <= 14 * 86400),
        Measured.Repeats28Days => of.Count(c => _gaps![c.Id] <= 28 * 86400),
        Measured.SatisfactionCount => of.Count(c => c.Row.Satisfaction is not null),
        Measured.MeanSatisfaction => of.Where(c => c.Row.Satisfaction is not null).Average(c => (double?)c.Row.Satisfaction),
        Measured.SatisfactionDeviation => Deviation([.. of.Where(c => c.Row.Satisfaction is not null).Select(c => (double)c.Row.Satisfaction!.Value)]),
        Measured.CostLeast => of.Min(c => c.Row.CostPence),
        Measured.CostMost => of.Max(c => c.Row.CostPence),
        Measured.SecondsLeast => of.Min(c => c.Row.Seconds),
        Measured.SecondsMost => of.Max(c => c.Row.Seconds),
        Measured.SatisfactionLeast => of.Min(c => c.Row.Satisfaction),
        Measured.SatisfactionMost => of.Max(c => c.Row.Satisfaction),
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    /// <summary>In two passes, which the store's sums are not.</summary>
    private static double? Deviation(List<double> values)
    {
        if (values.Count < 2) return null;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }

    /// <summary>Of the values in order, the one at the first place that so many tenths of them have reached.</summary>
    private static double? Quantile(List<Contact> of, int tenths)
    {
        var values = of.Where(c => c.Row.Seconds is not null).Select(c => c.Row.Seconds!.Value).Order().ToList();
        return values.Count == 0 ? null : values[(values.Count * tenths + 9) / 10 - 1];
    }

    /// <summary>For each contact the seconds since the last of the same person, kind and service, found by looking at all of them in order.</summary>
    public Dictionary<long, uint> GapsByHand()
    {
        var last = new Dictionary<(ulong, string?, ContactKind), DateTime>();
        var gaps = new Dictionary<long, uint>();
        foreach (var c in _contacts.OrderBy(c => c.Row.OccurredAt).ThenBy(c => c.Id))
        {
            var same = (c.Row.Person, c.Row.Service, c.Row.Kind);
            gaps[c.Id] = c.Row.Person != 0 && last.TryGetValue(same, out var before) ? (uint)((c.Row.OccurredAt - before).Ticks / TimeSpan.TicksPerSecond) : uint.MaxValue;
            if (c.Row.Person != 0) last[same] = c.Row.OccurredAt;
        }
        return gaps;
    }

    private DateOnly Date(Contact c) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(c.Row.OccurredAt, _zone));

    private static int Place<T>(IReadOnlyList<T> among, T one) => among.ToList().IndexOf(one);
}
