using Concentric.Core.People;
using Concentric.Measure.Contacts.Asking;

namespace Concentric.Measure.FormUse;

/// <summary>How a form is used, for programs. A count that is null is there and hidden: it is from 1 to 7. A share or a time that is null is of too few, or hidden.</summary>
public sealed record FormUseAnswer
{
    public required string Form { get; init; }
    public required string Council { get; init; }

    /// <summary>The council is invented, and the figures are evidence of nothing.</summary>
    public required bool Synthetic { get; init; }

    public required string Definition { get; init; }

    /// <summary><c>exact</c> or <c>rule-a</c>.</summary>
    public required string Disclosure { get; init; }

    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required string? Channel { get; init; }
    public required bool? Mediated { get; init; }
    public required string? Language { get; init; }
    public required int? Version { get; init; }
    public required long? Started { get; init; }

    /// <summary>Visits that were sent or left: what completion is a share of.</summary>
    public required long? N { get; init; }

    public required Estimate? Completed { get; init; }

    /// <summary>How visits ended; null where that is withheld, because a hidden count could be worked out.</summary>
    public required FormUseOutcomes? Outcomes { get; init; }

    public required FormUseTime WholeForm { get; init; }

    /// <summary>Forms sent in the period by the facts of sending, which know no channel and no language.</summary>
    public required long? FormsSent { get; init; }

    public required long? FormsSentInBundles { get; init; }
    public required IReadOnlyList<FormUsePage> Pages { get; init; }
    public required IReadOnlyList<FormUseMessage> Messages { get; init; }
    public required IReadOnlyList<FormUseSplit> Splits { get; init; }
    public required IReadOnlyList<FormUseWeek> Weeks { get; init; }
    public required FormUseCosts Costs { get; init; }
    public required FormUseVersions? Versions { get; init; }

    internal static FormUseAnswer Of(FormFigures figures, OwnCouncil council) => new()
    {
        Form = figures.Asked.Form,
        Council = council.Name,
        Synthetic = council.IsSynthetic,
        Definition = FormFigures.Definition,
        Disclosure = figures.IsExact ? "exact" : "rule-a",
        From = figures.Asked.Period.From,
        To = figures.Asked.Period.Through,
        Channel = figures.Asked.Channel,
        Mediated = figures.Asked.Mediated,
        Language = figures.Asked.Language,
        Version = figures.Asked.Version,
        Started = figures.Started.Value,
        N = figures.Completion.Whole.Value,
        Completed = Of(figures.Completion),
        Outcomes = figures.Outcomes is { } o ? new(o.Sent.Value, o.Dropped.Value, o.Saved.Value, o.Stopped.Value, o.HandedOver.Value) : null,
        WholeForm = Of(figures.WholeTime),
        FormsSent = figures.Sent.Value,
        FormsSentInBundles = figures.SentInBundles.Value,
        Pages =
        [
            .. figures.Pages.Select(p => new FormUsePage(p.Page, p.Reached.Value, p.Left is null, p.Left?.Part.Value, p.Left?.Whole.Value, p.Left is { } left ? Of(left) : null,
                p.EndedOtherwise?.Value, p.BackSteps.Value, p.Messages.Value, Of(p.Time))),
        ],
        Messages =
        [
            .. figures.Messages.Select(m => new FormUseMessage(m.Page, m.Question, m.Problem, m.Message, m.Times.Value, m.Visits.Part.Value, Of(m.Visits), Of(m.LeftAfter))),
        ],
        Splits =
        [
            .. figures.Splits.Select(s => new FormUseSplit(s.By, s.Value, s.Started is null, s.Started?.Value, s.Completion?.Whole.Value, s.Completion is { } share ? Of(share) : null)),
        ],
        Weeks = [.. figures.Weeks.Weeks.Select(w => new FormUseWeek(w.Monday, w.IsHidden ? null : w.Value / 100, w.Value is null ? null : w.N, w.IsHidden))],
        Costs = new(figures.Costs.Weeks, figures.Costs.Days.From, figures.Costs.Days.Through, figures.Costs.Version,
            [.. figures.Costs.Costs.Select(c => new FormUseCost(c.Page, c.IsShown, c.Completions, c.Low, c.High, c.Excess, c.Arrivals, c.Left.Value, c.Usual, c.Left.Whole))]),
        Versions = figures.Versions is { } v ? new(v.Before, v.After, [.. v.Differences.Select(Of)]) : null,
    };

    private static Estimate? Of(ShareShown shown) => shown.Share is { } share ? new(share.Value, share.Low, share.High, share.Whole) : null;

    private static FormUseDifference Of(VersionDifference d) =>
        new(d.What is null ? "completed" : "left", d.What, Of(d.Before), Of(d.After), d.Difference?.Value, d.Difference?.Low, d.Difference?.High, d.P, d.TimeBefore, d.TimeAfter);

    private static FormUseTime Of(TimeShown time) => new(time.Median, time.P90, time.N.Value);
}

/// <summary>How visits ended.</summary>
public sealed record FormUseOutcomes(long? Sent, long? Left, long? Saved, long? Stopped, long? HandedOver);

/// <summary>Seconds that visits took in which the citizen filled the form in.</summary>
/// <param name="N">Those visits.</param>
public sealed record FormUseTime(double? MedianSeconds, double? P90Seconds, long? N);

/// <param name="Withheld">Who left and who ended otherwise is not told.</param>
/// <param name="N">Visits that left here or went on.</param>
public sealed record FormUsePage(
    string Page, long? Reached, bool Withheld, long? Left, long? N, Estimate? LeftShare, long? EndedOtherwise, long? BackSteps, long? Messages, FormUseTime Time);

/// <param name="Times">How often it was shown.</param>
/// <param name="Visits">Visits in which it was shown.</param>
/// <param name="Share">Of the visits that came to the page.</param>
/// <param name="LeftAfter">Of the visits in which it was shown, those left on the page.</param>
public sealed record FormUseMessage(string Page, string Question, string Problem, string Message, long? Times, long? Visits, Estimate? Share, Estimate? LeftAfter);

/// <param name="By">channel, mediated, language or version.</param>
public sealed record FormUseSplit(string By, string Value, bool Withheld, long? Started, long? N, Estimate? Completed);

/// <param name="Completed">The share; null for a gap, and where it is hidden.</param>
/// <param name="N">Visits that were sent or left; null for a gap.</param>
/// <param name="Hidden">From 1 to 7 were sent.</param>
public sealed record FormUseWeek(DateOnly Monday, double? Completed, long? N, bool Hidden);

/// <param name="Weeks">Whole weeks counted over; 0 where there are too few.</param>
public sealed record FormUseCosts(int Weeks, DateOnly From, DateOnly To, int? Version, IReadOnlyList<FormUseCost> Pages);

/// <param name="Shown">It costs completions beyond chance.</param>
public sealed record FormUseCost(
    string Page, bool Shown, double CompletionsAWeek, double Low, double High, double ExcessAWeek, double ArrivalsAWeek, double LeftShare, double UsualShare, long N);

public sealed record FormUseVersions(int Before, int After, IReadOnlyList<FormUseDifference> Differences);

/// <param name="Figure">completed, or left (on a page).</param>
/// <param name="P">Adjusted for the number of comparisons (Holm).</param>
public sealed record FormUseDifference(
    string Figure, string? Page, Estimate? Before, Estimate? After, double? Difference, double? Low, double? High, double? P, double? MedianSecondsBefore, double? MedianSecondsAfter);
