namespace Concentric.Measure.Contacts;

public sealed record CouncilCode(int Code, string Name, string Label, bool IsSynthetic, string Zone);

/// <param name="Council">The council whose own list it is from, 0 for the national list.</param>
/// <param name="Key">LGSL identifier or <c>scheme:text</c>; empty for code 0, not known.</param>
/// <param name="Uri">Address of the concept, empty where it has none.</param>
public sealed record ServiceCode(int Code, int Council, string Key, string Label, string Uri);

public sealed record WardCode(int Code, int Council, string Label);

public sealed record AreaCode(int Code, int Council, string Key, string Label, int Ward, int Profile, int Decile, int Households);

public sealed record ProfileCode(int Code, string Key, string Label);

public sealed record SourceCode(int Code, string Key, string Label);

/// <summary>A name with a code: of an activity, an actor, an organisation, or of what was counted.</summary>
/// <param name="Council">The council whose word it is.</param>
/// <param name="Key">As the source has it, or an actor's pseudonym; empty for code 0, not known.</param>
public sealed record NameCode(int Code, int Council, string Key, string Label);

/// <summary>What the rows of a batch are, and so which table they lie in.</summary>
public enum BatchRows : byte { Contacts = 0, Counts = 1, Steps = 2 }

/// <summary>An imported file or a generated set: what <c>read = imported + duplicates + rejected</c> said of it.</summary>
public sealed record BatchCode(int Number, int Council, string Mapping, string FileName, long Read, long Imported, long Duplicates, long Changed, long Rejected, long Flagged, DateTimeOffset At)
{
    public BatchRows Rows { get; init; }

    /// <summary>When it was undone: none of its rows is counted any more. Null: it was not.</summary>
    public DateTimeOffset? UndoneAt { get; init; }
}

/// <summary>What the codes of the contact store mean. It does not change; the store gives a new one after a change.</summary>
/// <remarks>Code 0 of services, wards, areas and profiles stands for not known.</remarks>
public sealed class ContactDimensions
{
    internal ContactDimensions(
        IReadOnlyList<CouncilCode> councils, IReadOnlyList<ServiceCode> services, IReadOnlyList<WardCode> wards, IReadOnlyList<AreaCode> areas,
        IReadOnlyList<ProfileCode> profiles, IReadOnlyList<SourceCode> sources, IReadOnlyList<BatchCode> batches)
    {
        (Councils, Services, Wards, Areas, Profiles, Sources, Batches) = (councils, services, wards, areas, profiles, sources, batches);
        _councils = councils.ToDictionary(c => c.Name, StringComparer.Ordinal);
        _services = services.ToDictionary(s => s.Key, StringComparer.Ordinal);
    }

    /// <summary>The team of what no other team has.</summary>
    public const string Desk = "The desk";

    private readonly Dictionary<string, CouncilCode> _councils;
    private readonly Dictionary<string, ServiceCode> _services;

    public IReadOnlyList<CouncilCode> Councils { get; }
    public IReadOnlyList<ServiceCode> Services { get; }
    public IReadOnlyList<WardCode> Wards { get; }
    public IReadOnlyList<AreaCode> Areas { get; }
    public IReadOnlyList<ProfileCode> Profiles { get; }
    public IReadOnlyList<SourceCode> Sources { get; }
    public IReadOnlyList<BatchCode> Batches { get; }

    /// <summary>Names of what was counted elsewhere, as <c>visits</c>.</summary>
    public IReadOnlyList<NameCode> CountedNames { get; internal init; } = [];

    /// <summary>What steps of cases do; likewise who does them (by pseudonym) and which team or organisation.</summary>
    public IReadOnlyList<NameCode> Activities { get; internal init; } = [];

    public IReadOnlyList<NameCode> Actors { get; internal init; } = [];
    public IReadOnlyList<NameCode> Organisations { get; internal init; } = [];

    /// <summary>Lines or queues of the phone system.</summary>
    public IReadOnlyList<NameCode> PhoneLines { get; internal init; } = [];

    /// <summary>What citizens ask, in their words. Of our own the key is the type's id, of a file its words.</summary>
    public IReadOnlyList<NameCode> DemandTypes { get; internal init; } = [];

    /// <summary>What in how we work made them ask.</summary>
    public IReadOnlyList<NameCode> SystemCauses { get; internal init; } = [];

    /// <summary>The council of that short name, or null.</summary>
    public CouncilCode? Council(string name) => _councils.GetValueOrDefault(name);

    /// <summary>The service of that key (LGSL identifier or <c>scheme:text</c>), or null.</summary>
    public ServiceCode? Service(string key) => _services.GetValueOrDefault(key);

    /// <summary>The words for a code of a dimension, as a table shows it. Calendar dimensions give their first day as an ISO date.</summary>
    public string Label(Dimension dimension, int code) => dimension switch
    {
        Dimension.Day => Iso(ContactCalendar.DateOfDay(code)),
        Dimension.Week => Iso(ContactCalendar.FirstDayOfWeek(code)),
        Dimension.Month => Iso(ContactCalendar.FirstDayOfMonth(code)),
        Dimension.Council => At(Councils, code - 1)?.Label ?? Unnamed(code),
        Dimension.Service => At(Services, code)?.Label ?? Unnamed(code),
        Dimension.Ward => At(Wards, code)?.Label ?? Unnamed(code),
        Dimension.Area => At(Areas, code)?.Label ?? Unnamed(code),
        Dimension.Profile => At(Profiles, code)?.Label ?? Unnamed(code),
        Dimension.Source => code == 0 ? "Not stated" : At(Sources, code - 1)?.Label ?? Unnamed(code),
        Dimension.Channel => Core.Facts.Channels.All.FirstOrDefault(c => c.Code == code)?.Label ?? Unnamed(code),
        Dimension.FailureCause => code == 0 ? "Not set" : Core.Facts.FailureCauses.All.FirstOrDefault(c => c.Code == code)?.Label ?? Unnamed(code),
        Dimension.Demand => code switch { 0 => "Not coded", 1 => "Value", 2 => "Failure", 3 => "Don’t know", _ => Unnamed(code) },
        Dimension.Resolved => code switch { 0 => "Not known", 1 => "Resolved", 2 => "Not resolved", _ => Unnamed(code) },
        Dimension.Kind => code switch { 0 => "Contact", 1 => "Service request", _ => Unnamed(code) },
        Dimension.Initiator => code switch { 0 => "Citizen", 1 => "Staff", 2 => "System", _ => Unnamed(code) },
        Dimension.Batch => code == 0 ? "Own enquiries" : $"Batch {code}",
        Dimension.DemandType => At(DemandTypes, code)?.Label ?? Unnamed(code),
        Dimension.SystemCause => At(SystemCauses, code)?.Label ?? Unnamed(code),
        Dimension.CauseService => At(Services, code)?.Label ?? Unnamed(code),
        Dimension.CauseStep => At(Activities, code)?.Label ?? Unnamed(code),
        Dimension.Chases => code == 0 ? "No" : "Yes",
        Dimension.Team => TeamRows.Actor(code) switch { null => "Not known", 0 => Desk, { } actor => At(Actors, actor)?.Label ?? Unnamed(code) },
        Dimension.Decile => code == 0 ? "Not known" : $"Decile {code}",
        Dimension.SecondsBin => code == 0 ? "None stated" : $"From {SecondsBin.From(code):0} s",
        _ => Unnamed(code),
    };

    // Codes are given densely and in order, so the place in the list is the code.
    private static T? At<T>(IReadOnlyList<T> list, int index) where T : class => index >= 0 && index < list.Count ? list[index] : null;

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Unnamed(int code) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Number {code}");
}
