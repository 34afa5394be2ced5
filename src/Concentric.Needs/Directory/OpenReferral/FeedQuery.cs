using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Concentric.Needs.Directory.OpenReferral;

/// <summary>A mistake in what was asked; the message says what to do.</summary>
internal sealed class FeedQueryException(string message) : Exception(message);

/// <summary>What was asked of a list of the feed. A parameter that cannot be answered is refused and never passed over, or somebody would take the whole for a part.</summary>
internal sealed record FeedQuery
{
    public const int MostOnPage = 500;
    private const int UsualOnPage = 50;

    private static readonly string[] Paging = ["page", "per_page"];
    private static readonly string[] OfServices =
    [
        .. Paging, "search", "taxonomy_term_id", "taxonomy_id", "organization_id", "minimum_age", "maximum_age", "modified_after", "minimal", "full", "postcode", "proximity", "latitude", "longitude",
    ];

    public int Page { get; private init; } = 1;
    public int PerPage { get; private init; } = UsualOnPage;
    public string? Search { get; private init; }

    /// <summary>Any one of them will do.</summary>
    public IReadOnlyList<Guid> TaxonomyTerms { get; private init; } = [];
    public IReadOnlyList<Guid> Taxonomies { get; private init; } = [];
    public IReadOnlyList<Guid> Organizations { get; private init; } = [];
    public int? MinimumAge { get; private init; }
    public int? MaximumAge { get; private init; }
    public DateTimeOffset? ModifiedAfter { get; private init; }
    public bool Minimal { get; private init; }
    public bool Full { get; private init; }

    /// <summary>Without blanks, in capitals.</summary>
    public string? Postcode { get; private init; }

    /// <summary>Metres.</summary>
    public double? Proximity { get; private init; }
    public double? Latitude { get; private init; }
    public double? Longitude { get; private init; }

    /// <exception cref="FeedQueryException">A parameter is not known here or malformed.</exception>
    public static FeedQuery Read(IQueryCollection asked, bool ofServices, bool ofTerms = false)
    {
        var known = ofServices ? OfServices : ofTerms ? [.. Paging, "taxonomy_id", "search"] : Paging;
        foreach (var name in asked.Keys)
        {
            if (name is "start_time" or "end_time" or "day")
                throw new FeedQueryException($"“{name}” cannot be answered: this directory holds opening times in words. Leave it out and read “description” in “schedules”.");
            if (!known.Contains(name)) throw new FeedQueryException($"“{name}” is not a parameter of this address. It knows: {string.Join(", ", known)}.");
        }
        var query = new FeedQuery
        {
            Page = Whole("page", 1, int.MaxValue) ?? 1,
            PerPage = Whole("per_page", 1, MostOnPage) ?? UsualOnPage,
            Search = One("search") is { Length: > 0 } text ? text.Length <= 200 ? text : throw new FeedQueryException("“search” must be 200 characters or fewer.") : null,
            TaxonomyTerms = Ids("taxonomy_term_id"),
            Taxonomies = Ids("taxonomy_id"),
            Organizations = Ids("organization_id"),
            MinimumAge = Whole("minimum_age", 0, 150),
            MaximumAge = Whole("maximum_age", 0, 150),
            ModifiedAfter = One("modified_after") is { } time
                ? DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : throw new FeedQueryException("“modified_after” must be a date and time, as 2026-03-01T00:00:00Z.")
                : null,
            Minimal = YesNo("minimal"),
            Full = YesNo("full"),
            Postcode = One("postcode") is { } postcode ? Compact(postcode) is { Length: >= 5 and <= 7 } compact ? compact : throw new FeedQueryException("“postcode” must be a whole postcode, as SW1A 1AA.") : null,
            Proximity = Number("proximity", 0, 1_000_000, "metres, from 0 to 1,000,000"),
            Latitude = Number("latitude", -90, 90, "degrees north, from -90 to 90"),
            Longitude = Number("longitude", -180, 180, "degrees east, from -180 to 180"),
        };
        if (query is { Minimal: true, Full: true }) throw new FeedQueryException("“minimal” and “full” exclude each other: ask for one of them.");
        var where = query.Postcode is not null || query is { Latitude: not null, Longitude: not null };
        if (query.Latitude is null != query.Longitude is null) throw new FeedQueryException("“latitude” and “longitude” go together: give both.");
        if (query.Proximity is not null && !where) throw new FeedQueryException("“proximity” needs a place to be near to: give “postcode”, or “latitude” and “longitude”.");
        if (query.Proximity is null && where) throw new FeedQueryException("Give “proximity” in metres too: this directory holds the areas of services in words, so it can only tell what is near.");
        return query;

        string? One(string name) => asked[name] is { Count: > 0 } values ? values.Count == 1 ? values[0] ?? "" : throw new FeedQueryException($"“{name}” is given more than once.") : null;

        int? Whole(string name, int least, int most) => One(name) is not { } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw new FeedQueryException($"“{name}” must be a whole number {(most == int.MaxValue ? $"of {least} or more" : $"from {least} to {most}")}.");

        double? Number(string name, double least, double most, string words) => One(name) is not { } text ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw new FeedQueryException($"“{name}” must be a number: {words}.");

        bool YesNo(string name) => One(name) is { } text && (text is "true" or "" || (text is "false" ? false : throw new FeedQueryException($"“{name}” must be true or false.")));

        List<Guid> Ids(string name) => [.. asked[name].SelectMany(v => (v ?? "").Split(',')).Select(text => Guid.TryParseExact(text, "D", out var id)
            ? id : throw new FeedQueryException($"“{name}” must be an identifier as this feed gives them (a UUID), or several parted by commas. You gave “{text}”."))];
    }

    internal static string Compact(string postcode) => string.Concat(postcode.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
