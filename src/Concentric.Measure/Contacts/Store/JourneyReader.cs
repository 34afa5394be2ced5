using Concentric.Core;
using Concentric.Measure.Journeys;

namespace Concentric.Measure.Contacts;

/// <summary>Where steps of cases came from: our own cases of a council, or one imported log.</summary>
/// <param name="Council">Code of the council.</param>
/// <param name="Batch">Number of the imported batch; 0 for our own cases.</param>
/// <param name="Service">Code of the service, 0 where it is not known.</param>
/// <param name="First">The day of the first step.</param>
/// <param name="Last">The day of the last step.</param>
public sealed record StepSource(int Council, int Batch, int Service, long Steps, DateOnly First, DateOnly Last);

/// <summary>Which steps make a log.</summary>
/// <param name="Council">Code of the council.</param>
/// <param name="Batch">Number of the imported batch; 0 for our own cases.</param>
/// <param name="Service">Code of the service; null for all.</param>
public sealed record JourneyQuery(int Council, int Batch, int? Service = null)
{
    /// <summary>Only cases whose first step came at this moment or later, in microseconds since 1970; null: from the beginning.</summary>
    public long? From { get; init; }

    /// <summary>Only cases whose first step came before this moment; null: to the end.</summary>
    public long? Until { get; init; }
}

public sealed partial class DuckContactStore
{
    public Task<IReadOnlyList<StepSource>> StepSources(CancellationToken stop = default) => Read<IReadOnlyList<StepSource>>(reader =>
    {
        using var rows = reader.Connection.Query("SELECT council, batch, service, count(*), min(day), max(day) FROM step GROUP BY council, batch, service ORDER BY council, batch, count(*) DESC", stop);
        var found = new List<StepSource>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                found.Add(new((int)rows.Column(0).Number(i), (int)rows.Column(1).Number(i), (int)rows.Column(2).Number(i), rows.Column(3).Number(i),
                    ContactCalendar.DateOfDay((int)rows.Column(4).Number(i)), ContactCalendar.DateOfDay((int)rows.Column(5).Number(i))));
            }
        }
        return found;
    }, stop);

    public Task<EventLog> Journeys(JourneyQuery query, CancellationToken stop = default) => Analyse(reader =>
    {
        var names = new StepNames(Dimensions, isOwn: query.Batch == 0);
        // Steps of our own cases say nothing of a channel: the contact that began the case does.
        var firsts = query.Batch == 0 ? FirstContactsOfCases(reader, query, stop) : null;
        using var rows = reader.Connection.Query($"""
            SELECT case_ref, occurred_at, step_id, activity, actor, organisation, channel
            FROM step WHERE {Asked(query)}
            """, stop);
        while (rows.NextChunk())
        {
            var cases = rows.Column(0).Values<ulong>();
            var at = rows.Column(1).Values<long>();
            var id = rows.Column(2).Values<ulong>();
            var activity = rows.Column(3).Values<ushort>();
            var actor = rows.Column(4).Values<ushort>();
            var organisation = rows.Column(5).Values<ushort>();
            var channel = rows.Column(6).Values<byte>();
            for (var i = 0; i < rows.Rows; i++)
                names.Add(cases[i], at[i], (long)id[i], activity[i], actor[i], organisation[i], channel[i] != 0 || firsts is null ? channel[i] : firsts.GetValueOrDefault(cases[i]).Channel);
        }
        return names.Builder.Build(firsts is null ? null : OwnOf(reader, query, names.Cases, firsts, stop));
    }, stop);

    public Task<long> CountSteps(JourneyQuery query, CancellationToken stop = default) => Analyse(reader =>
    {
        using var rows = reader.Connection.Query($"SELECT count(*) FROM step WHERE {Asked(query)}", stop);
        return rows.NextChunk() ? rows.Column(0).Number(0) : 0;
    }, stop);

    public Task<IReadOnlyDictionary<int, int>> CasesByService(JourneyQuery query, CancellationToken stop = default) => Analyse<IReadOnlyDictionary<int, int>>(reader =>
    {
        using var rows = reader.Connection.Query($"SELECT service, count(DISTINCT case_ref) FROM step WHERE {Asked(query with { Service = null })} GROUP BY service", stop);
        var found = new Dictionary<int, int>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++) found[(int)rows.Column(0).Number(i)] = (int)rows.Column(1).Number(i);
        }
        return found;
    }, stop);

    /// <summary>The condition on steps that a query asks about; of numbers alone.</summary>
    private static string Asked(JourneyQuery query)
    {
        var of = $"council = {Text(query.Council)} AND batch = {Text(query.Batch)}{(query.Service is { } code ? $" AND service = {Text(code)}" : "")}";
        var begun = $"{(query.From is { } from ? $" AND epoch_us(min(occurred_at)) >= {Text(from)}" : "")}{(query.Until is { } until ? $" AND epoch_us(min(occurred_at)) < {Text(until)}" : "")}";
        return begun.Length == 0 ? of : $"{of} AND case_ref IN (SELECT case_ref FROM step WHERE {of} GROUP BY case_ref HAVING {begun[" AND ".Length..]})";
    }

    /// <summary>The cases that a query asks about: nothing of others need be read, and a council has many more contacts than cases of a week.</summary>
    private static string CasesOf(JourneyQuery query) => $"SELECT case_ref FROM step WHERE {Asked(query)}";

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Channel and area of the contact that began each case.</summary>
    private static Dictionary<ulong, (byte Channel, ushort Area)> FirstContactsOfCases(Reader reader, JourneyQuery query, CancellationToken stop)
    {
        using var rows = reader.Connection.Query($"SELECT case_ref, channel, area FROM contact WHERE council = {Text(query.Council)} AND case_ref <> 0 AND case_ref IN ({CasesOf(query)})", stop);
        var found = new Dictionary<ulong, (byte, ushort)>();
        while (rows.NextChunk())
        {
            var cases = rows.Column(0).Values<ulong>();
            var channel = rows.Column(1).Values<byte>();
            var area = rows.Column(2).Values<ushort>();
            for (var i = 0; i < rows.Rows; i++) found[cases[i]] = (channel[i], area[i]);
        }
        return found;
    }

    /// <summary>What is known of cases beyond their steps.</summary>
    /// <param name="numbers">Number in the log of each case.</param>
    private static OwnCases OwnOf(Reader reader, JourneyQuery query, IReadOnlyDictionary<ulong, int> numbers, IReadOnlyDictionary<ulong, (byte Channel, ushort Area)> firsts, CancellationToken stop)
    {
        var own = new OwnCases(new int[numbers.Count], new List<(long, bool)>?[numbers.Count], new HandledContacts[numbers.Count]);
        foreach (var (inCase, number) in numbers) own.Area[number] = firsts.GetValueOrDefault(inCase).Area;
        // All hands are of cases: where all cases are asked about, to look each up would only take time.
        var chosen = query is { Service: null, From: null, Until: null } ? "" : $" AND case_ref IN ({CasesOf(query)})";
        using (var rows = reader.Connection.Query($"SELECT case_ref, epoch_us(occurred_at), is_held FROM held WHERE council = {Text(query.Council)}{chosen} ORDER BY case_ref, occurred_at, fact", stop))
        {
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Rows; i++)
                {
                    if (numbers.TryGetValue(rows.Column(0).Unsigned(i), out var number)) (own.Held[number] ??= []).Add((rows.Column(1).Number(i), rows.Column(2).Number(i) != 0));
                }
            }
        }
        using (var rows = reader.Connection.Query($"SELECT thread, count(*), count(seconds), coalesce(sum(seconds), 0)::BIGINT FROM contact WHERE council = {Text(query.Council)} AND batch = 0 AND thread <> 0 AND thread IN ({CasesOf(query)}) GROUP BY thread", stop))
        {
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Rows; i++)
                {
                    if (numbers.TryGetValue(rows.Column(0).Unsigned(i), out var number)) own.Handled[number] = new((int)rows.Column(1).Number(i), (int)rows.Column(2).Number(i), rows.Column(3).Number(i));
                }
            }
        }
        return own;
    }

    /// <summary>Gives the codes of the store the numbers of a log, each name once.</summary>
    private sealed class StepNames(ContactDimensions names, bool isOwn)
    {
        private readonly Dictionary<ulong, int> _cases = [];
        // By code: a step that came in a moment ago may have one that the names do not have yet.
        private readonly int[] _activities = Empty(), _resources = Empty(), _teams = Empty(), _ownTeams = Empty(), _channels = Empty();

        public EventLogBuilder Builder { get; } = new();

        /// <summary>The number of each case.</summary>
        public IReadOnlyDictionary<ulong, int> Cases => _cases;

        public void Add(ulong inCase, long at, long id, ushort activity, ushort actor, ushort organisation, byte channel)
        {
            if (!_cases.TryGetValue(inCase, out var number)) _cases.Add(inCase, number = Builder.Case(NameOf(inCase)));
            if (_activities[activity] < 0) _activities[activity] = Builder.Activity(Of(names.Activities, activity)?.Label ?? $"Number {activity}");
            // Of our own cases it is known which team has them, and not who did a step.
            if (isOwn && _ownTeams[actor] < 0) _ownTeams[actor] = Builder.Team(Of(names.Actors, actor)?.Key ?? "");
            if (!isOwn && _resources[actor] < 0) _resources[actor] = Builder.Resource(Of(names.Actors, actor)?.Key ?? "");
            if (!isOwn && _teams[organisation] < 0) _teams[organisation] = Builder.Team(Of(names.Organisations, organisation)?.Key ?? "");
            if (_channels[channel] < 0) _channels[channel] = Builder.Channel(channel == 0 ? "" : names.Label(Dimension.Channel, channel));
            Builder.Add(new(number, _activities[activity], at, id) { Resource = isOwn ? 0 : _resources[actor], Team = isOwn ? _ownTeams[actor] : _teams[organisation], Channel = _channels[channel] });
        }

        /// <summary>The reference of a case of our own; of a log, the digest by which its case is kept.</summary>
        private string NameOf(ulong inCase) => isOwn && inCase / 31 < 27_512_614_111UL ? Reference.Of(inCase / 31).ToString() : inCase.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

        private static NameCode? Of(IReadOnlyList<NameCode> names, int code) => code < names.Count ? names[code] : null;

        private static int[] Empty()
        {
            var numbers = new int[ushort.MaxValue + 1];
            Array.Fill(numbers, -1);
            return numbers;
        }
    }
}
