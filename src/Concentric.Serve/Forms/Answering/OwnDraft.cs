using Concentric.Core.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Serve.Forms;

/// <summary>What each page of a form needs to know of its visitor.</summary>
internal sealed record FormVisitor(HttpContext Http, ConcentricDb Db, FillDraft Fill, TimeProvider Clock)
{
    public Language? Asked => Http.Request.Query["lang"].ToString() switch { "cy" => Language.Welsh, "en" => Language.English, _ => null };

    /// <summary>The visitor's own draft, or what to answer instead: nothing there, sent already, in the hands of an adviser, or hidden because nothing was done for an hour.</summary>
    /// <param name="form">Short name of the form, as it stands in the address.</param>
    public async Task<(OpenDraft? Open, IResult Instead)> Open(string form, string draft)
    {
        if (!Guid.TryParseExact(draft, "N", out var id) || await Fill.Find(Db, id, Http.RequestAborted) is not { } open || open.Draft.Form != form)
            return (null, Gone(form));
        if (!DraftKey.Opens(Http.Request, open.Draft)) return (null, Gone(form));
        var addresses = Addresses(open);
        if (open.Draft.SentAt is not null) return (null, Results.LocalRedirect(addresses.Sent));
        if (open.Draft.By is not null)
            return (null, new RazorComponentResult<WithAdviserPage>(new { open.Form, addresses.Language }) { StatusCode = HttpMethods.IsGet(Http.Request.Method) ? StatusCodes.Status200OK : StatusCodes.Status409Conflict });
        // What is sent by a page that was open all the while is kept; only showing answers again needs the person to say that they are still there.
        if (HttpMethods.IsGet(Http.Request.Method))
        {
            var now = Clock.GetUtcNow();
            if (open.Draft.IsIdle(now)) return (null, Results.LocalRedirect(addresses.Away));
            // The page's own clock starts anew with each page, and so does this one.
            if (now - open.Draft.SeenAt > Draft.SeenAgainAfter) await Fill.Set(id, d => d.SeenAt = now);
        }
        return (open, Results.Empty);
    }

    public FormAddresses Addresses(OpenDraft open) => new(open.Draft.Form, open.Draft.Key, LanguageOf(open.Draft)) { IsSwitched = Asked == Language.English && open.Draft.Language == Language.Welsh };

    public Language LanguageOf(Draft draft) => Asked ?? draft.Language;

    /// <summary>Says that there is no such draft, in the language of the address.</summary>
    public RazorComponentResult Gone(string form) => new RazorComponentResult<DraftGonePage>(new { Form = form, Language = Asked ?? Language.English }) { StatusCode = StatusCodes.Status404NotFound };
}
