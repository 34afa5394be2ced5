using Concentric.Core;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Which address of ours others are told.</summary>
public sealed class SiteAddressTests
{
    [Theory]
    [InlineData("CONCENTRIC_SITE", "ftp://forms.example")]
    [InlineData("CONCENTRIC_SITE", "https://forms.example/path")]
    [InlineData("CONCENTRIC_SITE", "http://forms.example")]
    [InlineData("CONCENTRIC_PAY_URL", "http://pay.example")]
    [InlineData("CONCENTRIC_PAY_KEY", "two words")]
    public void A_setting_that_cannot_be_is_refused_by_name(string variable, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(variable, value)]).Build();

        Assert.Contains(variable, Assert.Throws<RefusedException>(() => new Settings(configuration)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONCENTRIC_PAY_KEY", "api_live_abc")]
    [InlineData("CONCENTRIC_SMTP", "mail.example:25")]
    public void Where_our_address_is_told_to_others_it_must_be_set(string variable, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(variable, value), new("CONCENTRIC_MAIL_FROM", "a@b.example")]).Build();

        Assert.Contains("CONCENTRIC_SITE", Assert.Throws<RefusedException>(() => new Settings(configuration)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Development", "https://forms.northmoor.example")]
    [InlineData("Production", "https://forms.northmoor.example")]
    [InlineData("Production", null)]
    public async Task A_host_that_somebody_writes_into_a_request_does_not_come_into_an_email(string environment, string? site)
    {
        using var app = new SiteApp(site) { Environment = environment };
        var form = Library.Forms.Single(f => f.Id == "pothole");
        var ada = await new FillsIn(app.Browse(), form, FindAnswers.Complete(form, Say.DayOf(app.Clock.Now))!).Begin();
        await ada.Browser.Open($"{ada.Draft}/save");
        var token = ada.Browser.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{ada.Draft}/save")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Email", "ada@example.com")]),
            Headers = { Host = "evil.example" },
        };
        await ada.Browser.Take(await ada.Browser.Http.SendAsync(request));

        var body = (await app.Db(db => db.Messages.SingleAsync())).Body!;
        Assert.DoesNotContain("evil.example", body, StringComparison.Ordinal);
        Assert.Contains($"{site ?? "http://127.0.0.1:5080"}/forms/return/", body, StringComparison.Ordinal);
    }

    private sealed class SiteApp(string? site) : TestApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("CONCENTRIC_SITE", site ?? "");
        }
    }
}
