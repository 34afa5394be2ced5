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
        Assert.All(Enum.GetValues<SignalKind>(), kind => Assert.NotEqual(new Signal(kind, Side.Above, 7).Reason, new Signal(kind, Side.Below, 7).Reason));
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
