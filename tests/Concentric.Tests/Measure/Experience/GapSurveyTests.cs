using System.Text;
using Concentric.Measure.Experience;

namespace Concentric.Tests.Measure;

/// <summary>A survey is read, or it is said what is wrong with it; its gaps and priorities are worked out of it.</summary>
[Trait("Database", "none")]
public sealed class GapSurveyTests
{
    private const string Head = "reliability_expected,reliability_received,reliability_importance,empathy_expected,empathy_received,empathy_importance,overall\n";

    [Fact]
    public void Gaps_priorities_and_both_kinds_of_importance_come_from_one_row_a_person()
    {
        // Everybody says that reliability counts; how they judge the whole goes with empathy alone.
        var rows = string.Concat(Enumerable.Range(0, 12).Select(i => $"7,{(i % 2 == 0 ? 5 : 6)},9,5,{1 + i % 6},1,{1 + i % 6}\n"));
        var survey = ReadGapSurvey.Of(Encoding.UTF8.GetBytes(Head + rows));
        Assert.Empty(survey.Problems);
        Assert.Equal(12, survey.Respondents);

        var lines = GapFigures.Of(survey.Answers, new Dictionary<string, double> { ["reliability"] = 6 }, new(true));

        var (reliability, empathy) = (lines.Single(l => l.Dimension == "reliability"), lines.Single(l => l.Dimension == "empathy"));
        Assert.Equal((7, 5.5, 12), (reliability.Expected, reliability.Received, (int)reliability.N.Value!));
        Assert.Equal((-1.0, -0.5, -1.5), (reliability.Knowledge!.Value, reliability.Delivery!.Value, reliability.Gap.Mean.Mean));
        Assert.Null(empathy.Knowledge);
        Assert.Equal((0.9, 0.1), (reliability.Stated!.Value, empathy.Stated!.Value));
        Assert.Equal(1, empathy.Derived!.Value, 1e-12);
        Assert.True(reliability.ByStated > empathy.ByStated);
        Assert.True(reliability.ByDerived < empathy.ByDerived);
        Assert.Equal(1, lines.Sum(l => l.ByStated!.Value), 1e-12);
        Assert.Equal("reliability", lines[0].Dimension);
    }

    [Fact]
    public void Of_fewer_than_ten_people_nothing_is_told()
    {
        var survey = ReadGapSurvey.Of(Encoding.UTF8.GetBytes(Head + string.Concat(Enumerable.Repeat("7,5,9,5,3,1,4\n", 9))));
        Assert.Empty(survey.Problems);
        Assert.Empty(GapFigures.Of(survey.Answers, new Dictionary<string, double>(), new(true)));
    }

    [Fact]
    public void What_excel_writes_is_read_and_what_nobody_said_is_left_out()
    {
        var survey = ReadGapSurvey.Of([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("Reliability_Expected;Reliability_Received\r\n7;\"5\"\r\n;\r\n6;4\r\n")]);
        Assert.Empty(survey.Problems);
        Assert.Equal([(1, 7.0, 5.0), (3, 6.0, 4.0)], survey.Answers.Select(a => (a.Respondent, a.Expected!.Value, a.Received!.Value)));
    }

    [Theory]
    [InlineData("", "The first line must name the columns")]
    [InlineData("name,age\nAda,40\n", "No column is named as reliability_expected")]
    [InlineData("a_expected\n5\n", "There is no column a_received")]
    [InlineData("a_expected,a_received\n", "It has no answers")]
    [InlineData("a_expected,a_received\n8,5\n", "Line 2, a_expected: “8” is no number from 1 to 7")]
    [InlineData("a_expected,a_received\n5,NaN\n", "Line 2, a_received: “NaN” is no number from 1 to 7")]
    [InlineData("a_expected,a_received\n5,1e1\n", "is no number from 1 to 7")]
    [InlineData("a_expected,a_received\n5\n", "Line 2")]
    [InlineData("a_expected,a_expected,a_received\n5,5,5\n", "twice")]
    public void What_cannot_be_read_is_refused_with_the_line_and_what_to_do(string text, string message)
    {
        var survey = ReadGapSurvey.Of(Encoding.UTF8.GetBytes(text));
        Assert.Contains(message, string.Join(". ", survey.Problems), StringComparison.Ordinal);
        Assert.Empty(survey.Answers);
    }

    [Fact]
    public void Mutated_surveys_neither_crash_nor_hang()
    {
        var good = Encoding.UTF8.GetBytes(Head + string.Concat(Enumerable.Repeat("7,5,9,5,3,1,4\n", 12)));
        var chance = new System.Random(20261123);
        for (var i = 0; i < 3000; i++)
        {
            var bytes = (byte[])good.Clone();
            for (var k = chance.Next(1, 12); k > 0; k--) bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
            var survey = ReadGapSurvey.Of(bytes[..chance.Next(bytes.Length)]);
            Assert.True(survey.Problems.Count > 0 == (survey.Answers.Count == 0));
            GapFigures.Of(survey.Answers, new Dictionary<string, double>(), new(true));
        }
    }
}
