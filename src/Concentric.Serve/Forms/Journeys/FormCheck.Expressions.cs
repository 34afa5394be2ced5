namespace Concentric.Serve.Forms;

/// <summary>What expressions ask for: it is there, and it is known when it is asked for.</summary>
public static partial class FormCheck
{
    private static void Expressions(Form form, List<FormProblem> problems)
    {
        var known = form.Questions.Select(q => q.Id).Concat(form.Lookups.Select(l => l.Id)).ToHashSet(StringComparer.Ordinal);
        var later = new AskedLater(form);
        foreach (var one in FormExpression.Of(form))
        {
            void Problem(string message) => problems.Add(new(one.Where, $"“{one.Text}” {message}", one.Page?.Id));
            var expression = Expression.Of(one.Text);
            if (expression.Error is { } error) Problem($"cannot be read: {error}.");
            var fields = one.Group?.Fields.Select(f => f.Id).ToList() ?? [];
            foreach (var name in expression.Names.Where(n => !known.Contains(n) && !fields.Contains(n)))
                Problem($"asks for “{name}”, and there is no such question, lookup or calculation before it.");
            foreach (var name in later.In(one)) Problem($"asks for “{name}”, which is asked only on a later page.");
            if (one is { Decides: Decides.Asked, Group: { } group, Question: { } field }) Row(form, group, field, expression, Problem);
            foreach (var (repeating, quoted) in Quoted(form, expression)) Problem($"asks for “{quoted}” of “{repeating.Id}”, and its rows have no such field.");
            // One that stands after it is not known to it, nor it to itself.
            if (one.Decides == Decides.Calculation) known.Add(one.Where);
        }
    }

    /// <summary>Whether a field of a row is asked, is decided from the first field to the last, before the rows are known to the form.</summary>
    private static void Row(Form form, Question group, Question field, Expression expression, Action<string> problem)
    {
        var before = group.Fields.Select(f => f.Id).TakeWhile(f => f != field.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var name in expression.Names.Where(n => !before.Contains(n) && group.Fields.Any(f => f.Id == n)))
            problem($"asks for “{name}”, which does not stand before it in the row.");
        if (FormIndex.Of(form).NamesBehind(expression).Contains(group.Id) && !before.Contains(group.Id))
            problem($"asks for “{group.Id}”, the group itself. A field can only ask for fields before it.");
    }

    /// <summary>The fields of repeating groups that are named as texts: <c>sum(items, 'how-many')</c>.</summary>
    private static IEnumerable<(Question Group, string Field)> Quoted(Form form, Expression expression) =>
        from call in (expression.Root?.All ?? []).OfType<CallNode>()
        where call.Function.Name is "sum" or "any" && call.Arguments.Count > 1
        let name = call.Arguments[0] as NameNode
        let field = (call.Arguments[1] as ConstantNode)?.Is as Value.Text
        where name is { Within.Length: 0 } && field is not null && FormIndex.Of(form).Questions.GetValueOrDefault(name.Name) is { Kind: QuestionKind.Repeat }
        let repeating = FormIndex.Of(form).Questions[name.Name]
        where repeating.Fields.All(f => f.Id != field.Is)
        select (repeating, field.Is);

    /// <summary>Finds what an expression asks for before it can be known.</summary>
    private sealed class AskedLater
    {
        private readonly Form _form;
        private readonly Dictionary<string, int> _places;
        private readonly Dictionary<string, HashSet<string>> _behind = new(StringComparer.Ordinal);

        public AskedLater(Form form)
        {
            _form = form;
            _places = form.Pages.Index().SelectMany(p => p.Item.Questions.Select(q => (q.Id, p.Index))).DistinctBy(q => q.Id)
                .ToDictionary(q => q.Id, q => q.Index, StringComparer.Ordinal);
        }

        /// <summary>Ids of the questions of later pages that it asks for.</summary>
        public IEnumerable<string> In(FormExpression one)
        {
            if (one.Decides is Decides.Calculation or Decides.Lookup or Decides.Payment or Decides.Guidance) return [];
            var last = one.Decides == Decides.Page ? one.Place - 1 : one.Place;
            var names = one.Decides is Decides.Page or Decides.Way || one is { Decides: Decides.Asked, Group: null }
                // What is never true only leaves something out.
                ? Expression.Of(one.Text).Names
                // A rule that cannot hold, and a limit that is not known, let nobody past.
                : Needed(Expression.Of(one.Text));
            return names.Where(n => one.Group?.Fields.Any(f => f.Id == n) is not true && _places.TryGetValue(n, out var place) && place > last);
        }

        /// <summary>The answers without which an expression cannot be decided, those behind its calculations too.</summary>
        private HashSet<string> Needed(Expression expression)
        {
            var needed = new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in expression.Names.Where(n => !Excuses(expression.Root, n)))
                if (_places.ContainsKey(name)) needed.Add(name);
                else
                    foreach (var calculation in FormIndex.Of(_form).CalculationsFor(name)) needed.UnionWith(Own(calculation));
            return needed;
        }

        private HashSet<string> Own(Calculation calculation)
        {
            if (_behind.TryGetValue(calculation.Id, out var known)) return known;
            var expression = Expression.Of(calculation.Value);
            return _behind[calculation.Id] = [.. expression.Names.Where(n => _places.ContainsKey(n) && !Excuses(expression.Root, n))];
        }

        /// <summary>Whether it holds while that name has no answer: <c>not answered(name) or …</c>, <c>name = nothing or …</c>,
        /// <c>if(answered(name), …, true)</c>.</summary>
        private static bool Excuses(Node? node, string name) => node switch
        {
            OrNode or => Excuses(or.Left, name) || Excuses(or.Right, name),
            NotNode { Inner: var inner } => IsAnswered(inner, name),
            CompareNode { Left: NameNode left, Kind: Comparing.Same, Right: ConstantNode { Is.IsNothing: true } } => left.Name == name,
            CallNode { Function.Name: "if", Arguments: [var condition, _, ConstantNode { Is.IsTrue: true }] } => IsAnswered(condition, name),
            _ => false,
        };

        private static bool IsAnswered(Node node, string name) => node is CallNode { Function.Name: "answered", Arguments: [NameNode one] } && one.Name == name;
    }
}
