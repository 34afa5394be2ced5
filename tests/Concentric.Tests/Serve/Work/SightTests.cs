using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Concentric.Core.People;
using Concentric.Serve;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Work;

/// <summary>Whatever a list, a count, a file or the one box tells somebody, they may open one by one; and what they may open is listed.</summary>
public sealed partial class SightTests
{
    private static readonly string[] Lists = ["mine", "team", "escalated", "overdue", "waiting", "open", "ended"];

    [Fact]
    public async Task What_is_listed_can_be_opened_and_what_can_be_opened_is_listed()
    {
        // One world on each database.
        var seed = TestDatabase.IsPostgres ? 2 : 1;
        using var app = new TestApp();
        await DeskWorld.Fill(app, new Random(seed), 30);
        var all = await app.Db(db => db.Enquiries.AsNoTracking().Select(e => new { e.Reference, e.HasCase, e.IsOpen }).ToListAsync());
        var citizens = await app.Db(db => db.Citizens.Select(c => c.Id).ToListAsync());
        foreach (var role in (Role[])[Role.Adviser, Role.Officer, Role.ServiceManager])
        {
            var who = await app.SignInAs(role);
            var (mayOpen, beside) = (new HashSet<string>(StringComparer.Ordinal), new List<(string Of, List<string> References)>());
            foreach (var one in all)
            {
                await who.Open($"/desk/enquiries/{one.Reference}");
                var seen = who.Status == HttpStatusCode.OK;
                if (seen) mayOpen.Add($"{one.Reference}");
                // With what looks like it, and with what is linked.
                if (seen) beside.Add(($"enquiry {one.Reference}", Shown(who)));
                if (!one.HasCase) continue;
                await who.Open($"/desk/cases/{one.Reference}");
                Assert.Equal(seen, who.Status == HttpStatusCode.OK);
                if (seen) beside.Add(($"case {one.Reference}", Shown(who)));
            }
            Assert.Contains(beside, b => b.References.Distinct().Count() > 2);
            foreach (var (of, references) in beside) Told(references, $"{role} {of}");
            if (role == Role.ServiceManager) Assert.Equal(all.Count, mayOpen.Count);

            var listed = new HashSet<string>(StringComparer.Ordinal);
            foreach (var what in (string[])["cases", "enquiries"])
                foreach (var list in Lists)
                {
                    var pages = await Pages(who, $"/desk/work?what={what}&list={list}&size=4");
                    Told(pages, $"{role} {what} {list}");
                    listed.UnionWith(pages);
                    var file = await who.Http.GetStringAsync($"/desk/work.csv?what={what}&list={list}");
                    // The file and the pages hold the same, in the same order, and as many as were counted.
                    Assert.Equal(pages, References.Matches(file).Select(m => m.Value));
                    await who.Open($"/desk/work?what={what}&list={list}");
                    if (pages.Count > 0) Assert.StartsWith($"{pages.Count} ", who.Page.QuerySelector("caption")!.TextContent, StringComparison.Ordinal);
                }
            Assert.Equal(mayOpen.Order(), listed.Order());

            await who.Open("/desk");
            Told(Shown(who), $"{role} queue");
            Assert.StartsWith($"{all.Count(a => a.IsOpen && mayOpen.Contains($"{a.Reference}"))} waiting", who.Page.QuerySelector("caption")?.TextContent ?? "0 waiting", StringComparison.Ordinal);
            await who.Open("/desk?list=answered");
            Told(Shown(who), $"{role} answered");
            foreach (var asked in (string[])["marsh", "Wiliamson", "LS14AP", "07700901001", "otieno northmoor", .. all.Select(a => $"{a.Reference}")])
            {
                await who.Open($"/desk/find?q={Uri.EscapeDataString(asked)}");
                Assert.Equal(HttpStatusCode.OK, who.Status);
                // What they typed themselves stands in the box.
                Told([.. who.Page.QuerySelectorAll("main a").SelectMany(a => References.Matches(a.TextContent)).Select(m => m.Value)], $"{role} box {asked}");
            }

            // A citizen, whosever they are, once it is said why; and where they live.
            foreach (var citizen in citizens)
            {
                await who.Open($"/desk/citizens/{citizen}");
                if (who.Page.QuerySelector("h1")!.TextContent.Contains("Why", StringComparison.Ordinal)) await who.Post($"/desk/citizens/{citizen}/why", [("Reason", "Colleague"), ("Words", "Asha asked me")]);
                await who.Open($"/desk/citizens/{citizen}?all=asked");
                Assert.Equal(HttpStatusCode.OK, who.Status);
                Assert.NotEmpty(Shown(who));
                Told(Shown(who), $"{role} citizen");
            }
            await who.Open("/desk/addresses/ls14ap-12-elm-road?all=asked");
            Assert.NotEmpty(Shown(who));
            Told(Shown(who), $"{role} address");

            // As many as a process says sit in a step are listed from there.
            await who.Open("/desk/processes/road-defect");
            var step = Assert.Single(who.Page.QuerySelectorAll("a[href*='&step=']"));
            var inStep = await Pages(who, step.GetAttribute("href")! + "&size=4");
            Assert.Equal(int.Parse(step.TextContent.Split(' ')[0], CultureInfo.InvariantCulture), inStep.Count);
            Told(inStep, $"{role} step");

            // Neither does a conversation tell what its person asked before.
            await who.Open("/desk");
            await who.Press("Phone");
            await who.Press("Find", ("find", "ada@example.com"));
            Told(Shown(who), $"{role} conversation");

            // Nor does something done to many at once reach what may not be seen.
            await who.Open("/desk/work?list=open");
            await who.Post("/desk/work/check", [("Change", "take"), .. all.Select(a => ("Row", $"{a.Reference}"))]);
            foreach (var hidden in all.Where(a => !mayOpen.Contains($"{a.Reference}"))) Assert.Contains($"{hidden.Reference} : There is no such work.", who.Text, StringComparison.Ordinal);

            void Told(IReadOnlyCollection<string> references, string where) => Assert.True(references.All(mayOpen.Contains), $"{where} tells of {string.Join(", ", references.Except(mayOpen))}");
        }
    }

    /// <summary>The references of all pages of a list, forwards; and backwards from its last page they are the same.</summary>
    private static async Task<List<string>> Pages(Browser who, string address)
    {
        var (forwards, backwards) = (new List<string>(), new List<string>());
        await who.Open(address);
        for (; ; await who.Open(Link(who, "next")!))
        {
            forwards.AddRange(Rows(who));
            if (Link(who, "next") is null) break;
        }
        await who.Open($"{address}&page=last");
        for (; ; await who.Open(Link(who, "prev")!))
        {
            backwards.InsertRange(0, Rows(who));
            if (Link(who, "prev") is null) break;
        }
        Assert.Equal(forwards, backwards);
        Assert.Equal(forwards.Distinct(), forwards);
        return forwards;
    }

    private static string? Link(Browser who, string rel) => who.Page.QuerySelector($"a[rel={rel}]")?.GetAttribute("href");

    private static IEnumerable<string> Rows(Browser who) => who.Page.QuerySelectorAll("tbody th a").Select(a => a.TextContent);

    private static List<string> Shown(Browser who) => [.. References.Matches(who.Page.QuerySelector("main")!.TextContent).Select(m => m.Value)];

    [GeneratedRegex("CN-[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex References { get; }
}
