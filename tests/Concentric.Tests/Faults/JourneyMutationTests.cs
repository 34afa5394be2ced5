using System.Text;
using Concentric.Bench.Faults;

namespace Concentric.Tests.Faults;

/// <summary>The short form of bin/fault journeys.</summary>
[Trait("Database", "none")]
public sealed class JourneyMutationTests
{
    [Fact]
    public void Two_thousand_spoiled_logs_are_read_or_refused_and_none_crashes_or_hangs()
    {
        var report = new JourneyMutations(20261123).Run(2_000);

        Assert.Empty(report.Problems);
        Assert.Equal(2_000, report.Read + report.Refused);
        Assert.True(report.Read > 200 && report.Refused > 200, $"{report.Read} read, {report.Refused} refused: they were spoiled too little or too much");
    }

    [Theory]
    [InlineData("<log><trace><event><string key=\"concept:name\" value=\"a\"/><date key=\"time:timestamp\" value=\"2024-03-01T10:00:00Z\"/></event></trace></log>", true)]
    [InlineData("<log></log>", false)]
    [InlineData("", false)]
    [InlineData("case,activity,time\n1,a,2024-03-01\n", true)]
    public void The_judge_tells_what_was_read_from_what_was_refused(string input, bool isRead) => Assert.Equal((isRead, null), JourneyMutations.Judge(Encoding.UTF8.GetBytes(input)));
}
