using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Concentric.Core;
using Concentric.Measure.FailureDemand;

namespace Concentric.Tests.Measure.FailureDemand;

public class TrainTextsTests
{
    private static readonly string[] _failure = ["my bin was not collected again", "nobody came for the repair", "still no answer to my email", "the letter is wrong", "chasing what I reported last week"];
    private static readonly string[] _value = ["please send a new bin", "I want to pay my council tax", "apply for a parking permit", "report a pothole in the road", "book a bulky collection"];

    [Fact]
    public void The_share_is_that_of_the_rows_nobody_labelled_and_put_right()
    {
        // A third of the others are failure; the labelled half and half: the prior of the training must not carry over.
        var report = Run(Csv(labelled: 300, free: 600, part: 3, noise: 0));

        Assert.Equal((300, 600), (report.Labelled, report.Unlabelled));
        Assert.Equal(600, report.Share!.Of);
        Assert.InRange(report.Share.Value, 0.30, 0.37);
        Assert.Null(report.Share.Known);
        Assert.Contains(report.For, w => w.Word == "not");
        Assert.Contains(report.Against, w => w.Word == "please");
    }

    [Fact]
    public void A_classifier_that_errs_is_corrected_and_the_share_before_that_stands_nowhere()
    {
        var report = Run(Csv(labelled: 2000, free: 4000, part: 5, noise: 4));
        var json = JsonSerializer.Serialize(report, Concentric.Core.Operations.JsonOption.Format);

        // A fifth of all; every fourth text says the opposite of its label.
        Assert.InRange(report.Test.Recall!.Value, 0.65, 0.85);
        Assert.InRange(report.Share!.Value, 0.13, 0.27);
        Assert.True(report.Share.Low < 0.2 && report.Share.High > 0.2);
        Assert.DoesNotContain("raw", json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("found", json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("predicted", json, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Where_all_is_labelled_some_labels_are_held_back_to_see_the_correction_at_work()
    {
        var report = Run(Csv(labelled: 1000, free: 0, part: 2, noise: 5));

        Assert.Equal(200, report.HeldBack);
        Assert.NotNull(report.Share!.Known);
        Assert.InRange(report.Share.Known!.Value, report.Share.Low, report.Share.High);
    }

    [Fact]
    public void Channels_on_which_it_errs_otherwise_are_told()
    {
        var csv = new StringBuilder("note,kind,how,who\n");
        for (var i = 0; i < 1200; i++)
        {
            var failure = i % 2 == 0;
            var web = i / 2 % 2 == 0;
            // On the web it cannot be told from the words.
            var words = (web ? i / 4 % 2 == 0 : failure) ? _failure : _value;
            csv.Append(Invariant($"{words[i % 5]},{(failure ? "failure" : "value")},{(web ? "web" : "phone")},w{i % 3}\n"));
        }
        var report = ClassifyTexts.Run(new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString())), new() { Text = "note", Label = "kind", Channel = "how", Writer = "who" });

        Assert.True(report.Channels.All(c => c.Differs));
        Assert.True(report.Channels.Single(c => c.Name == "phone").Test.Recall > report.Channels.Single(c => c.Name == "web").Test.Recall + 0.2);
        Assert.Equal(3, report.Writers.Count);
        Assert.Contains(report.Cautions, c => c.StartsWith("It errs otherwise on channels", StringComparison.Ordinal) && c.Contains("“web”", StringComparison.Ordinal));
    }

    [Fact]
    public void A_word_that_may_be_a_name_is_not_printed()
    {
        var csv = Csv(labelled: 300, free: 0, part: 2, noise: 0) + "Mrs Montmorency has not been called,failure\n";

        var report = Run(csv, words: 1000);

        Assert.DoesNotContain(report.For.Concat(report.Against), w => w.Word == "montmorency");
        Assert.True(report.Vocabulary > report.For.Count);
    }

    [Theory]
    [InlineData("note,kind\na,failure\n", "80 labelled rows are needed")]
    [InlineData("text,kind\na,failure\n", "no column “note”")]
    [InlineData("", "The file is empty")]
    [InlineData("note,kind\na,one\nb,two\nc,three\n", "Say which value of “kind” counts")]
    [InlineData("note,kind\n\"a,failure\n", "opened on line 2 is never closed")]
    [InlineData("note,kind\na,failure,more\n", "Line 2 cannot be read")]
    public void A_file_that_cannot_be_used_is_refused_with_what_to_do(string csv, string says) =>
        Assert.Contains(says, Assert.Throws<RefusedException>(() => Run(csv)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bostons_closure_reasons_show_the_method()
    {
        // An exercise: whether a text names a duplicate is known from the text itself, and says nothing of any council.
        using var file = File.OpenRead(Vectors.Find(Path.Combine("data", "contacts", "boston311-2015-h1.csv.gz")));

        var report = ClassifyTexts.Run(file, new() { Text = "closure_reason", Label = "closure_reason", Contains = "duplicate", Channel = "source" });

        Assert.True(report.Test.Kappa > 0.8);
        Assert.Equal("duplicate", report.For[0].Word);
        Assert.True(report.Share!.Known >= report.Share.Low - 0.01 && report.Share.Known <= report.Share.High + 0.01);
        Assert.True(report.Channels.Count > 2);
    }

    [Fact]
    public void A_file_that_unfolds_without_end_or_holds_too_much_is_refused()
    {
        var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            var same = Encoding.UTF8.GetBytes(new string('a', 1_000_000));
            for (var i = 0; i < 100; i++) gzip.Write(same);
        }
        bomb.Position = 0;
        var request = new ClassifyRequest { Text = "note", Label = "kind" };

        // One line without an end: it is never in memory whole.
        Assert.Throws<RefusedException>(() => TextFile.Read(bomb, request));
        Assert.True(bomb.Position < bomb.Length, "The whole of it was unpacked");
        Assert.Contains("more than 100 characters together", Assert.Throws<RefusedException>(() => TextFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(Csv(labelled: 10, free: 0, part: 2, noise: 0))), request, mostHeld: 100)).Message, StringComparison.Ordinal);
        // What parts the fields is seen in the header alone.
        Assert.Equal(2, TextFile.Read(new MemoryStream("kind;note\nfailure;a, b, c, d\nvalue;e, f\n"u8.ToArray()), request).Rows.Count);
    }

    private static TextReport Run(string csv, int words = 20) => ClassifyTexts.Run(new MemoryStream(Encoding.UTF8.GetBytes(csv)), new() { Text = "note", Label = "kind", Words = words });

    /// <param name="part">Of the rows without a label, every so many is failure.</param>
    /// <param name="noise">Every so many texts say the opposite of their label; 0: none.</param>
    private static string Csv(int labelled, int free, int part, int noise)
    {
        var csv = new StringBuilder("note,kind\n");
        for (var i = 0; i < labelled + free; i++)
        {
            var failure = i < labelled ? i % 2 == 0 : i % part == 0;
            var says = noise > 0 && (i * 2654435761L >> 16) % noise == 0 ? !failure : failure;
            csv.Append(Invariant($"{(says ? _failure : _value)[i * 13 / 7 % 5]},{(i < labelled ? failure ? "failure" : "value" : "")}\n"));
        }
        return csv.ToString();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
