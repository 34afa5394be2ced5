using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Conversations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms;

/// <summary>After sending, a signed-in citizen says what of it is kept for the next form. Nothing is ticked for them.</summary>
internal static class KeepDetails
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/forms/{form}/{draft}/keep", Keep).For(Audience.Citizen);

    /// <summary>What they just said and do not have kept as it is; null where nobody is signed in as a citizen.</summary>
    public static async Task<IReadOnlyList<Choice>?> Offer(ConcentricDb db, ClaimsPrincipal visitor, IReadOnlyList<SentView> sent, Language language)
    {
        if (!visitor.IsOf(Audience.Citizen)) return null;
        var kept = (await OfferDetails.Agreed(db, visitor.PersonId, default)).ToDictionary(k => k.Key, k => k.Value.Value.ToJsonString(), StringComparer.Ordinal);
        return [.. Said(sent.Select(s => (s.Form, s.Journey))).Where(s => kept.GetValueOrDefault(s.Key) != s.Value.Known.Value.ToJsonString())
            .Select(s => new Choice(s.Key, Particulars.Find(s.Key)!.Title.In(language)))];
    }

    private static async Task<IResult> Keep(string form, string draft, HttpContext http, ConcentricDb db, IWriter writer, FormsToFill forms, FillDraft fill, TimeProvider clock)
    {
        if (!Guid.TryParseExact(draft, "N", out var id) || await db.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id) is not { } known) return Results.NotFound();
        if (known.Form != form || known.SentAt is null || !DraftKey.Opens(http.Request, known)) return Results.NotFound();
        var wanted = (await http.Request.ReadFormAsync(http.RequestAborted))["keep"];
        var sent = new List<(Form, Journey)>();
        foreach (var submission in await db.Submissions.AsNoTracking().Where(s => s.DraftId == id).OrderBy(s => s.Id).ToListAsync())
            if (await forms.Version(submission.Form, submission.Version) is { } one) sent.Add((one, Journey.Of(one, Answers.Read(one, submission.Answers), fill.Today)));
        // Only what was said in what was sent, whatever the request names.
        var keep = Said(sent).Where(s => wanted.Contains(s.Key)).ToList();
        var (person, now) = (http.User.PersonId, clock.GetUtcNow());
        if (keep.Count > 0)
            await writer.Write(async d =>
            {
                foreach (var (particular, (said, from)) in keep)
                {
                    if (await d.AgreedParticulars.SingleOrDefaultAsync(a => a.PersonId == person && a.Particular == particular) is { } before)
                        (before.Kind, before.Value, before.AgreedAt, before.FromForm) = (said.Kind, said.Value.ToJsonString(), now, from);
                    else
                        d.Add(new AgreedParticular { PersonId = person, Particular = particular, Kind = said.Kind, Value = said.Value.ToJsonString(), AgreedAt = now, FromForm = from });
                }
                d.Record(new AgreedRecordChanged(person, [.. keep.Select(k => k.Key)], AgreedChange.Kept), $"{person}", now);
            });
        return Results.LocalRedirect(keep.Count > 0 ? SeeDetails.Address(known.Language) : new FormAddresses(form, draft, known.Language).Sent);
    }

    /// <summary>The particulars of what was sent, each with its form. Nothing of a sensitive form: that it was filled in must not show later.</summary>
    private static SortedDictionary<string, (KnownParticular Known, string Form)> Said(IEnumerable<(Form Form, Journey Journey)> sent)
    {
        var all = new SortedDictionary<string, (KnownParticular, string)>(StringComparer.Ordinal);
        foreach (var (form, journey) in sent.Where(s => !s.Form.Sensitive))
            foreach (var (particular, known) in KnownParticulars.Of([]).Said(journey).All)
                if (Particulars.Find(particular) is not null) all[particular] = (known, form.Id);
        return all;
    }
}
