using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Operations;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Needs.Anticipation;

/// <summary><c>needs evaluate</c>: how good anticipation is on contacts that it has not learnt from.</summary>
internal static class EvaluateCommand
{
    private const string Nothing = "There are no contacts of known persons to learn from.";

    /// <summary>While the program serves it alone has the contact store open, so the command asks it.</summary>
    public static void Map(IEndpointRouteBuilder local) => local.MapPost("/needs/evaluate", Answer).For(Audience.LocalSocket);

    private static async Task<Results<JsonHttpResult<Evaluation>, NotFound>> Answer(DateOnly? until, Learning learning, CancellationToken stop) =>
        await learning.Evaluate(until, stop) is { } found ? TypedResults.Json(found, JsonOption.Format) : TypedResults.NotFound();

    public static void Add(CommandLine line)
    {
        var until = new Option<DateOnly?>("--until") { Description = "Learn from contacts before this day and try those from it on, as 2026-03-02. Without it: two thirds of the period.", CustomParser = Date };
        var json = JsonOption.Make();
        var command = new Command("evaluate", "How good anticipation is on persons and days that it has not learnt from, beside popularity and rules alone.") { until, json };
        command.SetAction(async (parse, stop) =>
        {
            var found = await Ask(line, parse.GetValue(until), stop) ?? throw new RefusedException(Nothing);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json)) await output.WriteLineAsync(JsonSerializer.Serialize(found, JsonOption.Format));
            else await output.WriteAsync(EvaluationText.Of(found));
        });
        line.Group("needs", "The need model: life events, needs and the services that meet them").Subcommands.Add(command);
    }

    private static async Task<Evaluation?> Ask(CommandLine line, DateOnly? until, CancellationToken stop)
    {
        using var running = await LocalProgram.Find(line.Services.GetRequiredService<Settings>(), stop);
        if (running is null)
        {
            await MigrateCommand.Run(line.Services, stop);
            return await line.Services.GetRequiredService<Learning>().Evaluate(until, stop);
        }
        using var answer = await running.PostAsync($"/local/needs/evaluate{(until is { } day ? $"?until={day:yyyy-MM-dd}" : "")}", null, stop);
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound) return null;
        if (!answer.IsSuccessStatusCode) throw new RefusedException($"The running program answered {(int)answer.StatusCode}. Its log says more.");
        return await answer.Content.ReadFromJsonAsync<Evaluation>(JsonOption.Format, stop);
    }

    private static DateOnly? Date(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        result.AddError($"“{text}” is no date. Write it as 2026-03-02.");
        return null;
    }
}
