using System.Text.Json;

namespace Concentric.Serve.Forms.Building;

/// <summary>What became of one example in a version of its form.</summary>
/// <param name="EndsAt"><c>check</c>, the page that stops the form, or the page on which the answers are not enough.</param>
/// <param name="Why">Why it does not lead to the end that it must; null where it does.</param>
internal sealed record ExampleRun(FormExample Example, string EndsAt, string? Why)
{
    public bool Passes => Why is null;
}

/// <summary>Leads examples through a form again: whatever is changed, each must come to the end that was kept with it.</summary>
internal static class RunExamples
{
    public static IReadOnlyList<ExampleRun> Of(Form form, IEnumerable<FormExample> examples) => [.. examples.Select(e => Of(form, e))];

    public static ExampleRun Of(Form form, FormExample example)
    {
        if (Read(form, example.Answers) is not { } answers) return new(example, "", "Its answers cannot be read in this form any more.");
        // The day on which it was kept, so that “today” in a condition is the same each time.
        var journey = Journey.Of(form, answers, Core.Say.DayOf(example.At));
        var end = EndOf(journey);
        if (end == example.EndsAt) return new(example, end, null);
        var problem = journey.ToDo?.Problems.Select(p => p.Message.En).FirstOrDefault();
        return new(example, end, $"It must end at “{example.EndsAt}” and comes to “{end}”{(problem is null ? "" : $": {problem}")}.");
    }

    /// <summary>Where these answers lead: the end, the page that stops the form, or the page where they are not enough.</summary>
    public static string EndOf(Journey journey) => journey.StoppedAt?.Id ?? journey.ToDo?.Id ?? Jump.Check;

    /// <summary>Whether it is an end that an example can be kept for, and not a page on the way.</summary>
    public static bool IsEnd(Journey journey) => journey.ToDo is null && journey.Path.Count > 0;

    /// <summary>Answers as JSON: as they are kept, or simply values by question. With values alone every page counts as continued from. Null where it is neither.</summary>
    public static Answers? Read(Form form, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 16 });
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
            if (document.RootElement.TryGetProperty("values", out _) && document.RootElement.TryGetProperty("done", out _)) return Answers.Read(form, json);
            return Answers.Read(form, $$"""{"values":{{json}},"done":[]}""") with { Done = [.. form.Pages.Select(p => p.Id)] };
        }
        // What was typed is anything: of the wrong kind, of the wrong shape, or a number too large.
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
