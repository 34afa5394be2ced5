using System.Diagnostics;
using System.Net;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Forms.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Forms;

/// <summary>A council loads the tables that its forms look things up in.</summary>
public sealed class ReferenceTableTests : IDisposable
{
    private const string Rounds = "Postcode,Bin,Next day,reported\nNO1 2AB,refuse,2026-03-04,false\nNO1 2AB,recycling,2026-03-11,true\nno1 3cd,refuse,2026-03-05,\"false\"\n";

    private readonly TestApp _app = new();

    [Theory]
    [InlineData("NO1 2AB", "refuse", "2026-03-04")]
    [InlineData("no12ab", "Recycling", "2026-03-11")]
    [InlineData(" NO13CD ", " REFUSE", "2026-03-05")]
    [InlineData("NO1 2AB", "garden", null)]
    [InlineData("", "refuse", null)]
    public async Task A_row_is_found_however_its_key_is_written(string postcode, string bin, string? day)
    {
        await Load("rounds", Rounds, "postcode,bin");

        var row = await Find("rounds", ("postcode", postcode), ("bin", bin));

        Assert.Equal(day, row?["next-day"]);
    }

    [Fact]
    public async Task Without_all_key_columns_or_the_table_nothing_is_found_and_further_columns_choose()
    {
        await Load("rounds", Rounds, "postcode");

        Assert.Equal("2026-03-11", (await Find("rounds", ("postcode", "NO1 2AB"), ("bin", "recycling")))!["next-day"]);
        Assert.Null(await Find("rounds", ("bin", "recycling")));
        Assert.Null(await Find("rounds", ("postcode", "NO1 2AB"), ("colour", "green")));
        Assert.Null(await Find("crews", ("postcode", "NO1 2AB")));
    }

    [Fact]
    public async Task Loading_again_replaces_the_table_and_says_what_changed()
    {
        await Load("rounds", Rounds, "postcode,bin");
        var next = ReferenceFile.Read("rounds", Bytes("Postcode,Bin,Next day,reported\nNO1 2AB,refuse,2026-03-18,false\nno1 3cd,refuse,2026-03-05,false\nNO1 9ZZ,refuse,2026-03-06,false\n"), ["postcode", "bin"]);

        var shown = await _app.Db(db => LoadReferenceTable.Compare(db, next));
        Assert.Equal(3, await _app.Db(db => db.ReferenceRows.CountAsync()));
        var done = await LoadReferenceTable.Load(_app.Services.GetRequiredService<IWriter>(), next, Actor.System, _app.Clock.Now, shown);

        Assert.Equal((3, 1, 1, 1), (done.Rows, done.Added, done.Changed, done.Removed));
        Assert.Equivalent(shown, done);
        Assert.Equal("2026-03-18", (await Find("rounds", ("postcode", "NO1 2AB"), ("bin", "refuse")))!["next-day"]);
        Assert.Null(await Find("rounds", ("postcode", "NO1 2AB"), ("bin", "recycling")));
        var facts = (await _app.Db(db => db.Facts.Where(f => f.Kind == "reference-table-loaded").ToListAsync())).Select(f => f.As<ReferenceTableLoaded>()).ToList();
        Assert.Equal(2, facts.Count);
        Assert.Contains(new("rounds", 3, 1, 1, 1, next.Digest), facts);
        await Assert.ThrowsAsync<RefusedException>(() => LoadReferenceTable.Load(_app.Services.GetRequiredService<IWriter>(), next, Actor.System, _app.Clock.Now, shown));
    }

    [Fact]
    public async Task Other_columns_change_every_row_and_a_much_smaller_table_leaves_nothing_behind()
    {
        await Load("rounds", Rounds, "postcode,bin");

        var renamed = await Load("rounds", Rounds.Replace("Next day", "Next", StringComparison.Ordinal), "postcode,bin");
        var small = await Load("rounds", "postcode,bin\nA1 1AA,refuse\n", "postcode,bin");

        Assert.Equal((0, 3, 0), (renamed.Added, renamed.Changed, renamed.Removed));
        Assert.Equal((1, 0, 3), (small.Added, small.Changed, small.Removed));
        Assert.Equal(1, await _app.Db(db => db.ReferenceRows.CountAsync()));
    }

    [Fact]
    public async Task Addresses_of_a_postcode_come_in_the_order_of_their_numbers()
    {
        await Load("addresses", "uprn;postcode;line1;line2;town\n3;NO1 2AB;10 Elm Road;;Northmoor\n1;no12ab;2 Elm Road;Moorside;Northmoor\n2;NO1 2AC;1 Ash Way;;Northmoor\n", "postcode");

        var found = await _app.Db(db => Addresses.ByPostcode(db, " no1 2ab "));

        Assert.Equal(["2 Elm Road, Moorside, Northmoor, NO1 2AB", "10 Elm Road, Northmoor, NO1 2AB"], found.Select(a => a.InOneLine));
        Assert.Equal("1", found[0].Uprn);
        Assert.Empty(await _app.Db(db => Addresses.ByPostcode(db, "nowhere")));
    }

    [Fact]
    public async Task A_hundred_thousand_rows_are_loaded_in_seconds_and_found_at_once()
    {
        var text = new StringBuilder("postcode,bin,next-day\n");
        for (var i = 0; i < 100_000; i++) text.Append(null, $"NO{i / 10000} {i / 1000 % 10}{(char)('A' + i / 26 % 26)}{(char)('A' + i % 26)},bin{i},2026-03-0{1 + i % 9}\n");
        var started = Stopwatch.GetTimestamp();

        var first = await Load("rounds", text.ToString(), "postcode,bin");
        var loaded = Stopwatch.GetElapsedTime(started);
        var again = await Load("rounds", text.ToString(), "postcode,bin");

        Assert.Equal((100_000, 0), (first.Added, again.Added + again.Changed + again.Removed));
        TestContext.Current.TestOutputHelper!.WriteLine($"loaded in {loaded.TotalSeconds:0.0} s");
        Assert.True(loaded < TimeSpan.FromSeconds(40), $"{loaded}");
        started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 20; i++) Assert.NotNull(await Find("rounds", ("postcode", "NO5 5FB"), ("bin", "bin55563")));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("postcode,bin\n", "The file has a first line with names and no rows.")]
    [InlineData("postcode,postcode\na,b\n", "Line 1: 2 columns are called “postcode”.")]
    [InlineData("postcode,\na,b\n", "Line 1: column 2 is called “”")]
    [InlineData("street,bin\na,b\n", "There is no column “postcode”. The columns are street, bin.")]
    [InlineData("postcode,bin\na,b\nc\n", "Line 3 has 1 values, and the first line names 2 columns.")]
    [InlineData("postcode,bin\n\na,b\n,b\n", "Line 4 has nothing in “postcode”")]
    [InlineData("postcode,bin\n\"a\nb\",x\n,b\n", "Line 4 has nothing in “postcode”")]
    [InlineData("postcode,bin\na,b\"c\n", "Line 2: quotation marks")]
    [InlineData("postcode,bin\na,\0\n", "Line 2 holds a NUL")]
    public void What_is_wrong_with_a_file_is_said_with_its_line(string text, string message)
    {
        var wrong = Assert.Throws<ReferenceFileException>(() => ReferenceFile.Read("rounds", Bytes(text), ["postcode"]));

        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_Excel_on_Windows_is_read_and_problems_end_at_twenty()
    {
        var file = ReferenceFile.Read("wards", [.. Bytes("Postcode;Next Day\r\nA1;"), 0xE9, 0x80, .. "\r\n"u8], ["POSTCODE"]);
        var wrong = Assert.Throws<ReferenceFileException>(() => ReferenceFile.Read("wards", Bytes("a,b\n" + string.Concat(Enumerable.Repeat("x\n", 50))), ["a"]));

        Assert.Equal("[\"A1\",\"é€\"]", Assert.Single(file.Rows).Values);
        Assert.Equal(["postcode", "next-day"], file.Columns);
        Assert.Equal(21, wrong.Problems.Count);
        Assert.Throws<ReferenceFileException>(() => ReferenceFile.Read("Bad Name", Bytes("a\n1\n"), ["a"]));
    }

    [Fact]
    public async Task A_designer_sees_what_a_file_would_change_and_then_loads_it()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/desk/tables");
        await maya.Send("See what would change", "File", [("rounds.csv", Bytes(Rounds))], ("Name", "rounds"), ("Keys", "postcode, bin"));
        Assert.Equal("What the file changes in “rounds”", maya.Heading);
        Assert.Equal(0, await _app.Db(db => db.ReferenceRows.CountAsync()));

        var other = await _app.SignInAs(Role.ServiceManager);
        await other.Open(new Uri(maya.Page.Url).AbsolutePath);
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
        await maya.Press("Load the table");

        Assert.Contains("The table “rounds” was loaded", maya.Text, StringComparison.Ordinal);
        Assert.Contains("postcode, bin, next-day, reported", maya.Text, StringComparison.Ordinal);
        Assert.Contains("by Maya Lind", maya.Text, StringComparison.Ordinal);
        Assert.Equal(3, await _app.Db(db => db.ReferenceRows.CountAsync()));

        // Its key columns are remembered.
        await maya.Send("See what would change", "File", [("rounds.csv", Bytes(Rounds))], ("Name", "rounds"));
        Assert.Contains("Every row is there already", maya.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_on_the_page_is_said_by_its_field_and_what_was_typed_stays()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/desk/tables");

        await maya.Send("See what would change", "File", [("rounds.csv", Bytes("a,b\n1\n"))], ("Name", "rounds"), ("Keys", "a"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        Assert.Contains("Line 2 has 1 values, and the first line names 2 columns.", maya.Text, StringComparison.Ordinal);
        Assert.Equal("rounds", maya.Page.GetElementById("Name")!.GetAttribute("value"));
        await maya.Send("See what would change", "File", [], ("Name", "Bad Name"));
        Assert.Contains("Select a CSV file", maya.Text, StringComparison.Ordinal);
        Assert.Contains("The name of the table must be small letters", maya.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_loads_a_table_and_can_try_it_first()
    {
        var path = Path.Combine(_app.Data, "rounds.csv");
        await File.WriteAllTextAsync(path, Rounds);

        var tried = await Command("forms", "table", "rounds", path, "--by", "postcode,bin", "--dry-run");
        Assert.Contains("3 would be added", tried, StringComparison.Ordinal);
        Assert.Equal(0, await _app.Db(db => db.ReferenceRows.CountAsync()));
        var loaded = await Command("forms", "table", "rounds", path, "--by", "postcode,bin", "--json");
        var again = await Command("forms", "table", "rounds", path);

        Assert.Contains("\"added\": 3", loaded, StringComparison.Ordinal);
        Assert.Contains("0 added, 0 changed, 0 removed", again, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Command("forms", "table", "crews", path));
        Assert.Contains("Say by which columns rows are found", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _app.Dispose();

    private async Task<string> Command(params string[] words)
    {
        var root = new System.CommandLine.RootCommand();
        ReferenceTableCommand.Add(new CommandLine(root, () => _app.Services));
        var output = new StringWriter();
        await root.Parse(words).InvokeAsync(new() { Output = output, EnableDefaultExceptionHandler = false });
        return output.ToString();
    }

    private Task<ReferenceChange> Load(string table, string text, string by) =>
        LoadReferenceTable.Load(_app.Services.GetRequiredService<IWriter>(), ReferenceFile.Read(table, Bytes(text), by.Split(',')), Actor.System, _app.Clock.Now);

    private Task<IReadOnlyDictionary<string, string>?> Find(string table, params (string Column, string Value)[] by) => _app.Db(db => ReferenceTables.Find(db, table, by.ToDictionary(b => b.Column, b => b.Value)));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
