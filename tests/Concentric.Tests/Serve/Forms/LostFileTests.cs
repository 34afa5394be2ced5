using System.Net;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Attachments;
using Concentric.Serve.Forms;
using Concentric.Tests.Serve.Attachments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Forms;

/// <summary>A file that came while the virus scanner was away, and what its citizen and the desk are told once it is back.</summary>
public sealed class LostFileTests : IDisposable
{
    private const string Virus = "hole.jpg";

    private readonly StubScanner _scanner = new();
    private readonly ScannedApp _app;

    public LostFileTests() => _app = new(_scanner.Address);

    [Theory]
    [InlineData(Language.English, "good.jpg (being checked for viruses) Remove")]
    [InlineData(Language.Welsh, "good.jpg (yn cael ei wirio am firysau) Dileu")]
    public async Task While_it_is_checked_its_citizen_reads_so(Language language, string line)
    {
        var ada = await WithFile("good.jpg", Made.Jpeg(), language);
        Assert.Contains(line, ada.Browser.Text, StringComparison.Ordinal);

        Assert.Equal(1, await CheckHeld());
        await ada.Browser.Open($"{ada.Draft}/photos");

        Assert.Contains("good.jpg", ada.Browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("(", ada.Browser.Page.QuerySelector(".app-files")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_after_it_was_sent_the_desk_sees_what_became_of_it()
    {
        var ada = await WithFile();
        await Onward(ada);
        await ada.Send();
        Assert.Equal("sent", ada.Here);
        Assert.Contains($"{Virus} (being checked for viruses)", await Desk(), StringComparison.Ordinal);

        Assert.Equal(1, await CheckHeld());

        Assert.Contains($"{Virus} (a virus was found; the file was deleted)", await Desk(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.English, $"“{Virus}” contains a virus, so we deleted it. Select another file")]
    [InlineData(Language.Welsh, $"Mae “{Virus}” yn cynnwys feirws, felly rydym wedi’i dileu. Dewiswch ffeil arall")]
    public async Task Refused_before_it_is_sent_nothing_is_sent_until_its_citizen_has_read_of_it(Language language, string words)
    {
        var ada = await WithFile(language: language);
        await Onward(ada);
        Assert.Equal(1, await CheckHeld());

        await ada.Send();
        Assert.Equal(("photos", HttpStatusCode.OK), (ada.Here, ada.Browser.Status));
        Assert.Equal(words, Message(ada));
        Assert.Equal(0, await _app.Db(db => db.Submissions.CountAsync()));
        await ada.Browser.Open($"{ada.Draft}/check");
        Assert.Equal(("photos", words), (ada.Here, Message(ada)));
        // Another in its place, and on.
        await ada.Browser.Post(ada.Action(), [], [("photos", "other.jpg", Made.Jpeg([1]))]);
        Assert.Equal(("check", HttpStatusCode.OK), (ada.Here, ada.Browser.Status));
        Assert.DoesNotContain(Virus, ada.Browser.Text, StringComparison.Ordinal);
        await ada.Send();

        var submission = await _app.Db(db => db.Submissions.SingleAsync());
        Assert.DoesNotContain(Virus, submission.Answers, StringComparison.Ordinal);
        Assert.Equal("other.jpg", (await _app.Db(db => db.Attachments.SingleAsync(a => a.SubmissionId == submission.Id))).FileName);
    }

    [Fact]
    public async Task Whoever_has_the_page_open_all_the_while_is_told_when_they_continue_and_can_go_on_without_it()
    {
        var ada = await WithFile();
        await Onward(ada);
        await ada.Browser.Open($"{ada.Draft}/photos?change=yes");
        Assert.Equal(1, await CheckHeld());

        await ada.Browser.Post(ada.Action(), []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Browser.Status);
        Assert.Contains(Virus, Message(ada), StringComparison.Ordinal);
        await ada.Browser.Post(ada.Action(), []);

        Assert.Equal("check", ada.Here);
        await ada.Send();
        Assert.Equal("sent", ada.Here);
    }

    [Fact]
    public async Task A_required_proof_that_was_refused_does_not_count_as_given()
    {
        var form = Library.Forms.Single(f => f.Id == "parking-permit");
        var ada = await new FillsIn(_app.Browse(), form, FindAnswers.Leading(form, "proof", Today)!).Begin();
        await ada.GoTo("proof");
        _scanner.Mood = StubMood.HangsUp;
        await ada.Browser.Post(ada.Action(), [("proof", "document"), ("_stay", "yes")], [("document", "bill.jpg", Made.Jpeg(Made.Utf8(StubScanner.Eicar)))]);
        Assert.Equal(1, await CheckHeld());

        await ada.Browser.Post(ada.Action(), [("proof", "document")]);
        Assert.Contains("bill.jpg", Message(ada), StringComparison.Ordinal);
        await ada.Browser.Post(ada.Action(), [("proof", "document")]);

        Assert.Equal(("proof", HttpStatusCode.UnprocessableEntity), (ada.Here, ada.Browser.Status));
        Assert.DoesNotContain("bill.jpg", ada.Browser.Text, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _app.Dispose();
        _scanner.Dispose();
    }

    private DateOnly Today => Say.DayOf(_app.Clock.Now);

    /// <summary>On the page of the photos, with one that came while the scanner was away.</summary>
    private async Task<FillsIn> WithFile(string name = Virus, byte[]? bytes = null, Language language = Language.English)
    {
        var form = Library.Forms.Single(f => f.Id == "pothole");
        var ada = await new FillsIn(_app.Browse(), form, FindAnswers.Complete(form, Today)!.With("photos", Value.Nothing), language).Begin();
        await ada.GoTo("photos");
        _scanner.Mood = StubMood.HangsUp;
        await ada.Browser.Post(ada.Action(), [("_stay", "yes")], [("photos", name, bytes ?? Made.Jpeg(Made.Utf8(StubScanner.Eicar)))]);
        return ada;
    }

    /// <summary>Continues from the photos with what is there, and to the answers.</summary>
    private static async Task Onward(FillsIn ada)
    {
        await ada.Browser.Post(ada.Action(), []);
        await ada.GoTo();
    }

    private Task<int> CheckHeld()
    {
        _scanner.Mood = StubMood.Well;
        return _app.Services.GetRequiredService<KeptAttachments>().CheckHeld(_app.Services.GetRequiredService<IDbContextFactory<ConcentricDb>>(), default);
    }

    private async Task<string> Desk() =>
        (await (await _app.SignInAs(Role.Adviser)).Open($"/desk/enquiries/{await _app.Db(db => db.Submissions.Select(s => s.Reference).SingleAsync())}")).Text;

    private static string Message(FillsIn ada) => ada.Browser.Page.QuerySelector(".govuk-error-summary a[href='#photos'], .govuk-error-summary a[href='#document']")!.TextContent.Trim();
}
