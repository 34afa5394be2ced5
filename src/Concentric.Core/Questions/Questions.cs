namespace Concentric.Core.Questions;

/// <summary>A service as other areas need it: LGSL identifier, published name, and the citizen's word for it where there is one.</summary>
public sealed record ServiceName(string Id, string Label, string? CitizenLabel)
{
    public string Plain => CitizenLabel ?? Label;

    /// <summary>Whether a reader may be in danger if somebody sees them look at it: a citizen's page about it can be left at once.</summary>
    public bool IsSensitive { get; init; }
}

/// <summary>Asked by Serve, Measure and Improve; answered by Needs.</summary>
public interface IServiceNames
{
    /// <summary>The service of that LGSL identifier, or null.</summary>
    Task<ServiceName?> Find(string id, CancellationToken stop = default);

    /// <summary>All services in use, by plain name. For pickers and for naming the rows of a table.</summary>
    Task<IReadOnlyList<ServiceName>> All(CancellationToken stop = default);
}

/// <summary>A dated change to a service, as a chart marks it.</summary>
public sealed record ServiceChange(Guid Id, string Service, DateOnly From, string What, DateTimeOffset RecordedAt);

/// <summary>Asked by Measure; answered by Improve.</summary>
public interface IServiceChanges
{
    /// <summary>The changes of a service that were not withdrawn, oldest first.</summary>
    Task<IReadOnlyList<ServiceChange>> Of(string service, CancellationToken stop = default);
}

/// <summary>What a demo service is for and what its citizens ask of it, in their words.</summary>
public sealed record DemoPurpose(string Service, string Purpose, IReadOnlyList<(string Words, Facts.Demand Demand)> Types);

/// <summary>A dated change to a demo service.</summary>
public sealed record DemoChange(string Service, DateOnly From, string What);

/// <summary>Asked by Serve and Improve for their seeds; answered by Measure, which invents the demo council's contacts and so knows what they are about.</summary>
public interface IDemoCouncil
{
    IReadOnlyList<DemoPurpose> Purposes { get; }

    /// <param name="today">The day of the seed, from which the invented contacts go back.</param>
    IReadOnlyList<DemoChange> Changes(DateOnly today);
}
