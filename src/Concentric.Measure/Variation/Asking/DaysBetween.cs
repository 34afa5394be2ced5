using Concentric.Core;

namespace Concentric.Measure.Variation.Asking;

/// <summary>For a t chart of which only the dates of the events are known.</summary>
internal static class DaysBetween
{
    /// <summary>One figure for each event but the first: the days since the one before.</summary>
    /// <exception cref="RefusedException">A date that cannot be read, or fewer than two events.</exception>
    public static IReadOnlyList<SpcFigure> Of(IReadOnlyList<SpcFigure> events, string? dateOrder)
    {
        var dated = events.Select(e => (Figure: e, SpcSeries.Date(e.Date, e.Where ?? "an event", dateOrder).Day)).OrderBy(e => e.Day).ToList();
        if (dated.Count < 2) throw new RefusedException("Times between events need two events or more.");
        return [.. dated.Zip(dated.Skip(1), (before, now) => now.Figure with { Value = now.Day.DayNumber - before.Day.DayNumber })];
    }
}
