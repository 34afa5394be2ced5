using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Concentric.Core.People;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Pages that are no form’s own are read in Welsh too, and say that nobody has reviewed it.</summary>
public sealed class WelshPagesTests : IDisposable
{
    private const string Unreviewed = "Nid yw siaradwr Cymraeg wedi adolygu’r Gymraeg hon eto.";

    private readonly TestApp _app = new();

    [Theory]
    [InlineData("/forms/missed-bin/00000000000000000000000000000000/bin", "Ni allwn ddangos y ffurflen honno")]
    [InlineData("/forms/missed-bin/00000000000000000000000000000000/sent", "Ni allwn ddangos y ffurflen honno")]
    [InlineData("/forms/return/x", "Nid yw’r ddolen hon yn gweithio mwyach")]
    public async Task What_is_not_there_is_said_in_the_language_of_the_address(string path, string heading)
    {
        var ada = await _app.Browse().Open($"{path}?lang=cy");

        Assert.Equal((HttpStatusCode.NotFound, heading), (ada.Status, ada.Heading));
        Assert.Equal("cy", ada.Page.DocumentElement.GetAttribute("lang"));
        Assert.Contains(Unreviewed, ada.Text, StringComparison.Ordinal);
        Assert.All(ada.Page.QuerySelectorAll<IHtmlAnchorElement>("main a:not([lang])"), a => Assert.EndsWith("?lang=cy", a.Href, StringComparison.Ordinal));
        Assert.DoesNotContain(Unreviewed, (await ada.Open(path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_a_form_leads_to_itself_in_the_other_language()
    {
        var ada = await _app.Browse().Open("/forms/missed-bin");
        await ada.Follow("Cymraeg");
        Assert.Equal(("cy", "Rhoi gwybod am fin na chafodd ei gasglu"), (ada.Page.DocumentElement.GetAttribute("lang"), ada.Heading));
        await ada.Follow("English");
        await ada.Press("Start now");
        var question = ada.Heading;
        await ada.Follow("Cymraeg");

        Assert.Equal("cy", ada.Page.DocumentElement.GetAttribute("lang"));
        Assert.NotEqual(question, ada.Heading);
        await ada.Follow("English");
        Assert.Equal(("en", question), (ada.Page.DocumentElement.GetAttribute("lang"), ada.Heading));
    }

    [Fact]
    public async Task Details_are_seen_and_removed_in_Welsh()
    {
        var ada = await _app.SignInAs(Role.Citizen);
        await ada.Open("/my-details");
        await ada.Follow("Cymraeg");

        Assert.Equal("Eich manylion", ada.Heading);
        Assert.Contains(Unreviewed, ada.Text, StringComparison.Ordinal);
        await ada.Post("/my-details?lang=cy", []);
        Assert.Equal("Eich manylion", ada.Heading);
        await ada.Follow("English");
        Assert.Equal("Your details", ada.Heading);
    }

    [Fact]
    public async Task Who_asks_for_a_link_and_gives_no_address_is_asked_for_one()
    {
        var ada = await (await _app.Browse().Open("/forms/return")).Press("Send me a link");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        Assert.Contains("Enter your email address", ada.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("correct format", ada.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _app.Dispose();
}
