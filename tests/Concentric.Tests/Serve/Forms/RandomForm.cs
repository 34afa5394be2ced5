using System.Globalization;
using Concentric.Serve.Forms;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Forms made by chance that keep to the rules: pages, ways forward, conditions on single choices, reveals, stops, sections, repeating groups, calculations.</summary>
internal sealed class RandomForm(int seed)
{
    private uint _state = (uint)seed * 2654435761u + 12345;
    private readonly List<Question> _choices = [];
    private int _questions;

    public static readonly DateOnly Today = new(2026, 11, 20);

    /// <summary>The radios that decide the ways.</summary>
    public IReadOnlyList<Question> Deciding => _choices;

    /// <summary>A number from 0, less than the one given.</summary>
    public int Next(int below)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)(_state % (uint)below);
    }

    public Form Make()
    {
        for (var i = 0; i < 5; i++) Next(2);
        var taskList = Next(4) == 0;
        var count = 3 + Next(9);
        var pages = new List<FormPage>();
        for (var i = 0; i < count; i++) pages.Add(Page(i, count, taskList ? $"s{i * 3 / count}" : null));
        for (var i = 0; i < count - 2; i++)
            if (!pages[i].Stop && pages[i].Items.OfType<Question>().FirstOrDefault(q => _choices.Contains(q)) is { } own && Next(2) == 0)
            {
                var to = i + 2 + Next(count - i - 2);
                if (!taskList || pages[to].Section == pages[i].Section) pages[i] = pages[i] with { Next = [new(Next(6) == 0 ? Jump.Check : pages[to].Id, Is(own))] };
            }
        return new()
        {
            Id = $"form-{(uint)seed}", Title = "Form", Service = "1", Interaction = "0", Team = "Team", PromiseDays = 1, Process = "form", TaskList = taskList,
            Sections = taskList ? [new("s0", "One"), new("s1", "Two"), new("s2", "Three")] : [],
            Calculations = [.. _choices.Select(c => new Calculation($"is-{c.Id}", Is(c)))],
            Pages = pages,
        };
    }

    private FormPage Page(int place, int count, string? section)
    {
        // Only choices on earlier pages may be asked for.
        var before = _choices.Where(c => c.Id.Split('-')[1] != $"{place}").ToList();
        var condition = place > 0 && before.Count > 0 && Next(3) == 0 ? Condition(before[Next(before.Count)]) : null;
        if (place > 0 && place < count - 1 && condition is not null && Next(4) == 0) return new() { Id = $"p{place}", Title = "You do not need this", Stop = true, ShowIf = condition, Section = section };
        List<FormItem> items = Next(8) == 0 ? [Rows(place)] : [.. Enumerable.Range(0, 1 + Next(3) / 2).Select(_ => Ask(place, before))];
        if (Next(6) == 0 && items[0] is Question { Kind: not QuestionKind.Repeat }) items.Insert(0, new Guidance { Kind = GuidanceKind.Inset, Text = "Read this." });
        return new() { Id = $"p{place}", Title = "Page", ShowIf = condition, Items = items, Section = section };
    }

    private string Condition(Question choice) => Next(4) switch { 0 => $"not ({Is(choice)})", 1 => $"is-{choice.Id}", 2 => $"{choice.Id} in ['a', 'x']", _ => Is(choice) };

    private string Is(Question choice) => $"{choice.Id} = '{choice.Choices[Next(choice.Choices.Count)].Value}'";

    private Question Ask(int place, List<Question> before)
    {
        var id = $"q-{place}-{_questions++}";
        if (_choices.Count < 5 && Next(2) == 0)
        {
            var radios = new Question
            {
                Id = id, Kind = QuestionKind.Radios, Title = "Which?", Name = "which",
                Choices = [.. "abc"[..(2 + Next(2))].Select(c => new FormChoice($"{c}", $"{c}") { Reveals = Next(5) == 0 ? [Plain($"q-{place}-{_questions++}")] : [] })],
            };
            _choices.Add(radios);
            return radios;
        }
        var plain = Plain(id);
        return before.Count > 0 && Next(5) == 0 ? plain with { ShowIf = Is(before[Next(before.Count)]) } : plain;
    }

    private Question Plain(string id)
    {
        var question = new Question { Id = id, Kind = QuestionKind.Text, Title = "What?", Name = "what", Optional = Next(4) == 0 };
        return Next(8) switch
        {
            0 => question with { Kind = QuestionKind.Number, Min = "1", Max = "5" },
            1 => question with { Kind = QuestionKind.Date, Max = "today()" },
            2 => question with { Kind = QuestionKind.YesNo },
            3 => question with { Kind = QuestionKind.Checkboxes, Choices = [new("a", "A"), new("b", "B"), new("none", "None") { Alone = true }] },
            4 => question with { Kind = QuestionKind.Address },
            5 => question with { Kind = QuestionKind.Email },
            6 => question with { Pattern = "[A-Z]{2}[0-9]{6}" },
            _ => question,
        };
    }

    private Question Rows(int place) => new()
    {
        Id = $"q-{place}-{_questions++}", Kind = QuestionKind.Repeat, Title = "Who?", Name = "who", AtLeast = Next(3), AtMost = 4,
        Fields = [Plain("first"), new() { Id = "works", Kind = QuestionKind.YesNo, Title = "Works?" }, new() { Id = "where", Kind = QuestionKind.Text, Title = "Where?", ShowIf = "works" }],
    };

    /// <summary>An answer that is taken.</summary>
    public Value Valid(Form form, Question question) => question.Kind switch
    {
        _ when question.Optional && Next(3) == 0 => Value.Nothing,
        QuestionKind.Radios => Value.Of(question.Choices[Next(question.Choices.Count)].Value),
        QuestionKind.Checkboxes => Value.Of(new[] { new[] { "a" }, ["a", "b"], ["none"] }[Next(3)]),
        QuestionKind.Number => Value.Of(1m + Next(5)),
        QuestionKind.Date => Value.Of(Today.AddDays(-Next(20_000))),
        QuestionKind.YesNo => Value.Of(Next(2) == 0),
        QuestionKind.Address => Value.Of([KeyValuePair.Create("line1", Value.Of($"{1 + Next(99)} High Street")), KeyValuePair.Create("town", Value.Of("Leeds")), KeyValuePair.Create("postcode", Value.Of("LS1 4AP"))]),
        QuestionKind.Email => Value.Of("ada@example.com"),
        QuestionKind.Repeat => Value.Of(Enumerable.Range(0, Math.Max(question.AtLeast ?? 0, Next(4))).Select(_ => Value.Of(question.Fields.Select(f => KeyValuePair.Create(f.Id, Valid(form, f)))))),
        _ when question.Pattern is not null => Value.Of($"QQ{100_000 + Next(899_999)}"),
        _ => Value.Of($"text {Next(1000).ToString(CultureInfo.InvariantCulture)}"),
    };

    /// <summary>Answers as anything may have left them: some right, some wrong, some missing, pages done and not.</summary>
    public Answers Any(Form form)
    {
        var answers = Answers.None;
        foreach (var question in form.Questions)
            answers = answers.With(question.Id, Next(6) switch { 0 => Value.Nothing, 1 => Value.Of("nonsense"), 2 => Value.Of([KeyValuePair.Create("Day", Value.Of("3"))]), _ => Valid(form, question) });
        return answers with { Done = [.. form.Pages.Where(_ => Next(3) > 0).Select(p => p.Id), "gone"] };
    }

    /// <summary>Answers what is to do, page after page, to the end.</summary>
    public Journey Fill(Form form, Answers answers)
    {
        var journey = Journey.Of(form, answers, Today);
        for (var steps = 0; journey.ToDo is { } page; steps++)
        {
            Assert.True(steps <= form.Pages.Count, $"{form.Id} asks the same page again and again");
            // What a choice reveals is asked once it is chosen: so it is answered with it, as on the page.
            var typed = page.Page.Items.OfType<Question>().SelectMany(q => q.WithRevealed).Select(q => KeyValuePair.Create(q.Id, Valid(form, q)));
            journey = Journey.Of(form, journey.Answers.WithPage(page.Id, typed), Today);
        }
        return journey;
    }
}
