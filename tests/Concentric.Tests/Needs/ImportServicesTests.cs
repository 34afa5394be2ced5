using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.Questions;
using Concentric.Needs;
using Concentric.Needs.Standards;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Needs;

public sealed class ImportServicesTests
{
    private const string Header = "Identifier,Label,Description,Created,Modified,History notes,Type,\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_published_list_comes_in_and_the_second_time_nothing_is_new()
    {
        await using var database = await NeedsDatabase.Create();
        await using var first = Shared("standards/esd_services_2015_ckanext.csv");
        var dry = await Run(database, first, apply: false);
        first.Position = 0;

        Assert.Equal((1519, 0, 0, 3), (dry.Read, dry.Changes.Added.Count, dry.Changes.Renamed.Count, dry.Changes.Missing.Count));
        Assert.Equal(["1076", "1755", "1818"], dry.Changes.Missing.Select(s => s.Id));
        Assert.Equal("2015-02-05", dry.Version);
        Assert.Equal(1519, dry.Changes.Unchanged + dry.Changes.Redescribed.Count);
        await using (var before = database.Open()) Assert.Equal(0, await before.Concepts.CountAsync(c => c.Definition != null && c.Uri.StartsWith("http://id.esd.org.uk/service/"), Stop));

        var applied = await Run(database, first, apply: true);
        first.Position = 0;
        var again = await Run(database, first, apply: true);

        Assert.Equal(dry.Changes.Redescribed.Count, applied.Changes.Redescribed.Count);
        Assert.Equal((1519, 0, 0, 0), (again.Changes.Unchanged, again.Changes.Added.Count, again.Changes.Renamed.Count, again.Changes.Redescribed.Count));
        await using var db = database.Open();
        Assert.Equal(1522, await db.Concepts.CountAsync(c => c.Uri.StartsWith("http://id.esd.org.uk/service/"), Stop));
        Assert.Contains('\n', (await db.Concepts.SingleAsync(c => c.Uri == "http://id.esd.org.uk/service/1466", Stop)).Definition!);
        var fact = (await db.Facts.Where(f => f.Kind == "standard-imported" && f.By == "an-analyst").OrderBy(f => f.Id).ToListAsync(Stop))[0].As<StandardImported>();
        Assert.Equal((0, applied.Changes.Redescribed.Count, applied.Changes.Unchanged, 3), (fact.Added, fact.Changed, fact.Unchanged, fact.Missing));
    }

    [Fact]
    public async Task The_whole_published_list_can_be_the_first_thing_there_is()
    {
        await using var database = await NeedsDatabase.Create(seeded: false);
        await using var file = Shared("standards/esd_services_2015_ckanext.csv");

        var report = await Run(database, file, apply: true);
        await database.Area.Seed(database.Services, demo: false, Stop);

        Assert.Equal(1519, report.Changes.Added.Count);
        await using var db = database.Open();
        Assert.Equal(1522, await db.Concepts.CountAsync(c => c.Uri.StartsWith("http://id.esd.org.uk/service/"), Stop));
        Assert.Equal("Bin collection", (await db.Concepts.SingleAsync(c => c.Uri == "http://id.esd.org.uk/service/524", Stop)).CitizenLabel);
        Assert.NotNull((await db.Concepts.SingleAsync(c => c.Uri == "http://id.esd.org.uk/service/524", Stop)).Definition);
    }

    [Fact]
    public async Task A_new_name_is_seen_at_once_and_the_citizens_word_stays()
    {
        await using var database = await NeedsDatabase.Create();
        var names = database.Services.GetRequiredService<IServiceNames>();
        Assert.Equal("Household waste collection", (await names.Find("524", Stop))!.Label);

        var report = await Run(database, Csv("524,Waste collected from homes,,,2026-01-02,,Service,\n90001,\"A new service,\nin two lines\",,,,,Service,\n"), apply: true);

        Assert.Equal([new RenamedService("524", "Household waste collection", "Waste collected from homes")], report.Changes.Renamed);
        Assert.Equal([new NamedService("90001", "A new service, in two lines")], report.Changes.Added);
        Assert.Equal(1521, report.Changes.Missing.Count);
        Assert.Equal(new ServiceName("524", "Waste collected from homes", "Bin collection"), await names.Find("524", Stop));
        Assert.Equal(1523, (await names.All(Stop)).Count);
    }

    [Theory]
    [InlineData("Id,Name\n1,x\n", 1, 1, "no column Identifier")]
    [InlineData("Identifier,Label,Type,Label\n", 1, 23, "twice")]
    [InlineData("", 1, 1, "empty")]
    [InlineData("Identifier,Label,Type\n", 1, 1, "no service")]
    [InlineData("Identifier,Label,Type\n1,Good,Service\n2,\"Open,Service\n3,More,Service\n", 3, 3, "never closed")]
    [InlineData("Identifier,Label,Type\n1,\"Good\" or not,Service\n", 2, 3, "goes on")]
    [InlineData("Identifier,Label,Type\n1,Go\"od,Service\n", 2, 5, "inside a field")]
    [InlineData("Identifier,Label,Type\n1,\"Two\nlines\",Service\n2,Other,Service\n1,Again,Service\n", 5, 1, "in line 2 already")]
    [InlineData("Identifier,Label,Type\n1,Good,Service\nX1,Bad,Service\n", 3, 1, "not the number")]
    [InlineData("Identifier,Label,Type\n\n1,,Service\n", 3, 3, "no Label")]
    [InlineData("Identifier,Label,Type\n1,Advice and benefits,Function\n", 2, 23, "not the list of services")]
    [InlineData("Identifier,Label,Type\n1,Good,Service,too,many\n", 2, 16, "has 5 columns")]
    [InlineData("Identifier,Label,Type\n1,Go\0od,Service\n", 2, 5, "binary")]
    public async Task A_bad_file_says_where_and_changes_nothing(string text, int line, int column, string reason)
    {
        await using var database = await NeedsDatabase.Create();
        var before = await Everything(database);

        var bad = await Assert.ThrowsAsync<BadFileException>(() => Run(database, new MemoryStream(Encoding.UTF8.GetBytes(text)), apply: true));

        Assert.Equal((line, column), (bad.Line, bad.Column));
        Assert.Contains(reason, bad.Message, StringComparison.Ordinal);
        Assert.StartsWith($"list.csv, line {line}, column {column}: ", bad.Message, StringComparison.Ordinal);
        Assert.Equal(before, await Everything(database));
    }

    [Fact]
    public async Task Letters_of_another_code_are_refused_with_their_place()
    {
        await using var database = await NeedsDatabase.Create(seeded: false);

        var bad = await Assert.ThrowsAsync<BadFileException>(() => Run(database, new MemoryStream([.. "Identifier,Label,Type\n1,Caf"u8, 0xE9, .. ",Service\n"u8]), apply: true));

        Assert.Equal((2, 6), (bad.Line, bad.Column));
    }

    [Fact]
    public async Task The_functions_list_is_not_taken_for_services()
    {
        await using var database = await NeedsDatabase.Create();
        await using var file = Shared("standards/esd_functions_2015_ckanext.csv");

        var bad = await Assert.ThrowsAsync<BadFileException>(() => Run(database, file, apply: true));

        Assert.Contains("Function", bad.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_looks_first_writes_when_told_and_fails_with_one()
    {
        await using var database = await NeedsDatabase.Create();
        var folder = Directory.CreateTempSubdirectory("import");
        var good = Path.Combine(folder.FullName, "good.csv");
        await File.WriteAllTextAsync(good, Header + "90001,A new service,,,2026-01-02,,Service,\n", Stop);

        var (dry, dryText, _) = await Command(database, "standards", "import", good);
        var (json, jsonText, _) = await Command(database, "standards", "import", good, "--apply", "--json");
        await File.WriteAllTextAsync(good, "nonsense", Stop);
        var (bad, badText, badError) = await Command(database, "standards", "import", good);
        var (gone, _, goneError) = await Command(database, "standards", "import", good + ".not");
        folder.Delete(recursive: true);

        Assert.Equal((0, 0, 1, 1), (dry, json, bad, gone));
        Assert.Contains("1 added", dryText, StringComparison.Ordinal);
        Assert.Contains("1,522 missing from the file", dryText, StringComparison.Ordinal);
        Assert.Contains("Nothing was written", dryText, StringComparison.Ordinal);
        Assert.Equal("90001", JsonDocument.Parse(jsonText).RootElement.GetProperty("changes").GetProperty("added")[0].GetProperty("id").GetString());
        Assert.Empty(badText);
        Assert.Contains("good.csv, line 1, column 1", badError, StringComparison.Ordinal);
        Assert.Contains("good.csv.not", goneError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_circle_can_be_had_from_the_command_line()
    {
        await using var database = await NeedsDatabase.Create();

        var (ok, text, _) = await Command(database, "needs", "circle", "lost-my-job");
        var (_, json, _) = await Command(database, "needs", "circle", "lost-my-job", "--json");
        var (bad, _, error) = await Command(database, "needs", "circle", "nothing");

        Assert.Equal((0, 1), (ok, bad));
        Assert.Contains("Help with council tax (high)", text, StringComparison.Ordinal);
        Assert.Equal("high", JsonDocument.Parse(json).RootElement.GetProperty("needs")[0].GetProperty("strength").GetString());
        Assert.Contains("lost-my-job", error, StringComparison.Ordinal);
    }

    private static Task<ImportReport> Run(NeedsDatabase database, Stream file, bool apply) =>
        database.Services.GetRequiredService<ImportServices>().Run(file, "list.csv", apply, "an-analyst", Stop);

    private static async Task<(int Code, string Output, string Error)> Command(NeedsDatabase database, params string[] words)
    {
        var root = new RootCommand();
        database.Area.Commands(new CommandLine(root, () => database.Services));
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await root.Parse(words).InvokeAsync(new() { Output = output, Error = error }, Stop);
        return (code, output.ToString(), error.ToString());
    }

    private static MemoryStream Csv(string rows) => new(Encoding.UTF8.GetBytes(Header + rows));

    private static async Task<string> Everything(NeedsDatabase database)
    {
        await using var db = database.Open();
        var concepts = await db.Concepts.OrderBy(c => c.Uri).Select(c => $"{c.Uri} {c.Label} {c.Definition}").ToListAsync(Stop);
        return string.Join('\n', [.. concepts, $"{await db.Facts.CountAsync(Stop)}", $"{await db.Schemes.MaxAsync(s => s.ModifiedAt, Stop):O}"]);
    }

    private static FileStream Shared(string name, [CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
        var folder = Environment.GetEnvironmentVariable("CONCENTRIC_SHARED") is { Length: > 0 } set ? set : Path.Combine(root, "..", "shared");
        var path = new[] { Path.Combine(folder, "data", name), Path.Combine(folder, name) }.FirstOrDefault(File.Exists);
        if (path is null) Assert.Skip("skipped: shared data not found");
        return File.OpenRead(path!);
    }
}
