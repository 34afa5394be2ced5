using Concentric.Bench.Faults;

namespace Concentric.Tests.Faults;

/// <summary>The judge of bin/fault import.</summary>
public sealed class ImportRoundTests
{
    [Theory]
    [InlineData(0, 100, 0, 100)]
    [InlineData(100, 0, 100, 100)]
    public void All_or_nothing_and_then_the_rest_is_right(long there, long imported, long duplicates, long after) =>
        Assert.Empty(Round(there, imported, duplicates, after));

    [Theory]
    [InlineData(40, 60, 40, 100, "half an import")]
    [InlineData(100, 100, 0, 200, "200 rows in the end")]
    [InlineData(0, 0, 0, 0, "0 imported")]
    [InlineData(100, 0, 99, 100, "99 duplicates")]
    public void Anything_else_is_named(long there, long imported, long duplicates, long after, string problem) =>
        Assert.Contains(Round(there, imported, duplicates, after), p => p.Contains(problem, StringComparison.Ordinal));

    private static IReadOnlyList<string> Round(long there, long imported, long duplicates, long after) =>
        new ImportRound(1, ByTheProgram: false, TimeSpan.FromSeconds(1), there, imported, duplicates, after).Problems(100);
}
