using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Concentric.Core.People;
using Concentric.Serve.Cases;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Building;

namespace Concentric.Tests.Serve.Cases;

/// <summary>The processes that come with the program can all be used: by the check of processes, by their forms, and by those who read what they say.</summary>
[Trait("Database", "none")]
public sealed partial class ProcessLibraryTests
{
    public static TheoryData<string> Processes => [.. ProcessLibrary.All.Select(p => p.Id)];

    [Fact]
    public void There_are_twelve_and_each_is_found_by_its_id()
    {
        Assert.Equal(
            ["bulky-collection", "change-of-circumstances", "complaint", "dumped-rubbish", "home-repair", "lighting-fault", "missed-collection", "noise-complaint", "parking-permit", "road-defect", "single-person-discount", "tree-inspection"],
            ProcessLibrary.All.Select(p => p.Id));
        Assert.All(ProcessLibrary.All, p => Assert.Same(p, ProcessLibrary.Find(p.Id)));
        Assert.Null(ProcessLibrary.Find("none"));
    }

    [Theory, MemberData(nameof(Processes))]
    public void The_check_finds_nothing(string id) => Assert.Equal([], ProcessCheck.Of(Shipped(id)));

    [Theory, MemberData(nameof(Processes))]
    public void A_form_that_comes_with_the_program_names_it_and_has_its_team_and_promise(string id)
    {
        var (process, form) = (Shipped(id), FormOf(id));

        Assert.Equal((form.Team, form.PromiseDays), (process.Team, process.PromiseDays));
    }

    [Theory, MemberData(nameof(Processes))]
    public void A_walk_comes_to_each_of_its_ends_and_among_them_are_done_and_refused(string id)
    {
        var process = Shipped(id);
        var begun = EndsFrom(process, Begin(process));

        Assert.Contains(begun, e => e.Outcome == CaseOutcome.Done);
        Assert.Contains(begun, e => e.Outcome == CaseOutcome.Refused);
        Assert.Equal(process.Nodes.Where(n => n.Kind == NodeKind.End).Select(n => n.Id).Order(StringComparer.Ordinal), begun.Union(Reopened(process)).Select(e => e.Id).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Processes))]
    public void What_is_reopened_can_still_be_done(string id) => Assert.Contains(Reopened(Shipped(id)), e => e.Outcome == CaseOutcome.Done);

    [Theory, MemberData(nameof(Processes))]
    public void Whichever_way_it_goes_its_citizen_hears_within_the_promise(string id)
    {
        var process = Shipped(id);

        Assert.InRange(LongestToWord(process, process.Nodes[0], []), 0, process.PromiseDays);
    }

    [Theory]
    [InlineData("parking-permit"), InlineData("single-person-discount"), InlineData("complaint"), InlineData("change-of-circumstances")]
    public void Nobody_refuses_a_right_or_money_alone(string id)
    {
        var process = Shipped(id);
        var alone = process with { ReopenAt = null, Nodes = [.. process.Nodes.Select(n => n.NotBy.Count == 0 ? n : n with { Next = [] })] };

        Assert.DoesNotContain(EndsFrom(alone, Begin(alone)), e => e.Outcome == CaseOutcome.Refused);
    }

    [Fact]
    public void Two_things_are_done_at_a_time_where_that_is_natural()
    {
        Assert.Contains(MarkingsFrom(Shipped("home-repair")), m => m.Open.SequenceEqual(["make-safe", "order-parts"]));
        Assert.Contains(MarkingsFrom(Shipped("change-of-circumstances")), m => m.Open.SequenceEqual(["benefits", "council-tax"]));
    }

    [Fact]
    public void A_repair_that_is_not_good_is_done_again_a_diary_has_two_weeks_and_who_cancels_is_paid_back()
    {
        Assert.Contains(Walk("road-defect", "inspect>tell-soon", "mend-soon>check", "check>mend-soon").Open, o => o == "mend-soon");
        Assert.Equal(("two-weeks", 10), (Assert.Single(Walk("noise-complaint", "read>write", "write>tell-diary").Open), Shipped("noise-complaint").Node("two-weeks")!.Days));
        Assert.Equal("cancelled", Walk("bulky-collection", "agree-day>tell-day", "collect>pay-back", "pay-back>cancelled").End);
        Assert.Equal("mended", Walk("lighting-fault", "check>mend", "mend>tell-cable", "cable>mend", "mend>mended").End);
        Assert.Equal("mended", Walk("home-repair", "plan>tell-visit", "visit>part", "order-parts>ready", "make-safe>ready", "mend>part", "make-safe>ready", "order-parts>ready", "mend>mended").End);
    }

    [Theory, MemberData(nameof(Processes))]
    public void Who_is_late_is_told_of_it_before_the_service_manager(string id)
    {
        var rungs = Shipped(id).Escalation;

        Assert.True(rungs.Count > 1);
        Assert.Equal(rungs.Select(r => r.Days).Order(), rungs.Select(r => r.Days));
        Assert.Equal(Role.ServiceManager, rungs[^1].To);
    }

    [Theory, MemberData(nameof(Processes))]
    public void Every_stage_and_every_letter_is_used(string id)
    {
        var process = Shipped(id);

        Assert.Equal(process.Stages.Select(s => s.Id).Order(StringComparer.Ordinal), process.Nodes.Select(n => n.Stage).OfType<string>().Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(process.Letters.Select(l => l.Id).Order(StringComparer.Ordinal), process.Nodes.Select(n => n.Letter).OfType<string>().Distinct().Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Processes))]
    public void Letters_fill_in_what_is_known_and_nothing_else(string id)
    {
        var process = Shipped(id);
        Assert.All(process.Letters.SelectMany(l => new[] { l.Body.En, l.Body.Cy! }), body => Assert.Equal(["{link}", "{reference}"], Placeholders(body).Order(StringComparer.Ordinal)));
        Assert.All(process.Letters.SelectMany(l => new[] { l.Subject.En, l.Subject.Cy! }), subject => Assert.Equal(["{service}"], Placeholders(subject)));
        Assert.All(Told(process).Where(t => t.Part != "letter").SelectMany(t => new[] { t.Text.En, t.Text.Cy! }), text => Assert.Empty(Placeholders(text)));
    }

    [Theory, MemberData(nameof(Processes))]
    public void What_citizens_read_is_plain_English_and_there_in_Welsh(string id)
    {
        foreach (var text in Told(Shipped(id)))
        {
            Assert.True(!text.Text.IsMissing(Language.Welsh) && text.Text.Cy != text.Text.En, $"{text.Where}: there is no Welsh");
            Assert.Equal([], PlainEnglish.Of(text).Select(f => $"{text.Where} {text.Part}: {f.Words}: {f.Advice}"));
            // The words to avoid are English; how long a sentence is can be told of Welsh too.
            Assert.Equal([], PlainEnglish.Of(text with { Text = text.Text.Cy! }).Where(f => f.Advice.StartsWith("This sentence", StringComparison.Ordinal)).Select(f => $"{text.Where} {text.Part}: {f.Words}"));
            Assert.DoesNotContain('\'', text.Text.En + text.Text.Cy);
        }
    }

    [Theory, MemberData(nameof(Processes))]
    public void A_stage_says_in_one_sentence_what_comes_next(string id) =>
        Assert.All(Shipped(id).Stages.SelectMany(s => new[] { s.Next.En, s.Next.Cy! }), next => Assert.Matches(@"^[^.!?]+\.$", next));

    [Theory, MemberData(nameof(Processes))]
    public void Who_is_refused_is_told_why_and_then_what_they_can_do(string id) =>
        Assert.All(Shipped(id).Nodes.Where(n => n.Outcome is CaseOutcome.Refused or CaseOutcome.NotOurs).SelectMany(n => new[] { n.Says!.En, n.Says.Cy! }), says => Assert.Contains("\n\n", says, StringComparison.Ordinal));

    [Theory, MemberData(nameof(Processes))]
    public void A_phone_number_is_one_that_its_form_gives_too(string id)
    {
        var form = FormOf(id).Write();

        foreach (var text in Told(Shipped(id)))
        {
            Assert.Equal(Numbers(text.Text.En), Numbers(text.Text.Cy!));
            Assert.All(Numbers(text.Text.En), n => Assert.Contains(n, form, StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Processes))]
    public void Its_file_says_what_is_written_once_it_was_read(string id)
    {
        var file = File.ReadAllText(Path.Combine(Repository.Root, "src", "Concentric.Serve", "Cases", "Library", $"{id}.json"));
        var written = Process.Read(file).Write();

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(file), JsonNode.Parse(written)), written);
        Assert.Equal(Shipped(id).Write(), written);
    }

    private static Process Shipped(string id) => ProcessLibrary.Find(id)!;

    private static Form FormOf(string id) => Assert.Single(Library.Forms, f => f.Process == id);

    private static Marking Begin(Process process) => Marking.Begin(process, [], []);

    /// <summary>The case after these steps, each with where it was left to.</summary>
    private static Marking Walk(string id, params string[] ways)
    {
        var process = Shipped(id);
        return ways.Select(w => w.Split('>')).Aggregate(Begin(process), (at, way) =>
        {
            Assert.Contains(way[0], at.Open);
            return at.On(process, way[0], Assert.Single(process.Node(way[0])!.Next, f => f.To == way[1]), [], []);
        });
    }

    private static HashSet<ProcessNode> Reopened(Process process) => EndsFrom(process, Marking.At(process.ReopenAt!, []));

    private static IEnumerable<Marking> MarkingsFrom(Process process) => MarkingsFrom(process, Begin(process));

    private static HashSet<ProcessNode> EndsFrom(Process process, Marking from) => [.. MarkingsFrom(process, from).Where(m => m.End is not null).Select(m => process.Node(m.End!)!)];

    private static IEnumerable<Marking> MarkingsFrom(Process process, Marking from)
    {
        var seen = new Dictionary<string, Marking>(StringComparer.Ordinal) { [from.Key] = from };
        var open = new Queue<Marking>([from]);
        while (open.TryDequeue(out var marking))
            foreach (var next in marking.Open.SelectMany(id => process.Node(id)!.Next.Select(way => marking.On(process, id, way, [], []))))
                if (seen.TryAdd(next.Key, next)) open.Enqueue(next);
        return seen.Values;
    }

    /// <summary>Working days of the longest way, no node twice, to the first letter or the end.</summary>
    private static int LongestToWord(Process process, ProcessNode node, IEnumerable<string> before) =>
        node.Kind is NodeKind.Letter or NodeKind.End ? 0
        : (node.Days ?? 0) + node.Next.Where(f => !before.Contains(f.To)).Select(f => LongestToWord(process, process.Node(f.To)!, [.. before, node.Id])).DefaultIfEmpty(0).Max();

    private static IEnumerable<FormText> Told(Process process) =>
    [
        new("process", null, "title", process.Title),
        .. process.Stages.SelectMany(s => new FormText[] { new(s.Id, null, "title", s.Title), new(s.Id, null, "next", s.Next) }),
        .. process.Nodes.Where(n => n.Says is not null).Select(n => new FormText(n.Id, null, "says", n.Says!)),
        .. process.Letters.SelectMany(l => new FormText[] { new(l.Id, null, "letter", l.Subject), new(l.Id, null, "letter", l.Body) }),
    ];

    private static IEnumerable<string> Placeholders(string text) => Placeholder.Matches(text).Select(m => m.Value);

    private static IEnumerable<string> Numbers(string text) => Number.Matches(text).Select(m => m.Value);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder { get; }

    [GeneratedRegex(@"\b0\d[\d ]{6,}\d\b")]
    private static partial Regex Number { get; }
}
