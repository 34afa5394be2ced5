using System.Text.Json;
using Concentric.Measure.Statistics;

namespace Concentric.Tests.Measure.Statistics;

public class NaiveBayesTests
{
    private readonly JsonElement _vector = Vectors.Read("failure_demand_classifier.json");

    private NaiveBayes Learn() => NaiveBayes.Learn(_vector.GetProperty("train").EnumerateArray().Select(r => (r.GetProperty("text").GetString()!, r.GetProperty("label").GetString() == "F")));

    [Fact]
    public void Words_and_probabilities_are_those_of_the_reference()
    {
        var learnt = Learn();

        Assert.Equal(_vector.GetProperty("vocabulary").EnumerateArray().Select(w => w.GetString()!), learnt.Words.Keys.Order(StringComparer.Ordinal));
        Vectors.Near(_vector.GetProperty("class_log_prior").GetProperty("F").GetDouble() - _vector.GetProperty("class_log_prior").GetProperty("V").GetDouble(), learnt.PriorLogOdds);
        var logs = _vector.GetProperty("feature_log_prob");
        foreach (var word in learnt.Words.Values) Vectors.Near(logs.GetProperty("F").GetProperty(word.Word).GetDouble() - logs.GetProperty("V").GetProperty(word.Word).GetDouble(), word.LogOdds);
        foreach (var (expected, actual) in _vector.GetProperty("log_odds_F_vs_V_top").EnumerateArray().Zip(learnt.For(10)))
        {
            Assert.Equal(expected.GetProperty("token").GetString(), actual.Word);
            Vectors.Near(expected.GetProperty("log_odds").GetDouble(), actual.LogOdds);
        }
        foreach (var test in _vector.GetProperty("test").EnumerateArray()) Vectors.Near(test.GetProperty("p_F_multinomial").GetDouble(), learnt.Probability(test.GetProperty("text").GetString()!));
    }

    [Fact]
    public void Evaluation_is_that_of_the_reference()
    {
        var of = _vector.GetProperty("evaluation");
        var found = Confusion.Count(of.GetProperty("y_true").EnumerateArray().Zip(of.GetProperty("y_pred").EnumerateArray(), (t, p) => (t.GetString() == "F", p.GetString() == "F")));

        Assert.Equal(new(5, 2, 1, 12), found);
        Assert.Equal([[5, 2], [1, 12]], of.GetProperty("confusion_rows_true_FV").EnumerateArray().Select(r => r.Indexes()));
        Vectors.Near(of.GetProperty("precision").GetDouble(), found.Precision);
        Vectors.Near(of.GetProperty("recall").GetDouble(), found.Recall);
        Vectors.Near(of.GetProperty("f1").GetDouble(), found.F1);
        Vectors.Near(of.GetProperty("kappa").GetDouble(), found.Kappa);
        Vectors.Near(of.GetProperty("mcc").GetDouble(), found.Matthews);
        Vectors.Near(of.GetProperty("accuracy").GetDouble(), found.Accuracy);
    }

    [Fact]
    public void The_share_is_put_right_by_how_often_the_classifier_errs()
    {
        foreach (var row in _vector.GetProperty("rogan_gladen").EnumerateArray())
        {
            long Count(string name) => row.GetProperty(name).GetInt64();
            var found = CorrectedShare.Of(Count("classified_positive"), Count("n"), new(Count("tp"), Count("fn"), Count("fp"), Count("tn")))!;

            Vectors.Near(row.GetProperty("raw_rate").GetDouble(), (double)Count("classified_positive") / Count("n"));
            Vectors.Near(row.GetProperty("sensitivity").GetDouble(), (double)Count("tp") / (Count("tp") + Count("fn")));
            Vectors.Near(row.GetProperty("specificity").GetDouble(), (double)Count("tn") / (Count("tn") + Count("fp")));
            Vectors.Near(row.GetProperty("corrected").GetDouble(), found.Value);
            Vectors.Near(row.GetProperty("unclamped").GetDouble(), found.Unclamped);
            Vectors.Near(row.GetProperty("se").GetDouble(), found.StandardError);
            Vectors.Near(row.GetProperty("lo").GetDouble(), found.Interval.Low);
            Vectors.Near(row.GetProperty("hi").GetDouble(), found.Interval.High);
            Assert.Equal(row.GetProperty("flag").GetString(), found.Flag);
        }
    }

    [Fact]
    public void Beyond_all_is_kept_at_all_and_flagged_and_a_coin_corrects_nothing()
    {
        var all = CorrectedShare.Of(99, 100, new(80, 20, 10, 90))!;

        Assert.Equal(1, all.Value);
        Assert.NotNull(all.Flag);
        Assert.Null(CorrectedShare.Of(40, 100, new(50, 50, 50, 50)));
        Assert.Null(CorrectedShare.Of(40, 100, new(0, 0, 5, 50)));
    }

    [Fact]
    public void The_threshold_comes_from_rows_that_were_not_learnt_from()
    {
        var learnt = Learn();

        var threshold = learnt.Threshold([("please chase missed bin", true), ("apply for blue badge", false), ("book appointment", true), ("report missed bin", false)]);

        Assert.InRange(threshold, learnt.Score("report missed bin"), learnt.Score("book appointment"));
        Assert.Throws<ArgumentException>(() => learnt.Threshold([("bin", true)]));
        Assert.Throws<ArgumentException>(() => NaiveBayes.Learn([("bin", true)]));
    }

    [Fact]
    public void Words_are_told_apart_as_people_write_them() => Assert.Equal(["don't", "know", "don't", "café"], NaiveBayes.Tokens("Don’t KNOW 12 don't, café"));
}
