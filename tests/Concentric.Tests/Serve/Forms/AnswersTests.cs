using Concentric.Core;
using Concentric.Serve.Forms;
using FsCheck;
using FsCheck.Fluent;
using static Concentric.Tests.Serve.Forms.ReadAnswerTests;

namespace Concentric.Tests.Serve.Forms;

[Trait("Database", "none")]
public sealed class AnswersTests
{
    private static readonly Form Asked = FormOf(
        Q(QuestionKind.Text) with { Id = "text" }, Q(QuestionKind.Number) with { Id = "number" }, Q(QuestionKind.Date) with { Id = "date" }, Q(QuestionKind.YesNo) with { Id = "yes" },
        Q(QuestionKind.Checkboxes) with { Id = "boxes", Choices = [new("a", "A")] }, Q(QuestionKind.Address) with { Id = "address" },
        Q(QuestionKind.Repeat) with { Id = "rows", Fields = [Q(QuestionKind.Date) with { Id = "born" }, Q(QuestionKind.Text) with { Id = "name", Optional = true }] });

    [Fact]
    public void Answers_come_back_from_JSON_as_they_were() => Prop.ForAll(Some.ToArbitrary(), answers =>
    {
        var back = Answers.Read(Asked, answers.Write());
        return back.Write() == answers.Write() && back.Done.SetEquals(answers.Done) && answers.Values.All(v => back[v.Key] == v.Value) && back.Values.Count == answers.Values.Count;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Looked_up_rows_have_their_dates() =>
        Assert.Equal(Value.Of(new DateOnly(2026, 1, 31)), Answers.Read(Asked, Answers.None.With("round", Value.Of([KeyValuePair.Create("next-day", Answers.Column("2026-01-31"))])).Write())["round"].Part("next-day"));

    [Fact]
    public void A_date_in_a_text_stays_a_text() =>
        Assert.Equal(Value.Of("2026-01-31"), Answers.Read(Asked, Answers.None.With("text", Value.Of("2026-01-31")).Write())["text"]);

    [Theory]
    [InlineData("""{"values":{"date":{"Day":"1"}},"done":[]}""")]
    [InlineData("""{"values":{"date":"soon"},"done":[]}""")]
    [InlineData("""{"values":{"date":["a"]},"done":[]}""")]
    [InlineData("""{"values":{"rows":"text"},"done":[]}""")]
    [InlineData("""{"values":{"rows":[null]},"done":[]}""")]
    [InlineData("""{"values":{"rows":["a",{"born":"never"}]},"done":[]}""")]
    [InlineData("""{"values":{"boxes":true},"done":[]}""")]
    [InlineData("""{"values":{"address":"1 High Street"},"done":[]}""")]
    [InlineData("""{"values":{"number":"many"},"done":[]}""")]
    [InlineData("""{"values":{"yes":"perhaps"},"done":[]}""")]
    public void Answers_to_an_earlier_version_of_the_form_are_kept_and_found_wrong(string json)
    {
        var answers = Answers.Read(Asked, json);

        var (id, value) = Assert.Single(answers.Values);
        Assert.Equal(json, answers.Write());
        Assert.NotNull(CheckAnswer.Of(FormIndex.Of(Asked).Questions[id], Asked, value, new(_ => Value.Nothing, default)));
    }

    [Fact]
    public void A_form_comes_back_from_JSON_as_it_was_even_before_it_has_pages()
    {
        var form = Asked with { Data = new("", "", 0, ""), Lists = [new("empty", [])], Lookups = [new("l", "t", new Dictionary<string, string>())], PromiseDays = 0 };
        var begun = form with { Pages = [] };

        Assert.Equal(form.Write(), Form.Read(form.Write()).Write());
        Assert.Equal(begun.Write(), Form.Read(begun.Write()).Write());
        Assert.Equal(begun.Data, Form.Read(begun.Write()).Data);
    }

    [Theory]
    [InlineData("", "not a form")]
    [InlineData("null", "says nothing")]
    [InlineData("[]", "not a form")]
    [InlineData("""{"pages": [null]}""", "required")]
    [InlineData("@title:null", "title")]
    [InlineData("@title:5", "title")]
    [InlineData("""@title:{"en":5}""", "title")]
    [InlineData("""@title:{"cy":"x"}""", "needs “en”")]
    [InlineData("""@title:{"fr":"x"}""", "not “fr”")]
    [InlineData("@pages:[null]", "null")]
    [InlineData("@pages:{}", "pages")]
    [InlineData("""@pages:[{"id":"p","items":[null]}]""", "null")]
    [InlineData("""@pages:[{"id":"p","items":[{"id":"q"}]}]""", "needs a kind")]
    [InlineData("""@pages:[{"id":"p","items":[{"kind":"magic","id":"q","title":"T"}]}]""", "kind")]
    [InlineData("""@pages:[{"id":"p","items":[{"kind":"text","id":"q","title":"T","colour":"red"}]}]""", "colour")]
    [InlineData("""@pages:[{"id":"p","items":[{"kind":"radios","id":"q","title":"T","choices":[null]}]}]""", "null")]
    [InlineData("""@pages:[{"id":"p","items":[{"kind":"text","id":"q","title":"T","messages":{"missing":null}}]}]""", "null")]
    [InlineData("""@lookups:[{"id":"l","table":"t","by":{"a":null}}]""", "null")]
    [InlineData("""@lookups:[{"id":"l","table":"t"}]""", "by")]
    [InlineData("@title:\"\\ud800\"", "title")]
    public void What_is_not_a_form_is_refused_with_its_place(string json, string words)
    {
        if (json.StartsWith('@'))
        {
            var (name, value) = (json[1..json.IndexOf(':', StringComparison.Ordinal)], json[(json.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            var whole = System.Text.Json.Nodes.JsonNode.Parse(Asked.Write())!.AsObject();
            whole.Remove(name);
            json = whole.ToJsonString()[..^1] + $",\"{name}\":{value}}}";
        }

        Assert.Contains(words, Assert.Throws<RefusedException>(() => Form.Read(json)).Message, StringComparison.Ordinal);
    }

    private static Gen<Answers> Some =>
        from text in Gen.Elements("a", "2026-01-31", "<b>", "\n", "\"", "🙂", "'; --")
        from number in Gen.Choose(-100_000, 100_000)
        from scale in Gen.Choose(0, 6)
        from day in Gen.Choose(1, 3_000_000)
        from which in Gen.Choose(0, 127)
        let values = new (string Id, Value Value)[]
        {
            ("text", Value.Of(text)), ("number", Value.Of(new decimal(Math.Abs(number), 0, 0, number < 0, (byte)scale))), ("date", Value.Of(DateOnly.FromDayNumber(day))), ("yes", Value.Of(number > 0)),
            ("boxes", Value.Of(["a", text])), ("address", Value.Of([KeyValuePair.Create("line1", Value.Of(text)), KeyValuePair.Create("town", Value.Of("Leeds"))])),
            ("rows", Value.Of(new[] { Value.Of([KeyValuePair.Create("born", Value.Of(DateOnly.FromDayNumber(day))), KeyValuePair.Create("name", Value.Of(text))]), Value.Nothing })),
        }
        select values.Index().Where(v => (which >> v.Index & 1) == 1).Aggregate(Answers.None, (a, v) => v.Index % 2 == 0 ? a.With(v.Item.Id, v.Item.Value) : a.WithPage($"p-{v.Item.Id}", [KeyValuePair.Create(v.Item.Id, v.Item.Value)]));
}
