using System.CommandLine;
using System.Text.Json;
using Concentric.Core;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Needs.Circles;

/// <summary><c>needs circle [SLUG] [--circumstance A,B] [--need X] [--service N] [--json]</c>: the third door to a circle, beside the page and the API.</summary>
internal static class CircleCommand
{
    public static void Add(CommandLine line)
    {
        var slug = new Argument<string?>("SLUG") { Description = "The life event, as it stands in the address of its page: lost-my-job.", Arity = ArgumentArity.ZeroOrOne };
        var circumstance = new Option<string?>("--circumstance") { Description = "Instead of a life event: circumstances that hold together, with commas between." };
        var need = new Option<string?>("--need") { Description = "Instead of a life event: a need, as it stands in the address of its page." };
        var service = new Option<string?>("--service") { Description = "Instead of a life event: a service by its number in the Services list." };
        var json = new Option<bool>("--json") { Description = "Print JSON: of a life event as /api/v1/life-events/{slug}/circle gives it, else as /api/v1/circles does." };
        var show = new Command("circle", "Show the circle of need of a life event, a mix of circumstances, a need or a service, and why.") { slug, circumstance, need, service, json };
        show.SetAction(async (parse, stop) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var model = await line.Services.GetRequiredService<ModelCache>().Current(stop);
            var own = WhoProvides.Own(line.Services.GetRequiredService<Settings>());
            string?[] named = [parse.GetValue(slug), parse.GetValue(circumstance), parse.GetValue(need), parse.GetValue(service)];
            if (named.Count(n => n is not null) != 1)
            {
                await error.WriteLineAsync("Name one of: a life event, --circumstance, --need, --service.");
                return 1;
            }
            if (named[0] is { } lifeEvent) return await LifeEvent(model, lifeEvent, own, parse.GetValue(json), output, error);
            if (OtherCircles.Any(model, null, named[1]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [], named[2], named[3], own) is not { } rings)
            {
                await error.WriteLineAsync($"The model does not know “{named[1] ?? named[2] ?? named[3]}”.");
                return 1;
            }
            if (parse.GetValue(json)) await output.WriteLineAsync(JsonSerializer.Serialize(rings, Printed.Json));
            else await Print(rings, output);
            return 0;
        });
        line.Group("needs", "The need model: life events, needs and the services that meet them").Subcommands.Add(show);
    }

    private static async Task<int> LifeEvent(NeedModel model, string slug, string own, bool json, TextWriter output, TextWriter error)
    {
        if (Circle.Of(model, slug, own) is not { } circle)
        {
            await error.WriteLineAsync($"There is no life event “{slug}”. There are: {string.Join(", ", model.InUse(ConceptType.LifeEvent).Select(c => c.Identifier))}.");
            return 1;
        }
        if (json) await output.WriteLineAsync(JsonSerializer.Serialize(circle, Printed.Json));
        else await Print(circle, output);
        return 0;
    }

    internal static Task Print(Circle circle, TextWriter output) => Print(Rings.Of(circle), output);

    internal static async Task Print(Rings rings, TextWriter output)
    {
        await output.WriteLineAsync(rings.Label);
        foreach (var part in rings.Parts)
        {
            await output.WriteLineAsync(part.Id == "direct" ? $"  {part.Label}" : $"  {part.Label} ({Word(part.Strength)}){(part.IsGap ? " - a gap" : "")}");
            foreach (var leaf in part.Outer)
                await output.WriteLineAsync($"    {leaf.Id,5} {leaf.Label} ({Word(leaf.Strength)}{Who(leaf)}): {leaf.Reason}");
        }
    }

    private static string Who(RingLeaf leaf) => leaf.Provider switch
    {
        Provider.Nobody => "; nobody offers it",
        _ when leaf.Organisations.Count > 0 => $"; {string.Join(", ", leaf.Organisations)}",
        _ => "",
    };

    private static string Word(Confidence strength) => strength switch { Confidence.High => "high", Confidence.Medium => "medium", _ => "low" };
}
