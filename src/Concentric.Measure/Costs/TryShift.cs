using System.Globalization;
using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Costs;

/// <summary>A service that the figures of a shift can be taken from.</summary>
public sealed record ShiftSource(string Key, string Label);

/// <summary>Somebody tries what it would save if calls moved to the web. All figures are in the address, so that the page can be given to others.</summary>
internal static class TryShift
{
    private static readonly (string Name, string Label, decimal Most, decimal Unit)[] Ranges =
        [("Volume", "Contacts that move", 100_000_000, 1), ("Phone", "Cost of a call", 1_000_000, 1), ("Web", "Cost on the web", 1_000_000, 1), ("Fails", "Share that fails on the web", 100, 100), ("OneOff", "One-off cost", 1_000_000_000, 1)];

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/measure/costs/shift", Show).For(Audience.Measure);

    private static async Task<IResult> Show(HttpRequest request, string? service, ConcentricDb db, Settings settings, Scopes scopes, IServiceNames names, Disclosed disclosed, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var boxes = LocalCostForm.Boxes(request.Query);
        var costs = await LocalCosts.Load(db, settings.Council, stop);
        var sources = new List<ShiftSource>();
        foreach (var key in costs.Entries.Where(e => e.Channel == "phone" && costs.Of(e.Service, "web") is not null).Select(e => e.Service))
            if (await SeeServiceCosts.Find(key, disclosed.Dimensions, names, stop) is { } found) sources.Add(new(key, found.Label));
        sources.Sort((a, b) => string.CompareOrdinal(a.Label, b.Label));

        string? taken = null;
        if (!boxes.ContainsKey("PhoneMode") && sources.Find(s => s.Key == service) is { } source && await scopes.Find(null, null, stop) is { } scope)
            taken = Take(await ServiceCosts.Of(scope, (await SeeServiceCosts.Find(source.Key, disclosed.Dimensions, names, stop))!, costs, disclosed.For(visitor), stop), scope, boxes);

        var errors = new Errors();
        ChannelShift? shift = null;
        ulong seed = 1;
        if (boxes.ContainsKey("run")) (shift, seed) = Read(boxes, errors);
        boxes.TryAdd("seed", "1");
        return new RazorComponentResult<ShiftPage>(new
        {
            Boxes = boxes,
            Errors = errors,
            Sources = sources,
            Taken = taken,
            Shift = shift,
            Result = shift?.Simulate(seed),
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private static (ChannelShift? Shift, ulong Seed) Read(Dictionary<string, string> boxes, Errors errors)
    {
        var read = Ranges.Select(r => LocalCostForm.Range(boxes, r.Name, r.Label, 0, r.Most, errors) is { } range
            ? new Pert((double)(range.Low / r.Unit), (double)(range.Mode / r.Unit), (double)(range.High / r.Unit)) : (Pert?)null).ToList();
        errors.Check("seed", ulong.TryParse(boxes.GetValueOrDefault("seed", "1"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed), "Seed must be a whole number");
        return errors.Any ? (null, 0) : (new(read[0]!.Value, read[1]!.Value, read[2]!.Value, read[3]!.Value, read[4]!.Value), seed);
    }

    // The service's own figures into the boxes that are still empty.
    private static string Take(ServiceCost cost, Scope scope, Dictionary<string, string> boxes)
    {
        void Fill(string name, Pert? range, int decimals)
        {
            if (range is not { } r) return;
            foreach (var (end, value) in new[] { ("Low", r.Low), ("Mode", r.Mode), ("High", r.High) }) boxes.TryAdd(name + end, LocalCostForm.Plain(decimal.Round((decimal)value, decimals)));
        }
        var calls = cost.Of("phone")!;
        // The boxes are of a year, whatever the period is.
        var contacts = calls.Contacts.Estimate * 365.0 / (scope.Period.Through.DayNumber - scope.Period.From.DayNumber + 1);
        Fill("Phone", calls.PerContact, 3);
        Fill("Web", cost.Of("web")!.PerContact, 3);
        if (cost.Of("web")!.Fails is { } fails) Fill("Fails", new(100 * fails.Low, 100 * fails.Mode, 100 * fails.High), 1);
        Fill("Volume", new(Math.Round(0.1 * contacts), Math.Round(0.2 * contacts), Math.Round(0.3 * contacts)), 0);
        return $"Taken from {cost.Service.Label}: its local costs, its share that fails on the web, and as contacts that move a tenth, a fifth and three tenths of its {calls.Contacts} calls from {scope.InWords}, as of a year. Change what you hold otherwise, and enter what the change costs once.";
    }
}
