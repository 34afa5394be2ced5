using System.Text.Json;
using Concentric.Core;
using Concentric.Measure.Experience;
using Concentric.Measure.Statistics;

namespace Concentric.Tests.Measure;

/// <summary>Net scores, means, gaps and adjusted shares agree with statsmodels and scipy in every row of the vectors.</summary>
[Trait("Database", "none")]
public class SatisfactionVectorTests
{
    private static JsonElement All => Vectors.Read("satisfaction.json");

    [Fact]
    public void Net_scores_and_their_intervals_are_those_of_the_reference()
    {
        foreach (var row in All.GetProperty("three_faces").EnumerateArray())
        {
            var faces = new Faces(row.GetProperty("good").GetInt64(), row.GetProperty("average").GetInt64(), row.GetProperty("poor").GetInt64());
            Assert.Equal(row.GetProperty("n").GetInt64(), faces.N);
            var net = NetScore.Of(faces)!.Value;
            Vectors.Near(row.GetProperty("net").GetDouble(), net.Value);
            Same(row.GetProperty("mover_wilson_ci"), net.Interval);
            Same(row.GetProperty("wald_ci"), NetScore.Wald(faces));
            Vectors.Near(row.GetProperty("wald_se").GetDouble(), (NetScore.Wald(faces).High - net.Value) / 1.959963984540054);
            Vectors.Near(row.GetProperty("mean_score_0_1").GetDouble(), (net.Value + 1) / 2);
            var good = Share.Of(faces.Good, faces.N)!.Value;
            Vectors.Near(row.GetProperty("pct_good").GetDouble(), good.Value);
            Same(row.GetProperty("good_wilson"), new(good.Low, good.High));
        }
    }

    [Fact]
    public void All_of_one_face_still_leave_room_for_doubt_where_the_plain_interval_has_none()
    {
        var faces = new Faces(10, 0, 0);
        Assert.Equal(new Interval(1, 1), NetScore.Wald(faces));
        Assert.True(NetScore.Of(faces)!.Value.Interval.Low < 0.7);
        Assert.Null(NetScore.Of(default));
    }

    /// <summary>The interval holds as often as it says: every outcome of so many answers, weighed by how likely it is, and so no simulation.</summary>
    [Fact]
    public void It_covers_as_often_as_the_simulation_of_the_reference_says()
    {
        foreach (var row in All.GetProperty("net_score_coverage_simulation").EnumerateArray())
        {
            var (n, p) = (row.GetProperty("n").GetInt32(), row.GetProperty("p").Doubles());
            var (byWald, byMover) = (0.0, 0.0);
            for (var g = 0; g <= n; g++)
                for (var a = 0; a + g <= n; a++)
                {
                    var weight = Ways(n, g) * Ways(n - g, a) * Math.Pow(p[0], g) * Math.Pow(p[1], a) * Math.Pow(p[2], n - g - a);
                    var faces = new Faces(g, a, n - g - a);
                    if (NetScore.Wald(faces).Contains(p[0] - p[2])) byWald += weight;
                    if (NetScore.Of(faces)!.Value.Interval.Contains(p[0] - p[2])) byMover += weight;
                }
            Assert.Equal(row.GetProperty("wald_coverage").GetDouble(), byWald, 0.01);
            Assert.Equal(row.GetProperty("mover_coverage").GetDouble(), byMover, 0.01);
        }
    }

    /// <summary>The defect of the public practice: a ranking to five decimals, without n or interval, of scores that chance alone sets apart.</summary>
    [Fact]
    public void Two_scores_that_five_decimals_would_rank_are_not_told_apart_and_are_never_written_without_n_and_interval()
    {
        var (first, second) = (NetScore.Of(new(62, 20, 18))!.Value, NetScore.Of(new(63, 20, 17))!.Value);
        Assert.True(second.Value > first.Value);
        Assert.False(second.DiffersFrom(first));
        Assert.False(first.DiffersFrom(second));
        Assert.True(NetScore.Of(new(820, 100, 80))!.Value.DiffersFrom(NetScore.Of(new(450, 220, 330))!.Value));
        Assert.Equal("+0.44 (95% interval +0.27 to +0.58, n = 100)", first.Written);
        Assert.DoesNotMatch(@"\d\.\d{3,}", first.Written);
        Assert.Equal("Too few answers", NetScore.Of(new(29, 0, 0))!.Value.Written);
    }

    [Fact]
    public void Goodmans_intervals_are_those_of_the_reference_and_hold_where_those_of_Sison_and_Glaz_are_not_found()
    {
        foreach (var row in All.GetProperty("multinomial_simultaneous").EnumerateArray())
        {
            var ours = SimultaneousShares.Goodman([.. row.GetProperty("counts").EnumerateArray().Select(c => c.GetInt64())]);
            foreach (var (expected, interval) in row.GetProperty("goodman").EnumerateArray().Zip(ours)) Same(expected, interval);
        }
        Assert.Throws<ArgumentException>(() => SimultaneousShares.Goodman([0, 0, 0]));
    }

    [Fact]
    public void A_mean_of_a_scale_has_the_interval_of_the_reference_and_none_below_ten_answers()
    {
        foreach (var row in All.GetProperty("ordinal_scores").EnumerateArray())
        {
            var x = row.GetProperty("x").Doubles();
            var mean = MeanOfScale.Of(x, fewest: 2)!.Value;
            Vectors.Near(row.GetProperty("mean").GetDouble(), mean.Mean);
            Vectors.Near(row.GetProperty("sd").GetDouble(), mean.Deviation);
            Same(row.GetProperty("t_ci"), mean.Interval!.Value);
            Assert.Equal(x.Length >= 10, MeanOfScale.Of(x)!.Value.Interval is not null);
            // The reference calls it the top two of all three, and counts from 4 also where the scale ends at 7.
            var best = MeanOfScale.AtLeast(x, 4)!.Value;
            Vectors.Near(row.GetProperty("top2_box").GetDouble(), best.Value);
            Same(row.GetProperty("top2_wilson"), new(best.Low, best.High));
        }
        Assert.Null(MeanOfScale.Of([]));
        Assert.Null(MeanOfScale.Of([3])!.Value.Deviation);
    }

    [Fact]
    public void Gaps_and_priorities_are_those_of_the_reference()
    {
        var rows = All.GetProperty("servqual").EnumerateArray().ToList();
        var gaps = rows.ConvertAll(r => new ServiceGap(r.GetProperty("dimension").GetString()!, Number(r, "importance"), Number(r, "expected"), Number(r, "intended"), Number(r, "received")));
        foreach (var (row, (gap, share)) in rows.Zip(ServiceGap.Priorities(gaps)))
        {
            Vectors.Near(Number(row, "gap_expected_received(P-E)"), gap.Overall);
            Vectors.Near(Number(row, "gap1_knowledge(intended-expected)"), gap.Knowledge);
            Vectors.Near(Number(row, "gap_delivery(received-intended)"), gap.Delivery);
            Vectors.Near(Number(row, "priority=importance*max(0,E-P)"), gap.Priority);
            Vectors.Near(Number(row, "priority_share"), share);
            Assert.Equal(gap.Overall, gap.Knowledge + gap.Delivery, 1e-12);
        }
        Assert.Equal(1, ServiceGap.Priorities(gaps).Sum(g => g.Share), 1e-12);
        Assert.All(ServiceGap.Priorities([new("a", 1, 3, 3, 4)]), p => Assert.Equal(0, p.Share));
    }

    [Fact]
    public void What_each_person_expected_and_got_is_compared_as_in_the_reference()
    {
        var pairs = All.GetProperty("paired_gap");
        var gap = PairedDifference.Of(pairs.GetProperty("expected").Doubles(), pairs.GetProperty("received").Doubles())!;
        Vectors.Near(Number(pairs, "mean_gap"), gap.Mean.Mean);
        Vectors.Near(Number(pairs, "sd"), gap.Mean.Deviation);
        Same(pairs.GetProperty("t_ci"), gap.Mean.Interval!.Value);
        Vectors.Near(Number(pairs, "wilcoxon_p"), gap.P);
    }

    /// <summary>Without ties and zeros the signed ranks are counted out: of ten, all of one sign have 2 of 1,024 chances.</summary>
    [Fact]
    public void Signed_ranks_without_ties_are_exact()
    {
        Assert.Equal(2 / 1024.0, PairedDifference.Wilcoxon([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])!.Value, 1e-15);
        // One rank of 1 against the others: sums of at most 1 are two of the ways.
        Assert.Equal(4 / 1024.0, PairedDifference.Wilcoxon([-1, 2, 3, 4, 5, 6, 7, 8, 9, 10])!.Value, 1e-15);
        Assert.Equal(1, PairedDifference.Wilcoxon([1, -2, -3, 4])!.Value, 1e-12);
        Assert.Null(PairedDifference.Wilcoxon([0, 0]));
    }

    [Fact]
    public void A_gap_between_two_councils_shrinks_as_in_the_reference_once_both_have_one_mix_of_channels()
    {
        var mix = All.GetProperty("channel_mix_standardisation");
        var weights = mix.GetProperty("standard_mix").EnumerateObject().ToDictionary(w => w.Name, w => w.Value.GetDouble());
        StandardShare Of(string council) => StandardMix.Of([.. mix.GetProperty(council).EnumerateObject().Select(c => (weights[c.Name], c.Value[1].GetInt64(), c.Value[0].GetInt64()))]);
        var (a, b) = (Of("A"), Of("B"));
        Vectors.Near(Number(mix, "A_standardised"), a.Value);
        Vectors.Near(Number(mix, "A_std_se"), a.Error);
        Vectors.Near(Number(mix, "B_standardised"), b.Value);
        Vectors.Near(Number(mix, "B_std_se"), b.Error);
        var (gap, interval) = b.Less(a);
        Assert.Equal(0.01, gap, 1e-12);
        Assert.True(interval.Contains(0));
    }

    /// <summary>With one channel there is no mix to adjust for: what is adjusted must be what is not, where all agree too.</summary>
    [Theory]
    [InlineData(26, 30, 30, 30)]
    [InlineData(0, 12, 5, 40)]
    [InlineData(162, 200, 560, 700)]
    public void With_one_channel_the_adjusted_interval_is_the_crude_one(long x1, long n1, long x2, long n2)
    {
        var (a, b) = (StandardMix.Of([(1, x1, n1)]), StandardMix.Of([(1, x2, n2)]));
        var (crudeA, crude) = (Concentric.Core.Share.Of(x1, n1)!.Value, Concentric.Core.Share.Difference(Concentric.Core.Share.Of(x2, n2)!.Value, Concentric.Core.Share.Of(x1, n1)!.Value));
        Assert.Equal(crudeA.Low, a.Interval.Low, 1e-12);
        Assert.Equal(crudeA.High, a.Interval.High, 1e-12);
        var (gap, interval) = b.Less(a);
        Assert.Equal(crude.Difference, gap, 1e-12);
        Assert.Equal(crude.Low, interval.Low, 1e-12);
        Assert.Equal(crude.High, interval.High, 1e-12);
    }

    [Fact]
    public void Only_channels_that_both_have_are_compared_and_it_is_said_how_much_that_covers()
    {
        var shared = StandardMix.Shared(new Dictionary<string, long> { ["web"] = 60, ["phone"] = 20, ["post"] = 20 }, new Dictionary<string, long> { ["web"] = 20, ["phone"] = 80 })!.Value;
        Assert.Equal(["phone", "web"], shared.Weights.Keys.Order());
        Assert.Equal(80 / 180.0, shared.Weights["web"], 1e-12);
        Assert.Equal(0.9, shared.Covered, 1e-12);
        Assert.Null(StandardMix.Shared(new Dictionary<string, long> { ["web"] = 3 }, new Dictionary<string, long> { ["phone"] = 3 }));
        Assert.Throws<ArgumentException>(() => StandardMix.Of([(0.5, 1, 2)]));
        Assert.Throws<ArgumentException>(() => StandardMix.Of([(1, 0, 0)]));
    }

    /// <summary>Everybody says that price counts most, and it goes with nobody's judgement; politeness does.</summary>
    [Fact]
    public void Stated_and_derived_importance_may_say_opposite_things()
    {
        double[] overall = [1, 2, 3, 4, 5, 6, 7, 4, 3, 5];
        Assert.Equal(1, Importance.Derived(overall, overall)!.Value, 1e-12);
        Assert.Equal(-1, Importance.Derived([.. overall.Select(o => 8 - o)], overall)!.Value, 1e-12);
        Assert.Null(Importance.Derived([.. overall.Select(_ => 5.0)], overall));
        Assert.Null(Importance.Derived([1, 2], [1, 2]));
    }

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();

    private static void Same(JsonElement expected, Interval actual)
    {
        Vectors.Near(expected[0].GetDouble(), actual.Low);
        Vectors.Near(expected[1].GetDouble(), actual.High);
    }

    private static double Ways(int n, int k)
    {
        var ways = 1.0;
        for (var i = 1; i <= k; i++) ways = ways * (n - k + i) / i;
        return ways;
    }
}
