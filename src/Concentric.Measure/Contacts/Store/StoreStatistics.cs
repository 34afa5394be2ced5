namespace Concentric.Measure.Contacts;

public sealed partial class DuckContactStore
{
    private ContactStatistics? _statistics;

    public async Task<ContactStatistics> Statistics(CancellationToken stop = default)
    {
        // Every page asks, and counting looks at every row: what was counted holds until the next facts are applied.
        if (_statistics is { } known && known.LastFact == (await LastFact(stop)).Number) return known;
        var (numbers, parts) = await Read(reader =>
        {
            // First the fact, so that what is counted is at least as new as it says.
            var numbers = new[] { "SELECT last_number FROM projection WHERE name = 'facts'", "SELECT count(*) FROM counted", "SELECT count(*) FROM step" }.Select(sql => reader.Connection.Number(sql)).ToList();
            var found = new List<ContactStatistics.Part>();
            using var rows = reader.Connection.Query("SELECT council, kind, count(*), min(day), max(day) FROM contact GROUP BY council, kind ORDER BY council, kind", stop);
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Rows; i++)
                {
                    found.Add(new((int)rows.Column(0).Number(i), (ContactKind)rows.Column(1).Number(i), rows.Column(2).Number(i),
                        ContactCalendar.DateOfDay((int)rows.Column(3).Number(i)), ContactCalendar.DateOfDay((int)rows.Column(4).Number(i))));
                }
            }
            return (numbers, found);
        }, stop);
        return _statistics = new(parts.Sum(p => p.Contacts), numbers[0], new FileInfo(_options.File).Length, parts) { Counts = numbers[1], Steps = numbers[2] };
    }

    /// <summary>How the reader's one knob stands for a query.</summary>
    internal int PerfectHashBits(CubeQuery query) => _sizes.PerfectHashBits(query);

    /// <summary>The last fact applied: its number, 0 for none, and its hash.</summary>
    internal Task<(long Number, string Hash)> LastFact(CancellationToken stop = default) => Read(reader =>
    {
        using var rows = reader.Connection.Query("SELECT last_number, last_hash FROM projection WHERE name = 'facts'", stop);
        rows.NextChunk();
        return (rows.Column(0).Number(0), rows.Column(1).Text(0)!);
    }, stop);
}
