using Concentric.Serve.Forms;
using FsCheck;
using FsCheck.Fluent;
using static Concentric.Tests.Serve.Forms.RandomForm;

namespace Concentric.Tests.Serve.Forms;

[Trait("Database", "none")]
public sealed class JourneyTests
{
    [Fact]
    public void Forms_made_by_chance_keep_to_the_rules() => ForAll((_, form) => FormCheck.Of(form).All(p => p.Message == "No way leads to this page.") && Form.Read(form.Write()).Write() == form.Write());

    [Fact]
    public void There_is_no_dead_end_from_any_answers() => ForAll((chance, form) =>
    {
        var journey = chance.Fill(form, chance.Any(form));
        return journey.IsComplete != (journey.StoppedAt is not null) && journey.Path.All(p => p.Problems.Count == 0);
    });

    [Fact]
    public void A_walk_takes_each_page_at_most_once_and_in_the_forms_order() => ForAll((chance, form) =>
    {
        var places = Journey.Of(form, chance.Any(form), Today).Path.Select(p => FormIndex.Of(form).PageNumbers[p.Id]).ToList();
        return places.Count <= form.Pages.Count && places.SequenceEqual(places.Distinct().Order());
    });

    [Fact]
    public void A_page_may_be_visited_only_where_all_before_it_is_done() => ForAll((chance, form) =>
    {
        var journey = Journey.Of(form, chance.Any(form), Today);
        return form.Pages.All(p => (journey.Visit(p.Id) is not null) == journey.Path.Any(on => on.Id == p.Id))
            && (form.TaskList || journey.Path.SkipLast(1).All(p => p.IsDone))
            && journey.Path.All(p => p.IsDone || p.Page.Section is null || journey.Path.Where(o => o.Page.Section == p.Page.Section).Last() == p)
            && journey.Visit("gone") is null && journey.Visit(Jump.Check) is null;
    });

    [Fact]
    public void Back_undoes_continue() => ForAll((chance, form) =>
    {
        var journey = Journey.Of(form, chance.Any(form), Today);
        return journey.Path.All(p => p.IsDone ? journey.Before(journey.After(p.Id)) == p.Id : journey.After(p.Id) == p.Id)
            && journey.Before(journey.Path[0].Id) is null
            && journey.Path.Skip(1).All(p => journey.Path[0].IsDone || journey.Before(p.Id) is not null);
    });

    [Fact]
    public void The_same_answers_lead_the_same_way_in_whatever_order_they_came() => ForAll((chance, form) =>
    {
        var answers = chance.Any(form);
        var other = answers.Values.Reverse().Aggregate(Answers.None, (a, v) => a.With(v.Key, v.Value)) with { Done = [.. answers.Done.OrderDescending(StringComparer.Ordinal)] };
        var (one, two) = (Journey.Of(form, answers, Today), Journey.Of(form, Answers.Read(form, other.Write()), Today));
        return one.Path.Select(p => (p.Id, p.IsDone)).SequenceEqual(two.Path.Select(p => (p.Id, p.IsDone))) && one.Sent.Write() == two.Sent.Write();
    });

    [Fact]
    public void What_is_sent_was_asked_on_the_way_and_nothing_else() => ForAll((chance, form) =>
    {
        var journey = chance.Fill(form, chance.Any(form));
        var asked = journey.Path.SelectMany(p => p.Questions).Select(q => q.Id).ToHashSet();
        var again = Journey.Of(form, journey.Sent, Today);
        return journey.Sent.Values.Keys.All(asked.Contains) && journey.Sent.Values.Keys.Concat(journey.Aside).Order().SequenceEqual(journey.Answers.Values.Keys.Order())
            && again.IsComplete == journey.IsComplete && again.Sent.Write() == journey.Sent.Write() && again.Aside.Count == 0;
    });

    [Fact]
    public void Answers_kept_aside_return_with_their_way() => ForAll((chance, form) =>
    {
        var journey = chance.Fill(form, Answers.None);
        if (chance.Deciding.Count == 0) return true;
        var turned = chance.Deciding[chance.Next(chance.Deciding.Count)];
        var was = journey.Answers[turned.Id];
        var away = chance.Fill(form, journey.Answers.With(turned.Id, chance.Valid(form, turned)));
        var back = Journey.Of(form, away.Answers.With(turned.Id, was), Today);
        return journey.Asked.All(a => away.Answers[a.Question.Id] == journey.Answers[a.Question.Id] || a.Question.Id == turned.Id)
            && back.IsComplete == journey.IsComplete && back.Sent.Write() == journey.Sent.Write();
    });

    [Fact]
    public void Answers_are_found_for_exactly_the_pages_that_some_answers_lead_to() => ForAll((chance, form) =>
    {
        var reached = new HashSet<string>();
        foreach (var answers in Ways(chance, form)) reached.UnionWith(chance.Fill(form, answers).Path.Select(p => p.Id));
        foreach (var page in form.Pages)
        {
            var found = FindAnswers.Leading(form, page.Id, Today);
            Assert.True((found is not null) == reached.Contains(page.Id), $"{form.Id} {page.Id}: {form.Write()}");
            if (found is not null) Assert.NotNull(Journey.Of(form, found, Today).Visit(page.Id));
        }
        Assert.Equal(form.Pages.Reverse().Select(p => p.Id).Where(id => !reached.Contains(id)), FindAnswers.Unreached(form, Today).Select(p => p.Id));
        return true;
    }, 60);

    [Fact]
    public void Answers_of_a_whole_form_are_found_where_there_are_any() => ForAll((chance, form) =>
    {
        var can = Ways(chance, form).Any(a => chance.Fill(form, a).IsComplete);
        for (var variant = 0; variant < 3; variant++)
        {
            var found = FindAnswers.Complete(form, Today, variant);
            Assert.True((found is not null) == can, $"{form.Id} {variant}: {form.Write()}");
            if (found is not null) Assert.True(Journey.Of(form, found, Today).IsComplete);
        }
        return true;
    }, 60);

    [Fact]
    public void Conditions_see_nothing_of_pages_that_are_no_longer_on_the_way()
    {
        var form = ReadAnswerTests.FormOf(Yes("one"), Yes("two"), Yes("three"));
        form = form with { Pages = [form.Pages[0], form.Pages[1] with { ShowIf = "one" }, form.Pages[2] with { ShowIf = "two" }] };
        var answers = new[] { "one", "two", "three" }.Aggregate(Answers.None, (a, id) => a.WithPage($"p-{id}", [KeyValuePair.Create(id, Value.True)]));

        Assert.Equal(3, Journey.Of(form, answers, Today).Path.Count);
        var without = Journey.Of(form, answers.With("one", Value.False), Today);
        Assert.Equal("p-one", Assert.Single(without.Path).Id);
        Assert.Equal(["three", "two"], without.Aside.Order());
    }

    [Fact]
    public void An_answer_in_a_row_that_is_no_longer_asked_there_is_not_sent()
    {
        var form = ReadAnswerTests.FormOf(new Question
        {
            Id = "people", Kind = QuestionKind.Repeat, Title = "Who?", AtLeast = 1,
            Fields = [Yes("works"), new() { Id = "employer", Kind = QuestionKind.Text, Title = "Where?", ShowIf = "works" }],
        });
        Value Row(bool works) => Value.Of([KeyValuePair.Create("works", Value.Of(works)), KeyValuePair.Create("employer", Value.Of("Secret Ltd"))]);

        var journey = Journey.Of(form, Answers.None.WithPage("p-people", [KeyValuePair.Create("people", Value.Of(new[] { Row(true), Row(false) }))]), Today);

        Assert.True(journey.IsComplete);
        Assert.Equal("""{"values":{"people":[{"employer":"Secret Ltd","works":true},{"works":false}]},"done":["p-people"]}""", journey.Sent.Write());
        Assert.Contains("Secret", journey.Answers["people"].AsItems[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_chain_of_calculations_ends_and_one_that_asks_for_itself_has_no_value()
    {
        var long200 = string.Join(" + ", Enumerable.Repeat("1", 200));
        var form = ReadAnswerTests.FormOf(Yes("one")) with
        {
            Calculations = [new("c0", long200), .. Enumerable.Range(1, 5000).Select(n => new Calculation($"c{n}", $"c{n - 1} + {long200}")), new("own", "own + 1"), new("a", "b"), new("b", "1")],
            Payment = new("c5000", "All of it"),
        };

        var journey = Journey.Of(form, Answers.None, Today);

        Assert.Equal(1_000_200m, journey.ToPay);
        Assert.True(journey.Scope.Find("own").IsNothing);
        Assert.True(journey.Scope.Find("a").IsNothing);
        Assert.Equal(Value.Of(1m), journey.Scope.Find("b"));
    }

    [Fact]
    public void What_is_to_pay_follows_the_answers()
    {
        var form = ReadAnswerTests.FormOf(Yes("two")) with { Calculations = [new("fee", "if(two, 25.005, 0)")], Payment = new("fee", "Fee") };

        Assert.Equal(25.01m, Journey.Of(form, Answers.None.With("two", Value.True), Today).ToPay);
        Assert.Equal(0m, Journey.Of(form, Answers.None.With("two", Value.False), Today).ToPay);
    }

    private static Question Yes(string id) => new() { Id = id, Kind = QuestionKind.YesNo, Title = "Is it?", Name = "it is" };

    /// <summary>All ways to answer the choices that decide, with nothing else answered.</summary>
    private static IEnumerable<Answers> Ways(RandomForm chance, Form form)
    {
        IEnumerable<Answers> ways = [Answers.None with { Done = [.. form.Pages.Where(p => p.Questions.All(q => chance.Deciding.Contains(q))).Select(p => p.Id)] }];
        foreach (var question in chance.Deciding) ways = [.. ways.SelectMany(w => question.Choices.Select(c => w.With(question.Id, Value.Of(c.Value))))];
        // Filled with right answers to the rest, so that only the choices differ.
        return ways.Select(w => form.Questions.Where(q => !chance.Deciding.Contains(q)).Aggregate(w, (a, q) => a.With(q.Id, chance.Valid(form, q))) with { Done = [.. form.Pages.Select(p => p.Id)] });
    }

    private static void ForAll(Func<RandomForm, Form, bool> law, int tests = 300) => Prop.ForAll<int>(seed =>
    {
        var chance = new RandomForm(seed);
        return law(chance, chance.Make());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(tests).WithEndSize(1_000_000));
}
