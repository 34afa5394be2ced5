using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Core.Web;
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
        return [.. (await db.Conversations.AsNoTracking().Where(c => c.By == by && c.EndedAt == null).OrderByDescending(c => c.StartedAt).Take(5).ToListAsync(stop))
            .Select(c => new OpenConversation(ConversationView.AddressOf(c.Id), Channels.Find(c.Channel)?.Label ?? c.Channel, c.StartedAt))];
    }

    private static async Task<IResult> Begin([FromForm] string? channel, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        if (channel is null || !Talked.Contains(channel)) return Results.BadRequest();
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await writer.Write(db =>
        {
            db.Add(new Conversation { Id = id, Channel = channel, By = visitor.Actor, StartedAt = now });
            return Task.CompletedTask;
        });
        return Results.LocalRedirect(ConversationView.AddressOf(id));
    }

    private static async Task<IResult> Show(string id, string? words, ConversationScreen screen, ClaimsPrincipal visitor) =>
        await screen.Find(id, visitor) is { } conversation ? await screen.Page(conversation, null, new() { Words = words?.Length <= 200 ? words : null }) : Results.NotFound();
}

/// <summary>A conversation that has not ended, on its adviser's desk.</summary>
public sealed record OpenConversation(string Address, string Channel, DateTimeOffset StartedAt);
