using Concentric.Core;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Building;

namespace Concentric.Tests.Serve.Forms;

/// <summary>What comes of a form whose boxes are saved, and whose names are changed: all pure functions.</summary>
[Trait("Database", "none")]
public sealed class BuildingEditsTests
{
    private static Question Asked(string id, QuestionKind kind = QuestionKind.Text) => new() { Id = id, Kind = kind, Title = "What?", Name = "it" };

    private static Form Of(params FormPage[] pages) =>
        new() { Id = "nests", Title = "Report a nest", Service = "524", Interaction = "0", Team = "Pests", PromiseDays = 2, Process = "nest", Pages = pages };

    [Fact]
    public void A_page_with_35_ways_keeps_them_all()
    {
        var form = Of([.. Enumerable.Range(0, 40).Select(n => new FormPage { Id = $"p{n}", Items = [Asked($"q{n}")] })]);
        var page = form.Pages[0] with { Next = [.. Enumerable.Range(1, 35).Select(n => new Jump($"p{n}", $"q0 = '{n}'"))] };
        var (fields, errors) = (PageFields.Write(page), new Errors());

        var read = PageFields.Read(form.WithPage("p0", _ => page), page, fields, errors);

        Assert.Empty(errors);
        Assert.Equal(page.Next, read.Next);
        Assert.Equal(37, PageFields.Ways(fields));
        Assert.Equal(2, PageFields.Ways(new()));
    }

    [Theory]
    [InlineData(5000, true)]
    [InlineData(5001, false)]
    public void As_many_choices_are_taken_as_a_form_may_have(int count, bool isTaken)
    {
        var lines = string.Join('\n', Enumerable.Range(0, count).Select(n => $"v{n} | Choice {n}"));
        var errors = new Errors();

        var read = ChoiceLines.Read(new Fields().Set("Choices", lines).Set("Choices.cy", lines), "Choices", [], errors);

        Assert.Equal(isTaken, !errors.Any);
        if (!isTaken) return;
        Assert.Equal((count, "Choice 4999"), (read.Count, read[4999].Text.Cy));
        Assert.Empty(FormCheck.Of(Of(new FormPage { Id = "a", Items = [Asked("q", QuestionKind.Radios) with { Choices = read }] })));
    }

    [Theory]
    [InlineData(QuestionKind.File, 10)]
    [InlineData(QuestionKind.Repeat, 100)]
    [InlineData(QuestionKind.Checkboxes, 500)]
    public void No_more_is_asked_for_than_can_be_given(QuestionKind kind, int most)
    {
        foreach (var (field, count) in from field in new[] { "AtLeast", "AtMost" } from count in new[] { most, most + 1 } select (field, count))
        {
            var errors = new Errors();
            QuestionFields.Read(Of(), QuestionFields.Write(Asked("q", kind)).Set(field, $"{count}"), null, errors);
            Assert.Equal(count > most, errors[field] is not null);
        }
    }

    [Theory]
    [InlineData("kind = 'a'\nor size > 3")]
    [InlineData("kind = 'a' or size > 3")]
    [InlineData("kind = 'a'\tor\tsize > 3")]
    [InlineData("not (kind = 'a' or size > 3)")]
    public void A_condition_that_was_picked_is_added_to_the_whole_of_the_other(string before)
    {
        var form = Of(new FormPage { Id = "a", Title = "A", Items = [Asked("kind"), Asked("size", QuestionKind.Number)] });
        var fields = new Fields().Set("ShowIf", before).Set("PickQuestion", "size").Set("PickBy", "less").Set("PickValue", "9").Set("PickFor", "ShowIf");

        Assert.Empty(EditPage.Pick(form, fields, ["ShowIf"]));

        var and = Assert.IsType<AndNode>(Expression.Of(fields["ShowIf"]!).Root);
        Assert.Equal(Expression.Of(before).Root, and.Left);
    }

    [Fact]
    public void A_question_renamed_is_renamed_in_every_text_that_shows_its_answer()
    {
        LocalText text = new("You said ((size)) and ((size.part)).", "Dywedoch ((size)).");
        var revealing = new FormChoice("a", "A") { Reveals = [Asked("revealed") with { Short = text }] };
        var asked = Asked("other") with { Title = text, Short = text, Say = new(text, text, text), Choices = [revealing] };
        var told = new Guidance { Kind = GuidanceKind.Text, Text = text };
        var form = Of(new FormPage { Id = "size", Items = [Asked("size")] }, new FormPage { Id = "b", Title = text, Items = [asked, told] }) with { Confirmation = text };

        Assert.Equal(9, FormExpressions.ReferringTo(form, ["size"]).Count);
        var renamed = FormExpressions.Rename(form, "size", "how-many");

        Assert.DoesNotContain("((size", renamed.Write(), StringComparison.Ordinal);
        Assert.Equal(9, FormExpressions.ReferringTo(renamed, ["how-many"]).Count);
        var other = Of(new FormPage { Id = "a", Title = "((how-many-more))" });
        Assert.Empty(FormExpressions.ReferringTo(other, ["how-many"]));
    }

    [Fact]
    public void A_field_of_a_row_renamed_is_renamed_where_rows_are_summed_and_in_its_row()
    {
        var group = Asked("items", QuestionKind.Repeat) with
        {
            Fields = [Asked("count", QuestionKind.Number), Asked("why") with { ShowIf = "count > 3", Rules = [new("count > 1 or why = 'x'", "No")] }],
        };
        var last = new FormPage { Id = "c", ShowIf = "any(items,'count', 5) or count = 'a'", Items = [Asked("d")] };
        var form = Of(new FormPage { Id = "a", Items = [group] }, new FormPage { Id = "b", Items = [Asked("count")] }, last)
            with { Calculations = [new("all", "sum(items, 'count') + sum(other-items,'count')"), new("one", "if(count = 'count', 1, 2)")] };

        var renamed = FormExpressions.RenameField(form, "items", "count", "how-many");

        Assert.Equal(["how-many", "why"], renamed.Find("items")!.Question.Fields.Select(f => f.Id));
        Assert.Equal(("how-many > 3", "how-many > 1 or why = 'x'"), (renamed.Find("items.why")!.Question.ShowIf, renamed.Find("items.why")!.Question.Rules[0].Holds));
        Assert.Equal(["sum(items, 'how-many') + sum(other-items,'count')", "if(count = 'count', 1, 2)"], renamed.Calculations.Select(c => c.Value));
        Assert.Equal("any(items,'how-many', 5) or count = 'a'", renamed.Page("c")!.ShowIf);
        // The question of the same name is another: renamed, it leaves the row's field alone.
        Assert.Equal("count > 3", FormExpressions.Rename(form, "count", "many").Find("items.why")!.Question.ShowIf);
    }

    [Theory]
    [InlineData("Which bin was missed?", "which-bin-was-missed")]
    [InlineData("2nd bin", "p2nd-bin")]
    [InlineData("Café & bar", "cafe-bar")]
    [InlineData("Pay", "pay-2")]
    [InlineData("Save", "save-2")]
    [InlineData("Not", "not-2")]
    [InlineData("size", "size-2")]
    [InlineData("???", "page")]
    public void An_id_is_made_of_words(string words, string id) =>
        Assert.Equal(id, Of(new FormPage { Id = "a", Items = [Asked("size")] }).FreeId(words));

    [Fact]
    public void An_id_made_of_many_words_can_be_kept()
    {
        var form = Of();
        for (var i = 0; i < 12; i++)
        {
            var id = form.FreeId("2 supercalifragilistic and expialidocious questions of the very same title");
            Assert.True(Typed.IsId(id), id);
            form = form.AddPage(new() { Id = id, Title = "A" }, null);
        }
    }

    [Theory]
    [InlineData("check")]
    [InlineData("pay")]
    [InlineData("stay")]
    [InlineData("code")]
    public void An_address_that_is_taken_is_no_id_of_a_page(string id)
    {
        var form = Of(new FormPage { Id = "a", Items = [Asked("q")] });
        var errors = new Errors();

        PageFields.Read(form, form.Pages[0], PageFields.Write(form.Pages[0]).Set("Id", id), errors);

        Assert.NotNull(errors["Id"]);
    }
}
