using Concentric.Core;
using Concentric.Needs.Anticipation.Figures;
using Concentric.Needs.Concepts;

namespace Concentric.Needs.Anticipation;

/// <summary>What an analyst sees of one service before deciding about it.</summary>
public sealed record AfterView
{
    /// <summary>LGSL identifier.</summary>
    public required string Service { get; init; }
    public required string Label { get; init; }

    /// <summary>Whether counts are approved, in words.</summary>
    public required string State { get; init; }

    public required string? Reason { get; init; }

    /// <summary>When it was decided and on what, in words; null where nothing was decided.</summary>
    public required string? Decided { get; init; }

    /// <summary>Null where nothing of the service could be tried.</summary>
    public required ServiceFigures? Figures { get; init; }

    /// <summary>The days on which it was tried, in words.</summary>
    public required string Tried { get; init; }

    /// <summary>Contacts of everybody that counts rest on, and their period in words.</summary>
    public required ShownCount Observed { get; init; }
    public required string Period { get; init; }

    /// <summary>What holds after the service, likeliest first.</summary>
    public required IReadOnlyList<AfterRow> Rows { get; init; }

    /// <summary>Whether counts are as they are, for an analyst.</summary>
    public required bool IsExact { get; init; }

    internal static AfterView Of(Concept service, Learnt? learnt, Decision? decision, Func<string, string> names, bool exact)
    {
        var (counts, place) = (learnt?.AlsoAsked, learnt?.AlsoAsked.PlaceOf(service.Identifier));
        return new()
        {
            Service = service.Identifier,
            Label = service.Plain,
            State = decision switch { { Approved: true } => "Approved", null => "Off: nobody has approved them", _ => "Withdrawn" },
            Reason = decision?.Reason,
            Decided = decision is null ? null : $"{Say.When(decision.At)}, on contacts from {Say.Date(decision.From)} to {Say.Date(decision.To)}, {Shown.Count(decision.Tried, exact)} tried",
            Figures = learnt?.Evaluation.Services.FirstOrDefault(s => s.Service == service.Identifier),
            Tried = learnt is null ? "" : $"{Say.Date(learnt.Evaluation.Split)} to {Say.Date(learnt.Evaluation.To)}",
            Observed = Shown.Count(place is { } a ? counts!.Observed[a] : 0, exact),
            IsExact = exact,
            Period = counts is null ? "" : $"{Say.Date(counts.From)} to {Say.Date(counts.To)}",
            Rows = place is { } at ? [.. counts!.After(at).Select(b => AfterRow.Of(counts, at, b, names, exact)).OrderByDescending(r => r.Both.Estimate).ThenBy(r => exact ? "" : r.Label, StringComparer.Ordinal)] : [],
        };
    }
}

/// <summary>A service that is also asked for.</summary>
/// <param name="Both">Contacts after which it was asked for within the days.</param>
/// <param name="Chance">The shrunken estimate, which is what is used; null where the counts that it is made from are hidden.</param>
/// <param name="Usual">How usual it is after any other service.</param>
public sealed record AfterRow(string Label, ShownCount Both, ShareFigure? Share, double? Chance, double Usual)
{
    internal static AfterRow Of(AlsoAsked counts, int a, int b, Func<string, string> names, bool exact)
    {
        var (both, observed) = (Shown.Count(counts.Both(a, b), exact), Shown.Count(counts.Observed[a], exact));
        var usual = exact ? counts.BaseRate(b) : Core.Share.Of(Shown.Count(counts.Followed[b], false).Estimate, Shown.Count(counts.Observations - counts.Observed[b], false).Estimate)?.Value ?? 0;
        var share = both.Value is { } part && observed.Value is { } whole ? Core.Share.Of(part, whole) : null;
        return new(names(counts.Services[b]), both, ShareFigure.Of(share), share is { } s ? Estimates.Shrunken(s.Part, s.Whole, usual) : null, usual);
    }
}
