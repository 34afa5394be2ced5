namespace Concentric.Serve.Forms;

/// <summary>Answers worth trying for each question of a form: its choices, what its conditions compare it with and what is just beside that, and usual ones.</summary>
internal sealed class Candidates
{
    private const int MostChoices = 60;
    private const int MostConstants = 500;

    /// <summary>Most pairs of a name and what it is compared with that are kept. Beyond that, only what an expression names itself is.</summary>
    internal const int MostCompared = 200_000;

    private readonly Dictionary<string, IReadOnlyList<(string Name, Value Constant)>> _atoms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Value>> _compared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _columns = new(StringComparer.Ordinal);
    private readonly Form _form;
    private readonly DateOnly _today;

    public Candidates(Form form, DateOnly today)
    {
        (_form, _today) = (form, today);
        foreach (var text in Texts(form)) Note(text);
    }

    /// <summary>How many pairs of a name and what it is compared with were gone through.</summary>
    internal int Gone { get; private set; }

    /// <summary>What the conditions of that expression compare each name with, through calculations too.</summary>
    public IEnumerable<(string Name, Value Constant)> Compared(string expression)
    {
        var index = FormIndex.Of(_form);
        return Expression.Of(expression).Names.SelectMany(index.CalculationsFor).Select(c => c.Value).Prepend(expression)
            .Distinct(StringComparer.Ordinal).SelectMany(Atoms);
    }

    /// <summary>Names that an expression depends on, through calculations too.</summary>
    public IEnumerable<string> Names(string expression) => FormIndex.Of(_form).NamesBehind(Expression.Of(expression));

    /// <summary>Answers to try, the likeliest to be right first. Not each of them is.</summary>
    public IEnumerable<Value> For(Question question, Scope scope)
    {
        var compared = _compared.GetValueOrDefault(question.Id, []);
        return (question.Kind switch
        {
            QuestionKind.YesNo => [Value.True, Value.False],
            QuestionKind.Declaration => [Value.True],
            QuestionKind.Radios or QuestionKind.Select or QuestionKind.Autocomplete => Choices(question, compared).Select(Value.Of),
            QuestionKind.Checkboxes => Boxes(question, compared),
            QuestionKind.Number or QuestionKind.Money => Numbers(question, compared, scope),
            QuestionKind.Date or QuestionKind.Month => Dates(question, compared, scope),
            QuestionKind.Email => [Value.Of("ada@example.com"), .. Matching(question)],
            QuestionKind.Phone => [Value.Of("01632 960 001"), Value.Of("07700 900 982"), Value.Of("01632960001"), .. Matching(question)],
            QuestionKind.Website => [Value.Of("https://www.example.com"), .. Matching(question)],
            QuestionKind.Address => Addresses(compared),
            QuestionKind.Place => [Value.Of([KeyValuePair.Create("latitude", Value.Of(53.8m)), KeyValuePair.Create("longitude", Value.Of(-1.55m)),
                KeyValuePair.Create("words", Value.Of("By the gate"))])],
            QuestionKind.File => [Value.Of(Enumerable.Range(1, Math.Max(1, question.AtLeast ?? 1))
                .Select(n => Photo(n, question.Accept.FirstOrDefault("jpg"))))],
            QuestionKind.Repeat => Rows(question, compared, scope),
            _ => Words(question, compared),
        }).Distinct();
    }

    /// <summary>Rows of a table that might be found, by the columns that expressions ask for: none, and rows with up to two columns that say something.</summary>
    public IEnumerable<Value> Rows(Lookup lookup)
    {
        var columns = _columns.GetValueOrDefault(lookup.Id, []).ToList();
        var constants = _compared.GetValueOrDefault(lookup.Id, []).Distinct().ToList();
        var days = constants.OfType<Value.Number>().Where(n => n.Is is >= 0 and <= 1000).Select(n => (int)n.Is).OrderDescending().Take(2).SelectMany(n => new[] { -n, -n - 1 });
        Value[] cells = [.. new[] { 0, -1, 1 }.Concat(days).Distinct().Select(d => Value.Of(_today.AddDays(d))), .. constants.OfType<Value.Text>().Take(3), Value.Of("yes")];
        var single = columns.SelectMany(c => cells.Select(v => KeyValuePair.Create(c, v))).ToList();
        return new[] { Value.Nothing }.Concat(single.Select(s => Value.Of([s])))
            .Concat(single.SelectMany((a, n) => single.Skip(n + 1).Where(b => b.Key != a.Key).Select(b => Value.Of([a, b]))));
    }

    private static IEnumerable<Value> Matching(Question question) => question.Pattern is { } pattern ? [Value.Of(SampleText.Matching(pattern))] : [];

    /// <summary>A file as answers hold it.</summary>
    private static Value Photo(int number, string extension) => Value.Of(
    [
        KeyValuePair.Create("id", Value.Of($"{new Guid(number, 0, 0, new byte[8]):N}")), KeyValuePair.Create("name", Value.Of($"photo-{number}.{extension}")),
        KeyValuePair.Create("size", Value.Of(1000m)),
    ]);

    private IEnumerable<string> Choices(Question question, List<Value> compared)
    {
        var choices = FormIndex.Of(_form).ChoicesOf(question).Select(c => c.Value).ToList();
        var named = compared.Select(c => $"{c}").ToHashSet(StringComparer.OrdinalIgnoreCase);
        // In their order, as somebody reads them; of a long list only what matters.
        return choices.Count <= MostChoices ? choices : choices.Where(named.Contains).Concat(choices.Take(MostChoices)).Distinct();
    }

    private IEnumerable<Value> Boxes(Question question, List<Value> compared)
    {
        var all = FormIndex.Of(_form).ChoicesOf(question);
        var together = all.Where(c => !c.Alone).Select(c => c.Value).ToList();
        var least = Math.Max(1, question.AtLeast ?? 1);
        var named = together.Where(c => compared.Any(v => string.Equals($"{v}", c, StringComparison.OrdinalIgnoreCase))).ToList();
        List<List<string>> sets = [.. together.Take(MostChoices).Select(c => together.Where(o => o != c).Take(least - 1).Prepend(c).ToList())];
        sets.AddRange(all.Where(c => c.Alone).Select(c => new List<string> { c.Value }));
        if (named.Count > 1) sets.Add(named);
        // Pairs, for conditions that want one and not another, or both.
        if (named.Count is > 2 and <= 8) sets.AddRange(named.SelectMany((a, i) => named.Skip(i + 1).Select(b => new List<string> { a, b })));
        sets.Add([.. together.Take(question.AtMost ?? together.Count)]);
        return sets.Where(s => s.Count > 0).Select(s => Value.Of(s));
    }

    private static IEnumerable<Value> Numbers(Question question, List<Value> compared, Scope scope)
    {
        var step = question.Decimals is > 0 || question.Kind == QuestionKind.Money ? 0.01m : 1;
        var known = Limits(question, scope).Concat(compared).OfType<Value.Number>().Select(n => n.Is).ToList();
        return known.SelectMany(n => new[] { n, n + step, n - step, n + 1, n - 1 }).Prepend(known.Count > 0 ? known[0] : 3).Concat([1, 0, 2, 10, 100, 1000])
            .Select(n => Value.Of(n));
    }

    private IEnumerable<Value> Dates(Question question, List<Value> compared, Scope scope)
    {
        var near = Limits(question, scope).Concat(compared).OfType<Value.Date>().Select(d => d.Is).ToList();
        var counts = compared.OfType<Value.Number>().Where(n => n.Is is >= 0 and <= 150).Select(n => (int)n.Is).Distinct().ToList();
        var usual = new[] { _today, _today.AddDays(-1), _today.AddDays(1), _today.AddDays(7), _today.AddDays(-28), _today.AddDays(28), _today.AddYears(-30),
            _today.AddYears(-70), _today.AddYears(-10) };
        var dates = near.Take(4).Concat(usual).Concat(near).Concat(counts.Select(c => _today.AddYears(-c))).Concat(counts.Select(c => _today.AddDays(c)))
            .Concat(counts.Select(c => _today.AddDays(-c)));
        return dates.SelectMany(d => new[] { d, d.AddDays(-1), d.AddDays(1) }).Select(d => Value.Of(question.Kind == QuestionKind.Month ? new DateOnly(d.Year, d.Month, 1) : d));
    }

    /// <summary>What limits and rules lead to as things stand, so that an answer that depends on another one is found.</summary>
    private static IEnumerable<Value> Limits(Question question, Scope scope) =>
        new[] { question.Min, question.Max }.OfType<string>().Select(l => Expression.Of(l).Evaluate(scope))
            .Concat(question.Rules.SelectMany(r => Expression.Of(r.Holds).Names).Where(n => n != question.Id).Select(scope.Find));

    private static IEnumerable<Value> Addresses(List<Value> compared) => compared.OfType<Value.Text>()
        .Select(t => Core.Postcode.TryParse(t.Is, out var whole) ? $"{whole}" : Core.Postcode.TryParse($"{t.Is} 1AA", out var outward) ? $"{outward}" : null).OfType<string>()
        .Prepend("LS1 4AP")
        .Select(postcode => Value.Of([KeyValuePair.Create("line1", Value.Of("1 High Street")), KeyValuePair.Create("town", Value.Of("Leeds")),
            KeyValuePair.Create("postcode", Value.Of(postcode))]));

    private static IEnumerable<Value> Words(Question question, List<Value> compared) =>
        SampleText.For(question).Concat(compared.Select(c => $"{c}"))
            .Concat(compared.OfType<Value.Number>().Where(n => n.Is is > 0 and < 4000).SelectMany(n => new[] { new string('a', (int)n.Is), new string('a', (int)n.Is + 1) }))
                .Select(Value.Of);

    private IEnumerable<Value> Rows(Question group, List<Value> compared, Scope scope)
    {
        var most = Math.Min(group.AtMost ?? Question.MostRows, Question.MostRows);
        var counts = Limits(group, scope).Concat(compared).OfType<Value.Number>().Where(n => n.Is is >= 0 and <= Question.MostRows + 1)
            .SelectMany(n => new[] { (int)n.Is, (int)n.Is + 1, (int)n.Is - 1 })
            .Prepend(Math.Max(1, group.AtLeast ?? 1)).Append(1).Append(2).Append(0).Append(most).Where(n => n >= (group.AtLeast ?? 0) && n <= most).Distinct();
        var usual = Row(group, compared, scope, 0);
        return counts.Take(20).Select(n => n == 0 ? Value.Nothing : Value.Of(Enumerable.Repeat(usual, n)))
            .Concat(Enumerable.Range(1, 8).Select(other => Value.Of(Enumerable.Repeat(usual, Math.Max(1, group.AtLeast ?? 1) - 1).Append(Row(group, compared, scope, other)))));
    }

    /// <summary>A row that is right, where one is found; with another number another one.</summary>
    private Value Row(Question group, List<Value> compared, Scope scope, int other)
    {
        var row = Value.Nothing;
        foreach (var field in group.Fields)
        {
            var inside = new Scope(id => group.Fields.Any(f => f.Id == id) ? row.Part(id) : scope.Find(id), _today);
            if (field.ShowIf is { } condition && !Expression.Of(condition).IsTrue(inside)) continue;
            // What the group is compared with may be meant for any of its fields.
            var own = For(field, inside).Concat(compared.Where(c => c is Value.Text or Value.Number or Value.Date));
            var good = own.Where(v => CheckAnswer.Of(field, _form, v, new(id => id == field.Id ? v : inside.Find(id), _today)) is null).Take(other + 1).ToList();
            if (good.Count > 0) row = Value.Of((row as Value.Parts)?.Named.SetItem(field.Id, good[^1]) ?? Enumerable.Repeat(KeyValuePair.Create(field.Id, good[^1]), 1));
        }
        return row;
    }

    private void Note(string text)
    {
        foreach (var (name, constant) in Atoms(text))
            if (!_compared.TryGetValue(name, out var known)) _compared[name] = [constant];
            else if (known.Count < MostConstants && !known.Contains(constant)) known.Add(constant);
        foreach (var name in (Expression.Of(text).Root?.All ?? []).OfType<NameNode>().Where(n => n.Within.Length > 0))
            if (_columns.TryGetValue(name.Name, out var columns)) columns.Add(name.Within[0]);
            else _columns[name.Name] = [name.Within[0]];
    }

    /// <summary>What the conditions of one text compare names with; a calculation stands for all names behind it. Each text is gone through once.</summary>
    private IReadOnlyList<(string Name, Value Constant)> Atoms(string text)
    {
        if (_atoms.TryGetValue(text, out var known)) return known;
        var atoms = new List<(string, Value)>();
        var index = FormIndex.Of(_form);
        foreach (var atom in Conditions(Expression.Of(text).Root))
        {
            var parts = atom.All.ToList();
            var constants = parts.OfType<ConstantNode>().Select(c => c.Is)
                .Concat(parts.OfType<CallNode>().Where(c => c.Function.Name == "date").Select(c => c.Evaluate(new(_ => Value.Nothing, _today)))).Where(c => !c.IsNothing).ToList();
            if (constants.Count == 0) continue;
            foreach (var name in parts.OfType<NameNode>().Select(n => n.Name).Distinct(StringComparer.Ordinal))
            {
                var isNamed = Gone < MostCompared && index.Calculations.ContainsKey(name);
                foreach (var behind in isNamed ? index.NamesBehind(Expression.Of(name)) : (IEnumerable<string>)[name])
                {
                    atoms.AddRange(constants.Select(c => (behind, c)));
                    Gone += constants.Count;
                }
            }
        }
        return _atoms[text] = atoms;
    }

    /// <summary>The conditions that and, or, not and if join.</summary>
    private static IEnumerable<Node> Conditions(Node? node) => node switch
    {
        null => [],
        OrNode or => Conditions(or.Left).Concat(Conditions(or.Right)),
        AndNode and => Conditions(and.Left).Concat(Conditions(and.Right)),
        NotNode not => Conditions(not.Inner),
        CallNode { Function.Name: "if" } call => call.Arguments.SelectMany(Conditions),
        _ => [node],
    };

    /// <summary>What decides the way and what is taken, the form's calculations last.</summary>
    private static IEnumerable<string> Texts(Form form) => FormExpression.Of(form)
        .Where(e => e.Decides is not (Decides.Lookup or Decides.Payment or Decides.Guidance)).OrderBy(e => e.Decides == Decides.Calculation)
        .Select(e => e.Text).Distinct(StringComparer.Ordinal);
}
