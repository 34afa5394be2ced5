using System.CommandLine;
using System.Diagnostics;
using Concentric.Bench.Running;
using Concentric.Serve.Forms;

namespace Concentric.Bench;

/// <summary>How long the pure parts of forms take: the journey of a form of 150 questions with as many answers, its check, and its JSON.</summary>
internal static class FormsBench
{
    private const int Questions = 150;
    private const int Runs = 2000;
    private static readonly DateOnly Today = new(2026, 11, 20);

    public static Command Verb()
    {
        var verb = new Command("forms", $"A form of {Questions} questions: its journey, its check, reading and writing it. Median of {Runs} runs.");
        verb.SetAction(_ => Run());
        return verb;
    }

    private static void Run()
    {
        var form = Generated();
        var answers = FindAnswers.Complete(form, Today) ?? throw new BenchException("No answers complete the generated form.");
        var json = form.Write();
        var kept = answers.Write();
        if (!Journey.Of(form, answers, Today).IsComplete
            || answers.Values.Count != Questions) throw new BenchException($"The journey has {answers.Values.Count} answers and not {Questions}.");
        var figures = new Figures("What", "median, µs", "95 %, µs");
        Add(figures, $"Journey of {form.Pages.Count} pages, {Questions} questions and answers", () => Journey.Of(form, answers, Today).IsComplete);
        Add(figures, "Answers from JSON", () => Answers.Read(form, kept).Values.Count > 0);
        Add(figures, "Answers to JSON", () => answers.Write().Length > 0);
        Add(figures, "Check of the form", () => FormCheck.Of(form).Count == 0);
        Add(figures, $"Form from JSON ({json.Length / 1024} KB)", () => Form.Read(json).Pages.Count > 0);
        Add(figures, "Form to JSON", () => form.Write().Length > 0);
        figures.Print(Console.Out, markdown: false);
    }

    private static void Add(Figures figures, string what, Func<bool> work)
    {
        for (var i = 0; i < 200; i++) Run(work);
        var times = Enumerable.Range(0, Runs).Select(_ => Run(work)).Order().ToList();
        figures.Add(what, Figures.Of(times[Runs / 2], "0.0"), Figures.Of(times[Runs * 95 / 100], "0.0"));
    }

    private static double Run(Func<bool> work)
    {
        var start = Stopwatch.GetTimestamp();
        if (!work()) throw new BenchException("The work that is measured went wrong.");
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    /// <summary>A page for each question; every third page with a condition on an earlier choice, each tenth with a jump, and 20 calculations.</summary>
    public static Form Generated() => new()
    {
        Id = "generated", Title = "Generated", Service = "1", Interaction = "0", Team = "Team", PromiseDays = 1, Process = "generated",
        Calculations = [.. Enumerable.Range(0, 20).Select(n => new Calculation($"c{n}", n == 0 ? "1" : $"c{n - 1} + if(q{n} = 'a', {n}, 0)"))],
        Pages = [.. Enumerable.Range(0, Questions).Select(Page)],
    };

    private static FormPage Page(int n) => new()
    {
        Id = $"p{n}",
        ShowIf = n > 30 && n % 3 == 0 ? $"q{n % 30} != 'c' and c{n % 20} >= 0" : null,
        Items = [Ask(n)],
        Next = n < 30 && n % 10 == 0 ? [new($"p{n + 5}", $"q{n} = 'c'")] : [],
    };

    private static Question Ask(int n)
    {
        var question = new Question { Id = $"q{n}", Kind = QuestionKind.Text, Title = $"Question {n}?", Name = $"answer {n}" };
        if (n < 30) return question with { Kind = QuestionKind.Radios, Choices = [new("a", "A"), new("b", "B"), new("c", "C")] };
        return (n % 6) switch
        {
            0 => question with { Kind = QuestionKind.Date, Max = "today()" },
            1 => question with { Kind = QuestionKind.Number, Min = "0", Max = "100" },
            2 => question with { Kind = QuestionKind.Address },
            3 => question with { Kind = QuestionKind.Checkboxes, Choices = [new("a", "A"), new("b", "B"), new("none", "None") { Alone = true }] },
            4 => question with { Pattern = "[A-Z]{2}[0-9]{6}" },
            _ => question with { Rules = [new($"length(q{n}) > 1", "It is too short")] },
        };
    }
}
