using Microsoft.Extensions.Configuration;

namespace Concentric.Core;

/// <summary>All that can be set, read once at the start. docs/reference/settings.md is made from <see cref="All"/>.</summary>
public sealed class Settings
{
    /// <summary>One setting: its environment variable, what it is without one, and what it means.</summary>
    public sealed record Setting(string Variable, string Default, string Meaning);

    public static IReadOnlyList<Setting> All { get; } =
    [
        new("CONCENTRIC_DATA", "./data", "Folder that holds everything that is kept: the SQLite file, the contact store, imports and keys. Back it up with `concentric backup`."),
        new("CONCENTRIC_DATABASE", "SQLite file in the data folder", "Connection to the operational database. With `Host=` in it: PostgreSQL; otherwise SQLite, as in `Data Source=/srv/concentric.db`."),
        new("CONCENTRIC_COUNCIL", "northmoor", "Short name of this council, in lower case, as it stands in addresses and in the contact store."),
        new("CONCENTRIC_COUNCIL_NAME", "Northmoor Council", "Name of this council as people read it."),
        new("CONCENTRIC_ID_BASE", "", "Address under which the council's own lists are published as linked data, as in `https://data.northmoor.example`. Empty: the address under which the program is asked."),
        new("CONCENTRIC_CONTACTS_MEMORY", "256MB", "Most memory that the contact store may use before it spills to disk."),
        new("CONCENTRIC_CONTACTS_THREADS", "0", "Threads that the contact store may use; 0 means one a processor."),
        new("CONCENTRIC_WATCH", "", "Folder that is watched for files of contacts: a sub-folder for each mapping, named after it. What was imported is moved to `done` in it, what was not to `refused`. Empty: none."),
        new("CONCENTRIC_URLS", "http://127.0.0.1:5080", "Addresses that the program listens on. Put a TLS proxy before it in production."),
        new("CONCENTRIC_PROXIES", "", "Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, parted by commas. Empty: none."),
    ];

    public Settings(IConfiguration configuration)
    {
        string Get(string variable) => configuration[variable] is { Length: > 0 } value ? value : All.Single(s => s.Variable == variable).Default;

        Data = Path.GetFullPath(Get("CONCENTRIC_DATA"));
        Database = configuration["CONCENTRIC_DATABASE"] is { Length: > 0 } connection ? connection : $"Data Source={Path.Combine(Data, "concentric.db")}";
        Council = Get("CONCENTRIC_COUNCIL");
        CouncilName = Get("CONCENTRIC_COUNCIL_NAME");
        ContactsMemory = Get("CONCENTRIC_CONTACTS_MEMORY");
        ContactsThreads = int.TryParse(Get("CONCENTRIC_CONTACTS_THREADS"), out var threads) && threads > 0 ? threads : Environment.ProcessorCount;
        Watch = Get("CONCENTRIC_WATCH") is { Length: > 0 } watch ? Path.GetFullPath(watch) : null;
        Urls = Get("CONCENTRIC_URLS");
        Proxies = Get("CONCENTRIC_PROXIES").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        IdBase = Get("CONCENTRIC_ID_BASE").TrimEnd('/');
        if (IdBase.Length > 0 && !(Uri.TryCreate(IdBase, UriKind.Absolute, out var web) && web.Scheme is "http" or "https" && web is { Query: "", Fragment: "", UserInfo: "" }))
            throw new RefusedException($"CONCENTRIC_ID_BASE is “{IdBase}”. It must be a web address, as https://data.example.gov.uk.");
        if (IdBase.StartsWith("http", StringComparison.Ordinal) && new Uri(IdBase).Host is "id.esd.org.uk" or "standards.esd.org.uk")
            throw new RefusedException("CONCENTRIC_ID_BASE is an address of esd-toolkit's. Identifiers under it are another's to give out: choose an address of the council's own.");
    }

    public string Data { get; }
    public string Database { get; }
    public string Council { get; }
    public string CouncilName { get; }
    public string ContactsMemory { get; }
    public int ContactsThreads { get; }

    /// <summary>The watched folder, or null.</summary>
    public string? Watch { get; }
    public string Urls { get; }
    public IReadOnlyList<string> Proxies { get; }

    /// <summary>Without a slash at the end; empty for the address by which the program is asked.</summary>
    public string IdBase { get; }

    /// <summary>Where the running program listens for the command line of the same machine. Unix socket paths end at 107 bytes, so a long data folder gets a short name of its own.</summary>
    public string Socket
    {
        get
        {
            var path = Path.Combine(Data, "concentric.sock");
            if (path.Length <= 100) return path;
            var digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Data));
            return Path.Combine(Path.GetTempPath(), $"concentric-{Convert.ToHexStringLower(digest)[..16]}.sock");
        }
    }

    public bool IsPostgres => Database.Contains("Host=", StringComparison.OrdinalIgnoreCase);
}
