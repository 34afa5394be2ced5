using AngleSharp.Dom;
using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.DemandTypes;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Cases;

/// <summary>Whoever ends a case may say what kind of contact it was; and what caused a contact that followed is said by a service manager.</summary>
public sealed class CodeCaseTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task The_end_of_a_case_says_what_kind_of_contact_it_was_if_the_officer_wants()
    {
        var (first, second) = (await CaseWork.Report(_app, "pothole"), await CaseWork.Report(_app, "pothole"));
        var service = (await _app.Db(d => d.Cases.FirstAsync())).Service!;
        var type = new DemandType { Id = Guid.CreateVersion7(_app.Clock.Now), Service = service, Words = "Mend my road", Demand = Demand.Value };
        await _app.Write(d =>
        {
            d.Add(type);
            return Task.CompletedTask;
        });
        var tom = await _app.SignInAs(Role.Officer);
        await tom.Open($"/desk/cases/{first}");
        Assert.Contains("Mend my road", tom.Text, StringComparison.Ordinal);
        await tom.Post($"/desk/cases/{first}", [("Do", "withdraw"), ("Note", "They do not want it"), ("Demand", $"{Guid.CreateVersion7(_app.Clock.Now)}")]);
        Assert.Equal((HttpStatusCode)422, tom.Status);
        Assert.Contains("Select one of the kinds of contact listed", tom.Text, StringComparison.Ordinal);

        // Said with what does not end it, it does not count.
        await tom.Post($"/desk/cases/{first}", [("Do", "note"), ("Note", "Rang them"), ("Demand", "failure")]);
        Assert.Empty(await _app.Facts<ContactCoded>());
        await tom.Post($"/desk/cases/{first}", [("Do", "withdraw"), ("Note", "They do not want it"), ("Demand", $"{type.Id}")]);
        await tom.Open($"/desk/cases/{second}");
        await tom.Post($"/desk/cases/{second}", [("Do", "withdraw"), ("Note", "Nor do they"), ("Demand", "")]);

        var coded = Assert.Single(await _app.Facts<ContactCoded>());
        Assert.Equal((first, type.Id, Demand.Value), (coded.Reference, coded.DemandType, coded.Demand));
        // Reopened, it stands in the choice; ended again with the same, nothing is said twice.
        await CaseWork.Other(tom, first, "reopen", "Not right");
        await tom.Open($"/desk/cases/{first}");
        Assert.Equal($"{type.Id}", tom.Page.QuerySelector<AngleSharp.Html.Dom.IHtmlInputElement>("input[name=Demand]:checked")!.Value);
        await tom.Post($"/desk/cases/{first}", [("Do", "withdraw"), ("Note", "No"), ("Demand", $"{type.Id}")]);
        Assert.Single(await _app.Facts<ContactCoded>());
        await CaseWork.Other(tom, first, "reopen", "Not right");
        await tom.Post($"/desk/cases/{first}", [("Do", "withdraw"), ("Note", "No"), ("Demand", "failure")]);
        Assert.Equal([Demand.Value, Demand.Failure], (await _app.Facts<ContactCoded>()).Select(f => f.Demand));
    }

    [Fact]
    public async Task What_caused_a_contact_that_followed_is_said_later()
    {
        var reference = await CaseWork.Report(_app, "pothole");
        var tom = await _app.SignInAs(Role.Officer);
        await CaseWork.Other(tom, reference, "withdraw", "No");
        var ada = await CaseWork.Status(_app, reference);
        await ada.Press("Send", ("Sorted", "no"), ("Wrong", "The hole is there still."));
        ada = await CaseWork.Status(_app, reference);
        await ada.Press("Send it", ("Why", "ask"), ("Words", "When?"));
        Assert.Equal(["premature-closure", "progress-chasing"], (await _app.Facts<CauseSet>()).Select(c => c.Cause));

        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open($"/desk/enquiries/{reference}");
        var contact = (await _app.Facts<EnquiryRaised>()).First(f => f.Follows == reference).Reference;
        await grace.Press($"Save this cause of {contact}", ("Cause", "not-done-right"));
        Assert.Equal((contact, "not-done-right"), (await _app.Facts<CauseSet>()).Select(c => (c.Reference, c.Cause)).Last());
        Assert.Equal("not-done-right", await _app.Db(d => d.FollowUps.Where(f => f.Cause != "progress-chasing").Select(f => f.Cause).SingleAsync()));
        foreach (var wrong in (string[])[reference, "CN-2222-2222", "x"])
        {
            await grace.Open($"/desk/enquiries/{reference}");
            await grace.Post($"/desk/enquiries/{reference}/cause", [("Contact", wrong), ("Cause", "not-done")]);
            Assert.Equal(HttpStatusCode.NotFound, grace.Status);
        }
        await tom.Open($"/desk/enquiries/{reference}");
        Assert.DoesNotContain("They had to get in touch again", tom.Text, StringComparison.Ordinal);
        await tom.Post($"/desk/enquiries/{reference}/cause", [("Contact", contact), ("Cause", "not-done")]);
        Assert.Equal(HttpStatusCode.Forbidden, tom.Status);
        Assert.Equal(3, (await _app.Facts<CauseSet>()).Count);
    }
}
