namespace Concentric.Needs.Standards.Reading;

/// <summary>
/// Taxonomies of Open Referral UK. Version 3.0: <c>taxonomies</c> and <c>taxonomy_terms</c>, or pages with <c>contents</c>; version 1.0: entries with
/// <c>id, name, parent_id, parent_name, vocabulary</c>.
/// </summary>
internal static class OpenReferralJson
{
    // What only a term has.
    private static readonly string[] OfTerms = ["parent_id", "parent_name", "vocabulary", "taxonomy", "taxonomy_id", "taxonomy_detail", "term_uri", "code"];

    public static bool Fits(JsonTree root) => Terms(root).FirstOrDefault() is { IsObject: true } first && (first["name"] ?? first["term"]) is not null && first["id"] is not null;

    /// <param name="wanted">Which taxonomy, by identifier, name or address, where there are several.</param>
    /// <exception cref="BadFileException">A term has no id or name, there are several taxonomies and none was chosen, or other rules of a list are broken.</exception>
    public static ListFile Read(SourceText source, JsonTree root, string? wanted)
    {
        var draft = new ListDraft(source, "taxonomy of Open Referral UK", source.OfByte);
        var terms = Terms(root);
        foreach (var term in terms)
            if (!term.IsObject) throw draft.Bad(term.At, "a term is no object.");
        if (root["taxonomy_terms"] is null && terms.All(t => OfTerms.All(n => t[n] is null)) && terms.Any(t => (t["uri"] ?? t["version"]) is not null))
            throw draft.Bad(terms[0].At, "these are the taxonomies themselves. Their terms are at /taxonomy_terms: take that file.");
        var groups = terms.GroupBy(TaxonomyOf, StringComparer.Ordinal).ToList();
        var declared = (root["taxonomies"]?.Several ?? []).Where(t => t.IsObject).ToList();
        var chosen = groups.Count == 1 ? groups[0] : groups.Find(g => wanted is not null && (g.Key == wanted || Declared(g.Key)?.TextOf("uri") == wanted || Declared(g.Key)?.TextOf("name") == wanted))
            ?? throw draft.Bad(groups[1].First().At, $"the file holds {groups.Count} taxonomies: {ListDraft.Short(string.Join(", ", groups.Select(g => g.Key.Length > 0 ? g.Key : "(none)")))}. Say which to take (--scheme).");
        draft.IsPart = (Int(root, "total_pages") ?? Int(root, "totalPages")) > 1;
        if (draft.IsPart) draft.Note("This is one page of several, so what it does not have stays as it is.");

        var taxonomy = Declared(chosen.Key);
        var known = KnownLists.At(taxonomy?.TextOf("uri"), out _) ?? KnownLists.Named(taxonomy?.TextOf("name") ?? chosen.Key) ?? KnownLists.OfItem(chosen.First().TextOf("term_uri"));
        draft.Header = new()
        {
            Uri = known?.Uri ?? taxonomy?.TextOf("uri"),
            Identifier = known?.Identifier ?? taxonomy?.TextOf("name") ?? (chosen.Key.Length > 0 ? chosen.Key : null),
            Label = taxonomy?.TextOf("name") ?? (chosen.Key.Length > 0 ? chosen.Key : known?.Label),
            Version = taxonomy?.TextOf("version"),
            Type = known?.Word,
        };
        foreach (var term in chosen) Term(draft, term, known);
        return draft.Done();

        JsonTree? Declared(string key) => declared.Find(t => t.TextOf("id") == key || t.TextOf("name") == key);
    }

    private static void Term(ListDraft draft, JsonTree term, KnownList? known)
    {
        var id = term.TextOf("id") ?? throw draft.Bad(term.At, "this term has no id.");
        var name = term.TextOf("name") ?? term.TextOf("term") ?? throw draft.Bad(term.At, $"term {ListDraft.Short(id)} has no name.");
        // A term may carry its code in the list beside an id of the directory that sent it; the code is what other files use.
        var uri = term.TextOf("term_uri") ?? (known is not null && Code(id) is { } bare ? known.UriOf(bare) : null);
        draft.Add(new ListEntry
        {
            Identifier = known is null ? id : Code(id) ?? id,
            Uri = uri,
            Label = name,
            Definition = term.TextOf("description"),
            Type = known?.Word,
            Parents = term.TextOf("parent_id") is { } parent ? [known is null ? parent : Code(parent) ?? parent] : [],
            At = term.At,
        });
    }

    // esdServiceType:242 → 242, where the prefix is that of a known list.
    private static string? Code(string id) => id.Split(':') is [var prefix, var code] && KnownLists.Named(prefix) is not null && code.Length > 0 ? code : id.Contains(':', StringComparison.Ordinal) ? null : id;

    private static IReadOnlyList<JsonTree> Terms(JsonTree root) => root.IsArray ? root.Items
        : (root["taxonomy_terms"] ?? root["contents"] ?? root["content"] ?? root["taxonomy"] ?? root["taxonomies"]) is { IsArray: true } terms ? terms.Items : [];

    private static string TaxonomyOf(JsonTree term) =>
        term["taxonomy_detail"]?.TextOf("id", "name") ?? term.TextOf("taxonomy_id", "vocabulary", "taxonomy") ?? term["taxonomy"]?.TextOf("id", "name") ?? "";

    private static int? Int(JsonTree root, string name) => int.TryParse(root.TextOf(name), out var number) ? number : null;
}
