using System.CommandLine;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Needs.Gaps;

/// <summary>How many findings there are of a kind, and when something is one.</summary>
public sealed record GapCount(string Kind, string Heading, string Definition, int Count);

/// <summary>A finding as programs read it.</summary>
public sealed record GapEntry
{
    public required Finding Finding { get; init; }
    public required FindingState State { get; init; }

    /// <summary>Given to somebody: until when.</summary>
    public required DateOnly? Due { get; init; }
}

/// <summary>What the model and the directory show that somebody should look at.</summary>
public sealed record GapReport
{
    /// <summary>Number of the edition of the model that this was read from.</summary>
    public required int Edition { get; init; }
    public required IReadOnlyList<GapCount> Kinds { get; init; }
    public required IReadOnlyList<GapEntry> Findings { get; init; }

    internal static GapReport Of(int edition, IReadOnlyList<FindingRow> rows) => new()
    {
        Edition = edition,
        Kinds = [.. GapWords.All.Select(w => new GapCount(w.Name, w.Heading, w.Definition, rows.Count(r => r.Kind == w.Kind && r.Finding is not null)))],
        Findings = [.. rows.Where(r => r.Finding is not null).Select(r => new GapEntry { Finding = r.Finding!, State = r.State, Due = r.State == FindingState.Given ? r.Decisions[0].Due : null })],
    };
}

/// <summary>The findings of the whole model: a page, the API and <c>needs gaps [--json]</c>.</summary>
internal static class SeeGaps
{
    public static void Map(Site site)
    {
        site.Pages.MapGet(Links.Gaps, Show).For(Audience.Design);
        site.Api.MapGet("/gaps", Get).For(Audience.ApiKey).WithName("ListGaps").WithSummary("What the need model and the directory show that somebody should look at, and how each finding stands");
    }

    public static void Add(CommandLine line)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON, as /api/v1/gaps gives it." };
        var gaps = new Command("gaps", "List what the model and the directory show that somebody should look at, as needs with no service.") { json };
        gaps.SetAction(async (parse, stop) =>
        {
            var output = parse.InvocationConfiguration.Output;
            await using var scope = line.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            var report = await Report(services.GetRequiredService<ModelCache>(), services.GetRequiredService<Settings>(), services.GetRequiredService<ConcentricDb>(), services.GetRequiredService<TimeProvider>(), stop);
            if (parse.GetValue(json)) await output.WriteLineAsync(JsonSerializer.Serialize(report, Printed.Json));
            else await Print(report, output);
            return 0;
        });
        line.Group("needs", "The need model: life events, needs and the services that meet them").Subcommands.Add(gaps);
    }

    private static async Task Print(GapReport report, TextWriter output)
    {
        await output.WriteLineAsync($"Edition {report.Edition}: {report.Findings.Count} findings");
        foreach (var kind in report.Kinds.Where(k => k.Count > 0))
        {
            await output.WriteLineAsync($"{kind.Heading}: {kind.Count}");
            foreach (var entry in report.Findings.Where(f => GapWords.Of(f.Finding.Kind).Name == kind.Kind))
                await output.WriteLineAsync($"  {entry.Finding.Id} {entry.Finding.Title} [{entry.State.ToString().ToLowerInvariant()}]: {entry.Finding.Says}");
        }
    }

    private static async Task<IResult> Show(ModelCache cache, Settings settings, ConcentricDb db, IWriter writer, TimeProvider clock, CancellationToken stop, string? kind = null, string? state = null)
    {
        var model = await cache.Current(stop);
        var rows = await FindingRows.Read(model, WhoProvides.Own(settings), db, writer, clock.GetUtcNow(), stop);
        return new RazorComponentResult<GapsPage>(new { Rows = rows, Edition = model.Edition, Kind = GapWords.Of(kind)?.Name, State = StateOf(state), Today = Say.DayOf(clock.GetUtcNow()) });
    }

    private static FindingState? StateOf(string? word) => Enum.TryParse<FindingState>(word, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null;

    private static async Task<Ok<GapReport>> Get(ModelCache cache, Settings settings, ConcentricDb db, TimeProvider clock, CancellationToken stop) =>
        TypedResults.Ok(await Report(cache, settings, db, clock, stop));

    private static async Task<GapReport> Report(ModelCache cache, Settings settings, ConcentricDb db, TimeProvider clock, CancellationToken stop)
    {
        var model = await cache.Current(stop);
        return GapReport.Of(model.Edition, await FindingRows.Read(model, WhoProvides.Own(settings), db, null, clock.GetUtcNow(), stop));
    }
}
