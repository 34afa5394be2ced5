using System.Text.Json.Nodes;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Building;

namespace Concentric.Tests.Serve.Forms;

/// <summary>A form that somebody typed as JSON or sent as a file: whatever it holds, it is a form that can be shown, or refused in words.</summary>
[Trait("Database", "none")]
public sealed class BuildingReadTests
{
    private static FormPage Page(string id, params FormItem[] items) => new() { Id = id, Title = "A", Items = items };

    private static Question Asked(string id) => new() { Id = id, Kind = QuestionKind.Text, Title = "Q" };

    private static Form Of(params FormPage[] pages) =>
        new() { Id = "nests", Title = "Report a nest", Service = "524", Interaction = "0", Team = "Pests", PromiseDays = 2, Process = "nest", Pages = pages };

    [Theory]
    [InlineData("{", "not a form, line 1")]
    [InlineData("[]", "not a form")]
    [InlineData("null", "not a form")]
    [InlineData("{\"pages\": null}", "null")]
    [InlineData("""{"id":"a","title":"T","service":"1","interaction":"0","team":"x","promiseDays":1,"process":"p","pages":[],"lists":[{"id":"l"}]}""", "list")]
    [InlineData("""{"id":"a","title":"T","service":"1","interaction":"0","team":"x","promiseDays":1,"process":"p","pages":[],"isAdmin":true}""", "not a form")]
    public void What_is_no_form_is_refused_in_words(string json, string words) =>
        Assert.Contains(words, ReadForm.Of(json).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("data", """{"lawfulBasis":"consent","retentionMonths":1,"privacy":"x"}""")]
    [InlineData("welsh", """{"on":"2026-01-01"}""")]
    [InlineData("sections", """[{"id":"s"}]""")]
    [InlineData("lists", """[{"items":[]}]""")]
    [InlineData("lists", """[{"id":"l","items":[{"value":"a"}]}]""")]
    [InlineData("calculations", """[{"id":"c"}]""")]
    [InlineData("lookups", """[{"id":"l","by":{}}]""")]
    [InlineData("lookups", """[{"id":"l","table":"t","by":{"a":null}}]""")]
    [InlineData("payment", """{"amount":"1"}""")]
    [InlineData("pages", """[null]""")]
    [InlineData("pages", """[{"id":"a","next":[{"if":"true"}]}]""")]
    [InlineData("pages", """[{"id":"a","next":[{"page":null}]}]""")]
    [InlineData("pages", """[{"id":"a","items":[{"kind":"guidance-text"}]}]""")]
    [InlineData("pages", """[{"id":"a","items":[{"kind":null}]}]""")]
    [InlineData("pages", """[{"id":"a","items":[{"kind":"text","id":"q"}]}]""")]
    [InlineData("pages", """[{"id":"a","items":[{"kind":"text","id":"q","title":{"en":5}}]}]""")]
    [InlineData("pages", """[{"id":"a","items":[{"kind":"text","id":"q","title":"\ud800"}]}]""")]
    [InlineData("pages", """[{"id":"a","items":[{"kind":"text","id":"q","title":"Q","rules":[{"holds":"true"}]}]}]""")]
    [InlineData("pages", """[{"id":"a","items":[{"kind":"text","id":"q","title":"Q","say":{"counter":"x"}}]}]""")]
    [InlineData("pages", """[{"id":"a","items":[{"kind":"text","id":"q","title":"Q","messages":{"missing":null}}]}]""")]
    [InlineData("pages", """[{"id":"a","items":[{"kind":"radios","id":"q","title":"Q","choices":[{"text":"A"}]}]}]""")]
    public void A_form_with_a_gap_is_refused(string part, string json)
    {
        var form = JsonNode.Parse(Of(Page("a")).Write())!;
        Assert.Null(ReadForm.Of(form.ToJsonString()).Problem);
        form[part] = JsonNode.Parse("0");

        Assert.NotNull(ReadForm.Of(form.ToJsonString().Replace($"\"{part}\":0", $"\"{part}\":{json}", StringComparison.Ordinal)).Problem);
    }

    [Fact]
    public void A_form_that_is_too_large_is_refused()
    {
        Assert.Contains("characters", ReadForm.Of(new string(' ', 2_000_001)).Problem, StringComparison.Ordinal);
        Assert.Contains("300 pages", ReadForm.Of(Of([.. Enumerable.Range(0, 301).Select(n => Page($"p{n}"))]).Write()).Problem, StringComparison.Ordinal);
        Assert.Contains("1000 questions", ReadForm.Of(Of(Page("a", [.. Enumerable.Range(0, 1001).Select(n => Asked($"q{n}"))])).Write()).Problem, StringComparison.Ordinal);
    }
}
