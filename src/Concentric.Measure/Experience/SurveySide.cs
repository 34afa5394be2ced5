namespace Concentric.Measure.Experience;

/// <summary>One side of a service as citizens are asked of it.</summary>
/// <param name="Name">As the figures have it, as reliability.</param>
/// <param name="Words">The same in plain words.</param>
public sealed record SurveySide(string Name, string Words)
{
    /// <summary>Those that SERVQUAL asks of, and information, which councils are asked for most.</summary>
    public static IReadOnlyList<SurveySide> All { get; } =
    [
        new("reliability", "We do what we say, when we say it"),
        new("responsiveness", "We are quick to help"),
        new("information", "You know what is happening and what comes next"),
        new("empathy", "We listen, and treat you as a person"),
        new("assurance", "We know our work, and you can trust what we tell you"),
        new("tangibles", "Our website, letters and buildings are easy to use"),
    ];
}
