using System.Xml.Linq;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Building;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Concentric.Tests.Serve.Forms;

/// <summary>What the builder says of a form: all pure functions.</summary>
[Trait("Database", "none")]
public sealed class BuildingChecksTests
{
    private static Question Radios(string id, string title, params string[] values) =>
        new() { Id = id, Kind = QuestionKind.Radios, Title = title, Name = "it", Choices = [.. values.Select(v => new FormChoice(v, char.ToUpperInvariant(v[0]) + v[1..]))] };

    private static FormPage Page(string id, params FormItem[] items) => new() { Id = id, Items = items };

    private static Form Of(params FormPage[] pages) =>
        new() { Id = "nests", Title = "Report a nest", Service = "524", Interaction = "0", Team = "Pests", PromiseDays = 2, Process = "nest", Pages = pages };

    private static Form Nests => Of(
        Page("kind", Radios("kind", "What kind of nest is it?", "wasps", "bees")) with { Next = [new("bees", "kind = 'bees'")] },
        Page("size", new Question { Id = "size", Kind = QuestionKind.Number, Title = "How many wasps?", Name = "how many" }) with { Next = [new(Jump.Check)] },
        Page("bees", new Guidance { Kind = GuidanceKind.Text, Text = "Bees are left alone." }) with { Title = "We leave bees alone", Stop = true });

    [Theory]
    [InlineData("Please tell us your name.", "Please", "Leave out “please”")]
    [InlineData("We will utilise your answers.", "utilise", "use")]
    [InlineData("Do this in order to apply.", "in order to", "to")]
    [InlineData("This is VERY IMPORTANT for you.", "IMPORTANT", "capital")]
    [InlineData("WARNING about wasps.", "WARNING", "capital")]
    [InlineData("Bring proof, e.g. a letter.", "e.g", "for example")]
    public void Hard_words_are_named_with_what_to_write(string text, string words, string advice)
    {
        var finding = Assert.Single(PlainEnglish.Of(new FormText("a", null, "title", text)));

        Assert.StartsWith(words, finding.Words, StringComparison.Ordinal);
        Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tell us your name.")]
    [InlineData("Ask your GP or the NHS. We answer in 2 days.")]
    [InlineData("You can keep a pleased dog and a monkey.")]
    [InlineData("See [how we use what you tell us](https://example.com/please-utilise).")]
    public void Plain_words_are_left_alone(string text) =>
        Assert.Empty(PlainEnglish.Of(new FormText("a", null, "guidance", text, IsMarkdown: true)));

    [Theory]
    [InlineData(25, 0)]
    [InlineData(26, 1)]
    public void A_sentence_has_25_words_at_most(int words, int findings)
    {
        var sentence = string.Join(' ', Enumerable.Repeat("nest", words));

        Assert.Equal(findings, PlainEnglish.Of(new FormText("a", null, "hint", $"Short one. {sentence}. Another short one.")).Count());
    }

    [Fact]
    public void A_text_of_long_words_is_said_to_read_like_a_late_school_year() =>
        Assert.Contains(PlainEnglish.Of(new FormText("a", null, "start", string.Join(' ', Enumerable.Repeat("Municipal administration considers applications individually following established procedures.", 8)))), f => f.Advice.Contains("school year", StringComparison.Ordinal));

    public static TheoryData<string, Form> Barriers => new()
    {
        { "has no heading", Of(Page("a", new Guidance { Kind = GuidanceKind.Text, Text = "Hello" })) },
        { "several questions and has no title", Of(Page("a", Radios("x", "One?", "a"), Radios("y", "Two?", "a"))) },
        { "holds a link", Of(Page("a", Radios("x", "One?", "a") with { Hint = "See www.example.com" })) },
        { "The hint has", Of(Page("a", Radios("x", "One?", "a") with { Hint = new string('a', 181) })) },
        { "are both called", Of(Page("a", Radios("x", "Same?", "a"), Radios("y", "Same?", "a")) with { Title = "Two" }) },
        { "Set Autocomplete to “email”", Of(Page("a", new Question { Id = "e", Kind = QuestionKind.Email, Title = "What is your email address?", Name = "your email" })) },
        { "13 radios", Of(Page("a", Radios("x", "One?", [.. Enumerable.Range(0, 13).Select(n => $"v{n}")]))) },
        { "no name for messages", Of(Page("a", Radios("x", "One?", "a") with { Name = null })) },
        { "has the same title", Of(Page("a", Radios("x", "One?", "a")), Page("b", Radios("y", "One?", "a"))) },
        { "no header", Of(Page("a", new Guidance { Kind = GuidanceKind.Text, Text = "| a | b |\n| c | d |" }) with { Title = "T" }) },
        { "Say where it leads", Of(Page("a", new Guidance { Kind = GuidanceKind.Text, Text = "[click here](https://example.com)" }) with { Title = "T" }) },
        { "Begin with ##", Of(Page("a", new Guidance { Kind = GuidanceKind.Text, Text = "# Big" }) with { Title = "T" }) },
        { "needs a title", Of(Page("a", new Guidance { Kind = GuidanceKind.Details, Text = "x" }) with { Title = "T" }) },
        { "no message of its own", Of(Page("a", new Question { Id = "x", Kind = QuestionKind.Text, Title = "One?", Name = "it", Pattern = "[0-9]+" })) },
    };

    [Theory]
    [MemberData(nameof(Barriers))]
    public void A_barrier_is_named(string words, Form form) =>
        Assert.Contains(words, Assert.Single(FormAccessibility.Of(form)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_form_without_barriers_has_none_named()
    {
        Assert.Empty(FormAccessibility.Of(Nests));
        Assert.Empty(FormAccessibility.Of(Of(Page("a", new Guidance { Kind = GuidanceKind.Text, Text = "| a | b |\n|---|---|\n| c | d |" }) with { Title = "T" })));
    }

    [Fact]
    public void Nothing_is_different_between_a_form_and_itself() => Assert.Empty(FormChanges.Between(Nests, Form.Read(Nests.Write())));

    [Fact]
    public void Each_change_is_told_by_page_and_question()
    {
        var after = Nests.WithQuestion("kind", q => q with { Hint = "Look at the stripes", Optional = true })
            .WithPage("bees", p => p with { Items = [new Guidance { Kind = GuidanceKind.Text, Text = "Bees may stay." }] })
            .RemovePage("size").AddPage(Page("where", Radios("where", "Where is it?", "roof")), "kind") with { PromiseDays = 5 };

        var changes = FormChanges.Between(Nests, after);

        Assert.Contains(new FormChange(FormChangeKind.Changed, "kind", "kind", "hint", null, "Look at the stripes"), changes);
        Assert.Contains(new FormChange(FormChangeKind.Changed, "kind", "kind", "optional", null, "true"), changes);
        Assert.Contains(new FormChange(FormChangeKind.Changed, null, "form", "promise in working days", "2", "5"), changes);
        Assert.Contains(new FormChange(FormChangeKind.Removed, "size", "size", "", "How many wasps?", null), changes);
        Assert.Contains(new FormChange(FormChangeKind.Added, "where", "where", "", null, "Where is it?"), changes);
        Assert.Contains(changes, c => c.Kind == FormChangeKind.Removed && c.What == "guidance" && c.Before!.Contains("left alone", StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_that_was_moved_is_told_once() =>
        Assert.Equal(FormChangeKind.Moved, Assert.Single(FormChanges.Between(Nests, Nests.MovePage("bees", up: true))).Kind);

    [Theory]
    [InlineData("kind = 'bees'", "“What kind of nest is it?” is “Bees”")]
    [InlineData("kind != 'bees' and size > 5", "“What kind of nest is it?” is not “Bees” and “How many wasps?” is more than 5")]
    [InlineData("not answered(size)", "“How many wasps?” is not answered")]
    [InlineData("kind in ['bees', 'wasps']", "“What kind of nest is it?” is one of “Bees” or “Wasps”")]
    [InlineData("(kind = 'bees' or size < 2) and size >= 1", "(“What kind of nest is it?” is “Bees” or “How many wasps?” is less than 2) and “How many wasps?” is at least 1")]
    public void A_condition_is_said_in_words(string expression, string words) => Assert.Equal(words, ConditionWords.Of(Nests, expression));

    [Theory]
    [InlineData("kind", "is", "Bees", "kind = 'bees'")]
    [InlineData("size", "at-least", "3", "size >= 3")]
    [InlineData("size", "not-answered", null, "not answered(size)")]
    public void A_condition_is_written_from_what_was_picked(string question, string by, string? value, string expression) =>
        Assert.Equal(expression, PickCondition.Write(Nests, question, by, value).Expression);

    [Theory]
    [InlineData("nobody", "is", "x", "PickQuestion")]
    [InlineData("kind", "like", "x", "PickBy")]
    [InlineData("kind", "is", "hornets", "PickValue")]
    [InlineData("size", "more", "many", "PickValue")]
    public void What_cannot_be_a_condition_is_refused(string question, string by, string value, string field) =>
        Assert.Equal(field, PickCondition.Write(Nests, question, by, value).Field);

    [Fact]
    public void The_map_shows_each_way_once_and_below_where_it_comes_from()
    {
        var map = FormMap.Of(Nests);

        Assert.Equal([("kind", "bees"), ("kind", "size"), ("size", "check")], map.Ways.Select(w => (w.From, w.To)));
        Assert.Equal(["“What kind of nest is it?” is “Bees”", "otherwise", ""], map.Ways.Select(w => w.Label));
        var layers = map.Boxes.ToDictionary(b => b.Id, b => b.Layer);
        Assert.All(map.Ways, w => Assert.True(layers[w.From] < layers[w.To]));
        Assert.Equal(layers["bees"], layers["size"]);
        Assert.All(map.Boxes, b => Assert.True(b.X >= 0 && b.X + MapBox.Width <= map.Width && b.Y + MapBox.Height <= map.Height));
        Assert.All(map.Lines.SelectMany(l => l.Corners), c => Assert.True(c.X >= 0 && c.X <= map.Width && c.Y >= 0 && c.Y <= map.Height));
    }

    [Fact]
    public async Task The_map_is_drawn_as_well_formed_xml_with_a_line_for_each_way()
    {
        var form = Nests with { Title = "<script>alert(1)</script> & more" };
        form = form.WithPage("bees", p => p with { Title = "<script>alert(1)</script> & \"more\"" });
        await using var html = new HtmlRenderer(new ServiceCollection().AddLogging().BuildServiceProvider(), NullLoggerFactory.Instance);

        var drawn = await html.Dispatcher.InvokeAsync(async () => (await html.RenderComponentAsync<FormMapSvg>(ParameterView.FromDictionary(
            new Dictionary<string, object?> { ["Map"] = FormMap.Of(form), ["Links"] = new BuildLinks("nests", 1) }))).ToHtmlString());

        var svg = XDocument.Parse(drawn).Descendants().First(e => e.Name.LocalName == "svg");
        Assert.Equal(FormMap.Of(form).Lines.Count, svg.Descendants().Count(e => e.Name.LocalName == "polyline"));
        Assert.Equal(FormMap.Of(form).Boxes.Count, svg.Descendants().Count(e => e.Name.LocalName == "rect"));
        Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName == "script");
    }

    [Fact]
    public void A_form_of_300_pages_has_a_map()
    {
        var form = Of([.. Enumerable.Range(0, 300).Select(n => Page($"p{n}", Radios($"q{n}", $"Question {n}?", "a", "b")) with { Next = n % 3 == 0 && n + 5 < 300 ? [new($"p{n + 5}", $"q{n} = 'a'")] : [] })]);

        Assert.Equal(301, FormMap.Of(form).Boxes.Count);
        Assert.Single(FormMap.Of(Of()).Boxes);
    }

    [Theory]
    [InlineData("a|b", "c\\d", "")]
    [InlineData("x", "", "z")]
    public void Parts_of_a_line_come_back_as_they_were(string first, string second, string third)
    {
        var row = Assert.Single(Lines.Read(Lines.Write([new[] { first, second, third }])));

        Assert.Equal([first, second, third], Enumerable.Range(0, 3).Select(i => row.At(i) ?? ""));
    }

    [Fact]
    public void A_question_renamed_is_renamed_wherever_it_is_asked_for()
    {
        var form = Nests with { Confirmation = "You saw ((size)).", Calculations = [new("many", "size * 2")] };

        var renamed = FormExpressions.Rename(form, "size", "how-many");

        Assert.Equal("how-many * 2", renamed.Calculations[0].Value);
        Assert.Equal("You saw ((how-many)).", renamed.Confirmation!.En);
        Assert.Empty(FormCheck.Of(renamed));
    }

    [Fact]
    public void What_refers_to_a_page_is_named() =>
        Assert.Equal(["“kind” leads to it"], FormExpressions.ReferringToPage(Nests, Nests.Page("bees")!));

    [Fact]
    public void A_signature_goes_when_a_text_changes_and_stays_when_none_does()
    {
        var signed = Nests with { Welsh = new("Nia", new(2026, 3, 1)) };

        Assert.NotNull(FormTexts.WithoutOldSignature(signed, signed with { PromiseDays = 9 }).Welsh);
        Assert.NotNull(FormTexts.WithoutOldSignature(signed, signed.MovePage("bees", up: true)).Welsh);
        Assert.Null(FormTexts.WithoutOldSignature(signed, signed with { Title = new("Report a nest", "Rhoi gwybod am nyth") }).Welsh);
    }

    [Theory]
    [InlineData("""{"kind": "wasps", "size": 3}""", "check", true)]
    [InlineData("""{"kind": "bees"}""", "bees", true)]
    [InlineData("""{"kind": "wasps"}""", "check", false)]
    [InlineData("""{"kind": "bees"}""", "check", false)]
    [InlineData("""[1]""", "check", false)]
    [InlineData("""{"values": 3, "done": 4}""", "check", false)]
    public void An_example_passes_where_its_answers_lead_to_its_end(string answers, string end, bool passes)
    {
        var run = RunExamples.Of(Nests, new FormExample { Id = Guid.Empty, Form = "nests", Name = "x", Answers = answers, EndsAt = end, By = "x", At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero) });

        Assert.Equal(passes, run.Passes);
    }

    [Fact]
    public void A_form_without_pages_is_written_and_read_again() => Assert.Empty(Form.Read(Of().Write()).Pages);

    [Fact]
    public void Every_kind_of_question_comes_back_from_its_boxes_as_it_was()
    {
        foreach (var kind in Enum.GetValues<QuestionKind>())
        {
            var question = new Question
            {
                Id = "q", Kind = kind, Title = new("What?", "Beth?"), Name = "it", Short = "It", Hint = new("Look", "Edrych"), Optional = true, Say = new("Say", "Here", "Of them"), ShowIf = "kind = 'bees'",
                Rules = [new("q != nothing", new("No | really", "Na"))], Messages = new Dictionary<string, LocalText> { ["missing"] = "Tell us" },
                Choices = QuestionFields.HasChoices(kind) ? [new("a", new("A | B", "C")) { Hint = "h" }, new("none", "None") { Alone = true }] : [],
                MaxLength = QuestionFields.HasLength(kind) ? 50 : null, Pattern = QuestionFields.HasLength(kind) ? "[a-z]+" : null, Rows = kind == QuestionKind.LongText ? 3 : null,
                Prefix = QuestionFields.HasUnits(kind) ? new LocalText("£") : null, Width = QuestionFields.HasUnits(kind) ? 5 : null, Min = QuestionFields.HasRange(kind) ? "1 + 1" : null,
                Autocomplete = QuestionFields.IsTyped(kind) ? "name" : null, AtMost = QuestionFields.HasCount(kind) ? 4 : null, Accept = kind == QuestionKind.File ? ["pdf"] : [],
                RowName = kind == QuestionKind.Repeat ? new LocalText("person") : null, Fields = kind == QuestionKind.Repeat ? [new() { Id = "f", Kind = QuestionKind.Text, Title = "F" }] : [],
            };
            var errors = new Concentric.Core.Errors();

            var read = QuestionFields.Read(Nests, QuestionFields.Write(question), question, errors);

            Assert.Empty(errors.Select(e => $"{kind} {e.Field}: {e.Message}"));
            Assert.Equal(Of(Page("a", question)).Write(), Of(Page("a", read)).Write());
        }
    }
}
