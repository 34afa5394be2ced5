using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Concentric.Core.Operations;

/// <summary>
/// Everything that cannot be made again, in one .tar.gz: the operational database, the imported batches, the keys, the files that citizens sent and e-mail as received.
/// The contact store is left out, because it is made from these at the first start after a restore.
/// </summary>
public static class Backup
{
    public const string ManifestName = "manifest.json";
    public const string SqliteName = "concentric.db";
    public const string PostgresName = "concentric.dump";

    /// <param name="Files">Each file of the archive with its SHA-256, so that a restore knows that it has what was saved.</param>
    public sealed record Manifest(DateTimeOffset TakenAt, string Database, string Council, Dictionary<string, string> Files);

    /// <summary>Writes the archive while the program serves. Returns its size in bytes.</summary>
    /// <remarks>The database first, then the batches: a batch that came in between has no fact in the saved database and is dropped at the first start.</remarks>
    public static async Task<long> Take(FileInfo target, Settings settings, ConcentricDb db, DateTimeOffset now, CancellationToken stop = default)
    {
        if (target.Exists) throw new RefusedException($"{target.Name} is there already. Choose another name: a backup never replaces one.");
        var work = Directory.CreateTempSubdirectory("concentric-backup-");
        var unfinished = new FileInfo(target.FullName + ".unfinished");
        try
        {
            var name = settings.IsPostgres ? PostgresName : SqliteName;
            var snapshot = Path.Combine(work.FullName, name);
            if (settings.IsPostgres) await DumpPostgres(settings.Database, snapshot, stop);
            else await db.Database.ExecuteSqlAsync($"VACUUM INTO {snapshot}", stop);

            var files = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = snapshot };
            foreach (var folder in (string[])["imports", "keys", "attachments", "mail"])
            {
                var path = Path.Combine(settings.Data, folder);
                if (!Directory.Exists(path)) continue;
                foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)) files[Path.GetRelativePath(settings.Data, file)] = file;
            }
            var manifest = new Manifest(now, settings.IsPostgres ? "postgresql" : "sqlite", settings.Council, files.ToDictionary(f => f.Key, f => Digest(f.Value)));
            var manifestFile = Path.Combine(work.FullName, ManifestName);
            await File.WriteAllTextAsync(manifestFile, JsonSerializer.Serialize(manifest, JsonOption.Format), stop);

            await using (var file = new FileStream(unfinished.FullName, FileMode.Create, FileAccess.Write))
            {
                await using (var zip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
                await using (var tar = new TarWriter(zip))
                {
                    await tar.WriteEntryAsync(manifestFile, ManifestName, stop);
                    foreach (var (entry, path) in files) await tar.WriteEntryAsync(path, entry, stop);
                }
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished.FullName, target.FullName);
            target.Refresh();
            return target.Length;
        }
        finally
        {
            work.Delete(recursive: true);
            unfinished.Delete();
        }
    }

    internal static string Digest(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static Task DumpPostgres(string connection, string target, CancellationToken stop) => PostgresTool("pg_dump", connection, ["--format=custom", "--file", target], stop);

    internal static async Task PostgresTool(string tool, string connection, IEnumerable<string> arguments, CancellationToken stop)
    {
        var to = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(tool, [.. arguments, "--host", to.Host ?? "", "--port", $"{to.Port}", "--username", to.Username ?? "", "--dbname", to.Database ?? ""]) { RedirectStandardError = true };
        if (to.Password is { } password) start.Environment["PGPASSWORD"] = password;
        Process process;
        try { process = Process.Start(start)!; }
        catch (System.ComponentModel.Win32Exception) { throw new RefusedException($"{tool} was not found. Install PostgreSQL’s client programs on this machine (Debian: postgresql-client)."); }
        using (process)
        {
            var error = await process.StandardError.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            if (process.ExitCode != 0) throw new RefusedException($"{tool} failed: {error.Trim()}");
        }
    }
}
