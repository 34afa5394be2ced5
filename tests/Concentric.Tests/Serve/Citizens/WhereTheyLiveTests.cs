using System.Text;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Places;
using Concentric.Measure.Contacts;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Serve.Intake;
using Concentric.Tests.Serve.Cases;
using Concentric.Tests.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Citizens;

/// <summary>Every contact of somebody whose postcode is known says in which area they live, by whichever way it came, and none about something sensitive does.</summary>
public sealed class WhereTheyLiveTests : IDisposable
{
    private const string Email = "ada@example.com";
    private const string Area = "E01000001";

    /// <summary>A service whose form is not sensitive, and one whose form is.</summary>
    private const string Bins = "524";
    private const string Homeless = "112";

    private readonly TestApp _app = new();
    private string _postcode = "";

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData("missed-bin", Area)]
    [InlineData("homelessness-first-contact", null)]
    public async Task A_form_that_is_sent(string form, string? area)
    {
        await Known();
        await Send(form);
        Assert.Equal(area, (await Raised())[^1].Area);
    }

    [Theory]
    [InlineData(Bins, Area)]
    [InlineData(Homeless, null)]
    public async Task An_enquiry_on_the_website(string service, string? area)
    {
        await Known();
        await Ask(service);
        Assert.Equal((service, area), Last(await Raised()));
    }

    [Theory]
    [InlineData(Bins, Area)]
    [InlineData(Homeless, null)]
    public async Task A_conversation_in_which_no_form_was_sent(string service, string? area)
    {
        await Known();
        var asha = await ConversationsTests.Call(_app);
        await asha.Press("Find", ("find", Email));
        await asha.Press("Don’t know", ("Outcome", "Answered"), ("Service", service));
        Assert.Equal((service, area), Last(await Raised()));
    }

    [Theory]
    [InlineData(Bins, Area)]
    [InlineData(Homeless, null)]
    public async Task What_an_adviser_takes_down(string service, string? area)
    {
        await Known();
        var asha = await _app.SignInAs(Role.Adviser);
        await (await asha.Open("/desk/enquiries/new")).Press("Keep it", ("Channel", "phone"), ("Service", service), ("Words", "Once more."), ("Email", Email), ("Postcode", _postcode));
        // The first was of the same street and the same day: she means another.
        if (asha.Text.Contains("Looks like", StringComparison.Ordinal)) await asha.Press("Keep it");
        Assert.Equal((service, area), Last(await Raised()));
    }

    [Theory]
    [InlineData(false, Area)]
    [InlineData(true, null)]
    public async Task Whoever_gets_in_touch_about_an_enquiry_once_more(bool isSensitive, string? area)
    {
        await Known();
        var reference = await Ask(Bins);
        if (isSensitive) await _app.Write(d => d.Enquiries.Where(e => e.Reference == Reference.Parse(reference)).ExecuteUpdateAsync(e => e.SetProperty(x => x.IsSensitive, true)));

        // She chases it, says more, writes of it by e-mail, and finds that the answer is none; a stranger writes of it too.
        await (await CaseWork.Status(_app, reference)).Press("Send it", ("Why", "ask"), ("Words", ""));
        await (await CaseWork.Status(_app, reference)).Press("Send it", ("Why", "tell"), ("Words", "It is the green one."));
        var take = _app.Services.GetRequiredService<TakeMail>();
        await take.Take(Mail(Email, reference, 1, "text/plain"), Actor.System);
        await take.Take(Mail("eve@example.com", reference, 2, "text/plain"), Actor.System);
        // Staff make an enquiry of a message of hers that could not be read.
        var held = await take.Take(Mail(Email, reference, 3, "text/plain; charset=klingon-1"), Actor.System);
        var grace = await _app.SignInAs(Role.ServiceManager);
        await (await grace.Open($"/desk/mail/{held.Id:N}")).Press("Make it an enquiry", ("Words", "Still not."));
        await (await grace.Open($"/desk/enquiries/{reference}")).Press("Answer", ("Answer", "We came."), ("Demand", "value"));
        await (await CaseWork.Status(_app, reference)).Press("Send", ("Sorted", "no"), ("Wrong", "Nobody came."));

        var again = (await Raised()).Where(r => r.Follows == reference).ToList();
        Assert.Equal(6, again.Count);
        Assert.Equal(isSensitive ? 6 : 1, again.Count(r => r.Area is null));
        Assert.All(again.Where(r => r.Area is not null), r => Assert.Equal(area, r.Area));
        if (isSensitive) return;

        // What she should not have had to ask or say counts where she lives.
        while (await _app.Services.GetRequiredService<Sealer>().Seal() > 0) { }
        await _app.Services.GetRequiredService<Projector>().CatchUp();
        var store = _app.Services.GetRequiredService<IContactStore>();
        var query = CubeQuery.CitizenContacts(store.Dimensions.Councils.Single(c => c.Code > 0).Code).With(Dimension.Demand, (int)Demand.Failure).GroupedBy(Dimension.Area);
        var failures = await store.Query(query, TestContext.Current.CancellationToken);
        Assert.Equal([(Area, 2L)], Enumerable.Range(0, failures.Rows).Select(r => (store.Dimensions.Areas.Single(a => a.Code == failures.Code(r, Dimension.Area)).Key, failures.Value(r, Concentric.Measure.Contacts.Measure.Contacts))));
    }

    /// <summary>Ada sent a form before, from an address whose area is known.</summary>
    private async Task Known()
    {
        await Send("missed-bin");
        _postcode = (await _app.Db(d => d.Citizens.SingleAsync())).Postcode!;
        var council = _app.Services.GetRequiredService<Settings>().Council;
        await _app.Write(db =>
        {
            db.Add(new PlacedPostcode { Council = council, Postcode = _postcode.Replace(" ", "", StringComparison.Ordinal), Area = Area });
            return Task.CompletedTask;
        });
        _app.Clock.Now = _app.Clock.Now.AddMinutes(5);
    }

    private async Task Send(string id)
    {
        var form = Library.Forms.Single(f => f.Id == id);
        var answers = FindAnswers.Complete(form, Say.DayOf(_app.Clock.Now))!;
        foreach (var question in form.Questions.Where(q => q.Particular == "person.email")) answers = answers.With(question.Id, new Value.Text(Email));
        var ada = await new FillsIn(_app.Browse(), form, answers).Begin();
        await ada.GoTo();
        await ada.Send();
    }

    private async Task<string> Ask(string service)
    {
        await (await _app.Browse().Open($"/enquiries/new?service={service}")).Press("Send", ("Words", "What now?"), ("Email", Email));
        return (await Raised())[^1].Reference;
    }

    private static MemoryStream Mail(string from, string reference, int number, string type) =>
        new(Encoding.ASCII.GetBytes($"From: {from}\r\nSubject: Re: {reference}\r\nMessage-ID: <{number}@example.com>\r\nContent-Type: {type}\r\n\r\nStill nothing, {number}.\r\n"));

    private async Task<List<EnquiryRaised>> Raised() => [.. (await _app.Facts<EnquiryRaised>()).OrderBy(r => r.At).ThenBy(r => r.Follows is not null)];

    private static (string?, string?) Last(List<EnquiryRaised> raised) => (raised[^1].Service, raised[^1].Area);
}
