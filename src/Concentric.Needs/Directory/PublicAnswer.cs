using Concentric.Needs.Concepts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Concentric.Needs.Directory;

/// <summary>What all open data of the model have in common: any page may read them, and who has them already is told so.</summary>
internal static class PublicAnswer
{
    // Another build of the program may say the same edition otherwise.
    private static readonly string Build = typeof(PublicAnswer).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    extension(RouteGroupBuilder group)
    {
        /// <summary>Scripts of every site may read what is answered, mistakes included.</summary>
        public RouteGroupBuilder Open() => group.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.AccessControlAllowOrigin = "*";
            context.HttpContext.Response.Headers.AccessControlExposeHeaders = "ETag, Last-Modified, Link";
            return next(context);
        });
    }

    /// <summary>The answer, or 304 where the asker has it. The model changes with an edition, and with the day, for relations begin and end.</summary>
    /// <param name="form">What tells two forms of one address apart, as <c>ttl</c>.</param>
    public static IResult Of(HttpContext http, NeedModel model, string form, Func<IResult> make)
    {
        var headers = http.Response.GetTypedHeaders();
        headers.ETag = new($"\"{model.Edition}-{model.Today:yyyyMMdd}-{Build}-{form}\"");
        headers.CacheControl = new() { Public = true, MaxAge = TimeSpan.Zero, MustRevalidate = true };
        // Whole seconds are all that the header can say, and a relation that begins today makes what is told newer than the edition.
        var changed = model.PublishedAt is { } at && DateOnly.FromDateTime(at.UtcDateTime) >= model.Today ? at : new DateTimeOffset(model.Today.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        headers.LastModified = DateTimeOffset.FromUnixTimeSeconds(changed.ToUnixTimeSeconds());
        var asked = http.Request.GetTypedHeaders();
        var known = asked.IfNoneMatch.Count > 0
            ? asked.IfNoneMatch.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(headers.ETag, useStrongComparison: false))
            : asked.IfModifiedSince is { } since && headers.LastModified <= since;
        return known ? Results.StatusCode(StatusCodes.Status304NotModified) : make();
    }
}
