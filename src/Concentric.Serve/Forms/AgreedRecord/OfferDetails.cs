using System.Security.Claims;
using System.Text.Json.Nodes;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms;

/// <summary>What a citizen need not type again: what they agreed to have kept, and what was said in this browser within the hour.</summary>
/// <remarks>It stands in the boxes of a form that they begin, and counts only once they continued from that page.</remarks>
internal sealed class OfferDetails(FormsToFill forms, FillDraft fill, TimeProvider clock)
{
    private const int MostForms = 20;

    /// <summary>As answers of the form that is begun; what it would not take is not among them.</summary>
    /// <param name="key">The browser's key.</param>
    public async Task<Answers> For(ConcentricDb db, Form form, ClaimsPrincipal visitor, byte[] key, CancellationToken stop)
    {
        var known = KnownParticulars.Of(visitor.IsOf(Audience.Citizen) ? await Agreed(db, visitor.PersonId, stop) : []);
        // What was said last is said by whoever sits there now, so it goes before what was kept.
        foreach (var journey in await Earlier(db, key, stop)) known = known.Said(journey);
        return known.For(form, fill.Today);
    }

    internal static async Task<IReadOnlyList<KeyValuePair<string, KnownParticular>>> Agreed(ConcentricDb db, Guid person, CancellationToken stop) =>
        [.. (await db.AgreedParticulars.AsNoTracking().Where(a => a.PersonId == person).ToListAsync(stop))
            .Select(a => KeyValuePair.Create(a.Particular, new KnownParticular(a.Kind, JsonNode.Parse(a.Value)!, Concentric.Core.Say.DayOf(a.AgreedAt))))];

    /// <summary>The forms of this browser that were filled in or sent while answers are still shown to whoever sits there, the oldest first.</summary>
    /// <remarks>Not sensitive ones: that they were filled in must not show.</remarks>
    private async Task<IReadOnlyList<Journey>> Earlier(ConcentricDb db, byte[] key, CancellationToken stop)
    {
        var (digest, from) = (Draft.DigestOf(key), clock.GetUtcNow() - Draft.IdleLimit);
        var drafts = await db.Drafts.AsNoTracking().Where(d => d.KeyDigest == digest && d.By == null && (d.SeenAt > from || d.SentAt > from))
            .OrderByDescending(d => d.SeenAt).Take(MostForms).ToListAsync(stop);
        var journeys = new List<Journey>();
        foreach (var draft in drafts.AsEnumerable().Reverse())
        {
            if (draft.SentAt is null)
            {
                if (await forms.Of(draft, stop) is var (form, _) && !form.Sensitive) journeys.Add(Journey.Of(form, Answers.Read(form, draft.Answers), fill.Today));
                continue;
            }
            foreach (var sent in await db.Submissions.AsNoTracking().Where(s => s.DraftId == draft.Id).OrderBy(s => s.Id).ToListAsync(stop))
                if (await forms.Version(sent.Form, sent.Version) is { Sensitive: false } form) journeys.Add(Journey.Of(form, Answers.Read(form, sent.Answers), fill.Today));
        }
        return journeys;
    }
}
