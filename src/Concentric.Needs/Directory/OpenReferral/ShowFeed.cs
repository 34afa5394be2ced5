using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Needs.Directory.OpenReferral;

/// <summary>The routes of the feed: the directory as Open Referral UK 3.0, for everybody.</summary>
internal static class ShowFeed
{
    public static void Map(Site site)
    {
        var feed = site.Pages.MapGroup(Feed.Path).Open();
        feed.MapGet("", Base).ForEverybody();
        feed.MapGet("/services", Services).ForEverybody();
        feed.MapGet("/services/{id}", Service).ForEverybody();
        feed.MapGet("/service_at_locations", ServicesAtLocations).ForEverybody();
        feed.MapGet("/service_at_locations/{id}", ServiceAtLocation).ForEverybody();
        feed.MapGet("/taxonomies", Taxonomies).ForEverybody();
        feed.MapGet("/taxonomies/{id}", Taxonomy).ForEverybody();
        feed.MapGet("/taxonomy_terms", Terms).ForEverybody();
        feed.MapGet("/taxonomy_terms/{id}", Term).ForEverybody();
    }

    private static Task<IResult> Base(HttpContext http, ModelCache cache, Settings settings, CancellationToken stop) =>
        Answer(http, cache, settings, (_, _) => Task.FromResult<object?>(Feed.Metadata), stop);

    private static Task<IResult> Services(HttpContext http, ModelCache cache, ConcentricDb db, Settings settings, CancellationToken stop) =>
        Answer(http, cache, settings, async (model, feed) =>
        {
            var query = FeedQuery.Read(http.Request.Query, ofServices: true);
            var near = FeedSearch.Near(model, query);
            var offers = (await FeedSearch.Offers(db, model, feed, query, stop)).Where(o => query.Proximity is null || feed.PlacesOf(o).Any(near)).ToList();
            return query.Minimal ? Page(offers, query, feed.Minimal) : Page(offers, query, o => query.Full ? feed.Full(o) : feed.Short(o));
        }, stop);

    private static Task<IResult> Service(string id, HttpContext http, ModelCache cache, Settings settings, CancellationToken stop) =>
        One(id, http, cache, settings, (feed, guid) => feed.Offers.FirstOrDefault(o => feed.IdOf(o) == guid) is { } offer ? feed.Full(offer) : null, stop);

    private static Task<IResult> ServicesAtLocations(HttpContext http, ModelCache cache, ConcentricDb db, Settings settings, CancellationToken stop) =>
        Answer(http, cache, settings, async (model, feed) =>
        {
            var query = FeedQuery.Read(http.Request.Query, ofServices: true);
            if (query.Minimal) throw new FeedQueryException("“minimal” is for services. Ask for “full”, or for neither.");
            var near = FeedSearch.Near(model, query);
            var pairs = (await FeedSearch.Offers(db, model, feed, query, stop)).SelectMany(o => feed.PlacesOf(o).Where(near).Select(p => (Offer: o, Place: p))).ToList();
            return Page(pairs, query, p => query.Full ? feed.Full(p.Offer, p.Place) : feed.Short(p.Offer, p.Place));
        }, stop);

    private static Task<IResult> ServiceAtLocation(string id, HttpContext http, ModelCache cache, Settings settings, CancellationToken stop) =>
        One(id, http, cache, settings, (feed, guid) => feed.OffersAtPlaces.Where(p => feed.IdOf(p.Offer, p.Place) == guid).Select(p => feed.Full(p.Offer, p.Place)).FirstOrDefault(), stop);

    private static Task<IResult> Taxonomies(HttpContext http, ModelCache cache, Settings settings, CancellationToken stop) =>
        Answer(http, cache, settings, (_, feed) => Task.FromResult<object?>(Page([.. feed.Taxonomies], FeedQuery.Read(http.Request.Query, ofServices: false), feed.Taxonomy)), stop);

    private static Task<IResult> Taxonomy(string id, HttpContext http, ModelCache cache, Settings settings, CancellationToken stop) =>
        One(id, http, cache, settings, (feed, guid) => feed.Taxonomies.FirstOrDefault(s => feed.IdOf(s.Uri) == guid) is { } scheme ? feed.Taxonomy(scheme) : null, stop);

    private static Task<IResult> Terms(HttpContext http, ModelCache cache, Settings settings, CancellationToken stop) =>
        Answer(http, cache, settings, (_, feed) =>
        {
            var query = FeedQuery.Read(http.Request.Query, ofServices: false, ofTerms: true);
            var lists = feed.Taxonomies.Where(s => query.Taxonomies.Count == 0 || query.Taxonomies.Contains(feed.IdOf(s.Uri))).Select(s => s.Uri).ToHashSet(StringComparer.Ordinal);
            var terms = feed.Terms.Where(c => lists.Contains(c.Scheme) && (query.Search is null || c.Label.Contains(query.Search, StringComparison.OrdinalIgnoreCase) || c.Plain.Contains(query.Search, StringComparison.OrdinalIgnoreCase)));
            return Task.FromResult<object?>(Page([.. terms], query, feed.Term));
        }, stop);

    private static Task<IResult> Term(string id, HttpContext http, ModelCache cache, Settings settings, CancellationToken stop) =>
        One(id, http, cache, settings, (feed, guid) => feed.Terms.FirstOrDefault(c => feed.IdOf(c.Uri) == guid) is { } concept ? feed.Term(concept) : null, stop);

    internal static FeedPage<TOut> Page<T, TOut>(List<T> all, FeedQuery query, Func<T, TOut> show)
    {
        var pages = (all.Count + query.PerPage - 1) / query.PerPage;
        List<TOut> contents = query.Page > pages ? [] : [.. all.Skip((query.Page - 1) * query.PerPage).Take(query.PerPage).Select(show)];
        return new(all.Count, pages, query.Page, contents.Count, query.Page == 1, query.Page >= pages, contents.Count == 0, contents);
    }

    private static Task<IResult> One(string id, HttpContext http, ModelCache cache, Settings settings, Func<Feed, Guid, object?> find, CancellationToken stop) =>
        Answer(http, cache, settings, (_, feed) => Guid.TryParseExact(id, "D", out var guid) ? Task.FromResult(find(feed, guid))
            : throw new FeedQueryException($"“{id}” is not an identifier of this feed. They are UUIDs, as the lists give them."), stop);

    private static async Task<IResult> Answer(HttpContext http, ModelCache cache, Settings settings, Func<NeedModel, Feed, Task<object?>> find, CancellationToken stop)
    {
        var model = await cache.Current(stop);
        try
        {
            var found = await find(model, new(model, OutsideAddress.Of(settings, http.Request)));
            if (found is null) return Results.Problem("Nothing here has that identifier. Ask for the list: what was withdrawn is no longer in it.", statusCode: StatusCodes.Status404NotFound, title: "Not found");
            return PublicAnswer.Of(http, model, "json", () => Results.Json(found, FeedJson.Options, FeedJson.Type));
        }
        catch (FeedQueryException e)
        {
            return Results.Problem(e.Message, statusCode: StatusCodes.Status400BadRequest, title: "The request cannot be answered");
        }
    }
}
