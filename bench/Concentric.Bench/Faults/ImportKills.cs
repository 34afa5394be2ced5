using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Concentric.Bench.Running;

namespace Concentric.Bench.Faults;

/// <summary>What one killed import left behind, and what the next one said.</summary>
/// <param name="Killed">After how long, or null where the import ended first.</param>
/// <param name="There">Rows counted after the kill and a new start.</param>
/// <param name="Imported">Rows that the same file gave when it was imported again.</param>
/// <param name="Duplicates">Rows that were there already, as the second import said.</param>
/// <param name="After">Rows counted in the end.</param>
internal sealed record ImportRound(int Round, bool ByTheProgram, TimeSpan? Killed, long There, long Imported, long Duplicates, long After)
{
    /// <summary>What is wrong, in words: all rows or none, the second import brings exactly the rest, and the end is the file.</summary>
    public IReadOnlyList<string> Problems(long rows) =>
    [
        .. There != 0 && There != rows ? [$"round {Round}: {There} of {rows} rows were there after the kill: half an import"] : Array.Empty<string>(),
        .. Imported != rows - There || Duplicates != There ? [$"round {Round}: {There} rows were there, and the second import gave {Imported} imported and {Duplicates} duplicates"] : Array.Empty<string>(),
        .. After != rows ? [$"round {Round}: {After} rows in the end, not {rows}"] : Array.Empty<string>(),
    ];
}

/// <summary>Kills an import at a random moment, every other time with the program that it was handed to, imports the same file again and counts.</summary>
internal sealed class ImportKills(WorkFolder work, int rows, int seed, Action<string> say)
{
    private readonly Random _chance = new(seed);

    public async Task<IReadOnlyList<ImportRound>> Run(int rounds)
    {
        var folder = work.New("rows");
        var (file, map) = (Path.Combine(folder.FullName, "rows.csv"), Path.Combine(folder.FullName, "bench.json"));
        ImportBench.Generate(file, rows);
        await File.WriteAllTextAsync(map, ImportBench.MappingText);

        var calm = await Whole(file, map);
        say(string.Create(CultureInfo.InvariantCulture, $"an import that nobody kills takes {calm.TotalSeconds:0.0} s from the start of its process"));
        var done = new List<ImportRound>();
        for (var round = 1; round <= rounds; round++)
        {
            // From when the command has got going to a little after its end, so that each stage is hit and some imports survive.
            var at = calm * (0.3 + 0.8 * _chance.NextDouble());
            done.Add(await Round(round, byTheProgram: round % 2 == 0, at, file, map));
            var last = done[^1];
            say(string.Create(CultureInfo.InvariantCulture, $"round {round}: {(last.ByTheProgram ? "program" : "command")} {(last.Killed is { } k ? $"killed after {k.TotalSeconds:0.00} s" : "ended before it was killed")}; {last.There} rows there, then {last.Imported} imported and {last.Duplicates} duplicates"));
        }
        return done;
    }

    private async Task<TimeSpan> Whole(string file, string map)
    {
        using var installation = new Installation(work.New("import"));
        var began = Stopwatch.GetTimestamp();
        var (imported, duplicates) = await Import(installation, file, map);
        var took = Stopwatch.GetElapsedTime(began);
        var there = await Count(installation);
        if (imported != rows || duplicates != 0 || there != rows) throw new BenchException($"An import that nobody killed gave {imported} imported, {duplicates} duplicates and {there} rows of {rows}.");
        return took;
    }

    private async Task<ImportRound> Round(int round, bool byTheProgram, TimeSpan at, string file, string map)
    {
        using var installation = new Installation(work.New("import"));
        if (byTheProgram) await installation.Start();
        using var process = installation.Command("contacts", "import", file, "--map", map, "--json");
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(at));
        var killed = !process.HasExited;
        if (killed && byTheProgram) await installation.Kill();
        if (killed && !process.HasExited) process.Kill();
        await process.WaitForExitAsync();

        // Every other time a program that comes up again must clear up, and otherwise the next command.
        if (byTheProgram && killed) await installation.Start();
        var there = await Count(installation);
        var (imported, duplicates) = await Import(installation, file, map);
        var after = await Count(installation);
        if (byTheProgram) await installation.Stop();
        return new(round, byTheProgram, killed ? at : null, there, imported, duplicates, after);
    }

    private static async Task<(long Imported, long Duplicates)> Import(Installation installation, string file, string map)
    {
        using var report = JsonDocument.Parse(await installation.Run("contacts", "import", file, "--map", map, "--json"));
        return (report.RootElement.GetProperty("imported").GetInt64(), report.RootElement.GetProperty("duplicates").GetInt64());
    }

    // Every initiator, because the rows of the staff were imported too. Before the first import there is no such council: 0.
    private static async Task<long> Count(Installation installation)
    {
        var (code, output) = await installation.Try("contacts", "query", "--council", "bench", "--where", "initiator=citizen,staff,system", "--json");
        if (code != 0 && (output.StartsWith("There is no council", StringComparison.Ordinal) || output.StartsWith("No contacts have been counted", StringComparison.Ordinal))) return 0;
        if (code != 0) throw new BenchException($"contacts query ended with {code}:\n{output}");
        using var answer = JsonDocument.Parse(output);
        return answer.RootElement.GetProperty("n").GetInt64();
    }
}
