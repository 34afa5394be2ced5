using System.Net;
using Concentric.Core.People;
using Concentric.Needs;
using Concentric.Needs.Concepts;
using Concentric.Needs.Designing;
using Concentric.Needs.Directory;
using Concentric.Needs.Editions;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Needs;

/// <summary>The forms in which things, links and offers are written.</summary>
public sealed class EditingTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task A_mistake_is_explained_and_nothing_is_lost()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/model/circumstances/new");

        await maya.Press("Put into the draft", ("Label", ""), ("Question", "Do you rent?"), ("OtherWords", "tenant"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        Assert.Contains("Enter a name", maya.Text, StringComparison.Ordinal);
        Assert.Contains("Enter why it is asked", maya.Text, StringComparison.Ordinal);
        Assert.Equal("tenant", maya.Page.QuerySelector("textarea[name=OtherWords]")!.TextContent.Trim());
        Assert.Empty(await DraftChanges());
    }

    [Fact]
    public async Task A_new_thing_gets_a_short_name_of_its_own()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/model/needs/new");
        await maya.Press("Put into the draft", ("Label", "I can’t pay for my child’s trip"));
        Assert.Equal("I can’t pay for my child’s trip", maya.Heading);
        Assert.EndsWith("/model/needs/i-cant-pay-for-my-childs-trip", maya.Page.Url, StringComparison.Ordinal);

        await maya.Open("/model/needs/new");
        await maya.Press("Put into the draft", ("Label", "Another"), ("Slug", "pay-rent"));
        Assert.Contains("There is already a need with the short name “pay-rent”. Choose another", maya.Text, StringComparison.Ordinal);

        await maya.Open("/model/drafts");
        await maya.Follow((await _app.Db(db => db.Editions.SingleAsync(e => e.Number == null))).Title);
        Assert.Contains("No service addresses the need “I can’t pay for my child’s trip”.", maya.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_chosen_by_words_and_written_with_its_source()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/model/needs/pay-rent");
        await maya.Follow("Add a link");
        await maya.Press("Find");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        await maya.Press("Find", ("link", "AddressedBy.out"), ("words", "bins"));
        await maya.Press("Continue", ("other", SchemeUris.UriOf(ConceptType.Service, "524")));
        Assert.Contains("“I cannot pay my rent” is addressed by “Bin collection”.", maya.Text, StringComparison.Ordinal);
        await maya.Press("Put into the draft", ("Reason", ""), ("Confidence", "Low"));
        Assert.Contains("Enter the reason", maya.Text, StringComparison.Ordinal);
        await maya.Press("Put into the draft", ("Reason", "A test of links."), ("Confidence", "Low"), ("ValidFrom.Day", "31"), ("ValidFrom.Month", "2"), ("ValidFrom.Year", "2026"));
        Assert.Contains("First day on which it holds must be a real date", maya.Text, StringComparison.Ordinal);
        await maya.Press("Put into the draft", ("ValidFrom.Day", "1"));

        var relation = Assert.Single(await DraftChanges()).AfterAs<Relation>()!;
        Assert.Equal(("Northmoor Council", Confidence.Low, "A test of links.", new DateOnly(2026, 2, 1)), (relation.Source, relation.Confidence, relation.Reason, relation.ValidFrom));
        Assert.NotNull(relation.ObjectVersion);
        Assert.Contains("Source: Northmoor Council.", maya.Text, StringComparison.Ordinal);

        await maya.Open(maya.Page.QuerySelectorAll("a").First(a => a.TextContent.StartsWith("Edit the link to Bin collection", StringComparison.Ordinal)).GetAttribute("href")!);
        await maya.Press("Take away");
        Assert.Empty(await DraftChanges());
    }

    [Fact]
    public async Task A_test_of_eligibility_says_what_it_does_and_keeps_apart_from_what_is_implied()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        var (circumstance, service) = (SchemeUris.UriOf(ConceptType.Circumstance, "low-income"), SchemeUris.UriOf(ConceptType.Service, "524"));
        await maya.Open(DesignLinks.Relation(circumstance, Predicate.DefinesEligibility, service));
        await maya.Press("Put into the draft", ("Reason", "The law says so."), ("Confidence", "High"), ("Evidence", "An Act"));
        Assert.Contains("Select what it does in the test", maya.Text, StringComparison.Ordinal);
        await maya.Press("Put into the draft", ("Mode", "Requires"));

        Assert.Equal(EligibilityMode.Requires, Assert.Single(await DraftChanges()).AfterAs<Relation>()!.Mode);
        var headings = maya.Page.QuerySelectorAll("h3").Select(h => h.TextContent).ToList();
        Assert.Contains(headings, h => h.StartsWith("Needs that it implies", StringComparison.Ordinal));
        Assert.Contains(headings, h => h.StartsWith("Services whose eligibility it defines (", StringComparison.Ordinal));
        Assert.Contains(headings, h => h.StartsWith("Needs that it is a risk factor for", StringComparison.Ordinal));
        Assert.Contains(headings, h => h.StartsWith("Services that are suited to it", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await maya.Open(DesignLinks.Relation(service, Predicate.DefinesEligibility, circumstance))).Status);
    }

    [Fact]
    public async Task Retiring_shows_first_what_points_at_a_thing()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/model/needs/pay-rent/retire");
        Assert.Matches(@"\d+ links point at it\.", maya.Text);
        await maya.Press("Put into the draft", ("Why", "Nobody says it"));

        Assert.Equal(ConceptStatus.Retired, Assert.Single(await DraftChanges()).AfterAs<Concept>()!.Status);
        await maya.Follow("Review and publish");
        Assert.Contains("Retired need:", maya.Text, StringComparison.Ordinal);
        Assert.Matches("“I cannot pay my rent” is retired, and \\d+ links point at it\\.", maya.Text);
    }

    [Fact]
    public async Task An_offer_is_written_with_its_service_found_by_words()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/model/offers/new");
        await maya.Press("Put into the draft", ("ServiceWords", "bins"), ("Name", "Green bins"), ("Description", "We collect them."), ("MinimumAge", "x"));
        Assert.Contains("Select the service from those that were found", maya.Text, StringComparison.Ordinal);
        Assert.Contains("Select the organisation that offers it", maya.Text, StringComparison.Ordinal);
        Assert.Contains("Youngest age must be a whole number from 0 to 120", maya.Text, StringComparison.Ordinal);
        var (service, ours) = (SchemeUris.UriOf(ConceptType.Service, "524"), SchemeUris.UriOf(ConceptType.Organisation, "northmoor"));
        await maya.Press("Put into the draft", ("Service", service), ("Organisation", ours), ("MinimumAge", "16"), ("Ways[phone]", "Call us."));

        var offer = Assert.Single(await DraftChanges()).AfterAs<Offer>()!;
        Assert.Equal(("green-bins", service, ours, 16), (offer.Identifier, offer.Service, offer.Organisation, offer.MinimumAge));
        Assert.Equal([new Way("phone", "Call us.")], offer.Ways!);
        Assert.Equal("Green bins", maya.Heading);
        await maya.Follow("Edit");
        await maya.Press("Put into the draft");
        Assert.Equal(ModelChange.Written(offer), Assert.Single(await DraftChanges()).After);
    }

    [Fact]
    public async Task A_place_is_written_and_loses_its_point_on_the_map_when_it_moves()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/model/places/new");
        await maya.Press("Put into the draft", ("Name", "Mossgrove Hall"), ("Town", "Northmoor"));
        Assert.Contains("Mossgrove Hall In your draft", maya.Text, StringComparison.Ordinal);
        var place = Assert.Single(await DraftChanges()).AfterAs<Place>()!;

        Assert.Equal(("mossgrove-hall", "Northmoor"), (place.Identifier, place.Town));
        var known = new Place { Identifier = "p", Name = "P", Town = "Northmoor", Latitude = 53.5, Longitude = -2.5 };
        Assert.Equal(53.5, new EditPlaceForm { Name = "Q", Town = "Northmoor" }.Applied(known, "p").Latitude);
        Assert.Null(new EditPlaceForm { Name = "P", Town = "Elsewhere" }.Applied(known, "p").Latitude);
    }

    public void Dispose() => _app.Dispose();

    private Task<List<ModelChange>> DraftChanges() => _app.Db(db => db.ModelChanges.AsNoTracking().Where(c => db.Set<Edition>().Any(e => e.Id == c.Edition && e.Number == null)).ToListAsync());
}
