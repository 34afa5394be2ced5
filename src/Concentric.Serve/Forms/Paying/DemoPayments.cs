using System.Collections.Concurrent;
using System.Security.Cryptography;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Concentric.Serve.Forms;

/// <summary>Plays the payment provider in development, on a page of its own. What it knows is gone when the program stops.</summary>
internal sealed class DemoPayments : IPaymentDoor
{
    private readonly ConcurrentDictionary<string, Demo> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _idByKey = new(StringComparer.Ordinal);

    public string Name => "demo";
    public string? FormsTo => null;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/dev/pay/{payment}", Show).ForEverybody();
        pages.MapPost("/dev/pay/{payment}", Play).ForEverybody();
    }

    public Task<PaymentAnswer> Create(PaymentWanted wanted, CancellationToken stop = default)
    {
        var id = _idByKey.GetOrAdd(wanted.Key, _ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        _byId.TryAdd(id, new(wanted, ProviderState.Created));
        return Find(id, stop);
    }

    public Task<PaymentAnswer> Find(string id, CancellationToken stop = default) => Task.FromResult(_byId.TryGetValue(id, out var known)
        ? new PaymentAnswer(new(id, known.Wanted.AmountPence, known.Wanted.Reference, known.State, known.State == ProviderState.Created ? $"/dev/pay/{id}" : null))
        : PaymentAnswer.Of(PaymentFault.Unknown));

    // As with the sign-in of the demo people: outside development there is no such page.
    private static IResult Show(string payment, DemoPayments demo, IHostEnvironment environment) =>
        environment.IsDevelopment() && demo._byId.TryGetValue(payment, out var known)
            ? new RazorComponentResult<DemoPaymentPage>(new
            {
                Amount = new Core.Money(known.Wanted.AmountPence).ToString(), known.Wanted.Description, known.Wanted.Reference, Id = payment, known.Wanted.Language,
            })
            : Results.NotFound();

    private static IResult Play(string payment, [FromForm] string? outcome, DemoPayments demo, IHostEnvironment environment)
    {
        if (!environment.IsDevelopment() || !demo._byId.TryGetValue(payment, out var known)) return Results.NotFound();
        var state = outcome switch { "paid" => ProviderState.Success, "cancelled" => ProviderState.Cancelled, _ => ProviderState.Failed };
        demo._byId.TryUpdate(payment, known with { State = state }, known with { State = ProviderState.Created });
        // Its own address of return, made by this program: only the path is used, so that it leads nowhere else.
        return Results.LocalRedirect(new Uri(known.Wanted.ReturnTo).PathAndQuery);
    }

    private sealed record Demo(PaymentWanted Wanted, ProviderState State);
}
