using System.Diagnostics;
using Concentric.Core;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Import;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Files that are no forms, or bad ones: refused in words, or read with a report, and never anything else.</summary>
[Trait("Database", "none")]
public sealed class ImportHostileTests
{
    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("hello", "is not JSON")]
    [InlineData("{\"pages\": [", "is not JSON")]
    [InlineData("null", "not an object")]
    [InlineData("[]", "not an object")]
    [InlineData("{}", "has no “pages”")]
    [InlineData("{\"pages\": {}}", "are not a list")]
    [InlineData("{\"pages\": []}", "has no pages")]
    [InlineData("{\"pages\": [1, \"a\", null]}", "neither a “path” nor “components”")]
    [InlineData("{\"pages\": [{\"path\": \"\\ud800\"}]}", "half of a character")]
    [InlineData("{\"promiseDays\": 1, \"pages\": []}", "already")]
    public void What_is_no_form_is_refused_in_words(string json, string says)
    {
        var refused = Assert.Throws<RefusedException>(() => ImportSource.Read(json));

        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("a-form.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_nested_deeply_or_very_large_is_refused_at_once()
    {
        var watch = Stopwatch.StartNew();

        Assert.Throws<RefusedException>(() => ImportSource.Read(string.Concat(Enumerable.Repeat("{\"pages\":[", 100_000))));
        Assert.Throws<RefusedException>(() => ImportSource.Read($"{{\"pages\": \"{new string('x', 20_000_000)}\"}}"));
        Assert.Throws<RefusedException>(() => ImportSource.Read($"{{\"pages\": [{string.Join(',', Enumerable.Repeat("{\"path\":\"/a\"}", 3000))}]}}"));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("\"components\": 5")]
    [InlineData("\"components\": [ null, 5, \"a\", [], {} ]")]
    [InlineData("\"components\": [ { \"type\": 5, \"name\": {}, \"title\": [], \"options\": \"x\", \"schema\": 1 } ]")]
    [InlineData("\"components\": [ { \"type\": \"RadiosField\", \"name\": \"a\", \"title\": \"A?\", \"list\": \"not-there\" } ]")]
    [InlineData("\"components\": [ { \"type\": \"RadiosField\" } ]")]
    [InlineData("\"components\": [ { \"type\": \"MultiInputField\", \"name\": \"m\" } ]")]
    [InlineData("\"components\": [ { \"type\": \"MultiInputField\", \"name\": \"m\", \"children\": [ { \"type\": \"MultiInputField\", \"name\": \"n\" } ] } ]")]
    [InlineData("\"components\": [ { \"type\": \"TextField\", \"name\": \"and\", \"title\": \"A?\" }, { \"type\": \"TextField\", \"name\": \"AND\", \"title\": \"B?\" } ]")]
    [InlineData("\"components\": [ { \"type\": \"NumberField\", \"name\": \"9\", \"title\": \"A?\", \"schema\": { \"min\": 1e300, \"max\": \"lots\", \"precision\": -5 } } ]")]
    [InlineData("\"components\": [], \"next\": [ { \"path\": \"/nowhere\" }, { \"path\": \"/one\", \"condition\": \"none\" }, 7 ]")]
    [InlineData("\"components\": [], \"next\": [ { \"path\": \"/one\" } ]")]
    [InlineData("\"components\": [], \"controller\": \"RepeatPageController\", \"repeat\": []")]
    [InlineData("\"components\": [], \"section\": \"nowhere\", \"condition\": \"nowhere\"")]
    public void What_is_wrong_inside_is_reported_and_the_form_can_be_read_again(string inside)
    {
        var imported = ImportSource.Read($$"""{ "startPage": "/missing", "pages": [ { "path": "/one", "title": "One", {{inside}} }, { "path": "/one", "title": "Twice", "components": [] }, { "path": "/check", "title": { "en": "Check", "fr": "Non" }, "components": [] } ], "conditions": 3, "lists": [ 4 ] }""");

        Assert.Equal(imported.Form.Write(), Form.Read(imported.Form.Write()).Write());
        Assert.Contains(imported.Report.Of(ImportedKind.Page), p => p.Notes.Any(n => n.Says.Contains("already", StringComparison.Ordinal)));
        Assert.Contains(imported.Report.Things, t => t.Notes.Any(n => n.Says.Contains("“/missing” is not there", StringComparison.Ordinal)));
        Assert.Equal(imported.Form.Pages.Select(p => p.Id).Distinct().Count(), imported.Form.Pages.Count);
        Assert.DoesNotContain(Jump.Check, imported.Form.Pages.Select(p => p.Id));
    }

    [Theory]
    [InlineData("x ==")]
    [InlineData("'open")]
    [InlineData("x == 1 ? 2 : 3")]
    [InlineData("eval('x')")]
    [InlineData("nobody == 1")]
    [InlineData("((((((((((((((((((((((((((((((x))))))))))))))))))))))))))))))")]
    public void A_condition_that_cannot_be_read_is_named_and_never_true(string written)
    {
        var imported = ImportSource.Read(ImportSource.OneCondition("""{ "type": "TextField", "name": "x", "title": "X?" }""", System.Text.Json.JsonSerializer.Serialize(written)));

        Assert.Equal("0 of 1", $"{imported.Report.Conditions}");
        Assert.Equal("false", imported.Form.Calculations.Single().Value);
    }

    [Fact]
    public void A_condition_of_very_many_parts_is_cut_into_named_ones()
    {
        var parts = string.Join(',', Enumerable.Range(0, 300).Select(i => $$"""{ "field": { "name": "x", "type": "TextField", "display": "x" }, "operator": "is", "value": { "type": "Value", "value": "a rather long value, number {{i}}", "display": "" }, "coordinator": "or" }"""));
        var imported = ImportSource.Read(ImportSource.OneCondition("""{ "type": "TextField", "name": "x", "title": "X?" }""", $$"""{ "name": "n", "conditions": [ {{parts}} ] }"""));

        Assert.Equal("1 of 1", $"{imported.Report.Conditions}");
        Assert.All(imported.Form.Calculations, c => Assert.Null(Expression.Of(c.Value).Error));
        Assert.True(ImportSource.Holds(imported.Form, "it-holds", ("x", Value.Of("a rather long value, number 0"))));
        Assert.True(ImportSource.Holds(imported.Form, "it-holds", ("x", Value.Of("a rather long value, number 299"))));
        Assert.False(ImportSource.Holds(imported.Form, "it-holds", ("x", Value.Of("a rather long value, number 300"))));
    }

    [Fact]
    public void A_form_with_bytes_changed_is_refused_or_read()
    {
        var files = ImportSource.Published.Where(f => new FileInfo(f).Length < 40_000).ToList();
        var random = new Random(7);
        for (var i = 0; i < 400; i++)
        {
            var text = File.ReadAllText(files[random.Next(files.Count)]).ToCharArray();
            for (var n = 0; n < 3; n++) text[random.Next(text.Length)] = "{}[]\":,x0\\<>&é"[random.Next(14)];
            try
            {
                var imported = ImportSource.Read(new(text));
                Assert.Equal(imported.Form.Write(), Form.Read(imported.Form.Write()).Write());
            }
            catch (RefusedException)
            {
                // That is the other honest answer.
            }
        }
    }

    [Fact]
    public void Any_graph_of_pages_becomes_one_that_leads_forward()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var count = random.Next(1, 15);
            var pages = Enumerable.Range(0, count).Select(i =>
            {
                var links = Enumerable.Range(0, random.Next(4)).Select(_ => $$"""{ "path": "/p{{random.Next(count + 1)}}" {{(random.Next(2) == 0 ? ", \"condition\": \"k\"" : "")}} }""");
                return $$"""{ "path": "/p{{i}}", "title": "Page {{i}}", "components": [ { "type": "YesNoField", "name": "q{{i}}", "title": "Question {{i}}?" } ], "next": [ {{string.Join(',', links)}} ] }""";
            });
            var form = ImportSource.Read($$"""{ "startPage": "/p0", "pages": [ {{string.Join(',', pages)}}, { "path": "/p{{count}}", "title": "S", "controller": "SummaryPageController" } ], "lists": [], "sections": [], "conditions": [ { "name": "k", "displayName": "K", "value": "q0 == true" } ] }""").Form;

            Assert.True(FormCheck.Of(form) is [], $"seed {seed}: {string.Join("; ", FormCheck.Of(form))}");
            Assert.Equal(count, form.Pages.Count);
        }
    }
}
