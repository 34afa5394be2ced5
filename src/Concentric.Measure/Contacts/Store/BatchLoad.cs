using System.Security.Cryptography;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Loads the rows of an accepted batch. Runs inside the transaction of <see cref="DuckContactStore.Apply"/>.</summary>
internal sealed class BatchLoad(DuckConnection store, Codebook codes, string imports)
{
    /// <summary>With fewer new rows in a year than this, or fewer old ones, what lies out of order costs a query less than putting it in order costs.</summary>
    private const int WorthCompacting = 10_000;

    private static readonly string[] Maps = ["map_service", "map_area", "map_source", "map_name", "map_activity", "map_actor", "map_organisation", "map_demand_type", "map_system_cause"];

    public void Load(AcceptedBatch batch)
    {
        var folder = Path.Combine(imports, Name(batch.Number));
        var manifest = Manifest.Read(folder);
        var rows = Path.Combine(folder, Manifest.RowsFile);
        if (manifest.Batch != batch.Number || DigestOf(rows) != batch.RowsDigest)
            throw new ContactStoreException($"The rows in {folder} are not those that were imported as batch {batch.Number}: their digest differs from the journal's. Put the folder back from a backup.");

        var council = codes.Council(store, manifest.Council);
        MakeMaps(council, manifest);
        var parquet = $"read_parquet({DuckDatabase.Quote(rows)})";
        if (manifest.Rows == BatchRows.Contacts) LoadContacts(batch.Number, council, manifest, parquet);
        else if (manifest.Rows == BatchRows.Counts) LoadCounts(batch.Number, council, parquet);
        else LoadSteps(batch.Number, council, parquet);
        // Batches kept before layout 3 have 64 bits of each.
        store.Execute($"INSERT INTO contact_key SELECT {council.Code}, key_hi, key_lo & 65535, content & 65535, {batch.Number} FROM {parquet}");
        store.Execute(string.Join("; ", Maps.Select(m => $"DROP TABLE temp.{m}")));
        var counts = manifest.Counts;
        codes.Batch(store, new(batch.Number, council.Code, manifest.Mapping, manifest.FileName, counts.Read, counts.Imported, counts.Duplicates, counts.Changed, counts.Rejected, counts.Flagged, manifest.At)
        {
            Rows = manifest.Rows,
        });
    }

    public static string Name(int batch) => batch.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static string DigestOf(string file)
    {
        if (!File.Exists(file)) throw new ContactStoreException($"{file} is missing. Put it back from a backup.");
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>The places in the manifest's lists as codes of the store.</summary>
    private void MakeMaps(CouncilCode council, Manifest manifest)
    {
        store.Execute("""
            CREATE TEMP TABLE map_service (local USMALLINT, code USMALLINT);
            CREATE TEMP TABLE map_area (local USMALLINT, code USMALLINT, profile UTINYINT);
            CREATE TEMP TABLE map_source (local USMALLINT, code USMALLINT);
            CREATE TEMP TABLE map_name (local USMALLINT, code USMALLINT);
            CREATE TEMP TABLE map_activity (local USMALLINT, code USMALLINT);
            CREATE TEMP TABLE map_actor (local USMALLINT, code USMALLINT);
            CREATE TEMP TABLE map_organisation (local USMALLINT, code USMALLINT);
            CREATE TEMP TABLE map_demand_type (local USMALLINT, code USMALLINT);
            CREATE TEMP TABLE map_system_cause (local USMALLINT, code USMALLINT)
            """);
        foreach (var profile in manifest.Profiles) codes.Profile(store, profile.Key, profile.Label);
        Fill("map_service", manifest.Services.Count, (rows, i) => rows.Set(1, (ushort)(i == 0 ? 0 : codes.Service(store, council, manifest.Services[i - 1].Key, manifest.Services[i - 1].Label))));
        Fill("map_area", manifest.Areas.Count, (rows, i) =>
        {
            var area = i == 0 ? null : codes.Area(store, council, manifest.Areas[i - 1]);
            rows.Set(1, (ushort)(area?.Code ?? 0));
            rows.Set(2, (byte)(area?.Profile ?? 0));
        });
        Fill("map_source", manifest.Sources.Count, (rows, i) => rows.Set(1, (ushort)(i == 0 ? 0 : codes.Source(store, manifest.Sources[i - 1]))));
        FillNames("map_name", codes.CountedNames, manifest.CountedNames);
        FillNames("map_activity", codes.Activities, manifest.Activities);
        FillNames("map_actor", codes.Actors, manifest.Actors);
        FillNames("map_organisation", codes.Organisations, manifest.Organisations);
        FillNames("map_demand_type", codes.DemandTypes, manifest.DemandTypes);
        FillNames("map_system_cause", codes.SystemCauses, manifest.SystemCauses);

        void FillNames(string table, NameBook book, IReadOnlyList<Named> names) =>
            Fill(table, names.Count, (rows, i) => rows.Set(1, (ushort)(i == 0 ? 0 : book.Code(store, council, names[i - 1]))));
    }

    private void Fill(string table, int count, Action<DuckAppender, int> set)
    {
        using var rows = store.Append(table, temporary: true);
        for (var i = 0; i <= count; i++)
        {
            rows.Set(0, (ushort)i);
            set(rows, i);
            rows.Next();
        }
        rows.Complete();
    }

    private void LoadContacts(int batch, CouncilCode council, Manifest manifest, string parquet)
    {
        var personsBefore = store.Number("SELECT max(code) FROM person");
        AddPersons(council, parquet);
        // A year at a time, because a year is sorted in memory where all of them would go over the disk.
        foreach (var year in Years($"SELECT DISTINCT month // 12 + 1970 AS year FROM {parquet} ORDER BY year")) Insert(batch, council, manifest, parquet, year);
        RenewGaps(batch, personsBefore);
        Compact(batch);
        NeedRows.RenewBatch(store, batch, council);
    }

    private void LoadCounts(int batch, CouncilCode council, string parquet) => store.Execute($"""
        INSERT INTO counted
        SELECT {(ulong)batch << 32} + row, from_day, to_day, {council.Code}, s.code, channel, a.code, o.code, n.code, amount, mean, {batch}
        FROM {parquet} r JOIN map_service s ON r.service = s.local JOIN map_area a ON r.area = a.local JOIN map_source o ON r.source = o.local JOIN map_name n ON r.name = n.local
        ORDER BY n.code, s.code, from_day, row
        """);

    private void LoadSteps(int batch, CouncilCode council, string parquet)
    {
        store.Execute($"CREATE TEMP TABLE met AS SELECT DISTINCT case_ref FROM step WHERE council = {council.Code} AND case_ref IN (SELECT case_ref FROM {parquet})");
        store.Execute($"""
            INSERT INTO step
            SELECT step_id, case_ref, seq, occurred_at, day, activity, prev_activity, gap, actor, organisation, channel, service, council, {batch}
            FROM (SELECT *, {Steps.Derived}
                FROM (SELECT {(ulong)batch << 32} + row AS step_id, case_ref, occurred_at, day, a.code AS activity, p.code AS actor, o.code AS organisation, channel, s.code AS service, {council.Code} AS council
                    FROM {parquet} r JOIN map_service s ON r.service = s.local JOIN map_activity a ON r.activity = a.local
                    JOIN map_actor p ON r.actor = p.local JOIN map_organisation o ON r.organisation = o.local) m) d
            ORDER BY service, day // 366, case_ref, seq
            """);
        if (store.Number("SELECT count(*) FROM met") > 0) Steps.Renew(store, council.Code, "IN (SELECT case_ref FROM met)");
        store.Execute("DROP TABLE temp.met");
    }

    private void AddPersons(CouncilCode council, string parquet) => store.Execute($"""
        INSERT INTO person
        SELECT (SELECT coalesce(max(code), 0) FROM person) + row_number() OVER (ORDER BY hash), {council.Code}, hash
        FROM (SELECT DISTINCT person AS hash FROM {parquet} WHERE person <> 0) n
        WHERE hash NOT IN (SELECT hash FROM person WHERE council = {council.Code})
        """);

    private void Insert(int batch, CouncilCode council, Manifest manifest, string parquet, int year)
    {
        var first = (ulong)batch << 32;
        var (types, causes) = (manifest.DemandTypes.Count > 0, manifest.SystemCauses.Count > 0);
        // What is the same for all rows, or follows from another column, is added after the sort, which has less to carry then.
        store.Execute($"""
            INSERT INTO contact
            SELECT {first} + row, occurred_at, day, (day + 3) // 7, month, {council.Code}, kind, initiator, service, interaction, channel, area, profile,
                demand, failure_cause, resolved, cost_pence, seconds, seconds_bin, satisfaction, person, 0, 0, 0, NULL, 0, demand_type, system_cause, 0, 0, 0, prev_gap, source, flags, {batch}
            FROM (SELECT row, occurred_at, day, month, kind, initiator, s.code AS service, interaction, channel, a.code AS area, a.profile,
                    demand, failure_cause, resolved, cost_pence, seconds, seconds_bin, satisfaction, coalesce(p.code, 0) AS person, prev_gap, o.code AS source, flags,
                    {(types ? "d.code" : "0")} AS demand_type, {(causes ? "y.code" : "0")} AS system_cause
                FROM {parquet} r
                JOIN map_service s ON r.service = s.local JOIN map_area a ON r.area = a.local JOIN map_source o ON r.source = o.local
                {(types ? "JOIN map_demand_type d ON r.demand_type = d.local" : "")} {(causes ? "JOIN map_system_cause y ON r.system_cause = y.local" : "")}
                LEFT JOIN (SELECT code, hash FROM person WHERE council = {council.Code}) p ON r.person = p.hash
                WHERE {Compaction.OfYear(year)}
                ORDER BY s.code, occurred_at)
            """);
    }

    /// <summary>Within the batch the gaps came with the rows; only persons who were here before need theirs worked out anew.</summary>
    private void RenewGaps(int batch, long personsBefore)
    {
        store.Execute($"CREATE TEMP TABLE met AS SELECT DISTINCT person FROM contact WHERE batch = {batch} AND person BETWEEN 1 AND {personsBefore}");
        if (store.Number("SELECT count(*) FROM met") > 0) Gaps.RenewAll(store, "IN (SELECT person FROM met)");
        store.Execute("DROP TABLE temp.met");
    }

    private void Compact(int batch)
    {
        var years = Years($"""
            SELECT month // 12 + 1970 AS year FROM contact GROUP BY year
            HAVING count(CASE WHEN batch = {batch} THEN 1 END) >= {WorthCompacting} AND count(CASE WHEN batch <> {batch} THEN 1 END) >= {WorthCompacting} ORDER BY year
            """);
        foreach (var year in years) Compaction.Compact(store, year);
    }

    private List<int> Years(string sql)
    {
        var years = new List<int>();
        using var rows = store.Query(sql);
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++) years.Add((int)rows.Column(0).Number(i));
        }
        return years;
    }
}

/// <summary>Puts the rows of a year in order by council, service and time, so that a query on one of them reads a stretch and not the whole year.</summary>
/// <remarks>2.4 million rows take about a second. The council stands before the service because every query names one council.</remarks>
internal static class Compaction
{
    /// <summary>The order in which rows lie.</summary>
    public const string Order = "month // 12, council, service, occurred_at, contact_id";

    public static string OfYear(int year) => $"month >= {(year - 1970) * 12} AND month < {(year - 1969) * 12}";

    public static void Compact(DuckConnection store, int year)
    {
        store.Execute($"""
            CREATE TEMP TABLE sorted AS SELECT * FROM contact WHERE {OfYear(year)} ORDER BY {Order};
            DELETE FROM contact WHERE {OfYear(year)};
            INSERT INTO contact SELECT * FROM sorted;
            DROP TABLE temp.sorted
            """);
    }
}
