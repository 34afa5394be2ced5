using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Concentric.Serve.Messages;

/// <summary>A message as the page of those that failed shows it: not its text, which is between the citizen and the form.</summary>
public sealed record FailedMessage(Guid Id, string Kind, string To, DateTimeOffset At, int Attempts, string Error, bool CanTryAgain);

/// <summary>A message as the page of development shows it.</summary>
public sealed record DevMessage(string To, string Subject, string? Body, string Lang, DateTimeOffset At, bool IsSent);

/// <summary>Messages that could not be sent, for whoever runs the service; and in development, what would have been sent.</summary>
internal static class SeeMessages
{
    private const int Most = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/messages", Show).For(Audience.Manage);
        pages.MapPost("/desk/messages/{id:guid}", TryAgain).For(Audience.Manage);
        pages.MapGet("/dev/messages", ShowAll).ForEverybody();
    }

    private static async Task<IResult> Show(ConcentricDb db, Settings settings, CancellationToken stop)
    {
        var failed = await db.Messages.AsNoTracking().Where(m => m.SentAt == null && m.NextAt == null).OrderByDescending(m => m.At).Take(Most).ToListAsync(stop);
        return new RazorComponentResult<MessagesPage>(new
        {
            Failed = failed.Select(m => new FailedMessage(m.Id, m.Kind, m.To, m.At, m.Attempts, m.Error ?? "Not known", m.Body is not null)).ToList(),
            Waiting = await db.Messages.CountAsync(m => m.NextAt != null, stop),
            HasDoor = settings.Smtp is not null,
        });
    }

    private static async Task<IResult> TryAgain(Guid id, IWriter writer, TimeProvider clock)
    {
        await Outbox.TryAgain(writer, id, clock.GetUtcNow());
        return Results.LocalRedirect("/desk/messages");
    }

    private static async Task<IResult> ShowAll(ConcentricDb db, IHostEnvironment environment, CancellationToken stop)
    {
        // As with the sign-in of the demo people: elsewhere there is no such page.
        if (!environment.IsDevelopment()) return Results.NotFound();
        var all = await db.Messages.AsNoTracking().OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(Most).ToListAsync(stop);
        return new RazorComponentResult<DevMessagesPage>(new
        {
            Messages = all.Select(m => new DevMessage(m.To, m.Subject, m.Body, m.Language == Forms.Language.Welsh ? "cy" : "en", m.At, m.SentAt is not null)).ToList(),
        });
    }
}
