using System.CommandLine;
using System.Net.Sockets;
using AngleSharp.Dom;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Measure.Contacts.Local;
using Concentric.Measure.FormUse;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure.FormUse;

/// <summary>The demo's forms as its people see them, forms of which little or nothing is known, and reading all of it again.</summary>
public sealed class SeedFormUseTests : IAsyncDisposable
{
    private readonly TestApp _app = new();

    private FormUseReader Reader => _app.Services.GetRequiredService<FormUseReader>();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Of_the_demo_as_many_forms_were_sent_as_visits_sent_them_and_those_saw_their_answers_before()
    {
        await SeedFormUse.Run(_app.Services, TestContext.Current.CancellationToken);
        await Seal();
        var lewis = await _app.SignInAs(Role.Analyst);
        var form = (await _app.Services.GetRequiredService<IFormNames>().All()).First(f => f.Pages.Count > 2);

        await lewis.Open($"/measure/forms/{form.Id}");

        var sent = await _app.Db(db => db.FormVisits.CountAsync(v => v.Form == form.Id && v.Outcome == FormOutcome.Sent));
        Assert.InRange(sent, 50, 3000);
        Assert.Equal($"{sent:N0}", lewis.Page.QuerySelector("#sent")!.TextContent.Trim());
        Assert.Equal($"{sent:N0}", lewis.Page.QuerySelectorAll("#outcomes tbody td")[0].TextContent.Trim());
        Assert.Equal("check", lewis.Page.QuerySelectorAll("#pages tbody th")[^1].TextContent.Trim());
        // One version was published, so that nothing on the page speaks of another.
        Assert.Empty(lewis.Page.QuerySelectorAll("[data-change], #versions"));
        Assert.Equal(await _app.Db(db => db.FormVisits.CountAsync(v => v.Outcome == FormOutcome.Sent)), await _app.Db(db => db.FormSendings.CountAsync()));
        Assert.All(await _app.Db(db => db.FormSendings.ToListAsync()), s => Assert.Equal(1, s.Version));
    }

    [Theory]
    [InlineData(Role.Analyst)]
    [InlineData(Role.ServiceManager)]
    public async Task A_form_that_nobody_visited_says_so_and_shows_no_empty_table(Role role)
    {
        await Tell(new FormPublished("x-new", 1, "00"));
        var browser = await _app.SignInAs(role);

        await browser.Open("/measure/forms");
        Assert.Equal(["0", "–", "–", "0", "–", "–", "–", "–", "Too few visits to tell"], Row(browser, "x-new").Skip(2));
        await browser.Open("/measure/forms/x-new");

        string[] expected = ["Nobody visited the form", "No message was shown", "There is no complete week with a visit yet", "fewer than 4 whole weeks", "Nobody, in these days"];
        Assert.All(expected, said => Assert.Contains(said, browser.Text, StringComparison.Ordinal));
        Assert.Equal("–", browser.Page.QuerySelector("#completed")!.TextContent.Trim());
        Assert.Equal("–", browser.Page.QuerySelector("#time")!.TextContent.Trim());
        Assert.All(browser.Page.QuerySelectorAll("main table"), t => Assert.NotEmpty(t.QuerySelectorAll("tbody tr")));
        Assert.Null(browser.Page.QuerySelector("figure"));
        Assert.DoesNotContain("NaN", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_few_visits_shows_counts_and_no_shares()
    {
        var at = _app.Clock.Now.AddDays(-20);
        await Tell([.. Enumerable.Range(0, 9).Select(i => Visit(at.AddDays(i), i < 6 ? FormOutcome.Sent : FormOutcome.Dropped))]);
        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open("/measure/forms/x-few");

        Assert.Equal("6 of 9", lewis.Page.QuerySelector("#completed")!.TextContent.Trim());
        Assert.Equal("–", lewis.Page.QuerySelector("#time")!.TextContent.Trim());
        Assert.Contains("No complete week had 10 visits or more", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(["a", "9", "3", "3 of 9", "too few", "9"], Cells(lewis.Page.QuerySelector("#pages tbody tr")!).Take(6));

        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/measure/forms/x-few");

        Assert.Equal("1 to 7 of 10", grace.Page.QuerySelector("#completed")!.TextContent.Trim());
        Assert.Contains("No complete week had 13 visits or more", grace.Text, StringComparison.Ordinal);
        Assert.Contains("No share or time is of fewer than 13 visits", grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_reads_visits_anew()
    {
        await Tell(Visit(_app.Clock.Now.AddDays(-3), FormOutcome.Sent), Visit(_app.Clock.Now.AddDays(-2), FormOutcome.Dropped));
        await _app.Write(db => db.FormVisits.ExecuteDeleteAsync());
        var root = new RootCommand();
        RebuildCommand.Add(new CommandLine(root, () => _app.Services));

        Assert.Equal(0, await root.Parse(["contacts", "rebuild"]).InvokeAsync(new() { EnableDefaultExceptionHandler = false }));

        Assert.Equal(2, await Visits());
    }

    [Fact]
    public async Task The_running_program_reads_visits_anew_when_the_command_line_knocks()
    {
        await Tell(Visit(_app.Clock.Now.AddDays(-3), FormOutcome.Sent), Visit(_app.Clock.Now.AddDays(-2), FormOutcome.Dropped));
        await _app.Write(db => db.FormVisits.ExecuteDeleteAsync());
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        var answer = await _app.Server.SendAsync(http =>
        {
            http.Features.Set<IConnectionSocketFeature>(new CameBy(socket));
            (http.Request.Method, http.Request.Path, http.Request.Scheme) = ("POST", "/local/contacts/rebuild", "https");
        });
        using var reader = new StreamReader(answer.Response.Body);

        var said = await reader.ReadToEndAsync();
        Assert.Contains("\"formFacts\":2", said, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, await Visits());
    }

    private sealed record CameBy(Socket Socket) : IConnectionSocketFeature;

    private Task<int> Visits() => _app.Db(db => db.FormVisits.CountAsync(v => v.Form == "x-few"));

    private static FormVisited Visit(DateTimeOffset at, FormOutcome outcome) =>
        new(Guid.CreateVersion7(at), "x-few", 1, "northmoor", null, "web", false, "en", at, outcome, outcome == FormOutcome.Sent ? null : "a", [new("a", 10, 1, 0, [])]);

    private async Task Tell<T>(params IReadOnlyList<T> facts) where T : IFact
    {
        await _app.Write(db =>
        {
            foreach (var fact in facts) db.Record(fact, Actor.System, _app.Clock.Now);
            return Task.CompletedTask;
        });
        await Seal();
    }

    private async Task Seal()
    {
        while (await _app.Services.GetRequiredService<Sealer>().Seal() > 0) { }
        await Reader.CatchUp();
    }

    private static IEnumerable<string> Row(Browser browser, string form) =>
        browser.Page.QuerySelectorAll("#forms tbody tr").Select(Cells).Single(r => r[0] == form);

    private static List<string> Cells(IElement row) => [.. row.Children.Select(c => c.TextContent.Trim())];
}
