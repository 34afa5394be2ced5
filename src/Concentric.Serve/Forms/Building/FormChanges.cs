using System.Text.Json.Nodes;

namespace Concentric.Serve.Forms.Building;

/// <summary>What happened to a part of a form.</summary>
public enum FormChangeKind { Added, Removed, Changed, Moved }

/// <summary>One change between two versions.</summary>
/// <param name="Page">Key of the page; null for the form itself.</param>
/// <param name="Where">The question by its key; empty for the page itself, and "form" for the form.</param>
/// <param name="What">What was changed of it, in words; empty where the whole part came or went.</param>
public sealed record FormChange(FormChangeKind Kind, string? Page, string Where, string What, string? Before, string? After);

/// <summary>
/// What is different between two versions of a form, by page and question. Nothing is left out: each part is compared as it is written down with what it was,
/// wherever it stood, and what is new is shown with all that it says. What was taken away is named.
/// </summary>
internal static class FormChanges
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["title"] = "title", ["showIf"] = "shown only if", ["next"] = "ways on", ["stop"] = "ends the form", ["kind"] = "kind", ["maxLength"] = "most characters", ["maxWords"] = "most words",
        ["min"] = "least", ["max"] = "most", ["atLeast"] = "at least", ["atMost"] = "at most", ["say"] = "script", ["name"] = "name in messages", ["short"] = "short name", ["promiseDays"] = "promise in working days",
        ["taskList"] = "task list", ["rowName"] = "name of a row", ["data"] = "use of the answers", ["welsh"] = "Welsh signed by",
    };

    /// <param name="before">Null for a form of which there was none: everything is new.</param>
    public static IReadOnlyList<FormChange> Between(Form? before, Form after)
    {
        var (was, now) = (new FormParts(before), new FormParts(after));
        var changes = new List<FormChange>();
        Properties(before is null ? null : was.Own, now.Own, null, "form", changes);
        foreach (var (key, page) in was.Pages.Where(p => !now.Pages.ContainsKey(p.Key)))
        {
            changes.Add(new(FormChangeKind.Removed, key, "", "", page.Words, null));
            changes.AddRange(page.Items.Where(i => i.IsGuidance).Select(i => new FormChange(FormChangeKind.Removed, key, "", "guidance", i.Key, null)));
        }
        foreach (var (key, question) in was.Questions.Where(q => !now.Questions.ContainsKey(q.Key)))
            changes.Add(new(FormChangeKind.Removed, question.Page, key, "", question.Words, null));
        Pages(was, now, isNew: before is null, changes);
        foreach (var (key, question) in now.Questions)
        {
            var known = was.Questions.GetValueOrDefault(key);
            if (known is null) changes.Add(new(FormChangeKind.Added, question.Page, key, "", null, question.Words));
            else if (Where(known) != Where(question)) changes.Add(new(FormChangeKind.Moved, question.Page, key, "", Where(known), Where(question)));
            Properties(known?.Own, question.Own, question.Page, key, changes, question.Words);
        }
        return changes;
    }

    private static void Pages(FormParts was, FormParts now, bool isNew, List<FormChange> changes)
    {
        var (old, order) = (was.Pages.Keys.ToList(), now.Pages.Keys.ToList());
        var moved = OutOfOrder(old, order);
        foreach (var (key, page) in now.Pages)
        {
            var known = was.Pages.GetValueOrDefault(key);
            var place = Place(order, key, p => p);
            if (known is null) changes.Add(new(FormChangeKind.Added, key, "", "", null, page.Words));
            if (known is null && !isNew) changes.Add(new(FormChangeKind.Added, key, "", "place", null, place));
            if (moved.Contains(key)) changes.Add(new(FormChangeKind.Moved, key, "", "place", Place(old, key, p => p), place));
            Properties(known?.Own, page.Own, key, "", changes, page.Words);
            Items(key, known, page, was, changes);
        }
    }

    /// <summary>Guidance that came and went, and the places of all that stands on a page.</summary>
    private static void Items(string page, PagePart? before, PagePart after, FormParts was, List<FormChange> changes)
    {
        var old = before?.Items ?? [];
        foreach (var gone in old.Where(i => i.IsGuidance && !after.Items.Contains(i))) changes.Add(new(FormChangeKind.Removed, page, "", "guidance", gone.Key, null));
        var moved = OutOfOrder(old, after.Items);
        foreach (var item in after.Items)
        {
            var (isThere, place) = (old.Contains(item), Place(after.Items, item, Named));
            if (item.IsGuidance && !isThere) changes.Add(new(FormChangeKind.Added, page, "", $"guidance, place {place}", null, item.Key));
            else if (item.IsGuidance && moved.Contains(item)) changes.Add(new(FormChangeKind.Moved, page, "", $"guidance, to place {place}", null, item.Key));
            else if (moved.Contains(item)) changes.Add(new(FormChangeKind.Moved, page, item.Key, "place on the page", Place(old, item, Named), place));
            else if (!isThere && after.Items.Count > 1)
            {
                var kind = was.Questions.ContainsKey(item.Key) ? FormChangeKind.Moved : FormChangeKind.Added;
                changes.Add(new(kind, page, item.Key, "place on the page", null, place));
            }
        }
    }

    private static void Properties(JsonObject? before, JsonObject after, string? page, string where, List<FormChange> changes, string? shown = null)
    {
        foreach (var name in (before ?? []).Select(p => p.Key).Union(after.Select(p => p.Key)))
        {
            var (old, now) = (before?[name], after[name]);
            // The words of what is new are there already.
            if (JsonNode.DeepEquals(old, now) || before is null && name == "title" && FormParts.Text(now!) == shown) continue;
            var what = Words.GetValueOrDefault(name, Spelt(name));
            changes.Add(new(FormChangeKind.Changed, page, where, what, old is null ? null : FormParts.Text(old), now is null ? null : FormParts.Text(now)));
        }
    }

    /// <summary>The fewest that have to be moved for the one order to become the other: all but the longest run that kept its order.</summary>
    private static HashSet<T> OutOfOrder<T>(IReadOnlyList<T> before, IReadOnlyList<T> after) where T : notnull
    {
        var places = before.Index().ToDictionary(b => b.Item, b => b.Index);
        var both = after.Where(places.ContainsKey).ToList();
        var best = new int[both.Count];
        var from = new int[both.Count];
        for (var i = 0; i < both.Count; i++)
        {
            (best[i], from[i]) = (1, -1);
            for (var j = 0; j < i; j++)
                if (places[both[j]] < places[both[i]] && best[j] + 1 > best[i]) (best[i], from[i]) = (best[j] + 1, j);
        }
        var moved = both.ToHashSet();
        for (var i = best.Length == 0 ? -1 : Array.IndexOf(best, best.Max()); i >= 0; i = from[i]) moved.Remove(both[i]);
        return moved;
    }

    private static string Place<T>(IReadOnlyList<T> order, T one, Func<T, string> name)
    {
        var place = order.Index().First(o => Equals(o.Item, one)).Index;
        return place == 0 ? "1, the first" : $"{place + 1}, after {name(order[place - 1])}";
    }

    private static string Named((string Key, bool IsGuidance) item) => item.IsGuidance ? "guidance" : item.Key;

    private static string Where(QuestionPart question) => $"page “{question.Page}”{(question.Under.Length == 0 ? "" : $", under {question.Under}")}";

    private static string Spelt(string name) => string.Concat(name.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
}
