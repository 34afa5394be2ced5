using System.Text.Json;

namespace Concentric.Tests.Needs;

public sealed class StandardsCommandTests
{
    private const string Header = "Identifier,Label,Description,Created,Modified,History notes,Type,\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_import_looks_first_writes_when_told_and_fails_with_one()
    {
        await using var database = await NeedsDatabase.Create();
        var folder = Directory.CreateTempSubdirectory("import");
        var good = Path.Combine(folder.FullName, "good.csv");
        await File.WriteAllTextAsync(good, Header + "90001,A new service,,,2026-01-02,,Service,\n", Stop);

        var (dry, dryText, _) = await NeedsCommand.Run(database, "standards", "import", good);
        var (json, jsonText, _) = await NeedsCommand.Run(database, "standards", "import", good, "--apply", "--json");
        var (_, again, _) = await NeedsCommand.Run(database, "standards", "import", good, "--apply");
        await File.WriteAllTextAsync(good, "nonsense", Stop);
        var (bad, badText, badError) = await NeedsCommand.Run(database, "standards", "import", good);
        var (gone, _, goneError) = await NeedsCommand.Run(database, "standards", "import", good + ".not");
        folder.Delete(recursive: true);

        Assert.Equal((0, 0, 1, 1), (dry, json, bad, gone));
        Assert.Contains("1 added", dryText, StringComparison.Ordinal);
        Assert.Contains("1,522 withdrawn", dryText, StringComparison.Ordinal);
        Assert.Contains("Nothing was written. Run it again with --apply", dryText, StringComparison.Ordinal);
        var report = JsonDocument.Parse(jsonText).RootElement;
        Assert.Equal(("90001", 2), (report.GetProperty("changes").GetProperty("added")[0].GetProperty("id").GetString(), report.GetProperty("edition").GetInt32()));
        Assert.Contains("Nothing is different", again, StringComparison.Ordinal);
        Assert.Empty(badText);
        Assert.Contains("good.csv, line 1, column 1", badError, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", badError, StringComparison.Ordinal);
        Assert.Contains("good.csv.not", goneError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lists_that_are_held_can_be_listed()
    {
        await using var database = await NeedsDatabase.Create();

        var (code, text, _) = await NeedsCommand.Run(database, "standards", "list");
        var (_, json, _) = await NeedsCommand.Run(database, "standards", "list", "--json");

        Assert.Equal(0, code);
        Assert.Contains("1,522 entries  version 2015-02-05", text, StringComparison.Ordinal);
        var services = JsonDocument.Parse(json).RootElement.EnumerateArray().Single(l => l.GetProperty("identifier").GetString() == "services");
        Assert.Equal((1522, "Open Government Licence v3.0"), (services.GetProperty("entries").GetInt32(), services.GetProperty("licence").GetString()));
    }

    [Fact]
    public async Task Two_versions_that_were_held_can_be_compared()
    {
        await using var database = await NeedsDatabase.Create();
        await ImportListTests.Run(database, Header + "524,Waste,,,2026-01-02,,Service,\n", apply: true);
        await ImportListTests.Run(database, Header + "524,Refuse,,,2026-01-03,,Service,\n90001,New,,,,,Service,\n", apply: true);

        var (code, text, _) = await NeedsCommand.Run(database, "standards", "diff", "services");
        var (_, json, _) = await NeedsCommand.Run(database, "standards", "diff", "services", "--from", "seed", "--to", "2026-01-03", "--json");
        var (none, _, error) = await NeedsCommand.Run(database, "standards", "diff", "services", "--from", "1999");
        var (no, _, noList) = await NeedsCommand.Run(database, "standards", "diff", "nothing");

        Assert.Equal((0, 1, 1), (code, none, no));
        Assert.Contains("from version 2026-01-02 (edition 2) to 2026-01-03 (edition 3)", text, StringComparison.Ordinal);
        Assert.Contains("524 Waste -> Refuse", text, StringComparison.Ordinal);
        var renamed = JsonDocument.Parse(json).RootElement.GetProperty("changes").GetProperty("renamed")[0];
        Assert.Equal(("Household waste collection", "Refuse"), (renamed.GetProperty("from").GetString(), renamed.GetProperty("to").GetString()));
        Assert.Contains("seed (edition 1), 2026-01-02 (edition 2)", error, StringComparison.Ordinal);
        Assert.Contains("services", noList, StringComparison.Ordinal);
    }
}
