using Concentric.Measure.Boards;
using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure.Boards;

/// <summary>Charts of values that a test gives, by week.</summary>
internal static class TestCharts
{
    public static readonly DateOnly Monday = new(2025, 1, 6);

    public static BoardMeasure Measure(Better better, string key = "failure-share@524") => new()
    {
        Key = key, Council = "northmoor", Board = "524", Name = key, Better = better, For = MeasureFor.Citizens, Use = MeasureUse.Improvement, Versions = [new(1, null, new() { Figure = "contacts" })],
    };

    public static MeasureChart Chart(IReadOnlyList<double?> values, Better better, double? target = null, IReadOnlyList<ChartPhase>? phases = null, BoardMeasure? measure = null) =>
        MeasureChart.Of(measure ?? Measure(better), new(MeasurePeriod.Week, [.. values.Select((v, i) => new PeriodPoint(Monday.AddDays(7 * i), v, null, null, null, false, 1))]), phases ?? [], target);

    public static ChartPhase Phase(DateOnly from) => new() { Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Council = "northmoor", Measure = "failure-share@524", From = from, Reason = "A change", Evidence = "A note.", By = "system", At = DateTimeOffset.UnixEpoch };
}
