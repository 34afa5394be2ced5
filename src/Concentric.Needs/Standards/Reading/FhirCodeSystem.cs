namespace Concentric.Needs.Standards.Reading;

/// <summary>A CodeSystem of FHIR (R4 or R5): concepts nested in each other or joined by a parent property, with designations as other names.</summary>
internal static class FhirCodeSystem
{
    /// <exception cref="BadFileException">A concept has no code or display, or other rules of a list are broken.</exception>
    public static ListFile Read(SourceText source, JsonTree root)
    {
        var draft = new ListDraft(source, "CodeSystem of FHIR", source.OfByte);
        var known = KnownLists.At(root.TextOf("url"), out var isPart);
        draft.IsPart = isPart || root.TextOf("content") is "fragment" or "example" or "supplement";
        if (draft.IsPart) draft.Note("The file says that it is a part of its code system, so what it does not have stays as it is.");
        draft.Header = new()
        {
            Uri = known?.Uri ?? root.TextOf("url"),
            Identifier = known?.Identifier ?? root.TextOf("name"),
            Label = root.TextOf("title", "name") ?? known?.Label,
            Version = root.TextOf("version"),
            Licence = root.TextOf("copyrightLabel", "copyright"),
            Attribution = root.TextOf("publisher"),
            Modified = ListDraft.Date(root.TextOf("date")),
            Type = known?.Word,
        };
        foreach (var concept in root["concept"]?.Several ?? []) Concept(draft, concept, null, known);
        return draft.Done();
    }

    // Depth is bounded by the JSON reader.
    private static void Concept(ListDraft draft, JsonTree concept, string? above, KnownList? known)
    {
        var code = concept.TextOf("code") ?? throw draft.Bad(concept.At, "this concept has no code.");
        var properties = (concept["property"]?.Several ?? []).Select(p => (Code: p.TextOf("code"), Value: Value(p))).Where(p => p.Value is not null).ToList();
        var parents = properties.Where(p => p.Code == "parent").Select(p => p.Value!);
        draft.Add(new ListEntry
        {
            Identifier = code,
            Uri = known?.UriOf(code),
            Label = concept.TextOf("display") ?? throw draft.Bad(concept.At, $"concept {ListDraft.Short(code)} has no display."),
            OtherNames = [.. (concept["designation"]?.Several ?? []).Where(d => d.TextOf("value") is not null && IsEnglish(d.TextOf("language"))).Select(Designation)],
            Definition = concept.TextOf("definition"),
            HistoryNote = Of("historyNotes") ?? Of("history-notes") ?? Of("historyNote"),
            ScopeNote = Of("scopeNote") ?? Of("comment"),
            Created = ListDraft.Date(Of("created")),
            Modified = ListDraft.Date(Of("modified")),
            Type = known?.Word ?? Of("type"),
            Retired = Of("status")?.ToLowerInvariant() is "retired" or "deprecated" or "inactive" || Of("inactive") == "true" || Of("deprecated") == "true" || Of("deprecationDate") is not null,
            ReplacedBy = [.. properties.Where(p => p.Code is "replacedBy" or "replaced-by").Select(p => p.Value!)],
            Parents = [.. above is null ? parents : parents.Prepend(above)],
            At = concept.At,
        });
        foreach (var below in concept["concept"]?.Several ?? []) Concept(draft, below, code, known);

        string? Of(string property) => properties.Find(p => p.Code == property).Value;
    }

    private static string? Value(JsonTree property) => property.Members.Where(m => m.Name.StartsWith("value", StringComparison.Ordinal)).Select(m => m.Value.Text ?? m.Value.TextOf("code")).FirstOrDefault();

    private static OtherName Designation(JsonTree designation)
    {
        var use = string.Join(' ', designation["use"]?.TextOf("code"), designation["use"]?.TextOf("display")).ToLowerInvariant();
        var kind = use.Contains("hist", StringComparison.Ordinal) || use.Contains("former", StringComparison.Ordinal) ? NameKind.Historic
            : use.Contains("legal", StringComparison.Ordinal) ? NameKind.Legal : NameKind.Citizen;
        return new(designation.TextOf("value")!, kind);
    }

    private static bool IsEnglish(string? language) => language is null || language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
}
