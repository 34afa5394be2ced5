using System.Text.Json;
using Concentric.Core;
using Concentric.Needs.Anticipation.Figures;
using Concentric.Tests.Measure;

namespace Concentric.Tests.Needs.Anticipation;

/// <summary>The pure maths of anticipation against figures that others computed (shared vectors, needs_graph_calibration.json).</summary>
public sealed class AnticipationVectorTests
{
    /// <summary>
    /// The thirty sets behind the vectors, which the file gives only as counts. Reconstructed from it: three families of sets have these counts, and one of
    /// them, in this order, gives the 61 ranks of leave-one-out exactly.
    /// </summary>
    private const string Sets = """
        ctax_support blue_badge; ctax_support housing_advice food_bank; housing_advice food_bank debt_advice; ctax_support debt_advice food_bank; blue_badge home_care assistive_tech;
        home_care assistive_tech; blue_badge home_care; free_school_meals ctax_support; free_school_meals ctax_support uniform_grant; free_school_meals uniform_grant; bulky_waste parking_permit;
        parking_permit ctax_support; housing_advice debt_advice; housing_advice ctax_support debt_advice food_bank; home_care carer_assessment; blue_badge carer_assessment home_care;
        free_school_meals ctax_support food_bank; bulky_waste ctax_support; debt_advice food_bank; ctax_support debt_advice; home_care assistive_tech blue_badge carer_assessment; garden_waste bulky_waste;
        garden_waste parking_permit; ctax_support free_school_meals uniform_grant food_bank; blue_badge; bulky_waste; ctax_support; garden_waste; housing_advice; parking_permit
        """;

    private readonly JsonElement _file = Vectors.Read("needs_graph_calibration.json");
    private readonly List<string> _items;
    private readonly List<int[]> _sets;

    public AnticipationVectorTests()
    {
        _items = [.. _file.GetProperty("items").EnumerateArray().Select(i => i.GetString()!)];
        _sets = [.. Sets.Split(';').Select(s => s.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(Place).ToArray())];
    }

    private CoUse Counts => new(_sets, _items.Count);

    [Fact]
    public void Sets_are_counted_one_by_one_and_two_by_two()
    {
        var counts = Counts;

        Assert.Equal(_file.GetProperty("n").GetInt32(), counts.Sets);
        foreach (var item in _file.GetProperty("item_counts").EnumerateObject()) Assert.Equal(item.Value.GetInt32(), counts.With(Place(item.Name)));
        var pairs = _file.GetProperty("cooccurrence").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32());
        for (var a = 0; a < _items.Count; a++)
        {
            for (var b = a + 1; b < _items.Count; b++)
            {
                Assert.Equal(pairs.GetValueOrDefault($"{_items[a]}|{_items[b]}"), counts.WithBoth(a, b));
                Assert.Equal(counts.WithBoth(a, b), counts.WithBoth(b, a));
            }
        }
    }

    [Fact]
    public void Shrunken_probabilities_and_cosines_are_those_of_the_reference()
    {
        var counts = Counts;
        var shrunken = _file.GetProperty("shrunken_conditional_m4").EnumerateObject().ToList();

        Assert.Equal(156, shrunken.Count);
        foreach (var pair in shrunken) Vectors.Near(pair.Value.GetDouble(), counts.Shrunken(Place(pair.Name.Split("->")[0]), Place(pair.Name.Split("->")[1])));
        foreach (var pair in _file.GetProperty("cosine").EnumerateObject())
        {
            var (a, b) = (Place(pair.Name.Split('|')[0]), Place(pair.Name.Split('|')[1]));
            Vectors.Near(pair.Value.GetDouble(), Estimates.Cosine(counts.WithBoth(a, b), counts.With(a), counts.With(b)));
        }
    }

    [Fact]
    public void PageRank_is_that_of_the_reference_and_ranks_the_same_first_four()
    {
        var graph = Counts.Graph();
        foreach (var known in _file.GetProperty("ppr_alpha085").EnumerateObject())
        {
            int[] start = [.. known.Name.Split('|').Select(Place)];
            var rank = graph.From(start);

            foreach (var item in known.Value.EnumerateObject()) Vectors.Near(item.Value.GetDouble(), rank[Place(item.Name)]);
            var first = _file.GetProperty("ppr_top4_excluding_seed").GetProperty(known.Name).EnumerateArray().Select(t => t[0].GetString());
            // The two that share a rank are told apart by their names.
            Assert.Equal(first, Enumerable.Range(0, _items.Count).Except(start).OrderByDescending(i => Math.Round(rank[i], 12)).ThenBy(i => i).Take(4).Select(i => _items[i]));
        }
    }

    [Fact]
    public void Naive_Bayes_is_that_of_the_reference()
    {
        var counts = Counts;
        foreach (var row in _file.GetProperty("naive_bayes_m2").EnumerateArray())
        {
            var need = Place(row.GetProperty("need").GetString()!);
            var known = row.GetProperty("evidence").EnumerateArray().Select(e => Place(e.GetString()!)).Select(a => ((double)counts.WithBoth(a, need), (double)counts.With(a)));

            Vectors.Near(row.GetProperty("p").GetDouble(), Estimates.NaiveBayes(counts.With(need), counts.Sets, known));
        }
    }

    [Fact]
    public void Leaving_one_need_out_gives_the_ranks_of_the_reference()
    {
        var (ranks, baseline) = (new List<int>(), new List<int>());
        foreach (var (place, set) in _sets.Index().Where(s => s.Item.Length > 1))
        {
            // The person whose need is to be found is not learnt from.
            var others = new CoUse(_sets.Where((_, i) => i != place), _items.Count);
            foreach (var wanted in set)
            {
                var known = set.Where(i => i != wanted).ToList();
                double[] scores = [.. Enumerable.Range(0, _items.Count).Select(b => known.Average(a => others.Shrunken(a, b)))];
                double[] popular = [.. Enumerable.Range(0, _items.Count).Select(others.BaseRate)];
                ranks.Add(Ranking.Of(wanted, scores, b => !known.Contains(b)));
                baseline.Add(Ranking.Of(wanted, popular, b => !known.Contains(b)));
            }
        }

        var expected = _file.GetProperty("leave_one_need_out");
        Assert.Equal(expected.GetProperty("ranks").Indexes(), ranks);
        Assert.Equal(expected.GetProperty("baseline_ranks").Indexes(), baseline);
        Same(expected.GetProperty("model"), new(ranks));
        Same(expected.GetProperty("popularity_baseline"), new(baseline));

        static void Same(JsonElement expected, Ranking ranking)
        {
            Assert.Equal(expected.GetProperty("n").GetInt32(), ranking.Ranks.Count);
            foreach (var k in (int[])[1, 2, 3, 5]) Vectors.Near(expected.GetProperty($"recall@{k}").GetDouble(), ranking.Recall(k)!.Value.Value);
            Vectors.Near(expected.GetProperty("mrr").GetDouble(), ranking.MeanReciprocal);
        }
    }

    [Fact]
    public void Calibration_is_that_of_the_reference()
    {
        var expected = _file.GetProperty("calibration");
        var said = Said(expected);

        Vectors.Near(expected.GetProperty("brier").GetDouble(), said.Brier);
        Vectors.Near(expected.GetProperty("log_loss").GetDouble(), said.LogLoss);
        Vectors.Near(expected.GetProperty("auc").GetDouble(), said.Auc);
        Vectors.Near(expected.GetProperty("average_precision").GetDouble(), said.AveragePrecision);
        Vectors.Near(expected.GetProperty("ece_10_equal_width").GetDouble(), said.Error);
        var bins = expected.GetProperty("bins").EnumerateArray().ToList();
        Assert.Equal(bins.Count, said.Table.Count);
        foreach (var (bin, found) in bins.Zip(said.Table))
        {
            Assert.Equal((bin.GetProperty("bin").GetInt32() / 10.0, bin.GetProperty("n").GetInt64()), (found.From, found.N));
            Vectors.Near(bin.GetProperty("mean_p").GetDouble(), found.MeanP);
            Vectors.Near(bin.GetProperty("obs").GetDouble(), found.Observed);
        }
        var murphy = expected.GetProperty("murphy_binned");
        Vectors.Near(murphy.GetProperty("reliability").GetDouble(), said.Murphy.Reliability);
        Vectors.Near(murphy.GetProperty("resolution").GetDouble(), said.Murphy.Resolution);
        Vectors.Near(murphy.GetProperty("uncertainty").GetDouble(), said.Murphy.Uncertainty);
        var recalibration = expected.GetProperty("calibration_intercept_slope(logistic recalibration)").Doubles();
        Vectors.Near(recalibration[0], said.Recalibration?.Intercept);
        Vectors.Near(recalibration[1], said.Recalibration?.Slope);
        Vectors.Near(expected.GetProperty("calibration_in_the_large").GetDouble(), said.InTheLarge);
    }

    [Fact]
    public void The_isotonic_curve_is_that_of_the_reference()
    {
        var expected = _file.GetProperty("calibration");
        var curve = new Isotonic(Said(expected));

        Assert.Equal(expected.GetProperty("isotonic_thresholds_x").Doubles(), curve.Corners.Select(c => c.P));
        foreach (var (value, corner) in expected.GetProperty("isotonic_y").Doubles().Zip(curve.Corners)) Vectors.Near(value, corner.Value);
        foreach (var (at, value) in expected.GetProperty("isotonic_pred_x").Doubles().Zip(expected.GetProperty("isotonic_pred").Doubles())) Vectors.Near(value, curve.At(at));
    }

    [Fact]
    public void A_gap_between_groups_that_crosses_zero_is_inconclusive()
    {
        var fairness = _file.GetProperty("fairness");
        var (a, b) = (Found("A"), Found("B"));

        var (gap, low, high) = Share.Difference(a, b);

        Vectors.Near(fairness.GetProperty("tpr_gap_A_minus_B").GetDouble(), gap);
        var interval = fairness.GetProperty("tpr_gap_newcombe").Doubles();
        Vectors.Near(interval[0], low);
        Vectors.Near(interval[1], high);
        Assert.True(low < 0 && high > 0);

        Share Found(string group)
        {
            var counts = fairness.GetProperty("groups").GetProperty(group);
            var share = Share.Of(counts.GetProperty("tp").GetInt64(), counts.GetProperty("tp").GetInt64() + counts.GetProperty("fn").GetInt64())!.Value;
            Vectors.Near(counts.GetProperty("tpr").GetDouble(), share.Value);
            Vectors.Near(counts.GetProperty("tpr_wilson")[0].GetDouble(), share.Low);
            Vectors.Near(counts.GetProperty("tpr_wilson")[1].GetDouble(), share.High);
            return share;
        }
    }

    private static Calibration Said(JsonElement vectors) =>
        new(vectors.GetProperty("p").Doubles().Zip(vectors.GetProperty("y").Indexes(), (p, y) => new Forecast(p, 1, y)));

    private int Place(string item) => _items.IndexOf(item) is >= 0 and var place ? place : throw new ArgumentException(item);
}
