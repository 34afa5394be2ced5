using Concentric.Core;
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
    public required long Observed { get; init; }
    public required string Period { get; init; }

    /// <summary>What holds after the service, likeliest first.</summary>
    public required IReadOnlyList<AfterRow> Rows { get; init; }

    internal static AfterView Of(Concept service, Learnt? learnt, Decision? decision, Func<string, string> names)
    {
        var (counts, place) = (learnt?.AlsoAsked, learnt?.AlsoAsked.PlaceOf(service.Identifier));
        return new()
        {
            Service = service.Identifier,
            Label = service.Plain,
            State = decision switch { { Approved: true } => "Approved", null => "Off: nobody has approved them", _ => "Withdrawn" },
            Reason = decision?.Reason,
            Decided = decision is null ? null : $"{Say.When(decision.At)}, on contacts from {Say.Date(decision.From)} to {Say.Date(decision.To)}, {Say.Number(decision.Tried)} tried",
            Figures = learnt?.Evaluation.Services.FirstOrDefault(s => s.Service == service.Identifier),
            Tried = learnt is null ? "" : $"{Say.Date(learnt.Evaluation.Split)} to {Say.Date(learnt.Evaluation.To)}",
            Observed = place is { } a ? counts!.Observed[a] : 0,
            Period = counts is null ? "" : $"{Say.Date(counts.From)} to {Say.Date(counts.To)}",
            Rows = place is { } at ? [.. counts!.After(at).Select(b => AfterRow.Of(counts, at, b, names))] : [],
        };
    }
}

/// <summary>A service that is also asked for.</summary>
/// <param name="Both">Contacts after which it was asked for within the days.</param>
/// <param name="Chance">The shrunken estimate, which is what is used.</param>
/// <param name="Usual">How usual it is after any other service.</param>
public sealed record AfterRow(string Label, long Both, ShareFigure? Share, double Chance, double Usual)
{
    internal static AfterRow Of(AlsoAsked counts, int a, int b, Func<string, string> names) =>
        new(names(counts.Services[b]), counts.Both(a, b), ShareFigure.Of(Core.Share.Of(counts.Both(a, b), counts.Observed[a])), counts.Chance(a, b), counts.BaseRate(b));
}
