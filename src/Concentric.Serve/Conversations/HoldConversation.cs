using System.Security.Claims;
using System.Security.Cryptography;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Calls;
using Concentric.Serve.Citizens;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Conversations;

/// <summary>An adviser begins a conversation in one press, by where they talk, and sees it.</summary>
internal static class HoldConversation
{
    /// <summary>The channels on which an adviser talks with somebody.</summary>
    private static readonly string[] Talked = ["phone", "face-to-face", "web-chat", "email", "post", "social-media", "text-message"];

    public static IEnumerable<Channels.Channel> TalkedBy => Channels.All.Where(c => Talked.Contains(c.Name)).OrderBy(c => Array.IndexOf(Talked, c.Name));

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/desk/conversations", Begin).For(Audience.Desk);
        pages.MapGet("/desk/conversations/{id}", Show).For(Audience.Desk);
    }

    /// <summary>The visitor's conversations that have not ended, for their desk.</summary>
    public static async Task<IReadOnlyList<OpenConversation>> OpenOf(ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var by = visitor.Actor;
        return [.. (await db.Conversations.AsNoTracking().Where(c => c.By == by && c.EndedAt == null).OrderByDescending(c => c.StartedAt).Take(5).ToListAsync(stop)).Select(Shown)];
    }

    public static OpenConversation Shown(Conversation conversation) =>
        new(ConversationView.AddressOf(conversation.Id), Channels.Find(conversation.Channel)?.Label ?? conversation.Channel, conversation.StartedAt);

    /// <param name="citizen">Id of the person, where they were found first: what they told us is offered to each form.</param>
    /// <param name="form">Short name of a form to begin with.</param>
    /// <param name="call">The phone call that it is, by the phone system's name of it.</param>
    private static async Task<IResult> Begin(
        [FromForm] string? channel, [FromForm] string? citizen, [FromForm(Name = "_form")] string? form, [FromForm] string? call, KnowCitizen citizens, FormsToFill forms, FillDraft fill, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        if (channel is null || !Talked.Contains(channel)) return Results.BadRequest();
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var conversation = new Conversation { Id = id, Channel = channel, By = visitor.Actor, StartedAt = now, Call = channel == "phone" ? SeeCall.NameOf(call) : null };
        if (Guid.TryParse(citizen, out var person)) await citizens.Meet(conversation, person);
        await writer.Write(async db =>
        {
            db.Add(conversation);
            if (conversation.Call is { } name) await KeepCall.Took(db, name, id, visitor.Actor, now);
            if (conversation.CitizenId is { } met) await Looks.Record(db, met, await Sight.Of(db, visitor), visitor, now);
        });
        var address = ConversationView.AddressOf(id);
        if (form is null || await forms.Find(form) is not var (found, joined, parts)) return Results.LocalRedirect(address);
        var begun = await fill.Begin(found, parts, RandomNumberGenerator.GetBytes(32), Language.English, channel, visitor.Actor, id, KnownParticulars.Read(conversation.Known).For(found.Form, fill.Today), joined?.Given);
        return Results.LocalRedirect($"{address}/forms/{begun.Key}#Questions");
    }

    private static async Task<IResult> Show(string id, string? words, ConversationScreen screen, ClaimsPrincipal visitor) =>
        await screen.Find(id, visitor) is { } conversation ? await screen.Page(conversation, null, new() { Words = words?.Length <= 200 ? words : null }) : Results.NotFound();
}

/// <summary>A conversation that has not ended, on its adviser's desk.</summary>
public sealed record OpenConversation(string Address, string Channel, DateTimeOffset StartedAt);
