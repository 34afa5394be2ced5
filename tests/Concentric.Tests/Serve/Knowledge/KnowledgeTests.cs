using System.Net;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Serve;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Knowledge;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Knowledge;

/// <summary>What a service tells citizens, what only staff are told, and whether it helped.</summary>
public sealed class KnowledgeTests
{
    [Fact]
    public async Task A_page_is_found_read_judged_written_anew_and_reviewed()
    {
        using var app = new TestApp();
        var ada = app.Browse();
        await ada.Open("/answers?q=bin+missed");
        Assert.Contains("1 page found", ada.Text, StringComparison.Ordinal);
        await ada.Follow("What to do if we missed your bin");
        Assert.DoesNotContain("Third time in three months", ada.Text, StringComparison.Ordinal);
        await ada.Press("Send");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        Assert.Contains("Select if the answer was here", ada.Text, StringComparison.Ordinal);
        await ada.Press("Send", ("Found", "no"), ("Words", "When is the garden bin? ada@example.com"));
        Assert.Contains("Thank you", ada.Text, StringComparison.Ordinal);

        // What only staff see is found and read by staff.
        var asha = await app.SignInAs(Role.Adviser);
        await asha.Open("/desk/answers?q=third+months");
        await asha.Follow("What to do if we missed your bin");
        Assert.Contains("Third time in three months", asha.Text, StringComparison.Ordinal);
        await ada.Open("/answers?q=third+months");
        Assert.Contains("Nothing found", ada.Text, StringComparison.Ordinal);

        var maya = await app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/answers-design");
        Assert.Contains("Yes 0, no 1 (n = 1)", maya.Text, StringComparison.Ordinal);
        await maya.Follow("What to do if we missed your bin");
        Assert.Contains("When is the garden bin?", maya.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", maya.Text, StringComparison.Ordinal);
        var other = await app.SignInAs(Role.ServiceDesigner);
        await other.Open("/answers-design/missed-bin");
        await maya.Press("Save", ("Body", "The garden bin is emptied on Fridays.\n\n<script>alert(1)</script>"), ("WelshTitle", "Bin"), ("WelshBody", "Bob dydd Gwener."));
        Assert.Contains("Version 2", maya.Text, StringComparison.Ordinal);
        await other.Press("Save", ("Body", "The garden bin is emptied on Mondays."));
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Contains("on Mondays", other.Page.QuerySelector("#Body")!.TextContent, StringComparison.Ordinal);

        await ada.Open("/answers/missed-bin");
        Assert.Contains("on Fridays", ada.Text, StringComparison.Ordinal);
        Assert.Empty(ada.Page.QuerySelectorAll("main script"));
        await ada.Open("/answers/missed-bin?lang=cy");
        Assert.Contains("Bob dydd Gwener", ada.Text, StringComparison.Ordinal);

        app.Clock.Now += TimeSpan.FromDays(200);
        maya = await app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/answers-design");
        Assert.Contains("12 pages are overdue for review", maya.Text, StringComparison.Ordinal);
        await maya.Open("/answers-design/pothole");
        await maya.Press("All of it is still right");
        Assert.Contains("11 pages are overdue for review", maya.Text, StringComparison.Ordinal);

        // What was written goes, that it was said stays; and no fact ever held it.
        Assert.Equal(1, await ForgetWords.ForgetVerdicts(app.Services.GetRequiredService<IWriter>(), app.Clock.Now.AddDays(170)));
        Assert.Equal(1, await app.Db(d => d.KnowledgeVerdicts.CountAsync(v => v.Words == null)));
        var kind = Journal.KindOf(typeof(KnowledgeJudged));
        var fact = Assert.Single(await app.Db(d => d.Facts.AsNoTracking().Where(f => f.Kind == kind).ToListAsync())).As<KnowledgeJudged>();
        Assert.Equal(("missed-bin", 1, "524", false), (fact.Page, fact.Version, fact.Service, fact.Found));
    }

    [Fact]
    public async Task Wrong_and_hostile_input_is_refused_with_a_message()
    {
        using var app = new TestApp();
        var maya = await app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/answers-design/new");
        await maya.Press("Save", ("Slug", "../etc"), ("Title", ""), ("Body", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        Assert.Contains("small letters, numbers and hyphens", maya.Text, StringComparison.Ordinal);
        await maya.Press("Save", ("Slug", "pothole"), ("Title", "Another"), ("Body", "Text"), ("Team", "Highways"));
        Assert.Contains("There is a page with that address", maya.Text, StringComparison.Ordinal);
        await maya.Press("Save", ("Slug", "allotments"), ("Title", "Allotments\u0001 "), ("Body", "[a](javascript:alert(1))"), ("Team", "Parks"));
        Assert.Equal(HttpStatusCode.OK, maya.Status);
        await maya.Open("/answers/allotments");
        Assert.Equal("Allotments", maya.Heading);
        Assert.DoesNotContain("javascript:", maya.Page.QuerySelector("main")!.InnerHtml, StringComparison.Ordinal);

        var ada = app.Browse();
        await ada.Open("/answers/allotments");
        await ada.Post("/answers/allotments", [("Found", "yes"), ("Words", new string('x', 1001))]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        await ada.Post("/answers/nothing", [("Found", "yes")]);
        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
        await ada.Open("/answers?q=%00%27%22%3Cscript%3E");
        Assert.Equal(HttpStatusCode.OK, ada.Status);
    }

    [Fact]
    public async Task Each_page_that_is_shipped_is_about_a_service_that_there_is_and_leads_to_its_form()
    {
        using var app = new TestApp();
        Assert.Equal(12, KnowledgeLibrary.Pages.Count);
        var services = app.Services.GetRequiredService<IServiceNames>();
        foreach (var page in KnowledgeLibrary.Pages)
        {
            Assert.NotNull(await services.Find(page.Service));
            Assert.NotNull(await app.Db(d => d.KnownForms.SingleOrDefaultAsync(f => f.Id == page.Form)));
            Assert.False(string.IsNullOrWhiteSpace(page.ForAdvisers));
        }
    }
}
