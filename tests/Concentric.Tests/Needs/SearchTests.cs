using Concentric.Core;
using Concentric.Needs.Circles;
using Concentric.Needs.Concepts;
using Concentric.Needs.Searching;
using Concentric.Needs.Services;

namespace Concentric.Tests.Needs;

/// <summary>The seeded model in a database, made once for the tests that only read.</summary>
public sealed class SeededNeeds : IAsyncLifetime
{
    internal NeedsDatabase Database { get; private set; } = null!;
    internal NeedModel Model { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await NeedsDatabase.Create();
        Model = await Database.Cache.Current();
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}

public sealed class SearchTests(SeededNeeds needs) : IClassFixture<SeededNeeds>
{
    private NeedModel Model => needs.Model;

    private async Task<Found> Of(string words)
    {
        await using var db = needs.Database.Open();
        return await Search.Of(db, Model, words);
    }

    private async Task<ServiceList> List(string? words, int offset, int limit)
    {
        await using var db = needs.Database.Open();
        return await ShowService.Of(db, Model, words, offset, limit);
    }

    [Theory]
    [InlineData("bins", "524")]
    [InlineData("rubbish", "524")]
    [InlineData("wheelie", "524 526")]
    [InlineData("recyling", "1130")]
    [InlineData("pot hole road", "557")]
    [InlineData("pothole", "557")]
    [InlineData("blue badge", "279")]
    [InlineData("badge blue", "279")]
    [InlineData("bleu bagde", "279")]
    [InlineData("council tax", "58 63")]
    [InlineData("counsil tax", "58 63 59")]
    [InlineData("fly tipping", "587")]
    [InlineData("food bank", "1818")]
    [InlineData("register a death", "321")]
    [InlineData("meals on wheels", "315")]
    [InlineData("noisy neighbours loud music", "412")]
    [InlineData("rats in my garden", "431")]
    [InlineData("free school meals", "4")]
    [InlineData("BUS PASS", "273 280")]
    [InlineData("carer's assessment", "1755")]
    [InlineData("street lamp broken", "564")]
    public async Task The_service_that_people_mean_is_in_the_first_three(string words, string services)
    {
        var found = (await Of(words)).Services.Take(3).Select(s => s.Id);

        Assert.Contains(found, id => services.Split(' ').Contains(id));
    }

    [Theory]
    [InlineData("I have lost my job", "lost-my-job")]
    [InlineData("made redundant", "lost-my-job")]
    [InlineData("redundent", "lost-my-job")]
    [InlineData("my mum died", "someone-has-died")]
    [InlineData("we are getting divorced", "separating")]
    [InlineData("pregnant", "having-a-baby")]
    [InlineData("being evicted by my landlord", "losing-my-home")]
    [InlineData("refugee", "new-to-the-country")]
    public async Task The_life_event_that_people_mean_comes_first(string words, string slug) =>
        Assert.Equal(slug, (await Of(words)).LifeEvents[0].Slug);

    [Theory]
    [InlineData("I cannot pay my rent", "I cannot pay my rent")]
    [InlineData("rent pay cannot", "I cannot pay my rent")]
    [InlineData("lonely", "I want to meet people")]
    [InlineData("behind with the rent", "I cannot pay my rent")]
    [InlineData("hungry", "I cannot afford food")]
    [InlineData("depresed", "I need someone to talk to")]
    public async Task The_need_that_people_mean_comes_first_with_its_services(string words, string need)
    {
        var first = (await Of(words)).Needs[0];

        Assert.Equal(need, first.Label);
        Assert.NotEmpty(first.Services);
    }

    [Fact]
    public async Task What_only_shares_a_small_word_is_left_out() =>
        Assert.DoesNotContain((await Of("I can't pay my rent")).Needs, n => n.Label.Contains("caring", StringComparison.Ordinal) || n.Label.Contains("carer", StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("qqqqxxxx")]
    [InlineData("?!;--")]
    public async Task Words_that_mean_nothing_find_nothing(string words) => Assert.False((await Of(words)).Any);

    [Theory]
    [InlineData("kitten", "sitten", 1)]
    [InlineData("receive", "recieve", 1)]
    [InlineData("bins", "bins", 0)]
    [InlineData("bins", "tax", 3)]
    [InlineData("council", "counsil", 1)]
    public void Slips_of_the_finger_are_counted(string a, string b, int slips)
    {
        Assert.Equal(slips, TypingMistakes.Between(a, b, 2));
        Assert.Equal(slips, TypingMistakes.Between(b, a, 2));
    }

    [Fact]
    public async Task The_list_of_services_can_be_asked_for_in_parts()
    {
        var all = await List(null, 0, 2000);
        var part = await List(null, 1500, 100);
        var bins = await List("bins", 0, 3);

        Assert.Equal((1522, 1522), (all.Total, all.Services.Count));
        Assert.Equal((1522, 22), (part.Total, part.Services.Count));
        Assert.Equal(all.Services[^1], part.Services[^1]);
        Assert.Equal(3, bins.Services.Count);
        Assert.Contains("esd-toolkit", all.Attribution, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_start_page_asks_what_is_happening()
    {
        var page = await Rendered.Page<HomePage>(new { LifeEvents = (IReadOnlyList<LifeEvent>)[.. Model.InUse(ConceptType.LifeEvent).Select(LifeEvent.Of)] });

        Assert.Equal("What is happening?", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(31, page.QuerySelectorAll(".life-events a").Length);
        Assert.NotNull(page.QuerySelector("a[href='/enquiries/status']"));
        Assert.Equal("/needs/search", page.QuerySelector("form")!.GetAttribute("action"));
        Assert.Equal(page.QuerySelector("form label")!.GetAttribute("for"), page.QuerySelector("form input")!.Id);
    }

    [Fact]
    public async Task What_was_typed_is_shown_again_and_never_as_markup()
    {
        const string typed = "<script>alert(1)</script>";

        var page = await Rendered.Page<SearchPage>(new { Question = typed, Errors = new Errors(), LifeEvents = (IReadOnlyList<LifeEvent>)[], Found = await Of(typed) });

        Assert.Null(page.QuerySelector("main script"));
        Assert.Equal(typed, page.QuerySelector("#q")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_service_says_what_it_helps_with_and_takes_an_enquiry()
    {
        var page = await Rendered.Page<ServicePage>(new { Details = ServiceDetails.Of(Model, "63")! });

        Assert.Equal("Ask for help to pay your council tax", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("/enquiries/new?service=63", page.QuerySelector("a.govuk-button")!.GetAttribute("href"));
        Assert.Contains("Council tax benefit new claim", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("http://id.esd.org.uk/service/63", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("Help with council tax", page.Body.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("a[href='/needs/lost-my-job']"));
    }

    [Fact]
    public void A_service_that_nobody_lists_has_no_page() => Assert.Null(ServiceDetails.Of(Model, "999999"));

    [Fact]
    public async Task Every_service_page_can_be_drawn()
    {
        foreach (var service in Model.InUse(ConceptType.Service))
            Assert.Contains("govuk-button", await Rendered.Html<ServicePage>(new { Details = ServiceDetails.Of(Model, service.Identifier)! }), StringComparison.Ordinal);
    }
}
