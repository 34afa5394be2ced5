using System.Collections.Immutable;

namespace Concentric.Serve.Forms;

/// <summary>A page on somebody's way through a form.</summary>
/// <param name="Questions">Those that are asked on it, by what was answered.</param>
/// <param name="Problems">What is missing or wrong in the answers kept.</param>
/// <param name="IsDone">It was continued from and nothing is wrong with it.</param>
public sealed record JourneyPage(FormPage Page, IReadOnlyList<Question> Questions, IReadOnlyList<Problem> Problems, bool IsDone)
{
    public string Id => Page.Id;
}

/// <summary>
/// Somebody's way through a form: a pure function of form, answers and day. From this one walk come the next page, the back link, what may be
/// visited, what is complete, what "check your answers" lists and what is sent. No position is stored anywhere.
/// </summary>
/// <remarks>Jumps lead forward only, so the walk ends after as many steps as there are pages. Conditions see the answers of pages on the way before them, and none of pages
/// that are no longer on it.</remarks>
public sealed class Journey
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value> _calculated = new(StringComparer.Ordinal);
    private readonly Scope _inside;
    private readonly List<JourneyPage> _path = [];
    private readonly FormIndex _index;

    private Journey(Form form, Answers answers, DateOnly today)
    {
        (Form, Answers, _index) = (form, answers, FormIndex.Of(form));
        Scope = new(Find, today);
        _inside = new(KnownOrCalculated, today);
        foreach (var lookup in form.Lookups) _known[lookup.Id] = answers[lookup.Id];
        Walk();
        for (var i = 0; i < _path.Count; i++) _places[_path[i].Id] = i;
    }

    public static Journey Of(Form form, Answers answers, DateOnly today) => new(form, answers, today);

    public Form Form { get; }
    public Answers Answers { get; }

    /// <summary>What expressions know at the end of the way: answers on it, calculations, looked-up rows.</summary>
    public Scope Scope { get; }

    /// <summary>The pages on the way, in order, up to and with the first that is not done; with a task list all that can be reached.</summary>
    public IReadOnlyList<JourneyPage> Path => _path;

    /// <summary>The first page that is not done; null where all are.</summary>
    public JourneyPage? ToDo => _path.FirstOrDefault(p => !p.IsDone && !p.Page.Stop);

    /// <summary>The page that ends the form with nothing sent, where the way leads to one.</summary>
    public FormPage? StoppedAt => ToDo is null && _path.Count > 0 && _path[^1].Page.Stop ? _path[^1].Page : null;

    /// <summary>All is answered and it may be sent.</summary>
    public bool IsComplete => ToDo is null && StoppedAt is null && _path.Count > 0;

    /// <summary>The page of that id, if it may be visited.</summary>
    public JourneyPage? Visit(string page) => _places.TryGetValue(page, out var place) ? _path[place] : null;

    /// <summary>The page before; null for the first.</summary>
    public string? Before(string page) => page == Jump.Check ? (_path.Count > 0 ? _path[^1].Id : null) : _places.TryGetValue(page, out var place) && place > 0
        ? _path[place - 1].Id : null;

    /// <summary>The page after one that is done, <see cref="Jump.Check"/> after the last; the page itself while it is not done, and where to go on for one that cannot be
    /// visited.</summary>
    public string After(string page)
    {
        if (!_places.TryGetValue(page, out var place)) return ToDo?.Id ?? StoppedAt?.Id ?? Jump.Check;
        if (!_path[place].IsDone) return page;
        return place + 1 < _path.Count ? _path[place + 1].Id : Jump.Check;
    }

    /// <summary>The answers that count: of questions asked on the way. Only these are shown, sent and counted.</summary>
    public IEnumerable<(Question Question, Value Value)> Asked => _path.SelectMany(p => p.Questions).Select(q => (q, _known[q.Id]));

    /// <summary>What is sent: the answers that count, and the rows that were looked up.</summary>
    public Answers Sent => Answers.None with
    {
        Values = Answers.None.Values.AddRange(_known.Where(k => !k.Value.IsNothing)),
        Done = [.. _path.Where(p => p.IsDone).Select(p => p.Id)],
    };

    /// <summary>Ids of answers that are kept aside: their pages are no longer on the way, and come back as they were if it leads there again.</summary>
    public IReadOnlyList<string> Aside
    {
        get
        {
            var asked = _path.SelectMany(p => p.Questions).Select(q => q.Id).Concat(Form.Lookups.Select(l => l.Id)).ToHashSet(StringComparer.Ordinal);
            return [.. Answers.Values.Keys.Where(k => !asked.Contains(k))];
        }
    }

    /// <summary>The calculations that are shown among the answers and have a value.</summary>
    public IEnumerable<(Calculation Calculation, Value Value)> Shown =>
        Form.Calculations.Where(c => c.Title is not null).Select(c => (c, Find(c.Id))).Where(c => !c.Item2.IsNothing);

    /// <summary>What is to pay, in pounds; 0 where nothing is.</summary>
    public decimal ToPay => Form.Payment is { } payment && Expression.Of(payment.Amount)
        .Evaluate(Scope) is Value.Number { Is: > 0 } amount ? decimal.Round(amount.Is, 2, MidpointRounding.AwayFromZero) : 0;

    private void Walk()
    {
        var i = 0;
        while (i < Form.Pages.Count)
        {
            var page = Form.Pages[i];
            if (page.ShowIf is { } condition && !Expression.Of(condition).IsTrue(Scope))
            {
                i++;
                continue;
            }
            var here = Step(page);
            _path.Add(here);
            if (page.Stop) return;
            if (here.IsDone) i = Next(page, i);
            else if (Form.TaskList && NextSection(i) is { } other) i = other;
            else return;
        }
    }

    /// <summary>Takes a page's answers into what is known, and says what is asked on it.</summary>
    private JourneyPage Step(FormPage page)
    {
        var asked = new List<Question>();
        foreach (var item in page.Items)
            if (item is Question question) Ask(question, asked);
        var problems = new List<Problem>();
        foreach (var question in asked)
            if (CheckAnswer.Of(question, Form, _known[question.Id], Scope) is { } problem) problems.Add(problem);
        return new(page, asked, problems, problems.Count == 0 && Answers.Done.Contains(page.Id));
    }

    private void Ask(Question question, List<Question> asked)
    {
        if (question.ShowIf is { } condition && !Expression.Of(condition).IsTrue(Scope)) return;
        asked.Add(question);
        var value = question.Kind == QuestionKind.Repeat ? CheckAnswer.OnlyAsked(question, Answers[question.Id], Scope) : Answers[question.Id];
        _known[question.Id] = value;
        _calculated.Clear();
        if (question.Choices.Count == 0 || value.IsNothing) return;
        var chosen = value.AsItems;
        foreach (var choice in question.Choices)
            if (choice.Reveals.Count > 0 && chosen.Any(c => c is Value.Text text && text.Is == choice.Value))
                foreach (var revealed in choice.Reveals) Ask(revealed, asked);
    }

    private int Next(FormPage page, int place)
    {
        foreach (var jump in page.Next)
        {
            if (jump.If is { } condition && !Expression.Of(condition).IsTrue(Scope)) continue;
            if (jump.Page == Jump.Check) return Form.TaskList && NextSection(place) is { } section ? section : Form.Pages.Count;
            // A jump backwards cannot be published; here it is not taken, so that no walk can go round.
            if (_index.PageNumbers.TryGetValue(jump.Page, out var target) && target > place) return target;
        }
        return place + 1;
    }

    private int? NextSection(int place)
    {
        for (var i = place + 1; i < Form.Pages.Count; i++)
            if (Form.Pages[i].Section != Form.Pages[place].Section) return i;
        return null;
    }

    private Value Find(string name)
    {
        if (_known.TryGetValue(name, out var value)) return value;
        if (!_index.Calculations.ContainsKey(name)) return Value.Nothing;
        if (_calculated.TryGetValue(name, out var before)) return before;
        // Those that it needs first, one after the other: a long chain of calculations must not exhaust the stack.
        foreach (var calculation in _index.CalculationsFor(name))
            if (!_calculated.ContainsKey(calculation.Id)) _calculated[calculation.Id] = Expression.Of(calculation.Value).Evaluate(_inside);
        return _calculated[name];
    }

    private Value KnownOrCalculated(string name) => _known.GetValueOrDefault(name) ?? _calculated.GetValueOrDefault(name, Value.Nothing);
}
