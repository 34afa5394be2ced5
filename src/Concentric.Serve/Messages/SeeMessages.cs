using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Concentric.Serve.Messages;

/// <summary>A message as the page of those that failed shows it: not its text, which is between the citizen and the form.</summary>
public sealed record FailedMessage(Guid Id, string About, string To, DateTimeOffset At, int Attempts, string Error, bool CanTryAgain);

/// <summary>How many failed for one kind of reason.</summary>
public sealed record FailedKind(DoorFault Fault, string Title, string Help, int Count);

/// <summary>A door that is closed.</summary>
public sealed record ClosedDoor(string Name, string Why, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>A message as the page of development shows it.</summary>
public sealed record DevMessage(MessageChannel Channel, string To, string Subject, string? Body, string Lang, DateTimeOffset At, string Stands);

/// <summary>Messages that could not be sent, for whoever runs the service; and in development, what would have been sent.</summary>
internal static class SeeMessages
{
    private const int Most = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/messages", Show).For(Audience.Manage);
        pages.MapPost("/desk/messages/{id:guid}", TryAgain).For(Audience.Manage);
        pages.MapGet("/desk/messages/again", AskAll).For(Audience.Manage);
        pages.MapPost("/desk/messages/again", TryAll).For(Audience.Manage);
        pages.MapGet("/dev/messages", ShowAll).ForEverybody();
    }

    private static async Task<IResult> Show(string? kind, ConcentricDb db, Doorways doors, CancellationToken stop)
    {
        DoorFault? only = Kind(kind);
        var counts = await db.Messages.Failed().GroupBy(m => m.Fault).Select(g => new { Fault = g.Key, Count = g.Count() }).ToListAsync(stop);
        var failed = await db.Messages.AsNoTracking().Failed().Where(m => only == null || m.Fault == only).OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(Most).ToListAsync(stop);
        var waiting = await db.Messages.Where(m => m.NextAt != null).GroupBy(m => m.Channel).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        return new RazorComponentResult<MessagesPage>(new
        {
            Failed = failed.ConvertAll(m => new FailedMessage(m.Id, m.Subject, m.To, m.At, m.Attempts, m.Error ?? "Not known", m.Body is not null)),
            Kinds = counts.OrderByDescending(c => c.Count).Select(c => new FailedKind(c.Fault!.Value, DeliveryWords.Of(c.Fault.Value), DeliveryWords.Help(c.Fault.Value), c.Count)).ToList(),
            Only = only,
            Waiting = waiting,
            Closed = doors.All.Where(d => d.ClosedUntil is not null).Select(d => new ClosedDoor(d.Door.Name, d.Why!.Error!, d.ClosedSince!.Value, d.ClosedUntil!.Value)).ToList(),
            HasEmail = doors.Take(MessageChannel.Email),
            HasText = doors.Take(MessageChannel.Text),
        });
    }

    private static async Task<IResult> TryAgain(Guid id, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        await SendAgain.One(writer, id, visitor.Actor, clock.GetUtcNow());
        return Results.LocalRedirect("/desk/messages");
    }

    private static async Task<IResult> AskAll(string? kind, ConcentricDb db, CancellationToken stop) => Kind(kind) is { } fault
        ? new RazorComponentResult<SendAllPage>(new { Fault = fault, Count = await db.Messages.CanBeSent().CountAsync(m => m.Fault == fault, stop), Lost = await db.Messages.Failed().CountAsync(m => m.Fault == fault && m.Body == null, stop) })
        : Results.NotFound();

    private static async Task<IResult> TryAll([FromForm] string? kind, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        if (Kind(kind) is not { } fault) return Results.NotFound();
        await SendAgain.All(writer, fault, visitor.Actor, clock.GetUtcNow());
        return Results.LocalRedirect("/desk/messages");
    }

    private static async Task<IResult> ShowAll(ConcentricDb db, IHostEnvironment environment, CancellationToken stop)
    {
        // As with the sign-in of the demo people: elsewhere there is no such page.
        if (!environment.IsDevelopment()) return Results.NotFound();
        var all = await db.Messages.AsNoTracking().OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(Most).ToListAsync(stop);
        return new RazorComponentResult<DevMessagesPage>(new
        {
            Messages = all.Select(m => new DevMessage(m.Channel, m.To, m.Subject, m.Body, m.Language == Forms.Language.Welsh ? "cy" : "en", m.At, DeliveryWords.Of(m))).ToList(),
        });
    }

    private static DoorFault? Kind(string? name) => Enum.TryParse<DoorFault>(name, out var fault) && Enum.IsDefined(fault) && fault.ToString() == name ? fault : null;
}
