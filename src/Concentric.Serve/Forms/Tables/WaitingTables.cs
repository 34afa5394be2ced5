using System.Text.Json;
using Concentric.Core;

namespace Concentric.Serve.Forms.Tables;

/// <summary>A file that somebody sent, with what it would change, until they say that it shall.</summary>
internal sealed record WaitingTable(string Table, string By, ReferenceChange Change);

/// <summary>Files of tables between the look at what they would change and the word to change it: in the data folder, for a day at most.</summary>
internal sealed class WaitingTables(Settings settings, TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private string Folder => Path.Combine(settings.Data, "waiting-tables");

    /// <summary>Keeps a file, and forgets those that nobody confirmed within a day.</summary>
    public async Task<Guid> Keep(byte[] bytes, WaitingTable about, CancellationToken stop)
    {
        Directory.CreateDirectory(Folder);
        foreach (var old in Directory.EnumerateFiles(Folder).Where(f => clock.GetUtcNow() - File.GetLastWriteTimeUtc(f) > KeptFor)) File.Delete(old);
        var key = Guid.CreateVersion7(clock.GetUtcNow());
        await File.WriteAllBytesAsync(PathOf(key, "csv"), bytes, stop);
        await File.WriteAllTextAsync(PathOf(key, "json"), JsonSerializer.Serialize(about), stop);
        return key;
    }

    /// <summary>The file of that key, if this person sent it; null where there is none any more.</summary>
    public async Task<(byte[] Bytes, WaitingTable About)?> Find(Guid key, string by, CancellationToken stop)
    {
        try
        {
            var about = JsonSerializer.Deserialize<WaitingTable>(await File.ReadAllTextAsync(PathOf(key, "json"), stop))!;
            return about.By == by ? (await File.ReadAllBytesAsync(PathOf(key, "csv"), stop), about) : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public void Forget(Guid key)
    {
        File.Delete(PathOf(key, "json"));
        File.Delete(PathOf(key, "csv"));
    }

    private string PathOf(Guid key, string end) => Path.Combine(Folder, $"{key:N}.{end}");
}
