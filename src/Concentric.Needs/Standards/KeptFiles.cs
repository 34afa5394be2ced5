using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Concentric.Core;
using Concentric.Needs.Concepts;

namespace Concentric.Needs.Standards;

/// <summary>A file that somebody sent and has not applied yet, with what they said of it.</summary>
internal sealed record KeptFile(string Name, ListOptions Options, DateTimeOffset At);

/// <summary>Files of lists between the look at what they would change and the word to change it: in the data folder, for a day at most.</summary>
internal sealed partial class KeptFiles(Settings settings, TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private string Folder => Path.Combine(settings.Data, "standards");

    /// <summary>Keeps a file and forgets those that nobody applied within a day.</summary>
    /// <returns>Its key, a digest of what it holds and of what was said of it: the same again is the same key.</returns>
    public async Task<string> Keep(byte[] bytes, string name, ListOptions options, CancellationToken stop)
    {
        System.IO.Directory.CreateDirectory(Folder);
        await Sweep(stop);
        var about = StoredJson.Write(options)! + name;
        var key = Convert.ToHexStringLower(SHA256.HashData([.. SHA256.HashData(bytes), .. Encoding.UTF8.GetBytes(about)]));
        // What is half written is never found under its key.
        var half = Path.Combine(Folder, $"{Guid.CreateVersion7(clock.GetUtcNow())}.half");
        await File.WriteAllBytesAsync(half, bytes, stop);
        File.Move(half, PathOf(key), overwrite: true);
        await File.WriteAllTextAsync(half, StoredJson.Write(new KeptFile(name, options, clock.GetUtcNow())), stop);
        File.Move(half, PathOf(key) + ".json", overwrite: true);
        return key;
    }

    /// <summary>The file of that key; null where there is none any more.</summary>
    public async Task<(byte[] Bytes, KeptFile About)?> Find(string key, CancellationToken stop)
    {
        if (!Key.IsMatch(key) || await About(PathOf(key) + ".json", stop) is not { } about || clock.GetUtcNow() - about.At > KeptFor) return null;
        try
        {
            return (await File.ReadAllBytesAsync(PathOf(key), stop), about);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Forget(string key)
    {
        if (!Key.IsMatch(key)) return;
        File.Delete(PathOf(key) + ".json");
        File.Delete(PathOf(key));
    }

    private async Task Sweep(CancellationToken stop)
    {
        foreach (var path in System.IO.Directory.EnumerateFiles(Folder, "*.json"))
            if (await About(path, stop) is not { } about || clock.GetUtcNow() - about.At > KeptFor) Forget(Path.GetFileNameWithoutExtension(path));
    }

    private static async Task<KeptFile?> About(string path, CancellationToken stop)
    {
        try
        {
            return StoredJson.Read<KeptFile>(await File.ReadAllTextAsync(path, stop));
        }
        catch (Exception e) when (e is IOException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private string PathOf(string key) => Path.Combine(Folder, key);

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Key { get; }
}
