using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Operations;
using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Concentric.Tests.Core;

public sealed class BackupTests : IDisposable
{
    private readonly TestApp _app = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("concentric-backup-test-");

    [Fact]
    public async Task What_was_saved_is_brought_back_into_an_empty_place()
    {
        await _app.Seed();
        var archive = await Take();
        using var elsewhere = TestDatabase.CreateBare();
        var settings = Elsewhere(elsewhere);

        await RestoreCommand.Run(archive, settings, CancellationToken.None);

        await using var db = TestDatabase.Open(settings.IsPostgres ? elsewhere.Connection : $"Data Source={Path.Combine(settings.Data, "concentric.db")};Pooling=False");
        Assert.Equal("Northmoor Council", await db.Set<Council>().Select(c => c.Name).SingleAsync());
        Assert.Equal(await _app.Db(d => d.Set<Person>().CountAsync()), await db.Set<Person>().CountAsync());
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_app.Data, "keys", "pseudonym.key")), await File.ReadAllBytesAsync(Path.Combine(settings.Data, "keys", "pseudonym.key")));
        Assert.Empty(await db.Migrate(TestDatabase.Areas, TimeProvider.System));
    }

    [Fact]
    public async Task A_damaged_archive_brings_nothing_back()
    {
        await _app.Seed();
        var archive = await Take();
        var bytes = await File.ReadAllBytesAsync(archive.FullName);
        var damaged = new FileInfo(Path.Combine(_folder.FullName, "damaged.tar.gz"));
        await File.WriteAllBytesAsync(damaged.FullName, bytes[..(bytes.Length / 2)]);
        using var elsewhere = TestDatabase.CreateBare();
        var settings = Elsewhere(elsewhere);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => RestoreCommand.Run(damaged, settings, CancellationToken.None));

        Assert.Contains("is not a whole backup", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(settings.Data));
    }

    [Fact]
    public async Task A_restore_replaces_nothing()
    {
        await _app.Seed();
        var archive = await Take();

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => RestoreCommand.Run(archive, new Settings(Configuration(_app.Data, _app.Connection)), CancellationToken.None));

        Assert.Contains("already holds", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_replaces_no_other()
    {
        var archive = await Take();

        await Assert.ThrowsAsync<RefusedException>(() => Take(archive));
    }

    public void Dispose()
    {
        _app.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<FileInfo> Take(FileInfo? target = null)
    {
        _ = (Pseudonyms)_app.Services.GetService(typeof(Pseudonyms))!;
        target ??= new(Path.Combine(_folder.FullName, "saved.tar.gz"));
        await _app.Db(db => Backup.Take(target, new Settings(Configuration(_app.Data, _app.Connection)), db, _app.Clock.Now));
        target.Refresh();
        return target;
    }

    private Settings Elsewhere(TestDatabase database) =>
        new(Configuration(Path.Combine(_folder.FullName, "elsewhere"), TestDatabase.IsPostgres ? database.Connection : null));

    private static IConfigurationRoot Configuration(string data, string? connection) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["CONCENTRIC_DATA"] = data, ["CONCENTRIC_DATABASE"] = connection }).Build();
}
