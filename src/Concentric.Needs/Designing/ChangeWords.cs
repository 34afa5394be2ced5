using System.Text.Json.Nodes;
using Concentric.Core.Facts;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Editions;

namespace Concentric.Needs.Designing;

/// <summary>One field of a thing, before and after.</summary>
public sealed record FieldWords(string Field, string? Before, string? After);

/// <summary>A change in words, as reviews and histories show it.</summary>
public sealed record ChangeView
{
    public required int Place { get; init; }

    /// <summary>Added, Changed, Removed, Retired or Put back in use.</summary>
    public required string What { get; init; }

    /// <summary>"need", "link", "offer".</summary>
    public required string Kind { get; init; }

    /// <summary>Name of the thing; of a link the sentence that it says.</summary>
    public required string Title { get; init; }

    /// <summary>Its page, or null.</summary>
    public required string? Href { get; init; }
    public required IReadOnlyList<FieldWords> Fields { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string? Why { get; init; }

    /// <summary>Number and title of the edition, where the list is of several.</summary>
    public int? Edition { get; init; }
    public string? EditionTitle { get; init; }
}

/// <summary>Says changes in words: field by field, with the names of things in place of their addresses.</summary>
/// <param name="model">Where names come from: the model as it is to be.</param>
/// <param name="other">Where names come from that the first no longer has.</param>
internal sealed class ChangeWords(NeedModel model, PeopleNames people, NeedModel? other = null)
{
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["label"] = "Name", ["citizenLabel"] = "Plain words", ["definition"] = "Definition", ["otherNames"] = "Other names", ["otherWords"] = "Other words", ["status"] = "Status", ["inLgsl"] = "In the LGSL of 2013",
        ["place"] = "Place in its list", ["scopeNote"] = "Scope note", ["historyNote"] = "History note", ["formerLabels"] = "Former names", ["replacedBy"] = "Replaced by",
        ["created"] = "Made by its publisher", ["modified"] = "Changed by its publisher", ["details.question"] = "Question", ["details.whyAsked"] = "Why it is asked",
        ["details.protected"] = "Protected characteristic", ["details.sensitive"] = "Why it may be dangerous to be seen reading it", ["details.polarity"] = "Polarity", ["details.period"] = "Period", ["details.unit"] = "Unit",
        ["details.framework"] = "Number in the Local Outcomes Framework", ["details.kind"] = "Kind of organisation", ["details.web"] = "Website", ["details.phone"] = "Phone",
        ["details.email"] = "Email", ["details.gss"] = "GSS code", ["details.country"] = "Country", ["details.shortLabel"] = "Short name", ["details.typeText"] = "Publisher’s own type",
        ["source"] = "Who says so", ["confidence"] = "Confidence", ["reason"] = "Reason", ["mode"] = "In the test", ["evidence"] = "Evidence", ["validFrom"] = "Valid from", ["validTo"] = "Valid to",
        ["subjectVersion"] = "Version of the first list", ["objectVersion"] = "Version of the second list", ["service"] = "Service", ["organisation"] = "Organisation", ["name"] = "Name",
        ["description"] = "Description", ["minimumAge"] = "Youngest age", ["maximumAge"] = "Oldest age", ["area"] = "Area", ["cost"] = "Cost", ["ways"] = "How to get it", ["places"] = "Places",
        ["passesOnTo"] = "Passes people on to", ["assuredOn"] = "Last made sure of", ["street"] = "Street", ["town"] = "Town", ["postcode"] = "Postcode", ["opening"] = "Opening times",
        ["latitude"] = "Latitude", ["longitude"] = "Longitude",
    };

    // What names the thing is in its title.
    private static readonly HashSet<string> Named = ["uri", "scheme", "identifier", "type", "subject", "predicate", "object"];

    // What nobody chose, and so of interest only where it changes.
    private static readonly HashSet<string> Given = ["place", "status", "subjectVersion", "objectVersion"];

    public ChangeView Of(ModelChange change, Edition? edition = null) => Of(change, change.Before, change.After) with
    {
        Edition = edition?.Number,
        EditionTitle = edition?.Title,
    };

    /// <summary>The change between two states of the thing, as of one who made it.</summary>
    public ChangeView Of(ModelChange change, string? before, string? after)
    {
        var (kind, title, href) = Name(change.Kind, after ?? before ?? "{}");
        var (was, now) = (StatusOf(before), StatusOf(after));
        return new()
        {
            Place = change.Place,
            What = before is null ? "Added" : after is null ? "Removed" : !Gone(was) && Gone(now) ? change.Kind == ChangedThing.Offer ? "Withdrawn" : "Retired" : Gone(was) && !Gone(now) ? "Put back in use" : "Changed",
            Kind = kind,
            Title = title,
            Href = href,
            Fields = Between(before, after),
            By = people[change.By],
            At = change.At,
            Why = change.Why,
        };
    }

    /// <summary>The name of a changed thing: its kind, its title, and its page where it has one.</summary>
    public (string Kind, string Title, string? Href) Name(ChangedThing kind, string written)
    {
        switch (kind)
        {
            case ChangedThing.Concept:
                var concept = StoredJson.Read<Concept>(written)!;
                return (Kind.Say(concept.Type), concept.Plain, DesignLinks.Of(concept));
            case ChangedThing.Relation:
                var relation = StoredJson.Read<Relation>(written)!;
                return ("link", Sentence(relation), LinkKind.All.Any(l => l.Predicate == relation.Predicate) ? DesignLinks.Of(relation) : null);
            case ChangedThing.Offer:
                var offer = StoredJson.Read<Offer>(written)!;
                return ("offer", offer.Name, DesignLinks.Offer(offer.Identifier));
            default:
                var place = StoredJson.Read<Place>(written)!;
                return ("place", place.Name, DesignLinks.Place(place.Identifier));
        }
    }

    /// <summary>"Out of work implies I need to find work".</summary>
    public string Sentence(Relation relation) => $"“{Find(relation.Subject)}” {LinkKind.Of(relation.Predicate).Says} “{Find(relation.Object)}”";

    /// <summary>Which fields differ, in words; of a thing that is new or gone, each that it has.</summary>
    public IReadOnlyList<FieldWords> Between(string? before, string? after)
    {
        var (was, now) = (Flat(before), Flat(after));
        return
        [
            .. from field in now.Keys.Union(was.Keys)
               where !Named.Contains(field) && !((before is null || after is null) && Given.Contains(field))
               let b = was.GetValueOrDefault(field)
               let a = now.GetValueOrDefault(field)
               where b != a
               select new FieldWords(Fields.GetValueOrDefault(field, field), b, a),
        ];
    }

    private Dictionary<string, string> Flat(string? written)
    {
        var flat = new Dictionary<string, string>();
        if (written is not null) Add(JsonNode.Parse(written)!.AsObject(), "");
        return flat;

        void Add(JsonObject thing, string under)
        {
            foreach (var (name, value) in thing)
            {
                if (value is JsonObject inner) Add(inner, $"{under}{name}.");
                else if (Say(name, value) is { Length: > 0 } words) flat[under + name] = words;
            }
        }
    }

    private string? Say(string field, JsonNode? value) => value switch
    {
        null => null,
        JsonArray list => string.Join("\n", list.Select(i => i is JsonObject o ? Item(o) : model.FindPlace((string)i!)?.Name ?? (string)i!)),
        JsonValue v when v.TryGetValue<bool>(out var yes) => yes ? "Yes" : null,
        JsonValue v when v.TryGetValue<string>(out var text) => field switch
        {
            "service" or "organisation" or "replacedBy" => Find(text),
            "status" => text switch { "Local" => "Ours, in use", "Active" => "In use", "Retired" => "Retired", "Withdrawn" => "Withdrawn", _ => text },
            "mode" when Enum.TryParse<EligibilityMode>(text, out var mode) => LinkKind.Say(mode),
            "confidence" => char.ToUpperInvariant(text[0]) + text[1..],
            "source" when text == SchemeUris.OurSource => "The model that comes with the program",
            "polarity" or "period" => text.Replace('-', ' '),
            _ when DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) => Core.Say.Date(day),
            _ => text,
        },
        // The first in its list and one whose place nobody chose.
        _ when field == "place" && value.ToJsonString() == "0" => null,
        _ => value.ToJsonString(),
    };

    private string Item(JsonObject item) =>
        item["channel"] is { } channel ? $"{Channels.Find((string)channel!)?.Label ?? (string)channel!}: {(string?)item["how"]}"
        : $"{model.FindOffer((string)item["offer"]!)?.Name ?? (string)item["offer"]!}: {(string?)item["reason"]}";

    private string Find(string uri) => (model.Find(uri) ?? other?.Find(uri))?.Plain ?? uri;

    private static string? StatusOf(string? written) => written is null ? null : (string?)JsonNode.Parse(written)!["status"];

    private static bool Gone(string? status) => status is "Retired" or "Withdrawn";
}
