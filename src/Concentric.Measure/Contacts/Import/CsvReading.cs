using Concentric.Core.People;

namespace Concentric.Measure.Contacts;

/// <summary>Reads a CSV file into the staging table: one thread cuts it into fields, one maps, one stages, a few blocks apart.</summary>
internal sealed class CsvReading(FileBytes bytes, Mapping mapping, ImportLimits limits, Pseudonyms pseudonyms, IProgress<ImportProgress>? progress, long? size)
{
    private const int BlocksBetween = 4;
    private const int ReportEvery = 16;

    private long _read;
    private bool _isJudged;

    /// <exception cref="ImportRefusedException">The file is wrong, or the mapping does not fit it.</exception>
    public void Read(Staging staging, RejectsFile rejects, CancellationToken stop)
    {
        using var csv = new CsvFile(bytes.Text, mapping, limits);
        using var mapper = new RowMapper(mapping, pseudonyms, LocalClock.Of(mapping.Council.Zone), csv.Columns);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var cut = new Belt<CsvBlock>(Enumerable.Range(0, BlocksBetween).Select(_ => new CsvBlock(csv.Columns.Count)), cancel);
        using var mapped = new Belt<MappedBlock>(Enumerable.Range(0, BlocksBetween).Select(_ => new MappedBlock()), cancel);

        var cutting = cut.Fill(csv.Fill);
        var mappingRows = mapped.FillFrom(cut, (block, to) => Map(block, to, mapper, rejects));
        try
        {
            mapped.Empty(block =>
            {
                foreach (ref readonly var row in block.Rows) staging.Add(row);
            });
        }
        catch
        {
            cancel.Cancel();
            throw;
        }
        finally
        {
            Belt.WaitFor(cutting, mappingRows);
        }
        if (!_isJudged) Judge(rejects);
        progress?.Report(new(ImportProgress.Reading, _read, rejects.Count, bytes.Read, size));
    }

    private void Map(CsvBlock block, MappedBlock to, RowMapper mapper, RejectsFile rejects)
    {
        to.Clear();
        for (var i = 0; i < block.Count; i++)
        {
            if (++_read > uint.MaxValue) throw new ImportRefusedException($"The file has more than {uint.MaxValue} rows. Import it in parts.");
            if (block.IsRejected(i, out var reject)) rejects.Add(reject);
            else if (mapper.TryMap(block[i], (uint)_read, out var row, out reject)) to.Add(row);
            else rejects.Add(reject);
            if (_read == limits.FirstRows) Judge(rejects);
        }
        if (_read / CsvBlock.Rows % ReportEvery == 0) progress?.Report(new(ImportProgress.Reading, _read, rejects.Count, bytes.Read, size));
    }

    /// <summary>Where most of the first rows are rejected, it is the mapping that is wrong and not the rows.</summary>
    private void Judge(RejectsFile rejects)
    {
        _isJudged = true;
        if (_read == 0) throw new ImportRefusedException("The file has a header line and no rows.", 2);
        if (rejects.Count > _read * limits.MostRejectedOfFirst)
            throw new ImportRefusedException($"The mapping {mapping.Name} does not fit this file: of the first {_read} rows, {rejects.Count} were rejected. Nothing was imported. {Say(rejects.First!.Value)}", rejects.First!.Value.Line, rejects.First!.Value.Column);
    }

    private static string Say(Reject first) =>
        $"The first is line {first.Line}{(first.Column.Length > 0 ? $", column “{first.Column}”" : "")}: “{(first.Value.Length > 60 ? first.Value[..60] + "…" : first.Value)}”. {first.Reason}";
}

/// <summary>Contacts on their way from the mapper to the staging table.</summary>
internal sealed class MappedBlock
{
    private readonly MappedRow[] _rows = new MappedRow[CsvBlock.Rows];
    private int _count;

    public ReadOnlySpan<MappedRow> Rows => _rows.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Add(in MappedRow row) => _rows[_count++] = row;
}
