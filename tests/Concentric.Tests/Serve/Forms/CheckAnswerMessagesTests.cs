using Concentric.Serve.Forms;
using static Concentric.Tests.Serve.Forms.CheckAnswerTests;
using static Concentric.Tests.Serve.Forms.ReadAnswerTests;

namespace Concentric.Tests.Serve.Forms;

[Trait("Database", "none")]
public sealed class CheckAnswerMessagesTests
{
    [Fact]
    public void A_repeating_group_has_as_many_rows_as_it_may_and_each_is_right()
    {
        var group = Q(QuestionKind.Repeat) with
        {
            AtLeast = 1,
            AtMost = 2,
            Fields =
            [
                Q(QuestionKind.Text) with { Id = "name", Name = "name" },
                Q(QuestionKind.YesNo) with { Id = "works" },
                Q(QuestionKind.Text) with { Id = "employer", Name = "employer", ShowIf = "works" },
            ],
        };
        Value Row(string? name, bool works, string? employer = null) =>
            Value.Of([KeyValuePair.Create("name", Value.Of(name)), KeyValuePair.Create("works", Value.Of(works)), KeyValuePair.Create("employer", Value.Of(employer))]);
        Value Rows(params Value[] rows) => Value.Of(rows);

        Assert.Null(Check(group, Rows(Row("Ada", false), Row("Bea", true, "Works"))));
        Assert.Equal(new LocalText("Add at least 1", "Ychwanegwch o leiaf 1"), Check(group, Value.Nothing)!.Message);
        Assert.Equal("You can add 2 or fewer", Check(group, Rows(Row("A", false), Row("B", false), Row("C", false)))!.Message.En);
        Assert.Equal(new LocalText("Check number 2: something is missing or wrong in it", "Gwiriwch rif 2: mae rhywbeth ar goll neu’n anghywir"),
            Check(group, Rows(Row("A", false), Row("B", true)))!.Message);
        Assert.Equal("r-employer: Enter employer", Assert.Single(CheckAnswer.Row(group, FormOf(group), Row("B", true), Knows(Value.Nothing), "r-")) is var problem
            ? $"{problem.Field}: {problem.Message.En}" : "");
        Assert.Equal(Rows(Row("A", false)), CheckAnswer.OnlyAsked(group, Rows(Row("A", false, "left over")), Knows(Value.Nothing)));
        Assert.Null(Check(group with { AtLeast = null }, Value.Nothing));
        Assert.Null(Check(group with { AtLeast = null }, Rows()));
    }

    [Fact]
    public void Whether_a_field_of_a_row_is_asked_is_decided_by_those_before_it_that_are()
    {
        var group = Q(QuestionKind.Repeat) with
        {
            Fields = [Q(QuestionKind.YesNo) with { Id = "a" }, Q(QuestionKind.YesNo) with { Id = "b", ShowIf = "a" }, Q(QuestionKind.Text) with { Id = "c", ShowIf = "b" }],
        };
        // Once it was yes and yes; then the first was changed.
        var row = Value.Of([KeyValuePair.Create("a", Value.False), KeyValuePair.Create("b", Value.True), KeyValuePair.Create("c", Value.Of("left over"))]);
        var only = Value.Of([Value.Of([KeyValuePair.Create("a", Value.False)])]);

        Assert.Equal(["a"], CheckAnswer.AskedIn(group, row, Knows(Value.Nothing)).Select(f => f.Id));
        Assert.Equal(only, CheckAnswer.OnlyAsked(group, Value.Of([row]), Knows(Value.Nothing)));
        Assert.Empty(CheckAnswer.Row(group, FormOf(group), row, Knows(Value.Nothing)));
        var journey = Journey.Of(FormOf(group), Answers.None.WithPage("p-q", [KeyValuePair.Create("q", Value.Of([row]))]), default);
        Assert.Equal(only, journey.Sent["q"]);
        Assert.Equal(only, journey.Scope.Find("q"));
    }

    [Fact]
    public void Files_are_as_many_as_they_may_be()
    {
        Value Files(int count) => Value.Of(Enumerable.Range(0, count).Select(n => Value.Of([KeyValuePair.Create("name", Value.Of($"{n}.jpg"))])));
        var question = Q(QuestionKind.File) with { AtLeast = 2, AtMost = 3 };

        Assert.Null(Check(question, Files(3)));
        Assert.Equal(new LocalText("Select at least 2 files", "Dewiswch o leiaf 2 ffeil"), Check(question, Files(1))!.Message);
        Assert.Equal(new LocalText("You can only select up to 3 files at the same time", "Dim ond hyd at 3 ffeil y gallwch eu dewis"), Check(question, Files(4))!.Message);
        Assert.Equal("too-many", Check(question with { AtMost = 99 }, Files(11))!.Code);
    }

    [Fact]
    public void Rules_say_their_own_message_and_a_forms_messages_stand_in_place_of_the_usual_ones()
    {
        var question = Q(QuestionKind.Number) with
        {
            Max = "10",
            Rules = [new("q != 7", new("Not 7", "Nid 7"))],
            Messages = new Dictionary<string, LocalText> { ["missing"] = "Say how many", ["too-large"] = "10 at most", ["format"] = "In digits" },
        };

        Assert.Equal("Not 7", Check(question, Value.Of(7m))!.Message.En);
        Assert.Equal("Say how many", Check(question, Value.Nothing)!.Message.En);
        Assert.Equal("10 at most", Check(question, Value.Of(11m))!.Message.En);
        Assert.Equal("In digits", Check(question, Value.Of("x"))!.Message.En);
    }

    [Fact]
    public void A_question_without_a_name_is_quoted()
    {
        var question = Q(QuestionKind.Number) with { Name = null, Title = new("How many?", "Faint?"), Max = "3" };

        Assert.Equal(new LocalText("Answer the question “How many?”", "Atebwch y cwestiwn “Faint?”"), Check(question, Value.Nothing)!.Message);
        Assert.Equal(new LocalText("The answer to “How many?” must be 3 or fewer", "Rhaid i yr ateb i “Faint?” fod yn 3 neu lai"), Check(question, Value.Of(4m))!.Message);
    }

    [Fact]
    public void A_value_of_another_kind_is_found_and_never_sent()
    {
        Value[] others = [Value.Of("text"), Value.Of(1.25m), Value.True, Value.Of(new DateOnly(2026, 1, 1)), Value.Of(["a", "b"]),
            Value.Of([KeyValuePair.Create("x", Value.Of("y"))])];

        foreach (var kind in Enum.GetValues<QuestionKind>().Except([QuestionKind.File, QuestionKind.Repeat]))
            Assert.True(others.Count(o => Check(WithChoices(kind), o) is null) <= 1,
                $"{kind} takes {string.Join(" and ", others.Where(o => Check(WithChoices(kind), o) is null))}");
        Assert.NotNull(Check(Q(QuestionKind.Declaration), Value.False));
    }

    [Fact]
    public void Every_message_is_there_in_both_languages_and_has_no_hole_left()
    {
        foreach (var code in Wording.Codes)
        {
            var message = Wording.Of(code, Q(QuestionKind.Text), limit: "5");
            Assert.DoesNotContain('{', message.En);
            Assert.DoesNotContain('{', message.Cy!);
            Assert.NotEqual(message.En, message.Cy);
        }
    }
}
