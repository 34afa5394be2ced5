using System.Security.Cryptography;
using Concentric.Core;

namespace Concentric.Serve.Intake;

/// <summary>E-mail as received, byte for byte, in the data folder. A file is named by the digest of its bytes: the same taken twice, or again after a crash, is one.</summary>
internal sealed class MailFiles(Settings settings)
{
    /// <summary>Keeps the bytes on the disk before it returns, whatever their size, without holding them in memory.</summary>
    public async Task<(string Digest, long Size)> Keep(Stream content, CancellationToken stop = default)
    {
        Directory.CreateDirectory(Folder);
        var unfinished = Path.Combine(Folder, $"{Path.GetRandomFileName()}.part");
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long size = 0;
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                var buffer = new byte[81920];
                while (await content.ReadAsync(buffer, stop) is > 0 and var read)
                {
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), stop);
                    size += read;
                }
                file.Flush(flushToDisk: true);
            }
            var digest = Convert.ToHexStringLower(hash.GetHashAndReset());
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(digest))!);
            File.Move(unfinished, PathOf(digest), overwrite: true);
            return (digest, size);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public Stream Open(string digest) => new FileStream(PathOf(digest), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    internal string PathOf(string digest) => Path.Combine(Folder, digest[..2], $"{digest}.eml");

    private string Folder => Path.Combine(settings.Data, "mail");
}
