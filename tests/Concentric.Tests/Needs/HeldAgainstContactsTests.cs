using System.Net;
using Concentric.Core;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Measure.Demo;
using Concentric.Needs.Anticipation;
using Concentric.Needs.Concepts;
using Concentric.Needs.Seeding;
using Concentric.Needs.Workshops;
using Concentric.Tests.Needs.Anticipation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Needs;

/// <summary>What was said in a workshop beside what people who came for the services of its pilot also came for.</summary>
public sealed class HeldAgainstContactsTests
{
    private static readonly string SomeoneHasDied = SchemeUris.UriOf(ConceptType.LifeEvent, "someone-has-died");
    private static readonly Lazy<NeedModel> Seeded = new(() =>
    {
        var seed = SeedFiles.Read(NeedsDatabase.Now);
        return new(seed.Schemes, seed.Concepts, seed.Relations);
    });

    [Fact]
    public void The_demo_councils_counts_are_those_that_somebody_would_count_by_hand()
    {
        var of = NorthmoorAnticipationTests.Pairs(Northmoor.Contacts(new(2026, 3, 5), new Chance(Northmoor.Seed)));
        string[] pilot = ["321", "63"];
        var (rent, benefit) = (Need("pay-rent"), Service("69"));

        var held = HeldAgainstContacts.Of(Seeded.Value, Workshop(pilot), [rent, benefit, Service("321")], of);

        var began = ByHand(of, pilot, []);
        Assert.True(began.Began > 500, $"{began.Began} began with the pilot");
        Assert.Equal(began.Began, held.Began);
        var row = Assert.Single(held.Services, s => s.Name == Seeded.Value.Find(benefit.Concept!)!.Plain);
        var expected = ByHand(of, pilot, ["69"]);
        Assert.True(expected.Also >= 20);
        Assert.Equal((expected.Began, expected.Also), (row.Began!.Value, row.Also!.Value));
        var share = Share.Of(expected.Also, expected.Began)!.Value;
        Assert.Equal((share.Value, share.Low, share.High, share.Whole), (row.Share!.Share, row.Share.Low, row.Share.High, row.Share.N));
        var usual = Usual(of, pilot, ["69"]);
        Assert.Equal((usual.First, (double)usual.Also / usual.First), (row.Usual!.N, row.Usual.Share));

        // A need is met by any of its services; those of them that are of the pilot begin nothing.
        var services = Seeded.Value.From(rent.Concept!, Predicate.AddressedBy).Select(r => Seeded.Value.Find(r.Object)!.Identifier).ToArray();
        var need = ByHand(of, pilot, services);
        Assert.Equal((need.Began, need.Also), (Assert.Single(held.Needs).Began!.Value, held.Needs[0].Also!.Value));
        // Of the pilot's own service: who began with the other.
        var own = ByHand(of, pilot, ["321"]);
        Assert.Equal(own.Began, Assert.Single(held.Services, s => s.IsPilot).Began!.Value);
        Assert.NotEqual(began.Began, own.Began);
        // That was planted, and this workshop did not think of it.
        Assert.Contains(held.NotNamed, n => n.Name == "Blue Badge for parking");
        Assert.All(held.NotNamed, n => Assert.True(n.Share!.Share > (n.Usual?.Share ?? 0), n.Name));
        Assert.DoesNotContain(held.NotNamed, n => n.Name == row.Name);
        Assert.True(held.IsSynthetic);
    }

    [Fact]
    public void What_people_come_for_and_nobody_named_is_told_and_what_is_no_different_is_not()
    {
        // Forty of a hundred ask for 59 after 321, and eight of all others; ten ask for 524, which is no more than others do.
        var of = Pairs.Of(400,
        [
            .. Enumerable.Range(0, 100).Select(p => (p, p % 50, "321")),
            .. Enumerable.Range(0, 40).Select(p => (p, p % 50 + 10, "59")),
            .. Enumerable.Range(0, 10).Select(p => (p, p % 50 + 20, "524")),
            .. Enumerable.Range(100, 200).Select(p => (p, p % 50, "57")),
            .. Enumerable.Range(100, 8).Select(p => (p, p % 50 + 5, "59")),
            .. Enumerable.Range(120, 20).Select(p => (p, p % 50 + 5, "524")),
        ]);

        var held = HeldAgainstContacts.Of(Seeded.Value, Workshop("321"), [], of);

        var told = Assert.Single(held.NotNamed);
        Assert.Equal(("Council tax discounts", 100L, 40L, "More often than usual"), (told.Name, told.Began, told.Also, told.Reading));
        Assert.Equal((8.0 / 230, 230L), (told.Usual!.Share, told.Usual.N));
        var named = HeldAgainstContacts.Of(Seeded.Value, Workshop("321"), [Service("59"), Service("524")], of);
        Assert.Empty(named.NotNamed);
        Assert.Equal(["More often than usual", "No different from usual, as far as can be told"], named.Services.Select(s => s.Reading));
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(5, 5L)]
    public void Small_numbers_are_not_told(int also, long? told)
    {
        var row = Assert.Single(HeldAgainstContacts.Of(Seeded.Value, Workshop("321"), [Service("59")], Pairs.Following("321", "59", also)).Services);

        Assert.Equal((100L, told, told is null), (row.Began, row.Also, row.Share is null));
        if (told is null) Assert.Equal((null, "Fewer than 5 people: contacts do not show it"), (row.Usual, row.Reading));
    }

    [Theory]
    [InlineData(7, null)]
    [InlineData(8, 10L)]
    [InlineData(12, 10L)]
    public void Whoever_is_no_analyst_sees_counts_rounded_and_all_else_made_from_them(int also, long? told)
    {
        var row = Assert.Single(HeldAgainstContacts.Of(Seeded.Value, Workshop("321"), [Service("59")], Pairs.Following("321", "59", also), exact: false).Services);

        Assert.Equal((100L, told, told is null ? null : 0.1), (row.Began, row.Also, row.Share?.Share));
        if (told is null) Assert.Equal("Fewer than 8 people: contacts do not show it", row.Reading);
    }

    [Fact]
    public void Of_too_few_who_began_nothing_is_told()
    {
        var of = Pairs.Of(400, [.. Enumerable.Range(0, 49).SelectMany(p => ((int, int, string)[])[(p, 1, "321"), (p, 2, "59")])]);

        var held = HeldAgainstContacts.Of(Seeded.Value, Workshop("321"), [Service("59")], of);

        Assert.Null(held.Began);
        Assert.Equal((null, null, null, "Too few people to tell"), (held.Services[0].Began, held.Services[0].Also, held.Services[0].Share, held.Services[0].Reading));
        Assert.Empty(held.NotNamed);
    }

    [Fact]
    public void Who_began_too_late_or_came_for_it_before_does_not_count()
    {
        var of = Pairs.Of(200,
        [
            .. Enumerable.Range(0, 60).SelectMany(p => ((int, int, string)[])[(p, 10, "321"), (p, p < 20 ? 100 : 101, "59")]),
            .. Enumerable.Range(60, 30).SelectMany(p => ((int, int, string)[])[(p, 5, "59"), (p, 10, "321")]),
            .. Enumerable.Range(90, 40).SelectMany(p => ((int, int, string)[])[(p, 110, "321"), (p, 111, "59")]),
        ]);

        var row = Assert.Single(HeldAgainstContacts.Of(Seeded.Value, Workshop("321"), [Service("59")], of).Services);

        Assert.Equal((90L, 20L), (row.Began, row.Also));
    }

    [Fact]
    public void A_need_in_words_of_its_own_is_met_by_the_services_that_hang_on_it_and_what_is_in_no_contact_says_so()
    {
        var need = Card(Ring.Need, words: "Somebody to ask");
        var hanging = Card(Ring.Service, SchemeUris.UriOf(ConceptType.Service, "59"), because: $"{need.Id}");
        Statement[] cards = [need, hanging, Card(Ring.Service, words: "The vicar"), Card(Ring.Need, words: "Company"), Service("1818")];

        var held = HeldAgainstContacts.Of(Seeded.Value, Workshop("321"), cards, Pairs.Following("321", "59", 30));

        var row = Assert.Single(held.Needs);
        Assert.Equal(("Somebody to ask", 30L, "Council tax discounts"), (row.Name, row.Also, Assert.Single(row.MetBy)));
        Assert.Equal(["The vicar", "Company", "Food banks"], held.Untold.Select(u => u.Name));
    }

    [Fact]
    public async Task A_pilot_is_chosen_and_the_page_shows_what_contacts_show()
    {
        using var app = new TestApp();
        await SeedNorthmoor.Run(app.Services, default);
        var maya = await app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/model/workshops/new");
        await maya.Press("Plan it", ("Title", "When someone dies"), ("HeldOn.Day", "27"), ("HeldOn.Month", "3"), ("HeldOn.Year", "2026"), ("Venue", "Mossgrove library"), ("Situation", SomeoneHasDied));
        await maya.Press("Keep this card", ("Ring", "service"), ("Words", "279"), ("Strength", "High"), ("SaidBy", "carer"));
        await maya.Follow("Choose the services of the pilot");
        await maya.Press("Compare with contacts", ("Numbers", "999999"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        Assert.Contains("There is no service 999999 in the Services list", maya.Text, StringComparison.Ordinal);

        await maya.Press("Compare with contacts", ("Numbers", "321"));

        Assert.Equal(HttpStatusCode.OK, maya.Status);
        Assert.Equal([SchemeUris.UriOf(ConceptType.Service, "321")], (await app.Db(db => db.Workshops.SingleAsync())).Services!);
        var of = (await app.Services.GetRequiredService<IFirstContacts>().Of())!;
        var expected = ByHand(of, ["321"], ["279"]);
        Assert.True(expected.Also >= HeldAgainstContacts.LeastAlso);
        var row = maya.Page.QuerySelectorAll("tbody tr").Single(r => r.QuerySelector("th")!.TextContent.Trim() == "Blue Badge for parking").QuerySelectorAll("td").Select(c => c.TextContent.Trim()).ToList();
        Assert.Equal([Say.Number(expected.Also), Say.Number(expected.Began), Shown.Text(ShareFigure.Of(Share.Of(expected.Also, expected.Began)))], row[..3]);
        Assert.Contains($"Began with the pilot{ShownCount.Rounded(expected.Began)} people", maya.Text, StringComparison.Ordinal);
        Assert.Contains($"{Say.Date(of.From)} to {Say.Date(of.To)}", maya.Text, StringComparison.Ordinal);
        Assert.Contains("These figures are synthetic", maya.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_contacts_the_page_says_that_there_is_nothing_to_compare_with()
    {
        using var app = new TestApp();
        var maya = await app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/model/workshops/new");
        await maya.Press("Plan it", ("Title", "When someone dies"), ("HeldOn.Day", "27"), ("HeldOn.Month", "3"), ("HeldOn.Year", "2026"), ("Venue", "Mossgrove library"), ("Situation", SomeoneHasDied), ("Services", "321"));

        await maya.Follow("Compare with contacts");

        Assert.Contains("There are no contacts yet", maya.Text, StringComparison.Ordinal);
        Assert.Equal("checked", maya.Page.QuerySelector("input[name=Chosen]")!.HasAttribute("checked") ? "checked" : "not");
    }

    /// <summary>The same count in the plainest way, person by person.</summary>
    private static (long Began, long Also) ByHand(FirstContacts of, string[] pilot, string[] looked)
    {
        long began = 0, also = 0;
        foreach (var person in Persons(of))
        {
            var starts = person.Where(c => pilot.Contains(c.Service) && !looked.Contains(c.Service)).ToList();
            if (starts.Count == 0 || starts.Min(s => s.Day) is var start && start + 90 > of.Days - 1) continue;
            began++;
            if (person.Any(c => looked.Contains(c.Service) && c.Day >= start && c.Day <= start + 90)) also++;
        }
        return (began, also);
    }

    private static (long First, long Also) Usual(FirstContacts of, string[] pilot, string[] looked)
    {
        long first = 0, also = 0;
        foreach (var person in Persons(of))
        {
            foreach (var start in person.Where(c => !pilot.Contains(c.Service) && !looked.Contains(c.Service) && c.Day + 90 <= of.Days - 1))
            {
                first++;
                if (person.Any(c => looked.Contains(c.Service) && c.Day >= start.Day && c.Day <= start.Day + 90)) also++;
            }
        }
        return (first, also);
    }

    private static IEnumerable<List<(string Service, int Day)>> Persons(FirstContacts of) =>
        Enumerable.Range(0, of.Count).GroupBy(i => of.Person[i], i => (of.Services[of.Service[i]], (int)of.Day[i])).Select(g => g.ToList());

    private static Workshop Workshop(params string[] pilot) => new()
    {
        Id = Guid.CreateVersion7(NeedsDatabase.Now), Title = "W", HeldOn = new(2026, 3, 27), Venue = "V", Situation = SomeoneHasDied, By = "x", CreatedAt = NeedsDatabase.Now,
        Services = [.. pilot.Select(p => SchemeUris.UriOf(ConceptType.Service, p))],
    };

    private static Statement Service(string number) => Card(Ring.Service, SchemeUris.UriOf(ConceptType.Service, number));

    private static Statement Need(string slug) => Card(Ring.Need, SchemeUris.UriOf(ConceptType.Need, slug));

    private static Statement Card(Ring ring, string? concept = null, string? words = null, string? because = null) => new()
    {
        Id = Guid.CreateVersion7(NeedsDatabase.Now), Workshop = Guid.Empty, Ring = ring, Concept = concept, Words = words, Because = because, Strength = Confidence.High, SaidBy = "carer", By = "x", At = NeedsDatabase.Now,
    };
}
