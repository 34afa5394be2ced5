using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Serve;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>A service manager sees what makes people ask, and has the coding behind it checked by somebody who does not know the first code.</summary>
[Collection(StaffWalks.Name)]
public sealed class DemandWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    private const int Sample = 24;

    [Theory]
    [MemberData(nameof(Ways.Some), MemberType = typeof(Ways))]
    public async Task Causes_are_read_and_an_audit_is_drawn_coded_blind_and_answered_with_an_interval(Way way)
    {
        var address = await app.Address();
        await Coded(await app.Program());
        var grace = await Somebody(address, way);
        await grace.SignInAs("Grace Okoro, service manager");
        await grace.Open("/measure/demand");
        await grace.See("Demand");
        await grace.SeeWords("it is no mark for a service, and no target");
        var causes = grace.Main.Locator("figure").Filter(new() { HasText = "System cause" });
        Assert.True(await causes.Locator("tbody tr").CountAsync() > 2);
        await grace.SeeWords("Whose work caused it");
        await grace.Follow("Bin collection");
        await grace.See("Demand: Bin collection");
        await grace.SeeWords("What in how we work makes them ask");

        await grace.Follow("Draw or read an audit");
        await grace.See("Audits of coding");
        await grace.Fill("How many contacts?", "3");
        await grace.Press("Draw");
        await grace.SeeErrors("Enter how many contacts to draw, from 20 to 500");
        await grace.Fill("How many contacts?", $"{Sample}");
        await grace.Choose("Last 4");
        await grace.Press("Draw");
        await grace.See("Audits of coding");

        var asha = await Somebody(address, way);
        await asha.SignInAs("Asha Patel, adviser");
        await asha.Open("/desk/audits");
        var code = asha.Main.GetByRole(AriaRole.Link, new() { NameRegex = new("^Code [0-9]+ of the audit") }).First;
        var next = await code.GetAttributeAsync("href");
        await code.ClickAsync();
        for (var coded = 0; asha.Page.Url.EndsWith("/next", StringComparison.Ordinal); coded++)
        {
            Assert.True(coded < 2 * Sample, "The audit has no end");
            var words = await asha.Main.Locator(".app-words").InnerTextAsync();
            if (coded == 0)
            {
                await asha.See(await asha.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync());
                Assert.Equal(0, await asha.Main.GetByRole(AriaRole.Radio, new() { Checked = true }).CountAsync());
                Assert.DoesNotContain("CN-", await asha.Main.InnerTextAsync(), StringComparison.Ordinal);
            }
            await asha.Main.Locator($"input[type=radio][value={(words.Contains("Where is", StringComparison.Ordinal) ? "failure" : "value")}]").CheckAsync();
            await asha.Press("Code and go on");
        }
        await asha.See("Audits of coding");

        var audit = next!.Split('/')[3];
        if (!(await Result(grace, audit)).Contains("Agreement beyond chance", StringComparison.Ordinal)) Assert.Fail("The audit's result is not there");
        await grace.See("Audit of coding");
        var lewis = await Somebody(address, way);
        await lewis.SignInAs("Lewis Hart, analyst");
        Assert.Contains("95% interval", await Result(lewis, audit), StringComparison.Ordinal);
        await lewis.See("Audit of coding");
        var tiles = await lewis.Main.Locator(".app-tiles__tile").AllInnerTextsAsync();
        Assert.Matches(@"κ = 0?\.?[0-9.]+\s[\s\S]*95% interval [0-9.−-]+ to [0-9.]+, n\s=\s[0-9]+", tiles[0]);
        Assert.Matches(@"[0-9.]+%\s[\s\S]*95% interval [0-9.]+% to [0-9.]+% of [0-9,]+ contacts, from n\s=\s[0-9]+", tiles[1]);
    }

    [Theory]
    [MemberData(nameof(Ways.Some), MemberType = typeof(Ways))]
    public async Task An_analyst_sees_what_a_classifier_learns_and_how_often_it_errs(Way way)
    {
        var lewis = await Somebody(await app.Address(), way);
        await lewis.SignInAs("Lewis Hart, analyst");
        await lewis.Open("/measure/demand");
        await lewis.Follow("Try a text classifier");
        await lewis.See("Classify texts");
        await lewis.Press("Learn and test");
        await lewis.See("Classify texts");
        Assert.NotEmpty(await lewis.Page.Locator(".govuk-error-summary").GetByRole(AriaRole.Link).AllInnerTextsAsync());
        await lewis.Page.GetByLabel("CSV file", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "texts.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Texts()) });
        await lewis.Fill("Column of texts", "text");
        await lewis.Fill("Column of labels", "label");
        await lewis.Press("Learn and test");
        await lewis.See("Classify texts");
        await lewis.SeeWords("interval");
        await lewis.SeeWords("missed");
    }

    /// <summary>The result as soon as what was told has been read.</summary>
    private static async Task<string> Result(Walker person, string audit)
    {
        for (var i = 0; i < 100; i++)
        {
            await person.Open($"/measure/demand/audits/{audit}");
            var text = await person.Main.InnerTextAsync();
            if (text.Contains("Agreement beyond chance", StringComparison.Ordinal)) return text;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        return "";
    }

    /// <summary>Enquiries of last week that somebody else has coded.</summary>
    private static Task Coded(TestApp program) => program.Services.GetRequiredService<IWriter>().Write(async db =>
    {
        if (await db.Enquiries.AnyAsync(e => e.Email == "audited@example.com")) return;
        for (var i = 0; i < 2 * Sample; i++)
        {
            var at = program.Clock.Now.AddDays(-7).AddMinutes(i);
            var id = Guid.CreateVersion7(at);
            var enquiry = new Enquiry
            {
                Id = id, Reference = Reference.New(), Token = id, Service = "524", Channel = "web", RaisedAt = at, Email = "audited@example.com", Words = i % 2 == 0 ? $"Where is my new bin, number {i}?" : $"Please send a bin, number {i}",
            };
            enquiry.AnswerWith(new() { Text = "Yes", Resolved = true, By = Actor.System, At = at }, Coding.Of(enquiry.Words, null, i % 8 < 5 && i % 2 == 0 ? Demand.Failure : Demand.Value, Actor.System, at));
            db.Add(enquiry);
        }
    });

    private static string Texts()
    {
        var csv = new StringBuilder("text,label\n");
        string[] failure = ["my bin was missed again", "nobody came and the bin was missed", "missed for the second time"], value = ["please send a new bin", "how do I order a garden bin", "I want to pay for collection"];
        for (var i = 0; i < 240; i++) csv.Append(i % 2 == 0 ? failure[i % 3] : value[i % 3]).Append(i % 17 == 0 ? " missed order" : " today").Append(',').AppendLine(i >= 200 ? "" : i % 2 == 0 ? "failure" : "value");
        return csv.ToString();
    }
}
