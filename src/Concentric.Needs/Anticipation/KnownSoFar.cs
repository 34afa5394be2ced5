using Concentric.Needs.Concepts;

namespace Concentric.Needs.Anticipation;

/// <summary>What is known of somebody while they ask. Identifiers, not addresses; nothing of who they are.</summary>
internal sealed record KnownSoFar
{
    /// <summary>LGSL identifiers of what they asked about in the last 90 days, now included.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>What they asked about before that: not suggested again.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Life events that they said have happened.</summary>
    public IReadOnlyList<string> LifeEvents { get; init; } = [];

    /// <summary>Circumstances that they said are true.</summary>
    public IReadOnlyList<string> Circumstances { get; init; } = [];

    /// <summary>Needs that they named.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];
}

/// <summary>A service that a rule of the need model suggests.</summary>
/// <param name="Strength">Of the ways that lead to it the surest; a way is as sure as its weakest step.</param>
/// <param name="Because">Why, in sentences, surest first.</param>
internal sealed record RuleSuggestion(Concept Service, Confidence Strength, IReadOnlyList<RuleReason> Because)
{
    /// <summary>The surest reason, and a second where it starts from something else that was said.</summary>
    public string Reason => Because.FirstOrDefault(b => b.Start != Because[0].Start && b.IsSaid) is { } also ? $"{Because[0].Words} Also s{also.Words[1..]}" : Because[0].Words;
}

/// <summary>One way by which rules lead to a service.</summary>
/// <param name="Start">What it starts from.</param>
/// <param name="IsSaid">Somebody said it, rather than that it goes with what they asked for.</param>
internal sealed record RuleReason(string Start, bool IsSaid, Confidence Strength, string Words);
