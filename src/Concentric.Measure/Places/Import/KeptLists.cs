using System.Globalization;
using System.Text.Json;
using Concentric.Core;

namespace Concentric.Measure.Places;

/// <summary>Files that somebody sent and has not applied yet, between the look at what they would change and the word to change it: in the data folder, for a day at most.</summary>
internal sealed class KeptLists(Settings settings, TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private string Folder => Path.Combine(settings.Data, "lists");

    /// <summary>Keeps a file with what was said of it, and forgets those that nobody applied within a day.</summary>
    /// <returns>Its key.</returns>
    public async Task<Guid> Keep<T>(byte[] bytes, T about, CancellationToken stop)
    {
        Directory.CreateDirectory(Folder);
        foreach (var old in Directory.EnumerateFiles(Folder).Where(f => clock.GetUtcNow() - File.GetLastWriteTimeUtc(f) > KeptFor)) File.Delete(old);
        var key = Guid.CreateVersion7(clock.GetUtcNow());
        await File.WriteAllBytesAsync(PathOf(key, "bin"), bytes, stop);
        await Say(key, about, stop);
        return key;
    }

    /// <summary>Changes what was said of a file.</summary>
    public Task Say<T>(Guid key, T about, CancellationToken stop) => File.WriteAllTextAsync(PathOf(key, "json"), JsonSerializer.Serialize(about), stop);

    /// <summary>The file of that key; null where there is none any more.</summary>
    public async Task<(byte[] Bytes, T About)?> Find<T>(Guid key, CancellationToken stop)
    {
        try
        {
            return (await File.ReadAllBytesAsync(PathOf(key, "bin"), stop), JsonSerializer.Deserialize<T>(await File.ReadAllTextAsync(PathOf(key, "json"), stop))!);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public void Forget(Guid key)
    {
        File.Delete(PathOf(key, "json"));
        File.Delete(PathOf(key, "bin"));
    }

    /// <summary>A whole file as it was sent.</summary>
    public static async Task<byte[]> Read(Microsoft.AspNetCore.Http.IFormFile file, CancellationToken stop)
    {
        using var all = new MemoryStream();
        await file.CopyToAsync(all, stop);
        return all.ToArray();
    }

    private string PathOf(Guid key, string end) => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{key:N}.{end}"));
}
