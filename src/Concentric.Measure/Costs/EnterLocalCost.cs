using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.Costs;

/// <summary>A service enters what a contact costs it by one channel, or takes it back.</summary>
internal static class EnterLocalCost
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/measure/costs/local", Show).For(Audience.Measure);
        pages.MapPost("/measure/costs/local", Keep).For(Audience.Measure);
        pages.MapPost("/measure/costs/local/withdrawn", Withdraw).For(Audience.Measure);
    }

    /// <summary>Address of the page of a service's costs.</summary>
    internal static string Home(string service) => $"/measure/costs/services/{Uri.EscapeDataString(service)}";

    private static async Task<IResult> Show(string? service, string? channel, bool? measured, ConcentricDb db, Settings settings, Scopes scopes, Disclosed disclosed, ClaimsPrincipal visitor, CancellationToken stop)
    {
        // An address cut short: the services to choose from stand on the page above.
        if (service is null) return Results.LocalRedirect("/measure/costs/services");
        if (channel is null) return Results.LocalRedirect(Home(service));
        if (disclosed.Dimensions.Service(service) is not { } found || CostWords.Channels.All(c => c.Name != channel)) return Results.NotFound();
        var entry = await db.LocalCosts.AsNoTracking().SingleOrDefaultAsync(c => c.Council == settings.Council && c.Service == service && c.Channel == channel && c.EndedAt == null, stop);
        var boxes = entry is null ? [] : LocalCostForm.Boxes(entry.Cost);
        boxes["PriceYear"] = entry?.PriceYear?.ToString(CultureInfo.InvariantCulture) ?? "";
        boxes["Note"] = entry?.Note ?? "";
        var said = measured == true ? await Measured(boxes, found, channel, scopes, disclosed.For(visitor), stop) : null;
        return Page(found, channel, boxes, new(), entry is not null, said);
    }

    private static async Task<IResult> Keep(HttpRequest request, Settings settings, Disclosed disclosed, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var boxes = LocalCostForm.Boxes(await request.ReadFormAsync());
        var (service, channel) = (boxes.GetValueOrDefault("service", ""), boxes.GetValueOrDefault("channel", ""));
        if (disclosed.Dimensions.Service(service) is not { } found || CostWords.Channels.All(c => c.Name != channel)) return Results.NotFound();
        var now = clock.GetUtcNow();
        var errors = new Errors();
        var cost = LocalCostForm.Read(boxes, errors);
        var text = boxes.GetValueOrDefault("PriceYear")?.Trim();
        int? year = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        errors.Check("PriceYear", string.IsNullOrEmpty(text) || year is >= 1990 && year <= now.Year + 1, $"Price year must be a year from 1990 to {now.Year + 1}");
        if (cost is null || errors.Any) return Page(found, channel, boxes, errors, boxes.ContainsKey("isThere"), null);

        var (id, by) = (Guid.CreateVersion7(now), visitor.Actor);
        var note = boxes.GetValueOrDefault("Note") is { } words && !string.IsNullOrWhiteSpace(words) ? words.Trim() : null;
        await writer.Write(db => Put(db, new() { Id = id, Council = settings.Council, Service = service, Channel = channel, Inputs = JsonSerializer.Serialize(cost), PriceYear = year, Note = note, By = by, EnteredAt = now }));
        return Results.LocalRedirect(Home(service));
    }

    /// <summary>Puts a local cost in force and ends the one before, with its fact.</summary>
    internal static async Task Put(ConcentricDb db, LocalCostEntry entry)
    {
        foreach (var old in await db.LocalCosts.Where(c => c.Council == entry.Council && c.Service == entry.Service && c.Channel == entry.Channel && c.EndedAt == null).ToListAsync()) old.End(entry.EnteredAt);
        db.LocalCosts.Add(entry);
        static decimal Tenths(double pounds) => decimal.Round((decimal)pounds, 3);
        var range = entry.Cost.PerContact;
        db.Record(new LocalCostEntered(entry.Id, entry.Council, entry.Service, entry.Channel, Tenths(range.Low), Tenths(range.Mode), Tenths(range.High)), entry.By, entry.EnteredAt);
    }

    private static async Task<IResult> Withdraw(HttpRequest request, Settings settings, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var boxes = LocalCostForm.Boxes(await request.ReadFormAsync());
        var (service, channel) = (boxes.GetValueOrDefault("service", ""), boxes.GetValueOrDefault("channel", ""));
        var (now, by) = (clock.GetUtcNow(), visitor.Actor);
        var found = await writer.Write(async db =>
        {
            if (await db.LocalCosts.SingleOrDefaultAsync(c => c.Council == settings.Council && c.Service == service && c.Channel == channel && c.EndedAt == null) is not { } entry) return false;
            entry.End(now);
            db.Record(new LocalCostWithdrawn(entry.Id, entry.Council, service, channel), by, now);
            return true;
        });
        return found ? Results.LocalRedirect(Home(service)) : Results.NotFound();
    }

    // The measured mean into the middle box; how far it can be off is for the service to say.
    private static async Task<string> Measured(Dictionary<string, string> boxes, ServiceCode service, string channel, Scopes scopes, VisibleContacts contacts, CancellationToken stop)
    {
        var scope = await scopes.Find(null, null, stop);
        if (scope is null) return "No contacts have been counted.";
        var query = scope.Query.With(Dimension.Service, service.Code).With(Dimension.Channel, Channels.Find(channel)!.Code).Counting(CountedMeasure.MeanSeconds, CountedMeasure.SecondsCount);
        var result = await contacts.Query(query, stop);
        var n = result.Shown(0, CountedMeasure.SecondsCount);
        if (result.Value(0, CountedMeasure.MeanSeconds) is not { } seconds) return $"No handling time to take: n = {n} contacts from {scope.InWords} state one.";
        var minutes = decimal.Round((decimal)seconds / 60, 2);
        boxes["MinutesMode"] = LocalCostForm.Plain(minutes);
        foreach (var end in (string[])["MinutesLow", "MinutesHigh"])
            if (!decimal.TryParse(boxes.GetValueOrDefault(end), CultureInfo.InvariantCulture, out var old) || (end == "MinutesLow" ? old > minutes : old < minutes)) boxes[end] = LocalCostForm.Plain(minutes);
        return $"The most likely is the measured mean, {minutes:0.00} minutes, n = {n} contacts from {scope.InWords} that state their handling time{(contacts.IsExact ? "" : ", rounded")}. Say with low and high how far the coming year may be off.";
    }

    private static RazorComponentResult<LocalCostPage> Page(ServiceCode service, string channel, Dictionary<string, string> boxes, Errors errors, bool isThere, string? said) =>
        new(new { Service = service, Channel = channel, Boxes = boxes, Errors = errors, IsThere = isThere, Measured = said })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
