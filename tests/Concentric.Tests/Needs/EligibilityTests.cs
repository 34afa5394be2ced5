using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Eligibility;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Needs;

public sealed class EligibilityTests
{
    private static readonly string Service = SchemeUris.UriOf(ConceptType.Service, "1");
    private static readonly string[] Circumstances = [.. Enumerable.Range(0, 5).Select(n => SchemeUris.UriOf(ConceptType.Circumstance, $"c{n}"))];

    [Theory]
    [InlineData("", "", EligibilityState.MayBe)]
    [InlineData("R", "y", EligibilityState.Likely)]
    [InlineData("R", "n", EligibilityState.Unlikely)]
    [InlineData("R", "-", EligibilityState.MayBe)]
    [InlineData("RR", "y-", EligibilityState.MayBe)]
    [InlineData("RQ", "yy", EligibilityState.Likely)]
    [InlineData("RQ", "y-", EligibilityState.MayBe)]
    [InlineData("RQQ", "yny", EligibilityState.Likely)]
    [InlineData("QQ", "nn", EligibilityState.Unlikely)]
    [InlineData("QQ", "n-", EligibilityState.MayBe)]
    [InlineData("QQ", "-y", EligibilityState.Likely)]
    [InlineData("E", "y", EligibilityState.Unlikely)]
    [InlineData("E", "n", EligibilityState.Likely)]
    [InlineData("E", "-", EligibilityState.MayBe)]
    [InlineData("RQE", "yyy", EligibilityState.Unlikely)]
    [InlineData("RQE", "yy-", EligibilityState.Likely)]
    public void The_state_is_what_the_rules_say(string rules, string answers, EligibilityState state) =>
        Assert.Equal(state, Of(rules, answers).State);

    [Fact]
    public void A_service_without_rules_says_that_it_has_none()
    {
        var eligible = Of("", "");

        Assert.Equal(0, eligible.Rules);
        Assert.Empty(eligible.Because);
        Assert.Empty(eligible.ToKnow);
    }

    [Fact]
    public void A_reason_names_the_answer_and_who_says_so()
    {
        var reason = Assert.Single(Of("R", "n").Because);

        Assert.Equal(("c0", Reply.No, "requires", "ours", "Act 0"), (reason.Circumstance, reason.Answer, reason.Rule, reason.Source, reason.Evidence));
        Assert.Equal("You told us that this is not true for you: Circumstance 0.", reason.Words);
    }

    [Theory]
    [InlineData(null, EligibilityState.MayBe)]
    [InlineData(17, EligibilityState.Unlikely)]
    [InlineData(18, EligibilityState.Likely)]
    [InlineData(25, EligibilityState.Likely)]
    [InlineData(26, EligibilityState.Unlikely)]
    public void The_ages_of_an_offer_count_as_required(int? age, EligibilityState state)
    {
        var offer = Offer(18, 25);

        Assert.Equal(state, CheckEligibility.Of(Model(""), offer, new() { Age = age }).State);
        Assert.Equal(state, CheckEligibility.StateOf(Model(""), offer, new() { Age = age }));
    }

    [Fact]
    public void Somebody_too_young_is_told_of_the_age_that_they_gave()
    {
        var reason = Assert.Single(CheckEligibility.Of(Model(""), Offer(60, null), new() { Age = 41 }).Because);

        Assert.Equal(("You told us that you are 41.", "“Lunch club” is for people aged 60 or over."), (reason.Words, reason.Reason));
    }

    [Fact]
    public void Skipping_everything_is_never_unlikely_and_never_likely() => ForAll((rules, _) =>
        Of(rules, Skipped(rules)).State == EligibilityState.MayBe);

    [Fact]
    public void Unlikely_names_an_answer_that_was_given() => ForAll((rules, answers) =>
        Of(rules, answers) is not { State: EligibilityState.Unlikely } eligible || (eligible.Because.Count > 0 && eligible.Because.All(r => r.Answer != Reply.Skipped)));

    [Fact]
    public void Likely_names_an_answer_that_speaks_for_it() => ForAll((rules, answers) =>
        Of(rules, answers) is not { State: EligibilityState.Likely } eligible || (eligible.Because.Count > 0 && eligible.Because.All(r => r.Answer == (r.Rule == "excludes" ? Reply.No : Reply.Yes))));

    [Fact]
    public void May_be_says_what_we_would_need_to_know_or_that_there_are_no_rules() => ForAll((rules, answers) =>
        Of(rules, answers) is not { State: EligibilityState.MayBe } eligible || eligible.Rules == 0 || (eligible.ToKnow.Count > 0 && eligible.ToKnow.All(r => r.Answer == Reply.Skipped)));

    [Fact]
    public void What_is_unlikely_stays_so_whatever_else_is_answered() => ForAll((rules, answers) =>
        Of(rules, answers).State != EligibilityState.Unlikely || Further(answers).All(f => Of(rules, f).State == EligibilityState.Unlikely));

    [Fact]
    public void What_is_likely_never_becomes_uncertain_by_answering_more() => ForAll((rules, answers) =>
        Of(rules, answers).State != EligibilityState.Likely || Further(answers).All(f => Of(rules, f).State != EligibilityState.MayBe));

    [Fact]
    public void A_yes_to_what_helps_and_a_no_to_what_excludes_never_harm() => ForAll((rules, answers) =>
        Enumerable.Range(0, rules.Length).All(i => Of(rules, answers[..i] + (rules[i] == 'E' ? 'n' : 'y') + answers[(i + 1)..]).State <= Of(rules, answers).State));

    [Fact]
    public void To_skip_is_never_worse_than_the_answer_that_counts_against_one() => ForAll((rules, answers) =>
        Enumerable.Range(0, rules.Length).All(i => Of(rules, answers[..i] + '-' + answers[(i + 1)..]).State <= Of(rules, answers[..i] + (rules[i] == 'E' ? 'y' : 'n') + answers[(i + 1)..]).State));

    [Fact]
    public void The_order_of_rules_and_answers_does_not_matter() => ForAll((rules, answers) =>
    {
        var turned = Enumerable.Range(0, rules.Length).Reverse().ToDictionary(i => Circumstances[i], i => ReplyOf(answers[i]));
        var (one, other) = (Of(rules, answers), CheckEligibility.Of(Model(rules, reverse: true), Service, new() { Replies = turned }));
        return one.State == other.State && one.Because.Select(b => b.Label).SequenceEqual(other.Because.Select(b => b.Label)) && one.ToKnow.Select(b => b.Label).Order().SequenceEqual(other.ToKnow.Select(b => b.Label).Order());
    });

    [Fact]
    public void Answers_to_other_questions_change_nothing() => ForAll((rules, answers) =>
        CheckEligibility.StateOf(Model(rules), Service, AnswersOf(answers).With("http://concentric.example/id/circumstance/other", Reply.Yes)) == Of(rules, answers).State);

    [Fact]
    public void Answers_go_through_an_address_and_come_back()
    {
        var model = Model("RQE");
        var answers = AnswersOf("yn-") with { Age = 42 };

        Assert.Equal("is-c0=yes&is-c1=no&age=42", answers.Query(model));
        var back = Answers.Of(model, new Microsoft.AspNetCore.Http.QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(answers.Query(model) + "&is-c2=skip&is-unknown=yes&other=1")));
        Assert.Equal(answers.Query(model), back.Query(model));
        Assert.Equal(2, back.Replies.Count);
    }

    /// <summary>All rules of up to five circumstances with all kinds of answers, a letter each.</summary>
    private static void ForAll(Func<string, string, bool> law) => Prop.ForAll<NonNegativeInt, NonNegativeInt>((a, b) =>
    {
        var length = a.Get % 6;
        var (rules, answers) = (Letters("RQE", a.Get / 6 + a.Get, length), Letters("yn-", b.Get, length));
        return law(rules, answers);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(2000));

    private static string Letters(string of, int number, int length) => string.Concat(Enumerable.Range(0, length).Select(i => of[number / (int)Math.Pow(3, i) % 3]));

    private static IEnumerable<string> Further(string answers) =>
        from i in Enumerable.Range(0, answers.Length) where answers[i] == '-' from letter in "yn" select answers[..i] + letter + answers[(i + 1)..];

    private static string Skipped(string rules) => new('-', rules.Length);

    private static Eligible Of(string rules, string answers)
    {
        var (model, given) = (Model(rules), AnswersOf(answers));
        var eligible = CheckEligibility.Of(model, Service, given);
        Assert.Equal(eligible.State, CheckEligibility.StateOf(model, Service, given));
        return eligible;
    }

    private static Answers AnswersOf(string answers) => new() { Replies = answers.Index().Where(a => a.Item != '-').ToDictionary(a => Circumstances[a.Index], a => ReplyOf(a.Item)) };

    private static Reply ReplyOf(char letter) => letter switch { 'y' => Reply.Yes, 'n' => Reply.No, _ => Reply.Skipped };

    private static Offer Offer(int? least, int? most) => new()
    {
        Identifier = "lunch-club", Service = Service, Organisation = "", Name = "Lunch club", Description = "", Status = OfferStatus.Active, MinimumAge = least, MaximumAge = most,
    };

    private static NeedModel Model(string rules, bool reverse = false)
    {
        var concepts = Circumstances.Index().Select(c => new Concept
        {
            Uri = c.Item, Scheme = SchemeUris.Circumstances, Identifier = $"c{c.Index}", Type = ConceptType.Circumstance, Label = $"Circumstance {c.Index}", Status = ConceptStatus.Local, Place = c.Index,
        }).Append(new() { Uri = Service, Scheme = SchemeUris.Services, Identifier = "1", Type = ConceptType.Service, Label = "Service", Status = ConceptStatus.Active });
        var relations = rules.Index().Select(r => new Relation
        {
            Subject = Circumstances[r.Index],
            Predicate = Predicate.DefinesEligibility,
            Object = Service,
            Source = "ours",
            Confidence = (Confidence)(r.Index % 3),
            Reason = $"Reason {r.Index}.",
            Evidence = $"Act {r.Index}",
            Mode = r.Item switch { 'R' => EligibilityMode.Requires, 'Q' => EligibilityMode.Qualifies, _ => EligibilityMode.Excludes },
        });
        return new([], [.. concepts], reverse ? [.. relations.Reverse()] : [.. relations]);
    }
}
