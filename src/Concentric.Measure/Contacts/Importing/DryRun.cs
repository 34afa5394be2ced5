using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Measure.Places;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>What an import of a file would do. Nothing was kept.</summary>
public sealed record DryRunReport
{
    public required long Read { get; init; }

    /// <summary>Rows that would be new.</summary>
    public required long New { get; init; }

    /// <summary>Rows that came in before, or stand twice among those read.</summary>
    public required long Duplicates { get; init; }
    public required long Rejected { get; init; }
    public required long Flagged { get; init; }

    /// <summary>False where the file goes on after the rows read.</summary>
    public required bool IsWhole { get; init; }
    public required IReadOnlyList<RejectedRow> FirstRejects { get; init; }

    /// <summary>Values that neither the mapping nor a list knows, by field, the most frequent first.</summary>
    public required IReadOnlyList<UnmatchedValue> Unmatched { get; init; }

    /// <summary>What the columns of free text hold. None of it is kept.</summary>
    public required IReadOnlyList<FreeTextFound> FreeText { get; init; }
}

/// <summary>Reads the start of a file as an import would, compares it with what is known, and keeps nothing.</summary>
internal sealed class DryRun(DuckContactStore store, Pseudonyms pseudonyms, KeptUploads uploads, IDbContextFactory<ConcentricDb> databases)
{
    /// <summary>Rows read at most: enough to see what is wrong, little enough to wait for.</summary>
    public const int MostRows = 100_000;

    /// <exception cref="ImportRefusedException">The file is wrong, or the mapping does not fit it.</exception>
    /// <exception cref="MappingException">The mapping is not in order.</exception>
    public async Task<DryRunReport> Run(FileImport given, CancellationToken stop = default)
    {
        var mapping = Mapping.Parse(given.Mapping!, given.MappingName!);
        await using var db = await databases.CreateDbContextAsync(stop);
        var postcodes = mapping.Postcode is null ? PostcodeAreas.None : await PostcodeAreas.Load(db, mapping.Council.Name, stop);
        var aids = new ImportAids(pseudonyms, postcodes);
        return await Task.Run(() =>
        {
            using var file = uploads.Open(given.Id) ?? throw new ImportRefusedException("The file is not there any more. Send it again.");
            return mapping.Rows switch
            {
                BatchRows.Counts => Read(file, mapping, aids, new StagedCounts(store), columns => new CountMapper(mapping, columns, aids), stop),
                BatchRows.Steps => Read(file, mapping, aids, new StagedSteps(store, LocalClock.Of(mapping.Council.Zone)), columns => new StepMapper(mapping, columns, aids), stop),
                _ => Read(file, mapping, aids, new Staging(store, LocalClock.Of(mapping.Council.Zone)), columns => new RowMapper(mapping, columns, aids), stop),
            };
        }, stop);
    }

    private DryRunReport Read<T>(Stream file, Mapping mapping, ImportAids aids, StagedRows<T> stage, Func<IReadOnlyList<string>, Mapper<T>> map, CancellationToken stop) where T : struct
    {
        // Beside the imports' own, whose unfinished file has one name.
        var folder = uploads.FolderForDryRun();
        try
        {
            var limits = new ImportLimits();
            using var staging = stage;
            using var rejects = new RejectsFile(folder);
            using var bytes = FileBytes.Open(file, limits, mapping);
            using var records = Records.Open(bytes, mapping, limits, folder);
            var mapper = map(records.Columns);
            var block = new CsvBlock(records.Columns.Count);
            var to = new MappedBlock<T>();
            var (read, lines, isWhole) = (0L, 0L, false);
            while (lines < MostRows && !(isWhole = !records.Fill(block)))
            {
                stop.ThrowIfCancellationRequested();
                to.Clear();
                for (var i = 0; i < block.Count; i++, lines++)
                {
                    if (block.IsRejected(i, out var reject))
                    {
                        rejects.Add(reject);
                        read++;
                    }
                    else
                    {
                        read += mapper.Map(block[i], (uint)read + 1, to, rejects);
                    }
                }
                foreach (ref readonly var row in to.Rows) staging.Add(row);
            }
            if (read == 0) throw new ImportRefusedException("The file has a header line and no rows.", 2);
            var (fresh, duplicates, _, flagged) = staging.FindNew(store.Dimensions.Council(mapping.Council.Name)?.Code, stop);
            return new()
            {
                Read = read,
                New = fresh,
                Duplicates = duplicates,
                Rejected = rejects.Count,
                Flagged = flagged,
                IsWhole = isWhole,
                FirstRejects = rejects.Keep("dry-run") is { } path ? Importing.FirstRejects.Read(path) : [],
                Unmatched = [.. aids.Unmatched.Tell([])],
                FreeText = aids.FreeTexts.Tell(),
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>Services of the national list whose names are like a text, for somebody to choose from: what is alike is not always the same.</summary>
public sealed class ServiceSuggestions
{
    private readonly Likeness _likeness;
    private readonly Dictionary<string, ServiceName> _services;

    public ServiceSuggestions(IReadOnlyList<ServiceName> services)
    {
        _services = services.ToDictionary(s => s.Id);
        _likeness = new([.. services.SelectMany(s => new[] { s.Label, s.CitizenLabel }.OfType<string>().Distinct().Select(name => new Named(s.Id, name)))]);
    }

    /// <summary>At most three, the most alike first.</summary>
    public IReadOnlyList<ServiceName> For(string text) => [.. _likeness.To(text).Select(s => _services[s.Key]).Distinct()];
}

/// <summary>A row that is not taken, and why.</summary>
/// <param name="Line">Line of the file on which it begins, from 1.</param>
public sealed record RejectedRow(long Line, string Column, string Value, string Reason);
