using System.Collections;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Concentric.Serve.Forms;

/// <summary>A form's parts by their names, made once for each form that is in use.</summary>
/// <remarks>Beside the form and not in it: a record's copy must not carry another's index.</remarks>
public sealed class FormIndex
{
    private static readonly ConditionalWeakTable<Form, FormIndex> Made = [];

    private readonly Dictionary<string, IReadOnlyList<FormChoice>> _lists;
    private readonly List<Calculation> _calculations;
    private readonly Dictionary<string, BitArray> _needed;
    private readonly ConcurrentDictionary<string, IReadOnlyList<Calculation>> _inOrder = new(StringComparer.Ordinal);

    private FormIndex(Form form)
    {
        Questions = form.Questions.DistinctBy(q => q.Id).ToDictionary(q => q.Id, StringComparer.Ordinal);
        _calculations = [.. form.Calculations.DistinctBy(c => c.Id)];
        Calculations = _calculations.ToDictionary(c => c.Id, StringComparer.Ordinal);
        PageNumbers = form.Pages.Index().DistinctBy(p => p.Item.Id).ToDictionary(p => p.Item.Id, p => p.Index, StringComparer.Ordinal);
        PageOf = form.Pages.SelectMany(p => p.Questions.Select(q => (q.Id, Page: p.Id))).DistinctBy(q => q.Id).ToDictionary(q => q.Id, q => q.Page, StringComparer.Ordinal);
        _needed = CalculationsBefore(_calculations);
        _lists = form.Lists.DistinctBy(l => l.Id).ToDictionary(l => l.Id, l => l.Items, StringComparer.Ordinal);
    }

    public IReadOnlyDictionary<string, Question> Questions { get; }
    public IReadOnlyDictionary<string, Calculation> Calculations { get; }

    /// <summary>Place of each page in the form's order, from 0.</summary>
    public IReadOnlyDictionary<string, int> PageNumbers { get; }

    /// <summary>Id of the page on which a question stands.</summary>
    public IReadOnlyDictionary<string, string> PageOf { get; }

    public static FormIndex Of(Form form) => Made.GetValue(form, f => new(f));

    /// <summary>The choices of a question: its own, or those of its list.</summary>
    public IReadOnlyList<FormChoice> ChoicesOf(Question question) =>
        question.List is { } list ? _lists.GetValueOrDefault(list, []) : question.Choices;

    /// <summary>A calculation and those that it needs, those before it first. One that stands after it, or itself, has no value for it.</summary>
    internal IReadOnlyList<Calculation> CalculationsFor(string id) =>
        _needed.TryGetValue(id, out var needed) ? _inOrder.GetOrAdd(id, _ => [.. _calculations.Where((_, place) => needed[place])]) : [];

    /// <summary>The names that an expression depends on in the end: of questions and lookups, those too that its calculations ask for.</summary>
    internal IReadOnlySet<string> NamesBehind(Expression expression)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in expression.Names)
            if (!Calculations.ContainsKey(name)) names.Add(name);
            else
                foreach (var calculation in CalculationsFor(name))
                    names.UnionWith(Expression.Of(calculation.Value).Names.Where(n => !Calculations.ContainsKey(n)));
        return names;
    }

    // By place and not as lists: of a thousand that each ask for all before them, lists would be gone through again and again.
    private static Dictionary<string, BitArray> CalculationsBefore(IReadOnlyList<Calculation> calculations)
    {
        var needed = new Dictionary<string, BitArray>(StringComparer.Ordinal);
        foreach (var (place, calculation) in calculations.Index())
        {
            var its = new BitArray(calculations.Count);
            foreach (var name in Expression.Of(calculation.Value).Names)
                if (needed.TryGetValue(name, out var before)) its.Or(before);
            its[place] = true;
            needed[calculation.Id] = its;
        }
        return needed;
    }
}
