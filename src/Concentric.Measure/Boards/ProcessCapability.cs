using Concentric.Measure.Variation;

namespace Concentric.Measure.Boards;

/// <summary>What the process of a measure can do as it is now, and whether that is known: before it is, a target is a wish.</summary>
/// <param name="Never">Why the measure never has a target, whatever is known of its process; null where it may have one.</param>
/// <param name="NotYet">Why none can be set yet (<see cref="Capability.NotYet"/>).</param>
/// <param name="Limits">Of the current phase; null where there is none.</param>
public sealed record ProcessCapability(MeasureChart Chart, string? Never, string? NotYet, XmrLimits? Limits)
{
    public bool IsKnown => Refusal is null;

    /// <summary>Why no target can be set, and what to do instead; null where one can.</summary>
    public string? Refusal => Never ?? NotYet;

    /// <summary>The capability of the current phase of a chart.</summary>
    public static ProcessCapability Of(MeasureChart chart) => new(chart, NeverOf(chart.Measure), Capability.NotYet(chart.Chart), chart.Current?.Limits);

    /// <summary>How much of the process meets a target in the measure's unit. On the target is met.</summary>
    /// <exception cref="InvalidOperationException">It is not known what the process can do.</exception>
    public Capability Against(double target) => (IsKnown ? Capability.Of(Chart.Chart, target, Chart.Measure.Better) : null) ?? throw new InvalidOperationException("It is not known what the process can do.");

    /// <summary>What has to be said of a target beside its shares.</summary>
    public static string Means(Capability capability) => capability.Expected switch
    {
        >= 0.999 => "The process as it is meets it all but always. It asks for nothing new.",
        <= 0.001 => "The process as it is all but never meets it. Working harder will not do it: the process has to change.",
        _ => "The process as it is meets it at some times and not at others, by chance. To meet it more often the process has to change.",
    };

    private static string? NeverOf(BoardMeasure measure) =>
        measure.Use == MeasureUse.Planning ? "This is a measure for planning and budgeting, so it has no target. Set one for a measure of what citizens get."
        : measure.Better == Better.Neither ? "Neither direction of this measure is good in itself, so it has no target. Set one for a measure of what citizens get."
        : SymptomRefusal(measure);

    private static string? SymptomRefusal(BoardMeasure measure) => measure.Versions.Any(v => v.Source.IsOfSymptom)
        ? "This measure counts one cause of failure demand. A symptom is where a search for the cause begins and never a target: set one for the share of failure demand." : null;
}
