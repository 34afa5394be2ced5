using System.Net;
using Concentric.Core.People;

namespace Concentric.Tests.Needs;

/// <summary>Which pages of the model there are, and for whom.</summary>
public sealed class ModelPagesTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("/model", "The need model")]
    [InlineData("/model/life-events", "Life events")]
    [InlineData("/model/services?q=524", "Services")]
    [InlineData("/model/organisations", "Organisations")]
    [InlineData("/model/offers", "Offers of services")]
    [InlineData("/model/needs/pay-rent", "I cannot pay my rent")]
    [InlineData("/model/services/524", "Bin collection")]
    [InlineData("/model/needs/new", "Add a need")]
    [InlineData("/model/outcomes/new", "Add an outcome")]
    [InlineData("/model/metrics/new", "Add a metric")]
    [InlineData("/model/organisations/new", "Add an organisation")]
    [InlineData("/model/offers/new", "Add an offer")]
    [InlineData("/model/services/524/edit", "Edit “Bin collection”")]
    [InlineData("/model/places", "Places")]
    [InlineData("/model/places/new", "Add a place")]
    [InlineData("/model/drafts", "Drafts")]
    [InlineData("/model/editions", "Editions of the model")]
    [InlineData("/model/editions/1", "The model that comes with the program")]
    [InlineData("/model/editions/1/compare/1", "From edition 1 to edition 1")]
    public async Task A_page_is_there(string path, string heading)
    {
        var maya = await app.SignInAs(Role.ServiceDesigner);

        await maya.Open(path);

        Assert.Equal(HttpStatusCode.OK, maya.Status);
        Assert.Equal(heading, maya.Heading);
    }

    [Theory]
    [InlineData("/model/nonsense")]
    [InlineData("/model/needs/no-such-need")]
    [InlineData("/model/needs/no-such-need/edit")]
    [InlineData("/model/services/new")]
    [InlineData("/model/offers/none")]
    [InlineData("/model/drafts/00000000-0000-0000-0000-000000000000")]
    [InlineData("/model/editions/99")]
    [InlineData("/model/editions/1/undo")]
    [InlineData("/model/editions/1/compare/99")]
    [InlineData("/model/relations?subject=a&predicate=Implies&object=b")]
    public async Task What_is_not_there_says_so(string path) => Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignInAs(Role.ServiceDesigner)).Open(path)).Status);

    [Fact]
    public async Task An_adviser_cannot_open_the_model() => Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignInAs(Role.Adviser)).Open("/model")).Status);
}
