namespace Concentric.Measure.Variation;

/// <summary>The icons in words: as short names for programs, and as sentences for people and screen readers.</summary>
public static class IconWords
{
    public static string Title(VariationIcon icon) => icon switch
    {
        VariationIcon.CommonCause => "Usual variation",
        VariationIcon.ImprovementHigh => "Improvement, higher",
        VariationIcon.ImprovementLow => "Improvement, lower",
        VariationIcon.ConcernHigh => "Concern, higher",
        VariationIcon.ConcernLow => "Concern, lower",
        VariationIcon.NeutralHigh => "Change, higher",
        VariationIcon.NeutralLow => "Change, lower",
        VariationIcon.Pattern => "Unusual pattern",
        _ => "Cannot be said",
    };

    public static string Sentence(VariationIcon icon) => icon switch
    {
        VariationIcon.CommonCause => "The last point shows nothing but the usual variation: no single cause need be looked for.",
        VariationIcon.ImprovementHigh => "The last point shows a signal: the figure is higher than usual, which is an improvement.",
        VariationIcon.ImprovementLow => "The last point shows a signal: the figure is lower than usual, which is an improvement.",
        VariationIcon.ConcernHigh => "The last point shows a signal: the figure is higher than usual, which is a concern.",
        VariationIcon.ConcernLow => "The last point shows a signal: the figure is lower than usual, which is a concern.",
        VariationIcon.NeutralHigh => "The last point shows a signal: the figure is higher than usual.",
        VariationIcon.NeutralLow => "The last point shows a signal: the figure is lower than usual.",
        VariationIcon.Pattern => "The last point is part of a pattern that chance seldom makes.",
        _ => "There are too few values, or they do not vary: nothing can be said of the last point.",
    };

    public static string Title(AssuranceIcon icon) => icon switch
    {
        AssuranceIcon.Pass => "Meets the target",
        AssuranceIcon.Fail => "Misses the target",
        AssuranceIcon.HitOrMiss => "Hit or miss",
        _ => "No target",
    };

    public static string Sentence(AssuranceIcon icon) => icon switch
    {
        AssuranceIcon.Pass => "The target lies outside the limits on the good side: while nothing changes, it will be met.",
        AssuranceIcon.Fail => "The target lies outside the limits on the bad side: unless something changes, it will not be met.",
        AssuranceIcon.HitOrMiss => "The target lies within the limits: it will be met at some times and missed at others, by chance.",
        _ => "There is no target, or nothing that it could be held against.",
    };
}
