using Concentric.Core.Facts;

namespace Concentric.Core.Questions;

/// <summary>What is known of somebody's situation while they are asking. Nothing of it is kept by asking.</summary>
public sealed record SituationAsked
{
    /// <summary>LGSL identifier of what they are asking about now, or null.</summary>
    public string? Service { get; init; }

    /// <summary>What else the same person asked about in the last 90 days.</summary>
    public IReadOnlyList<string> Lately { get; init; } = [];

    /// <summary>What the same person asked about before that: not suggested again, and not counted with.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>What they said is true of them: identifiers of life events and circumstances, as the answer lists them.</summary>
    public IReadOnlyList<string> Said { get; init; } = [];
}

/// <summary>A service that may be needed next, with the reason in words.</summary>
/// <param name="Service">LGSL identifier.</param>
/// <param name="Label">Its plain name.</param>
/// <param name="Reason">Why, in sentences that may be read out.</param>
/// <param name="Basis">Whether a published rule of the need model supports it, or counts alone.</param>
/// <param name="Source">Where the reason comes from: the rule with its edition, or the counts with their n and period.</param>
/// <param name="SecondOpinion">Its rank by personalised PageRank, from 1; null where that says nothing of it.</param>
public sealed record NextNeed(string Service, string Label, string Reason, SuggestionBasis Basis, string Source, int? SecondOpinion);

/// <summary>Something that may be true of a person and would change the answer.</summary>
/// <param name="Id">As <see cref="SituationAsked.Said"/> takes it.</param>
public sealed record SaidChoice(string Id, string Label, bool IsSaid);

/// <param name="Needs">What may be needed next, likeliest first; never a limit on what may be asked for.</param>
/// <param name="LifeEvents">What may have happened to them.</param>
/// <param name="Circumstances">What may be true of them, those first that go with what was asked.</param>
public sealed record NextNeedsAnswer(IReadOnlyList<NextNeed> Needs, IReadOnlyList<SaidChoice> LifeEvents, IReadOnlyList<SaidChoice> Circumstances);

/// <summary>Asked by Serve for an adviser; answered by Needs.</summary>
public interface INextNeeds
{
    /// <summary>What somebody in that situation may need next.</summary>
    Task<NextNeedsAnswer> For(SituationAsked situation, CancellationToken stop = default);
}
