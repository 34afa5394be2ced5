using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Concentric.Needs.LinkedData;

/// <summary>The forms in which a thing can be had.</summary>
internal enum Form { Page, JsonLd, Turtle }

/// <summary>Which form somebody wants, by the Accept header (RFC 9110, section 12.5.1).</summary>
internal static class Negotiation
{
    private static readonly (Form Form, string Type)[] Offered = [(Form.Page, "text/html"), (Form.JsonLd, JsonLdWriter.Type), (Form.Turtle, TurtleWriter.Type)];

    /// <summary>The form wanted most; of those wanted alike the page first; null where none will do.</summary>
    public static Form? Best(HttpRequest asked)
    {
        var accept = asked.GetTypedHeaders().Accept;
        if (accept.Count == 0) return Form.Page;
        var best = Offered.Select(o => (o.Form, Wish: WishFor(o.Type, accept))).OrderByDescending(o => o.Wish).First();
        return best.Wish > 0 ? best.Form : null;
    }

    /// <summary>From 0 to 1: what the range that fits a type most closely says of it.</summary>
    private static double WishFor(string type, IList<MediaTypeHeaderValue> accept)
    {
        var parts = type.Split('/');
        var closest = accept.Where(a => a.MatchesAllTypes || (a.Type.Equals(parts[0], StringComparison.OrdinalIgnoreCase) && (a.MatchesAllSubTypes || a.SubType.Equals(parts[1], StringComparison.OrdinalIgnoreCase))))
            .OrderBy(a => a.MatchesAllTypes ? 2 : a.MatchesAllSubTypes ? 1 : 0).FirstOrDefault();
        return closest is null ? 0 : closest.Quality ?? 1;
    }
}
