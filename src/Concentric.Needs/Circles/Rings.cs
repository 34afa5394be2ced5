using System.Text.Json.Serialization;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;

namespace Concentric.Needs.Circles;

/// <summary>What stands in the middle of a circle of need.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CircleCentre>))]
public enum CircleCentre
{
    [JsonStringEnumMemberName("life-event")] LifeEvent,
    [JsonStringEnumMemberName("circumstances")] Circumstances,
    [JsonStringEnumMemberName("need")] Need,
    [JsonStringEnumMemberName("service")] Service,
}

/// <summary>
/// A circle of need with any centre, as two rings. Around a life event or a mix of circumstances stand needs, then services; around a need services, then
/// who offers them; around a service the needs it meets, then the circumstances that imply those.
/// </summary>
/// <remarks>The rings are our reading of “circles of need”; the report that coined the words is not public.</remarks>
public sealed record Rings
{
    public required CircleCentre Centre { get; init; }

    /// <summary>Identifiers of what stands in the middle: one, or those of the mix.</summary>
    public required IReadOnlyList<string> Middle { get; init; }
    public required string Label { get; init; }
    public required string Description { get; init; }

    /// <summary>Number of the edition of the model that this was read from.</summary>
    public required int Edition { get; init; }

    /// <summary>The inner ring, surest first.</summary>
    public required IReadOnlyList<RingPart> Parts { get; init; }

    /// <summary>What is written in the middle of the picture: of a large mix only how many there are, for more has no room there.</summary>
    internal string DrawnCentre => Middle.Count > 3 ? $"{Middle.Count} circumstances together" : Label;

    /// <summary>Who offers what is shown, of each kind that there is.</summary>
    internal IReadOnlyList<Provider> Providers => [.. Parts.SelectMany(p => p.Outer).Select(o => o.Provider).OfType<Provider>().Distinct().Where(p => p != Provider.NotKnown).Order()];

    /// <summary>The circle of a situation as rings.</summary>
    internal static Rings Of(Circle circle, CircleCentre centre = CircleCentre.LifeEvent, int edition = 0) => new()
    {
        Centre = centre,
        Middle = centre == CircleCentre.LifeEvent ? [circle.Slug] : [.. circle.Slug.Split(',', StringSplitOptions.RemoveEmptyEntries)],
        Label = circle.Label,
        Description = circle.Description,
        Edition = edition,
        Parts =
        [
            .. circle.Direct.Count == 0 ? [] : (RingPart[])
            [
                new()
                {
                    Id = "direct",
                    Label = "For this situation",
                    Description = centre == CircleCentre.LifeEvent ? "Whatever else is true for you, look at this first." : "These services are made with such people in mind.",
                    Uri = null,
                    Strength = circle.Direct.Max(s => s.Strength),
                    Because = [],
                    IsGap = false,
                    Title = centre == CircleCentre.LifeEvent ? "For this situation: services that it calls for whatever else is true" : "For this situation: services made with such people in mind",
                    Href = Links.NeedOnPage("direct"),
                    Outer = [.. circle.Direct.Select(RingLeaf.Of)],
                },
            ],
            .. circle.Needs.Select(RingPart.Of),
        ],
    };
}

/// <summary>One entry of the inner ring.</summary>
public sealed record RingPart
{
    /// <summary>Its identifier, as it stands on the page; <c>direct</c> for what the centre calls for by itself.</summary>
    public required string Id { get; init; }
    public required string Label { get; init; }
    public required string Description { get; init; }

    /// <summary>Full http address; null for what is no entry of a list.</summary>
    public required string? Uri { get; init; }
    public required Confidence Strength { get; init; }

    /// <summary>Why it stands there, in sentences, surest first.</summary>
    public required IReadOnlyList<string> Because { get; init; }

    /// <summary>A need that no service meets, or a service that nobody offers.</summary>
    public required bool IsGap { get; init; }
    public required IReadOnlyList<RingLeaf> Outer { get; init; }

    /// <summary>What a screen reader says of it on the picture.</summary>
    [JsonIgnore]
    internal string Title { get; init; } = "";

    [JsonIgnore]
    internal string Href { get; init; } = "";

    /// <summary>What the picture calls a gap of this ring.</summary>
    [JsonIgnore]
    internal string GapWords { get; init; } = "no service";

    internal string DrawnLabel => IsGap ? $"{Label} ({GapWords})" : Label;

    internal static RingPart Of(CircleNeed need) => new()
    {
        Id = need.Slug,
        Label = need.Label,
        Description = need.Description,
        Uri = need.Uri,
        Strength = need.Strength,
        Because = [.. need.Because.Select(b => $"{b.Change} {b.Need}".Trim())],
        IsGap = need.Services.Count == 0,
        Title = $"{need.Label}: {need.Because[0].Need}{(need.Services.Count == 0 ? " No service meets this need." : "")}",
        Href = Links.NeedOnPage(need.Slug),
        Outer = [.. need.Services.Select(RingLeaf.Of)],
    };
}

/// <summary>One entry of the outer ring.</summary>
public sealed record RingLeaf
{
    public required string Id { get; init; }
    public required string Label { get; init; }
    public required string? Uri { get; init; }
    public required Confidence Strength { get; init; }
    public required string Reason { get; init; }

    /// <summary>Who offers it; null where the ring does not hold services.</summary>
    public required Provider? Provider { get; init; }

    /// <summary>The names of those who offer it, ours first.</summary>
    public required IReadOnlyList<string> Organisations { get; init; }

    [JsonIgnore]
    internal string Href { get; init; } = "";

    internal string Title => $"{Label}: {Reason}{Provider switch { Directory.Provider.Nobody => " Nobody in the directory offers it.", Directory.Provider.Partner => " A partner offers it.", _ => "" }}";

    internal string DrawnLabel => Provider == Directory.Provider.Nobody ? $"{Label} (nobody)" : Label;

    internal static RingLeaf Of(CircleService service) => new()
    {
        Id = service.Id,
        Label = service.Label,
        Uri = service.Uri,
        Strength = service.Strength,
        Reason = service.Reason,
        Provider = service.Provider,
        Organisations = service.Organisations,
        Href = Links.Service(service.Id),
    };
}
