namespace Concentric.Needs.Standards.Reading;

/// <summary>A list in one of the forms that are JSON: which one goes by the names in it.</summary>
internal static class JsonList
{
    /// <exception cref="BadFileException">It is none of them, or it is one and not in order.</exception>
    public static ListFile Read(SourceText source, string? wanted)
    {
        var root = JsonTree.Read(source);
        return root.TextOf("resourceType") switch
        {
            "CodeSystem" => FhirCodeSystem.Read(source, root),
            "ConceptMap" => FhirConceptMap.Read(source, root),
            { } other => throw source.Bad(source.OfByte(root["resourceType"]!.At), $"this is a {ListDraft.Short(other)} of FHIR. Only a CodeSystem or a ConceptMap is a list; take it out of its {ListDraft.Short(other)} first."),
            null when (root["list"] ?? root) is { IsObject: true } list && list["items"] is { IsArray: true } => LgInformJson.Read(source, list),
            null when JsonLd.Fits(root) => SkosList.Of(source, "SKOS as JSON-LD", source.OfByte, new JsonLd(source).Read(root), wanted),
            null when OpenReferralJson.Fits(root) => OpenReferralJson.Read(source, root, wanted),
            null => throw source.Bad(source.OfByte(root.At), "this JSON is none of the forms that are known: LG Inform (list with items), SKOS as JSON-LD (@context, @graph or @id), FHIR (resourceType) or Open Referral UK (taxonomies, taxonomy_terms or contents)."),
        };
    }
}
