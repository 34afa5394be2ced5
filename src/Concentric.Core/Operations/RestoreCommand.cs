using System.CommandLine;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Core.Operations;

internal static class RestoreCommand
{
    public static void Add(CommandLine line)
    {
        var file = new Argument<FileInfo>("file") { Description = "Archive that `concentric backup` wrote." };
        var command = new Command("restore", "Bring back what `backup` saved, into an empty data folder (and, for PostgreSQL, an empty database). Refuses to replace anything. The contact store is made anew at the next start.") { file };
        command.SetAction(async (parse, stop) =>
        {
            var manifest = await Run(parse.GetRequiredValue(file), line.Services.GetRequiredService<Settings>(), stop);
            Console.WriteLine($"Restored what was saved on {manifest.TakenAt:d MMMM yyyy 'at' HH:mm} UTC. Start the program to make the contact store.");
        });
        line.Root.Subcommands.Add(command);
    }

    public static async Task<Backup.Manifest> Run(FileInfo archive, Settings settings, CancellationToken stop)
    {
        if (!archive.Exists) throw new RefusedException($"There is no file {archive.FullName}.");
        foreach (var name in (string[])[Backup.SqliteName, "imports", "keys", "attachments", "mail", "contacts.duckdb"])
            if (Path.Exists(Path.Combine(settings.Data, name)))
                throw new RefusedException($"{settings.Data} already holds {name}. Move the old data away, or name another folder with CONCENTRIC_DATA.");

        Directory.CreateDirectory(settings.Data);
        var work = Directory.CreateDirectory(Path.Combine(settings.Data, "restoring"));
        try
        {
            await Unpack(archive, work, stop);
            var manifest = JsonSerializer.Deserialize<Backup.Manifest>(await File.ReadAllTextAsync(Path.Combine(work.FullName, Backup.ManifestName), stop), JsonOption.Format)!;
            Check(manifest, work, settings);
            if (settings.IsPostgres)
            {
                var dump = Path.Combine(work.FullName, Backup.PostgresName);
                await Backup.PostgresTool("pg_restore", settings.Database, ["--no-owner", "--exit-on-error", "--single-transaction", dump], stop);
                File.Delete(dump);
            }
            foreach (var entry in work.EnumerateFileSystemInfos().Where(e => e.Name != Backup.ManifestName))
                Directory.Move(entry.FullName, Path.Combine(settings.Data, entry.Name));
            return manifest;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or JsonException)
        {
            throw new RefusedException($"{archive.Name} is not a whole backup: {e.Message}");
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task Unpack(FileInfo archive, DirectoryInfo work, CancellationToken stop)
    {
        await using var zip = new GZipStream(archive.OpenRead(), CompressionMode.Decompress);
        // Refuses entries that would land outside the folder.
        await TarFile.ExtractToDirectoryAsync(zip, work.FullName, overwriteFiles: false, stop);
        if (!File.Exists(Path.Combine(work.FullName, Backup.ManifestName))) throw new InvalidDataException("it has no manifest");
    }

    private static void Check(Backup.Manifest manifest, DirectoryInfo work, Settings settings)
    {
        var database = settings.IsPostgres ? "postgresql" : "sqlite";
        if (manifest.Database != database)
            throw new RefusedException($"The backup is of a {manifest.Database} database, and CONCENTRIC_DATABASE names a {database} one.");
        foreach (var (name, digest) in manifest.Files)
        {
            var path = Path.Combine(work.FullName, name);
            if (!File.Exists(path)) throw new InvalidDataException($"{name} is missing");
            if (Backup.Digest(path) != digest) throw new InvalidDataException($"{name} is damaged");
        }
    }
}
