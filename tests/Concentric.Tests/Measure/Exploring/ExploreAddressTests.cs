using Concentric.Core;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;
using Concentric.Measure.Exploring;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Concentric.Tests.Measure;

/// <summary>The address of Explore is all that its page needs.</summary>
[Trait("Database", "none")]
public sealed class ExploreAddressTests
{
    [Fact]
    public void An_address_gives_the_question_that_made_it() =>
        Prop.ForAll(Questions().ToArbitrary(), asked =>
        {
            var (again, errors) = Parse(asked.Address());

            Assert.Empty(errors);
            Assert.Equal(asked.Chart, again.Chart);
            Assert.Equal(Text(asked), Text(again));
            Assert.Equal(asked.Address(), again.Address());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261122, 3));

    [Fact]
    public void A_saved_question_gives_the_same_address() =>
        Prop.ForAll(Questions().ToArbitrary(), asked =>
        {
            var view = new SavedView
            {
                Id = Guid.Empty, Owner = "", Name = "", Question = SavedView.Json(asked.Question), Chart = AskContacts.Kebab(asked.Chart), IsShared = false, SavedAt = default,
            };

            Assert.Equal(asked.Address(), view.Asks.Address());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(20261122, 5));

    [Theory]
    [InlineData("?by=shoe-size", "There is nothing called “shoe-size” to group by")]
    [InlineData("?by=service&by=channel&by=week&by=ward&by=area", "Group by 4 things or fewer")]
    [InlineData("?measure=happiness", "There is no measure called “happiness”")]
    [InlineData("?measure=contacts&from=yesterday", "The first day must be a date from 1970 on, as 2026-03-02, and not “yesterday”")]
    [InlineData("?measure=contacts&to=2026-02-30", "The last day must be a date")]
    [InlineData("?measure=contacts&from=9999-12-31", "The first day must be a date")]
    [InlineData("?measure=contacts&from=2026-03-02&to=2026-03-01", "The last day must be the first day or after it")]
    [InlineData("?measure=contacts&rows=-3", "The number of rows must be from 1")]
    [InlineData("?measure=contacts&sort=random", "There is no order called “random”")]
    [InlineData("?measure=contacts&chart=pie", "There is no chart called “pie”")]
    public void A_wrong_address_is_told_what_is_wrong(string address, string message)
    {
        var (_, errors) = Parse(address);

        Assert.Contains(errors, e => e.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_view_of_former_times_opens_with_the_names_of_today_and_keeps_what_nobody_knows_any_more()
    {
        var view = new SavedView
        {
            Id = Guid.Empty, Owner = "", Name = "Old", Question = """{"measures": ["cost-pence", "smiles"], "by": ["service"], "colour": "red"}""", Chart = "doughnut", IsShared = false, SavedAt = default,
        };

        Assert.Equal("/measure/explore?measure=cost&measure=smiles&by=service", view.Asks.Address());
        Assert.Contains(Parse(view.Asks.Address()).Errors, e => e.Message.Contains("“smiles”", StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_take_the_six_largest_and_every_period_and_heat_maps_both_sides()
    {
        var rows = from month in (int[])[10, 13] from channel in Enumerable.Range(1, 8) select new AnsweredRow([channel, month], [new Figure(100 * channel)]);
        var answer = new Answered
        {
            Question = new(), Council = new(1, "n", "N", true, "Europe/London"), By = [Dimension.Channel, Dimension.Month], Measures = [AskedMeasure.Find("contacts")!], Rows = [.. rows],
            More = 0, N = ShownCount.Exact(7200), From = null, To = null, IsExact = true, IsWithheld = false,
        };

        var lines = Crossing.Of(answer, timeDown: true, int.MaxValue, ExploreView.MostLines);
        var heat = Crossing.Of(answer, timeDown: false, 3, 40);

        Assert.Equal([10, 11, 12, 13], lines.Rows);
        Assert.Equal([8, 7, 6, 5, 4, 3], lines.Columns);
        Assert.Equal(2, lines.LeftOut);
        Assert.Null(lines.At(11, 8));
        Assert.Equal(800, lines.At(13, 8)!.Value.Value);
        Assert.Equal((Dimension.Channel, Dimension.Month), (heat.Down, heat.Across));
        Assert.Equal([8, 7, 6], heat.Rows);
        Assert.Equal([10, 13], heat.Columns);
    }

    private static (ExploreQuestion Asked, Errors Errors) Parse(string address) =>
        ExploreQuestion.Parse(new QueryCollection(QueryHelpers.ParseQuery(address[address.IndexOf('?', StringComparison.Ordinal)..])));

    private static string Text(ExploreQuestion asked) => SavedView.Json(asked.Question with { Where = asked.Question.Where.OrderBy(w => w.Key, StringComparer.Ordinal).ToDictionary(w => w.Key, w => w.Value) });

    private static Gen<ExploreQuestion> Questions()
    {
        var day = Gen.Choose(0, 3000).Select(d => new DateOnly(2018, 1, 1).AddDays(d));
        var value = Gen.Elements("web", "524", "boston311:Pothole & more", "Älpha = β?", "=1+1", "a,b", "100%", "#", "Ward 3+4");
        var filter = from name in Gen.Elements(AskContacts.Dimensions.Keys.Where(k => k != "council").ToArray())
                     from values in Gen.NonEmptyListOf(value).Select(l => (IReadOnlyList<string>)[.. l.Distinct()])
                     select (name, values);
        return from groups in Gen.SubListOf(AskContacts.Dimensions.Keys.ToArray()).Select(l => l.Take(4).ToArray())
               from measures in Gen.NonEmptyListOf(Gen.Elements(AskedMeasure.All.Select(m => m.Name).ToArray())).Select(l => l.Distinct().ToArray())
               from filters in Gen.ListOf(filter)
               from days in Gen.Two(day).Select(t => t.Item1 <= t.Item2 ? t : (t.Item2, t.Item1))
               from hasFrom in Gen.Elements(true, false)
               from hasTo in Gen.Elements(true, false)
               from council in Gen.Elements(null, "northmoor", "St. Æthel & Co")
               from sort in Gen.Elements(AskContacts.Sorts.Append(null).ToArray())
               from limit in Gen.Elements<int?>(null, 1, 50, 100_000)
               from chart in Gen.Elements(Enum.GetValues<ChartKind>())
               select new ExploreQuestion
               {
                   Question = new()
                   {
                       Council = council, By = groups, Measures = measures, Where = filters.DistinctBy(f => f.name).ToDictionary(f => f.name, f => f.values),
                       From = hasFrom ? days.Item1 : null, To = hasTo ? days.Item2 : null, Sort = sort, Limit = limit,
                   },
                   Chart = chart,
               };
    }
}
