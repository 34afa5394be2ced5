using Concentric.Measure.Variation;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Measure;

public class EffectOfChangeTests
{
    private static readonly double?[] _steady = [30, 32, 29, 31, 30, 28, 32, 29, 30, 31, 30, 29];

    [Fact]
    public void The_effect_is_that_of_the_reference()
    {
        var vector = Vectors.Read("business_case_npv.json").GetProperty("spc_benefit_evidence");
        var (before, after) = (vector.GetProperty("pre").Values(), vector.GetProperty("post").Values());

        var effect = Assert.IsType<EffectShown>(EffectOfChange.Of([.. before, .. after], new PhaseStart(before.Length, "New form"), Better.Lower));

        var compared = effect.Compared;
        Vectors.Near(-8.25, compared.Difference);
        Vectors.Near(vector.GetProperty("ci95")[0].GetDouble(), compared.Low);
        Vectors.Near(vector.GetProperty("ci95")[1].GetDouble(), compared.High);
        Vectors.Near(vector.GetProperty("frozen_lpl").GetDouble(), compared.Frozen.Phases[0].Limits.Lower);
        Vectors.Near(-vector.GetProperty("lower_bound_benefit_units_per_period").GetDouble(), compared.Claim);
        Assert.Equal(vector.GetProperty("initial_run_on_favourable_side_of_frozen_baseline_mean").GetInt32(), compared.Run);
        Assert.Equal(vector.GetProperty("points_beyond_frozen_lpl").GetInt32(), compared.Beyond);
        Assert.True(effect.Favourable);
        Assert.False(compared.Provisional);
    }

    [Fact]
    public void What_got_worse_is_shown_as_such()
    {
        var effect = Assert.IsType<EffectShown>(EffectOfChange.Of([.. _steady, .. _steady.Select(v => v + 9)], new PhaseStart(12, ""), Better.Lower));

        Assert.False(effect.Favourable);
        Assert.True(effect.Compared.Claim > 0);
    }

    [Fact]
    public void Nothing_is_shown_where_nothing_changed()
    {
        var effect = Assert.IsType<NoEffectShown>(EffectOfChange.Of([.. _steady, .. _steady], new PhaseStart(12, "")));

        Assert.Equal(0, effect.Compared.Claim);
        Assert.Contains("zero", effect.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Means_that_differ_without_a_signal_are_not_enough()
    {
        // Long stretches make the interval narrow, but no run of seven and no point beyond a limit stands behind it.
        double?[] before = [.. Enumerable.Range(0, 52).Select(i => (double?)(i % 2 == 0 ? 20 : 30))];
        double?[] after = [.. Enumerable.Range(0, 60).Select(i => (double?)(i % 6 == 5 ? 22 : i % 2 == 0 ? 31 : 29))];

        var effect = Assert.IsType<NoEffectShown>(EffectOfChange.Of([.. before, .. after], new PhaseStart(52, "")));

        Assert.True(effect.Compared.Low > 0);
        Assert.Equal((5, 0), (effect.Compared.Run, effect.Compared.Beyond));
    }

    [Fact]
    public void It_is_too_early_until_the_shortest_run_can_be_seen()
    {
        double?[] Since(int n) => [.. _steady, .. _steady.Take(n).Select(v => v - 9)];

        Assert.Equal(new TooEarly(0, 7), EffectOfChange.Of(Since(0), new PhaseStart(12, "")));
        Assert.Equal(new TooEarly(6, 7), EffectOfChange.Of(Since(6), new PhaseStart(12, "")));
        Assert.True(Assert.IsType<EffectShown>(EffectOfChange.Of(Since(7), new PhaseStart(12, ""))).Compared.Provisional);
        Assert.Equal(new TooEarly(0, 7), EffectOfChange.Of(Since(3), new PhaseStart(40, "")));
    }

    [Fact]
    public void A_baseline_needs_twelve_values_and_some_variation()
    {
        double?[] gap = [30, 32, null, 31, 30, 28, 32, 29, 30, 31, 30, 29, .. _steady];

        Assert.Contains("there are 11", Assert.IsType<NoBaseline>(EffectOfChange.Of(gap, new PhaseStart(12, ""))).Reason, StringComparison.Ordinal);
        Assert.IsType<NoBaseline>(EffectOfChange.Of(_steady, new PhaseStart(-3, "")));
        double?[] still = [.. Enumerable.Repeat((double?)0, 12), .. _steady];
        Assert.Contains("No variation", Assert.IsType<NoBaseline>(EffectOfChange.Of(still, new PhaseStart(12, ""))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_baseline_is_the_latest_year_and_nothing_before_an_earlier_change()
    {
        double?[] long_ = [.. Enumerable.Range(0, 80).Select(i => (double?)(30 + i % 3)), .. _steady];

        var year = Assert.IsType<NoEffectShown>(EffectOfChange.Of(long_, new PhaseStart(80, "")));
        var since = Assert.IsType<NoEffectShown>(EffectOfChange.Of(long_, new PhaseStart(80, ""), notBefore: 60));

        Assert.Equal((28, 52), (year.Compared.BaselineFirst, year.Compared.Periods));
        Assert.Equal((60, 20), (since.Compared.BaselineFirst, since.Compared.Periods));
    }

    [Fact]
    public void A_change_in_the_middle_of_a_week_leaves_that_week_out()
    {
        var monday = new DateOnly(2025, 1, 6);
        WeekValue[] weeks = [.. _steady.Append(500).Concat(_steady.Select(v => v - 9)).Select((v, i) => new WeekValue(monday.AddDays(7 * i), v, 1))];

        var midway = Assert.IsType<EffectShown>(EffectOfChange.Of(new WeeklySeries(weeks), monday.AddDays(7 * 12 + 2)));
        var ended = EffectOfChange.Of(new WeeklySeries(weeks), monday.AddDays(7 * 12 + 2), otherChanges: [monday.AddDays(7 * 16)]);

        Assert.Equal((12, 12), (midway.Compared.Periods, midway.Compared.PeriodsSince));
        Assert.Equal(-9, midway.Compared.Difference, 9);
        Assert.Equal(new TooEarly(3, 7), ended);
    }

    [Fact]
    public void A_figure_that_was_falling_already_comes_with_a_caution()
    {
        double?[] falling = [.. Enumerable.Range(0, 30).Select(i => (double?)(100 - 2 * i + i % 2))];

        var effect = Assert.IsType<EffectShown>(EffectOfChange.Of(falling, new PhaseStart(15, "")));

        Assert.Contains(effect.Cautions, c => c.Contains("already falling", StringComparison.Ordinal));
    }

    [Fact]
    public void What_may_be_claimed_is_never_more_than_what_was_measured() => Prop.ForAll<int[], int[]>((first, second) =>
    {
        double?[] values = [.. first.Concat(second).Select(v => (double?)(v % 100))];
        var compared = EffectOfChange.Of(values, new PhaseStart(first.Length, "")) switch
        {
            EffectShown shown => shown.Compared,
            NoEffectShown none => none.Compared,
            _ => null,
        };
        return compared is null || (Math.Abs(compared.Claim) <= Math.Abs(compared.Difference) && compared.Low <= compared.Difference && compared.Difference <= compared.High);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_shift_of_the_whole_chart_leaves_the_effect_as_it_is() => Prop.ForAll<short>(shift =>
    {
        double?[] values = [.. _steady, .. _steady.Select(v => v - 5)];
        var one = ((EffectShown)EffectOfChange.Of(values, new PhaseStart(12, ""))).Compared;
        var other = ((EffectShown)EffectOfChange.Of([.. values.Select(v => v + shift)], new PhaseStart(12, ""))).Compared;
        return Math.Abs(one.Low - other.Low) < 1e-8 && Math.Abs(one.High - other.High) < 1e-8 && one.Run == other.Run;
    }).QuickCheckThrowOnFailure();
}
