using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Concentric.Measure.Charts;
using Concentric.Measure.Variation;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Concentric.Tests.Measure;

public class ChartFigureTests
{
    private static readonly DateOnly _monday = new(2025, 1, 6);
    private static readonly ChartText _text = new("waste", "Failure demand by week", "Contacts coded as failure demand (definition 1).", "6 January to 30 March 2025", 1234, "contacts a week");

    [Fact]
    public async Task A_figure_says_what_it_is_of_when_and_how_many()
    {
        var figure = await Render<LineFigure>(new() { ["Text"] = _text with { Notes = ["Synthetic."] }, ["Periods"] = Weeks(2), ["Lines"] = new LineSeries[] { new("All", [1, 2]) } });

        Assert.Equal("FIGURE", figure.TagName);
        Assert.Equal(("app-figure", "line", "waste"), (figure.ClassName, figure.GetAttribute("data-chart"), figure.Id));
        var caption = figure.QuerySelector("figcaption")!.TextContent;
        foreach (var part in (string[])["Failure demand by week", "definition 1", "6 January to 30 March 2025", "n\u00A0=\u00A01,234", "Synthetic."]) Assert.Contains(part, caption, StringComparison.Ordinal);
        Assert.True(figure.QuerySelector(".app-figure__canvas")!.HasAttribute("hidden"));
        Assert.Contains("Failure demand by week", figure.QuerySelector("table caption")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_of_a_control_chart_holds_every_number()
    {
        double?[] values = [10, 12, 10, 12, 10, null, 10, 12, 10, 40, 12, 10, 12];
        var chart = XmrChart.Of(values, [new PhaseStart(11, "New form", Midway: true)]);

        var figure = await Render<XmrFigure>(new() { ["Chart"] = chart, ["Periods"] = Weeks(13), ["Text"] = _text, ["Better"] = Better.Lower, ["Changes"] = new PhaseStart[] { new(11, "New form", true) } });

        var rows = figure.QuerySelectorAll("tbody tr").ToList();
        Assert.Equal(13, rows.Count);
        Assert.Equal(values.Select(v => v?.ToString("R", CultureInfo.InvariantCulture)), rows.Select(r => r.Children[1].GetAttribute("data-value")));
        Assert.Equal(chart.Phases[0].Limits.Mean, Number(rows[0].Children[2]));
        Assert.Equal(0, Number(rows[0].Children[3]));
        Assert.Equal(chart.Phases[0].Limits.Upper, Number(rows[0].Children[4]));
        Assert.Equal("No value recorded", rows[5].Children[6].TextContent);
        Assert.Equal("", rows[6].Children[5].GetAttribute("data-value") ?? "");
        Assert.Equal(("concern", "Concern: Above the upper limit"), (rows[9].GetAttribute("data-signal"), rows[9].Children[6].TextContent));
        Assert.Equal(("New form", "Period of the change: not judged"), (rows[11].Children[7].TextContent, rows[11].Children[6].TextContent));
        Assert.False(rows[11].HasAttribute("data-phase"));
        Assert.Equal("1", rows[12].GetAttribute("data-phase"));
    }

    [Fact]
    public async Task The_icons_say_in_words_what_they_show_and_a_target_is_drawn()
    {
        var chart = XmrChart.Of([10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 30]);

        var figure = await Render<XmrFigure>(new() { ["Chart"] = chart, ["Periods"] = Weeks(13), ["Text"] = _text, ["Better"] = Better.Lower, ["ShowIcons"] = true, ["Target"] = 50.0 });
        var plain = await Render<XmrFigure>(new() { ["Chart"] = chart, ["Periods"] = Weeks(13), ["Text"] = _text, ["Better"] = Better.Lower });

        Assert.Equal("50", figure.GetAttribute("data-target"));
        Assert.Equal(["Variation: Concern, higher", "Target: Meets the target"], figure.QuerySelectorAll("svg[role=img]").Select(s => s.GetAttribute("aria-label")));
        Assert.Contains(IconWords.Sentence(VariationIcon.ConcernHigh), figure.TextContent, StringComparison.Ordinal);
        Assert.Contains("Target 50: The target lies outside the limits on the good side", figure.TextContent, StringComparison.Ordinal);
        Assert.Empty(figure.QuerySelectorAll("[style]"));
        Assert.Empty(plain.QuerySelectorAll("svg"));
        Assert.False(plain.HasAttribute("data-target"));
    }

    [Fact]
    public async Task Every_icon_is_drawn_with_its_name()
    {
        var drawn = new List<string>();
        foreach (var icon in Enum.GetValues<VariationIcon>())
        {
            var mark = await Render<VariationMark>(new() { ["Icon"] = icon, ["Provisional"] = true });
            Assert.Equal($"Variation: {IconWords.Title(icon)}, provisional", mark.GetAttribute("aria-label"));
            drawn.Add(mark.InnerHtml);
        }
        foreach (var icon in Enum.GetValues<AssuranceIcon>()) drawn.Add((await Render<AssuranceMark>(new() { ["Icon"] = icon })).InnerHtml);

        // A change and a pattern differ in where the last point lies; none is drawn as another is.
        Assert.Equal(drawn.Count, drawn.Distinct().Count());
    }

    [Fact]
    public async Task Limits_that_were_fixed_are_marked_as_carried_on()
    {
        var figure = await Render<XmrFigure>(new() { ["Chart"] = XmrChart.Of([10, 12, 10, 12, 11, 12], [], fixAfter: 4), ["Periods"] = Weeks(6), ["Text"] = _text });

        Assert.Equal(2, figure.QuerySelectorAll("tr[data-frozen=yes][data-phase='0']").Length);
        Assert.Contains("limits fixed after 27 January 2025", figure.QuerySelector("figcaption")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frozen_baseline_is_marked_and_said()
    {
        var chart = XmrChart.Frozen([10, 12, 10, 12, 11, 12], 0, new PhaseStart(4, "New form"));

        var figure = await Render<XmrFigure>(new() { ["Chart"] = chart, ["Periods"] = Weeks(6), ["Text"] = _text });

        Assert.Equal(2, figure.QuerySelectorAll("tr[data-frozen=yes][data-phase='1']").Length);
        Assert.Contains("Baseline, frozen: mean 11.0", figure.QuerySelector("figcaption")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Since “New form”: the limits of the baseline", figure.QuerySelector("figcaption")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("provisional", figure.QuerySelector("figcaption")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chart_of_shares_has_limits_in_each_row_and_says_what_may_not_be_seen()
    {
        (long, long)?[] shares = [(20, 40), (75, 100), null, (4, 20), (77, 100), (74, 100)];
        var chart = ShareChart.Frozen(shares, new PhaseStart(4, "Version 2"));

        var figure = await Render<ShareFigure>(new()
        {
            ["Chart"] = chart, ["Periods"] = Weeks(6), ["Text"] = _text with { Decimals = 1 }, ["Better"] = Better.Higher,
            ["Changes"] = new PhaseStart[] { new(4, "Version 2") }, ["Instead"] = new Dictionary<int, string> { [3] = "1 to 7 of 20" },
        });

        Assert.Equal("xmr", figure.GetAttribute("data-chart"));
        Assert.Equal(["label", "value", "mean", "lower", "upper"], figure.QuerySelectorAll("th[data-column]").Select(h => h.GetAttribute("data-column")));
        var rows = figure.QuerySelectorAll("tbody tr").ToList();
        Assert.Equal(["50.0", "75.0", "–", "1 to 7 of 20", "77.0", "74.0"], rows.Select(r => r.Children[1].TextContent));
        Assert.Equal("20", rows[3].Children[1].GetAttribute("data-value"));
        Assert.Equal(["40", "100", "–", "20", "100", "100"], rows.Select(r => r.Children[2].TextContent));
        Assert.Equal(100 * chart.Points[1].Limits!.Value.Low, Number(rows[1].Children[4]));
        Assert.NotEqual(Number(rows[0].Children[4]), Number(rows[1].Children[4]));
        Assert.Equal("100", rows[3].Children[5].GetAttribute("data-value"));
        Assert.Equal("Too few for a share", rows[2].Children[6].TextContent);
        Assert.Equal(("Version 2", "yes"), (rows[4].GetAttribute("data-change"), rows[4].GetAttribute("data-frozen")));
        var caption = figure.QuerySelector("figcaption")!.TextContent;
        foreach (var part in (string[])["Baseline, frozen: mean 61.9%, from 3 periods", "mean ± 3", "times as wide", "provisional", "Since “Version 2”: the mean of the baseline"])
            Assert.Contains(part, caption, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_table_folds_away_and_a_short_one_does_not()
    {
        var lines = new LineSeries[] { new("All", [.. Enumerable.Range(0, 13).Select(i => (double?)i)]) };

        var folded = await Render<LineFigure>(new() { ["Text"] = _text, ["Periods"] = Weeks(13), ["Lines"] = lines });
        var open = await Render<LineFigure>(new() { ["Text"] = _text, ["Periods"] = Weeks(12), ["Lines"] = lines });

        Assert.NotNull(folded.QuerySelector("details > .govuk-details__text table"));
        Assert.Null(open.QuerySelector("details"));
        Assert.NotNull(open.QuerySelector("table"));
    }

    [Fact]
    public async Task Bars_show_their_interval_and_a_value_that_is_not_known()
    {
        var figure = await Render<BarFigure>(new() { ["Text"] = _text with { Decimals = 1 }, ["CategoryName"] = "Service", ["Bars"] = new BarRow[] { new("Bins", 12.34, 1200, 10.1, 14.9), new("Parks", null, 3) } });

        var rows = figure.QuerySelectorAll("tbody tr").ToList();
        Assert.Equal(["Bins", "12.3", "10.1", "14.9", "1,200"], rows[0].Children.Select(c => c.TextContent));
        Assert.Equal(["Parks", "–", "–", "–", "3"], rows[1].Children.Select(c => c.TextContent));
        Assert.False(rows[1].Children[1].HasAttribute("data-value"));
    }

    [Fact]
    public async Task No_markup_of_a_figure_needs_an_exception_from_the_content_security_policy()
    {
        var figure = await Render<XmrFigure>(new() { ["Chart"] = XmrChart.Of([1, 2, 3]), ["Periods"] = Weeks(3), ["Text"] = _text with { Title = "<script>alert(1)</script>" } });

        Assert.Empty(figure.QuerySelectorAll("[style], script, style, [onclick]"));
        Assert.Contains("<script>", figure.QuerySelector("[data-chart-title]")!.TextContent, StringComparison.Ordinal);
    }

    private static ChartPeriod[] Weeks(int n) => [.. Enumerable.Range(0, n).Select(i => ChartPeriod.Week(_monday.AddDays(7 * i)))];

    private static double Number(IElement cell) => double.Parse(cell.GetAttribute("data-value")!, CultureInfo.InvariantCulture);

    private static async Task<IElement> Render<T>(Dictionary<string, object?> parameters)
        where T : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        return new HtmlParser().ParseDocument(html).Body!.FirstElementChild!;
    }
}
