using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Attachments;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Building;
using Concentric.Serve.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Conversations;

/// <summary>A form goes half-done from the adviser to the citizen, by a link that works once, or from the citizen to the adviser, by a code that they read out.</summary>
internal static class HandOver
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/desk/conversations/{id}/forms/{draft}/hand-over", Give).For(Audience.Desk).TakesFiles();
        pages.MapPost("/desk/conversations/{id}/take-over", Take).For(Audience.Desk).RequireRateLimiting(RateLimits.LookUp);
    }

    private static async Task<IResult> Give(
        string id, string draft, string? other, string? lang, HttpContext http, ConversationScreen screen, ConcentricDb db, SavePages save, FillDraft fill, OwnCouncil council, IWriter writer, TimeProvider clock)
    {
        if (await screen.Find(id, http.User) is not { } conversation || await screen.Form(conversation, draft) is not { } open) return Results.NotFound();
        var address = ConversationView.AddressOf(conversation.Id);
        if (!conversation.IsOpen || open.Draft.SentAt is not null) return Results.LocalRedirect(address);
        var way = new Pressed().Asked(other, lang);
        var saved = await save.Save(conversation, open, http, db, way.Language);
        if (saved.Open is not { } half) return Results.LocalRedirect(address);
        var to = saved.Typed["_to"];
        var errors = new Errors();
        // It goes half-done: what is missing they answer themselves. What cannot be right is put right first.
        if (saved.IsWrong) foreach (var problem in saved.Pressed!.Errors) errors.Check(problem.Field, false, problem.Message);
        errors.Check("HandOverTo", !string.IsNullOrEmpty(to), "Enter their email address")
            .Check("HandOverTo", EmailAddress.LooksRight(to) && Message.IsAddress(to), "Enter an email address in the correct format, like name@example.com");
        if (errors.Any) return await screen.Page((await screen.Find(id, http.User))!, half, way with { Errors = errors, Typed = saved.Typed, Found = saved.Pressed?.Found ?? way.Found });
        var now = clock.GetUtcNow();
        await writer.Write(async d =>
        {
            if (await d.Drafts.SingleOrDefaultAsync(x => x.Id == half.Draft.Id && x.By == conversation.By && x.SentAt == null) is not { } kept) return;
            fill.EndVisit(d, kept, half.Form, FormOutcome.HandedOver, RunExamples.EndOf(half.Journey), conversation.By, now);
            // What was only offered was not read back to them, and does not go out in a link. From here on it is theirs, in their own browser.
            (kept.By, kept.Offered, kept.Channel, kept.Email, kept.SeenAt, kept.ExpiresAt) = (null, null, "web", to, now, now.AddDays(Draft.KeptDays));
            kept.Revision++;
            var token = SaveForm.MakeWayBack(d, kept.Id, WayBackKind.HandOver, TimeSpan.FromDays(Draft.KeptDays), now);
            SaveForm.Write(d, to!, half.Form, token, kept.Language, council.Name, SaveForm.SiteOf(http), now);
        });
        return Results.LocalRedirect(address);
    }

    private static async Task<IResult> Take(string id, [FromForm] string? code, ConversationScreen screen, FillDraft fill, FormsToFill forms, OfferKnown offer, IWriter writer, TimeProvider clock, ClaimsPrincipal visitor)
    {
        if (await screen.Find(id, visitor) is not { } conversation) return Results.NotFound();
        var address = ConversationView.AddressOf(conversation.Id);
        if (!conversation.IsOpen) return Results.LocalRedirect(address);
        var now = clock.GetUtcNow();
        var digest = HelpCode.DigestOf(code);
        var (taken, problem) = await writer.Write(async db =>
        {
            var open = await db.Conversations.SingleAsync(c => c.Id == conversation.Id);
            if (open.WrongCodes >= Conversation.MostWrongCodes) return (null, "Too many codes were wrong in this conversation. Start the form for them here");
            if (digest is null) return (null, "Enter the code of 6 letters and digits");
            var way = await db.WaysBack.SingleOrDefaultAsync(w => w.Digest == digest && w.Kind == WayBackKind.Code && w.UsedAt == null && w.ExpiresAt > now);
            var draft = way is null ? null : await db.Drafts.SingleOrDefaultAsync(d => d.Id == way.DraftId && d.SentAt == null && d.By == null && d.ExpiresAt > now);
            if (draft is null || await forms.Of(draft) is not var (form, _))
            {
                open.WrongCodes++;
                return ((string?)null, "That code is not right, was used already, or is older than 15 minutes. Ask them to get another");
            }
            way!.UsedAt = now;
            var journey = Journey.Of(form, Answers.Read(form, draft.Answers), fill.Today);
            fill.EndVisit(db, draft, form, FormOutcome.HandedOver, RunExamples.EndOf(journey), Actor.Citizen, now);
            (draft.By, draft.Conversation, draft.Channel, draft.SeenAt, draft.ExpiresAt) = (open.By, open.Id, open.Channel, now, now.AddDays(Draft.KeptDays));
            draft.Revision++;
            open.Known = KnownParticulars.Read(open.Known).Said(journey).Write();
            // It is the conversation's from here on, and what it says is offered to the others as well.
            await db.SaveChangesAsync();
            await offer.Offer(db, open);
            return (draft.Key, "");
        });
        return taken is null
            ? await screen.Page(conversation, null, new() { Errors = new Errors().Check("Code", false, problem) })
            : Results.LocalRedirect($"{address}/forms/{taken}#Questions");
    }
}
