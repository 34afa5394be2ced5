using Concentric.Core;
using Concentric.Measure.Variation;

namespace Concentric.Measure.FormUse;

/// <summary>One page of a form: how many came to it, who left there, and how it went.</summary>
public sealed record PageFigures
{
    public required string Page { get; init; }

    /// <summary>Visits in which it was seen.</summary>
    public required ShownCount Reached { get; init; }

    /// <summary>Visits that were left here, of those that were left here or went on; null where it is withheld.</summary>
    public required ShareShown? Left { get; init; }

    /// <summary>Visits that ended here in another way: saved, handed over, or stopped by the form itself; null where it is withheld.</summary>
    public required ShownCount? EndedOtherwise { get; init; }

    /// <summary>How often somebody came back to it from a later page.</summary>
    public required ShownCount BackSteps { get; init; }

    /// <summary>Messages shown on it.</summary>
    public required ShownCount Messages { get; init; }

    /// <summary>Time on it, of visits that went on from it and in which the citizen filled it in.</summary>
    public required TimeShown Time { get; init; }
}

/// <summary>A message beside a question.</summary>
public sealed record MessageFigures
{
    public required string Page { get; init; }
    public required string Question { get; init; }
    public required string Problem { get; init; }
    public required string Message { get; init; }

    /// <summary>How often it was shown.</summary>
    public required ShownCount Times { get; init; }

    /// <summary>Visits in which it was shown, of those that came to the page.</summary>
    public required ShareShown Visits { get; init; }

    /// <summary>Visits that were left on the page, of those in which it was shown there.</summary>
    public required ShareShown LeftAfter { get; init; }
}

/// <summary>One value of what visits are told apart by, as the channel “phone”.</summary>
/// <param name="By">channel, mediated, language or version.</param>
/// <param name="Completion">Null where it is withheld.</param>
public sealed record SplitFigures(string By, string Value, string Label, ShownCount? Started, ShareShown? Completion);

/// <summary>How a form is used, as the reader may see it. Pages, file and API are made of this alone.</summary>
public sealed record FormFigures
{
    /// <summary>What is counted, with its version.</summary>
    public const string Definition =
        "Completed: of the visits that ended by sending the form or by leaving it, the share that sent it. "
        + "Saved visits, visits that the form itself ended and visits handed over are counted beside it. Definition 1.";

    public required FormQuestion Asked { get; init; }
    public required bool IsExact { get; init; }

    /// <summary>All visits that began in the period, however they ended.</summary>
    public required ShownCount Started { get; init; }

    /// <summary>Sent, of those sent or left.</summary>
    public required ShareShown Completion { get; init; }

    /// <summary>How visits ended; null where the parts are withheld.</summary>
    public required OutcomeFigures? Outcomes { get; init; }

    /// <summary>Time on all pages together, of visits in which the citizen filled the form in from its usual first page and sent it.</summary>
    public required TimeShown WholeTime { get; init; }

    public required ShownCount Sent { get; init; }
    public required ShownCount SentInBundles { get; init; }
    public required IReadOnlyList<PageFigures> Pages { get; init; }

    /// <summary>The most frequent first.</summary>
    public required IReadOnlyList<MessageFigures> Messages { get; init; }

    public required IReadOnlyList<SplitFigures> Splits { get; init; }

    /// <summary>Completed by week, in per cent. A week with too few visits sent or left (<see cref="ShareShown.IsEnough"/>) is a gap; one whose share is hidden is drawn with what stands for 1 to 7.</summary>
    public required WeeklySeries Weeks { get; init; }

    /// <summary>Visits of the weeks with a share that were sent or left.</summary>
    public required ShownCount InWeeks { get; init; }

    public required ShareChart Chart { get; init; }

    /// <summary>Versions that came among those weeks, to mark on the chart.</summary>
    public required IReadOnlyList<PhaseStart> Changes { get; init; }

    public required PageCosts Costs { get; init; }

    /// <summary>Null where the visits are of one version only.</summary>
    public required VersionComparison? Versions { get; init; }

    /// <summary>Versions that visits of the period had, oldest first.</summary>
    public required IReadOnlyList<int> AllVersions { get; init; }
}

/// <summary>How visits ended, besides by sending.</summary>
public sealed record OutcomeFigures(ShownCount Sent, ShownCount Dropped, ShownCount Saved, ShownCount Stopped, ShownCount HandedOver);
