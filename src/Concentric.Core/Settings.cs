using Concentric.Core.Web;
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
        new("CONCENTRIC_NATION", "england-and-wales", "Whose bank holidays the council keeps: `england-and-wales`, `scotland` or `northern-ireland`. What is promised in working days is counted without them."),
        new("CONCENTRIC_CLOSED", "", "Days on which the council's offices are closed besides, and ranges of at most 60 days, parted by commas, as `2026-12-28..2026-12-31,2027-01-04`. They are no working days either; what was promised before stays as it was."),
        new("CONCENTRIC_ID_BASE", "", "Address under which the council's own lists are published as linked data, as in `https://data.northmoor.example`. Empty: the address under which the program is asked."),
        new("CONCENTRIC_CONTACTS_MEMORY", "256MB", "Most memory that the contact store may use before it spills to disk."),
        new("CONCENTRIC_CONTACTS_THREADS", "0", "Threads that the contact store may use; 0 means one a processor."),
        new("CONCENTRIC_WATCH", "", "Folder that is watched for files of contacts: a sub-folder for each mapping, named after it. What was imported is moved to `done` in it, what was not to `refused`. Empty: none."),
        new("CONCENTRIC_CLAMD", "", "Where the virus scanner clamd listens: `host:port`, or the path of its socket. Empty: files that citizens send are not scanned, and the desk says so of each."),
        new("CONCENTRIC_SMTP", "", "The council's mail server as `host:port`, to which e-mail is handed over without a password; on port 587 only by TLS. Empty: messages wait."),
        new("CONCENTRIC_MAIL_FROM", "", "Address that e-mail comes from, as `no-reply@northmoor.example`. Must be set where CONCENTRIC_SMTP is."),
        new("CONCENTRIC_NOTIFY_KEY", "", "Key of the council's service with GOV.UK Notify, as Notify shows it once: a name and two ids. By it text messages are sent, and e-mail where CONCENTRIC_SMTP is empty. Empty: text messages wait."),
        new("CONCENTRIC_NOTIFY_URL", "https://api.notifications.service.gov.uk", "Where GOV.UK Notify listens."),
        new("CONCENTRIC_NOTIFY_EMAIL", "", "Id of the Notify template for e-mail, whose subject is `((subject))` and whose message is `((message))`. Empty: Notify sends no e-mail."),
        new("CONCENTRIC_NOTIFY_TEXT", "", "Id of the Notify template for text messages, whose message is `((message))`. Empty: text messages wait."),
        new("CONCENTRIC_NOTIFY_RATE", "2700", "Most messages a minute that are handed to Notify by this process. Notify takes 3,000 a minute from all that use the key."),
        new("CONCENTRIC_MESSAGES_AT_ONCE", "16", "How many messages are handed over at the same time, 1 to 64."),
        new("CONCENTRIC_PAY_KEY", "", "Key of the council's account with GOV.UK Pay, by which citizens pay by card for what they send. Empty: nobody can pay here, and the pages say so."),
        new("CONCENTRIC_PAY_URL", "https://publicapi.payments.service.gov.uk", "Where GOV.UK Pay listens."),
        new("CONCENTRIC_SITE", "", "Address at which people open this site, as `https://forms.northmoor.example`. It stands in e-mails, and is given to GOV.UK Pay. Must be set where CONCENTRIC_SMTP, CONCENTRIC_NOTIFY_KEY or CONCENTRIC_PAY_KEY is; elsewhere, empty: the first of CONCENTRIC_URLS, and in development the address by which the program is asked."),
        new("CONCENTRIC_TILES", "", "Server of map tiles, as `https://tiles.example.gov.uk/{z}/{x}/{y}.png`. Forms that ask for a place then show a map, and citizens' browsers ask that server. Empty: none."),
        new("CONCENTRIC_TILES_ATTRIBUTION", "", "Whom the map names as its source, as `Contains OS data © Crown copyright and database rights 2026`."),
        new("CONCENTRIC_MAP_CENTRE", "53.8,-1.55,12", "Middle of the map at first: latitude, longitude and zoom, parted by commas."),
        new("CONCENTRIC_URLS", "http://127.0.0.1:5080", "Addresses that the program listens on. Put a TLS proxy before it in production."),
        new("CONCENTRIC_API_LIMIT", "18000", "How often in a minute one key may send, change or ask for an enquiry, or report a call, by the API; after that it is answered 429 and told when to come back."),
        new("CONCENTRIC_PICKUP", "", "Folder that is watched for e-mail that came, one .eml file each, as a mail server or `fetchmail` leaves it. Each is kept in the data folder and then removed from here. Empty: none."),
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
        ApiLimit = int.TryParse(Get("CONCENTRIC_API_LIMIT"), out var limit) && limit > 0 ? limit : throw new RefusedException($"CONCENTRIC_API_LIMIT is “{Get("CONCENTRIC_API_LIMIT")}”. It must be a whole number from 1.");
        Pickup = Get("CONCENTRIC_PICKUP") is { Length: > 0 } pickup ? Path.GetFullPath(pickup) : null;
        Proxies = Get("CONCENTRIC_PROXIES").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Clamd = Get("CONCENTRIC_CLAMD") is { Length: > 0 } clamd ? clamd : null;
        if (Clamd is not (null or ['/', ..])) HostAndPort("CONCENTRIC_CLAMD", Clamd);
        Smtp = Get("CONCENTRIC_SMTP") is { Length: > 0 } smtp ? HostAndPort("CONCENTRIC_SMTP", smtp) : null;
        MailFrom = Get("CONCENTRIC_MAIL_FROM") is { Length: > 0 } from ? from : null;
        if (Smtp is not null && !System.Net.Mail.MailAddress.TryCreate(MailFrom, out _))
            throw new RefusedException("CONCENTRIC_SMTP is set, so CONCENTRIC_MAIL_FROM must be the address that e-mail comes from, as no-reply@council.example.");
        Notify = NotifyAccount.Read(Get("CONCENTRIC_NOTIFY_KEY"), Get("CONCENTRIC_NOTIFY_URL"), Get("CONCENTRIC_NOTIFY_EMAIL"), Get("CONCENTRIC_NOTIFY_TEXT"), Get("CONCENTRIC_NOTIFY_RATE"));
        MessagesAtOnce = int.TryParse(Get("CONCENTRIC_MESSAGES_AT_ONCE"), System.Globalization.NumberStyles.None, null, out var atOnce) && atOnce is >= 1 and <= 64
            ? atOnce
            : throw new RefusedException("CONCENTRIC_MESSAGES_AT_ONCE must be a whole number from 1 to 64.");
        PayKey = Get("CONCENTRIC_PAY_KEY") is { Length: > 0 } key ? key : null;
        if (PayKey?.Any(c => c is <= ' ' or > '~') is true) throw new RefusedException("CONCENTRIC_PAY_KEY is not a key of GOV.UK Pay: there are blanks in it, or letters that no key has.");
        PayUrl = new(Place("CONCENTRIC_PAY_URL", Get("CONCENTRIC_PAY_URL")));
        Site = Get("CONCENTRIC_SITE") is { Length: > 0 } site ? Place("CONCENTRIC_SITE", site) : null;
        if (Site is null && (Smtp is not null || PayKey is not null || Notify is not null))
            throw new RefusedException($"{(Smtp is not null ? "CONCENTRIC_SMTP" : PayKey is not null ? "CONCENTRIC_PAY_KEY" : "CONCENTRIC_NOTIFY_KEY")} is set, so CONCENTRIC_SITE must be the address at which people open this site, as https://forms.council.example.");
        Tiles = MapTiles.Read(Get("CONCENTRIC_TILES"), Get("CONCENTRIC_TILES_ATTRIBUTION"), Get("CONCENTRIC_MAP_CENTRE"));
        Calendar = WorkingCalendar.Read(Get("CONCENTRIC_NATION"), Get("CONCENTRIC_CLOSED"));
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

    /// <summary>Requests for enquiries that one API key may make in a minute.</summary>
    public int ApiLimit { get; }

    /// <summary>The folder where e-mail is picked up, or null.</summary>
    public string? Pickup { get; }
    public IReadOnlyList<string> Proxies { get; }

    /// <summary>Where clamd listens, as <c>host:port</c> or the path of a socket; null where nothing is scanned.</summary>
    public string? Clamd { get; }

    /// <summary>The mail server, or null where messages wait.</summary>
    public (string Host, int Port)? Smtp { get; }

    /// <summary>Address that e-mail comes from; never null where <see cref="Smtp"/> is set.</summary>
    public string? MailFrom { get; }

    /// <summary>The account with GOV.UK Notify, or null where there is none.</summary>
    public NotifyAccount? Notify { get; }

    /// <summary>How many messages are handed over at the same time.</summary>
    public int MessagesAtOnce { get; }

    /// <summary>The key of GOV.UK Pay, or null where nobody can pay.</summary>
    public string? PayKey { get; }

    public Uri PayUrl { get; }

    /// <summary>Where people open this site, without a slash at the end; null where it was not said. Ask <see cref="Web.SiteAddress"/>.</summary>
    public string? Site { get; }
    /// <summary>Where maps come from, or null where there is none.</summary>
    public MapTiles? Tiles { get; }

    /// <summary>On which days the council works.</summary>
    public WorkingCalendar Calendar { get; }

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

    /// <summary>Reads <c>host:port</c>; a numeric IPv6 host stands in square brackets.</summary>
    /// <exception cref="RefusedException">It is something else; the message names the variable.</exception>
    public static (string Host, int Port) HostAndPort(string variable, string text) =>
        Uri.TryCreate($"tcp://{text}", UriKind.Absolute, out var at) && at is { Port: > 0, PathAndQuery: "" or "/", UserInfo: "", Fragment: "" } && at.Host.Length > 0
            ? (at.IdnHost.Trim('[', ']'), at.Port)
            : throw new RefusedException($"{variable} is “{text}”. It must be a host and a port, as localhost:3310.");

    // By plain http only on the same machine: what is sent there or opened there is nobody else's business.
    internal static string Place(string variable, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var at) && (at.Scheme == "https" || (at.Scheme == "http" && at.IsLoopback)) && at is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            ? at.GetLeftPart(UriPartial.Authority)
            : throw new RefusedException($"{variable} is “{text}”. It must be an https address without a path, as https://forms.council.example.");

    public bool IsPostgres => Database.Contains("Host=", StringComparison.OrdinalIgnoreCase);
}
