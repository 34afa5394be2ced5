using System.Text.Json;

namespace Concentric.Measure.Contacts;

/// <summary>What stands beside the rows of a batch, so that the store can be built again from nothing: <c>manifest.json</c>.</summary>
/// <param name="Services">The services that rows name by their place here, from 1; 0 is not known. Likewise areas and sources.</param>
internal sealed record Manifest(
    int Batch,
    CouncilAttributes Council,
    string Mapping,
    string FileName,
    string FileDigest,
    string RowsDigest,
    DateTimeOffset At,
    ImportCounts Counts,
    IReadOnlyList<Named> Services,
    IReadOnlyList<AreaAttributes> Areas,
    IReadOnlyList<Named> Profiles,
    IReadOnlyList<Named> Sources)
{
    public BatchRows Rows { get; init; }

    /// <summary>What was counted; of a batch of counts.</summary>
    public IReadOnlyList<Named> CountedNames { get; init; } = [];

    /// <summary>Of a batch of steps, likewise the two that follow.</summary>
    public IReadOnlyList<Named> Activities { get; init; } = [];

    public IReadOnlyList<Named> Actors { get; init; } = [];
    public IReadOnlyList<Named> Organisations { get; init; } = [];

    /// <summary>What contacts were about in citizens' words; empty of a batch that does not say, and whose rows have no such column. Likewise system causes.</summary>
    public IReadOnlyList<Named> DemandTypes { get; init; } = [];

    public IReadOnlyList<Named> SystemCauses { get; init; } = [];

    public const string FileNameInFolder = "manifest.json";
    public const string RowsFile = "rows.parquet";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="ContactStoreException">The batch is not there or cannot be read.</exception>
    public static Manifest Read(string folder)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(folder, FileNameInFolder));
            return JsonSerializer.Deserialize<Manifest>(file, Json) ?? throw new JsonException("It is empty.");
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new ContactStoreException($"The journal says that a batch was imported, but {folder} cannot be read ({e.Message}). Put the folder back from a backup.", e);
        }
    }

    public void Write(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, FileNameInFolder), FileMode.CreateNew);
        JsonSerializer.Serialize(file, this, Json);
        file.Flush(flushToDisk: true);
    }
}

/// <summary>What became of the rows of a file. Read = imported + duplicates + rejected; changed are duplicates whose content differs, flagged are imported.</summary>
public sealed record ImportCounts(long Read, long Imported, long Duplicates, long Changed, long Rejected, long Flagged);
