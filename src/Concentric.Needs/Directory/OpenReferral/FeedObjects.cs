using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Concentric.Needs.Directory.OpenReferral;

// The objects of Open Referral UK 3.0 as far as the directory fills them. Their names are the standard's: see docs/open-data.md.

/// <summary>What the base address says of the feed.</summary>
internal sealed record FeedMetadata(string Version, string Profile, string OpenapiUrl);

internal sealed record FeedPage<T>(int TotalItems, int TotalPages, int PageNumber, int Size, bool FirstPage, bool LastPage, bool Empty, IReadOnlyList<T> Contents);

/// <summary>A service of which only is said when it was last changed.</summary>
internal sealed record FeedMinimal(Guid Id, string LastModified);

/// <summary>One offer of the directory.</summary>
internal sealed record FeedService
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public required string Url { get; init; }
    public string? Email { get; init; }
    public required string Status { get; init; }
    public int? MinimumAge { get; init; }
    public int? MaximumAge { get; init; }
    public string? AssuredDate { get; init; }
    public required string LastModified { get; init; }
    public FeedOrganization? Organization { get; init; }
    public IReadOnlyList<FeedSchedule>? Schedules { get; init; }
    public IReadOnlyList<FeedServiceArea>? ServiceAreas { get; init; }
    public IReadOnlyList<FeedServiceAtLocation>? ServiceAtLocations { get; init; }
    public IReadOnlyList<FeedCostOption>? CostOptions { get; init; }
    public IReadOnlyList<FeedContact>? Contacts { get; init; }
    public IReadOnlyList<FeedAttribute>? Attributes { get; init; }
}

internal sealed record FeedOrganization(Guid Id, string Name, string Description, string? Email, string? Website, string Uri);

/// <summary>When a place is open, in words: the directory knows no more.</summary>
internal sealed record FeedSchedule(Guid Id, Guid ServiceId, Guid ServiceAtLocationId, string Description);

internal sealed record FeedServiceArea(Guid Id, Guid ServiceId, string Name, string ServiceArea);

internal sealed record FeedServiceAtLocation(Guid Id, Guid ServiceId, Guid LocationId, FeedLocation Location, FeedService? Service = null);

internal sealed record FeedLocation(Guid Id, string LocationType, string Name, double? Latitude, double? Longitude, IReadOnlyList<FeedAddress>? Addresses);

internal sealed record FeedAddress
{
    public required Guid Id { get; init; }
    public required Guid LocationId { get; init; }

    [JsonPropertyName("address_1")]
    public required string Address1 { get; init; }
    public required string City { get; init; }

    /// <summary>The standard asks for it; addresses in the United Kingdom have none, so it is empty.</summary>
    public string StateProvince { get; } = "";
    public required string PostalCode { get; init; }
    public string Country { get; } = "GB";
    public string AddressType { get; } = "physical";
}

/// <summary>What it costs, in words.</summary>
internal sealed record FeedCostOption(Guid Id, Guid ServiceId, string AmountDescription);

internal sealed record FeedContact(Guid Id, Guid ServiceId, string Name, string? Email, IReadOnlyList<FeedPhone>? Phones);

internal sealed record FeedPhone(Guid Id, Guid ContactId, string Number, string? Description);

/// <summary>Joins a service to an entry of a list.</summary>
internal sealed record FeedAttribute(Guid Id, Guid LinkId, Guid TaxonomyTermId, string LinkType, string LinkEntity, FeedTaxonomyTerm TaxonomyTerm);

internal sealed record FeedTaxonomy(Guid Id, string Name, string Description, string Uri, string Version);

internal sealed record FeedTaxonomyTerm
{
    public required Guid Id { get; init; }

    /// <summary>Short name of the list and identifier, as <c>esdServiceType:524</c>.</summary>
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string Term { get; init; }
    public required string Description { get; init; }
    public Guid? ParentId { get; init; }

    /// <summary>Address of the list.</summary>
    public required string Taxonomy { get; init; }
    public required Guid TaxonomyId { get; init; }
    public required string TermUri { get; init; }
}

internal static class FeedJson
{
    public const string Type = "application/json";

    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>For files, which people open.</summary>
    public static readonly JsonSerializerOptions Indented = new(Options) { WriteIndented = true };
}
