using System.CommandLine;
using System.Text.Json;
using Concentric.Core;
using Concentric.Needs.Concepts;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Needs.Circles;

/// <summary><c>needs circle SLUG [--json]</c>: the third door to a circle, beside the page and the API.</summary>
internal static class CircleCommand
{
    public static void Add(CommandLine line)
    {
        var slug = new Argument<string>("SLUG") { Description = "The life event, as it stands in the address of its page: lost-my-job." };
        var json = new Option<bool>("--json") { Description = "Print the circle as JSON, as /api/v1/life-events/{slug}/circle gives it." };
        var show = new Command("circle", "Show the circle of need of a life event: its needs, the services that meet them, and why.") { slug, json };
        show.SetAction(async (parse, stop) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var model = await line.Services.GetRequiredService<ModelCache>().Current(stop);
            if (Circle.Of(model, parse.GetRequiredValue(slug)) is not { } circle)
            {
                var known = string.Join(", ", model.InUse(ConceptType.LifeEvent).Select(c => c.Identifier));
                await parse.InvocationConfiguration.Error.WriteLineAsync($"There is no life event “{parse.GetRequiredValue(slug)}”. There are: {known}.");
                return 1;
            }
            if (parse.GetValue(json)) await output.WriteLineAsync(JsonSerializer.Serialize(circle, Printed.Json));
            else await Print(circle, output);
            return 0;
        });
        line.Group("needs", "The need model: life events, needs and the services that meet them").Subcommands.Add(show);
    }

    internal static async Task Print(Circle circle, TextWriter output)
    {
        await output.WriteLineAsync(circle.Label);
        if (circle.Direct.Count > 0) await output.WriteLineAsync("  For this situation");
        foreach (var service in circle.Direct) await Line(service);
        foreach (var need in circle.Needs)
        {
            await output.WriteLineAsync($"  {need.Label} ({Word(need.Strength)})");
            foreach (var service in need.Services) await Line(service);
        }

        Task Line(CircleService service) => output.WriteLineAsync($"    {service.Id,5} {service.Label} ({Word(service.Strength)}): {service.Reason}");
    }

    private static string Word(Confidence strength) => strength switch { Confidence.High => "high", Confidence.Medium => "medium", _ => "low" };
}
