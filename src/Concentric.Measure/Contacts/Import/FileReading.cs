namespace Concentric.Measure.Contacts;

/// <summary>Reads files into the staging table: one thread cuts them into fields, one maps, one stages, a few blocks apart.</summary>
internal sealed class FileReading<T>(Mapping mapping, ImportLimits limits, RejectsFile rejects, IProgress<ImportProgress>? progress, long? size) where T : struct
{
    private const int BlocksBetween = 4;
    private const int ReportEvery = 16;

    private long _read, _lines, _bytesBefore, _reported;
    private bool _isJudged;

    /// <summary>Records of all files, be they one row or several or none.</summary>
    public long Lines => _lines;

    /// <exception cref="ImportRefusedException">The file is wrong, or the mapping does not fit it.</exception>
    public void Read(Records records, FileBytes bytes, Mapper<T> mapper, StagedRows<T> staging, CancellationToken stop)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var cut = new Belt<CsvBlock>(Enumerable.Range(0, BlocksBetween).Select(_ => new CsvBlock(records.Columns.Count)), cancel);
        using var mapped = new Belt<MappedBlock<T>>(Enumerable.Range(0, BlocksBetween).Select(_ => new MappedBlock<T>()), cancel);

        var cutting = cut.Fill(records.Fill);
        var mappingRows = mapped.FillFrom(cut, (block, to) => Map(block, to, mapper, bytes));
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
        _bytesBefore += bytes.Read;
        progress?.Report(new(ImportProgress.Reading, _read, rejects.Count, _bytesBefore, size));
    }

    /// <summary>All files have been read.</summary>
    public void End()
    {
        if (!_isJudged) Judge();
    }

    private void Map(CsvBlock block, MappedBlock<T> to, Mapper<T> mapper, FileBytes bytes)
    {
        to.Clear();
        for (var i = 0; i < block.Count; i++)
        {
            _lines++;
            if (block.IsRejected(i, out var reject))
            {
                rejects.Add(reject);
                _read++;
            }
            else
            {
                _read += mapper.Map(block[i], (uint)_read + 1, to, rejects);
            }
            if (_read > uint.MaxValue - 100_000) throw new ImportRefusedException($"The file has more than {uint.MaxValue - 100_000} rows. Import it in parts.");
            if (_read >= limits.FirstRows && !_isJudged) Judge();
        }
        if (_lines - _reported < ReportEvery * CsvBlock.Rows) return;
        _reported = _lines;
        progress?.Report(new(ImportProgress.Reading, _read, rejects.Count, _bytesBefore + bytes.Read, size));
    }

    /// <summary>Where most of the first rows are rejected, it is the mapping that is wrong and not the rows.</summary>
    private void Judge()
    {
        _isJudged = true;
        if (_lines == 0) throw new ImportRefusedException(mapping.Format == FileFormat.Csv ? "The file has a header line and no rows." : "The file holds nothing to import.", 2);
        if (_read == 0) throw new ImportRefusedException("In none of the columns that the mapping reads does an amount stand.");
        if (rejects.Count > _read * limits.MostRejectedOfFirst)
            throw new ImportRefusedException($"The mapping {mapping.Name} does not fit this file: of the first {_read} rows, {rejects.Count} were rejected. Nothing was imported. {Say(rejects.First!.Value)}", rejects.First!.Value.Line, rejects.First!.Value.Column);
    }

    private static string Say(Reject first) =>
        $"The first is line {first.Line}{(first.Column.Length > 0 ? $", column “{first.Column}”" : "")}: “{(first.Value.Length > 60 ? first.Value[..60] + "…" : first.Value)}”. {first.Reason}";
}
