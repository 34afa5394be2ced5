namespace Concentric.Needs.Standards.Reading;

/// <summary>A ConceptMap of FHIR (R4 or R5): which code of one system stands for which of another, and how closely.</summary>
internal static class FhirConceptMap
{
    private const string Skos = "http://www.w3.org/2004/02/skos/core#";

    /// <exception cref="BadFileException">A group has no source or target, or an element has no code.</exception>
    public static ListFile Read(SourceText source, JsonTree root)
    {
        var draft = new ListDraft(source, "ConceptMap of FHIR", source.OfByte)
        {
            Header = new()
            {
                Uri = root.TextOf("url"),
                Identifier = root.TextOf("name"),
                Label = root.TextOf("title", "name"),
                Version = root.TextOf("version"),
                Licence = root.TextOf("copyrightLabel", "copyright"),
                Attribution = root.TextOf("publisher"),
                Modified = ListDraft.Date(root.TextOf("date")),
            },
        };
        var without = 0;
        foreach (var group in root["group"]?.Several ?? [])
        {
            var (from, to) = (group.TextOf("source"), group.TextOf("target"));
            if (from is null || to is null) throw draft.Bad(group.At, "this group does not say its source and its target.");
            foreach (var element in group["element"]?.Several ?? [])
            {
                var code = element.TextOf("code") ?? throw draft.Bad(element.At, "this element has no code.");
                foreach (var target in element["target"]?.Several ?? [])
                {
                    var predicate = Predicate(target.TextOf("relationship", "equivalence"));
                    if (predicate is null || target.TextOf("code") is not { } mapped) without++;
                    else draft.Add(new ListLink
                    {
                        Subject = End(from, code, element.TextOf("display")),
                        Predicate = predicate,
                        Object = End(to, mapped, target.TextOf("display")),
                        At = target.At,
                    });
                }
                if (element["target"] is null) without++;
            }
        }
        if (without > 0) draft.Note($"{Concentric.Core.Say.Number(without)} codes are said to have no counterpart. They give no link.");
        return draft.Done();
    }

    private static LinkEnd End(string system, string code, string? label) =>
        new() { Uri = KnownLists.At(system, out _)?.UriOf(code), List = system, Identifier = code, Label = label };

    // R4 says how the target is (wider), R5 how the source is (narrower than the target). Both are one thing to SKOS.
    private static string? Predicate(string? word) => word switch
    {
        "equivalent" or "equal" => Skos + "exactMatch",
        "wider" or "subsumes" or "source-is-narrower-than-target" => Skos + "broadMatch",
        "narrower" or "specializes" or "source-is-broader-than-target" => Skos + "narrowMatch",
        "inexact" => Skos + "closeMatch",
        "unmatched" or "disjoint" or "not-related-to" => null,
        _ => ListLink.Mapped,
    };
}
