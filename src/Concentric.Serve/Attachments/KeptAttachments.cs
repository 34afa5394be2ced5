using System.Security.Cryptography;
using Concentric.Core;
using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Attachments;

/// <summary>What came of a file: kept, or not taken with the message why.</summary>
internal sealed record KeepOutcome(Attachment? Kept, RefusedFile? Refused);

/// <summary>Takes, keeps, gives and removes the files that citizens send. A row stands only for bytes that are on the disk already.</summary>
internal sealed class KeptAttachments(Settings settings, IWriter writer, TimeProvider clock, ILogger<KeptAttachments> log, VirusScanner? scanner = null) : IDisposable
{
    /// <summary>A file may come before its half-done form is written down; and a file without a row may be about to get one.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    // A file is looked at as a whole, so only so many at a time: 10 MB each, twice where it is stripped.
    private readonly SemaphoreSlim _looking = new(4);

    // One after the other, so that a second press on the button finds what the first one kept. PostgreSQL would let both count at once.
    private readonly SemaphoreSlim _adding = new(1);

    /// <summary>Looks at a file, strips it, scans it and keeps it. The same file for the same question again is the one that was kept.</summary>
    /// <param name="declaredType">What the browser says that it is.</param>
    public async Task<KeepOutcome> Keep(Stream content, string fileName, string? declaredType, Guid draft, string question, FileLimits limits, CancellationToken stop = default)
    {
        var name = FileNames.Clean(fileName);
        var extension = FileNames.ExtensionOf(name);
        var kind = FileKind.Of(extension);
        if (kind is null || !FileKind.Taken(limits.Accept).Contains(kind) || FileNames.Deceives(name) || !kind.Allows(declaredType))
            return Refuse(FileProblem.Format, limits, extension is "heic" or "heif");

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        int size;
        string digest;
        await _looking.WaitAsync(stop);
        try
        {
            if (await Read(content, stop) is not { } bytes) return Refuse(FileProblem.TooLarge, limits);
            if (bytes.Length == 0) return Refuse(FileProblem.Empty, limits);
            var (keep, problem) = FileCheck.Of(kind, bytes);
            if (keep is null) return Refuse(problem!.Value, limits);
            (size, digest) = (keep.Length, Convert.ToHexStringLower(SHA256.HashData(keep)));
            await Write(id, keep, stop);
        }
        finally
        {
            _looking.Release();
        }

        AttachmentState state;
        try
        {
            state = StateAfter(await Scan(id, stop));
        }
        catch
        {
            Delete(id);
            throw;
        }
        var attachment = new Attachment
        {
            Id = id, DraftId = draft, Question = question, FileName = name, Kind = kind.Name, Size = size, Digest = digest,
            State = state, At = now, CheckedAt = state == AttachmentState.Clean ? clock.GetUtcNow() : null,
        };
        // Where this fails, whether the row was kept may be unknown, so the bytes stay and the sweep decides.
        var kept = state == AttachmentState.Refused ? null : await Add(attachment, limits);
        if (kept?.Id != id) Delete(id);
        return kept is not null ? new(kept, null) : Refuse(state == AttachmentState.Refused ? FileProblem.Virus : FileProblem.TooMany, limits);
    }

    /// <summary>Inside the work that sends a form: these files go with it. Those of the same draft that are left over are swept later.</summary>
    /// <remarks>One that was refused in that very moment goes with it too, so that the desk sees that there was one and what became of it.</remarks>
    /// <returns>How many went; fewer than asked where one is not the draft's, or went with something else.</returns>
    public static Task<int> SendWith(ConcentricDb db, Guid draft, IReadOnlyCollection<Guid> ids, Guid submission) => db.Attachments
        .Where(a => a.DraftId == draft && ids.Contains(a.Id) && (a.SubmissionId == null || a.SubmissionId == submission))
        .ExecuteUpdateAsync(a => a.SetProperty(x => x.SubmissionId, submission));

    /// <summary>Takes a file out of a half-done form. False where the form has no such file, or it was sent.</summary>
    public async Task<bool> Remove(Guid draft, Guid id)
    {
        var gone = await writer.Write(db => db.Attachments.Where(a => a.Id == id && a.DraftId == draft && a.SubmissionId == null).ExecuteDeleteAsync());
        if (gone > 0) Delete(id);
        return gone > 0;
    }

    /// <summary>The bytes of one that may be given out; null where it may not, or its bytes are gone.</summary>
    public Stream? Open(Attachment attachment)
    {
        if (!attachment.IsGivenOut) return null;
        try
        {
            return new FileStream(PathOf(attachment.Id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (IOException e)
        {
            log.LogError("The bytes of attachment {Attachment} cannot be read: {Kind}", attachment.Id, e.GetType().Name);
            return null;
        }
    }

    /// <summary>Scans what is held, the oldest first, until the scanner is away again.</summary>
    /// <returns>How many got an answer.</returns>
    public async Task<int> CheckHeld(IDbContextFactory<ConcentricDb> databases, CancellationToken stop)
    {
        if (scanner is null) return 0;
        await using var db = await databases.CreateDbContextAsync(stop);
        var held = await db.Attachments.AsNoTracking().Where(a => a.State == AttachmentState.Held).OrderBy(a => a.At).Select(a => a.Id).ToListAsync(stop);
        var done = 0;
        foreach (var id in held)
        {
            if (!File.Exists(PathOf(id))) continue;
            var answer = await Scan(id, stop);
            if (answer == ScanAnswer.Away) break;
            // One that the scanner itself cannot judge must not keep the others waiting.
            if (answer == ScanAnswer.Unclear) continue;
            var state = StateAfter(answer);
            var now = clock.GetUtcNow();
            await writer.Write(d => d.Attachments.Where(a => a.Id == id && a.State == AttachmentState.Held)
                .ExecuteUpdateAsync(a => a.SetProperty(x => x.State, state).SetProperty(x => x.CheckedAt, now)), stop);
            if (state == AttachmentState.Refused) Delete(id);
            done++;
        }
        return done;
    }

    /// <summary>Removes files whose half-done form is gone and that were never sent, then bytes that no row stands for.</summary>
    /// <param name="drafts">Ids of the half-done forms that there are.</param>
    /// <returns>How many files were removed.</returns>
    public async Task<int> Sweep(Func<ConcentricDb, IQueryable<Guid>> drafts, IDbContextFactory<ConcentricDb> databases, CancellationToken stop = default)
    {
        var before = clock.GetUtcNow() - Grace;
        var left = await writer.Write(async db =>
        {
            var known = drafts(db);
            var rows = await db.Attachments.Where(a => a.SubmissionId == null && a.At < before && !known.Contains(a.DraftId)).Select(a => a.Id).ToListAsync();
            foreach (var some in rows.Chunk(500)) await db.Attachments.Where(a => some.Contains(a.Id) && a.SubmissionId == null).ExecuteDeleteAsync();
            return rows;
        }, stop);
        left.ForEach(Delete);

        await using var read = await databases.CreateDbContextAsync(stop);
        var stray = Files().Where(f => File.GetLastWriteTimeUtc(PathOf(f)) < before.UtcDateTime).ToList();
        foreach (var some in stray.Chunk(500))
        {
            var rows = await read.Attachments.Where(a => some.Contains(a.Id) && a.State != AttachmentState.Refused).Select(a => a.Id).ToListAsync(stop);
            foreach (var id in some.Except(rows))
            {
                Delete(id);
                left.Add(id);
            }
        }
        return left.Distinct().Count();
    }

    public void Dispose()
    {
        _looking.Dispose();
        _adding.Dispose();
    }

    // By the last two digits of the id, which are chance: its first ones are the time, and would fill one folder after the other.
    internal string PathOf(Guid id) => Path.Combine(Folder, $"{id:N}"[^2..], $"{id:N}");

    private string Folder => Path.Combine(settings.Data, "attachments");

    private IEnumerable<Guid> Files() => Directory.Exists(Folder)
        ? from file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories) where Guid.TryParseExact(Path.GetFileName(file), "N", out _) select Guid.ParseExact(Path.GetFileName(file), "N")
        : [];

    private static KeepOutcome Refuse(FileProblem problem, FileLimits limits, bool heic = false) => new(null, RefusedFile.For(problem, limits, heic));

    private async Task<ScanAnswer?> Scan(Guid id, CancellationToken stop)
    {
        if (scanner is null) return null;
        await using var file = File.OpenRead(PathOf(id));
        var answer = await scanner.Scan(file, stop);
        if (answer == ScanAnswer.Found) log.LogWarning("Attachment {Attachment} was refused by the virus scanner and deleted", id);
        return answer;
    }

    private static AttachmentState StateAfter(ScanAnswer? answer) => answer switch
    {
        null => AttachmentState.Unscanned,
        ScanAnswer.Clean => AttachmentState.Clean,
        ScanAnswer.Found => AttachmentState.Refused,
        _ => AttachmentState.Held,
    };

    /// <summary>The row as it was added, or that of the same file; null where there are as many as may be.</summary>
    private async Task<Attachment?> Add(Attachment attachment, FileLimits limits)
    {
        await _adding.WaitAsync();
        try
        {
            return await writer.Write(async db =>
            {
                var others = db.Attachments.AsNoTracking().Where(a => a.DraftId == attachment.DraftId && a.State != AttachmentState.Refused);
                if (await others.FirstOrDefaultAsync(a => a.Question == attachment.Question && a.Digest == attachment.Digest) is { } same) return same;
                if (await others.CountAsync(a => a.Question == attachment.Question) >= limits.AtMost || await others.CountAsync() >= FileLimits.MostOfDraft) return null;
                db.Attachments.Add(attachment);
                return attachment;
            });
        }
        finally
        {
            _adding.Release();
        }
    }

    private static async Task<byte[]?> Read(Stream content, CancellationToken stop)
    {
        if (content.CanSeek && content.Length - content.Position > FileLimits.MostBytes) return null;
        using var all = new MemoryStream();
        var buffer = new byte[81920];
        while (await content.ReadAsync(buffer, stop) is > 0 and var read)
        {
            if (all.Length + read > FileLimits.MostBytes) return null;
            all.Write(buffer, 0, read);
        }
        return all.ToArray();
    }

    private async Task Write(Guid id, byte[] bytes, CancellationToken stop)
    {
        var path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await file.WriteAsync(bytes, stop);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private void Delete(Guid id)
    {
        try
        {
            File.Delete(PathOf(id));
        }
        catch (IOException e)
        {
            // The sweep tries again.
            log.LogError("Attachment {Attachment} could not be deleted: {Kind}", id, e.GetType().Name);
        }
    }
}
