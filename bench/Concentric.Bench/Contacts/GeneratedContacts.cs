using System.Globalization;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Bench.Contacts;

/// <summary>
/// Contacts of one council over ten years, as skewed as real ones: 1,000 services by Zipf, 12 channels, 10 interactions, 150 areas, 76 profile groups, a third of a million persons,
/// 18 % of contacts by nobody known, cases of two or three contacts, fewer at weekends, 8 % with satisfaction. Made by the engine from the row's number alone.
/// </summary>
internal static class GeneratedContacts
{
    public const int Services = 1000, Channels = 12, Areas = 150, Profiles = 76, Persons = 333_333;

    /// <summary>The last year, as the sixteen queries ask for it.</summary>
    public const int LastYearFrom = 20_089;

    private const int FirstDay = LastYearFrom + 365 - 3652;

    /// <summary>Fills a new contact store as the import of one file would, with the keys by which rows are known again. The store is opened and closed here, with more memory than the program's own.</summary>
    public static Task Fill(string folder, long rows) => Make(folder, rows, connection =>
    {
        connection.Execute("INSERT INTO council VALUES (1, 'bench', 'Bench', true, 'Europe/London')");
        connection.Execute($"INSERT INTO service SELECT range, 0, '' || range, 'Service ' || range, '' FROM range(1, {Number(Services + 1)})");
        connection.Execute($"INSERT INTO area SELECT range, 1, 'A' || range, 'Area ' || range, 0, 1 + range % {Number(Profiles)}, 1 + range % 10, 1000 FROM range(1, {Number(Areas + 1)})");
        connection.Execute($"INSERT INTO profile SELECT range, 'P' || range, 'Group ' || range FROM range(1, {Number(Profiles + 1)})");
        connection.Execute($"INSERT INTO person SELECT range, 1, hash(range) FROM range(1, {Number(Persons + 1)})");
        connection.Execute("""
            INSERT INTO contact
            SELECT contact_id, occurred_at, day, CAST((day + 3) // 7 AS USMALLINT), CAST(datediff('month', DATE '1970-01-01', DATE '1970-01-01' + CAST(day AS INTEGER)) AS USMALLINT),
                1, 0, 0, service, interaction, channel, area, profile, demand, failure_cause, resolved, cost_pence, seconds, seconds_bin, satisfaction, person, 0,
                CASE WHEN person = 0 OR before IS NULL THEN 4294967295 ELSE CAST((epoch_us(occurred_at) - epoch_us(before)) // 1000000 AS UINTEGER) END, 1, 0, 1
            FROM (SELECT *, lag(occurred_at) OVER (PARTITION BY service, person ORDER BY occurred_at, contact_id) AS before FROM made) w
            ORDER BY year(occurred_at), service, occurred_at, contact_id
            """);
        connection.Execute("INSERT INTO contact_key SELECT 1, hash(contact_id), hash(contact_id * 5) & 65535, hash(contact_id * 7) & 65535, 1 FROM made ORDER BY contact_id");
    });

    /// <summary>Adds the same contacts as steps of their cases, the interaction being what was done.</summary>
    public static Task FillSteps(string folder, long rows) => Make(folder, rows, connection =>
    {
        connection.Execute("INSERT INTO activity SELECT range, 1, 'act' || range, 'Activity ' || range FROM range(1, 11)");
        connection.Execute($"""
            INSERT INTO step
            SELECT step_id, case_ref, seq, occurred_at, day, activity, prev_activity, gap, 0, 0, channel, service, 1, 1
            FROM (SELECT *, {Steps.Derived} FROM (SELECT contact_id AS step_id, 1 AS council, case_ref, occurred_at, day, CAST(interaction + 1 AS USMALLINT) AS activity, channel, service FROM made) m) d
            ORDER BY service, day // 366, case_ref, seq
            """);
    });

    private static async Task Make(string folder, long rows, Action<DuckConnection> make)
    {
        await using var store = DuckContactStore.Open(ContactStoreOptions.In(folder, "10GB", Environment.ProcessorCount));
        await store.Write(connection =>
        {
            connection.Execute($"CREATE TEMP TABLE made AS {Rows(rows)}");
            make(connection);
            connection.Execute("DROP TABLE temp.made");
            return true;
        }, CancellationToken.None);
    }

    // A case has 2 or 3 rows (5 rows in two cases), all on one service from one place and person.
    private static string Rows(long rows) => $"""
        SELECT i AS contact_id, make_timestamp(moment * 1000000) AS occurred_at, CAST(moment // 86400 AS USMALLINT) AS day, service, interaction, channel, area,
            CASE WHEN area = 0 THEN 0 ELSE 1 + area % {Number(Profiles)} END AS profile, demand, CASE WHEN demand = 2 THEN 1 + i % 5 ELSE 0 END AS failure_cause, resolved,
            CASE WHEN u4 < 0.9 THEN CAST(80 + 900 * u4 * u5 AS INTEGER) END AS cost_pence, seconds, CAST(1 + least(200, floor(ln(seconds + 1) / ln(1.08))) AS UTINYINT) AS seconds_bin,
            CASE WHEN u5 < 0.08 THEN 1 + i % 5 END AS satisfaction, person, c + 1 AS case_ref
        FROM (SELECT i, c, CAST(floor(exp(c1 * ln({Number(Services + 1)}))) AS USMALLINT) AS service, CAST(hash(i * 3) % 10 AS UTINYINT) AS interaction,
                CAST(1 + floor({Number(Channels)} * pow(u1, 3)) AS UTINYINT) AS channel, CASE WHEN c2 < 0.06 THEN 0 ELSE CAST(1 + floor({Number(Areas)} * pow({Chance("c", 7)}, 2)) AS USMALLINT) END AS area,
                CASE WHEN u2 < 0.25 THEN 0 WHEN u2 < 0.6 THEN 1 WHEN u2 < 0.93 THEN 2 ELSE 3 END AS demand, CASE WHEN u3 < 0.2 THEN 0 WHEN u3 < 0.8 THEN 1 ELSE 2 END AS resolved,
                CAST(20 + 3000 * u3 * u4 * u4 AS INTEGER) AS seconds, CASE WHEN c3 < 0.18 THEN 0 ELSE CAST(1 + hash(c * 11) % {Number(Persons)} AS UINTEGER) END AS person, u4, u5,
                {Number(FirstDay)}::BIGINT * 86400 + least(3640, weekday) * 86400 + 28800 + CAST(34000 * u1 AS BIGINT) + nth * CAST(200000 * u2 AS BIGINT) AS moment
            FROM (SELECT i, c, i - (c * 5 + 1) // 2 AS nth, {Chance("i", 1)} AS u1, {Chance("i", 2)} AS u2, {Chance("i", 3)} AS u3, {Chance("i", 4)} AS u4, {Chance("i", 5)} AS u5,
                    {Chance("c", 6)} AS c1, {Chance("c", 8)} AS c2, {Chance("c", 9)} AS c3,
                    CASE WHEN CAST(hash(c * 13) % 3650 AS BIGINT) % 7 >= 5 AND {Chance("c", 10)} < 0.8 THEN CAST(hash(c * 13) % 3650 AS BIGINT) - 3 ELSE CAST(hash(c * 13) % 3650 AS BIGINT) END AS weekday
                FROM (SELECT range AS i, range * 2 // 5 AS c FROM range({rows.ToString(CultureInfo.InvariantCulture)})) n) d) e
        """;

    private static string Chance(string of, int salt) => $"(hash({of} * 31 + {Number(salt)}) % 1000003 / 1000003.0)";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
