using System.Collections.Concurrent;
using Concentric.Core.People;

namespace Concentric.Measure.Contacts;

/// <summary>Reads a CSV file into the staging table: one thread parses, another maps and stages, a few blocks apart.</summary>
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
        var mapper = new RowMapper(mapping, pseudonyms, LocalClock.Of(mapping.Council.Zone), csv.Columns);
        using var full = new BlockingCollection<CsvBlock>(BlocksBetween);
        using var empty = new BlockingCollection<CsvBlock>(BlocksBetween);
        for (var i = 0; i < BlocksBetween; i++) empty.Add(new(csv.Columns.Count), CancellationToken.None);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);

        var parsing = Task.Run(() => Parse(csv, full, empty, cancel.Token), CancellationToken.None);
        try
        {
            var blocks = 0;
            foreach (var block in full.GetConsumingEnumerable(stop))
            {
                Stage(block, mapper, staging, rejects);
                if (++blocks % ReportEvery == 0) progress?.Report(new(ImportProgress.Reading, _read, rejects.Count, bytes.Read, size));
                empty.Add(block, stop);
            }
        }
        catch
        {
            cancel.Cancel();
            // What the mapper says matters; that the parser was stopped does not.
            ((IAsyncResult)parsing).AsyncWaitHandle.WaitOne();
            throw;
        }
        parsing.GetAwaiter().GetResult();
        if (!_isJudged) Judge(rejects);
        progress?.Report(new(ImportProgress.Reading, _read, rejects.Count, bytes.Read, size));
    }

    private static void Parse(CsvFile csv, BlockingCollection<CsvBlock> full, BlockingCollection<CsvBlock> empty, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var block = empty.Take(stop);
                if (!csv.Fill(block)) return;
                full.Add(block, stop);
            }
        }
        finally
        {
            full.CompleteAdding();
        }
    }

    private void Stage(CsvBlock block, RowMapper mapper, Staging staging, RejectsFile rejects)
    {
        for (var i = 0; i < block.Count; i++)
        {
            _read++;
            if (_read > uint.MaxValue) throw new ImportRefusedException($"The file has more than {uint.MaxValue} rows. Import it in parts.");
            if (block.IsRejected(i, out var reject)) rejects.Add(reject);
            else if (mapper.TryMap(block.Fields(i), block.Line(i), block.Whole(i), out var row, out var key, out var content, out reject)) staging.Add(row, (uint)_read, key, content);
            else rejects.Add(reject);
            if (_read == limits.FirstRows) Judge(rejects);
        }
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
