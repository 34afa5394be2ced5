using Concentric.Core.Data;
using Concentric.Needs.Concepts;
using Concentric.Needs.Searching;

namespace Concentric.Needs.Directory.OpenReferral;

/// <summary>Picks of the directory what was asked for.</summary>
internal static class FeedSearch
{
    private const double EarthRadius = 6_371_000;

    /// <summary>The offers that fit all that was asked, but for where they are given; with words, best first.</summary>
    public static async Task<List<Offer>> Offers(ConcentricDb db, NeedModel model, Feed feed, FeedQuery query, CancellationToken stop)
    {
        var offers = feed.Offers;
        if (query.Organizations.Count > 0) offers = offers.Where(o => query.Organizations.Contains(feed.IdOf(o.Organisation)));
        if (query.TaxonomyTerms.Count > 0) offers = offers.Where(o => feed.TermsOf(o).Any(t => query.TaxonomyTerms.Contains(feed.IdOf(t.Term.Uri))));
        if (query.Taxonomies.Count > 0) offers = offers.Where(o => feed.TermsOf(o).Any(t => query.Taxonomies.Contains(feed.IdOf(t.Term.Scheme))));
        // As the profile says it: of the service's own limits, and a service without one is not meant.
        if (query.MinimumAge is { } least) offers = offers.Where(o => o.MinimumAge >= least);
        if (query.MaximumAge is { } most) offers = offers.Where(o => o.MaximumAge <= most);
        if (query.ModifiedAfter is { } after) offers = offers.Where(o => o.ModifiedAt >= after);
        if (query.Search is null) return [.. offers];

        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var hit in await FindTexts.Find(db, query.Search, stop))
        {
            if (hit.Kind == SearchKind.Offer) order.TryAdd(hit.Subject, order.Count);
            if (hit.Kind != SearchKind.Service) continue;
            foreach (var offer in model.OffersOf(hit.Subject)) order.TryAdd(offer.Identifier, order.Count);
        }
        return [.. offers.Where(o => order.ContainsKey(o.Identifier)).OrderBy(o => order[o.Identifier])];
    }

    /// <summary>Whether a place is as near as was asked for; every place where nothing was.</summary>
    /// <exception cref="FeedQueryException">The postcode is not one that the directory knows the place of.</exception>
    public static Func<Place, bool> Near(NeedModel model, FeedQuery query)
    {
        if (query.Proximity is not { } metres) return _ => true;
        var (latitude, longitude) = query is { Latitude: { } north, Longitude: { } east } ? (north, east) : Where(model, query.Postcode!);
        return place => place is { Latitude: { } y, Longitude: { } x } && Metres(latitude, longitude, y, x) <= metres;
    }

    private static (double, double) Where(NeedModel model, string postcode)
    {
        var there = model.Places.Where(p => p is { Postcode: { } code, Latitude: not null, Longitude: not null } && FeedQuery.Compact(code) == postcode).ToList();
        return there.Count > 0 ? (there.Average(p => p.Latitude!.Value), there.Average(p => p.Longitude!.Value))
            : throw new FeedQueryException("This directory knows only the postcodes of its own places, and that is none of them. Give “latitude” and “longitude” instead.");
    }

    /// <summary>The way between two places over a round Earth: the haversine formula.</summary>
    internal static double Metres(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        var (up, across) = (double.DegreesToRadians(latitude2 - latitude1) / 2, double.DegreesToRadians(longitude2 - longitude1) / 2);
        var half = Math.Pow(Math.Sin(up), 2) + Math.Cos(double.DegreesToRadians(latitude1)) * Math.Cos(double.DegreesToRadians(latitude2)) * Math.Pow(Math.Sin(across), 2);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }
}
