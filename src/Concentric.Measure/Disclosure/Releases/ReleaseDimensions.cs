using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;

namespace Concentric.Measure.Disclosure.Releases;

/// <summary>What a release may be broken down and filtered by, and keys for it that outlast the codes of the contact store.</summary>
internal static class ReleaseDimensions
{
    public static readonly IReadOnlyList<(Dimension Dimension, string Label)> All =
    [
        (Dimension.Service, "Service"), (Dimension.Channel, "Channel"), (Dimension.Ward, "Ward"), (Dimension.Area, "Area"), (Dimension.Profile, "Profile group of the area"),
        (Dimension.Decile, "Deprivation decile of the area"), (Dimension.Month, "Month"), (Dimension.Demand, "Kind of demand"), (Dimension.FailureCause, "Cause of failure demand"), (Dimension.Resolved, "Resolved"),
    ];

    public static string Name(Dimension dimension) => AskContacts.Kebab(dimension);

    public static Dimension? Find(string? name) => All.Where(d => Name(d.Dimension) == name).Select(d => (Dimension?)d.Dimension).FirstOrDefault();

    public static string Label(Dimension dimension) => All.First(d => d.Dimension == dimension).Label;

    public static string Key(Dimension dimension, int code, ContactDimensions names) => dimension switch
    {
        Dimension.Service => names.Services[code].Key,
        Dimension.Area => names.Areas[code].Key,
        Dimension.Ward => names.Wards[code].Label,
        Dimension.Profile => names.Profiles[code].Key,
        Dimension.Channel => Channels.All.FirstOrDefault(c => c.Code == code)?.Name ?? $"{code}",
        Dimension.Month => names.Label(dimension, code),
        _ => $"{code}",
    };

    public static string LabelOf(Dimension dimension, int code, ContactDimensions names) =>
        code == 0 && dimension is Dimension.Service ? "No service chosen" : code == 0 && dimension is Dimension.Area or Dimension.Ward or Dimension.Profile && names.Label(dimension, code) is "" ? "Not known" : names.Label(dimension, code);

    /// <summary>Reads conditions as people type them, one a line: <c>channel=web,phone</c>.</summary>
    /// <exception cref="RefusedException">A line cannot be read; the message says why.</exception>
    public static IReadOnlyList<Filter> Conditions(string? typed, int council, ContactDimensions names) =>
    [
        .. (typed ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line =>
        {
            if (line.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } values]) throw new RefusedException($"Write a condition as channel=web, not “{line}”");
            if (Find(name) is not { } dimension) throw new RefusedException($"A release cannot be filtered by “{name}”. Known: {string.Join(", ", All.Select(d => Name(d.Dimension)))}");
            return new Filter(dimension, [.. values.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(v => ContactValues.Code(dimension, v, council, names)).Distinct()]);
        }),
    ];
}
