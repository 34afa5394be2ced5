using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>A measure was put on a board, changed, or taken off it.</summary>
/// <param name="Board">Key of the service; empty for the council's board.</param>
/// <param name="Action">kept, changed, redefined or ended.</param>
/// <param name="Version">Number of its definition since.</param>
public sealed record MeasureChanged(Guid Measure, string Council, string Board, string Action, string Name, int Version) : IFact
{
    public string Subject => $"measure-{Measure}";
}

/// <summary>Somebody said that a chart has new limits from a day on, because of a change made then; or took that back.</summary>
/// <param name="Measure">Key of the measure.</param>
/// <param name="Action">begun or withdrawn.</param>
public sealed record ChartPhaseChanged(Guid Phase, string Council, string Measure, DateOnly From, string Action, string Reason) : IFact
{
    public string Subject => $"measure-{Measure}";
}

/// <summary>Somebody wrote a note at a point of a chart, or took it back.</summary>
/// <param name="Action">written or withdrawn.</param>
public sealed record ChartNoteChanged(Guid Note, string Council, string Measure, DateOnly On, string Action, string Text) : IFact
{
    public string Subject => $"measure-{Measure}";
}

/// <summary>A target was set for a measure whose capability is known, or taken back.</summary>
/// <param name="Action">set or withdrawn.</param>
/// <param name="Value">In the measure's unit.</param>
/// <param name="Observed">Share of the points that would have met it, 0 to 1.</param>
/// <param name="Modelled">Share that would meet it by the model, 0 to 1.</param>
public sealed record TargetChanged(Guid Target, string Council, string Measure, string Action, double Value, double Observed, double Modelled) : IFact
{
    public string Subject => $"measure-{Measure}";
}

/// <summary>Points of measures were kept as they were when their periods were first complete.</summary>
/// <param name="Points">How many.</param>
public sealed record PointsPublished(string Council, int Points) : IFact
{
    public string Subject => $"council-{Council}";
}

/// <summary>A board was reviewed.</summary>
/// <param name="Board">Key of the service; empty for the council's board.</param>
/// <param name="Decision">What is to be done; null where it was decided to change nothing.</param>
public sealed record BoardReviewed(Guid Review, string Council, string Board, DateOnly HeldOn, string? Decision, DateOnly NextOn) : IFact
{
    public string Subject => $"review-{Review}";
}

/// <summary>What a review had decided was done.</summary>
public sealed record ReviewDecisionDone(Guid Review, string Council, string Board, DateOnly DoneOn) : IFact
{
    public string Subject => $"review-{Review}";
}
