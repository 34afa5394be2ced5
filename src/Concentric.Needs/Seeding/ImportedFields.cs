using System.Text.Json.Nodes;
using Concentric.Core.Data;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Seeding;

/// <summary>Which fields of which things imports have changed, so that a newer seed leaves them as they are.</summary>
internal sealed class ImportedFields
{
    // What stands in every entry and no import ever says: an entry that an import brought has them without meaning them.
    private static readonly string[] NeverSaid = ["inLgsl", "place"];

    private readonly Dictionary<string, HashSet<string>> _fields = new(StringComparer.Ordinal);

    private ImportedFields()
    {
    }

    public static async Task<ImportedFields> Read(ConcentricDb db, CancellationToken stop = default)
    {
        var all = new ImportedFields();
        var imports = db.Editions.Where(e => e.Number != null && e.Kind == EditionKind.Import).Select(e => e.Id);
        await foreach (var change in db.ModelChanges.AsNoTracking().Where(c => imports.Contains(c.Edition)).AsAsyncEnumerable().WithCancellation(stop))
        {
            if (!all._fields.TryGetValue(change.Subject, out var fields)) all._fields[change.Subject] = fields = new(StringComparer.Ordinal);
            var (before, after) = (Flat(change.Before), Flat(change.After));
            fields.UnionWith(before.Keys.Union(after.Keys).Where(f => before.GetValueOrDefault(f) != after.GetValueOrDefault(f)).Except(NeverSaid));
        }
        return all;
    }

    /// <summary>Whether an import made, changed or took away the thing that changes name so.</summary>
    public bool Has(string subject) => _fields.ContainsKey(subject);

    /// <summary>The newer concept with those fields of the held one that an import changed. Other names and words are of both, because an import only adds to them.</summary>
    public Concept Kept(Concept held, Concept newer)
    {
        if (!_fields.TryGetValue(held.Uri, out var fields)) return newer;
        var (had, kept) = (Object(held), Object(newer));
        foreach (var field in fields)
        {
            kept[field] = field switch
            {
                "otherNames" => Both(held.OtherNames, newer.OtherNames, '\n'),
                "otherWords" => Both(held.OtherWords, newer.OtherWords, ' '),
                _ => had[field]?.DeepClone(),
            };
        }
        return StoredJson.Read<Concept>(kept.ToJsonString(StoredJson.Options))!;
    }

    private static JsonNode? Both(string? held, string? newer, char between)
    {
        var all = $"{newer}{between}{held}".Split(between, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return all.Count == 0 ? null : JsonValue.Create(string.Join(between, all));
    }

    private static JsonObject Object(Concept concept) => JsonNode.Parse(ModelChange.Written(concept))!.AsObject();

    private static Dictionary<string, string> Flat(string? written) => written is null ? [] : JsonNode.Parse(written)!.AsObject().ToDictionary(f => f.Key, f => f.Value?.ToJsonString() ?? "", StringComparer.Ordinal);
}
