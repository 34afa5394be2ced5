using Concentric.Core;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Eligibility;
using Concentric.Needs.Seeding;
using Concentric.Needs.Situations;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;

namespace Concentric.Tests.Needs;

public sealed class SituationTests
{
    private static readonly SeedFiles Seed = SeedFiles.Read(NeedsDatabase.Now);
    private static readonly Settings Settings = new(new ConfigurationBuilder().AddInMemoryCollection([new("CONCENTRIC_COUNCIL", "northmoor")]).Build());
    private static readonly DemoDirectory Northmoor = DemoDirectory.Read(Settings);
    private static readonly string Own = WhoProvides.Own(Settings);

    internal static readonly NeedModel Model = new(Seed.Schemes, [.. Seed.Concepts, .. Northmoor.Organisations], Seed.Relations, Northmoor.Offers, Northmoor.Places);

    public static TheoryData<string> LifeEvents => [.. Model.InUse(ConceptType.LifeEvent).Select(c => c.Identifier)];

    [Theory]
    [MemberData(nameof(LifeEvents))]
    public void At_most_eight_questions_are_asked_each_with_why_and_the_most_telling_first(string slug)
    {
        var questions = Questions.Of(Model, Of(slug));

        Assert.InRange(questions.Count, 1, Questions.Most);
        Assert.All(questions, q => Assert.False(string.IsNullOrWhiteSpace(q.Why)));
        Assert.Equal(questions.OrderByDescending(q => q.Tells).Select(q => q.Circumstance.Uri), questions.Select(q => q.Circumstance.Uri));
        Assert.All(questions, q => Assert.NotEqual(Lines(slug, q.Circumstance.Uri, Reply.Yes), Lines(slug, q.Circumstance.Uri, Reply.No)));
    }

    [Theory]
    [MemberData(nameof(LifeEvents))]
    public void A_protected_characteristic_is_asked_for_only_where_it_decides_on_a_service_that_is_shown(string slug)
    {
        var shown = Situation.Of(Model, slug, Answers.None)!.Services(Model).ToHashSet();

        Assert.All(Questions.Of(Model, Of(slug)).Where(q => q.Circumstance.Details!.Protected is not null), q =>
        {
            Assert.NotEmpty(q.ForServices);
            Assert.Contains(Model.From(q.Circumstance.Uri, Predicate.DefinesEligibility), r => shown.Contains(r.Object));
            Assert.Contains("only because the rules of", q.Why!, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Now_is_what_a_likely_way_leads_to_and_next_what_only_possible_ways_do()
    {
        var situation = Situation.Of(Model, "lost-my-job", Answers.None)!;

        Assert.All(situation.Now, n => Assert.Contains(n.Ways, w => w.Strength >= Confidence.Medium));
        Assert.All(situation.Next, n => Assert.All(n.Ways, w => Assert.Equal(Confidence.Low, w.Strength)));
        Assert.NotEmpty(situation.Now);
        Assert.NotEmpty(situation.Next);
    }

    [Fact]
    public void A_yes_makes_a_possible_circumstance_certain_and_a_no_takes_it_away()
    {
        var mortgage = SchemeUris.UriOf(ConceptType.Circumstance, "behind-with-mortgage");
        var implied = Model.From(mortgage, Predicate.Implies).Where(r => r.Confidence > Confidence.Low).Select(r => r.Object).ToList();
        Assert.NotEmpty(implied);

        var yes = Situation.Of(Model, "lost-my-job", Answers.None.With(mortgage, Reply.Yes))!;
        var no = Situation.Of(Model, "lost-my-job", Answers.None.With(mortgage, Reply.No))!;

        Assert.All(implied, need => Assert.Contains(yes.Now, n => n.Need.Uri == need));
        Assert.DoesNotContain(no.Needs.SelectMany(n => n.Ways), w => w.Circumstance.Uri == mortgage);
    }

    [Fact]
    public void A_life_event_that_the_model_relates_to_this_one_may_come_next()
    {
        var related = new Relation
        {
            Subject = Of("lost-my-job").Uri, Predicate = Predicate.Related, Object = Of("moving-home").Uri, Source = "council", Confidence = Confidence.Medium, Reason = "",
        };
        var model = new NeedModel(Seed.Schemes, Seed.Concepts, [.. Seed.Relations, related]);

        var (before, after) = (Situation.Of(Model, "lost-my-job", Answers.None)!, Situation.Of(model, "lost-my-job", Answers.None)!);

        Assert.Equal(before.Now.Select(n => n.Need.Uri).Order(), after.Now.Select(n => n.Need.Uri).Order());
        Assert.True(after.Next.Count() > before.Next.Count(), "The needs of moving home come after those of losing a job");
        Assert.Contains(Model.From(Of("moving-home").Uri, Predicate.Determines).Select(r => r.Object), after.DirectNext.Select(r => r.Object).Contains);
    }

    [Fact]
    public void No_answer_hides_a_service_of_a_need_that_is_shown() => Prop.ForAll<NonNegativeInt, NonNegativeInt>((which, number) =>
    {
        var lifeEvents = Model.InUse(ConceptType.LifeEvent).ToList();
        var lifeEvent = lifeEvents[which.Get % lifeEvents.Count];
        var replies = Questions.Of(Model, lifeEvent).Index().ToDictionary(q => q.Item.Circumstance.Uri, q => (Reply)(number.Get / (int)Math.Pow(3, q.Index) % 3));
        var answers = new Answers { Replies = replies.Where(r => r.Value != Reply.Skipped).ToDictionary(), Age = number.Get % 5 == 0 ? null : number.Get % 100 };

        var help = Help.Of(Model, Situation.Of(Model, lifeEvent, answers), Own);

        return help.Now.Concat(help.Next).Where(n => !n.Slug.StartsWith("direct", StringComparison.Ordinal)).All(n =>
            n.Services.Select(s => s.Uri).ToHashSet().SetEquals(Model.From(SchemeUris.UriOf(ConceptType.Need, n.Slug), Predicate.AddressedBy).Select(r => r.Object))
            && n.Services.Select(s => s.Eligibility.State).SequenceEqual(n.Services.Select(s => s.Eligibility.State).Order())
            && n.Services.All(s => s.Eligibility.State != EligibilityState.Unlikely || s.Eligibility.Because.Count > 0));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(8000));

    [Fact]
    public void Risk_factors_are_never_a_way_to_a_need_that_citizens_see()
    {
        var risks = Seed.Relations.Where(r => r.Predicate == Predicate.RiskFactor).Select(r => r.Key).ToHashSet();
        Assert.NotEmpty(risks);

        Assert.All(Model.InUse(ConceptType.LifeEvent), e => Assert.DoesNotContain(Situation.Of(Model, e, Answers.None).Needs.SelectMany(n => n.Ways), w => risks.Contains(w.Implied.Key)));
    }

    [Theory]
    [MemberData(nameof(LifeEvents))]
    public async Task The_page_shows_each_service_once_and_every_way_to_get_it(string slug)
    {
        var question = Questions.Of(Model, Of(slug))[0];
        var help = Help.Of(Model, Situation.Of(Model, slug, Answers.None.With(question.Circumstance.Uri, Reply.No) with { Age = 30 })!, Own);

        var page = await Rendered.Page<HelpPage>(new { Help = help, Said = (IReadOnlyList<(string, string)>)[], Query = "" });

        var text = page.Body!.TextContent;
        var services = help.Now.Concat(help.Next).SelectMany(n => n.Services).DistinctBy(s => s.Id).ToList();
        Assert.All(services, s => Assert.Single(page.QuerySelectorAll($"a[href='/enquiries/new?service={s.Id}']")));
        Assert.All(services.SelectMany(s => s.Offers).SelectMany(o => o.Ways), w => Assert.Contains(w.How, text, StringComparison.Ordinal));
        Assert.All(services.Where(s => s.Offers.Count == 0 && s.Eligibility.State != EligibilityState.Unlikely), s => Assert.Contains("We know of nobody who provides this yet", page.GetElementById($"service-{s.Id}")!.TextContent, StringComparison.Ordinal));
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(page.QuerySelectorAll("a[href^='#']"), a => Assert.NotNull(page.GetElementById(a.GetAttribute("href")![1..])));
    }

    private static Concept Of(string slug) => Model.Find(ConceptType.LifeEvent, slug)!;

    /// <summary>What the result shows: each need, now or next, and each service with its state.</summary>
    private static List<string> Lines(string slug, string circumstance, Reply reply)
    {
        var help = Help.Of(Model, Situation.Of(Model, slug, Answers.None.With(circumstance, reply))!, Own);
        return [.. help.Now.Select(n => $"now {n.Slug}"), .. help.Next.Select(n => $"next {n.Slug}"), .. help.Now.Concat(help.Next).SelectMany(n => n.Services).Select(s => $"{s.Id} {s.Eligibility.State}")];
    }
}
