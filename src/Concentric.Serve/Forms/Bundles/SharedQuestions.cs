namespace Concentric.Serve.Forms;

/// <summary>A question of a form of a bundle that asks for a particular which another of them needs too.</summary>
/// <param name="Always">Each way through its form asks it.</param>
/// <param name="Parent">The question that reveals it, by <paramref name="Choice"/>.</param>
internal sealed record SharedEntry(JoinedPart Part, int Place, FormPage Page, Question Question, bool Always, Question? Parent, string? Choice);

/// <summary>One particular as several forms of a bundle ask for it in the same way.</summary>
internal sealed class SharedGroup(string id, IReadOnlyList<SharedEntry> entries)
{
    /// <summary>Id of the question that is asked for all.</summary>
    public string Id => id;

    public IReadOnlyList<SharedEntry> Entries => entries;

    public IEnumerable<SharedEntry> Required => entries.Where(e => e.Always && !e.Question.Optional);
    public IEnumerable<SharedEntry> Optional => entries.Where(e => e.Always && e.Question.Optional);

    /// <summary>Entries that a choice of another shared question reveals; they are asked under it there.</summary>
    public IReadOnlyList<SharedEntry> Under { get; set; } = [];

    public SharedGroup? UnderGroup { get; set; }

    public IEnumerable<SharedEntry> Others => entries.Where(e => !e.Always && !Under.Contains(e));
}

/// <summary>Finds what the forms of a bundle ask in common.</summary>
/// <remarks>
/// A question is shared where it has the same particular, kind, choices and fields in two forms, and where nothing that limits it depends on answers that
/// only its own form has. Others are asked in their place as before.
/// </remarks>
internal static class SharedQuestions
{
    public static IReadOnlyList<SharedGroup> Of(IReadOnlyList<JoinedPart> parts)
    {
        var found = parts.SelectMany(Entries).GroupBy(e => Likeness(e.Part.Form, e.Question), StringComparer.Ordinal).Select(g => OncePerForm([.. g])).ToList();
        // Leaving one out may leave another without what its limits depend on.
        for (var changed = true; changed;)
        {
            found = [.. found.Where(g => g.Select(e => e.Part).Distinct().Count() > 1)];
            var moved = found.SelectMany(g => g).Where(e => e.Always).Select(e => (e.Part, e.Question.Id)).ToHashSet();
            var kept = found.Select(g => g.Where(e => IsFree(e, moved)).ToList()).ToList();
            changed = kept.Sum(g => g.Count) < found.Sum(g => g.Count);
            found = kept;
        }
        var groups = new List<SharedGroup>();
        foreach (var entries in found)
        {
            var name = entries[0].Question.Particular!.Replace('.', '-');
            var id = name;
            for (var n = 2; groups.Any(g => g.Id == id); n++) id = $"{name}-{n}";
            groups.Add(new(id, entries));
        }
        foreach (var group in groups) PutUnder(group, groups);
        return groups;
    }

    private static IEnumerable<SharedEntry> Entries(JoinedPart part)
    {
        foreach (var (place, page) in part.Form.Pages.Index())
            foreach (var question in page.Items.OfType<Question>())
                foreach (var entry in Entries(part, place, page, question, null, null)) yield return entry;
    }

    private static IEnumerable<SharedEntry> Entries(JoinedPart part, int place, FormPage page, Question question, Question? parent, string? choice)
    {
        if (question.Particular is not null && question.Kind is not (QuestionKind.File or QuestionKind.Declaration))
            yield return new(part, place, page, question, parent is null && page.ShowIf is null && question.ShowIf is null && !IsSkipped(part.Form, place), parent, choice);
        foreach (var one in question.Choices)
            foreach (var revealed in one.Reveals)
                foreach (var entry in Entries(part, place, page, revealed, question, one.Value)) yield return entry;
    }

    /// <summary>Whether a way leads past the page.</summary>
    private static bool IsSkipped(Form form, int place) => form.Pages.Take(place).Index().Any(p => p.Item.Next.Any(j => JoinForms.Target(form, p.Index, j) > place));

    private static string Likeness(Form form, Question question) =>
        $"{question.Particular}|{question.Kind}|{string.Join('|', FormIndex.Of(form).ChoicesOf(question).Select(c => $"{c.Value} {c.Alone}"))}|"
        + $"{System.Text.Json.JsonSerializer.Serialize(question.Fields.Select(f => WithChoices(form, f)), FormJson.Options)}";

    /// <summary>A field with the choices of its list in place: lists of two forms may have one name, and have another one in the joined form.</summary>
    public static Question WithChoices(Form form, Question field) =>
        field.List is null ? field : field with { List = null, Choices = FormIndex.Of(form).ChoicesOf(field) };

    /// <summary>Of a form that always asks, that question alone: what it asks again, it means otherwise. Of several patterns only one can be kept.</summary>
    private static List<SharedEntry> OncePerForm(IReadOnlyList<SharedEntry> entries)
    {
        var pattern = entries.Select(e => e.Question.Pattern).FirstOrDefault(p => p is not null);
        var always = entries.Where(e => e.Always).GroupBy(e => e.Part).ToDictionary(g => g.Key, g => g.First());
        return [.. entries.Where(e => (e.Question.Pattern ?? pattern) == pattern && (!always.TryGetValue(e.Part, out var one) || one == e))];
    }

    private static bool IsFree(SharedEntry entry, HashSet<(JoinedPart, string)> moved)
    {
        var question = entry.Question;
        var limits = new[] { question.Min, question.Max }.OfType<string>().SelectMany(l => Expression.Of(l).Names);
        var fields = question.Fields.SelectMany(f => f.Rules.Select(r => r.Holds).Append(f.ShowIf).Append(f.Min).Append(f.Max)).OfType<string>()
            .SelectMany(t => Expression.Of(t).Names);
        return limits.All(n => n == question.Id) && fields.All(n => question.Fields.Any(f => f.Id == n))
            // Asked before its form's own pages, it cannot show what was answered on them.
            && (!entry.Always && entry.Parent is null || entry.Part.NamesInWords(question).All(n => moved.Contains((entry.Part, n))))
            && question.Rules.SelectMany(r => Expression.Of(r.Holds).Names).All(n => n == question.Id || entry.Always && moved.Contains((entry.Part, n)));
    }

    private static void PutUnder(SharedGroup group, IReadOnlyList<SharedGroup> groups)
    {
        foreach (var other in groups.Where(g => g != group && g.Required.Any() && !g.Optional.Any()))
        {
            var under = group.Entries.Where(e => e.Question.ShowIf is null && e.Parent is not null && other.Required.Any(o => o.Part == e.Part && o.Question == e.Parent))
                .GroupBy(e => e.Choice).OrderByDescending(g => g.Count()).FirstOrDefault();
            if (under is null) continue;
            (group.Under, group.UnderGroup) = ([.. under], other);
            return;
        }
    }
}
