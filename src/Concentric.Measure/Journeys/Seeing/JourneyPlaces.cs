using System.Globalization;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>By what cases are told apart by where people live.</summary>
public enum JourneyPlace
{
    /// <summary>The profile group of the area: a property of the place, never of a person.</summary>
    Group,

    /// <summary>The deprivation decile of the area.</summary>
    Decile,

    Ward,
}

/// <summary>Where those live who began cases of our own, by the area of the first contact.</summary>
public sealed class JourneyPlaces
{
    private readonly ContactDimensions _names;

    private JourneyPlaces(ContactDimensions names) => _names = names;

    /// <summary>Null where it is known of no case: of an imported log, or where no contact has an area.</summary>
    internal static JourneyPlaces? Of(EventLog log, ContactDimensions names) => log.Own is { } own && own.Area.Any(a => a != 0) ? new(names) : null;

    /// <summary>Whether it is known where whoever began the case lives.</summary>
    internal static bool IsKnown(EventLog log, int inCase) => log.Own!.Area[log.Number(inCase)] != 0;

    /// <summary>Code of the group, decile or ward of a case; 0 where it is not known.</summary>
    internal int CodeOf(EventLog log, int inCase, JourneyPlace by)
    {
        var area = log.Own!.Area[log.Number(inCase)];
        // A contact may have come in a moment ago from an area that has no name yet.
        if (area >= _names.Areas.Count) return 0;
        return by switch { JourneyPlace.Group => _names.Areas[area].Profile, JourneyPlace.Decile => _names.Areas[area].Decile, _ => _names.Areas[area].Ward };
    }

    public string Label(JourneyPlace by, int code) => code == 0 ? "Not known" : by switch
    {
        JourneyPlace.Group => _names.Profiles[code].Label,
        JourneyPlace.Decile => $"Decile {code}{(code == 1 ? ", the most deprived" : code == 10 ? ", the least deprived" : "")}",
        _ => _names.Wards[code].Label,
    };

    /// <summary>As an address names it, like <c>group-4</c>.</summary>
    public string Key(JourneyPlace by, int code) => by switch
    {
        JourneyPlace.Group => $"group-{_names.Profiles[code].Key}",
        JourneyPlace.Decile => $"decile-{code.ToString(CultureInfo.InvariantCulture)}",
        _ => $"ward-{_names.Wards[code].Label}",
    };

    /// <summary>All places of a log that may be asked about, by kind and then by name; what is not known is none.</summary>
    internal IReadOnlyList<(JourneyPlace By, int Code)> In(EventLog log) =>
        [.. Enum.GetValues<JourneyPlace>().SelectMany(by => Enumerable.Range(0, log.Cases).Select(c => CodeOf(log, c, by)).Distinct().Where(code => code != 0)
            .OrderBy(code => by == JourneyPlace.Decile ? code : 0).ThenBy(code => Label(by, code), StringComparer.Ordinal).Select(code => (by, code)))];
}
