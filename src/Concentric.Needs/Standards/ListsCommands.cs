using System.CommandLine;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Needs.Concepts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Needs.Standards;

/// <summary><c>standards list [--json]</c> and <c>standards diff SCHEME [--from VERSION] [--to VERSION] [--json]</c></summary>
internal static class ListsCommands
{
    public static void Add(CommandLine line)
    {
        var standards = line.Group("standards", "The lists of the standards: what is held, of which version, and imports");
        standards.Subcommands.Add(List(line));
        standards.Subcommands.Add(Diff(line));
    }

    private static Command List(CommandLine line)
    {
        var json = new Option<bool>("--json") { Description = "Print the lists as JSON." };
        var list = new Command("list", "The lists that are held, each with version, entries, licence and where it came from.") { json };
        list.SetAction(async (parse, stop) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var lists = HeldList.All(await line.Services.GetRequiredService<ModelCache>().Current(stop));
            if (parse.GetValue(json)) await output.WriteLineAsync(JsonSerializer.Serialize(lists, Printed.Json));
            else foreach (var held in lists) await output.WriteLineAsync($"{held.Identifier,-22} {Say.Number(held.Entries),7} entries  version {held.Version,-12} {held.Label}\n{"",22} {held.Uri}\n{"",22} {held.Licence}; {held.Attribution}\n{"",22} {held.Source}, {Say.Date(held.At)}");
        });
        return list;
    }

    private static Command Diff(CommandLine line)
    {
        var scheme = new Argument<string>("SCHEME") { Description = "Short name or address of a list." };
        var from = new Option<string?>("--from") { Description = "The older version, by its name or the number of its edition. Without it: the one before the newer." };
        var to = new Option<string?>("--to") { Description = "The newer version. Without it: the latest held." };
        var json = new Option<bool>("--json") { Description = "Print the difference as JSON." };
        var diff = new Command("diff", "How two versions of a list that were held differ.") { scheme, from, to, json };
        diff.SetAction(async (parse, stop) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var model = await line.Services.GetRequiredService<ModelCache>().Current(stop);
            var name = parse.GetRequiredValue(scheme);
            if (model.Schemes.FirstOrDefault(s => s.Identifier == name || s.Uri == name) is not { } list)
                return await No(error, $"There is no list “{name}”. There are: {string.Join(", ", model.Schemes.Select(s => s.Identifier))}.");
            await using var db = await line.Services.GetRequiredService<IDbContextFactory<ConcentricDb>>().CreateDbContextAsync(stop);
            var versions = await ListVersions.Of(db, list.Uri, stop);
            var names = string.Join(", ", versions.Select(v => $"{v.Version ?? "(links)"} (edition {v.Edition})"));
            var (wantedFrom, wantedTo) = (parse.GetValue(from), parse.GetValue(to));
            if ((wantedTo is null ? versions.LastOrDefault() : ListVersions.Find(versions, wantedTo)) is not { } newer) return await No(error, $"There is no such version “{wantedTo}”. There are: {names}.");
            if ((wantedFrom is null ? versions.LastOrDefault(v => v.Edition < newer.Edition) : ListVersions.Find(versions, wantedFrom)) is not { } older)
                return await No(error, wantedFrom is null ? $"Version {newer.Version} is the first that was held, so there is nothing to compare it with." : $"There is no such version “{wantedFrom}”. There are: {names}.");
            if (older.Edition > newer.Edition) (older, newer) = (newer, older);
            var changes = await ListVersions.Between(db, model, list.Uri, older.Edition, newer.Edition, stop);
            if (parse.GetValue(json)) await output.WriteLineAsync(JsonSerializer.Serialize(new { scheme = list.Uri, from = older, to = newer, changes }, Printed.Json));
            else
            {
                await output.WriteLineAsync($"{list.Label}: from version {older.Version} (edition {older.Edition}) to {newer.Version} (edition {newer.Edition})");
                await ReportText.Print(changes, output, retired: true);
            }
            return 0;
        });
        return diff;
    }

    private static async Task<int> No(TextWriter error, string reason)
    {
        await error.WriteLineAsync(reason);
        return 1;
    }
}

/// <summary>A list as it is held now.</summary>
public sealed record HeldList
{
    public required string Uri { get; init; }

    /// <summary>Its short name, as it stands in addresses.</summary>
    public required string Identifier { get; init; }
    public required string Label { get; init; }
    public required string Version { get; init; }

    /// <summary>Entries in use.</summary>
    public required int Entries { get; init; }

    /// <summary>Entries that were withdrawn; they are kept.</summary>
    public required int Retired { get; init; }
    public required string Licence { get; init; }
    public required string Attribution { get; init; }

    /// <summary>Where it came from, in words.</summary>
    public required string Source { get; init; }

    /// <summary>When it was last written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>All that are held, by name.</summary>
    internal static IReadOnlyList<HeldList> All(NeedModel model)
    {
        var counts = model.Concepts.CountBy(c => (c.Scheme, c.InUse)).ToDictionary();
        return [.. model.Schemes.OrderBy(s => s.Label, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.Uri, StringComparer.Ordinal).Select(s => new HeldList
        {
            Uri = s.Uri,
            Identifier = s.Identifier,
            Label = s.Label,
            Version = s.Version,
            Entries = counts.GetValueOrDefault((s.Uri, true)),
            Retired = counts.GetValueOrDefault((s.Uri, false)),
            Licence = s.Licence,
            Attribution = s.Attribution,
            Source = s.Source,
            At = s.ModifiedAt,
        })];
    }
}
