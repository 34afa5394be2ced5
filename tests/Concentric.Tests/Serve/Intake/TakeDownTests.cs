using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Intake;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve;

/// <summary>An adviser takes an enquiry down, and is told of one that may be the same.</summary>
public sealed class TakeDownTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task What_somebody_says_on_the_phone_is_kept_once_and_what_may_be_the_same_is_shown_first()
    {
        var asha = await _app.SignInAs(Role.Adviser);
        await (await asha.Open("/desk")).Follow("New enquiry");
        await asha.Press("Keep it", ("Words", "The bin."), ("Email", "ada"), ("Postcode", "x"));
        Assert.Equal((HttpStatusCode)422, asha.Status);
        Assert.All((string[])["Channel", "Email", "Postcode"], f => Assert.NotNull(asha.Page.GetElementById($"{f}-error")));
        (string, string)[] ada = [("Channel", "phone"), ("Service", "524"), ("Words", "The bin at no. 1 was missed."), ("Name", "Ada Marsh"), ("Email", "ada@example.com"), ("Address", "1 High Street"), ("Postcode", "zz1 1ab")];
        await asha.Press("Keep it", ada);
        var first = asha.Response.RequestMessage!.RequestUri!.AbsolutePath;
        Assert.StartsWith("/desk/enquiries/CN-", first, StringComparison.Ordinal);
        var enquiry = await _app.Db(db => db.Enquiries.SingleAsync());
        var person = await _app.Db(db => db.Set<Person>().SingleAsync(p => p.Role == Role.Adviser));
        Assert.Equal($"{person.Id}", (await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == "enquiry-raised"))).By);

        _app.Clock.Now = _app.Clock.Now.AddMinutes(20);
        await asha.Open("/desk/enquiries/new");
        await asha.Press("Keep it", ("Channel", "face-to-face"), ("Service", "524"), ("Words", "My bin is still full."), ("Name", "Bob Hill"), ("Phone", "01632 960 002"), ("Address", "3 High Street"), ("Postcode", "ZZ1 1AB"));
        Assert.Contains($"Looks like {enquiry.Reference}: same street, the same day", asha.Text, StringComparison.Ordinal);
        Assert.Equal(1, await _app.Db(db => db.Enquiries.CountAsync()));
        await asha.Press("Keep it");
        Assert.Equal(2, await _app.Db(db => db.Enquiries.CountAsync()));
        Assert.Contains("same street", asha.Text, StringComparison.Ordinal);

        // What somebody may not see is not suggested either.
        await _app.Write(db => db.Enquiries.Where(e => e.Id == enquiry.Id).ExecuteUpdateAsync(e => e.SetProperty(x => x.IsSensitive, true).SetProperty(x => x.Team, "Elsewhere")));
        await asha.Open(asha.Response.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.DoesNotContain("same street", asha.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_enquiry_goes_to_another_team_with_the_reason_and_that_is_counted()
    {
        var asha = await _app.SignInAs(Role.Adviser);
        await (await asha.Open("/desk/enquiries/new")).Press("Keep it", ("Channel", "post"), ("Words", "A letter."));
        await asha.Follow("Give it to another team");
        await asha.Press("Give it to them");
        Assert.Equal((HttpStatusCode)422, asha.Status);
        var team = await _app.Db(db => db.KnownForms.Select(f => f.Team).OrderBy(t => t).FirstAsync());

        await asha.Press("Give it to them", ("Team", team), ("Reason", "needs-their-knowledge"), ("Words", "They know the street."));

        Assert.Contains($"Given to {team} by", asha.Text, StringComparison.Ordinal);
        Assert.Contains("They know what we do not. They know the street.", asha.Text, StringComparison.Ordinal);
        Assert.Equal(team, (await _app.Db(db => db.Enquiries.SingleAsync())).Team);
        var fact = (await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == "enquiry-transferred"))).As<EnquiryTransferred>();
        Assert.Equal(("", team, "needs-their-knowledge"), (fact.From, fact.Team, fact.Reason));
    }
}

public sealed class LooksLikeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 30, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Ada = new("00000000-0000-7000-8000-00000000000a");
    private static readonly Compared One = new("524", Ada, "100", "1 High Street", "ZZ1 1AB", Now, true);

    [Fact, Trait("Database", "none")]
    public void Two_are_alike_by_service_and_time_and_by_place_or_person()
    {
        Assert.Equal(["same person", "same address", "the day before"], LooksLike.Score(One, One with { At = Now.AddDays(-1) }).Why);
        Assert.Equal(["same address", "the same day"], LooksLike.Score(One, One with { Citizen = null, Uprn = null, Address = "1, high street" }).Why);
        Assert.Equal(["same street", "2 days after"], LooksLike.Score(One, One with { Citizen = null, Uprn = "101", Address = "3 High Street", At = Now.AddDays(2) }).Why);
        Assert.Equal(0, LooksLike.Score(One, One with { Service = "525" }).Score);
        Assert.Equal(0, LooksLike.Score(One with { Service = null }, One with { Service = null }).Score);
        Assert.Equal(0, LooksLike.Score(One, One with { Citizen = new Guid("00000000-0000-7000-8000-00000000000b"), Uprn = "1", Postcode = "ZZ2 2AB" }).Score);
        Assert.Equal(0, LooksLike.Score(One, One with { IsOpen = false, At = Now.AddDays(-29) }).Score);
        Assert.True(LooksLike.Score(One, One with { At = Now.AddDays(-90) }).Score > 0);
        Assert.True(LooksLike.Score(One, One with { Citizen = null }).Score > LooksLike.Score(One, One with { Citizen = null, Uprn = "2", Address = "9 High Street" }).Score);
    }
}
