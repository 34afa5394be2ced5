using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;

namespace Concentric.Measure.Exploring;

/// <summary>A dimension with the values that a filter can choose.</summary>
/// <param name="Values">Key as the address has it, and what is read.</param>
public sealed record FilterChoices(Dimension Dimension, IReadOnlyList<(string Key, string Label)> Values)
{
    /// <summary>More values than this are typed with the browser's help, and not listed as boxes.</summary>
    public const int MostBoxes = 40;

    /// <summary>More than this make a page that is slow to load; whoever knows the key may still type it.</summary>
    public const int MostOffered = 3_000;

    public string Name => AskContacts.Kebab(Dimension);

    public bool IsLong => Values.Count > MostBoxes;
}

/// <summary>What the page Explore calls dimensions and questions.</summary>
internal static class ExploreWords
{
    /// <summary>What can be grouped by: everything but the council, because a question is always about one.</summary>
    public static IReadOnlyList<Dimension> Groups { get; } =
    [
        Dimension.Service, Dimension.Channel, Dimension.Month, Dimension.Week, Dimension.Day, Dimension.Demand, Dimension.FailureCause, Dimension.Resolved, Dimension.Ward, Dimension.Area,
        Dimension.Profile, Dimension.Decile, Dimension.Interaction, Dimension.Initiator, Dimension.Kind, Dimension.Source, Dimension.Batch, Dimension.SecondsBin,
        Dimension.DemandType, Dimension.SystemCause, Dimension.CauseService, Dimension.CauseStep, Dimension.Chases, Dimension.Team,
    ];

    public static string Word(Dimension dimension) => dimension switch
    {
        Dimension.FailureCause => "Symptom of failure demand (NI14)",
        Dimension.DemandType => "What they asked, in their words",
        Dimension.SystemCause => "System cause",
        Dimension.CauseService => "Service that caused it",
        Dimension.CauseStep => "Step that caused it",
        Dimension.Chases => "Asks what is happening to an open one",
        Dimension.Team => "Team that answered",
        Dimension.Resolved => "Resolved or not",
        Dimension.Demand => "Kind of demand",
        Dimension.Area => "Small area",
        Dimension.Profile => "Profile group of the area",
        Dimension.Decile => "Deprivation decile of the area",
        Dimension.Interaction => "Interaction (LGIL)",
        Dimension.Initiator => "Begun by",
        Dimension.Kind => "Contact or service request",
        Dimension.Batch => "Import",
        Dimension.SecondsBin => "Handling time in steps",
        _ => dimension.ToString(),
    };

    /// <summary>A question in one line: “Contacts and failure demand by service and channel; channel: web; from 1 March 2026”.</summary>
    public static string InWords(ContactQuestion question)
    {
        var measures = Listed(question.Measures.Select(m => AskedMeasure.Find(m)?.Label ?? $"“{m}”, which is no measure any more"));
        var by = Listed(question.By.Select(d => AskContacts.Dimensions.TryGetValue(d, out var known) ? Lower(Word(known)) : $"“{d}”"));
        var where = question.Where.Select(w => $"; {(AskContacts.Dimensions.TryGetValue(w.Key, out var known) ? Lower(Word(known)) : w.Key)}: {Listed(w.Value)}");
        return $"{measures}{(by.Length > 0 ? $" by {by}" : "")}{string.Concat(where)}{(question.From is { } from ? $"; from {Say.Date(from)}" : "")}{(question.To is { } to ? $"; to {Say.Date(to)}" : "")}";
    }

    /// <summary>The filters that the page offers for a council, with their values by name.</summary>
    public static IReadOnlyList<FilterChoices> Filters(ContactDimensions names, int council) =>
    [
        new(Dimension.Service, Sorted(names.Services.Where(s => s.Code > 0 && (s.Council == 0 || s.Council == council)).Select(s => (s.Key, s.Label)))),
        new(Dimension.Channel, [.. Channels.All.Select(c => (c.Name, c.Label))]),
        new(Dimension.Demand, Enumerated<Demand>(Dimension.Demand, names)),
        new(Dimension.FailureCause, [.. FailureCauses.All.Select(c => (c.Name, c.Label)).Prepend(("none", "Not set"))]),
        new(Dimension.Resolved, Enumerated<ContactResolved>(Dimension.Resolved, names)),
        new(Dimension.Ward, Sorted(names.Wards.Where(w => w.Council == council).Select(w => (w.Label, w.Label)))),
        new(Dimension.Area, Sorted(names.Areas.Where(a => a.Council == council).Select(a => (a.Key, a.Label == a.Key ? a.Key : $"{a.Label} ({a.Key})")))),
        new(Dimension.Profile, [.. names.Profiles.Where(p => p.Code > 0).Select(p => (p.Key, p.Label))]),
        new(Dimension.Decile, [.. Enumerable.Range(0, 11).Select(d => (d.ToString(System.Globalization.CultureInfo.InvariantCulture), names.Label(Dimension.Decile, d)))]),
        new(Dimension.Initiator, Enumerated<ContactInitiator>(Dimension.Initiator, names)),
        new(Dimension.Kind, Enumerated<ContactKind>(Dimension.Kind, names)),
        new(Dimension.Source, [.. names.Sources.Select(s => (s.Key, s.Label))]),
    ];

    /// <summary>The choices of a select of what to group by.</summary>
    public static IEnumerable<Choice> GroupChoices(int place) => Groups.Select(d => new Choice(AskContacts.Kebab(d), Word(d))).Prepend(new("", place == 0 ? "Nothing: one total" : "Nothing more"));

    private static IReadOnlyList<(string, string)> Enumerated<T>(Dimension dimension, ContactDimensions names) where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(v => (AskContacts.Kebab(v), names.Label(dimension, Convert.ToInt32(v, System.Globalization.CultureInfo.InvariantCulture))))];

    private static IReadOnlyList<(string, string)> Sorted(IEnumerable<(string Key, string Label)> values) => [.. values.OrderBy(v => v.Label, StringComparer.OrdinalIgnoreCase).Take(FilterChoices.MostOffered)];

    private static string Listed(IEnumerable<string> words)
    {
        var all = words.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} and {all[^1]}";
    }

    private static string Lower(string word) => char.ToLowerInvariant(word[0]) + word[1..];
}
