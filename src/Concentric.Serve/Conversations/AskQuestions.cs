using System.Security.Claims;
using System.Security.Cryptography;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Serve.Attachments;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Conversations;

/// <summary>A form in a conversation: begun, its questions asked on one screen, and sent by the adviser for the citizen.</summary>
internal static class AskQuestions
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/desk/conversations/{id}/forms", Begin).For(Audience.Desk).TakesFiles();
        pages.MapGet("/desk/conversations/{id}/forms/{draft}", Show).For(Audience.Desk);
        pages.MapPost("/desk/conversations/{id}/forms/{draft}", Save).For(Audience.Desk).TakesFiles();
        pages.MapPost("/desk/conversations/{id}/forms/{draft}/send", Send).For(Audience.Desk).TakesFiles();
    }

    /// <param name="asked">The form that is on the screen: what was typed into it is kept before another begins.</param>
    /// <param name="language">What the citizen is written to in: <c>cy</c>, otherwise English.</param>
    private static async Task<IResult> Begin(
        string id, string? asked, [FromForm(Name = "_form")] string? form, [FromForm(Name = "_language")] string? language, HttpContext http,
        ConversationScreen screen, ConcentricDb db, FillDraft fill, FormsToFill forms, SavePages save)
    {
        if (await screen.Find(id, http.User) is not { } conversation) return Results.NotFound();
        var address = ConversationView.AddressOf(conversation.Id);
        if (!conversation.IsOpen) return Results.LocalRedirect(address);
        if (form is null || await forms.Find(form) is not var (found, joined, parts)) return Results.NotFound();
        if (asked is not null && await screen.Form(conversation, asked) is { Draft.SentAt: null } open)
        {
            var saved = await save.Save(conversation, open, http, db);
            // All that was typed is kept as it is; a file that was not taken is not, and they have to know.
            if (saved is { Open: { } now, IsRefused: true }) return await screen.Page((await screen.Find(id, http.User))!, now, saved.Pressed);
            conversation = (await screen.Find(id, http.User))!;
        }
        // Pressed twice: the one that was just begun, and not another.
        var begun = await db.Drafts.AsNoTracking()
            .FirstOrDefaultAsync(d => d.Conversation == conversation.Id && d.By == conversation.By && d.Form == found.Form.Id && d.SentAt == null && d.Revision == 0)
            ?? await fill.Begin(found, parts, RandomNumberGenerator.GetBytes(32), Pressed.Read(language), conversation.Channel, conversation.By, conversation.Id,
                KnownParticulars.Read(conversation.Known).For(found.Form, fill.Today), joined?.Given);
        return Results.LocalRedirect($"{address}/forms/{begun.Key}#Questions");
    }

    private static async Task<IResult> Show(string id, string draft, string? other, string? lang, string? words, ConversationScreen screen, ClaimsPrincipal visitor)
    {
        if (await screen.Find(id, visitor) is not { } conversation || await screen.Form(conversation, draft) is not { } open) return Results.NotFound();
        if (!conversation.IsOpen || open.Draft.SentAt is not null) return Results.LocalRedirect(ConversationView.AddressOf(conversation.Id));
        return await screen.Page(conversation, open, new Pressed { Words = words?.Length <= 200 ? words : null }.Asked(other, lang));
    }

    private static async Task<IResult> Save(string id, string draft, string? other, string? lang, HttpContext http, ConversationScreen screen, ConcentricDb db, SavePages save)
    {
        if (await screen.Find(id, http.User) is not { } conversation || await screen.Form(conversation, draft) is not { } open) return Results.NotFound();
        var address = ConversationView.AddressOf(conversation.Id);
        if (!conversation.IsOpen || open.Draft.SentAt is not null) return Results.LocalRedirect(address);
        var way = new Pressed().Asked(other, lang);
        var saved = await save.Save(conversation, open, http, db, way.Language);
        if (saved.Open is not { } now) return Results.LocalRedirect(address);
        if (saved.IsAgain) return await screen.Page((await screen.Find(id, http.User))!, now, saved.Pressed!.Asked(other, lang));
        var next = now.Journey.ToDo is { } page && saved.Pressed is null ? $"P-{page.Id}" : "Questions";
        return Results.LocalRedirect($"{address}/forms/{draft}{way.Query}#{next}");
    }

    private static async Task<IResult> Send(
        string id, string draft, string? other, string? lang, HttpContext http, ConversationScreen screen, ConcentricDb db, SavePages save, SendForm send)
    {
        if (await screen.Find(id, http.User) is not { } conversation || await screen.Form(conversation, draft) is not { } open) return Results.NotFound();
        var address = ConversationView.AddressOf(conversation.Id);
        if (!conversation.IsOpen) return Results.LocalRedirect(address);
        var way = new Pressed().Asked(other, lang);
        if (open.Draft.SentAt is null)
        {
            // What stands in the boxes is what is sent: an answer that was just corrected must not be filed as it was before.
            var saved = await save.Save(conversation, open, http, db, way.Language);
            if (saved is { Open: { } now, IsAgain: true }) return await screen.Page((await screen.Find(id, http.User))!, now, saved.Pressed!.Asked(other, lang));
        }
        // Sending again finds what was sent: a second press is shown the same reference.
        return await send.Send(open.Draft.Id) is not null ? Results.LocalRedirect(address) : Results.LocalRedirect($"{address}/forms/{draft}{way.Query}#Questions");
    }
}
