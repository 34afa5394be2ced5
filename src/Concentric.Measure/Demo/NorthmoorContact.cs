using Concentric.Core.Facts;

namespace Concentric.Measure.Demo;

/// <summary>A contact with the invented council of Northmoor. Synthetic: nobody made it.</summary>
public readonly record struct NorthmoorContact
{
    /// <summary>From 1, in order of time.</summary>
    public required int Id { get; init; }

    /// <summary>When, by the clock in England.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>LGSL identifier.</summary>
    public required string Service { get; init; }

    /// <summary>LGIL identifier.</summary>
    public required byte Interaction { get; init; }

    /// <summary>Code of the channel (<see cref="Channels"/>).</summary>
    public required byte Channel { get; init; }

    /// <summary>Where the citizen lives.</summary>
    public required NorthmoorArea Area { get; init; }

    public required Demand Demand { get; init; }

    /// <summary>What they wanted in the service's own types, null where it has none or the contact is not coded.</summary>
    public required NorthmoorDemandType? DemandType { get; init; }

    /// <summary>Code of the cause of failure demand (<see cref="FailureCauses"/>), 0 where none is set.</summary>
    public required byte Cause { get; init; }

    /// <summary>Seconds of staff time, null where not recorded.</summary>
    public required int? HandlingSeconds { get; init; }

    /// <summary>Whether it was held to be settled, null where not recorded.</summary>
    public required bool? Resolved { get; init; }

    /// <summary>1 (worst) to 5, null where not answered.</summary>
    public required byte? Satisfaction { get; init; }

    /// <summary>Pseudonym of the person, 0 where not known.</summary>
    public required ulong Person { get; init; }

    /// <summary>The matter: a contact that chases an earlier one has its number.</summary>
    public required ulong Case { get; init; }
}

/// <summary>One of Northmoor's 120 small areas.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Key">Such as <c>NM017</c>.</param>
/// <param name="Label">Ward and number, such as Brindlemere 7.</param>
/// <param name="Supergroup">Code of the OAC 2021 supergroup, 1 to 8.</param>
/// <param name="Decile">Deprivation decile, 1 the most deprived.</param>
/// <param name="Households">Households in it.</param>
public sealed record NorthmoorArea(int Index, string Key, string Label, string Ward, byte Supergroup, string SupergroupName, byte Decile, int Households);

/// <summary>A type of demand in citizens' words.</summary>
/// <param name="Number">From 1, across all services.</param>
/// <param name="Cause">Code of its usual cause, 0 for value demand.</param>
public sealed record NorthmoorDemandType(int Number, string Service, string Words, Demand Demand, byte Cause);

/// <summary>What a service is for, from its citizens' side.</summary>
public sealed record NorthmoorPurpose(string Service, string Purpose, IReadOnlyList<NorthmoorDemandType> Types);

/// <summary>A dated change to a service of Northmoor.</summary>
/// <param name="What">What was changed.</param>
/// <param name="Who">Role of whoever recorded it.</param>
/// <param name="Cut">Share by which the generator lowers the service's failure demand from that day on; 0 where the change did nothing.</param>
public sealed record NorthmoorRedesign(string Service, DateOnly From, string What, string Who, double Cut);

/// <summary>A service that Northmoor's contacts are about.</summary>
/// <param name="Id">LGSL identifier.</param>
/// <param name="Label">Published label.</param>
public sealed record NorthmoorServiceName(string Id, string Label);
