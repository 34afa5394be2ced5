using Concentric.Needs.Circles;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Wheels;
using Microsoft.Extensions.Configuration;

namespace Concentric.Tests.Needs;

public sealed class OtherCirclesTests
{
    private static readonly NeedModel Model = SituationTests.Model;
    private static readonly string Own = WhoProvides.Own(new(new ConfigurationBuilder().AddInMemoryCollection([new("CONCENTRIC_COUNCIL", "northmoor")]).Build()));

    private static IEnumerable<Rings> All =>
        Model.InUse(ConceptType.LifeEvent).Select(e => OtherCircles.Any(Model, e.Identifier, [], null, null, Own)!)
            .Concat(Model.InUse(ConceptType.Circumstance).Select(c => OtherCircles.Any(Model, null, [c.Identifier], null, null, Own)!))
            .Concat(Model.InUse(ConceptType.Need).Select(n => OtherCircles.Any(Model, null, [], n.Identifier, null, Own)!))
            .Concat(Model.Offers.Select(o => o.Service).Distinct().Select(s => OtherCircles.Any(Model, null, [], null, Model.Find(s)!.Identifier, Own)!));

    [Fact]
    public void No_words_of_any_circle_of_the_demo_lie_on_others() =>
        Assert.All(All.Where(r => r.Parts.Count > 0), rings =>
        {
            var boxes = CircleLayout.Of(rings).Boxes.ToList();
            for (var i = 0; i < boxes.Count; i++)
                for (var j = i + 1; j < boxes.Count; j++)
                    Assert.False(boxes[i].Overlaps(boxes[j]), $"{rings.Label}: {boxes[i]} lies on {boxes[j]}");
        });

    [Fact]
    public async Task The_page_of_each_kind_says_in_lists_what_the_picture_shows()
    {
        foreach (var rings in All.Where(r => r.Parts.Count > 0).GroupBy(r => r.Centre).SelectMany(g => g.Take(5)))
        {
            var page = await Rendered.Page<RingsPage>(new { Rings = rings });

            var listed = page.QuerySelectorAll("section a.govuk-link").Select(a => a.GetAttribute("href")!).ToHashSet();
            var drawn = page.QuerySelectorAll("svg.circle a").Select(a => a.GetAttribute("href")!).ToList();
            Assert.All(drawn.Where(h => h.StartsWith('/')), href => Assert.Contains(href, listed));
            Assert.All(drawn.Where(h => h.StartsWith('#')), href => Assert.NotNull(page.GetElementById(href[1..])));
            Assert.Equal(drawn.Count, drawn.Distinct().Count());
            var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
            Assert.Contains("our own reading", page.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_mix_has_the_needs_of_each_of_its_circumstances_and_says_by_which()
    {
        var mix = OtherCircles.Mix(Model, ["low-income", "out-of-work"], Own)!;

        var each = new[] { "low-income", "out-of-work" }.SelectMany(c => Model.From(SchemeUris.UriOf(ConceptType.Circumstance, c), Predicate.Implies)).Select(r => r.Object).ToHashSet();
        Assert.Equal(each, mix.Needs.Select(n => n.Uri).ToHashSet());
        Assert.Contains(mix.Needs, n => n.Because.Select(b => b.Circumstance).Distinct().Count() == 2);
        Assert.Equal(mix.Needs.OrderByDescending(n => n.Strength).Select(n => n.Slug), mix.Needs.Select(n => n.Slug));
        Assert.Null(OtherCircles.Mix(Model, ["low-income", "won-the-lottery"], Own));
        Assert.Null(OtherCircles.Mix(Model, [], Own));
    }

    [Fact]
    public void Gaps_are_marked_and_ours_and_partners_are_told_apart()
    {
        var leaves = All.Where(r => r.Centre is CircleCentre.LifeEvent or CircleCentre.Circumstances).SelectMany(r => r.Parts).SelectMany(p => p.Outer).DistinctBy(l => l.Id).ToList();

        Assert.All(leaves, l => Assert.Equal(Model.OffersOf(l.Uri!).Any(), l.Provider != Provider.Nobody));
        Assert.All(leaves.Where(l => l.Provider == Provider.Ours), l => Assert.All(Model.OffersOf(l.Uri!), o => Assert.Equal(Own, o.Organisation)));
        Assert.All(leaves.Where(l => l.Provider == Provider.Partner), l => Assert.All(Model.OffersOf(l.Uri!), o => Assert.NotEqual(Own, o.Organisation)));
        Assert.Equal([Provider.Ours, Provider.Partner, Provider.Both, Provider.Nobody], leaves.Select(l => l.Provider!.Value).Distinct().Order());
        Assert.All(leaves.Where(l => l.Provider == Provider.Nobody), l => Assert.EndsWith("(nobody)", l.DrawnLabel, StringComparison.Ordinal));
        var without = Model.InUse(ConceptType.Need).Where(n => !Model.From(n.Uri, Predicate.AddressedBy).Any()).Select(n => n.Identifier).ToHashSet();
        Assert.All(All.Where(r => r.Centre == CircleCentre.LifeEvent).SelectMany(r => r.Parts), p => Assert.Equal(without.Contains(p.Id), p.IsGap));
    }

    [Fact]
    public void Without_a_directory_nothing_is_called_a_gap_of_offers()
    {
        var model = new NeedModel(Model.Schemes, Model.Concepts, Model.Relations);

        Assert.All(Circle.Of(model, "lost-my-job", Own)!.Needs.SelectMany(n => n.Services), s => Assert.Equal(Provider.NotKnown, s.Provider));
    }

    [Fact]
    public void Around_a_service_stand_its_needs_and_the_circumstances_behind_them()
    {
        var rings = OtherCircles.Service(Model, "63")!;

        var needs = Model.To(SchemeUris.UriOf(ConceptType.Service, "63"), Predicate.AddressedBy).Select(r => Model.Find(r.Subject)!.Identifier);
        Assert.Equal(needs.Order(), rings.Parts.Where(p => p.Id != "direct").Select(p => p.Id).Order());
        Assert.All(rings.Parts.Where(p => p.Id != "direct"), p => Assert.All(p.Outer, o => Assert.NotEmpty(OtherCircles.LifeEventsBehind(Model, o.Uri!))));
        Assert.Null(OtherCircles.Service(Model, "999999"));
        Assert.Null(OtherCircles.Need(Model, "nothing", Own));
    }

    [Fact]
    public void The_wheel_holds_every_need_once_with_all_its_services()
    {
        var wheel = Wheel.Of(Model, Own);

        Assert.Equal(Model.InUse(ConceptType.Need).Select(n => n.Identifier).Order(), wheel.Needs.Select(n => n.Slug).Order());
        Assert.All(wheel.Needs, n => Assert.Equal(Model.From(n.Uri, Predicate.AddressedBy).Select(r => r.Object).Distinct().Count(), n.Services.Count));
        Assert.Contains(wheel.Groups, g => g.Label == "Advice and benefits");
        Assert.Equal(wheel.Needs.Count(n => n.Services.Count == 0), wheel.Groups.Where(g => g.Label == "No service yet").Sum(g => g.Needs.Count));
        Assert.Equal(Enumerable.Range(1, wheel.Groups.Count), wheel.Groups.Select(g => g.Number));
    }

    [Fact]
    public async Task The_tables_below_the_wheel_say_what_it_shows()
    {
        var wheel = Wheel.Of(Model, Own);

        var page = await Rendered.Page<WheelPage>(new { Wheel = wheel });

        Assert.Equal(wheel.Needs.Count() + wheel.Groups.Count, page.QuerySelectorAll("svg.wheel a").Length);
        Assert.All(page.QuerySelectorAll("svg.wheel a"), a => Assert.NotNull(page.GetElementById(a.GetAttribute("href")![1..])));
        Assert.All(wheel.Needs, n => Assert.Equal(n.Services.Count, page.GetElementById($"need-{n.Slug}")!.QuerySelectorAll("td a").Length));
        Assert.All(wheel.Needs.Where(n => n.IsGap), n => Assert.Contains("Gap", page.GetElementById($"need-{n.Slug}")!.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Words_of_the_wheel_stay_on_it_and_marks_of_one_spoke_apart()
    {
        var drawing = WheelLayout.Of(Wheel.Of(Model, Own));

        Assert.All(drawing.Spokes, s =>
        {
            var wide = TextLines.WidthOf(s.Label!, WheelLayout.LetterSize);
            var reach = Math.Sqrt(Math.Pow(s.LabelX - drawing.Middle, 2) + Math.Pow(s.LabelY - drawing.Middle, 2)) + wide;
            Assert.True(reach <= drawing.Middle + 1, $"{s.Label} is off the wheel");
            Assert.Equal(s.Marks.Count, s.Marks.Select(m => (m.X, m.Y)).Distinct().Count());
        });
    }

    [Fact]
    public void A_circle_of_a_large_model_shows_the_surest_part()
    {
        var (model, slug, mix) = Large();
        foreach (var circle in new[] { OtherCircles.Any(model, slug, [], null, null, Own)!, OtherCircles.Any(model, null, mix, null, null, Own)! })
        {
            var drawing = CircleLayout.Of(circle);

            Assert.NotEmpty(drawing.Needs);
            Assert.True(drawing.HasMore);
        }
    }

    /// <summary>A model of the size of all of the standards' lists, made up and the same each time.</summary>
    private static (NeedModel, string LifeEvent, string[] Mix) Large()
    {
        List<Concept> Make(ConceptType type, int count) => [.. Enumerable.Range(0, count).Select(n => new Concept
        {
            Uri = SchemeUris.UriOf(type, $"{n}"), Scheme = SchemeUris.SchemeOf(type), Identifier = $"{n}", Type = type, Label = $"{type} number {n}", Status = ConceptStatus.Local, Place = n,
        })];
        var (events, circumstances, needs, services) = (Make(ConceptType.LifeEvent, 100), Make(ConceptType.Circumstance, 4000), Make(ConceptType.Need, 1000), Make(ConceptType.Service, 5000));
        var relations = new List<Relation>();
        void Join(List<Concept> from, Predicate predicate, List<Concept> to, int count)
        {
            for (var n = 0; n < count; n++)
                relations.Add(new() { Subject = from[n % from.Count].Uri, Predicate = predicate, Object = to[(n * 7919 + n / from.Count * 31) % to.Count].Uri, Source = $"s{n}", Confidence = (Confidence)(n % 3), Reason = "Because." });
        }
        Join(events, Predicate.Changes, circumstances, 2000);
        Join(circumstances, Predicate.Implies, needs, 20000);
        Join(needs, Predicate.AddressedBy, services, 20000);
        Join(circumstances, Predicate.DefinesEligibility, services, 18000);
        return (new([], [.. events, .. circumstances, .. needs, .. services], relations), "0", ["1", "2", "3", "4", "5"]);
    }
}
