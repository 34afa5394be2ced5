using Concentric.Needs.Concepts;
using Concentric.Needs.Services;

namespace Concentric.Needs.Outcomes;

/// <summary>A metric by which an outcome is measured; other parts of the program name it by its identifier.</summary>
public sealed record OutcomeMetric
{
    public required string Id { get; init; }
    public required string Label { get; init; }
    public required string? Definition { get; init; }
    public required string Uri { get; init; }

    /// <summary><c>high-is-good</c>, <c>low-is-good</c> or <c>neither</c>.</summary>
    public required string? Polarity { get; init; }

    /// <summary><c>month</c>, <c>quarter</c> or <c>year</c>.</summary>
    public required string? Period { get; init; }
    public required string? Unit { get; init; }
    public required Confidence Strength { get; init; }

    /// <summary>The publication that names it for the outcome; null where it is our own reading.</summary>
    public required string? Evidence { get; init; }
    public required string Reason { get; init; }

    /// <summary>"Lower is better", or null where it is not known.</summary>
    internal string? Better => Polarity switch { "high-is-good" => "Higher is better", "low-is-good" => "Lower is better", "neither" => "Neither higher nor lower is better", _ => null };

    internal static OutcomeMetric Of(NeedModel model, Relation relation)
    {
        var metric = model.Find(relation.Object)!;
        return new()
        {
            Id = metric.Identifier,
            Label = metric.Plain,
            Definition = metric.Definition,
            Uri = metric.Uri,
            Polarity = metric.Details?.Polarity,
            Period = metric.Details?.Period,
            Unit = metric.Details?.Unit,
            Strength = relation.Confidence,
            Evidence = relation.Evidence,
            Reason = relation.Reason,
        };
    }
}

/// <summary>An outcome on which a service bears, with its metrics.</summary>
public sealed record ServiceOutcome
{
    public required string Id { get; init; }
    public required string Label { get; init; }
    public required string Uri { get; init; }

    /// <summary>Its number in the Local Outcomes Framework of 2026; null where it is none of those.</summary>
    public required string? Framework { get; init; }
    public required Confidence Strength { get; init; }

    /// <summary>How the service bears on it, in a sentence.</summary>
    public required string Reason { get; init; }
    public required IReadOnlyList<OutcomeMetric> Metrics { get; init; }

    /// <summary>The outcomes of a service, surest first.</summary>
    internal static IReadOnlyList<ServiceOutcome> AllOf(NeedModel model, string service) => [.. model.From(service, Predicate.Impacts).DistinctBy(r => r.Object).Select(r => Of(model, r))];

    private static ServiceOutcome Of(NeedModel model, Relation relation)
    {
        var outcome = model.Find(relation.Object)!;
        return new()
        {
            Id = outcome.Identifier,
            Label = outcome.Plain,
            Uri = outcome.Uri,
            Framework = outcome.Details?.Framework,
            Strength = relation.Confidence,
            Reason = relation.Reason,
            Metrics = [.. model.From(outcome.Uri, Predicate.MeasuredBy).DistinctBy(r => r.Object).Select(r => OutcomeMetric.Of(model, r))],
        };
    }
}

/// <summary>An outcome with what bears on it and what measures it.</summary>
public sealed record Outcome
{
    public required string Id { get; init; }
    public required string Label { get; init; }
    public required string? Definition { get; init; }
    public required string Uri { get; init; }

    /// <summary>Its number in the Local Outcomes Framework of 2026; null where it is none of those.</summary>
    public required string? Framework { get; init; }
    public required IReadOnlyList<OutcomeMetric> Metrics { get; init; }

    /// <summary>The services that bear on it, surest first.</summary>
    public required IReadOnlyList<ServiceSummary> Services { get; init; }

    internal static IReadOnlyList<Outcome> AllOf(NeedModel model) =>
    [
        .. model.InUse(ConceptType.Outcome).Select(o => new Outcome
        {
            Id = o.Identifier,
            Label = o.Plain,
            Definition = o.Definition,
            Uri = o.Uri,
            Framework = o.Details?.Framework,
            Metrics = [.. model.From(o.Uri, Predicate.MeasuredBy).DistinctBy(r => r.Object).Select(r => OutcomeMetric.Of(model, r))],
            Services = [.. model.To(o.Uri, Predicate.Impacts).Select(r => r.Subject).Distinct().Select(uri => ServiceSummary.Of(model.Find(uri)!))],
        }),
    ];
}
