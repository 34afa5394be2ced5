using Concentric.Measure.Variation;
using MathNet.Numerics.Distributions;

namespace Concentric.Tests.Measure.Variation;

/// <summary>Alarms of a process that stands still, held against simulations of others.</summary>
[Trait("Database", "none")]
public sealed class FalseAlarmsTests
{
    private const int Charts = 3_000;

    [Fact]
    public void Charts_raise_as_many_false_alarms_as_those_of_the_reference()
    {
        var rows = Vectors.Read("spc_false_alarm_simulated.json").EnumerateArray().ToList();
        Assert.Equal(36, rows.Count);

        Assert.All(rows, row =>
        {
            var (n, r) = (row.GetProperty("n_points").GetInt32(), row.GetProperty("autocorrelation").GetDouble());
            var set = row.GetProperty("run_and_trend_length").GetInt32() == 7 ? RuleSet.Mdc7 : RuleSet.Mdc6;
            // The reference still leaves points beyond the limits out of two of three.
            var rules = XmrRules.Of(set, row.GetProperty("screen_outliers").GetInt32() == 1, oldTwoOfThree: true);

            var (icon, any) = FalseAlarms.Simulate(n, rules, Charts, new Random(5), r);

            Close(row.GetProperty("prob_any_flag").GetDouble(), any);
            Close(row.GetProperty("prob_icon_not_common_cause").GetDouble(), icon);
            if (r == 0)
            {
                var page = FalseAlarms.Expected(1, n, XmrRules.Of(set, rules.Screen));
                Assert.Equal(row.GetProperty("prob_icon_not_common_cause").GetDouble(), page.Icons, 0.0035);
                Assert.Equal(row.GetProperty("prob_any_flag").GetDouble(), page.Charts, 0.012);
            }
        });

        static void Close(double expected, double actual) => Assert.Equal(expected, actual, 4.5 * Math.Sqrt(Math.Max(expected, 0.005) * (1 - expected) / Charts) + 0.004);
    }

    [Fact]
    public void What_a_page_may_expect_was_made_by_the_simulation()
    {
        foreach (var set in Enum.GetValues<RuleSet>())
        {
            var (icon, any) = FalseAlarms.Simulate(24, XmrRules.Of(set), 6_000, new Random(11));
            var page = FalseAlarms.Expected(100, 24, XmrRules.Of(set));
            Assert.Equal(100 * icon, page.Icons, 1.0);
            Assert.Equal(100 * any, page.Charts, 2.5);
        }
    }

    [Fact]
    public void Forty_charts_of_two_years_show_half_a_false_icon_a_month()
    {
        var page = FalseAlarms.Expected(40, 24);

        Assert.InRange(page.Icons, 0.45, 0.65);
        Assert.InRange(page.Charts, 5.8, 6.6);
        Assert.Contains("about 0.6 would tell of a change", FalseAlarms.Sentence(40, 24), StringComparison.Ordinal);
        Assert.Equal((0, 0), (FalseAlarms.Expected(0, 24).Icons, FalseAlarms.Expected(0, 24).Charts));
        Assert.Equal(FalseAlarms.Expected(10, 12), FalseAlarms.Expected(10, 5));
        Assert.InRange(FalseAlarms.Expected(1, 30).Charts, FalseAlarms.Expected(1, 24).Charts, FalseAlarms.Expected(1, 36).Charts);
    }

    [Theory]
    [InlineData("rule1", "WE_all(1,2of3,4of5,run8)", RuleSet.WesternElectric, false)]
    [InlineData("rule1", "MDC7_new(1,run7,trend7,2of3>2sigma)", RuleSet.Mdc7, false)]
    [InlineData("rule1", "MDC7_old(1,run7,trend7,2of3 in 2-3 sigma)", RuleSet.Mdc7, true)]
    [InlineData("rule1", "MDC6(1,run6,trend6,2of3)", RuleSet.Mdc6, false)]
    public void Points_until_the_first_alarm_are_those_of_the_reference(string least, string name, RuleSet set, bool old)
    {
        var rows = Vectors.Read("spc_rule_arl_simulated.json").EnumerateArray().ToList();
        var row = rows.Find(r => r.GetProperty("rules").GetString() == name);
        var rules = XmrRules.Of(set, oldTwoOfThree: old);
        Assert.Equal(least, rows[0].GetProperty("rules").GetString());
        foreach (var (key, shift) in (ReadOnlySpan<(string, double)>)[("shift0.0", 0), ("shift0.5", 0.5), ("shift1.0", 1), ("shift2.0", 2)])
        {
            var expected = row.GetProperty(key).GetDouble();
            var mean = AverageRunLength(rules, shift, new Random(3), 1_000);
            // Run lengths spread nearly as far as their mean: 4.5 standard errors of a thousand, and what the reference's own take.
            Assert.Equal(expected, mean, expected * 4.5 / Math.Sqrt(1_000) + 0.1);
        }
    }

    private static double AverageRunLength(XmrRules rules, double shift, Random chance, int runs)
    {
        var known = new XmrLimits(20, 19, 0, 0, 3 / 2.66);
        var total = 0L;
        for (var run = 0; run < runs; run++)
        {
            var values = new List<double?>();
            for (var length = 64; ; length *= 2)
            {
                while (values.Count < length) values.Add(shift + Normal.Sample(chance, 0, 1));
                if (!rules.Find(values, known).Any(s => s.Count > 0)) continue;
                total += FirstAlarm(rules, values, known);
                break;
            }
        }
        return (double)total / runs;
    }

    /// <summary>Points that had to be seen for the first alarm: more points never take one away.</summary>
    private static int FirstAlarm(XmrRules rules, List<double?> values, XmrLimits known)
    {
        var (without, with) = (0, values.Count);
        while (with - without > 1)
        {
            var middle = (without + with) / 2;
            if (rules.Find(values.GetRange(0, middle), known).Any(s => s.Count > 0)) with = middle;
            else without = middle;
        }
        return with;
    }
}
