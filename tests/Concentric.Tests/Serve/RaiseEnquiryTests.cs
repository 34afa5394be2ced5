using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve;

public sealed class RaiseEnquiryTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task What_somebody_asks_of_a_sensitive_service_is_its_teams_alone()
    {
        await _app.Seed();
        var ada = _app.Browse();
        await ada.Open("/enquiries/new?service=112");
        await ada.Press("Send", ("Words", "I cannot stay here tonight"), ("Email", "ada@example.com"));

        var enquiry = await _app.Db(db => db.Enquiries.SingleAsync());
        Assert.True(enquiry.IsSensitive);
        Assert.NotEmpty(enquiry.Team);
        Assert.Empty(await _app.Db(db => db.Citizens.ToListAsync()));
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open("/desk");
        Assert.DoesNotContain("I cannot stay here", asha.Text, StringComparison.Ordinal);
        await asha.Open($"/desk/enquiries/{enquiry.Reference}");
        Assert.Equal(HttpStatusCode.NotFound, asha.Status);
    }

    [Fact]
    public async Task A_person_asks_and_is_given_a_reference()
    {
        await _app.Seed();
        var ada = await _app.Browse().Open("/enquiries/new?service=524");

        await ada.Press("Send", ("Words", "When is my bin collected?"), ("Email", "ada@example.com"));

        Assert.Equal(HttpStatusCode.OK, ada.Status);
        Assert.Equal("Enquiry sent", ada.Heading);
        var enquiry = await _app.Db(db => db.Enquiries.Open.LongestWaitingFirst.SingleAsync());
        Assert.Contains($"{enquiry.Reference}", ada.Text, StringComparison.Ordinal);
        Assert.Equal(("524", "web", _app.Clock.Now), (enquiry.Service, enquiry.Channel, enquiry.RaisedAt));
    }

    [Fact]
    public async Task The_journal_tells_of_it_without_saying_who_or_what()
    {
        await _app.Seed();
        await Send("I owe £400 to nobody", "ada@example.com");

        var fact = await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == "enquiry-raised"));

        Assert.DoesNotContain("ada", fact.Data!, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("400", fact.As<EnquiryRaised>().Reference + fact.Subject, StringComparison.Ordinal);
        Assert.NotEqual(0UL, fact.As<EnquiryRaised>().Person);
        Assert.Equal(Actor.Citizen, fact.By);
    }

    [Theory]
    [InlineData("", "ada@example.com", "Words", "Enter what you want to ask")]
    [InlineData("Bins", "", "Email", "Enter your email address")]
    [InlineData("Bins", "ada", "Email", "Enter an email address in the correct format, like name@example.com")]
    [InlineData("Bins", "a@b", "Email", "Enter an email address in the correct format, like name@example.com")]
    [InlineData("Bins", "a b@example.com", "Email", "Enter an email address in the correct format, like name@example.com")]
    public async Task A_mistake_is_explained_beside_the_field_and_in_the_summary_and_nothing_typed_is_lost(string words, string email, string field, string message)
    {
        var person = await _app.Browse().Open("/enquiries/new");

        await person.Press("Send", ("Words", words), ("Email", email));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, person.Status);
        Assert.StartsWith("Error: ", person.Page.Title, StringComparison.Ordinal);
        Assert.Equal(message, person.Page.QuerySelector($".govuk-error-summary a[href='#{field}']")!.TextContent);
        Assert.EndsWith(message, person.Page.GetElementById($"{field}-error")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal(words, person.Page.GetElementById("Words")!.TextContent);
        Assert.Equal(email, person.Page.GetElementById("Email")!.GetAttribute("value"));
        Assert.Equal(0, await _app.Db(db => db.Enquiries.CountAsync()));
    }

    [Fact]
    public async Task Sending_it_twice_makes_one_enquiry_and_shows_the_same_reference()
    {
        var person = await _app.Browse().Open("/enquiries/new");
        var token = person.Page.QuerySelector("input[name=Token]")!.GetAttribute("value")!;
        await person.Press("Send", ("Words", "Bins\r\nand boxes"), ("Email", "ada@example.com"));
        var first = person.Text;

        await person.Open("/enquiries/new");
        await person.Press("Send", ("Token", token), ("Words", "Bins\nand boxes "), ("Email", "ada@example.com"));

        Assert.Equal(first, person.Text);
        Assert.Equal(1, await _app.Db(db => db.Enquiries.CountAsync()));
        Assert.Equal(1, await _app.Db(db => db.Facts.CountAsync(f => f.Kind == "enquiry-raised")));
    }

    [Fact]
    public async Task Fifty_sendings_at_once_make_one_enquiry()
    {
        var person = await _app.Browse().Open("/enquiries/new");
        var fields = person.Page.QuerySelectorAll("form input[type=hidden]").Where(i => i.GetAttribute("name") is "Token" or "__RequestVerificationToken")
            .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!)).Append(new("Words", "Bins")).Append(new("Email", "ada@example.com")).ToList();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => person.Http.PostAsync("/enquiries/new", new FormUrlEncodedContent(fields))));

        Assert.Single(answers.Select(a => a.RequestMessage!.RequestUri!.AbsolutePath).Distinct());
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(1, await _app.Db(db => db.Enquiries.CountAsync()));
    }

    [Fact]
    public async Task Going_back_and_changing_it_loses_neither_the_first_nor_the_change()
    {
        var person = await _app.Browse().Open("/enquiries/new");
        var token = person.Page.QuerySelector("input[name=Token]")!.GetAttribute("value")!;
        await person.Press("Send", ("Words", "Bins"), ("Email", "ada@example.com"));

        await person.Open("/enquiries/new");
        await person.Press("Send", ("Token", token), ("Words", "Bins, and also my rent"), ("Email", "ada@example.com"));
        Assert.Contains("You already sent this as CN-", person.Text, StringComparison.Ordinal);
        await person.Press("Send");

        Assert.Equal("Enquiry sent", person.Heading);
        Assert.Equal(["Bins", "Bins, and also my rent"], await _app.Db(db => db.Enquiries.OrderBy(e => e.Words).Select(e => e.Words).ToListAsync()));
    }

    [Fact]
    public async Task What_is_written_comes_back_as_text_and_never_as_markup()
    {
        var person = await _app.Browse().Open("/enquiries/new");

        await person.Press("Send", ("Words", "\"><svg onload=alert(1)><script>alert(1)</script>"), ("Email", "nobody"));

        Assert.Empty(person.Page.QuerySelectorAll("main svg, main script"));
        Assert.Contains("<script>", person.Page.GetElementById("Words")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_that_the_form_does_not_have_change_nothing()
    {
        var person = await _app.Browse().Open("/enquiries/new");
        var fields = person.Page.QuerySelectorAll("form input[type=hidden]").Where(i => i.GetAttribute("name") is "Token" or "__RequestVerificationToken")
            .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!))
            .Concat([new("Words", "Bins"), new("Email", "ada@example.com"), new("IsOpen", "false"), new("Reference", "CN-2222-2222"), new("Channel", "phone"), new("RaisedAt", "2001-01-01")]);

        await person.Http.PostAsync("/enquiries/new", new FormUrlEncodedContent(fields));

        var enquiry = await _app.Db(db => db.Enquiries.SingleAsync());
        Assert.Equal((true, "web", _app.Clock.Now), (enquiry.IsOpen, enquiry.Channel, enquiry.RaisedAt));
    }

    public void Dispose() => _app.Dispose();

    private async Task<Browser> Send(string words, string email) => await (await _app.Browse().Open("/enquiries/new")).Press("Send", ("Words", words), ("Email", email));
}
