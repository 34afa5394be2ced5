using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Concentric.Core;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Requests that no page of ours sends: nothing that was not asked is kept, and nothing breaks.</summary>
public sealed class OverPostingTests(SharedApp app) : IClassFixture<SharedApp>
{
    private DateOnly Today => Say.DayOf(app.Clock.Now);

    public static TheoryData<string> Forms => TestDatabase.IsPostgres ? ["missed-bin"] : [.. Library.Forms.Select(f => f.Id).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Fields_of_other_pages_and_of_the_draft_itself_are_not_taken()
    {
        var (first, second) = (await Filled("pothole"), await Filled("pothole"));
        var other = second.Draft.Split('/')[^1];

        await first.Browser.Post(first.Action(), first.FieldsOf(Shipped("pothole").Pages[0].Questions).Concat(
        [
            ("Done", "check"), ("done", "[\"danger\",\"where\"]"), ("Id", other), ("id", other), ("draft", other), ("Draft.Id", other), ("SentAt", "2020-01-01"), ("Version", "99"), ("By", "asha"), ("Channel", "phone"),
            ("Email", "eve@example.com"), ("KeyDigest", "AAAA"), ("Answers", "{}"), ("Revision", "99"), ("where.words", "Here"), ("full-name", "Eve"), ("urgent", "true"), ("our-phone", "07700 900000"), ("mend-days", "0"), ("__proto__", "x"),
        ]));

        var (mine, theirs) = (await DraftOf(first), await DraftOf(second));
        Assert.Equal([Shipped("pothole").Pages[0].Id], Answers.Read(Shipped("pothole"), mine.Answers).Done);
        Assert.Equal([.. Shipped("pothole").Pages[0].Questions.Select(q => q.Id)], Answers.Read(Shipped("pothole"), mine.Answers).Values.Keys);
        Assert.Equal((null, null, "web", null), (mine.SentAt, mine.By, mine.Channel, mine.Email));
        Assert.Equal(Answers.None.Write(), theirs.Answers);
    }

    [Fact]
    public async Task Answers_to_questions_that_a_choice_does_not_reveal_are_not_kept()
    {
        var form = Shipped("parking-permit");
        var choice = form.Questions.First(q => q.Choices.Any(c => c.Reveals.Any(r => r.Kind is not QuestionKind.File)) || q.Choices.Any(c => c.Reveals.Count > 0));
        var hiding = choice.Choices.First(c => c.Reveals.Count == 0);
        var page = form.Pages.First(p => p.Questions.Contains(choice));
        var ada = await new FillsIn(app.Browse(), form, FindAnswers.Leading(form, page.Id, Today)!).Begin();
        await ada.GoTo(page.Id);

        await ada.Browser.Post(ada.Action(), choice.Choices.SelectMany(c => c.Reveals).Select(r => (r.Id, "typed all the same")).Append((choice.Id, hiding.Value)));

        var answers = Answers.Read(form, (await DraftOf(ada)).Answers);
        Assert.Equal(hiding.Value, $"{answers[choice.Id]}");
        Assert.All(choice.Choices.SelectMany(c => c.Reveals), r => Assert.True(answers[r.Id].IsNothing));
    }

    [Fact]
    public async Task A_file_that_was_never_sent_cannot_be_named()
    {
        var ada = await Filled("pothole");
        await ada.GoTo("photos");

        await ada.Browser.Post(ada.Action(), [("photos", $"{Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(20_000)):N}"), ("photos[0].id", $"{Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(20_000)):N}"), ("photos.id", $"{Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(20_000)):N}"), ("_remove", $"{Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(20_000)):N}")]);

        Assert.Equal(HttpStatusCode.OK, ada.Browser.Status);
        Assert.True(Answers.Read(Shipped("pothole"), (await DraftOf(ada)).Answers)["photos"].IsNothing);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Whatever_is_sent_to_a_page_never_breaks_it(string id)
    {
        var form = Shipped(id);
        var ada = await new FillsIn(app.Browse(), form, FindAnswers.Complete(form, Today)!).Begin();
        string[] odd =
        [
            "\0\u0001\u001f", "\u202Eevil\u202C\u200B\uFEFF", "😀👩‍👩‍👧", new string('a', 25_000), "-1", "1e308", "99999999999999999999999999999", "NaN", "0x10", "٣", "true", "[1,2]", "{\"a\":1}", "../../etc/passwd", "'; DROP TABLE serve_draft; --", "\r\nSet-Cookie: a=b", "%00%0a", " ",
        ];
        for (var (turn, pages) = (0, 0); ada.Here != "check" && pages < 120; pages++)
        {
            if (ada.Here == "tasks") await ada.Browser.Open(ada.Browser.Page.QuerySelectorAll(".govuk-task-list__item").First(i => i.QuerySelector("a") is not null && !i.TextContent.Contains("Completed", StringComparison.Ordinal)).QuerySelector<IHtmlAnchorElement>("a")!.Href);
            if (ada.Here == "check") break;
            var names = form.Page(ada.Here)!.Questions.SelectMany(q => new[] { q.Id, $"{q.Id}.Day", $"{q.Id}.Month", $"{q.Id}.Year", $"{q.Id}.line1", $"{q.Id}.postcode", $"{q.Id}.choice", $"{q.Id}.latitude", $"{q.Id}.words", $"{q.Id}.uprn", $"{q.Id}[]", $"{q.Id}[0]" }).ToList();
            var (here, address) = (ada.Here, ada.Action());
            for (var n = 0; n < 3; n++)
            {
                var text = odd[turn++ % odd.Length];
                // Each twice, as a list would be sent.
                await ada.Browser.Post(address, names.SelectMany(name => new[] { (name, text), (name, odd[(turn + 5) % odd.Length]) }).Append(("_address", $"{names.FirstOrDefault()}:search")));
                Assert.True((int)ada.Browser.Status < 500, $"{id} {here} answered {ada.Browser.Status} to {text[..Math.Min(30, text.Length)]}");
                HostileFormTests.IsHarmless(ada.Browser);
            }
            await ada.Browser.Open($"{ada.Draft}/{here}");
            await ada.Continue();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_text_of_megabytes_is_refused_and_the_draft_stays(int megabytes)
    {
        var ada = await Filled("complaint");
        var before = (await DraftOf(ada)).Answers;

        var page = Shipped("complaint").Pages[0];
        await ada.Browser.Post(ada.Action(), page.Questions.Select(q => (q.Id, new string('a', megabytes * 1024 * 1024))));

        Assert.InRange((int)ada.Browser.Status, 400, 499);
        Assert.Equal(before, (await DraftOf(ada)).Answers);
        var many = await ada.Browser.Http.GetAsync(ada.Draft + "/" + page.Id);
        Assert.Equal(HttpStatusCode.OK, many.StatusCode);
    }

    [Fact]
    public async Task A_long_answer_of_signs_of_two_halves_is_sent_whole()
    {
        var form = Shipped("complaint");
        var whole = FindAnswers.Complete(form, Today)!;
        var field = form.Questions.First(q => q.Kind == QuestionKind.LongText && !whole[q.Id].IsNothing);
        for (var shift = 0; shift < 2; shift++)
        {
            var text = new string('a', shift) + string.Concat(Enumerable.Repeat("😀", ((field.MaxLength ?? 4000) - shift) / 2));
            var ada = await new FillsIn(app.Browse(), form, whole.With(field.Id, Value.Of(text))).Begin();
            await ada.GoTo();
            await ada.Send();

            var draft = await DraftOf(ada);
            var submission = await app.Db(db => db.Submissions.SingleAsync(s => s.DraftId == draft.Id));
            var enquiry = await app.Db(db => db.Enquiries.SingleAsync(e => e.Reference == submission.Reference));
            Assert.DoesNotContain('\uFFFD', enquiry.Words!);
            Assert.Equal(text, $"{Answers.Read(form, submission.Answers)[field.Id]}");
        }
    }

    [Fact]
    public async Task A_line_break_in_a_box_of_one_line_makes_no_second_line()
    {
        var form = Shipped("complaint");
        var whole = FindAnswers.Complete(form, Today)!;
        var name = form.Questions.First(q => q.Kind == QuestionKind.Text && q.Pattern is null && !whole[q.Id].IsNothing);
        var ada = await new FillsIn(app.Browse(), form, whole.With(name.Id, Value.Of("Ada\nDecision: paid"))).Begin();
        await ada.GoTo();

        Assert.Equal("Ada Decision: paid", $"{Answers.Read(form, (await DraftOf(ada)).Answers)[name.Id]}");
    }

    [Theory]
    [InlineData("/forms/no-such-form")]
    [InlineData("/forms/pothole/x/danger")]
    [InlineData("/forms/pothole/00000000000000000000000000000000/danger")]
    [InlineData("/forms/pothole/00000000-0000-0000-0000-000000000000/check")]
    [InlineData("/forms/%2e%2e%2fdesk/00000000000000000000000000000000/check")]
    [InlineData("/forms/%3Cscript%3Ealert(1)%3C%2Fscript%3E/0/check")]
    [InlineData("/forms/pothole/0/rows/rows/999999999999")]
    public async Task An_address_that_was_made_up_is_not_found(string path)
    {
        var eve = await app.Browse().Open(path);

        Assert.Equal(HttpStatusCode.NotFound, eve.Status);
        HostileFormTests.IsHarmless(eve);
    }

    private static Form Shipped(string id) => Library.Forms.Single(f => f.Id == id);

    private async Task<FillsIn> Filled(string id) => await new FillsIn(app.Browse(), Shipped(id), FindAnswers.Complete(Shipped(id), Today)!).Begin();

    private async Task<Draft> DraftOf(FillsIn who)
    {
        var id = Guid.ParseExact(who.Draft.Split('/')[^1], "N");
        return await app.Db(db => db.Drafts.AsNoTracking().SingleAsync(d => d.Id == id));
    }
}
