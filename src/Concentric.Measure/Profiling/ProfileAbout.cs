using Concentric.Core;
using Concentric.Measure.Charts;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;

namespace Concentric.Measure.Profiling;

/// <summary>What a profile is about, and what every figure on it says of itself.</summary>
public sealed record ProfileAbout
{
    public required Scope Scope { get; init; }
    public required ContactDimensions Names { get; init; }

    /// <summary>Whether the reader sees exact figures; otherwise rounded ones, and those derived from them.</summary>
    public required bool IsExact { get; init; }

    public required Counting Counting { get; init; }
    public required UseOf All { get; init; }

    /// <summary>Those who could; null where no list says.</summary>
    public required WhoCould? Could { get; init; }

    /// <summary>Contacts whose group is not known; null where there are none.</summary>
    public required ShownCount? UnknownGroup { get; init; }

    /// <summary>Contacts whose area is not known; null where there are none.</summary>
    public required ShownCount? UnknownArea { get; init; }

    /// <summary>The profile is that of a group, so that group and area are known.</summary>
    public bool IsOfGroup { get; init; }

    /// <summary>A breakdown is not shown, because a small number could be worked out from it.</summary>
    public bool IsWithheld { get; init; }

    /// <summary>What is counted, as a plural: “users”, “contacts”, “service requests”.</summary>
    public string Many => Counting.As == CountedAs.Persons ? "users" : Scope.Many;

    public string ManyAtStart => char.ToUpperInvariant(Many[0]) + Many[1..];

    public string CountWords => Counting.As == CountedAs.Persons
        ? $"Users are different people known to have made a {Scope.One} in the period."
        : $"Counted are {Scope.Many}, not people: one person may stand behind several, so intervals are narrower than the truth.";

    public string Group(int code) => code == 0 ? "Not known" : Names.Label(Dimension.Profile, code);

    public string GroupAddress(int code) => Scope.Address($"/measure/profiles/groups/{Uri.EscapeDataString(Names.Profiles[code].Key)}");

    /// <summary>The area among all areas, for that service.</summary>
    public string AreaAddress(int code, string service) => $"{Scope.Address("/measure/places")}&service={Uri.EscapeDataString(service)}#{Uri.EscapeDataString(Names.Areas[code].Key)}";

    /// <summary>“12 (0.3%)”: contacts left out and their share of all.</summary>
    public string LeftOut(ShownCount? count) => count is not { } c || c.Value == 0 ? "none"
        : All.Contacts.Estimate == 0 ? c.ToString() : $"{c} ({100.0 * c.Estimate / Math.Max(c.Estimate, All.Contacts.Estimate):0.0}%)";

    public ChartText Text(string id, string title, string definition, string unit, int decimals = 0) =>
        Scope.Text(id, title, definition, All.Count(Counting.As), unit, decimals) is var text && IsExact ? text
            : text with { Notes = [.. text.Notes, "Made from counts rounded to 5, with 1 to 7 hidden."] };
}

/// <summary>What the address of a profile says.</summary>
public sealed class ProfileAsked
{
    /// <summary>Key of the service or group.</summary>
    public string? Key { get; init; }
    public string? Council { get; init; }
    public int? Weeks { get; init; }

    /// <summary>“persons” or “contacts”.</summary>
    public string? Of { get; init; }

    /// <summary>A take-up to compare with, in users of 100 who could.</summary>
    public string? Level { get; init; }

    /// <summary>Key of the service, where the page is not about one.</summary>
    public string? Service { get; init; }

    /// <summary>“all” shows areas with high digital exclusion as well.</summary>
    public string? Show { get; init; }
}

/// <summary>What reads contacts for a profile.</summary>
internal sealed record ProfileReading(Scopes Scopes, Disclosed Disclosed);
