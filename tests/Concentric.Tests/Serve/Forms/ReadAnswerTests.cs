using Concentric.Serve.Forms;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Primitives;

namespace Concentric.Tests.Serve.Forms;

[Trait("Database", "none")]
public sealed class ReadAnswerTests
{
    [Theory]
    [InlineData("30", "30")]
    [InlineData(" 1,234.50 ", "1234.5")]
    [InlineData("£1,234.50", "1234.5")]
    [InlineData("£ 1 234", "1234")]
    [InlineData("1,234,567", "1234567")]
    [InlineData("-5", "-5")]
    [InlineData("50%", "50")]
    [InlineData("1\u00A0000", "1000")]
    public void Numbers_are_taken_as_people_write_them(string typed, string value)
    {
        Assert.Equal(value, Assert.IsType<Value.Number>(Read(QuestionKind.Money, typed)).ToString());
        Assert.Equal(value, Assert.IsType<Value.Number>(Read(QuestionKind.Number, typed)).ToString());
    }

    [Theory]
    [InlineData("12,5")]
    [InlineData("1.234,50")]
    [InlineData("1,23,456")]
    [InlineData("ten")]
    [InlineData("1e9")]
    [InlineData("99999999999999999999999999")]
    [InlineData("0x10")]
    [InlineData("£")]
    [InlineData(",")]
    public void What_is_no_number_stays_what_was_typed(string typed) => Assert.Equal(Value.Of(typed), Read(QuestionKind.Number, typed));

    [Fact]
    public void A_prefix_or_suffix_that_is_typed_too_does_no_harm()
    {
        var hours = Q(QuestionKind.Number) with { Suffix = "hours a week" };
        var distance = Q(QuestionKind.Number) with { Prefix = "km" };

        Assert.Equal(Value.Of(30m), ReadAnswer.Of(hours, Typed("30 hours a week")));
        Assert.Equal(Value.Of(3m), ReadAnswer.Of(distance, Typed("km 3")));
    }

    [Theory]
    [InlineData("1", "2", "2026", "2026-02-01")]
    [InlineData("01", "02", "2026", "2026-02-01")]
    [InlineData(" 1 ", "February", "2026", "2026-02-01")]
    [InlineData("1", "feb", "2026", "2026-02-01")]
    [InlineData("31", "SEPT", "2026", null)]
    [InlineData("30", "Sept", "2026", "2026-09-30")]
    [InlineData("1", "Mai", "2026", "2026-05-01")]
    [InlineData("1", "mawrth", "2026", "2026-03-01")]
    [InlineData("1", "Rhagfyr", "2026", "2026-12-01")]
    [InlineData("29", "2", "2025", null)]
    [InlineData("1", "2", "26", null)]
    [InlineData("1", "13", "2026", null)]
    [InlineData("-1", "1", "2026", null)]
    public void Dates_are_taken_in_their_boxes(string day, string month, string year, string? date)
    {
        var value = ReadAnswer.Of(Q(QuestionKind.Date), new Fields().Set("q.Day", day).Set("q.Month", month).Set("q.Year", year));

        if (date is null) Assert.IsType<Value.Parts>(value);
        else Assert.Equal(date, Assert.IsType<Value.Date>(value).ToString());
    }

    [Fact]
    public void A_month_is_its_first_day_and_nothing_typed_is_nothing()
    {
        Assert.Equal(Value.Of(new DateOnly(2026, 3, 1)), ReadAnswer.Of(Q(QuestionKind.Month), new Fields().Set("q.Month", "March").Set("q.Year", "2026")));
        Assert.True(ReadAnswer.Of(Q(QuestionKind.Month), new()).IsNothing);
        Assert.Equal("3", ReadAnswer.Of(Q(QuestionKind.Month), new Fields().Set("q.Month", "3")).Part("Month").ToString());
        Assert.True(ReadAnswer.Of(Q(QuestionKind.Date), new Fields().Set("q.Day", " ")).IsNothing);
    }

    [Theory]
    [InlineData(QuestionKind.YesNo, "yes", "true")]
    [InlineData(QuestionKind.YesNo, "no", "false")]
    [InlineData(QuestionKind.YesNo, "maybe", "")]
    [InlineData(QuestionKind.Declaration, "yes", "true")]
    [InlineData(QuestionKind.Declaration, "no", "")]
    [InlineData(QuestionKind.Text, "  Ada \u202EevoL\u200B ", "Ada evoL")]
    [InlineData(QuestionKind.Text, " \t ", "")]
    [InlineData(QuestionKind.LongText, "one\r\ntwo\u0000", "one\ntwo")]
    [InlineData(QuestionKind.Phone, "\u202A07700 900982\u202C", "07700 900982")]
    [InlineData(QuestionKind.Phone, "07700\u00A0900\u00A0982", "07700 900 982")]
    [InlineData(QuestionKind.Website, "www.example.com/a", "https://www.example.com/a")]
    [InlineData(QuestionKind.Website, "http://example.com", "http://example.com")]
    [InlineData(QuestionKind.Website, "javascript:alert(1.5)", "javascript:alert(1.5)")]
    public void Other_kinds_are_taken_tidied(QuestionKind kind, string typed, string value) => Assert.Equal(value, Read(kind, typed).ToString());

    [Fact]
    public void Boxes_are_taken_once_each() =>
        Assert.Equal(Value.Of(["a", "b"]), ReadAnswer.Of(Q(QuestionKind.Checkboxes), new Fields().Set("q", "a", "b", "a", "")));

    [Theory]
    [InlineData("ls14ap", "LS1 4AP")]
    [InlineData(" LS1-4AP ", "LS1 4AP")]
    [InlineData("nonsense", "nonsense")]
    public void An_address_has_its_postcode_as_the_post_writes_it(string typed, string postcode)
    {
        var address = ReadAnswer.Of(Q(QuestionKind.Address), new Fields().Set("q.line1", " 1 High Street ").Set("q.postcode", typed).Set("q.evil", "x"));

        Assert.Equal((postcode, "1 High Street"), (address.Part("postcode").ToString(), address.Part("line1").ToString()));
        Assert.True(address.Part("evil").IsNothing);
    }

    [Fact]
    public void Text_longer_than_anything_taken_is_not_cut_to_fit()
    {
        var text = Assert.IsType<Value.Text>(Read(QuestionKind.LongText, new('a', 1_000_000)));

        Assert.Equal(ReadAnswer.MostCharacters + 1, text.Is.Length);
        Assert.Equal("too-long", CheckAnswer.Of(Q(QuestionKind.LongText) with { MaxWords = 50 }, FormOf(Q(QuestionKind.LongText)), text, new(_ => Value.Nothing, default))!.Code);
    }

    [Fact]
    public void A_row_takes_only_its_own_fields()
    {
        var group = Q(QuestionKind.Repeat) with { Fields = [Q(QuestionKind.Text) with { Id = "name" }, Q(QuestionKind.Number) with { Id = "age" }] };

        var row = ReadAnswer.Row(group, new Fields().Set("r-name", "Ada").Set("r-age", "36").Set("r-admin", "yes"), "r-");

        Assert.Equal(Value.Of([KeyValuePair.Create("age", Value.Of(36m)), KeyValuePair.Create("name", Value.Of("Ada"))]), row);
    }

    [Fact]
    public void Whatever_is_typed_in_whatever_kind_is_read_and_checked_without_falling_over() => Prop.ForAll(
        Gen.Elements(Enum.GetValues<QuestionKind>()).Zip(Gen.Elements(Hostile)).ToArbitrary(), both =>
        {
            var (kind, text) = both;
            var question = Q(kind) with { Choices = [new("a", "A")], Pattern = "[a-z]+", Min = "1", Max = "2", Fields = [Q(QuestionKind.Text) with { Id = "f" }] };
            var fields = new Fields(new[] { "q", "q.Day", "q.Month", "q.Year", "q.line1", "q.town", "q.postcode", "q.uprn", "q.latitude", "q.longitude", "q.words", "f" }
                .Select(name => KeyValuePair.Create(name, new StringValues([text, text]))));
            var value = ReadAnswer.Of(question, fields);
            var scope = new Scope(_ => value, new(2026, 11, 20));
            var problem = CheckAnswer.Of(question, FormOf(question), value, scope);
            var back = new Fields();
            ReadAnswer.Write(question, value, back);
            _ = ShowAnswer.Lines(question, FormOf(question), value, Language.Welsh);
            return problem is null || problem.Message.En.Length > 0 && problem.Message.Cy!.Length > 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData(QuestionKind.Date)]
    [InlineData(QuestionKind.Month)]
    [InlineData(QuestionKind.Money)]
    [InlineData(QuestionKind.Number)]
    [InlineData(QuestionKind.YesNo)]
    [InlineData(QuestionKind.Checkboxes)]
    [InlineData(QuestionKind.Address)]
    [InlineData(QuestionKind.Place)]
    [InlineData(QuestionKind.LongText)]
    public void What_is_shown_again_is_read_as_the_same(QuestionKind kind)
    {
        var value = kind switch
        {
            QuestionKind.Date => Value.Of(new DateOnly(2024, 2, 29)),
            QuestionKind.Month => Value.Of(new DateOnly(2024, 2, 1)),
            QuestionKind.Money => Value.Of(1234.5m),
            QuestionKind.Number => Value.Of(-7m),
            QuestionKind.YesNo => Value.False,
            QuestionKind.Checkboxes => Value.Of(["a", "b"]),
            QuestionKind.Address => Value.Of([KeyValuePair.Create("line1", Value.Of("1 High Street")), KeyValuePair.Create("postcode", Value.Of("LS1 4AP")), KeyValuePair.Create("town", Value.Of("Leeds"))]),
            QuestionKind.Place => Value.Of([KeyValuePair.Create("latitude", Value.Of(53.8m)), KeyValuePair.Create("longitude", Value.Of(-1.55m)), KeyValuePair.Create("words", Value.Of("By the gate"))]),
            _ => Value.Of("one\ntwo"),
        };
        var fields = new Fields();

        ReadAnswer.Write(Q(kind), value, fields);

        Assert.Equal(value, ReadAnswer.Of(Q(kind), fields));
    }

    private static readonly string[] Hostile =
    [
        "", " ", "\0", "'; DROP TABLE x;--", "\"><svg onload=alert(1)>", "{{7*7}}", "@(1+1)", "=1+1", "((q))", "{name}", "{limit}", "99999999999999999999999999999999", "-0", "1e308", "NaN", "0x7f", "١٢٣",
        "31", "02", "2026", "yes", "a", "\uD800", "\u202Eabc", new('9', 30_000), new('a', 30_000), "LS1 4AP", "🙂🙂", "\r\n\r\n", "../../etc/passwd", "null", "true", "http://", "http://a.b/" + new string('x', 3000), "+", "+++++++++++",
    ];

    private static Fields Typed(string text) => new Fields().Set("q", text);

    private static Value Read(QuestionKind kind, string text) => ReadAnswer.Of(Q(kind), Typed(text));

    internal static Question Q(QuestionKind kind) => new() { Id = "q", Kind = kind, Title = "What is it?", Name = new("your answer", "eich ateb") };

    internal static Form FormOf(params Question[] questions) => new()
    {
        Id = "form", Title = "Form", Service = "1", Interaction = "0", Team = "Team", PromiseDays = 1, Process = "form",
        Pages = [.. questions.Select(q => new FormPage { Id = $"p-{q.Id}", Items = [q] })],
    };
}
