using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Operations;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve;
using Concentric.Serve.Attachments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Concentric.Tests.Serve.Attachments.Made;

namespace Concentric.Tests.Serve.Attachments;

/// <summary>A file from the moment that it is sent to the moment that staff take it, with a scanner and without.</summary>
public sealed class AttachmentTests : IDisposable
{
    private readonly StubScanner _scanner = new();
    private readonly ScannedApp _app;

    public AttachmentTests() => _app = new(_scanner.Address);

    [Fact]
    public async Task A_file_that_the_scanner_passed_is_given_to_staff_and_to_nobody_else()
    {
        var kept = (await Keep("Llun tŷ.jpg", Jpeg(before: Exif(1, "GPS")))).Kept!;
        Assert.Equal(AttachmentState.Clean, kept.State);
        Assert.NotNull(kept.CheckedAt);

        var asha = await _app.SignInAs(Role.Adviser);
        using var response = await asha.Http.GetAsync(OpenAttachment.Link(kept.Id));
        using var stranger = await _app.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://localhost") }).GetAsync(OpenAttachment.Link(kept.Id));
        using var lewis = await (await _app.SignInAs(Role.Analyst)).Http.GetAsync(OpenAttachment.Link(kept.Id));

        Assert.Equal(Jpeg(), await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment; filename=\"Llun t_.jpg\"; filename*=UTF-8''Llun%20t%C5%B7.jpg", Assert.Single(response.Content.Headers.GetValues("Content-Disposition")));
        Assert.Equal(SecurityHeaders.Sandbox, Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.Redirect, stranger.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, lewis.StatusCode);
    }

    [Theory]
    [InlineData("a\"; filename=\"b.exe.pdf")]
    [InlineData("a\r\nX-Evil: 1.pdf")]
    [InlineData("🏠🏠.pdf")]
    [InlineData("a';b=\\c.pdf")]
    public async Task A_name_is_written_so_that_it_stays_one_name(string name)
    {
        var outcome = await Keep(name, Pdf());
        if (outcome.Kept is null)
        {
            Assert.Contains(".exe.", name, StringComparison.Ordinal);
            return;
        }

        using var response = await (await _app.SignInAs(Role.Adviser)).Http.GetAsync(OpenAttachment.Link(outcome.Kept.Id));

        var header = Assert.Single(response.Content.Headers.GetValues("Content-Disposition"));
        Assert.StartsWith("attachment; filename=", header, StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("X-Evil"));
        Assert.Equal(outcome.Kept.FileName, response.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.EndsWith(".pdf", response.Content.Headers.ContentDisposition.FileNameStar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_which_something_is_found_is_not_taken_and_not_kept()
    {
        var outcome = await Keep("letter.txt", Utf8(StubScanner.Eicar));

        Assert.Equal("The selected file contains a virus", outcome.Refused!.Message.En);
        Assert.Empty(Files());
        Assert.Equal(0, await _app.Db(db => db.Attachments.CountAsync()));
    }

    [Fact]
    public async Task While_the_scanner_is_away_a_file_is_held_and_given_to_nobody_until_it_is_back()
    {
        _scanner.Mood = StubMood.HangsUp;
        var (good, bad) = ((await Keep("good.pdf", Pdf())).Kept!, (await Keep("bad.txt", Utf8(StubScanner.Eicar))).Kept!);
        Assert.Equal((AttachmentState.Held, AttachmentState.Held), (good.State, bad.State));
        var asha = await _app.SignInAs(Role.Adviser);

        await asha.Open(OpenAttachment.Link(good.Id));
        Assert.Equal((HttpStatusCode.Conflict, "This file is being checked"), (asha.Status, asha.Heading));
        Assert.Equal(0, await CheckHeld());
        _scanner.Mood = StubMood.Well;
        Assert.Equal(2, await CheckHeld());

        Assert.Equal(Pdf(), await asha.Http.GetByteArrayAsync(OpenAttachment.Link(good.Id)));
        await asha.Open(OpenAttachment.Link(bad.Id));
        Assert.Equal((HttpStatusCode.Conflict, "This file was refused"), (asha.Status, asha.Heading));
        Assert.Equal(AttachmentState.Refused, (await Row(bad.Id)).State);
        Assert.Equal([_app.Services.GetRequiredService<KeptAttachments>().PathOf(good.Id)], Files());
    }

    [Fact]
    public async Task One_file_that_the_scanner_cannot_judge_does_not_keep_others_waiting()
    {
        _scanner.Mood = StubMood.HangsUp;
        var first = (await Keep("a.txt", StubScanner.Unclear)).Kept!;
        _app.Clock.Now += TimeSpan.FromSeconds(1);
        var second = (await Keep("b.pdf", Pdf())).Kept!;
        _scanner.Mood = StubMood.Well;

        Assert.Equal(1, await CheckHeld());

        Assert.Equal((AttachmentState.Held, AttachmentState.Clean), ((await Row(first.Id)).State, (await Row(second.Id)).State));
    }

    [Fact]
    public async Task Only_its_own_form_can_take_a_file_out_and_only_before_it_is_sent()
    {
        var draft = NewId();
        var (one, two) = ((await Keep("a.pdf", Pdf(), draft)).Kept!, (await Keep("b.pdf", Pdf(before: "%b\n"), draft)).Kept!);
        var files = _app.Services.GetRequiredService<KeptAttachments>();
        var sent = 0;

        Assert.False(await files.Remove(NewId(), one.Id));
        Assert.True(await files.Remove(draft, one.Id));
        await _app.Write(async db => sent = await KeptAttachments.SendWith(db, draft, [two.Id], draft));
        Assert.False(await files.Remove(draft, two.Id));

        Assert.Equal(1, sent);
        Assert.Equal([files.PathOf(two.Id)], Files());
        await _app.Write(async db => sent = await KeptAttachments.SendWith(db, NewId(), [two.Id], NewId()));
        Assert.Equal(0, sent);
    }

    [Fact]
    public async Task The_same_file_for_the_same_question_is_kept_once_however_often_it_comes()
    {
        var (draft, one) = (NewId(), new FileLimits([], AtMost: 1));
        var files = _app.Services.GetRequiredService<KeptAttachments>();

        var kept = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => files.Keep(new MemoryStream(Jpeg(before: Exif(1, $"GPS {n}"))), $"{n}.jpg", null, draft, "proof", one)));
        var other = await files.Keep(new MemoryStream(Jpeg([1])), "0.jpg", null, draft, "proof", one);
        var elsewhere = await files.Keep(new MemoryStream(Pdf()), "a.pdf", null, draft, "other", one);

        var id = Assert.Single(kept.Select(k => k.Kept?.Id).Distinct());
        Assert.Equal("You can only select 1 file", other.Refused!.Message.En);
        Assert.Equal(new[] { files.PathOf(id!.Value), files.PathOf(elsewhere.Kept!.Id) }.Order(), Files().Order());
        Assert.Equal(2, await _app.Db(db => db.Attachments.CountAsync()));
    }

    [Fact]
    public async Task One_that_is_refused_in_the_moment_of_sending_goes_with_what_is_sent_so_that_it_is_not_silently_missing()
    {
        _scanner.Mood = StubMood.HangsUp;
        var draft = NewId();
        var bad = (await Keep("bad.txt", Utf8(StubScanner.Eicar), draft)).Kept!;
        _scanner.Mood = StubMood.Well;
        await CheckHeld();

        await _app.Write(db => KeptAttachments.SendWith(db, draft, [bad.Id], draft));

        Assert.Equal((draft, AttachmentState.Refused), ((await Row(bad.Id)).SubmissionId, (await Row(bad.Id)).State));
    }

    [Fact]
    public async Task What_belongs_to_no_form_any_more_is_swept_and_what_was_sent_stays()
    {
        var (alive, gone) = (NewId(), NewId());
        var (living, left, sent) = ((await Keep("a.pdf", Pdf(), alive)).Kept!, (await Keep("b.pdf", Pdf(), gone)).Kept!, (await Keep("c.pdf", Pdf(before: "%c\n"), gone)).Kept!);
        await _app.Write(db => KeptAttachments.SendWith(db, gone, [sent.Id], gone));
        var files = _app.Services.GetRequiredService<KeptAttachments>();
        var stray = NewId();
        Directory.CreateDirectory(Path.GetDirectoryName(files.PathOf(stray))!);
        await File.WriteAllTextAsync(files.PathOf(stray), "left by a crash");
        foreach (var file in Files()) File.SetLastWriteTimeUtc(file, _app.Clock.Now.UtcDateTime);
        // The one living draft, as a query over some table of the database.
        Task<int> Sweep() => files.Sweep(db => db.Attachments.Where(a => a.DraftId == alive).Select(a => a.DraftId), _app.Services.GetRequiredService<IDbContextFactory<ConcentricDb>>());

        Assert.Equal(0, await Sweep());
        _app.Clock.Now += TimeSpan.FromDays(2);
        Assert.Equal(2, await Sweep());

        Assert.Equal(new[] { living.Id, sent.Id }.Order(), (await _app.Db(db => db.Attachments.Select(a => a.Id).ToListAsync())).Order());
        Assert.Equal(new[] { files.PathOf(living.Id), files.PathOf(sent.Id) }.Order(), Files().Order());
        Assert.NotEqual(left.Id, living.Id);
    }

    [Fact]
    public async Task A_backup_holds_the_files_that_citizens_sent()
    {
        if (TestDatabase.IsPostgres) return;
        var kept = (await Keep("a.pdf", Pdf())).Kept!;
        var target = new FileInfo(Path.Combine(_app.Data, "backup.tar.gz"));

        await using (var db = TestDatabase.Open(_app.Connection)) await Backup.Take(target, _app.Services.GetRequiredService<Settings>(), db, _app.Clock.Now);

        var names = new List<string>();
        await using var tar = new TarReader(new GZipStream(target.OpenRead(), CompressionMode.Decompress));
        while (await tar.GetNextEntryAsync() is { } entry) names.Add(entry.Name);
        Assert.Contains($"attachments/{$"{kept.Id:N}"[^2..]}/{kept.Id:N}", names);
    }

    public void Dispose()
    {
        _app.Dispose();
        _scanner.Dispose();
    }

    private Guid NewId() => Guid.CreateVersion7(_app.Clock.Now);

    private Task<KeepOutcome> Keep(string name, byte[] bytes, Guid? draft = null) =>
        _app.Services.GetRequiredService<KeptAttachments>().Keep(new MemoryStream(bytes), name, null, draft ?? NewId(), "proof", new([]));

    private Task<int> CheckHeld() => _app.Services.GetRequiredService<KeptAttachments>().CheckHeld(_app.Services.GetRequiredService<IDbContextFactory<ConcentricDb>>(), default);

    private Task<Attachment> Row(Guid id) => _app.Db(db => db.Attachments.AsNoTracking().SingleAsync(a => a.Id == id));

    private string[] Files() => Directory.Exists(Path.Combine(_app.Data, "attachments")) ? Directory.GetFiles(Path.Combine(_app.Data, "attachments"), "*", SearchOption.AllDirectories) : [];
}
