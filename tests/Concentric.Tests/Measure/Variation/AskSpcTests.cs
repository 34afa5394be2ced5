using Concentric.Core;
using Concentric.Measure.Variation;
using Concentric.Measure.Variation.Asking;

namespace Concentric.Tests.Measure.Variation;

/// <summary>How figures, dates and changes are understood before they are charted.</summary>
[Trait("Database", "none")]
public sealed class AskSpcTests
{
    [Fact]
    public void Each_change_keeps_its_own_author_where_two_have_one_reason()
    {
        var answer = AskSpc.Answer(new()
        {
            Points = Months(24, (year, month) => $"{year}-{month:00}"),
            Rebase = [new() { Date = "2015-09", Reason = "New form", By = "Grace" }, new() { Date = "2016-05", Reason = "New form", By = "Lewis" }],
        });

        Assert.Equal([null, "Grace", "Lewis"], answer.Phases.Select(p => p.By));
    }

    [Fact]
    public void Days_of_the_month_in_the_other_order_are_read_as_months_where_that_is_said()
    {
        var american = Months(12, (year, month) => $"{month}/1/{year}");

        Assert.Throws<RefusedException>(() => AskSpc.Answer(new() { Points = american }));
        Assert.Equal(PeriodLength.Month, AskSpc.Answer(new() { Points = american, DateOrder = "mdy" }).Every);
        Assert.Equal(PeriodLength.Day, AskSpc.Answer(new() { Points = american, DateOrder = "dmy" }).Every);
        // The first of each month, in the order that is usual here.
        Assert.Equal(PeriodLength.Month, AskSpc.Answer(new() { Points = Months(12, (year, month) => $"1/{month}/{year}") }).Every);
    }

    [Fact]
    public void Months_dated_by_their_last_working_day_are_months()
    {
        static DateOnly Last(int year, int month)
        {
            var day = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
            while (!Periods.IsWorkingDay(day)) day = day.AddDays(-1);
            return day;
        }

        var answer = AskSpc.Answer(new() { Points = Months(14, (year, month) => $"{Last(year, month):yyyy-MM-dd}") });

        Assert.Equal((PeriodLength.Month, 14, 0), (answer.Every, answer.N, answer.Gaps));
    }

    [Fact]
    public void Many_gaps_are_said_to_be_a_sign_of_longer_periods()
    {
        var sparse = AskSpc.Answer(new() { Points = [.. new[] { 1, 6, 14, 21, 29 }.Select(d => new SpcFigure { Date = $"2015-01-{d:00}", Value = d })] });

        Assert.Contains(sparse.Warnings, w => w.StartsWith("24 of 29 periods are gaps. Figures were taken to be by day", StringComparison.Ordinal));
        Assert.DoesNotContain(AskSpc.Answer(new() { Points = Months(12, (year, month) => $"{year}-{month:00}") }).Warnings, w => w.Contains("are gaps", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_is_over_is_still_a_pattern_of_a_run_chart()
    {
        double[] values = [.. Enumerable.Repeat(1.0, 10), .. Enumerable.Repeat(9.0, 3), 1, 9, 1, 9, 1, 9, 9, 9, 9, 9];
        var answer = AskSpc.Answer(new() { Chart = "run", Points = [.. values.Select((v, i) => new SpcFigure { Date = $"2015-01-{i + 1:00}", Value = v + i * 0.001 })] });

        Assert.True(answer.Run!.RunIsTooLong);
        Assert.Empty(answer.Points[^1].Flags);
        Assert.Equal(VariationIcon.Pattern, answer.Icons.Variation);
    }

    [Fact]
    public void Limits_of_the_points_since_a_baseline_are_screened_as_the_chart_is()
    {
        double?[] values = [.. Enumerable.Range(0, 12).Select(i => (double?)(10 + i % 3)), .. Enumerable.Range(0, 14).Select(i => (double?)(i == 6 ? 60 : 30 + i % 3))];

        var icons = ChartIcons.Of(XmrChart.Of(values, [], new(Screen: true), fixAfter: 12), Better.Higher, 20);

        Assert.Equal(XmrLimits.Of([.. values.Skip(12)], screen: true), icons.Limits);
        Assert.True(icons.Limits!.ScreenedOut > 0);
    }

    [Fact]
    public void A_funnel_is_widened_only_where_units_differ_by_more_than_chance()
    {
        var chance = new Random(3);
        var funnels = Enumerable.Range(0, 300).Select(_ => Funnel.Of(FunnelKind.Share, [.. Enumerable.Range(0, 10).Select(i => new FunnelUnit($"{i}", $"{i}", Enumerable.Range(0, 200).Count(_ => chance.NextDouble() < 0.3), 200))])!).ToList();

        Assert.Contains(funnels, f => f.Phi is > 0.92 and <= 1);
        Assert.All(funnels.Where(f => f.Phi <= 1), f => Assert.Equal(0, f.Tau2));
    }

    private static List<SpcFigure> Months(int count, Func<int, int, string> write) => [.. Enumerable.Range(0, count).Select(i => new SpcFigure { Date = write(2015 + i / 12, i % 12 + 1), Value = 10 + i % 3 })];
}
