using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>A cost was entered in the cost book, or put in place of one that was wrong.</summary>
/// <param name="Low">Pounds.</param>
/// <param name="Mode">The most likely, in pounds; null where the source states none.</param>
/// <param name="High">Pounds.</param>
/// <param name="Replaces">The record that it takes the place of, which is kept.</param>
public sealed record CostEntered(Guid Cost, string Council, string Channel, decimal Low, decimal? Mode, decimal High, Guid? Replaces) : IFact
{
    public string Subject => $"cost-{Cost}";
}

/// <summary>A cost was taken out of use. It is kept.</summary>
public sealed record CostWithdrawn(Guid Cost, string Council) : IFact
{
    public string Subject => $"cost-{Cost}";
}

/// <summary>A table of the deflator was loaded and takes the place of the one before.</summary>
/// <param name="Years">How many years it has.</param>
/// <param name="Source">Whose figures they are.</param>
public sealed record DeflatorLoaded(Guid Load, string Council, int Years, string Source) : IFact
{
    public string Subject => $"deflator-{Council}";
}

/// <summary>A service entered what a contact costs it by a channel.</summary>
/// <param name="Service">LGSL identifier.</param>
/// <param name="Channel">Channel by its short name (<see cref="Channels"/>).</param>
/// <param name="Low">Pounds a contact, all figures at their least.</param>
/// <param name="Mode">Pounds a contact, all figures at their most likely.</param>
/// <param name="High">Pounds a contact, all figures at their most.</param>
public sealed record LocalCostEntered(Guid Cost, string Council, string Service, string Channel, decimal Low, decimal Mode, decimal High) : IFact
{
    public string Subject => $"service-{Service}";
}

/// <summary>A service took back what it had said of a channel's cost: it has no local cost there any more. What was said is kept.</summary>
public sealed record LocalCostWithdrawn(Guid Cost, string Council, string Service, string Channel) : IFact
{
    public string Subject => $"service-{Service}";
}

/// <summary>A channel plan was saved under a name.</summary>
public sealed record ChannelPlanKept(Guid Plan, string Council, string Name) : IFact
{
    public string Subject => $"channel-plan-{Plan}";
}
