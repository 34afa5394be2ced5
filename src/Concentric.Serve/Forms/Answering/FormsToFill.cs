using System.Collections.Concurrent;
using System.Text.Json;
using Concentric.Core.Data;
using Concentric.Serve.Forms.Tables;

namespace Concentric.Serve.Forms;

/// <summary>The form of a draft in the version in which it was begun; of a bundle, its forms joined in theirs.</summary>
internal sealed class FormsToFill(PublishedForms published)
{
    private const int MostKept = 200;
    private readonly ConcurrentDictionary<string, JoinedForm> _joined = new(StringComparer.Ordinal);

    public async ValueTask<(Form Form, JoinedForm? Joined)?> Of(Draft draft, CancellationToken stop = default)
    {
        if (draft.Parts is { } parts) return await Join(draft.Form, parts, stop) is { } joined ? (joined.Form, joined) : null;
        return await published.Find(draft.Form, draft.Version, stop) is { } found ? (found.Form, null) : null;
    }

    /// <summary>The form or bundle of that name, as somebody begins it now: with its parts as a draft keeps them where it is a bundle.</summary>
    public async ValueTask<(FormInUse Form, JoinedForm? Joined, string? Parts)?> Find(string id, CancellationToken stop = default)
    {
        if (await published.Find(id, stop) is { } form) return (form, null, null);
        return await PartsOf(id, stop) is { } parts && await Join(id, parts, stop) is { } joined ? (new(joined.Form, 1), joined, parts) : null;
    }

    /// <summary>A form in one of its versions.</summary>
    public async ValueTask<Form?> Version(string form, int version) => (await published.Find(form, version))?.Form;

    /// <summary>What stands for a bundle in a draft: the versions of its forms that are in use now. Null where there is no such bundle.</summary>
    public async Task<string?> PartsOf(string bundle, CancellationToken stop = default)
    {
        if (Library.Bundles.FirstOrDefault(b => b.Id == bundle) is not { } known) return null;
        var versions = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in known.Forms)
            if (await published.Find(part.Form, stop) is { } form) versions[part.Form] = form.Version;
        return versions.Count == 0 ? null : JsonSerializer.Serialize(versions);
    }

    /// <summary>A bundle with its forms in those versions.</summary>
    public async ValueTask<JoinedForm?> Join(string bundle, string parts, CancellationToken stop = default)
    {
        var key = $"{bundle} {parts}";
        if (_joined.TryGetValue(key, out var known)) return known.Problems.Count == 0 ? known : null;
        if (Library.Bundles.FirstOrDefault(b => b.Id == bundle) is not { } found) return null;
        var forms = new List<Form>();
        foreach (var (id, version) in JsonSerializer.Deserialize<SortedDictionary<string, int>>(parts)!)
            if (await published.Find(id, version, stop) is { } form) forms.Add(form.Form);
        if (_joined.Count > MostKept) _joined.Clear();
        return _joined.GetOrAdd(key, _ => Bundle.Join(found, forms)) is { Problems.Count: 0 } joined ? joined : null;
    }

    /// <summary>Looks up what the answers name in the council's tables, and puts the rows beside the answers. Not found: nothing.</summary>
    public static async Task<Answers> LookUp(ConcentricDb db, Form form, Answers answers, DateOnly today)
    {
        if (form.Lookups.Count == 0) return answers;
        foreach (var lookup in form.Lookups)
        {
            var scope = Journey.Of(form, answers, today).Scope;
            var by = lookup.By.ToDictionary(b => b.Key, b => $"{Expression.Of(b.Value).Evaluate(scope)}", StringComparer.Ordinal);
            var row = by.Values.Any(v => v.Length == 0) ? null : await ReferenceTables.Find(db, lookup.Table, by);
            answers = answers.With(lookup.Id, row is null ? Value.Nothing : Value.Of(row.Select(c => KeyValuePair.Create(c.Key, Answers.Column(c.Value)))));
        }
        return answers;
    }
}
