using System.Globalization;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Gives codes to names, densely and in the order of their first sight, and keeps them in the store's own tables. Used by the one writer only.</summary>
internal sealed class Codebook
{
    private const string LgslService = "http://id.esd.org.uk/service/";

    private readonly List<CouncilCode> _councils = [];
    private readonly List<ServiceCode> _services = [];
    private readonly List<WardCode> _wards = [];
    private readonly List<AreaCode> _areas = [];
    private readonly List<ProfileCode> _profiles = [];
    private readonly List<SourceCode> _sources = [];
    private readonly List<BatchCode> _batches = [];
    private readonly Dictionary<string, int> _serviceByKey = new(StringComparer.Ordinal);
    private readonly Dictionary<(int, string), int> _areaByKey = [];
    private readonly Dictionary<(int, string), int> _wardByLabel = [];
    private readonly Dictionary<string, int> _sourceByKey = new(StringComparer.Ordinal);

    private Codebook() { }

    public NameBook CountedNames { get; } = new("counted_name");
    public NameBook Activities { get; } = new("activity");
    public NameBook Actors { get; } = new("actor");
    public NameBook Organisations { get; } = new("organisation");
    public NameBook PhoneLines { get; } = new("phone_line");
    public NameBook DemandTypes { get; } = new("demand_type");
    public NameBook SystemCauses { get; } = new("system_cause");

    public static Codebook Load(DuckConnection store)
    {
        var book = new Codebook();
        Each(store, "SELECT code, name, label, is_synthetic, zone FROM council", (r, i) => book._councils.Add(new(Int(r, 0, i), Text(r, 1, i), Text(r, 2, i), Int(r, 3, i) != 0, Text(r, 4, i))));
        Each(store, "SELECT code, council, key, label, uri FROM service", (r, i) => book.Add(new ServiceCode(Int(r, 0, i), Int(r, 1, i), Text(r, 2, i), Text(r, 3, i), Text(r, 4, i))));
        Each(store, "SELECT code, council, label FROM ward", (r, i) => book.Add(new WardCode(Int(r, 0, i), Int(r, 1, i), Text(r, 2, i))));
        Each(store, "SELECT code, council, key, label, ward, profile, decile, households FROM area",
            (r, i) => book.Add(new AreaCode(Int(r, 0, i), Int(r, 1, i), Text(r, 2, i), Text(r, 3, i), Int(r, 4, i), Int(r, 5, i), Int(r, 6, i), Int(r, 7, i))));
        Each(store, "SELECT code, key, label FROM profile", (r, i) => book._profiles.Add(new(Int(r, 0, i), Text(r, 1, i), Text(r, 2, i))));
        Each(store, "SELECT code, key, label FROM source", (r, i) => book.Add(new SourceCode(Int(r, 0, i), Text(r, 1, i), Text(r, 2, i))));
        Each(store, "SELECT number, council, mapping, file_name, read, imported, duplicates, changed, rejected, flagged, imported_at, rows, undone_at FROM batch", (r, i) => book._batches.Add(new(
            Int(r, 0, i), Int(r, 1, i), Text(r, 2, i), Text(r, 3, i), r.Column(4).Number(i), r.Column(5).Number(i), r.Column(6).Number(i), r.Column(7).Number(i),
            r.Column(8).Number(i), r.Column(9).Number(i), Time(r, 10, i)) { Rows = (BatchRows)Int(r, 11, i), UndoneAt = r.Column(12).IsNull(i) ? null : Time(r, 12, i) }));
        foreach (var names in (NameBook[])[book.CountedNames, book.Activities, book.Actors, book.Organisations, book.PhoneLines, book.DemandTypes, book.SystemCauses]) names.Load(store);
        return book;
    }

    public ContactDimensions Snapshot() => new([.. _councils], [.. _services], [.. _wards], [.. _areas], [.. _profiles], [.. _sources], [.. _batches])
    {
        CountedNames = CountedNames.Snapshot(), Activities = Activities.Snapshot(), Actors = Actors.Snapshot(), Organisations = Organisations.Snapshot(),
        PhoneLines = PhoneLines.Snapshot(), DemandTypes = DemandTypes.Snapshot(), SystemCauses = SystemCauses.Snapshot(),
    };

    /// <summary>The council as it was described last, or as given here where it is new. A single enquiry does not describe its council anew; a batch does.</summary>
    public CouncilCode CouncilOf(DuckConnection store, CouncilAttributes council) => _councils.Find(c => c.Name == council.Name) ?? Council(store, council);

    public CouncilCode Council(DuckConnection store, CouncilAttributes council)
    {
        var at = _councils.FindIndex(c => c.Name == council.Name);
        var known = at < 0 ? null : _councils[at];
        var code = new CouncilCode(known?.Code ?? Next(_councils.Count + 1, ushort.MaxValue, "councils"), council.Name, council.Label, council.IsSynthetic, council.Zone);
        if (code == known) return known;
        if (known is not null) store.Execute("DELETE FROM council WHERE code = ?", known.Code);
        store.Execute("INSERT INTO council VALUES (?, ?, ?, ?, ?)", code.Code, code.Name, code.Label, code.IsSynthetic, code.Zone);
        if (known is null) _councils.Add(code);
        else _councils[at] = code;
        return code;
    }

    public CouncilCode CouncilAt(int code) => _councils.Single(c => c.Code == code);

    /// <param name="key">LGSL identifier or <c>scheme:text</c>; null is code 0.</param>
    /// <param name="label">The words, or null where only the key is known.</param>
    public int Service(DuckConnection store, CouncilCode council, string? key, string? label)
    {
        if (string.IsNullOrEmpty(key)) return 0;
        var isNational = key.All(char.IsAsciiDigit);
        if (!_serviceByKey.TryGetValue(key, out var code))
        {
            var service = new ServiceCode(Next(_services.Count, ushort.MaxValue, "services"), isNational ? 0 : council.Code, key, label ?? key, isNational ? LgslService + key : "");
            store.Execute("INSERT INTO service VALUES (?, ?, ?, ?, ?)", service.Code, service.Council, service.Key, service.Label, service.Uri);
            Add(service);
            return service.Code;
        }
        if (label is not null && _services[code].Label != label)
        {
            store.Execute("UPDATE service SET label = ? WHERE code = ?", label, code);
            _services[code] = _services[code] with { Label = label };
        }
        return code;
    }

    /// <summary>The area as it is now known. Where its profile changed, its contacts take the new one.</summary>
    public AreaCode Area(DuckConnection store, CouncilCode council, AreaAttributes area)
    {
        var isKnown = _areaByKey.TryGetValue((council.Code, area.Key), out var code);
        var known = isKnown ? _areas[code] : null;
        // A file that only names its areas does not take away what is known of them.
        var isBare = known is not null && area is { Ward: null, Profile: null, Decile: 0, Households: 0 };
        if (isBare) return known!;
        var now = new AreaCode(known?.Code ?? Next(_areas.Count, ushort.MaxValue, "areas"), council.Code, area.Key, area.Label,
            Ward(store, council, area.Ward), Profile(store, area.Profile, null), area.Decile, area.Households);
        if (now == known) return now;
        if (known is not null) store.Execute("DELETE FROM area WHERE code = ?", known.Code);
        store.Execute("INSERT INTO area VALUES (?, ?, ?, ?, ?, ?, ?, ?)", now.Code, now.Council, now.Key, now.Label, now.Ward, now.Profile, now.Decile, now.Households);
        if (known is not null && known.Profile != now.Profile)
        {
            store.Execute("UPDATE contact SET profile = ? WHERE area = ?", now.Profile, now.Code);
            store.Execute("UPDATE need SET profile = ? WHERE area = ?", now.Profile, now.Code);
        }
        if (known is null) Add(now);
        else _areas[now.Code] = now;
        return now;
    }

    /// <summary>The area of that key, of which nothing else may be known yet.</summary>
    public AreaCode Area(DuckConnection store, CouncilCode council, string key) =>
        _areaByKey.TryGetValue((council.Code, key), out var code) ? _areas[code] : Area(store, council, new AreaAttributes(key, key, null, null, 0, 0));

    public int Profile(DuckConnection store, string? key, string? label)
    {
        if (string.IsNullOrEmpty(key)) return 0;
        var at = _profiles.FindIndex(p => p.Key == key);
        if (at < 0)
        {
            var profile = new ProfileCode(Next(_profiles.Count, byte.MaxValue, "profile groups"), key, label ?? key);
            store.Execute("INSERT INTO profile VALUES (?, ?, ?)", profile.Code, profile.Key, profile.Label);
            _profiles.Add(profile);
            return profile.Code;
        }
        if (label is not null && _profiles[at].Label != label)
        {
            store.Execute("UPDATE profile SET label = ? WHERE code = ?", label, at);
            _profiles[at] = _profiles[at] with { Label = label };
        }
        return at;
    }

    public int Source(DuckConnection store, Named source)
    {
        if (_sourceByKey.TryGetValue(source.Key, out var known)) return known;
        var code = new SourceCode(Next(_sources.Count + 1, ushort.MaxValue, "sources"), source.Key, source.Label);
        store.Execute("INSERT INTO source VALUES (?, ?, ?)", code.Code, code.Key, code.Label);
        Add(code);
        return code.Code;
    }

    /// <summary>Puts a batch into the list, or in place of what the list said of it.</summary>
    public void Batch(DuckConnection store, BatchCode batch)
    {
        store.Execute("DELETE FROM batch WHERE number = ?", batch.Number);
        store.Execute("INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", batch.Number, batch.Council, batch.Mapping, batch.FileName,
            batch.Read, batch.Imported, batch.Duplicates, batch.Changed, batch.Rejected, batch.Flagged, batch.At.UtcDateTime, (byte)batch.Rows, batch.UndoneAt?.UtcDateTime);
        _batches.RemoveAll(b => b.Number == batch.Number);
        var after = _batches.FindIndex(b => b.Number > batch.Number);
        _batches.Insert(after < 0 ? _batches.Count : after, batch);
    }

    public BatchCode? FindBatch(int number) => _batches.Find(b => b.Number == number);

    private int Ward(DuckConnection store, CouncilCode council, string? label)
    {
        if (string.IsNullOrEmpty(label)) return 0;
        if (_wardByLabel.TryGetValue((council.Code, label), out var known)) return known;
        var ward = new WardCode(Next(_wards.Count, ushort.MaxValue, "wards"), council.Code, label);
        store.Execute("INSERT INTO ward VALUES (?, ?, ?)", ward.Code, ward.Council, ward.Label);
        Add(ward);
        return ward.Code;
    }

    private void Add(ServiceCode service)
    {
        _services.Add(service);
        _serviceByKey.Add(service.Key, service.Code);
    }

    private void Add(WardCode ward)
    {
        _wards.Add(ward);
        _wardByLabel.Add((ward.Council, ward.Label), ward.Code);
    }

    private void Add(AreaCode area)
    {
        _areas.Add(area);
        _areaByKey.Add((area.Council, area.Key), area.Code);
    }

    private void Add(SourceCode source)
    {
        _sources.Add(source);
        _sourceByKey.Add(source.Key, source.Code);
    }

    internal static int Next(int next, int most, string what) =>
        next <= most ? next : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The contact store has room for {most} {what}, and there is one more."));

    private static DateTimeOffset Time(DuckResult rows, int column, int row) => DateTimeOffset.UnixEpoch.AddTicks(rows.Column(column).Number(row) * TimeSpan.TicksPerMicrosecond);

    internal static int Int(DuckResult rows, int column, int row) => (int)rows.Column(column).Number(row);

    internal static string Text(DuckResult rows, int column, int row) => rows.Column(column).Text(row) ?? "";

    internal static void Each(DuckConnection store, string sql, Action<DuckResult, int> take)
    {
        // The first column is the code: a list is read back in the order in which it was given.
        using var rows = store.Query(sql + " ORDER BY 1");
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++) take(rows, i);
        }
    }
}
