using System.Text.Json;
using System.Text.Json.Serialization;
using Concentric.Core;
using Concentric.Core.Operations;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;

namespace Concentric.Measure.Boards;

/// <summary>Where the figures of a measure come from.</summary>
public enum SourceKind
{
    /// <summary>The contact store, by one of the figures that Explore has too (<see cref="AskedMeasure"/>).</summary>
    Contacts,

    /// <summary>Contacts to 1,000 households of the area.</summary>
    Rate,

    /// <summary>An amount that was counted elsewhere, such as visits or calls offered.</summary>
    Counted,

    /// <summary>What citizens needed, from their first contact until it was met (<see cref="EndToEnd.NeedSeries"/>).</summary>
    EndToEnd,
}

/// <summary>The question that a measure puts to the contact store for each of its periods, as it is kept with the measure.</summary>
public sealed record MeasureSource
{
    /// <summary>What a measure may be narrowed by.</summary>
    public static IReadOnlyList<Dimension> Filters { get; } = [Dimension.Service, Dimension.Channel, Dimension.Ward, Dimension.Area, Dimension.Profile, Dimension.Demand];

    public SourceKind Kind { get; init; }

    /// <summary>Name of the figure as <c>failure-share</c>, or of what was counted elsewhere as <c>visits</c>.</summary>
    public required string Figure { get; init; }

    /// <summary>Values to keep, by dimension, as in a <see cref="ContactQuestion"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Where { get; init; } = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Figures that a measure may be of. Costs are left out: what a contact costs changes with the cost book, so that a chart would show the book and not the service.</summary>
    public static IEnumerable<AskedMeasure> Figures => AskedMeasure.All.Where(m => !m.TakesLocalCosts);

    /// <summary>The figure of a measure of contacts; null of others.</summary>
    [JsonIgnore]
    public AskedMeasure? Asked => Kind == SourceKind.Contacts ? AskedMeasure.Find(Figure) : null;

    [JsonIgnore]
    public MeasureUnit Unit => Kind switch
    {
        SourceKind.Rate => new("contacts to 1,000 households", 2, 1, new(0, null)),
        SourceKind.Counted => new(Figure, 0, 1, new(0, null)),
        SourceKind.EndToEnd => NeedFigure.Find(Figure)?.Unit ?? new("", 0, 1, new(null, null)),
        _ => Asked?.Unit switch
        {
            FigureUnit.Share => new("%", 1, 100, new(0, 100)),
            FigureUnit.Seconds => new("seconds", 0, 1, new(0, null)),
            FigureUnit.Score => new("score", 2, 1, new(null, null)),
            FigureUnit.Pence => new("pounds", 2, 0.01, new(0, null)),
            _ => new("contacts", 0, 1, new(0, null)),
        },
    };

    /// <summary>What is counted, in words that end with a stop.</summary>
    public string Words(ContactDimensions names)
    {
        var what = Kind switch
        {
            SourceKind.Rate => "Contacts that citizens began, to 1,000 households of the area, on the day they began by the council’s clock.",
            SourceKind.EndToEnd => (NeedFigure.Find(Figure) ?? throw new InvalidOperationException($"“{Figure}” is no figure of needs.")).Words,
            SourceKind.Counted => $"Amounts of “{Figure}” as counted elsewhere and brought with a file.",
            _ => (Asked ?? throw new InvalidOperationException($"“{Figure}” is no figure.")).Definition.Replace(" Definition 1.", "", StringComparison.Ordinal),
        };
        var kept = string.Join("; ", Where.Where(w => w.Value.Count > 0).Select(w => $"{AskContacts.Dimensions[w.Key] switch { Dimension.FailureCause => "cause", var d => AskContacts.Kebab(d) }} {string.Join(" or ", w.Value.Select(v => Label(w.Key, v, names)))}"));
        return kept.Length == 0 ? what : $"{what} Only: {kept}.";
    }

    /// <summary>It counts one cause of failure demand. Such a symptom is where a search begins, and never a target or a rank; sources of before this was refused may still hold one.</summary>
    [JsonIgnore]
    public bool IsOfSymptom => Where.Any(w => w.Value.Count > 0 && AskContacts.Dimensions.TryGetValue(w.Key, out var dimension) && dimension == Dimension.FailureCause);

    public string Json() => JsonSerializer.Serialize(this, JsonOption.Format);

    public static MeasureSource Parse(string json) => JsonSerializer.Deserialize<MeasureSource>(json, JsonOption.Format)!;

    /// <summary>The filters with their codes.</summary>
    /// <exception cref="RefusedException">The store knows no such value (any more); the message names it.</exception>
    internal List<Filter> Codes(CouncilCode council, ContactDimensions names) =>
        [.. from filter in Where
            where filter.Value.Count > 0
            let dimension = AskContacts.Dimensions.TryGetValue(filter.Key, out var found) && Filters.Contains(found) ? found : throw new RefusedException($"A measure cannot be narrowed by “{filter.Key}”.")
            select new Filter(dimension, [.. filter.Value.Select(v => ContactValues.Code(dimension, v, council.Code, names)).Distinct()])];

    // A value without a name, as one of a store that was built anew, is shown as it is.
    private static string Label(string dimension, string value, ContactDimensions names)
    {
        try
        {
            var found = AskContacts.Dimensions[dimension];
            return names.Label(found, ContactValues.Code(found, value, names.Councils[0].Code, names));
        }
        catch (RefusedException)
        {
            return value;
        }
    }
}

/// <summary>How the figures of a measure are written and drawn.</summary>
/// <param name="Name">What the axis says, as “%”.</param>
/// <param name="Decimals">Decimals shown.</param>
/// <param name="Factor">By what the store's figure is multiplied: a share of 0.25 is drawn as 25.</param>
/// <param name="Bounds">What the figure can be at all. Clips limits where they are shown, never where they are reckoned with.</param>
public sealed record MeasureUnit(string Name, int Decimals, double Factor, Variation.NaturalBounds Bounds)
{
    /// <summary>A value for people: “25.3%”, “1,205”, “245 seconds”.</summary>
    public string Write(double? value) => value is not { } v ? Charts.Figures.None : Name switch
    {
        "%" => $"{Charts.Figures.Show(v, Decimals)}%",
        "pounds" => $"£{Charts.Figures.Show(v, Decimals)}",
        "days" when v < 0.05 => "at once",
        "seconds" or "days" => $"{Charts.Figures.Show(v, Decimals)} {Name}",
        _ => Charts.Figures.Show(v, Decimals),
    };
}
