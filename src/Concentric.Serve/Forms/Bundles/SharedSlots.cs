using static Concentric.Serve.Forms.Conditions;

namespace Concentric.Serve.Forms;

/// <summary>The questions by which a particular is asked in a joined form. Each says when it is needed; the first of a particular that is, is asked, and the others take its
/// answer.</summary>
internal sealed class SharedSlots(IReadOnlyList<SharedGroup> groups, Func<string, string, string> calculate)
{
    /// <param name="Need">Name of the condition on which it is needed.</param>
    /// <param name="Asked">Condition on which an earlier one has the answer; null where there is none.</param>
    private sealed record Slot(string Id, string Need, bool Optional, string? Asked);


    private readonly Dictionary<SharedGroup, List<Slot>> _slots = [];
    private readonly Dictionary<SharedEntry, Slot> _of = [];
    private readonly HashSet<string> _placed = new(StringComparer.Ordinal);

    public SharedEntry? Find(JoinedPart part, Question question) => Group(part, question)?.Entries.First(e => e.Part == part && e.Question == question);

    /// <summary>Whether that question of the joined form answers one of the part.</summary>
    public bool Needs(string id, JoinedPart part) =>
        groups.Any(g => _slots[g].Any(s => s.Id == id) && g.Entries.Any(e => e.Part == part && _slots[g].IndexOf(_of[e]) >= _slots[g].FindIndex(s => s.Id == id)));

    /// <summary>Names what is asked before the forms' own pages.</summary>
    public void NameAlways()
    {
        foreach (var group in groups) _slots[group] = [];
        foreach (var group in groups)
        {
            Add(group, group.Id, [.. group.Required], null, false);
            if (group.UnderGroup is { } under)
                Add(group, $"{group.Id}-for-{under.Id}", group.Under, Is(under.Id, under.Required.First().Question.Kind, group.Under[0].Choice!),
                    group.Under.All(e => e.Question.Optional));
            Add(group, $"{group.Id}-if-you-like", [.. group.Optional], null, true);
        }
    }

    private void Add(SharedGroup group, string id, IReadOnlyList<SharedEntry> entries, string? condition, bool optional)
    {
        if (entries.Count == 0) return;
        var slots = _slots[group];
        var wanted = AnyOf(entries.Select(e => e.Part.Wanted), Counted($"wanted--{id}"));
        var slot = new Slot(id, calculate($"need--{id}", And(wanted, condition)!), optional, Earlier(id, slots, optional));
        slots.Add(slot);
        foreach (var entry in entries)
        {
            _of[entry] = slot;
            entry.Part.Names[entry.Question.Id] = Known(entry, slots, And(entry.Part.Wanted, condition)!);
        }
    }

    /// <summary>Names a question that its form asks only sometimes, and those that it reveals.</summary>
    public void NameOthers(JoinedPart part, Question question, string? asked)
    {
        var condition = And(asked, part.Rename(question.ShowIf));
        if (Group(part, question) is { } group && Find(part, question) is { } entry && !_of.ContainsKey(entry))
        {
            var slots = _slots[group];
            var id = part.Own(question.Id);
            var slot = new Slot(id, calculate($"{part.Prefix}--need--{question.Id}", condition!), question.Optional, Earlier(id, slots, question.Optional));
            slots.Add(slot);
            _of[entry] = slot;
            part.Names[question.Id] = Known(entry, slots, slot.Need);
        }
        foreach (var choice in question.Choices)
            foreach (var revealed in choice.Reveals) NameOthers(part, revealed, And(condition, Is(part.Names[question.Id], question.Kind, choice.Value)));
    }

    private string? Earlier(string id, IReadOnlyList<Slot> slots, bool optional) =>
        slots.Count == 0 ? null : AnyOf(slots.Select(s => Has(s, optional)), Counted($"asked--{id}"));

    // What may have been left blank is asked again by one who must know.
    private static string Has(Slot slot, bool optional) => slot.Optional && !optional ? $"{slot.Need} and answered({slot.Id})" : slot.Need;

    private string Known(SharedEntry entry, IReadOnlyList<Slot> slots, string need)
    {
        var own = slots[^1];
        if (slots.Count == 1) return own.Id;
        var id = $"{entry.Part.Prefix}--known--{entry.Question.Id}";
        var value = FirstOf(slots.SkipLast(1).Select(s => ((string?)Has(s, entry.Question.Optional), s.Id)), own.Id, Counted(id));
        return calculate(id, $"if({need}, {value}, nothing)");
    }

    private Func<string, string> Counted(string id)
    {
        var n = 0;
        return value => calculate($"{id}--{++n}", value);
    }

    /// <summary>The question as it is asked for all, if it has not been put anywhere yet; null for one that is not.</summary>
    /// <param name="last">Whether it is the turn of those that come after the others.</param>
    public Question? Place(JoinedPart part, Question question, bool last)
    {
        if (Group(part, question) is not { } group || Find(part, question) is not { Always: true } entry || IsLast(group, entry) != last
            || !_placed.Add(_of[entry].Id)) return null;
        var slot = _of[entry];
        var choices = FormIndex.Of(part.Form).ChoicesOf(question)
            .Select(c => c with { Reveals = [.. groups.Where(g => g.UnderGroup == group && g.Under[0].Choice == c.Value && !slot.Optional).Select(Under)] });
        return Limited(group, entry, slot) with { ShowIf = And(slot.Need, slot.Asked is { } asked ? Not(asked) : null), List = null, Choices = [.. choices] };
    }

    // What may be left out is asked after all choices under which somebody else must have it.
    private static bool IsLast(SharedGroup group, SharedEntry entry) => group.UnderGroup is not null && entry.Question.Optional;

    private Question Under(SharedGroup group)
    {
        var slot = _of[group.Under[0]];
        return Limited(group, group.Under[0], slot) with { ShowIf = And(Or(group.Under.Select(e => e.Part.Wanted)), slot.Asked is { } asked ? Not(asked) : null) };
    }

    /// <summary>Place of the page that asks for all what this entry asks.</summary>
    public int PageOf(SharedEntry entry, List<FormPage> pages) => pages.FindIndex(p => p.Questions.Any(q => q.Id == _of[entry].Id));

    /// <summary>What stays of a question on its form's own page.</summary>
    public IEnumerable<Question> InPlace(JoinedPart part, Question question, string? condition)
    {
        var asked = And(part.Rename(question.ShowIf), condition);
        var group = Group(part, question);
        if (group is null)
        {
            yield return Renamed(part, question) with
            {
                ShowIf = asked,
                Choices = [.. question.Choices.Select(c => c with { Reveals = [.. c.Reveals.SelectMany(r => InPlace(part, r, null))] })],
            };
            yield break;
        }
        var entry = Find(part, question)!;
        if (!entry.Always && !group.Under.Contains(entry))
            yield return Limited(group, entry, _of[entry]) with { ShowIf = And(asked, _of[entry].Asked is { } already ? Not(already) : null),
                Choices = [.. question.Choices.Select(c => c with { Reveals = [] })], List = question.List is { } list ? part.Own(list) : null };
        foreach (var choice in question.Choices)
            foreach (var revealed in choice.Reveals)
                foreach (var left in InPlace(part, revealed, And(asked, Is(part.Names[question.Id], question.Kind, choice.Value)))) yield return left;
    }

    private static Question Renamed(JoinedPart part, Question question) => part.RenameWords(question) with
    {
        Id = part.Own(question.Id),
        List = question.List is { } list ? part.Own(list) : null,
        Min = part.Rename(question.Min),
        Max = part.Rename(question.Max),
        Rules = [.. question.Rules.Select(r => r with { Holds = part.Rename(r.Holds)! })],
        Fields = [.. question.Fields.Select(f => Field(part, f, [.. question.Fields.Select(o => o.Id)]))],
    };

    private static Question Field(JoinedPart part, Question field, IReadOnlyCollection<string> fields) => part.RenameWords(field) with
    {
        List = field.List is { } list ? part.Own(list) : null,
        ShowIf = part.Rename(field.ShowIf, fields),
        Min = part.Rename(field.Min, fields),
        Max = part.Rename(field.Max, fields),
        Rules = [.. field.Rules.Select(r => r with { Holds = part.Rename(r.Holds, fields)! })],
    };

    /// <summary>A question within the limits of all the forms that take its answer.</summary>
    private Question Limited(SharedGroup group, SharedEntry entry, Slot slot)
    {
        var all = group.Entries;
        string? Limit(Func<Question, string?> of, string best)
        {
            var limits = all.Where(e => of(e.Question) is not null).Select(e => (e.Part, Text: of(e.Question)!)).ToList();
            if (limits.Count == 0) return null;
            // A form that asks twice may limit each otherwise, and takes one answer for both.
            var each = limits.Select(l => $"if({l.Part.Wanted}, {l.Text}, nothing)").Distinct(StringComparer.Ordinal).ToList();
            // Together they may be longer than one expression can be.
            if (each.Sum(e => e.Length) > 1000) each = [.. each.Select(Counted($"{best}--{slot.Id}"))];
            return limits.Count == all.Count && limits.Select(l => l.Text).Distinct().Count() == 1 && !Expression.Of(limits[0].Text).Names.Any()
                ? limits[0].Text
                : $"{best}([{string.Join(", ", each)}])";
        }
        int? Least(Func<Question, int?> of) => all.Min(e => of(e.Question));
        // The usual limit is one too: who says nothing takes 200 characters or 4,000, and whole numbers, though another says more.
        var words = Least(q => q.MaxWords);
        var length = Least(q => q.MaxLength);
        if (entry.Question.Kind is QuestionKind.Text or QuestionKind.LongText
            && (length is not null || words is not null && all.Any(e => e.Question.MaxWords is null)))
            length = all.Min(e => CheckAnswer.MostCharacters(e.Question));
        return entry.Part.RenameWords(entry.Question) with
        {
            Id = slot.Id,
            Optional = slot.Optional,
            Min = Limit(q => q.Min, "max"),
            Max = Limit(q => q.Max, "min"),
            MaxLength = length,
            MaxWords = words,
            Decimals = all.All(e => e.Question.Decimals is null) ? null : all.Min(e => CheckAnswer.MostPlaces(e.Question)),
            AtMost = Least(q => q.AtMost),
            AtLeast = all.Max(e => e.Question.AtLeast),
            Pattern = all.Select(e => e.Question.Pattern).FirstOrDefault(p => p is not null),
            Rules = [.. Rules(group, slot).DistinctBy(r => r.Holds)],
            Fields = [.. entry.Part.RenameWords(entry.Question).Fields.Select(f => SharedQuestions.WithChoices(entry.Part.Form, f))],
        };
    }

    /// <summary>The rules of all of them, and those of others that speak of this one: whichever is asked later is held to them.</summary>
    private IEnumerable<AnswerRule> Rules(SharedGroup group, Slot slot)
    {
        foreach (var (of, entry) in groups.SelectMany(g => g.Entries.Select(e => (g, e))))
            foreach (var rule in entry.Question.Rules)
            {
                var names = Expression.Of(rule.Holds).Names.ToList();
                var mine = group.Entries.Where(e => e.Part == entry.Part && (of == group ? e == entry : names.Contains(e.Question.Id))).Select(e => e.Question.Id)
                    .ToHashSet(StringComparer.Ordinal);
                if (mine.Count == 0) continue;
                string Name(string name) => mine.Contains(name) ? slot.Id : entry.Part.Names.GetValueOrDefault(name, entry.Part.Own(name));
                var others = names.Append(entry.Question.Id).Where(n => !mine.Contains(n)).Distinct().Select(n => $"not answered({Name(n)})");
                yield return rule with { Holds = Or([Not(entry.Part.Wanted), .. others, Expression.Of(rule.Holds).Rename(Name).Text]) };
            }
    }

    private static string Is(string name, QuestionKind kind, string choice) => $"{name} {(kind == QuestionKind.Checkboxes ? "contains" : "=")} {Expression.Quote(choice)}";

    private SharedGroup? Group(JoinedPart part, Question question) => groups.FirstOrDefault(g => g.Entries.Any(e => e.Part == part && e.Question == question));
}
