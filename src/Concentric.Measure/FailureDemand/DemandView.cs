using Concentric.Core;
using Concentric.Core.Questions;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Statistics;
using Concentric.Measure.Variation;

namespace Concentric.Measure.FailureDemand;

/// <summary>What citizens ask, and how often.</summary>
/// <param name="Words">In their words.</param>
public sealed record TypeLine(string Words, Core.Facts.Demand Demand, ShownCount Contacts);

/// <summary>A system cause and how many contacts it made.</summary>
/// <param name="Cause">With the causes above it.</param>
/// <param name="Cumulative">Share of this and all above it among contacts with a cause, 0 to 1; null where a count is hidden.</param>
public sealed record CauseLine(string Cause, ShownCount Contacts, double? Cumulative);

/// <summary>The service and the step whose work made people ask.</summary>
/// <param name="Step">In the words of its process; null where it is not known.</param>
public sealed record CauseSource(string Cause, string Service, string? Step, ShownCount Contacts);

/// <summary>Which system causes make people ask, the most first.</summary>
/// <param name="NotSet">Failure demand to which nobody gave a cause.</param>
/// <param name="IsWithheld">Whether causes are missing because a hidden count could be worked out from them.</param>
public sealed record CausePareto(IReadOnlyList<CauseLine> Causes, IReadOnlyList<CauseSource> Sources, ShownCount NotSet, ShownCount Set, bool IsWithheld);

/// <summary>What failure demand costs, and how much time of staff it takes.</summary>
/// <param name="Pounds">For all contacts of channels with a cost: those that are not coded taken to be like the coded ones of their channel. Null where there is no local cost.</param>
/// <param name="Hours">Likewise, in hours of staff; null where no time is known.</param>
/// <param name="Costed">Contacts of channels with a local cost.</param>
/// <param name="WithoutCost">Contacts of channels without one, left out.</param>
/// <param name="Timed">Contacts of channels whose time is known.</param>
/// <param name="Basis">Where the time comes from, in words.</param>
public sealed record FailureCost(StratifiedCost? Pounds, StratifiedCost? Hours, long Costed, long WithoutCost, long Timed, string Basis);

/// <summary>Contacts that come again, for one window.</summary>
/// <param name="Days">The window; a gap of exactly so many days counts.</param>
/// <param name="Repeats">Contacts of known persons who had asked the same service within it.</param>
/// <param name="Chains">Matters whose first contact is older than the window, so that it can be seen whether it was repeated.</param>
/// <param name="SettledAtOnce">Of them, settled by their first contact.</param>
/// <param name="ByChance">Share that would come again by chance alone; null where it cannot be reckoned.</param>
public sealed record RepeatLine(int Days, ShownCount Repeats, Share? Rate, ShownCount Chains, Share? SettledAtOnce, double? ByChance)
{
    /// <summary>What is left once chance is taken away, never below none.</summary>
    public double? BeyondChance => Rate is { } rate && ByChance is { } chance ? Math.Max(0, rate.Value - chance) : null;
}

/// <summary>Contacts that come again.</summary>
/// <param name="All">All contacts.</param>
/// <param name="Known">Of them, by somebody who is known: repeats are a share of these.</param>
/// <param name="AYear">Matters of its own that a known person has with the service in a year, on average; null where it cannot be reckoned.</param>
public sealed record RepeatView(ShownCount All, ShownCount Known, IReadOnlyList<RepeatLine> Windows, double? AYear)
{
    public Share? Matched => Known.Value is { } known && All.Value is { } all ? Share.Of(Math.Min(known, all), all) : null;
}

/// <summary>A change and the value demand that came after it.</summary>
/// <param name="Everybody">All value demand.</param>
/// <param name="Deprived">Value demand from the three most deprived tenths of areas; null where nothing is known of areas.</param>
public sealed record AccessEffect(ServiceChange Change, Effect Everybody, Effect? Deprived);

/// <summary>What the page of demand shows, of all services or of one.</summary>
public sealed record DemandView
{
    public required Scope Scope { get; init; }

    /// <summary>Null: all services.</summary>
    public required ServiceCode? Service { get; init; }

    public required bool IsExact { get; init; }
    public required ContactLine Total { get; init; }
    public required IReadOnlyList<TypeLine> Types { get; init; }

    /// <summary>Types are left out, because a count from 1 to 7 could be worked out.</summary>
    public required bool TypesWithheld { get; init; }

    /// <summary>Coded contacts by service and channel, each weighing as many contacts as there are; null where too few are coded.</summary>
    public required StratifiedShare? Weighted { get; init; }

    /// <summary>The last audit that holds something of this; null where there is none.</summary>
    public required AuditView? Audit { get; init; }

    public required FailureCost Cost { get; init; }
    public required CausePareto Causes { get; init; }

    /// <summary>What failure demand looked like: a secondary code.</summary>
    public required IReadOnlyList<ContactLine> Symptoms { get; init; }

    public required RepeatView Repeats { get; init; }

    /// <summary>Contacts by enquiries made here that asked what is happening to one that was open.</summary>
    public required ShownCount Chasing { get; init; }

    /// <summary>All contacts by enquiries made here.</summary>
    public required ShownCount Own { get; init; }

    /// <summary>The newest first; none for all services together.</summary>
    public required IReadOnlyList<AccessEffect> Access { get; init; }

    /// <summary>For all services: each with its share. None for one service.</summary>
    public required IReadOnlyList<ContactLine> Services { get; init; }
}
