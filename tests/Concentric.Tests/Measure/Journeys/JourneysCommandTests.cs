using System.Text.Json;
using Concentric.Core.Operations;
using Concentric.Measure.Journeys;
using Concentric.Measure.Journeys.Reading;

namespace Concentric.Tests.Measure.Journeys;

/// <summary>What <c>concentric journeys</c> prints.</summary>
[Trait("Database", "none")]
public sealed class JourneysCommandTests
{
    private static readonly string[] Asked = ["cases", "events", "variants", "dfg", "start", "end", "durations", "rework", "handovers"];

    [Fact]
    public void As_JSON_it_holds_all_that_is_asked_of_it()
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(JourneysReport.Of(Read()), JsonOption.Format));
        var root = json.RootElement;

        Assert.All(Asked, name => Assert.True(root.TryGetProperty(name, out _), name));
        Assert.Equal((1434, 8577), (root.GetProperty("cases").GetInt32(), root.GetProperty("events").GetInt32()));
        Assert.Equal(1434, root.GetProperty("start").GetProperty("Confirmation of receipt").GetInt32());
        Assert.Equal(713, root.GetProperty("variants")[0].GetProperty("count").GetInt32());
        Assert.Equal(91, root.GetProperty("rework").GetProperty("cases").GetInt32());
        Assert.Equal(1208, root.GetProperty("handovers").GetProperty("total").GetInt64());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("waiting").ValueKind);
    }

    [Fact]
    public void For_people_the_median_comes_before_the_mean_and_what_is_not_known_is_said()
    {
        var to = new StringWriter();
        JourneysPrint.Write(to, Read(), top: 2);
        var text = to.ToString();

        Assert.StartsWith("1,434 cases, 8,577 events, 116 orders of steps", text, StringComparison.Ordinal);
        Assert.Contains("median 48 minutes, 90% within 14.1 days; mean 5.4 days", text, StringComparison.Ordinal);
        Assert.Contains("Waiting and touch time: not known", text, StringComparison.Ordinal);
        Assert.Contains("114 more: --top 116.", text, StringComparison.Ordinal);
        JourneysPrint.Write(to, Read(), top: 116);
        Assert.Contains(" → … ", to.ToString(), StringComparison.Ordinal);
        Assert.All(to.ToString().Split('\n'), line => Assert.InRange(line.Length, 0, 700));
    }

    private static ReadLog Read()
    {
        using var file = File.OpenRead(SharedData.Find("journeys/receipt.xes.gz"));
        return ReadJourneys.Read(file, new());
    }
}
