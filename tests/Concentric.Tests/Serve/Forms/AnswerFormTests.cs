using System.Net;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Every shipped form is filled in as a citizen does, from its start page to its reference.</summary>
public sealed class AnswerFormTests(SharedApp app) : IClassFixture<SharedApp>
{
    private DateOnly Today => Say.DayOf(app.Clock.Now);

    public static TheoryData<string> Forms => TestDatabase.IsPostgres ? ["missed-bin", "report-a-change", "parking-permit"] : [.. Library.Forms.Select(f => f.Id).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Forms))]
    public Task In_English_it_comes_to_a_reference(string form) => Send(form, Language.English, 0);

    [Theory]
    [MemberData(nameof(Forms))]
    public Task In_Welsh_it_comes_to_a_reference(string form) => Send(form, Language.Welsh, 1);

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Somebody_who_thinks_again_sends_nothing_of_pages_that_are_no_longer_on_the_way(string id)
    {
        var form = Shipped(id);
        var first = FindAnswers.Complete(form, Today, 2)!;
        var ada = await new FillsIn(app.Browse(), form, first).Begin();
        await ada.GoTo();

        var second = FindAnswers.Complete(form, Today, 3)!;
        var again = new FillsIn(ada.Browser, form, second);
        await again.GoAgain(ada.Draft);
        await again.Send();

        Assert.Equal(HttpStatusCode.OK, ada.Browser.Status);
        var submission = await SubmissionOf(ada.Draft);
        Assert.Equal(Comparable(form, second), Comparable(form, Answers.Read(form, submission.Answers)));
    }

    private async Task Send(string id, Language language, int variant)
    {
        var form = Shipped(id);
        var answers = FindAnswers.Complete(form, Today, variant);
        Assert.NotNull(answers);
        var ada = await new FillsIn(app.Browse(), form, answers, language).Begin();
        await ada.GoTo();

        Assert.Equal(Phrases.Of("check-title", language), ada.Browser.Heading);
        Assert.Equal(language == Language.Welsh ? "cy" : "en", ada.Browser.Page.DocumentElement.GetAttribute("lang"));
        // Each answer is listed once, with a way to change it.
        var journey = Journey.Of(form, answers, Today);
        Assert.Equal(journey.Asked.Count(), ada.Browser.Page.QuerySelectorAll(".govuk-summary-list__actions a").Length);
        Assert.All(journey.Asked.Where(a => a.Question.Kind is QuestionKind.Text or QuestionKind.Email), a => Assert.Contains($"{a.Value}", ada.Browser.Text, StringComparison.Ordinal));
        await ada.Send();

        Assert.Equal(HttpStatusCode.OK, ada.Browser.Status);
        Assert.Equal("sent", ada.Here);
        var submission = await SubmissionOf(ada.Draft);
        Assert.Contains($"{submission.Reference}", ada.Browser.Text, StringComparison.Ordinal);
        Assert.Contains(ShowAnswer.Date(submission.DueOn).In(language), ada.Browser.Text, StringComparison.Ordinal);
        Assert.Equal(Comparable(form, answers), Comparable(form, Answers.Read(form, submission.Answers)));
        Assert.Equal((form.Id, language, "web", null, form.Team, form.Process), (submission.Form, submission.Language, submission.Channel, submission.MediatedBy, submission.Team, submission.Process));
        Assert.Equal((new WorkingCalendar(Nation.EnglandAndWales, []).Add(Today, form.PromiseDays), Today.AddMonths(form.Data!.RetentionMonths)), (submission.DueOn, submission.KeptUntil));

        var enquiry = await app.Db(db => db.Enquiries.SingleAsync(e => e.Reference == submission.Reference));
        Assert.Equal((form.Service, "web"), (enquiry.Service, enquiry.Channel));
        Assert.StartsWith(form.Title.En, enquiry.Words, StringComparison.Ordinal);
        var facts = await app.Db(db => db.Facts.Where(f => f.Subject == $"{submission.Reference}").ToListAsync());
        Assert.Equal(form.Service, Assert.Single(facts, f => f.Kind == "enquiry-raised").As<EnquiryRaised>().Service);
        Assert.Equal((form.Id, false, null), Assert.Single(facts, f => f.Kind == "form-sent").As<FormSent>() is var sent ? (sent.Form, sent.Mediated, sent.Bundle) : default);
        var visits = (await app.Db(db => db.Facts.Where(f => f.Kind == "form-visited" && f.Subject == $"form-{form.Id}").ToListAsync())).Select(f => f.As<FormVisited>());
        Assert.Contains(visits, v => v.Outcome == FormOutcome.Sent && v.LastPage is null && v.Language == (language == Language.Welsh ? "cy" : "en") && v.Pages.Select(p => p.Page).SequenceEqual(ada.Walked.Distinct().Append(Jump.Check)));
    }

    private static Form Shipped(string id) => Library.Forms.Single(f => f.Id == id);

    private async Task<Submission> SubmissionOf(string draft)
    {
        var id = Guid.ParseExact(draft.Split('/')[^1], "N");
        return await app.Db(db => db.Submissions.SingleAsync(s => s.DraftId == id));
    }

    /// <summary>Answers as JSON, with files by their name alone: each is kept under a new name.</summary>
    private static string Comparable(Form form, Answers answers)
    {
        foreach (var box in form.Questions.Where(q => q.Kind == QuestionKind.File && !answers[q.Id].IsNothing))
            answers = answers.With(box.Id, Value.Of(answers[box.Id].AsItems.Select(f => Value.Of([KeyValuePair.Create("name", f.Part("name"))]))));
        return answers.Write();
    }
}
