using System.Text;
using System.Text.Json;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Importing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure;

/// <summary>What is put into the watched folder is imported once it has stopped growing, and moved with a report beside it.</summary>
public sealed class WatchFolderTests : IDisposable
{
    private const string Header = "CASE_ENQUIRY_ID,OPEN_DT,CLOSED_DT,TYPE,neighborhood,Source,customer\n";
    private const string Rows = Header + "1,01/02/2015 09:00:00 AM,,Pothole,Roxbury,Constituent Call,secret-77001\n2,01/02/2015 10:00:00 AM,,Pothole,Roxbury,Self Service,secret-77002\nx,whenever,,Pothole,Roxbury,Self Service,secret-77002\n";

    private readonly DirectoryInfo _watched = Directory.CreateTempSubdirectory("concentric-watch-");
    private readonly TestApp _app = new();
    private readonly WatchFolder _watch;
    private readonly string _folder;

    public WatchFolderTests()
    {
        _folder = Path.Combine(_watched.FullName, "boston311");
        Directory.CreateDirectory(_folder);
        // Beside the program's own, which watches nothing: so nobody looks but the test.
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["CONCENTRIC_WATCH"] = _watched.FullName, ["CONCENTRIC_DATA"] = _app.Data }).Build();
        _watch = ActivatorUtilities.CreateInstance<WatchFolder>(_app.Services, new Concentric.Core.Settings(settings));
    }

    public void Dispose()
    {
        _watch.Dispose();
        _app.Dispose();
        _watched.Delete(recursive: true);
    }

    [Fact]
    public async Task A_file_is_taken_once_it_has_stopped_growing_and_is_moved_with_its_report()
    {
        var path = Put("night.csv", Rows[..(Rows.Length - 30)]);
        Assert.Empty(await Look());
        Put("night.csv", Rows);
        Assert.Empty(await Look());
        Assert.True(File.Exists(path));

        var report = Assert.Single(await Look());

        Assert.Equal(("imported", 3L, 2L, 0L, 1L), (report.State, report.Read, report.Imported, report.Duplicates, report.Rejected));
        Assert.Equal(["night.csv", "night.csv.rejects.csv", "night.csv.report.json"], In(WatchFolder.Done));
        Assert.False(File.Exists(path));
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, WatchFolder.Done, "night.csv.report.json")));
        Assert.Equal(1, json.RootElement.GetProperty("batch").GetInt32());
        Assert.StartsWith("line,column,value,reason\r\n4,OPEN_DT,whenever,", await File.ReadAllTextAsync(Path.Combine(_folder, WatchFolder.Done, "night.csv.rejects.csv")), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_app.Data, "uploads")));
    }

    [Fact]
    public async Task The_same_file_again_is_told_to_be_known_and_not_read()
    {
        Put("night.csv", Rows);
        await Look();
        await Look();
        Put("night.csv", Rows);
        await Look();
        var report = Assert.Single(await Look());

        Assert.Equal(("known", 1), (report.State, report.Batch));
        Assert.Contains("The same file was imported as batch 1 under the name “night.csv”", report.Message, StringComparison.Ordinal);
        Assert.Contains("night-2.csv", In(WatchFolder.Done));
        Assert.Equal(1, await _app.Db(db => db.Set<FileImport>().CountAsync()));
    }

    [Fact]
    public async Task A_file_that_cannot_be_imported_is_put_with_those_refused_and_others_are_left()
    {
        Put("book.csv", "PK\u0003\u0004rest");
        Put("half.csv.part", Rows);
        Put(".hidden", Rows);
        Directory.CreateDirectory(Path.Combine(_watched.FullName, "no-such-mapping"));
        await File.WriteAllTextAsync(Path.Combine(_watched.FullName, "no-such-mapping", "a.csv"), Rows);
        await Look();
        var report = Assert.Single(await Look());

        Assert.Equal("refused", report.State);
        Assert.Contains("Excel", report.Message, StringComparison.Ordinal);
        Assert.Equal(["book.csv", "book.csv.report.json"], In(WatchFolder.Refused));
        Assert.Equal([".hidden", "half.csv.part"], Directory.EnumerateFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(_watched.FullName, "no-such-mapping", "a.csv")));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_keeps_no_other_waiting_and_is_taken_when_it_can()
    {
        var path = Put("a.csv", Rows);
        Put("b.csv", Rows.Replace("Pothole", "Graffiti", StringComparison.Ordinal));
        await Look();
        await using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal("b.csv", Assert.Single(await Look()).File);
            Assert.Empty(await Look());
        }

        Assert.Equal("a.csv", Assert.Single(await Look()).File);
    }

    [Fact]
    public async Task No_person_of_a_file_is_in_the_contact_store_or_in_its_batches()
    {
        var json = Mapping.TextOf("boston311").Replace("\"name\": \"boston311\",", "\"name\": \"with-persons\", \"person\": [\"customer\"],", StringComparison.Ordinal);
        await _app.Services.GetRequiredService<SavedMappings>().Save(json, "system");
        _ = Directory.CreateDirectory(Path.Combine(_watched.FullName, "with-persons"));
        await File.WriteAllTextAsync(Path.Combine(_watched.FullName, "with-persons", "night.csv"), Rows);
        await Look();
        Assert.Equal(2, Assert.Single(await Look()).Imported);

        var store = _app.Services.GetRequiredService<DuckContactStore>();
        var persons = await store.Query(new(store.Dimensions.Council("boston")!.Code, [], [Concentric.Measure.Contacts.Measure.Persons], []));
        Assert.Equal(2, persons.Count(0, Concentric.Measure.Contacts.Measure.Persons));
        await store.DisposeAsync();
        var kept = Directory.EnumerateFiles(_app.Data, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal) && !f.EndsWith(".sock", StringComparison.Ordinal)).ToList();
        Assert.Contains(kept, f => f.EndsWith("contacts.duckdb", StringComparison.Ordinal));
        Assert.Contains(kept, f => f.EndsWith("rows.parquet", StringComparison.Ordinal));
        foreach (var file in kept) Assert.False((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf("secret-7700"u8) >= 0, $"{file} holds an identifier");
        Assert.Equal("keys", Path.GetFileName(Path.GetDirectoryName(kept.Single(f => f.EndsWith("pseudonym.key", StringComparison.Ordinal)))));
    }

    private string Put(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }

    private Task<IReadOnlyList<WatchReport>> Look() => _watch.Look();

    private string[] In(string folder) => [.. Directory.EnumerateFiles(Path.Combine(_folder, folder)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
}
