using Concentric.Serve.Demo;
using Concentric.Serve.Forms;

namespace Concentric.Tests.Serve.Demo;

/// <summary>What the demo's people answer leads through their forms, on whatever day the demo begins.</summary>
[Trait("Database", "none")]
public sealed class DemoFormsTests
{
    [Theory]
    [InlineData("2026-03-02")]
    [InlineData("2026-12-26")]
    [InlineData("2028-02-29")]
    public void Every_form_is_complete_and_says_nothing_that_a_sample_says(string now)
    {
        var today = DateOnly.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        var problems = new List<string>();
        foreach (var one in DemoScript.Cases)
        {
            var form = Library.Forms.Single(f => f.Id == one.Form);
            var day = today.AddDays(-one.DaysAgo);
            var journey = Journey.Of(form, DemoForms.AnswersOf(form, one, DemoScript.Citizens.Single(c => c.Key == one.Who), day), day);
            if (!journey.IsComplete) problems.Add($"{one.Who} {one.Form}: {journey.StoppedAt?.Id} {journey.ToDo?.Id} {string.Join(",", journey.ToDo?.Problems.Select(p => $"{p}") ?? [])}");
            problems.AddRange(journey.Asked.Where(a => $"{a.Value}".Contains("Sample", StringComparison.Ordinal)).Select(a => $"{one.Who} {one.Form} {a.Question.Id}: {a.Value}"));
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }
}
