using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.DemandTypes;

/// <summary>A demand type as pages show it.</summary>
public sealed record DemandTypeView(Guid Id, string Words, Demand Demand, bool InUse)
{
    /// <summary>The kind of demand in words.</summary>
    public static string Kind(Demand demand) => demand switch
    {
        Demand.Value => "Value demand",
        Demand.Failure => "Failure demand",
        Demand.Unknown => "Not known",
        _ => "Not coded",
    };
}

public sealed record PurposeForm
{
    public string? Purpose { get; init; }

    public Errors Check() => new Errors()
        .Check("Purpose", !string.IsNullOrWhiteSpace(Purpose), "Enter what the service is there to do")
        .Check("Purpose", Purpose is null or { Length: <= 300 }, "The purpose must be 300 characters or fewer");
}

public sealed record DemandTypeForm
{
    public string? Words { get; init; }
    public string? Demand { get; init; }

    public Errors Check() => new Errors()
        .Check("Words", !string.IsNullOrWhiteSpace(Words), "Enter what people ask, in their words")
        .Check("Words", Words is null or { Length: <= 120 }, "What people ask must be 120 characters or fewer")
        .Check("Words", Words is null || Masking.Mask(Words) == Words, "Take out what tells of a person: these are the words of many")
        .Check("Demand", Demand is "value" or "failure", "Select whether the service is there to be asked this");
}

/// <summary>A service manager states what a service is for and writes, in citizens' words, what they ask of it.</summary>
internal static class WriteDemandTypes
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/services/{service}/demand", Show).For(Audience.Manage);
        pages.MapPost("/desk/services/{service}/purpose", State).For(Audience.Manage);
        pages.MapPost("/desk/services/{service}/demand", Add).For(Audience.Manage);
        pages.MapPost("/desk/services/{service}/demand/{id:guid}/use", Use).For(Audience.Manage);
    }

    private static Task<IResult> Show(string service, ConcentricDb db, IServiceNames services, CancellationToken stop) => Page(service, null, new(), new(), db, services, stop);

    private static async Task<IResult> State(string service, [FromForm] PurposeForm form, ConcentricDb db, IServiceNames services, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        if (await services.Find(service) is null) return Results.NotFound();
        var errors = form.Check();
        if (errors.Any) return await Page(service, form, new(), errors, db, services, default);
        var (by, now, text) = (visitor.Actor, clock.GetUtcNow(), form.Purpose!.Trim());
        await writer.Write(async d =>
        {
            if (await d.Purposes.FindAsync(service) is { } purpose) (purpose.Text, purpose.By, purpose.At) = (text, by, now);
            else d.Purposes.Add(new() { Service = service, Text = text, By = by, At = now });
            d.Record(new PurposeStated(service, text), by, now);
        });
        return Results.LocalRedirect($"/desk/services/{service}/demand");
    }

    private static async Task<IResult> Add(string service, [FromForm] DemandTypeForm form, ConcentricDb db, IServiceNames services, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        if (await services.Find(service) is null) return Results.NotFound();
        var errors = form.Check();
        if (errors.Any) return await Page(service, null, form, errors, db, services, default);
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        await writer.Write(d =>
        {
            var type = new DemandType
            {
                Id = Guid.CreateVersion7(now),
                Service = service,
                Words = form.Words!.Trim(),
                Demand = form.Demand == "value" ? Demand.Value : Demand.Failure,
            };
            d.DemandTypes.Add(type);
            d.Record(new DemandTypeWritten(type.Id, service, type.Demand, InUse: true, type.Words), by, now);
            return Task.CompletedTask;
        });
        return Results.LocalRedirect($"/desk/services/{service}/demand");
    }

    private static async Task<IResult> Use(string service, Guid id, [FromForm] bool inUse, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var found = await writer.Write(async db =>
        {
            if (await db.DemandTypes.SingleOrDefaultAsync(t => t.Id == id && t.Service == service) is not { } type) return false;
            type.Use(inUse);
            db.Record(new DemandTypeWritten(id, service, type.Demand, inUse, type.Words), by, now);
            return true;
        });
        return found ? Results.LocalRedirect($"/desk/services/{service}/demand") : Results.NotFound();
    }

    private static async Task<IResult> Page(string service, PurposeForm? purpose, DemandTypeForm form, Errors errors, ConcentricDb db, IServiceNames services, CancellationToken stop)
    {
        if (await services.Find(service, stop) is not { } name) return Results.NotFound();
        var types = await db.DemandTypes.AsNoTracking().Where(t => t.Service == service).OrderBy(t => t.Id).ToListAsync(stop);
        return new RazorComponentResult<DemandTypesPage>(new
        {
            Service = name,
            Purpose = purpose?.Purpose ?? (await db.Purposes.FindAsync([service], stop))?.Text,
            Types = types.Select(t => new DemandTypeView(t.Id, t.Words, t.Demand, t.InUse)).ToList(),
            Form = form,
            Errors = errors,
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
