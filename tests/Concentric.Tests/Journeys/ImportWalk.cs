using System.Text.RegularExpressions;
using Concentric.Tests.Measure;
using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>Walk 6: a file of real requests comes in by the command line while the program serves, and the pages show it under its own council.</summary>
[Collection(ProgramWalks.Name)]
public sealed class ImportWalk(Chromium chromium, DemoProgram program) : Journey(chromium)
{
    private static string File => SharedData.Find("contacts/boston311-2015-h1.csv.gz");

    private const string PhoneLog = "Ref,Date,Method,Subject,Ward\nA1,31/03/2026,Telephone,Bins,North\nA2,31/03/2026,Web form,Bins,South\nA3,01/04/2026,Telephone,Council tax,North\nA4,01/04/2026,Telephone,Council tax,North\nA5,02/04/2026,Telephone,Council tax,North\nA6,soon,Telephone,Council tax,North\n";

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Requests_of_another_council_are_shown_as_requests_under_its_own_name(Way way)
    {
        await program.Boston(File);
        var grace = await Somebody(program.Address, way);
        await grace.SignInAs("Grace Okoro, service manager");

        await grace.Follow("City of Boston");
        await grace.See("Service requests by service, channel and week");
        var tiles = await grace.Page.Locator(".app-tiles__number").AllInnerTextsAsync();
        // A service manager sees counts rounded to 5: there are 45,546 requests, and 12,573 by others.
        Assert.Equal(["45,545", "Not coded"], tiles);
        await grace.SeeWords("12,575 begun by staff or other systems are left out.");
        await grace.SeeWords("Nobody has said what kind of demand these service requests were, and it is never guessed.");
        foreach (var figure in (string[])["weeks", "services", "channels"]) await grace.SeeChart(figure);
        Assert.DoesNotContain("Employee", await grace.Main.InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Synthetic:", await grace.Main.InnerTextAsync(), StringComparison.Ordinal);

        await grace.Page.Locator("summary").Filter(new() { HasText = "with failure demand" }).ClickAsync();
        await grace.Page.Locator(".govuk-details[open] a").First.ClickAsync();
        await grace.SeeWords("Failure demand by week");
        await grace.See(await grace.Page.Locator("h1").InnerTextAsync());
        await grace.SeeWords("Not coded: nobody has said which of these service requests were failure demand, and it is never guessed.");
    }

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_file_is_described_tried_imported_and_taken_back_by_the_pages(Way way)
    {
        await program.Start();
        var lewis = await Somebody(program.Address, way);
        await lewis.SignInAs("Lewis Hart, analyst");
        await lewis.Open("/measure/imports/new");
        await lewis.See("Import a file");
        await lewis.Page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = $"log {way}.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(PhoneLog) });
        await lewis.Press("Continue");
        await lewis.See("How to read the file");
        await lewis.Choose("I say it myself, on the next page");
        await lewis.Press("Continue");

        await lewis.See("What the columns are");
        await lewis.Press("Continue");
        await lewis.SeeErrors("Select what a row is", "Select whose contacts these are");
        await lewis.Choose("A contact");
        await lewis.Choose("Another council’s, or a trial that is to stand by itself");
        await lewis.Fill("Its name", "Tryton Council");
        await lewis.Fill("Name of this mapping", "tryton-log");
        await lewis.Press("Continue");
        await lewis.See("What the values mean");
        await lewis.Press("Try it");
        await lewis.See("What the import would do");
        await lewis.SeeWords("This is not a date like d/M/yyyy.");
        await lewis.Press("Import");
        var heading = lewis.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        while (await heading.InnerTextAsync() is "The import waits" or "The import runs")
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            if (!way.ScriptsRun) await lewis.Follow("Look again");
        }
        await lewis.See("The file was imported");
        await lewis.SeeWords("Rows read = imported + duplicates + rejected: 6 = 5 + 0 + 1.");
        await lewis.Open("/measure/sources?council=tryton-council");
        await lewis.See("Data about data");

        await lewis.Open("/measure/imports");
        await lewis.See("Imports");
        await lewis.Main.GetByRole(AriaRole.Link, new() { Name = "Undo batch" }).First.ClickAsync();
        await lewis.See("Do you want to undo this import?");
        await lewis.Press("Undo this import");
        await lewis.See("Imports");
    }

    [Fact]
    public async Task The_command_says_what_it_read_and_nothing_is_counted_twice()
    {
        var first = await program.Boston(File);
        var second = await program.Run("contacts", "import", File, "--map", "boston311");

        Assert.Equal((0, ""), (first.Code, first.Error));
        Assert.Contains("read 58,119 = imported 58,119 + duplicates 0 + rejected 0", first.Out, StringComparison.Ordinal);
        Assert.Contains("84 of the imported are flagged as odd, such as closed before they were opened: their duration is left empty.", first.Out, StringComparison.Ordinal);
        Assert.Contains("read 58,119 = imported 0 + duplicates 58,119 + rejected 0", second.Out, StringComparison.Ordinal);
        Assert.Contains("Nothing new", second.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_file_is_refused_in_words_and_leaves_nothing()
    {
        await program.Start();
        var before = Batches();
        var lacking = Path.Combine(program.Data, "lacking.csv");
        await System.IO.File.WriteAllTextAsync(lacking, "CASE_ENQUIRY_ID,OPEN_DT,TYPE,neighborhood,Source\n1,01/02/2015 09:00:00 AM,Pothole,Roxbury,Constituent Call\n", TestContext.Current.CancellationToken);
        var broken = Path.Combine(program.Data, "broken.csv");
        await System.IO.File.WriteAllTextAsync(broken, "CASE_ENQUIRY_ID,OPEN_DT,CLOSED_DT,TYPE,neighborhood,Source\n1,31/12/2015 09:00:00 AM,,Pothole,Roxbury,Constituent Call\n", TestContext.Current.CancellationToken);
        var noCsv = Path.Combine(program.Data, "picture.csv");
        await System.IO.File.WriteAllBytesAsync(noCsv, [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0x0D], TestContext.Current.CancellationToken);

        foreach (var (file, map, says) in ((string, string, string)[])
        [
            (Path.Combine(program.Data, "no-such.csv"), "boston311", "There is no file "),
            (lacking, "boston311", "Line 1 lacks the column “CLOSED_DT”, which the mapping boston311 reads."),
            (broken, "boston311", "line 2.*OPEN_DT"),
            (noCsv, "boston311", "The file holds bytes that no text holds: it is not"),
            (lacking, "paris", "There is no mapping “paris”."),
        ])
        {
            var refused = await program.Run("contacts", "import", file, "--map", map);
            Assert.Equal((1, ""), (refused.Code, refused.Out));
            Assert.Matches(new Regex(says, RegexOptions.IgnoreCase | RegexOptions.Singleline), refused.Error);
            Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, Batches());
    }

    private string[] Batches() => [.. Directory.EnumerateDirectories(Path.Combine(program.Data, "imports")).Where(f => Path.GetFileName(f) != "rejects").Order()];
}
