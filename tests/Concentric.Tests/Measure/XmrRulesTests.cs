using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure;

public class XmrRulesTests
{
    /// <summary>Limits with mean 0 and standard deviation 1 as the vectors have them: 2.66 × mR̄ = 3.</summary>
    private static readonly XmrLimits _standard = new(20, 19, 0, 0, 3 / 2.66);

    [Fact]
    public void Signals_are_those_of_the_reference()
    {
        var cases = 0;
        foreach (var row in Vectors.Read("spc_rules_reference.json").GetProperty("rule_cases").EnumerateArray())
        {
            var (z, flags) = (row.GetProperty("z").Values(), row.GetProperty("flags_index0"));
            Assert.Equal(flags.GetProperty("nelson1_beyond_3s").Indexes(), At(new XmrRules(), z, SignalKind.BeyondLimit));
            foreach (var length in (int[])[7, 8, 9]) Assert.Equal(flags.GetProperty($"run_{length}_one_side").Indexes(), At(new XmrRules(Shift: length), z, SignalKind.Shift));
            foreach (var length in (int[])[6, 7]) Assert.Equal(flags.GetProperty($"trend_{length}_points").Indexes(), At(new XmrRules(Trend: length), z, SignalKind.Trend));
            Assert.Equal(flags.GetProperty("mdc_2of3_new_incl_beyond3").Indexes(), At(new XmrRules(), z, SignalKind.TwoOfThree));
            Assert.Equal(flags.GetProperty("mdc_2of3_old_2to3_only").Indexes(), At(new XmrRules(OldTwoOfThree: true), z, SignalKind.TwoOfThree));
            cases++;
        }

        Assert.True(cases >= 9);
    }

    [Fact]
    public void Signals_of_Nelson_and_Western_Electric_are_those_of_the_reference()
    {
        var (nelson, western) = (XmrRules.Of(RuleSet.Nelson), XmrRules.Of(RuleSet.WesternElectric));
        foreach (var row in Vectors.Read("spc_rules_reference.json").GetProperty("rule_cases").EnumerateArray())
        {
            var (z, flags) = (row.GetProperty("z").Values(), row.GetProperty("flags_index0"));
            void Same(string key, XmrRules rules, SignalKind kind) => Assert.Equal(flags.GetProperty(key).Indexes(), At(rules, z, kind));
            Same("nelson1_beyond_3s", nelson, SignalKind.BeyondLimit);
            Same("run_9_one_side", nelson, SignalKind.Shift);
            Same("trend_6_points", nelson, SignalKind.Trend);
            Same("nelson4_14_alternating", nelson, SignalKind.Alternating);
            Same("nelson5_2of3_beyond_2s", nelson, SignalKind.TwoOfThree);
            Same("nelson6_4of5_beyond_1s", nelson, SignalKind.FourOfFive);
            Same("nelson7_15_within_1s", nelson, SignalKind.WithinOneSigma);
            Same("nelson8_8_outside_1s", nelson, SignalKind.OutsideOneSigma);
            Same("nelson1_beyond_3s", western, SignalKind.BeyondLimit);
            Same("nelson5_2of3_beyond_2s", western, SignalKind.TwoOfThree);
            Same("nelson6_4of5_beyond_1s", western, SignalKind.FourOfFive);
            Same("run_8_one_side", western, SignalKind.Shift);
            Assert.Empty(At(western, z, SignalKind.Trend));
            Same("run_7_one_side", XmrRules.Of(RuleSet.Mdc7), SignalKind.Shift);
            Same("trend_6_points", XmrRules.Of(RuleSet.Mdc6), SignalKind.Trend);
            Same("mdc_2of3_old_2to3_only", XmrRules.Of(RuleSet.Mdc6, oldTwoOfThree: true), SignalKind.TwoOfThree);
        }
    }

    [Fact]
    public void Only_the_sets_that_name_a_rule_use_it()
    {
        var patterns = (double?[])[.. Enumerable.Range(0, 16).Select(i => (double?)(i % 2 == 0 ? 1.5 : -1.5))];

        Assert.All((RuleSet[])[RuleSet.Mdc7, RuleSet.Mdc6, RuleSet.WesternElectric], set => Assert.All(XmrRules.Of(set).Find(patterns, _standard), Assert.Empty));
        Assert.All(XmrRules.Of(RuleSet.Nelson).Find(patterns, _standard), s => Assert.Equal([SignalKind.Alternating, SignalKind.OutsideOneSigma], s.Select(x => x.Kind)));
        Assert.Equal(4, XmrRules.Names.Values.Distinct().Count());
        Assert.All(XmrRules.Names.Values, set => Assert.Equal(set, XmrRules.Of(set).Set));
    }

    [Fact]
    public void A_gap_breaks_every_pattern()
    {
        var nelson = XmrRules.Of(RuleSet.Nelson);

        Assert.Empty(At(nelson, [1.5, 1.5, null, 1.5, 1.5], SignalKind.FourOfFive));
        Assert.Empty(At(nelson, [.. Enumerable.Range(0, 15).Select(i => i == 7 ? (double?)null : i % 2 == 0 ? 1 : -1)], SignalKind.Alternating));
        Assert.Empty(At(nelson, [.. Enumerable.Range(0, 16).Select(i => i == 8 ? (double?)null : i % 3 * 0.1)], SignalKind.WithinOneSigma));
        Assert.Empty(At(nelson, [1.5, -1.5, 1.5, -1.5, null, 1.5, -1.5, 1.5, -1.5], SignalKind.OutsideOneSigma));
    }

    [Fact]
    public void A_point_on_a_limit_is_not_beyond_it()
    {
        Assert.Empty(At(new XmrRules(), [3, -3, 0], SignalKind.BeyondLimit));
        Assert.Equal([0, 1], At(new XmrRules(), [3.0001, -3.0001, 0], SignalKind.BeyondLimit));
    }

    [Fact]
    public void A_point_equal_to_the_mean_breaks_a_shift()
    {
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], At(new XmrRules(), [1, 1, 1, 1, 1, 1, 1], SignalKind.Shift));
        Assert.Empty(At(new XmrRules(), [1, 1, 1, 0, 1, 1, 1], SignalKind.Shift));
    }

    [Fact]
    public void A_gap_breaks_every_run()
    {
        Assert.Empty(At(new XmrRules(), [1, 1, 1, null, 1, 1, 1, 1], SignalKind.Shift));
        Assert.Empty(At(new XmrRules(), [0, 1, 2, 3, null, 4, 5, 6], SignalKind.Trend));
        Assert.Empty(At(new XmrRules(), [2.5, null, 2.5], SignalKind.TwoOfThree));
    }

    [Fact]
    public void A_tie_breaks_a_trend_and_six_rises_make_one_of_seven_points()
    {
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], At(new XmrRules(), [-3, -2, -1, 0.5, 1, 2, 2.5], SignalKind.Trend));
        Assert.Empty(At(new XmrRules(), [-3, -2, -1, -1, 1, 2, 2.5], SignalKind.Trend));
        Assert.Empty(At(new XmrRules(), [-2, -1, 0.5, 1, 2, 2.5], SignalKind.Trend));
    }

    [Fact]
    public void Shorter_runs_count_only_where_they_are_asked_for()
    {
        double?[] six = [1, 1, 1, 1, 1, 1];

        Assert.Empty(At(new XmrRules(), six, SignalKind.Shift));
        Assert.Equal(6, At(new XmrRules(Shift: 6), six, SignalKind.Shift).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new XmrRules(Shift: 5).Find(six, _standard));
        Assert.Throws<ArgumentOutOfRangeException>(() => new XmrRules(Trend: 8).Find(six, _standard));
    }

    [Fact]
    public void Every_signal_has_its_reason_in_words_the_strongest_first()
    {
        var signals = new XmrRules().Find([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 3.5], _standard)[6];

        Assert.Equal([SignalKind.BeyondLimit, SignalKind.Trend, SignalKind.Shift], signals.Select(s => s.Kind));
        Assert.Equal(["Above the upper limit", "One of 7 points in a row, each higher than the one before", "One of 7 points in a row above the mean"], signals.Select(s => s.Reason));
        SignalKind[] patterns = [SignalKind.Alternating, SignalKind.WithinOneSigma, SignalKind.OutsideOneSigma];
        Assert.All(Enum.GetValues<SignalKind>().Except(patterns), kind => Assert.NotEqual(new Signal(kind, Side.Above, 7).Reason, new Signal(kind, Side.Below, 7).Reason));
        Assert.Equal(Enum.GetValues<SignalKind>().Length, Enum.GetValues<SignalKind>().Select(k => new Signal(k, Side.Above, 7).Reason).Distinct().Count());
    }

    [Fact]
    public void What_a_signal_means_depends_on_which_direction_is_good()
    {
        var above = new Signal(SignalKind.Shift, Side.Above, 7);

        Assert.Equal([Meaning.Change, Meaning.Concern, Meaning.Improvement], [above.Means(Better.Neither), above.Means(Better.Lower), above.Means(Better.Higher)]);
    }

    private static int[] At(XmrRules rules, double?[] values, SignalKind kind)
    {
        var found = rules.Find(values, _standard);
        return [.. Enumerable.Range(0, values.Length).Where(i => found[i].Any(s => s.Kind == kind))];
    }
}
