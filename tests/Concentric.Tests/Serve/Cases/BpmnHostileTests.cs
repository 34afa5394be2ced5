using System.Diagnostics;
using Concentric.Core;
using Concentric.Serve.Cases;
using static Concentric.Tests.Serve.Cases.ProcessCheckTests;
using Process = Concentric.Serve.Cases.Process;

namespace Concentric.Tests.Serve.Cases;

/// <summary>Files that are no maps, or bad ones: refused in words, or read with a report, and never anything else.</summary>
[Trait("Database", "none")]
public sealed class BpmnHostileTests
{
    private const string Open = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">""";
    private const string Close = "</process></definitions>";

    [Theory]
    [InlineData("", "is not XML")]
    [InlineData("hello", "is not XML")]
    [InlineData("{\"id\": 1}", "is not XML")]
    [InlineData("<definitions/>", "not BPMN 2.0")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "begins with “svg”")]
    [InlineData("<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"/>", "no process with steps")]
    [InlineData(Open + Close, "no process with steps")]
    [InlineData(Open + "<startEvent id=\"s\"/>" + Close, "no step that its start leads to")]
    [InlineData(Open + "<exclusiveGateway id=\"a\"/><exclusiveGateway id=\"b\"/><sequenceFlow sourceRef=\"a\" targetRef=\"b\"/><sequenceFlow sourceRef=\"b\" targetRef=\"a\"/>" + Close, "no step that its start leads to")]
    [InlineData("<!DOCTYPE definitions SYSTEM \"http://127.0.0.1:9/evil.dtd\"><definitions/>", "Remove the DOCTYPE line")]
    [InlineData("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><d>&x;</d>", "Remove the DOCTYPE line")]
    [InlineData("<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><d>&c;&c;&c;</d>", "Remove the DOCTYPE line")]
    public void What_is_no_map_is_refused_in_words(string xml, string says)
    {
        Assert.Throws<RefusedException>(() => BpmnImport.Read(xml, "a.bpmn"));
        var watch = Stopwatch.StartNew();

        var refused = Assert.Throws<RefusedException>(() => BpmnImport.Read(xml, "a.bpmn"));

        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.True(watch.ElapsedMilliseconds < 100, $"It took {watch.ElapsedMilliseconds} ms.");
    }

    [Fact]
    public void What_is_very_large_or_nested_deeply_is_refused()
    {
        Refuses(new('x', 10_000_000), "at most 5 million");
        Refuses($"{Open}{string.Concat(Enumerable.Repeat("<subProcess>", 10_000))}", "elements inside each other");
        Refuses($"{Open}{string.Concat(Enumerable.Repeat("<a/>", 300_000))}{Close}", "more than 200,000 parts");
        Refuses($"{Open}{string.Concat(Enumerable.Range(0, 3_000).Select(i => $"<task id=\"t{i}\"/>"))}{Close}", "Part it into smaller");
    }

    [Fact]
    public void A_map_of_more_nodes_than_a_process_has_is_read_and_said_to_be_wrong()
    {
        var tasks = string.Concat(Enumerable.Range(0, 900).Select(i => $"<task id=\"t{i}\" name=\"Look\"/><sequenceFlow sourceRef=\"t{i}\" targetRef=\"t{i + 1}\"/>"));

        Assert.Contains(BpmnImport.Read($"{Open}{tasks}{Close}", "a.bpmn").Report.Problems, p => p.Text.Contains("more than 200 nodes", StringComparison.Ordinal));
    }

    [Fact]
    public void A_map_of_very_many_ways_is_read_in_time()
    {
        var same = string.Concat(Enumerable.Range(0, 900).Select(i => $"<task id=\"t{i}\" name=\"Look\"/><sequenceFlow name=\"Go\" sourceRef=\"w\" targetRef=\"t{i}\"/>"));
        var again = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<sequenceFlow name=\"Go {i}\" sourceRef=\"w\" targetRef=\"t0\"/>"));
        var watch = Stopwatch.StartNew();

        BpmnImport.Read($"{Open}<task id=\"s\" name=\"Go\"/><sequenceFlow sourceRef=\"s\" targetRef=\"w\"/><exclusiveGateway id=\"w\"/>{same}{again}{Close}", "a.bpmn");

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"id\": \"look\", \"kind\": \"dance\", \"name\": \"\"}")]
    [InlineData("{\"id\": \"look\", \"kind\": \"step\", \"name\": \"\", \"needs\": [null]}")]
    [InlineData("{\"id\": 5, \"kind\": \"step\", \"name\": \"\"}")]
    public void What_of_ours_cannot_be_read_is_named(string extension)
    {
        var report = BpmnImport.Read($"""{Open}<task id="a" name="Look"><extensionElements><node xmlns="urn:concentric:process:1">{extension}</node></extensionElements></task>{Close}""", "a.bpmn").Report;

        Assert.Contains("task Look: what it holds of this program's own cannot be read", report.InWords(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_cannot_lead_out_of_a_folder()
    {
        var xml = BpmnExport.Of(Small(Step("look", "done"), End())).Replace("\"id\":\"small\"", "\"id\":\"../../small\"", StringComparison.Ordinal).Replace("\"id\":\"look\"", "\"id\":\"../look\"", StringComparison.Ordinal);

        var process = BpmnImport.Read(xml, "a.bpmn").Process;

        Assert.Equal(("small", "to-look"), (process.Id, process.Nodes[0].Id));
    }

    [Fact]
    public void A_map_with_signs_changed_is_refused_or_read()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var text = BpmnExport.Of(new RandomProcess(i % 25).Make()).ToCharArray();
            for (var n = 0; n < 1 + i % 3; n++) text[random.Next(text.Length)] = "<>&\"'/={}[]:,x0\0é\ud800"[random.Next(18)];
            try
            {
                var imported = BpmnImport.Read(new(text), "a.bpmn");
                Assert.Equal(imported.Process.Write(), Process.Read(imported.Process.Write()).Write());
            }
            catch (RefusedException)
            {
                // That is the other honest answer.
            }
        }
    }

    private static void Refuses(string xml, string says) => Assert.Contains(says, Assert.Throws<RefusedException>(() => BpmnImport.Read(xml, "a.bpmn")).Message, StringComparison.Ordinal);
}
