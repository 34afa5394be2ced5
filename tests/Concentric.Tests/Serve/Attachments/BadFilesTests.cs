using System.Diagnostics;
using Concentric.Serve.Attachments;
using Microsoft.Extensions.DependencyInjection;
using static Concentric.Tests.Serve.Attachments.Made;

namespace Concentric.Tests.Serve.Attachments;

/// <summary>Files are what their names say from the first byte to the last, or they are refused.</summary>
public sealed class BadFilesTests(SharedApp app) : IClassFixture<SharedApp>
{
    public static TheoryData<string> Bad => [.. BadFiles.All.Keys];

    [Fact]
    public void There_are_at_least_fifty_of_them() => Assert.True(BadFiles.All.Count >= 50, $"{BadFiles.All.Count}");

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_file_is_refused_with_a_message_and_nothing_is_kept(string what)
    {
        var (name, type, bytes) = BadFiles.All[what];
        var before = Kept();

        var outcome = await Keep(name, type, bytes);

        Assert.Null(outcome.Kept);
        Assert.StartsWith("The selected file ", outcome.Refused!.Message.En, StringComparison.Ordinal);
        Assert.NotNull(outcome.Refused.Message.Cy);
        Assert.Equal(before, Kept());
    }

    public static TheoryData<string> Good => ["a.pdf", "a.jpg", "A.JPEG", "a.png", "a.docx", "chart.docx", "a.xlsx", "a.odt", "a.txt", "old.txt", "wide.txt", "a.csv", "Bill from example.com.pdf"];

    [Theory]
    [MemberData(nameof(Good))]
    public async Task An_honest_file_is_kept(string name)
    {
        byte[] bytes = name switch
        {
            "a.jpg" or "A.JPEG" => Jpeg(),
            "a.png" => Png(),
            "a.docx" => Docx(),
            "chart.docx" => Docx(("word/embeddings/Sheet.xlsx", Xlsx()), ("word/_rels/document.xml.rels", Utf8("<Relationships><Relationship Type=\"x/hyperlink\" Target=\"https://a.example/\" TargetMode=\"External\"/></Relationships>"))),
            "a.xlsx" => Xlsx(),
            "a.odt" => Odt(),
            "a.txt" => Utf8("Tŷ bach\r\n\tyes"),
            "old.txt" => [0x93, 0x80, 0x94],
            "wide.txt" => [0xFF, 0xFE, 65, 0],
            "a.csv" => Utf8("name,age\nA,3\n"),
            _ => Pdf(),
        };

        var outcome = await Keep(name, "application/octet-stream", bytes);

        Assert.Null(outcome.Refused?.Message.En);
        var path = app.Services.GetRequiredService<KeptAttachments>().PathOf(outcome.Kept!.Id);
        Assert.Equal(outcome.Kept.Size, new FileInfo(path).Length);
        Assert.StartsWith(Path.Combine(app.Data, "attachments"), path, StringComparison.Ordinal);
        Assert.DoesNotContain("a.pdf", path, StringComparison.Ordinal);
        Assert.Equal(AttachmentState.Unscanned, outcome.Kept.State);
    }

    [Theory]
    [InlineData("DOCX that unpacks to gigabytes")]
    [InlineData("DOCX with a hundred thousand entries")]
    [InlineData("DOCX whose entries overlap")]
    [InlineData("DOCX that says it is small")]
    [InlineData("DOCX with a hundred that unpack to gigabytes together")]
    [InlineData("DOCX with a thousand inside")]
    public void A_bomb_is_found_in_a_second_and_with_little_memory(string what)
    {
        var bytes = BadFiles.All[what].Bytes;
        OfficeFile.Check("docx", Docx());
        var (memory, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());

        Assert.NotNull(OfficeFile.Check("docx", bytes));

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1), $"{Stopwatch.GetElapsedTime(started)}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - memory < 50_000_000, $"{GC.GetAllocatedBytesForCurrentThread() - memory}");
    }

    [Fact]
    public void A_document_with_a_workbook_behind_each_of_many_charts_is_taken() =>
        Assert.Null(OfficeFile.Check("docx", Docx([.. Enumerable.Range(0, 60).Select(n => ($"word/embeddings/Sheet{n}.xlsx", Xlsx()))])));

    [Fact]
    public async Task Messages_are_those_of_the_design_system()
    {
        Assert.Equal("The selected file is empty", (await Keep("a.pdf", null, [])).Refused!.Message.En);
        Assert.Equal("The selected file must be a PDF, JPG, PNG, DOCX, XLSX, ODT, TXT or CSV", (await Keep("a.exe", null, [1])).Refused!.Message.En);
        Assert.Equal("The selected file must be a JPG or PNG", (await Keep("a.pdf", null, Pdf(), new(["png", "jpeg"]))).Refused!.Message.En);
        Assert.Equal("The selected file must be smaller than 10MB", (await Keep("a.pdf", null, new byte[10 * 1024 * 1024 + 1])).Refused!.Message.En);
        Assert.Equal("The selected file is password protected", (await Keep("a.docx", null, BadFiles.All["DOCX with a password"].Bytes)).Refused!.Message.En);
        Assert.Equal("The selected file is a HEIC photo. Save it as a JPG and then select it", (await Keep("a.heic", null, [1])).Refused!.Message.En);
    }

    [Fact]
    public async Task A_stream_without_end_is_left_once_it_is_too_large()
    {
        using var endless = new Endless();

        var outcome = await app.Services.GetRequiredService<KeptAttachments>().Keep(endless, "a.pdf", null, Guid.CreateVersion7(app.Clock.Now), "q", new([]));

        Assert.Equal(FileProblem.TooLarge, outcome.Refused!.Problem);
        Assert.InRange(endless.Given, FileLimits.MostBytes, FileLimits.MostBytes + 200_000);
    }

    [Fact]
    public async Task A_question_takes_so_many_files_and_no_more()
    {
        var draft = Guid.CreateVersion7(app.Clock.Now);
        var files = app.Services.GetRequiredService<KeptAttachments>();
        FileLimits two = new([], AtMost: 2);
        for (var i = 0; i < 2; i++) Assert.NotNull((await files.Keep(new MemoryStream(Pdf(before: $"%{i}\n")), "a.pdf", null, draft, "proof", two)).Kept);
        var before = Kept();

        var third = await files.Keep(new MemoryStream(Pdf()), "a.pdf", null, draft, "proof", two);

        Assert.Equal("You can only select up to 2 files", third.Refused!.Message.En);
        Assert.Equal(before, Kept());
        Assert.NotNull((await files.Keep(new MemoryStream(Pdf()), "a.pdf", null, draft, "other", two)).Kept);
    }

    private int Kept() => Directory.Exists(Path.Combine(app.Data, "attachments")) ? Directory.EnumerateFiles(Path.Combine(app.Data, "attachments"), "*", SearchOption.AllDirectories).Count() : 0;

    private Task<KeepOutcome> Keep(string name, string? type, byte[] bytes, FileLimits? limits = null) =>
        app.Services.GetRequiredService<KeptAttachments>().Keep(new MemoryStream(bytes), name, type, Guid.CreateVersion7(app.Clock.Now), "proof", limits ?? new([]));

    private sealed class Endless : Stream
    {
        public long Given { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            return count;
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
