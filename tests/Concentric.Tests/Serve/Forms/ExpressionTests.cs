using Concentric.Serve.Forms;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Serve.Forms;

[Trait("Database", "none")]
public sealed class ExpressionTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    private static readonly Dictionary<string, Value> Known = new(StringComparer.Ordinal)
    {
        ["bin"] = Value.Of("refuse"),
        ["n"] = Value.Of(5m),
        ["born"] = Value.Of(new DateOnly(2008, 11, 21)),
        ["yes"] = Value.True,
        ["ticked"] = Value.Of(["a", "b"]),
        ["home"] = Value.Of([KeyValuePair.Create("postcode", Value.Of("LS1 4AP"))]),
        ["people"] = Value.Of(new[] { 3m, 4m }.Select(age => Value.Of([KeyValuePair.Create("age", Value.Of(age)), KeyValuePair.Create("name", Value.Of($"P{age}"))]))),
        ["long"] = Value.Of(new string('a', 20_000)),
    };

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("10 - 4 - 3", "3")]
    [InlineData("8 / 2 / 2", "2")]
    [InlineData("1 - -1", "2")]
    [InlineData("5 -3", "2")]
    [InlineData("1 / 3 * 3 = 1", "false")]
    [InlineData("0.1 + 0.2 = 0.3", "true")]
    [InlineData("1 + 1 = 2 and 2 < 3 or false", "true")]
    [InlineData("true or false and false", "true")]
    [InlineData("(true or false) and false", "false")]
    [InlineData("not false and false", "false")]
    [InlineData("not not not true", "false")]
    [InlineData("'it''s'", "it's")]
    [InlineData("bin = 'REFUSE'", "true")]
    [InlineData("bin != 'refuse'", "false")]
    [InlineData("bin in ['recycling', 'refuse']", "true")]
    [InlineData("bin contains 'fus'", "true")]
    [InlineData("ticked contains 'a'", "true")]
    [InlineData("ticked contains 'c'", "false")]
    [InlineData("home.postcode = 'ls1 4ap'", "true")]
    [InlineData("home.county", "")]
    [InlineData("home.county = 'x'", "false")]
    [InlineData("n >= 5 and n <= 5 and n > 4 and n < 6", "true")]
    [InlineData("n < 'text'", "false")]
    [InlineData("n - 1", "4")]
    [InlineData("today()", "2026-11-20")]
    [InlineData("date('2026-01-31')", "2026-01-31")]
    [InlineData("date('31 January')", "")]
    [InlineData("add-days(today(), 11)", "2026-12-01")]
    [InlineData("add-months(date('2026-01-31'), 1)", "2026-02-28")]
    [InlineData("add-days(today(), 99999999)", "")]
    [InlineData("add-months(today(), 100000)", "")]
    [InlineData("days-between(date('2026-01-01'), date('2026-01-31'))", "30")]
    [InlineData("age(born)", "17")]
    [InlineData("age(date('2008-11-20'))", "18")]
    [InlineData("age(date('2030-01-01'))", "")]
    [InlineData("year(born) + month(born)", "2019")]
    [InlineData("weekday(date('2026-11-22'))", "7")]
    [InlineData("weekday(date('2026-11-23'))", "1")]
    [InlineData("answered(bin)", "true")]
    [InlineData("answered(missing)", "false")]
    [InlineData("count(ticked)", "2")]
    [InlineData("count(bin)", "1")]
    [InlineData("count(missing)", "0")]
    [InlineData("sum(people, 'age')", "7")]
    [InlineData("sum(people, 'name')", "0")]
    [InlineData("sum([1, 2, missing])", "3")]
    [InlineData("any(people, 'age', 4)", "true")]
    [InlineData("any(people, 'age', 5)", "false")]
    [InlineData("any(people, 'name', ' p3 ')", "true")]
    [InlineData("min(3, n, 9)", "3")]
    [InlineData("max(3, missing, 9)", "9")]
    [InlineData("max(missing)", "")]
    [InlineData("round(2.345, 2)", "2.35")]
    [InlineData("round(2.5)", "3")]
    [InlineData("round(2.5, 99)", "")]
    [InlineData("length(bin)", "6")]
    [InlineData("length(missing)", "0")]
    [InlineData("lower('ABC')", "abc")]
    [InlineData("starts-with(home.postcode, 'ls1')", "true")]
    [InlineData("number('12.5') + 1", "13.5")]
    [InlineData("number('x')", "")]
    [InlineData("if(yes, 'a', 'b')", "a")]
    [InlineData("if(missing, 'a', 'b')", "b")]
    [InlineData("[1, [2, 3]]", "1, ")]
    [InlineData("79228162514264337593543950335 * 2", "")]
    public void An_expression_has_this_value(string text, string value)
    {
        Assert.Null(Expression.Parse(text).Error);

        Assert.Equal(value, Evaluate(text).ToString());
    }

    [Theory]
    [InlineData("missing = 'a'", false)]
    [InlineData("missing != 'a'", false)]
    [InlineData("not missing = 'a'", true)]
    [InlineData("missing = nothing", true)]
    [InlineData("missing != nothing", false)]
    [InlineData("bin = nothing", false)]
    [InlineData("bin != nothing", true)]
    [InlineData("missing = gone", false)]
    [InlineData("missing < 1", false)]
    [InlineData("missing >= 1", false)]
    [InlineData("missing in ['a']", false)]
    [InlineData("missing contains 'a'", false)]
    [InlineData("missing + 1 = nothing", true)]
    [InlineData("1 / 0 = nothing", true)]
    [InlineData("1 / missing = nothing", true)]
    [InlineData("missing", false)]
    [InlineData("'true'", false)]
    [InlineData("1", false)]
    public void What_is_not_there_is_nothing(string text, bool truth) => Assert.Equal(truth, Evaluate(text).IsTrue);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  ", "empty")]
    [InlineData("1 +", "missing at the end")]
    [InlineData("(1", "“)” is missing")]
    [InlineData("'open", "quote is not closed")]
    [InlineData("1 == 2", "not expected here")]
    [InlineData("fly(1)", "no function “fly”")]
    [InlineData("age()", "takes 1 values and not 0")]
    [InlineData("round(1, 2, 3)", "takes 1 to 2")]
    [InlineData("a. = 1", "is not a name")]
    [InlineData("1.2.3", "is not a number")]
    [InlineData("and", "not expected here")]
    [InlineData("1 2", "not expected here")]
    [InlineData("a; drop table", "not expected here")]
    public void What_is_wrong_is_said_and_its_value_is_nothing(string text, string words)
    {
        var expression = Expression.Parse(text);

        Assert.Contains(words, expression.Error, StringComparison.Ordinal);
        Assert.True(expression.Evaluate(Scope()).IsNothing);
    }

    [Fact]
    public void The_limits_are_as_published()
    {
        Assert.Null(Expression.Parse($"'{new string('a', 1998)}'").Error);
        Assert.Contains("2000", Expression.Parse($"'{new string('a', 1999)}'").Error, StringComparison.Ordinal);
        Assert.Null(Expression.Parse(string.Join('+', Enumerable.Repeat("1", 250))).Error);
        Assert.Contains("500 parts", Expression.Parse(string.Join('+', Enumerable.Repeat("1", 251))).Error, StringComparison.Ordinal);
        Assert.Null(Expression.Parse(new string('(', 31) + "1" + new string(')', 31)).Error);
        Assert.Contains("32 levels", Expression.Parse(new string('(', 32) + "1" + new string(')', 32)).Error, StringComparison.Ordinal);
        Assert.Contains("32 levels", Expression.Parse(new string('[', 900)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_row_of_not_does_not_exhaust_the_stack() =>
        Assert.True(Evaluate(string.Concat(Enumerable.Repeat("not ", 497)) + "false").IsTrue);

    [Fact]
    public void What_takes_more_than_its_steps_is_nothing()
    {
        var many = Value.Of(Enumerable.Range(0, 500).Select(n => Value.Of((decimal)n)));
        var scope = new Scope(_ => many, Today);

        Assert.Equal("499", $"{Expression.Parse("max(x, x, x)").Evaluate(scope)}");
        Assert.True(Expression.Parse($"{string.Join(" + ", Enumerable.Repeat("max(x, x, x)", 50))} > 0").Evaluate(scope) is Value.Truth { Is: false });
        Assert.Equal("499", $"{Expression.Parse("max(x, x, x)").Evaluate(scope)}");
    }

    [Fact]
    public void Looking_for_a_long_text_in_a_long_text_counts_as_many_steps() =>
        Assert.False(Evaluate(string.Join(" or ", Enumerable.Repeat("not long contains long", 20)) + " or false") is not Value.Truth);

    [Fact]
    public void Lists_in_lists_cannot_grow()
    {
        var doubled = Expression.Parse("[x, x]");
        var value = Value.Of(["a", "b"]);

        for (var i = 0; i < 100; i++) value = doubled.Evaluate(new(_ => value, Today));

        Assert.True(value is Value.Many { Items.Length: 2 });
    }

    [Fact]
    public void Any_text_at_all_has_a_value_within_its_bounds() => Prop.ForAll(Gen.ArrayOf(Gen.Elements(Pieces)).ToArbitrary(), pieces =>
    {
        var expression = Expression.Parse(string.Concat(pieces));
        var asked = 0;
        var value = expression.Evaluate(new Scope(name => { asked++; return Known.GetValueOrDefault(name, Value.Nothing); }, Today));
        return value is not null && asked <= 500 && (expression.Error is null || value.IsNothing);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(120));

    [Fact]
    public void Any_signs_at_all_are_read_without_falling_over() => Prop.ForAll<string>(text =>
        Expression.Parse(text ?? "").Evaluate(Scope()) is not null).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("bin = 'bin' and home.bin = bin", "f--bin = 'bin' and f--home.bin = f--bin")]
    [InlineData("count(people) > 1", "count(f--people) > 1")]
    [InlineData("any(people, 'age', n)", "any(f--people, 'age', f--n)")]
    [InlineData("today() > born", "today() > f--born")]
    public void Renaming_changes_names_and_nothing_else(string text, string renamed) =>
        Assert.Equal(renamed, Expression.Parse(text).Rename(n => $"f--{n}").Text);

    [Fact]
    public void A_renamed_expression_has_the_same_value() => Prop.ForAll(Gen.ArrayOf(Gen.Elements(Pieces)).ToArbitrary(), pieces =>
    {
        var expression = Expression.Parse(string.Concat(pieces));
        if (expression.Error is not null) return true;
        var renamed = expression.Rename(n => $"f--{n}");
        return renamed.Error is null && renamed.Evaluate(new(n => Known.GetValueOrDefault(n[3..], Value.Nothing), Today)) == expression.Evaluate(Scope());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(12));

    [Theory]
    [InlineData("plain")]
    [InlineData("it's")]
    [InlineData("'''")]
    public void A_quoted_text_comes_back(string text) => Assert.Equal(text, Evaluate(Expression.Quote(text)).ToString());

    private static readonly string[] Pieces =
    [
        "bin", "n", "born", "yes", "ticked", "people", "home.postcode", "long", "missing", "1", "2.5", "-3", "'a'", "''", "true", "nothing", "[", "]", "(", ")", ",", " + ", " - ", " * ", " / ",
        " = ", " != ", " < ", ">=", " contains ", " in ", " and ", " or ", "not ", "today()", "count(", "sum(", "any(", "max(", "if(", "date(", "age(", "number(", "lower(", "round(", " ", "'", ".", "é", "\n",
    ];

    private static Scope Scope() => new(name => Known.GetValueOrDefault(name, Value.Nothing), Today);

    private static Value Evaluate(string text) => Expression.Parse(text).Evaluate(Scope());
}
