using System.Net;
using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Core;

public sealed class SignInTests
{
    [Fact]
    public async Task A_demo_person_signs_in_and_out()
    {
        using var app = new TestApp();
        var asha = await app.Browse().Open("/sign-in");
        await asha.Press(", adviser");
        Assert.Equal("Desk", asha.Heading);

        await asha.Press("Sign out");
        await asha.Open("/desk");

        Assert.Equal("Sign in", asha.Heading);
    }

    [Fact]
    public async Task A_cookie_that_was_kept_is_worth_nothing_after_signing_out()
    {
        using var app = new TestApp();
        var asha = await app.SignInAs(Role.Adviser);
        await app.Write(db => db.Set<Session>().ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, app.Clock.Now)));

        await asha.Open("/desk");

        Assert.Equal("Sign in", asha.Heading);
    }

    [Fact]
    public async Task Somebody_who_is_disabled_is_out_at_their_next_request()
    {
        using var app = new TestApp();
        var asha = await app.SignInAs(Role.Adviser);
        var priya = await app.SignInAs(Role.Administrator);

        await priya.Open("/people");
        await priya.Press("Disable Asha Patel");
        await asha.Open("/desk");

        Assert.Equal("Sign in", asha.Heading);
        Assert.DoesNotContain("Asha", asha.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(29, "Desk")]
    [InlineData(31, "Sign in")]
    public async Task A_session_ends_after_half_an_hour_without_a_request(int minutes, string heading)
    {
        using var app = new TestApp();
        var asha = await app.SignInAs(Role.Adviser);

        app.Clock.Now += TimeSpan.FromMinutes(minutes);

        Assert.Equal(heading, (await asha.Open("/desk")).Heading);
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_whatever_is_done_in_it()
    {
        using var app = new TestApp();
        var asha = await app.SignInAs(Role.Adviser);

        for (var i = 0; i < 37; i++)
        {
            app.Clock.Now += TimeSpan.FromMinutes(20);
            await asha.Open("/desk");
            if (i == 34) Assert.Equal("Desk", asha.Heading);
        }

        Assert.Equal("Sign in", asha.Heading);
    }

    [Fact]
    public async Task Signing_in_ends_the_session_that_the_browser_had()
    {
        using var app = new TestApp();
        var browser = await app.SignInAs(Role.Adviser);
        await browser.Open("/sign-in");
        await browser.Press(", analyst");

        Assert.Equal(1, await app.Db(db => db.Set<Session>().CountAsync(s => s.EndedAt == null)));
        Assert.Equal(2, await app.Db(db => db.Set<Session>().CountAsync()));
    }

    [Theory]
    [InlineData("/desk", HttpStatusCode.Forbidden)]
    [InlineData("/people", HttpStatusCode.Forbidden)]
    [InlineData("/improve", HttpStatusCode.OK)]
    public async Task A_role_opens_what_is_its_own(string path, HttpStatusCode status)
    {
        using var app = new TestApp();
        var lewis = await app.SignInAs(Role.Analyst);

        Assert.Equal(status, (await lewis.Open(path)).Status);
    }

    [Fact]
    public async Task Outside_development_nobody_can_sign_in_and_the_page_says_so()
    {
        using var app = new TestApp { Environment = "Production" };
        await app.Seed();
        var browser = await app.Browse().Open("/sign-in");
        Assert.Contains("Nobody can sign in here yet", browser.Text, StringComparison.Ordinal);

        await browser.Open("/enquiries/new");
        var token = browser.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var person = await app.Db(db => db.Set<Person>().Select(p => p.Id).FirstAsync());
        using var response = await browser.Http.PostAsync("/sign-in", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("person", $"{person}")]));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(0, await app.Db(db => db.Set<Session>().CountAsync()));
    }

    [Theory]
    [InlineData("/desk", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("/\tevil", false)]
    [InlineData("", false)]
    public void Going_on_after_signing_in_never_leads_away_from_the_site(string wanted, bool followed) => Assert.Equal(followed ? wanted : null, SignIn.Local(wanted));
}
