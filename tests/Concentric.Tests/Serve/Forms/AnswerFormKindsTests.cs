using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Concentric.Core;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Tests.Serve.Attachments;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Forms;

/// <summary>What needs more than one field on one page: rows, files, tasks, paying.</summary>
public sealed class AnswerFormKindsTests : IDisposable
{
    private readonly TestApp _app = new();

    private DateOnly Today => Say.DayOf(_app.Clock.Now);

    [Fact]
    public async Task Rows_are_added_changed_and_removed()
    {
        var ada = await AtRows();

        await Row(ada, 1, ("what", "sofa"), ("how-many", "1"));
        await Row(ada, 2, ("what", "mattress"), ("how-many", "2"));
        Assert.Equal(2, ada.Browser.Page.QuerySelectorAll(".govuk-summary-list__row").Length);
        await ada.Browser.Open($"{ada.Draft}/items/rows/1");
        await ada.Browser.Press("Save and continue", ("how-many", "3"));
        Assert.Equal(["sofa 3", "mattress 2"], await RowsOf(ada));
        await ada.Browser.Open($"{ada.Draft}/items/rows/1");
        await ada.Browser.Press("Remove this one");

        Assert.Equal(["mattress 2"], await RowsOf(ada));
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Browser.Open($"{ada.Draft}/items/rows/3")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Browser.Open($"{ada.Draft}/items/rows/0")).Status);
    }

    [Fact]
    public async Task A_row_with_a_mistake_is_shown_again_and_not_kept()
    {
        var ada = await AtRows();
        await ada.Browser.Open($"{ada.Draft}/items/rows/1");

        await ada.Browser.Press("Save and continue", ("what", "sofa"), ("words", "brown"), ("how-many", "many"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Browser.Status);
        Assert.Equal("brown", ada.Browser.Page.GetElementById("words")!.GetAttribute("value"));
        Assert.NotNull(ada.Browser.Page.QuerySelector(".govuk-error-summary a[href='#how-many']"));
        Assert.Empty(await RowsOf(ada));
    }

    [Fact]
    public async Task Pressing_twice_adds_one_row_and_two_tabs_add_two()
    {
        var ada = await AtRows();
        await ada.Browser.Open($"{ada.Draft}/items/rows/1");
        for (var press = 0; press < 2; press++) await ada.Browser.Post($"{ada.Draft}/items/rows/1", [("what", "sofa"), ("how-many", "1")]);
        Assert.Equal(["sofa 1"], await RowsOf(ada));

        // Both tabs showed an empty second row.
        await ada.Browser.Post($"{ada.Draft}/items/rows/2", [("what", "mattress"), ("how-many", "1")]);
        await ada.Browser.Post($"{ada.Draft}/items/rows/2", [("what", "sofa"), ("how-many", "2")]);

        Assert.Equal(["sofa 1", "mattress 1", "sofa 2"], await RowsOf(ada));
    }

    [Fact]
    public async Task Two_tabs_that_remove_or_change_touch_only_what_each_of_them_saw()
    {
        var ada = await AtRows();
        foreach (var (i, what) in new[] { "sofa", "mattress", "fridge" }.Index()) await Row(ada, i + 1, ("what", what), ("how-many", "1"));
        async Task<string> Seen(int row) => (await ada.Browser.Open($"{ada.Draft}/items/rows/{row}")).Page.QuerySelector<IHtmlInputElement>("input[name=_seen]")!.Value;
        var (first, second) = (await Seen(1), await Seen(2));

        await ada.Browser.Post($"{ada.Draft}/items/rows/1", [("_remove", "yes"), ("_seen", first)]);
        await ada.Browser.Post($"{ada.Draft}/items/rows/1", [("_remove", "yes"), ("_seen", first)]);
        Assert.Equal(["mattress 1", "fridge 1"], await RowsOf(ada));
        // The other tab still calls the mattress the second row.
        await ada.Browser.Post($"{ada.Draft}/items/rows/2", [("what", "mattress"), ("how-many", "4"), ("_seen", second)]);
        Assert.Equal(["mattress 4", "fridge 1"], await RowsOf(ada));
        await ada.Browser.Post($"{ada.Draft}/items/rows/2", [("_remove", "yes"), ("_seen", second)]);

        Assert.Equal(["mattress 4", "fridge 1"], await RowsOf(ada));
    }

    [Fact]
    public async Task Files_are_kept_with_the_page_removed_on_it_and_sent_with_the_form()
    {
        var ada = await Filled("pothole");
        await ada.GoTo("photos");
        await ada.Browser.Post(ada.Action(), [("_stay", "yes")], [("photos", "hole.jpg", Made.Jpeg()), ("photos", "street.jpg", Made.Jpeg([1]))]);
        Assert.Equal(("photos", 2), (ada.Here, ada.Browser.Page.QuerySelectorAll(".app-files li").Length));

        var remove = ada.Browser.Page.QuerySelector("button[name=_remove]")!.GetAttribute("value")!;
        await ada.Browser.Post(ada.Action(), [("_remove", remove)]);
        Assert.Equal(("photos", "street.jpg Remove street.jpg"), (ada.Here, string.Join(' ', ada.Browser.Page.QuerySelector(".app-files li")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        await ada.Browser.Post(ada.Action(), []);
        Assert.NotEqual("photos", ada.Here);
        await ada.GoTo();
        Assert.Contains("street.jpg", ada.Browser.Text, StringComparison.Ordinal);
        await ada.Send();

        var submission = await _app.Db(db => db.Submissions.SingleAsync());
        Assert.Equal("street.jpg", (await _app.Db(db => db.Attachments.SingleAsync(a => a.SubmissionId == submission.Id))).FileName);
    }

    [Fact]
    public async Task A_bad_file_is_refused_with_its_reason_and_the_good_one_beside_it_is_kept_and_shown()
    {
        var ada = await Filled("pothole");
        await ada.GoTo("photos");

        await ada.Browser.Post(ada.Action(), [], [("photos", "hole.jpg", Made.Jpeg()), ("photos", "setup.exe", BadFiles.All["program by name"].Bytes)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Browser.Status);
        Assert.Contains("must be", ada.Browser.Page.QuerySelector(".govuk-error-summary a[href='#photos']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("hole.jpg", Assert.Single(ada.Browser.Page.QuerySelectorAll(".app-files li")).TextContent, StringComparison.Ordinal);
        await ada.Browser.Post(ada.Action(), [], [.. Enumerable.Range(0, 5).Select(n => ("photos", $"{n}.jpg", Made.Jpeg([(byte)n])))]);
        Assert.Contains("up to 4 files", ada.Browser.Page.QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(4, ada.Browser.Page.QuerySelectorAll(".app-files li").Length);
    }

    [Fact]
    public async Task Uploading_the_same_file_twice_lists_it_once_though_one_is_all_that_is_taken()
    {
        var form = Shipped("parking-permit");
        var document = form.Questions.Single(q => q.Id == "document");
        var ada = await new FillsIn(_app.Browse(), form, FindAnswers.Leading(form, "proof", Today)!).Begin();
        await ada.GoTo("proof");

        // As many as may be: another would be one too many.
        for (var press = 0; press < 2; press++)
            await ada.Browser.Post(ada.Action(), [("proof", "document"), ("_stay", "yes")], [.. Enumerable.Range(0, document.AtMost!.Value).Select(n => ("document", $"{n}.jpg", Made.Jpeg([(byte)n])))]);

        Assert.Equal(HttpStatusCode.OK, ada.Browser.Status);
        Assert.Equal(document.AtMost, ada.Browser.Page.QuerySelectorAll(".app-files li").Length);
        Assert.Equal(document.AtMost, await _app.Db(db => db.Attachments.CountAsync(a => a.Question == "document")));
    }

    [Fact]
    public async Task A_box_for_files_says_which_kinds_it_takes_so_that_phones_make_a_JPEG()
    {
        var ada = await Filled("pothole");
        await ada.GoTo("photos");

        Assert.Equal(".jpg,.jpeg,.png", ada.Browser.Page.QuerySelector("input[type=file]")!.GetAttribute("accept"));
    }

    [Fact]
    public async Task A_file_under_a_choice_comes_with_the_choice()
    {
        var form = Shipped("parking-permit");
        var lead = FindAnswers.Leading(form, "proof", Today)!;
        var ada = await new FillsIn(_app.Browse(), form, lead).Begin();
        await ada.GoTo("proof");
        Assert.Equal("multipart/form-data", ada.Browser.Page.QuerySelector("main form")!.GetAttribute("enctype"));

        await ada.Browser.Post(ada.Action(), [("proof", "document")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Browser.Status);
        await ada.Browser.Post(ada.Action(), [("proof", "document")], [("document", "letter.pdf", Made.Pdf())]);

        Assert.Equal(HttpStatusCode.OK, ada.Browser.Status);
        Assert.NotEqual("proof", ada.Here);
    }

    [Fact]
    public async Task A_list_of_tasks_says_what_is_done_and_only_then_leads_to_the_answers()
    {
        var ada = await Filled("report-a-change");
        Assert.Equal("tasks", ada.Here);
        Assert.Contains("Cannot start yet", ada.Browser.Text, StringComparison.Ordinal);
        Assert.Empty(ada.Browser.Page.QuerySelectorAll("a[href$='/check']"));
        Assert.Equal("tasks", (await ada.Browser.Open($"{ada.Draft}/check")) is not null ? ada.Here : "");

        await ada.GoTo();

        await ada.Browser.Open($"{ada.Draft}/tasks");
        Assert.DoesNotContain("Cannot start yet", ada.Browser.Text, StringComparison.Ordinal);
        Assert.Single(ada.Browser.Page.QuerySelectorAll("a[href$='/check']"));
    }

    [Fact]
    public async Task A_sensitive_form_can_be_left_at_once_from_every_page()
    {
        var ada = await Filled("homelessness-first-contact");
        while (ada.Here != "check")
        {
            Assert.NotNull(ada.Browser.Page.QuerySelector(".govuk-exit-this-page a"));
            await ada.Continue();
        }
        Assert.NotNull(ada.Browser.Page.QuerySelector(".govuk-exit-this-page a"));
        Assert.Null((await (await Filled("pothole")).Browser.Open("/forms/pothole")).Page.QuerySelector(".govuk-exit-this-page"));
    }

    [Fact]
    public async Task Paying_is_asked_after_sending_and_one_that_fails_loses_nothing()
    {
        var ada = await Filled("bulky-waste");
        await ada.GoTo();
        await ada.Browser.Press("Accept, send and pay");
        var submission = await _app.Db(db => db.Submissions.SingleAsync());
        Assert.Contains("To pay: £", ada.Browser.Text, StringComparison.Ordinal);

        await ada.Browser.Follow("Pay now");
        Assert.Contains($"{submission.Reference}", ada.Browser.Text, StringComparison.Ordinal);
        await ada.Browser.Press("Pay now");
        await ada.Browser.Press("Play that it fails");
        Assert.Contains($"{submission.Reference}", ada.Browser.Text, StringComparison.Ordinal);
        Assert.Contains("Your payment was not taken", ada.Browser.Text, StringComparison.Ordinal);
        Assert.Equal(PaymentState.Failed, await State());
        await ada.Browser.Press("Try again");
        await ada.Browser.Press("Play that it is paid");
        await ada.Browser.Open($"{ada.Draft}/sent");
        Assert.DoesNotContain("Pay now", ada.Browser.Text, StringComparison.Ordinal);
        // Paid is paid: asking once more begins no other payment.
        await ada.Browser.Open("/forms/pothole");
        await ada.Browser.Post($"{ada.Draft}/pay", []);
        Assert.Equal("sent", ada.Here);

        Assert.Equal(PaymentState.Paid, await State());
        Assert.Equal(1, await _app.Db(db => db.Submissions.CountAsync()));
    }

    public void Dispose() => _app.Dispose();

    private Task<PaymentState> State() => _app.Db(db => db.Payments.Select(p => p.State).SingleAsync());

    private static Form Shipped(string id) => Library.Forms.Single(f => f.Id == id);

    private async Task<FillsIn> Filled(string id) => await new FillsIn(_app.Browse(), Shipped(id), FindAnswers.Complete(Shipped(id), Today)!).Begin();

    private async Task<FillsIn> AtRows()
    {
        var ada = await Filled("bulky-waste");
        await ada.GoTo("items");
        return ada;
    }

    private static async Task Row(FillsIn ada, int row, params (string, string)[] fields)
    {
        await ada.Browser.Open($"{ada.Draft}/items/rows/{row}");
        await ada.Browser.Press("Save and continue", fields);
        Assert.Equal("items", ada.Here);
    }

    private async Task<List<string>> RowsOf(FillsIn ada)
    {
        var id = Guid.ParseExact(ada.Draft.Split('/')[^1], "N");
        var draft = await _app.Db(db => db.Drafts.AsNoTracking().SingleAsync(d => d.Id == id));
        return [.. Answers.Read(Shipped("bulky-waste"), draft.Answers)["items"].AsItems.Select(r => $"{r.Part("what")} {r.Part("how-many")}")];
    }
}
