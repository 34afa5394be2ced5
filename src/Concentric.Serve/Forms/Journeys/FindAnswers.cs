namespace Concentric.Serve.Forms;

/// <summary>Finds answers that lead to a page or through a whole form. At most so many ways are tried:
/// that none were found is a strong sign, and no proof, that there are none.</summary>
/// <remarks>All pages are filled at once, because answers off the way do not count: one walk then tells where answers lead. What decides the way is varied from there, with
/// few changes first.</remarks>
public sealed class FindAnswers
{
    private const int MostWalks = 6000;
    private const int MostRepairs = 400;
    private const int MostChanges = 6;

    private readonly Form _form;
    private readonly DateOnly _today;
    private readonly Candidates _candidates;
    private readonly Dictionary<string, List<Value>> _hints = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Value>> _avoid = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deciding = new(StringComparer.Ordinal);
    private readonly int _variant;
    private int _walks;

    private FindAnswers(Form form, DateOnly today, int variant) => (_form, _today, _variant, _candidates) = (form, today, variant, new(form, today));

    /// <summary>Answers with which that page may be visited; null where none were found.</summary>
    public static Answers? Leading(Form form, string page, DateOnly today)
    {
        if (form.Page(page) is not { } target) return null;
        var finder = new FindAnswers(form, today, 0);
        var place = FormIndex.Of(form).PageNumbers[page];
        finder.Decide(target, place);
        return finder.Search(journey => journey.Visit(page) is not null, place) is { } found
            ? found.Answers with { Done = [.. found.Path.TakeWhile(p => p.Id != page).Where(p => p.IsDone).Select(p => p.Id)] }
            : null;
    }

    /// <summary>Pages to which no answers were found that lead, the last page first. Answers that lead to a late page show the way to many before it.</summary>
    public static IEnumerable<FormPage> Unreached(Form form, DateOnly today)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        foreach (var page in form.Pages.Reverse().Where(p => !reached.Contains(p.Id)))
        {
            if (Leading(form, page.Id, today) is { } answers) reached.UnionWith(Journey.Of(form, answers, today).Path.Select(p => p.Id));
            else yield return page;
        }
    }

    /// <summary>Answers of a whole form, ready to be sent; null where none were found.</summary>
    /// <param name="variant">Another number gives other answers; odd ones leave out what is optional.</param>
    public static Answers? Complete(Form form, DateOnly today, int variant = 0)
    {
        var finder = new FindAnswers(form, today, variant);
        foreach (var page in form.Pages)
            foreach (var condition in page.Next.Select(j => j.If).Concat(page.Questions.SelectMany(q => q.Rules).Select(r => r.Holds))
                .Append(page.ShowIf).OfType<string>()) finder._deciding.UnionWith(finder._candidates.Names(condition));
        return finder.Search(journey => journey.IsComplete, form.Pages.Count)?.Sent;
    }

    /// <summary>What decides whether the page is reached, and the answers that its conditions ask for.</summary>
    private void Decide(FormPage target, int place)
    {
        var index = FormIndex.Of(_form);
        var open = new Queue<string>();
        void Want(string? condition, Dictionary<string, List<Value>>? hints)
        {
            if (condition is null) return;
            foreach (var name in _candidates.Names(condition)) if (_deciding.Add(name)) open.Enqueue(name);
            if (hints is null) return;
            foreach (var (name, constant) in _candidates.Compared(condition))
                if (!hints.TryGetValue(name, out var known)) hints[name] = [constant];
                else if (!known.Contains(constant)) known.Add(constant);
        }
        Want(target.ShowIf, _hints);
        foreach (var page in _form.Pages.Take(place).Reverse())
        {
            foreach (var jump in page.Next)
                Want(jump.If, index.PageNumbers.GetValueOrDefault(jump.Page, int.MaxValue) is var to && to == place ? _hints : to > place ? _avoid : null);
            if (page.Stop || page.Next.Count > 0) Want(page.ShowIf, page.Stop ? _avoid : null);
        }
        while (open.TryDequeue(out var name))
        {
            if (!index.PageOf.TryGetValue(name, out var page)) continue;
            Want(_form.Page(page)!.ShowIf, _hints);
            Want(index.Questions[name].ShowIf, _hints);
            // A question that a choice reveals is asked once that is chosen.
            foreach (var question in _form.Page(page)!.Questions)
                foreach (var choice in question.Choices.Where(c => c.Reveals.SelectMany(r => r.WithRevealed)
                    .Any(r => r.Id == name))) Want($"{question.Id} = {Expression.Quote(choice.Value)}", _hints);
        }
    }

    private Journey? Search(Func<Journey, bool> good, int before)
    {
        var start = Answers.None with { Done = [.. _form.Pages.Where(p => !p.Stop).Select(p => p.Id)] };
        // First with nothing found in the council's tables, then with rows of them.
        foreach (var rows in _form.Lookups.Any(l => _deciding.Contains(l.Id)) ? new[] { false, true } : [false])
            for ((_walks, var changes) = (0, 0); changes <= MostChanges && _walks < MostWalks; changes++)
                if (Try(start, rows ? [] : [.. _form.Lookups.Select(l => l.Id)], changes, good, before) is { } found) return found;
        return null;
    }

    /// <summary>Decides one more question after the other along the way, with so many answers that are not the likeliest.</summary>
    private Journey? Try(Answers answers, HashSet<string> decided, int changes, Func<Journey, bool> good, int before)
    {
        if (_walks > MostWalks) return null;
        var journey = Repair(answers, decided);
        if (good(journey)) return journey;
        answers = journey.Answers;
        foreach (var lookup in _form.Lookups.Where(l => _deciding.Contains(l.Id) && !decided.Contains(l.Id)))
            return Each(_candidates.Rows(lookup), lookup.Id);
        var places = FormIndex.Of(_form).PageNumbers;
        var next = journey.Path.Where(p => places[p.Id] < before).SelectMany(p => p.Questions).FirstOrDefault(q => _deciding.Contains(q.Id) && !decided.Contains(q.Id));
        return next is null ? null : Each(InOrder(next, journey.Scope), next.Id);

        Journey? Each(IEnumerable<Value> values, string id)
        {
            HashSet<string> also = [.. decided, id];
            foreach (var (n, value) in values.Index())
            {
                if (n > 0 && changes == 0) break;
                if (Try(answers.With(id, value), also, n == 0 ? changes : changes - 1, good, before) is { } found) return found;
                if (_walks > MostWalks) break;
            }
            return null;
        }
    }

    private IEnumerable<Value> InOrder(Question question, Scope scope)
    {
        var all = _candidates.For(question, scope).Where(v => Fits(question, v, scope)).ToList();
        if (question.Optional) all.Add(Value.Nothing);
        var hints = _hints.GetValueOrDefault(question.Id, []);
        var avoided = _avoid.GetValueOrDefault(question.Id, []);
        return _hints.Count + _avoid.Count > 0 ? all.OrderByDescending(v => hints.Count(h => Meets(v, h))).ThenBy(v => avoided.Count(h => Meets(v, h))) : Turned(all);
    }

    private static bool Meets(Value value, Value hint) => value is Value.Many many
        ? many.Items.Any(i => Meets(i, hint))
        : value == hint || value is Value.Text text && hint is Value.Text other && string.Equals(text.Is, other.Is, StringComparison.OrdinalIgnoreCase);

    /// <summary>Fills what is missing and puts right what is wrong, page after page along the way.</summary>
    private Journey Repair(Answers answers, HashSet<string> decided)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        for (var repairs = 0; ; repairs++)
        {
            _walks++;
            var journey = Journey.Of(_form, answers, _today);
            var missing = journey.Path.SelectMany(p => p.Questions.Select(q => (q, p.Problems))).Where(q =>
                tried.Add(q.q.Id) && (q.Problems.Any(p => p.Question == q.q.Id) || q.q.Optional && _variant % 2 == 0 && !decided.Contains(q.q.Id)
                    && journey.Answers[q.q.Id].IsNothing)).ToList();
            if (missing.Count == 0 || repairs > MostRepairs) return journey;
            foreach (var (question, _) in missing)
                if (Turned([.. _candidates.For(question, journey.Scope).Where(v => Fits(question, v, journey.Scope)).Take(_variant + 1)]) is [var value, ..]) answers = answers.With(question.Id, value);
        }
    }

    private bool Fits(Question question, Value value, Scope scope) =>
        CheckAnswer.Of(question, _form, value, new(name => name == question.Id ? value : scope.Find(name), _today)) is null;

    private IReadOnlyList<Value> Turned(IReadOnlyList<Value> values) => values.Count == 0 ? values
        : [.. values.Skip(_variant % values.Count), .. values.Take(_variant % values.Count)];
}
