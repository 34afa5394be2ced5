using System.Net;
using System.Text;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Importing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Measured = Concentric.Measure.Contacts.Measure;

namespace Concentric.Tests.Measure;

/// <summary>A file of contacts comes in by the pages: sent, described, tried, imported, watched.</summary>
public sealed class ImportPagesTests : IDisposable
{
    private const string PhoneLog =
        "Call ref;Created date;Created time;Subject;Ward;Contact method;Customer no;Notes\n" +
        "C1;31/03/2026;09:05;Bin collection;North;Telephone;77001;a long note about what was said on the telephone that day, and that nobody should ever keep\n" +
        "C2;31/03/2026;10:15;Bin collection;North;Web form;77002;another long note about what was said on the telephone that day, and that nobody should keep\n" +
        "C3;01/04/2026;11:25;Council tax;South;Telephone;77001;a third long note about what was said on the telephone that day, and that nobody should keep\n" +
        "C4;32/04/2026;11:25;Council tax;South;Telephone;77003;=cmd() is a long note about what was said on the telephone that day that nobody should keep\n" +
        "C5;02/04/2026;11:25;Council tax;;Counter;;\n";

    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_mapping_is_built_in_the_browser_tried_and_imported()
    {
        var lewis = await Upload(PhoneLog, "phone log.csv");
        await lewis.Press("Continue", ("How", "build"));

        Assert.Equal("What the columns are", lewis.Heading);
        Assert.Contains("8 columns with a semicolon between them, in UTF-8", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(["id", "opened", "opened", "service", "area", "channel", "person", "text"], Enumerable.Range(0, 8).Select(i => Chosen(lewis, $"Use-{i}")));
        Assert.Equal(["", "d/M/yyyy", "H:mm"], Enumerable.Range(0, 3).Select(i => Chosen(lewis, $"Format-{i}")));
        Assert.Equal("C1", lewis.Page.QuerySelector("table td")!.TextContent);

        await lewis.Press("Continue", ("Name", "phone-log"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lewis.Status);
        Assert.Contains("Select what a row is", lewis.Text, StringComparison.Ordinal);
        Assert.Equal("phone-log", lewis.Page.QuerySelector("#Name")!.GetAttribute("value"));

        await lewis.Press("Continue", ("Kind", "contact"), ("Whose", "own"));
        Assert.Equal("What the values mean", lewis.Heading);
        Assert.Equal(["phone citizen", "face-to-face citizen", "web citizen"], Enumerable.Range(0, 3).Select(i => Chosen(lewis, $"channel-{i}")));

        await lewis.Press("Try it", ("service-1", "524"));
        Assert.Equal("What the import would do", lewis.Heading);
        Assert.Equal(["phone-log", "5", "4", "0", "1"], lewis.Page.QuerySelectorAll(".govuk-summary-list__value").Take(5).Select(v => v.TextContent.Trim()));
        Assert.Contains("This is not a date like d/M/yyyy H:mm or d/M/yyyy.", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(0, (await _app.Services.GetRequiredService<IContactStore>().Statistics()).Contacts);

        await lewis.Press("Import");
        await Ran();
        await lewis.Open(lewis.Page.Url);

        Assert.Equal("The file was imported", lewis.Heading);
        Assert.Contains("Rows read = imported + duplicates + rejected: 5 = 4 + 0 + 1.", lewis.Text, StringComparison.Ordinal);
        var store = _app.Services.GetRequiredService<IContactStore>();
        var contacts = await store.Query(CubeQuery.CitizenContacts(1).GroupedBy(Dimension.Service).Counting(Measured.Contacts, Measured.Persons));
        Assert.Equal(["524 2 2", "phone-log:Council tax 2 1"],
            Enumerable.Range(0, contacts.Rows).Select(r => $"{store.Dimensions.Services[contacts.Code(r, Dimension.Service)].Key} {contacts.Count(r, Measured.Contacts)} {contacts.Count(r, Measured.Persons)}").Order());
        Assert.Equal("phone-log 1", string.Join(' ', (await Mappings()).Select(m => $"{m.Name} {m.Version}")));
    }

    [Fact]
    public async Task The_rejected_rows_are_a_file_and_the_batch_is_in_the_list()
    {
        var lewis = await Imported();
        using var rejects = await lewis.Http.GetAsync($"{lewis.Page.Url}/rejects");
        Assert.Equal("line,column,value,reason\r\n5,Created date + Created time,32/04/2026 11:25,This is not a date like d/M/yyyy H:mm or d/M/yyyy.\r\n", await rejects.Content.ReadAsStringAsync());
        Assert.Equal("attachment; filename=rejected-phone-log.csv; filename*=UTF-8''rejected-phone-log.csv", rejects.Content.Headers.ContentDisposition!.ToString());

        await lewis.Open("/measure/imports");
        Assert.Equal(["1", "phone log.csvphone-log, Northmoor Council", "2 March 2026, Lewis Hart", "5", "4", "0", "1", "4", "Counted"],
            lewis.Page.QuerySelectorAll("main tbody tr")[^1].Children.Take(9).Select(Seen));

        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/measure/imports");
        Assert.Equal(["1 to 7", "1 to 7", "0", "1 to 7", "1 to 7"], grace.Page.QuerySelectorAll("main tbody tr")[^1].Children.Skip(3).Take(5).Select(c => c.TextContent.Trim()));
        Assert.Empty(grace.Page.QuerySelectorAll("main tbody a[href$=rejects]"));
        Assert.Empty(grace.Page.QuerySelectorAll("main tbody a[href$=undo]"));
    }

    [Fact]
    public async Task The_same_file_under_another_name_is_known_before_it_is_read_again()
    {
        await Imported();
        var lewis = await Upload(PhoneLog, "renamed.csv");

        Assert.Contains("as batch 1 under the name “phone log.csv” by the mapping phone-log", lewis.Text, StringComparison.Ordinal);
        await lewis.Press("Continue", ("How", "phone-log"));
        await lewis.Press("Import");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lewis.Status);
        Assert.Contains("This file was imported before", lewis.Text, StringComparison.Ordinal);

        await lewis.Press("Import", ("Again", "yes"));
        await Ran();
        await lewis.Open(lewis.Page.Url);
        Assert.Equal("Nothing in the file was new", lewis.Heading);
        Assert.Contains("5 = 0 + 4 + 1", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_in_a_file_is_seen_by_whoever_gave_it_and_by_analysts()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/measure/imports/new");
        await grace.Send("Continue", "File", [("log.csv", Encoding.UTF8.GetBytes(PhoneLog))]);
        var address = new Uri(grace.Page.Url).AbsolutePath;

        Assert.Equal(HttpStatusCode.OK, grace.Status);
        Assert.Equal(HttpStatusCode.OK, (await (await _app.SignInAs(Role.Analyst)).Open(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await _app.SignInAs(Role.Administrator)).Open(address)).Status);
        await grace.Press("Remove this file");
        Assert.Equal("Imports", grace.Heading);
        Assert.Equal(HttpStatusCode.NotFound, (await grace.Open(address)).Status);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_app.Data, "uploads")));
    }

    [Fact]
    public async Task A_file_that_is_none_and_a_mapping_that_does_not_fit_are_told_on_the_page()
    {
        var lewis = await Upload("PK\u0003\u0004rest", "book.xlsx");
        await lewis.Press("Continue", ("How", "build"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "The file cannot be read"), (lewis.Status, lewis.Heading));
        Assert.Contains("Excel", lewis.Text, StringComparison.Ordinal);

        lewis = await Upload(PhoneLog, "log.csv");
        await lewis.Press("Continue", ("How", "boston311"));
        Assert.Contains("lacks the column “CASE_ENQUIRY_ID”", lewis.Text, StringComparison.Ordinal);

        lewis = await Upload(PhoneLog, "log.csv");
        await lewis.Send("Continue", "MappingFile", [("mine.json", "{\"name\": \"x\"}"u8.ToArray())], ("How", "send"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lewis.Status);
        Assert.Contains("The mapping given cannot be read", lewis.Text, StringComparison.Ordinal);

        await lewis.Open("/measure/imports/new");
        await lewis.Press("Continue");
        Assert.Contains("Select a file that has contacts in it", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_was_cut_short_says_so_and_can_be_started_again()
    {
        var lewis = await Upload(PhoneLog, "log.csv");
        await Describe(lewis);
        var address = new Uri(lewis.Page.Url).AbsolutePath[..^"/check".Length];
        var id = Guid.Parse(address.Split('/')[^1]);
        // As the end of the program would leave it.
        await _app.Write(async db => (await db.Set<FileImport>().FindAsync(id))!.State = ImportState.Running);
        await _app.Services.GetRequiredService<ImportRunner>().Recover();

        await lewis.Open(address);
        Assert.Equal("The import was cut short", lewis.Heading);
        await lewis.Press("Start it again");
        await Ran();
        Assert.Equal("The file was imported", (await lewis.Open(address)).Heading);
    }

    [Fact]
    public async Task An_import_that_waits_is_cancelled_and_can_be_started_again()
    {
        var lewis = await Upload(PhoneLog, "log.csv");
        await Describe(lewis);
        var address = new Uri(lewis.Page.Url).AbsolutePath[..^"/check".Length];
        // Waiting, and nobody has woken the program for it.
        await _app.Write(async db => (await db.Set<FileImport>().FindAsync(Guid.Parse(address.Split('/')[^1])))!.State = ImportState.Waiting);

        await lewis.Open(address);
        Assert.Equal("The import waits", lewis.Heading);
        await lewis.Press("Cancel the import");

        Assert.Equal("The import was cancelled", lewis.Heading);
        await Ran();
        Assert.Equal(0, (await _app.Services.GetRequiredService<IContactStore>().Statistics()).Contacts);
        await lewis.Press("Start it again");
        await Ran();
        Assert.Equal("The file was imported", (await lewis.Open(address)).Heading);
    }

    [Fact]
    public async Task A_file_that_nobody_starts_is_removed_after_a_week()
    {
        await Upload(PhoneLog, "log.csv");
        var file = Assert.Single(Directory.EnumerateFiles(Path.Combine(_app.Data, "uploads")));
        File.SetLastWriteTimeUtc(file, _app.Clock.Now.UtcDateTime);
        var runner = _app.Services.GetRequiredService<ImportRunner>();

        _app.Clock.Now += TimeSpan.FromDays(6);
        await runner.Sweep();
        Assert.True(File.Exists(file));
        _app.Clock.Now += TimeSpan.FromDays(2);
        await runner.Sweep();

        Assert.False(File.Exists(file));
        Assert.Equal(0, await _app.Db(db => db.Set<FileImport>().CountAsync()));
    }

    [Fact]
    public async Task A_saved_mapping_is_downloaded_and_given_again_as_it_is()
    {
        var lewis = await Imported();
        var json = await lewis.Http.GetStringAsync("/measure/imports/mappings/phone-log.json");
        Assert.Equal("phone-log", Mapping.Parse(json, "downloaded").Name);

        lewis = await Upload(PhoneLog.Replace("C1", "D1", StringComparison.Ordinal), "next.csv");
        await lewis.Send("Continue", "MappingFile", [("mine.json", Encoding.UTF8.GetBytes(json))], ("How", "send"));
        Assert.Equal("What the import would do", lewis.Heading);
        Assert.Equal(["phone-log", "5", "1", "3", "1"], lewis.Page.QuerySelectorAll(".govuk-summary-list__value").Take(5).Select(v => v.TextContent.Trim()));
        Assert.Null(lewis.Page.QuerySelector("[name=Save]"));
    }

    [Fact]
    public async Task An_import_that_was_kept_in_the_last_moment_is_done_after_a_restart()
    {
        var lewis = await Imported();
        var id = Guid.Parse(lewis.Page.Url.Split('/')[^1]);
        await _app.Write(async db =>
        {
            var import = (await db.Set<FileImport>().FindAsync(id))!;
            (import.State, import.Batch, import.Imported) = (ImportState.Running, null, 0);
        });

        await _app.Services.GetRequiredService<ImportRunner>().Recover();

        var done = await _app.Db(db => db.Set<FileImport>().SingleAsync(i => i.Id == id));
        Assert.Equal((ImportState.Done, 1, 4L, "1-rejects.csv"), (done.State, done.Batch, done.Imported, done.Rejects));
    }

    [Fact]
    public async Task A_batch_is_undone_after_a_page_has_said_what_that_means_and_the_journal_says_who_did_it()
    {
        var lewis = await Imported();
        await lewis.Follow("Undo this import");
        Assert.Equal("Do you want to undo this import?", lewis.Heading);
        Assert.Contains("none of its 4 rows is counted any more", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(4, (await _app.Services.GetRequiredService<IContactStore>().Statistics()).Contacts);

        await lewis.Press("Undo this import");

        Assert.Equal("Imports", lewis.Heading);
        Assert.Contains("Undone", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(0, (await _app.Services.GetRequiredService<IContactStore>().Statistics()).Contacts);
        var fact = await _app.Db(db => db.Set<Fact>().SingleAsync(f => f.Kind == "contacts-import-undone"));
        var person = await _app.Db(db => db.Set<Person>().SingleAsync(p => p.Name == "Lewis Hart"));
        Assert.Equal(("batch-1", $"{person.Id}"), (fact.Subject, fact.By));
        Assert.Equal(HttpStatusCode.NotFound, (await lewis.Open("/measure/imports/batches/1/undo")).Status);

        // The same file is new again, and nothing warns of it.
        lewis = await Upload(PhoneLog, "again.csv");
        Assert.DoesNotContain("This file is here already", lewis.Text, StringComparison.Ordinal);
    }

    private Task<List<SavedMapping>> Mappings() => _app.Db(db => db.Set<SavedMapping>().ToListAsync());

    private async Task<Browser> Upload(string text, string name)
    {
        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open("/measure/imports/new");
        await lewis.Send("Continue", "File", [(name, Encoding.UTF8.GetBytes(text))]);
        Assert.Equal("How to read the file", lewis.Heading);
        return lewis;
    }

    private static async Task Describe(Browser lewis)
    {
        await lewis.Press("Continue", ("How", "build"));
        await lewis.Press("Continue", ("Name", "phone-log"), ("Kind", "contact"), ("Whose", "own"));
        await lewis.Press("Try it");
    }

    private async Task<Browser> Imported()
    {
        var lewis = await Upload(PhoneLog, "phone log.csv");
        await Describe(lewis);
        await lewis.Press("Import");
        await Ran();
        return await lewis.Open(lewis.Page.Url);
    }

    /// <summary>What waits has been imported, by the program itself or here.</summary>
    private Task Ran() => _app.Services.GetRequiredService<ImportRunner>().RunWaiting();

    private static string Chosen(Browser browser, string select) => browser.Page.QuerySelector($"#{select} option[selected]")?.GetAttribute("value") ?? "none";

    /// <summary>The text of a cell without what only a screen reader says, and without its “Undo”.</summary>
    private static string Seen(AngleSharp.Dom.IElement cell)
    {
        var copy = (AngleSharp.Dom.IElement)cell.Clone();
        foreach (var hidden in copy.QuerySelectorAll(".govuk-visually-hidden")) hidden.Remove();
        return copy.TextContent.Replace("Undo", "", StringComparison.Ordinal).Trim();
    }
}
