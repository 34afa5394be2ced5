using Concentric.Serve.Forms;
using static Concentric.Tests.Serve.Forms.ReadAnswerTests;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Whatever a joined form takes, each of its services takes too; and it stays within what a form can be.</summary>
[Trait("Database", "none")]
public sealed class BundleLimitsTests
{
    private static readonly Question Name = Q(QuestionKind.Text) with { Id = "name", Particular = "person.name" };
    private static readonly Question Needs = Q(QuestionKind.LongText) with { Id = "needs", Particular = "person.access-needs" };
    private static readonly Question Adults = Q(QuestionKind.Number) with { Id = "adults", Particular = "household.adults" };

    [Fact]
    public void One_that_counts_characters_and_one_that_counts_words_both_get_what_they_take()
    {
        var joined = Join(F("one", P(Needs with { MaxLength = 500 })), F("two", P(Needs with { MaxWords = 150 })));
        var (tooLong, tooMany, right) = (new string('a', 501), string.Join(' ', Enumerable.Repeat("a", 151)), "Large print");

        Assert.Equal((500, 150), (Shared(joined).MaxLength, Shared(joined).MaxWords));
        Assert.False(Of(joined, tooLong).Complete);
        Assert.False(Of(joined, tooMany).Complete);
        Assert.Equal((true, true), Of(joined, right));
    }

    [Fact]
    public void A_usual_limit_holds_beside_a_larger_one()
    {
        Assert.Equal(200, Shared(Join(F("one", P(Name)), F("two", P(Name with { MaxLength = 400 })))).MaxLength);
        Assert.Equal((4000, 900), Shared(Join(F("one", P(Needs)), F("two", P(Needs with { MaxWords = 900 })))) is var both ? (both.MaxLength, both.MaxWords) : default);
        Assert.Equal((null, 50), Shared(Join(F("one", P(Needs with { MaxWords = 50 })), F("two", P(Needs with { MaxWords = 90 })))) is var words ? (words.MaxLength, words.MaxWords) : default);
        Assert.Null(Shared(Join(F("one", P(Name)), F("two", P(Name)))).MaxLength);
        Assert.Equal(0, Shared(Join(F("one", P(Adults)), F("two", P(Adults with { Decimals = 2 })))).Decimals);
        Assert.Null(Shared(Join(F("one", P(Adults)), F("two", P(Adults)))).Decimals);
    }

    [Fact]
    public void Of_a_form_that_asks_twice_with_other_limits_both_hold()
    {
        FormPage Sometimes(string id, string most) => P(Adults with { Id = id, Max = most }) with { ShowIf = "if" };
        var joined = Join(F("one", P(Yes("if")), Sometimes("first", "9"), Sometimes("second", "3")), F("two", P(Yes("if")), Sometimes("first", "9")));
        var asked = joined.Form.Questions.First(q => q.Particular is not null);
        Answers Said(decimal number) => Services(joined).With("one--if", Value.True).With("two--if", Value.True).With(asked.Id, Value.Of(number));

        Assert.False(Journey.Of(joined.Form, Said(5), RandomForm.Today).IsComplete);
        Assert.True(Journey.Of(joined.Form, Said(2), RandomForm.Today).IsComplete);
        Assert.All(joined.Split(Said(2), RandomForm.Today), s => Assert.True(s.IsComplete));
    }

    [Fact]
    public void What_a_service_gets_says_whether_its_own_form_takes_it()
    {
        var joined = Join(F("one", P(Name)), F("two", P(Name), P(Q(QuestionKind.YesNo))));
        var answers = Services(joined).With(Shared(joined).Id, Value.Of("Ada"));

        Assert.Equal([true, false], joined.Split(answers with { Done = [.. joined.Form.Pages.SkipLast(1).Select(p => p.Id)] }, RandomForm.Today).Select(s => s.IsComplete));
        Assert.Equal([true, true], joined.Split(answers.With("two--q", Value.True), RandomForm.Today).Select(s => s.IsComplete));
    }

    [Fact]
    public void A_page_with_forty_ways_under_a_condition_is_joined()
    {
        const string Long = "a = 'nothing that anybody would choose, said at some length so that many of them together are more than one expression can hold'";
        var choices = Q(QuestionKind.Radios) with { Id = "a", Choices = [.. Enumerable.Range(0, 41).Select(n => new FormChoice($"c{n}", $"C{n}"))] };
        var ways = P(choices) with { ShowIf = "first", Next = [.. Enumerable.Range(1, 40).Select(n => new Jump($"p-t{n}", $"a = 'c{n}' or {Long}")), new("p-t40")] };
        var joined = Join(F("one", [P(Yes("first")), ways, .. Enumerable.Range(0, 41).Select(n => P(Yes($"t{n}")))]), F("two", P(Yes("x"))));

        Assert.Empty(joined.Problems);
        foreach (var n in Enumerable.Range(1, 40).Append(0))
            Assert.Equal($"one--p-t{(n == 0 ? 40 : n)}", Journey.Of(joined.Form, Services(joined).With("one--first", Value.True).With("one--a", Value.Of($"c{n}"))
                with { Done = ["services", "one--p-first", "one--p-a"] }, RandomForm.Today).ToDo?.Id);
        Assert.Equal("one--p-t0", Journey.Of(joined.Form, Services(joined).With("one--first", Value.False) with { Done = ["services", "one--p-first"] }, RandomForm.Today).ToDo?.Id);
    }

    [Fact]
    public void What_forty_forms_ask_sometimes_is_still_asked_once()
    {
        var no = new FormPage { Id = "no", Title = "You do not need this", Stop = true, ShowIf = "not if" };
        var forms = Enumerable.Range(0, 40).Select(n => F($"form-{n}", P(Yes("if")), no, P(Name) with { ShowIf = "if" })).ToArray();
        var joined = Join(forms);

        Assert.Empty(joined.Problems);
        var answers = forms.Aggregate(Services(joined), (a, f) => a.With($"{f.Id}--if", Value.True)).With("form-0--name", Value.Of("Ada"));
        Assert.True(Journey.Of(joined.Form, answers, RandomForm.Today).IsComplete);
        Assert.All(joined.Split(answers, RandomForm.Today), s => Assert.Equal("Ada", $"{s.Answers["name"]}"));
        var none = forms.Aggregate(Services(joined), (a, f) => a.With($"{f.Id}--if", Value.False));
        Assert.Equal("nothing-needed", Journey.Of(joined.Form, none, RandomForm.Today).StoppedAt?.Id);
    }

    [Fact]
    public void The_fields_of_a_shared_group_have_their_choices()
    {
        Question People() => Q(QuestionKind.Repeat) with { Id = "people", Particular = "household.people", Fields = [Q(QuestionKind.Select) with { Id = "role", List = "roles" }] };
        Form With(string id, params string[] choices) => F(id, P(People())) with { Lists = [new("roles", [.. choices.Select(c => new FormChoice(c, c))])] };

        var same = Join(With("one", "adult", "child"), With("two", "adult", "child"));
        Assert.Empty(same.Problems);
        Assert.Equal(["adult", "child"], Shared(same).Fields.Single().Choices.Select(c => c.Value));
        // Two lists of one name that say different things are not one.
        var other = Join(With("one", "adult", "child"), With("two", "young", "old"));
        Assert.Empty(other.Problems);
        Assert.Equal(["one--people", "two--people"], other.Form.Questions.Skip(1).Select(q => q.Id));
    }

    [Fact]
    public void Words_show_the_answers_of_their_own_form()
    {
        LocalText asks = new("Is ((who)) here?", "A yw ((who)) yma?");
        var asked = Yes("here") with { Title = asks, Short = asks, Say = new(asks, asks, asks) };
        var phone = Q(QuestionKind.Phone) with { Id = "phone", Particular = "person.phone" };
        var joined = Join(F("one", P(Q(QuestionKind.Text) with { Id = "who" }), P(asked), P(phone with { Title = asks })), F("two", P(phone)));

        Assert.Empty(joined.Problems);
        var own = joined.Form.Questions.Single(q => q.Id == "one--here");
        Assert.All(new[] { own.Title, own.Short, own.Say!.Phone, own.Say.Counter, own.Say.Other }, t => Assert.Equal(new("Is ((one--who)) here?", "A yw ((one--who)) yma?"), t));
        // What shows an answer of its own form's pages cannot be asked before them.
        Assert.Equal("Is ((one--who)) here?", joined.Form.Questions.Single(q => q.Id == "one--phone").Title.En);
    }

    [Fact]
    public void A_shared_question_shows_what_is_shared_too()
    {
        var phone = Q(QuestionKind.Phone) with { Id = "phone", Particular = "person.phone", Title = "The number of ((name))?" };
        var joined = Join(F("one", P(Name), P(phone)), F("two", P(Name), P(phone)));

        Assert.Equal("The number of ((person-name))?", joined.Form.Questions.Single(q => q.Id == "person-phone").Title.En);
    }

    [Fact]
    public void A_bundle_that_cannot_be_answered_says_so()
    {
        Form Large(string id) => F(id, [.. Enumerable.Range(0, 200).Select(n => P(Yes($"q{n}")))]);

        Assert.Contains(Join(Large("one"), Large("two")).Problems, p => p.Message.Contains("1 to 300 pages", StringComparison.Ordinal));
    }

    private static (bool Complete, bool Each) Of(JoinedForm joined, string said)
    {
        var answers = Services(joined).With(Shared(joined).Id, Value.Of(said));
        return (Journey.Of(joined.Form, answers, RandomForm.Today).IsComplete, joined.Split(answers, RandomForm.Today).All(s => s.IsComplete));
    }

    private static Question Shared(JoinedForm joined) => joined.Form.Questions.Single(q => q.Particular is not null);

    private static Answers Services(JoinedForm joined) => Answers.None.With(JoinedForm.Services, Value.Of([.. joined.Form.Questions.First().Choices.Select(c => c.Value)]))
        with { Done = [.. joined.Form.Pages.Select(p => p.Id)] };

    private static JoinedForm Join(params Form[] forms) =>
        Bundle.Join(new() { Id = "bundle", Title = "Bundle", Forms = [.. forms.Select(f => new BundleForm(f.Id, $"Offer {f.Id}"))] }, forms);

    private static Question Yes(string id) => Q(QuestionKind.YesNo) with { Id = id };

    private static FormPage P(Question question) => new() { Id = $"p-{question.Id}", Items = [question] };

    private static Form F(string id, params FormPage[] pages) => FormOf() with { Id = id, Pages = pages };
}
