using System.Xml.Linq;
using Concentric.Core;
using Concentric.Serve.Cases;
using static Concentric.Tests.Serve.Cases.ProcessCheckTests;

namespace Concentric.Tests.Serve.Cases;

/// <summary>A process of ours comes back from BPMN as it went, and what went is drawn.</summary>
[Trait("Database", "none")]
public sealed class BpmnTests
{
    [Fact]
    public void What_is_exported_comes_back_the_same() => ForAllExported(process =>
    {
        var imported = BpmnImport.Read(BpmnExport.Of(process), "map.bpmn");

        Assert.Equal(process.Write(), imported.Process.Write());
        Assert.Empty(imported.Report.Problems);
        Assert.Empty(imported.Report.ToFillIn);
        return imported.Report.Things.All(t => t.Notes.All(n => n.Outcome == Concentric.Serve.Forms.Import.ImportOutcome.OurWay));
    });

    [Fact]
    public void So_do_the_processes_of_the_library() => Assert.All(ProcessLibrary.All, p => Assert.Equal(p.Write(), BpmnImport.Read(BpmnExport.Of(p), "map.bpmn").Process.Write()));

    [Fact]
    public void Every_shape_is_drawn_and_none_lies_on_another() => ForAllExported(process =>
    {
        var root = XDocument.Parse(BpmnExport.Of(process)).Root!;
        var drawn = root.Descendants(Bpmn.Diagram + "BPMNShape").ToDictionary(s => s.Attribute("bpmnElement")!.Value, Box);
        var edges = root.Descendants(Bpmn.Diagram + "BPMNEdge").ToDictionary(s => s.Attribute("bpmnElement")!.Value, e => e.Elements(Bpmn.Edges + "waypoint").Select(w => (X: (int)w.Attribute("x")!, Y: (int)w.Attribute("y")!)).ToList());
        var nodes = root.Element(Bpmn.Model + "process")!.Elements().Where(e => e.Element(Bpmn.Model + "incoming") is not null || e.Element(Bpmn.Model + "outgoing") is not null).Select(e => e.Attribute("id")!.Value).ToList();
        var lanes = root.Descendants(Bpmn.Model + "lane").ToDictionary(l => l.Attribute("id")!.Value, l => l.Elements(Bpmn.Model + "flowNodeRef").Select(r => r.Value).ToList());

        Assert.Equal(nodes.Count + lanes.Count + 1, drawn.Count);
        foreach (var (i, one) in nodes.Index())
            foreach (var other in nodes.Skip(i + 1)) Assert.False(Overlap(drawn[one], drawn[other]), $"{process.Id}: {one} lies on {other}");
        foreach (var (lane, within) in lanes)
            Assert.All(within, n => Assert.True(drawn[n].Left > drawn[lane].Left && drawn[n].Right < drawn[lane].Right && drawn[n].Top >= drawn[lane].Top && drawn[n].Bottom <= drawn[lane].Bottom, $"{n} is outside {lane}"));
        foreach (var flow in root.Descendants(Bpmn.Model + "sequenceFlow"))
        {
            var (from, to, points) = (flow.Attribute("sourceRef")!.Value, flow.Attribute("targetRef")!.Value, edges[flow.Attribute("id")!.Value]);
            Assert.Equal(drawn[from].Right, points[0].X);
            Assert.Equal(drawn[to].Left, points[^1].X);
            foreach (var (a, b) in points.Zip(points.Skip(1)))
                Assert.All(nodes.Where(n => n != from && n != to), n => Assert.False(Overlap(drawn[n], (Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Max(a.X, b.X), Math.Max(a.Y, b.Y))), $"{process.Id}: {from} -> {to} crosses {n}"));
        }
        return true;
    });

    [Fact]
    public void What_somebody_redrew_in_another_editor_comes_through()
    {
        var wait = new ProcessNode { Id = "wait", Kind = NodeKind.Wait, Name = "Wait", Stage = "work", Days = 5, Next = [new("look")] };
        var process = Small(wait, Step("look", "ask", "done"), Step("ask", "look") with { Team = "Benefits", Days = 3 }, End());
        var redrawn = BpmnExport.Of(process).Replace("P7D", "P14D", StringComparison.Ordinal).Replace("name=\"Benefits\"", "name=\"Housing\"", StringComparison.Ordinal)
            .Replace("name=\"To ask\"", "name=\"Telephone\"", StringComparison.Ordinal).Replace("<bpmn:participant id=\"pool\" name=\"Small\"", "<bpmn:participant id=\"pool\" name=\"Large\"", StringComparison.Ordinal);

        var imported = BpmnImport.Read(redrawn, "map.bpmn");

        Assert.Equal("Large", imported.Process.Title.En);
        Assert.Equal(10, imported.Process.Node("wait")!.Days);
        Assert.Equal(("Telephone", "Housing", 3), (imported.Process.Node("ask")!.Name, imported.Process.Node("ask")!.Team, imported.Process.Node("ask")!.Days));
        Assert.Contains("“P14D” is taken as 10 working days", imported.Report.InWords(), StringComparison.Ordinal);
        Assert.Empty(imported.Report.Problems);
    }

    [Theory]
    [InlineData("P1D", 1)]
    [InlineData("P7D", 5)]
    [InlineData("P2W", 10)]
    [InlineData("PT1H", 1)]
    [InlineData("P0D", 0)]
    [InlineData("P1M", 22)]
    [InlineData("-P1D", null)]
    [InlineData("P99999999999W", null)]
    [InlineData("${days}", null)]
    [InlineData("", null)]
    public void A_duration_is_taken_as_working_days_rounded_up(string duration, int? days) => Assert.Equal(days, Bpmn.WorkingDays(duration));

    [Fact]
    public void What_is_wrong_is_not_exported()
    {
        var wrong = Assert.Throws<RefusedException>(() => BpmnExport.Of(Small(Step("look", "gone"), End())));
        var control = Assert.Throws<RefusedException>(() => BpmnExport.Of(Small(Step("look", "done") with { Name = "Look\u0001" }, End())));

        Assert.Contains("at look: It leads to gone", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("control character", control.Message, StringComparison.Ordinal);
    }

    private static (int Left, int Top, int Right, int Bottom) Box(XElement shape)
    {
        int Of(string name) => (int)shape.Element(Bpmn.Bounds + "Bounds")!.Attribute(name)!;
        return (Of("x"), Of("y"), Of("x") + Of("width"), Of("y") + Of("height"));
    }

    // What has more ways than are looked at is refused, and so not exported.
    private static void ForAllExported(Func<Process, bool> holds) => ForAll((_, process) => IsTooLarge(ProcessCheck.Of(process)) || holds(process));

    private static bool Overlap((int Left, int Top, int Right, int Bottom) a, (int Left, int Top, int Right, int Bottom) b) => a.Left <= b.Right && b.Left <= a.Right && a.Top <= b.Bottom && b.Top <= a.Bottom;
}
