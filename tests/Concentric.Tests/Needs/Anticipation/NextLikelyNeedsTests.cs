using Concentric.Core.Facts;
using Concentric.Needs.Anticipation;
using Concentric.Needs.Concepts;

namespace Concentric.Tests.Needs.Anticipation;

public sealed class NextLikelyNeedsTests
{
    private static readonly AlsoAsked Learnt = AlsoAsked.Learn(Pairs.Following("321", "557", 30));
    private static readonly IReadOnlySet<string> Approved = new HashSet<string> { "321" };

    [Fact]
    public async Task A_rule_says_its_reason_and_its_edition()
    {
        var model = await Model();

        var found = NextLikelyNeeds.ForAdviser(model, null, Approved, new() { Services = ["321"], Circumstances = ["living-alone"] });

        var discount = Assert.Single(found, n => n.Service == "59");
        Assert.StartsWith("Said: “Living alone”. ", discount.Reason, StringComparison.Ordinal);
        Assert.Equal(SuggestionBasis.Rule, discount.Basis);
        Assert.StartsWith($"Rule of the need model, edition {model.Edition}, held to be ", discount.Source, StringComparison.Ordinal);
        Assert.DoesNotContain(found, n => n.Service == "321");
    }

    [Fact]
    public async Task What_was_asked_for_leads_back_to_what_has_happened()
    {
        var found = ModelRules.For(await Model(), new() { Services = ["321"] });

        Assert.Contains(found, r => r.Service.Identifier == "328" && r.Reason.StartsWith("Asked about “Register a death”, which goes with “", StringComparison.Ordinal));
        // Backwards a rule is a guess: nothing is held to be very likely.
        Assert.All(found, r => Assert.True(r.Strength <= Confidence.Medium));
    }

    [Fact]
    public async Task Counts_are_shown_only_for_a_service_that_an_analyst_approved()
    {
        var model = await Model();
        var soFar = new KnownSoFar { Services = ["321"] };

        Assert.DoesNotContain(NextLikelyNeeds.ForAdviser(model, Learnt, new HashSet<string> { "57" }, soFar), n => n.Service == "557" || n.Source.Contains("Counts", StringComparison.Ordinal));

        var pothole = Assert.Single(NextLikelyNeeds.ForAdviser(model, Learnt, Approved, soFar), n => n.Service == "557");
        Assert.Equal(SuggestionBasis.Counts, pothole.Basis);
        Assert.Equal("3 of 10 who ask about “Register a death” also ask about this within 90 days.", pothole.Reason);
        Assert.Equal("Counts: 30 of 100 contacts (30 per cent, 95 per cent interval 22 to 40), 1 January 2025 to 4 February 2026, synthetic", pothole.Source);
        Assert.Equal(1, pothole.SecondOpinion);
    }

    [Theory]
    [InlineData(7, "Counts: 1 to 7 of 100 contacts, ", "Some who ask about")]
    [InlineData(31, "Counts: 30 of 100 contacts (30 per cent, ", "3 of 10 who ask about")]
    public async Task An_adviser_sees_counts_under_rule_A(int both, string source, string reason)
    {
        var need = Assert.Single(NextLikelyNeeds.ForAdviser(await Model(), AlsoAsked.Learn(Pairs.Following("321", "557", both)), Approved, new() { Services = ["321"] }), n => n.Service == "557");

        Assert.StartsWith(source, need.Source, StringComparison.Ordinal);
        Assert.StartsWith(reason, need.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_come_after_rules_and_take_no_rule_away()
    {
        var model = await Model();
        foreach (var circumstances in (string[][])[[], ["living-alone"], ["low-income", "disabled"]])
        {
            var soFar = new KnownSoFar { Services = ["321"], Circumstances = circumstances };
            var (without, with) = (NextLikelyNeeds.ForAdviser(model, null, Approved, soFar), NextLikelyNeeds.ForAdviser(model, Learnt, Approved, soFar));

            Assert.Equal(without.Count, with.TakeWhile(n => n.Basis == SuggestionBasis.Rule).Count());
            Assert.All(with.Skip(without.Count), n => Assert.Equal(SuggestionBasis.Counts, n.Basis));
        }
    }

    [Fact]
    public async Task A_citizen_is_shown_only_what_a_published_rule_supports()
    {
        var model = await Model();
        var soFar = new KnownSoFar { Services = ["321"], LifeEvents = ["someone-has-died"] };

        var shown = NextLikelyNeeds.ForCitizen(model, soFar);

        Assert.NotEmpty(shown);
        Assert.All(shown, n => Assert.Equal((SuggestionBasis.Rule, null), (n.Basis, n.SecondOpinion)));
        Assert.Subset(ModelRules.For(model, soFar).Select(r => r.Service.Identifier).ToHashSet(), shown.Select(n => n.Service).ToHashSet());
    }

    [Fact]
    public async Task What_was_asked_for_long_ago_is_not_suggested_again_and_says_nothing()
    {
        var found = NextLikelyNeeds.ForAdviser(await Model(), Learnt, Approved, new() { Services = ["57"], Before = ["321", "557"] });

        Assert.DoesNotContain(found, n => n.Service is "321" or "557");
    }

    [Fact]
    public async Task Risk_factors_and_eligibility_alone_suggest_nothing()
    {
        var model = await Model();
        foreach (var circumstance in model.InUse(ConceptType.Circumstance))
        {
            var reached = model.From(circumstance.Uri, Predicate.Implies).SelectMany(n => model.From(n.Object, Predicate.AddressedBy)).Select(s => s.Object).ToHashSet();

            Assert.Equal(reached, ModelRules.For(model, new() { Circumstances = [circumstance.Identifier] }).Select(r => r.Service.Uri).ToHashSet());
        }
    }

    [Theory]
    [InlineData(0.28, "3 of 10")]
    [InlineData(0.08, "1 of 10")]
    [InlineData(0.025, "1 of 40")]
    [InlineData(0.97, "Nearly all")]
    public void A_chance_is_said_as_people_count(double chance, string words) => Assert.Equal(words, NextLikelyNeeds.InTens(chance));

    private static async Task<NeedModel> Model()
    {
        await using var needs = await NeedsDatabase.Create();
        return await needs.Cache.Current();
    }
}
