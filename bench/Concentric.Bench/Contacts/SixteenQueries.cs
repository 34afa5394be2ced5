using System.Globalization;
using Concentric.Measure.Contacts;
using Count = Concentric.Measure.Contacts.Measure;

namespace Concentric.Bench.Contacts;

/// <summary>One question, as the program asks it and as plain SQL over the same table.</summary>
/// <param name="Cube">A question of contacts; null where it is one of steps, or one that no page asks.</param>
/// <param name="Sql">As DuckDB, SQLite and PostgreSQL read it.</param>
internal sealed record BenchQuery(string Name, CubeQuery? Cube, string Sql)
{
    public StepQuery? Steps { get; init; }

    public bool IsAsked => Cube is not null || Steps is not null;

    /// <returns>How many rows the program's answer has.</returns>
    public async Task<long> Ask(IContactStore store, CancellationToken stop) =>
        Steps is { } steps ? (await store.Steps(steps, stop)).Count : (await store.Query(Cube!, stop)).Rows;
}

/// <summary>The questions by which the engines were compared, with the names of the contact store.</summary>
internal static class SixteenQueries
{
    private static readonly int[] Twenty = [659, 752, 108, 500, 439, 384, 738, 155, 298, 941, 343, 255, 817, 989, 588, 710, 349, 764, 787, 859];
    private static readonly int[] Five = [86, 926, 733, 659, 752];

    private static readonly DayRange LastYear = new(ContactCalendar.DateOfDay(GeneratedContacts.LastYearFrom), ContactCalendar.DateOfDay(ushort.MaxValue));

    public static IReadOnlyList<BenchQuery> All { get; } =
    [
        new("week", Ask([Dimension.Week], [Count.Contacts, Count.CostPence]).Sorted(Order.By(Dimension.Week)), "SELECT week, count(*) AS n, sum(cost_pence) AS c FROM contact GROUP BY week ORDER BY week"),
        new("chan_demand", Ask([Dimension.Channel, Dimension.Demand], [Count.Contacts, Count.CostPence, Count.MeanSatisfaction]),
            "SELECT channel, demand, count(*) AS n, sum(cost_pence) AS c, avg(satisfaction) AS s FROM contact GROUP BY channel, demand"),
        new("cube3_top", Ask([Dimension.Service, Dimension.Channel, Dimension.Profile], [Count.Contacts, Count.CostPence]).Sorted(Order.ByLargest(Count.CostPence), 100),
            "SELECT service, channel, profile, count(*) AS n, sum(cost_pence) AS c FROM contact GROUP BY service, channel, profile ORDER BY c DESC, service, channel, profile LIMIT 100"),
        new("cube3_all", Ask([Dimension.Service, Dimension.Channel, Dimension.Profile], [Count.Contacts, Count.CostPence]),
            "SELECT service, channel, profile, count(*) AS n, sum(cost_pence) AS c FROM contact GROUP BY service, channel, profile"),
        new("cube4_week", Ask([Dimension.Week, Dimension.Service, Dimension.Channel, Dimension.Demand], [Count.Contacts, Count.CostPence]).With(Dimension.Service, Twenty),
            $"SELECT week, service, channel, demand, count(*) AS n, sum(cost_pence) AS c FROM contact WHERE service IN ({List(Twenty)}) GROUP BY week, service, channel, demand"),
        new("area_week", Ask([Dimension.Area, Dimension.Week], [Count.Contacts]), "SELECT area, week, count(*) AS n FROM contact GROUP BY area, week"),
        new("sat_area", Ask([Dimension.Area, Dimension.Channel], [Count.SatisfactionCount, Count.MeanSatisfaction]),
            "SELECT area, channel, count(satisfaction) AS n, avg(satisfaction) AS s FROM contact GROUP BY area, channel"),
        new("filt_area", Ask([Dimension.Area, Dimension.Profile], [Count.Contacts, Count.Persons]).With(Dimension.Service, Five) with { Days = LastYear },
            $"SELECT area, profile, count(*) AS n, count(DISTINCT CASE WHEN person <> 0 THEN person END) AS p FROM contact WHERE day >= {Last} AND service IN ({List(Five)}) GROUP BY area, profile"),
        new("one_svc", Ask([Dimension.Month, Dimension.Channel, Dimension.Demand], [Count.Contacts, Count.CostPence, Count.MeanSeconds]).With(Dimension.Service, 500),
            "SELECT month, channel, demand, count(*) AS n, sum(cost_pence) AS c, avg(seconds) AS d FROM contact WHERE service = 500 GROUP BY month, channel, demand"),
        new("topk", Ask([Dimension.Service], [Count.CostPence, Count.Contacts]).With(Dimension.Demand, 2).Sorted(Order.ByLargest(Count.CostPence), 20) with { Days = LastYear },
            $"SELECT service, sum(cost_pence) AS c, count(*) AS n FROM contact WHERE demand = 2 AND day >= {Last} GROUP BY service ORDER BY c DESC LIMIT 20"),
        // By the two steps that the program takes; count(DISTINCT) takes DuckDB five times as long.
        new("dist_exact", Ask([Dimension.Channel], [Count.Persons]), "SELECT channel, count(*) AS p FROM (SELECT channel, person, count(*) AS c FROM contact WHERE person <> 0 GROUP BY channel, person) x GROUP BY channel"),
        new("repeat_1y", Ask([Dimension.Service], [Count.ContactsOfKnownPersons, Count.Repeats7Days]) with { Days = LastYear },
            $"SELECT service, count(*) AS n, sum(CASE WHEN prev_gap <= 604800 THEN 1 ELSE 0 END) AS r FROM contact WHERE person <> 0 AND day >= {Last} GROUP BY service"),
        new("repeat_all", Ask([Dimension.Service], [Count.ContactsOfKnownPersons, Count.Repeats7Days]),
            "SELECT service, count(*) AS n, sum(CASE WHEN prev_gap <= 604800 THEN 1 ELSE 0 END) AS r FROM contact WHERE person <> 0 GROUP BY service"),
        new("dfg_1y", null, $"SELECT prev_activity, activity, count(*) AS n, avg(gap) AS gap FROM step WHERE service = 86 AND day >= {Last} GROUP BY prev_activity, activity")
        {
            Steps = new(1) { Service = 86, From = LastYear.From },
        },
        new("dfg_all", null, "SELECT prev_activity, activity, count(*) AS n, avg(gap) AS gap FROM step GROUP BY prev_activity, activity") { Steps = new(1) },
        new("person", null, "SELECT service, channel, resolved, day FROM contact WHERE person = 129938 ORDER BY day"),
    ];

    private static string Last => GeneratedContacts.LastYearFrom.ToString(CultureInfo.InvariantCulture);

    private static CubeQuery Ask(IReadOnlyList<Dimension> by, IReadOnlyList<Count> measures) => new(1, by, measures, [], Order: Order.None);

    private static string List(int[] codes) => string.Join(", ", codes.Select(c => c.ToString(CultureInfo.InvariantCulture)));
}
