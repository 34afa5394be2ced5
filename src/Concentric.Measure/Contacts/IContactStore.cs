namespace Concentric.Measure.Contacts;

/// <summary>
/// Where contacts are kept for measuring: columnar, derived from facts, with no direct identifier in it. One file in
/// process (<see cref="DuckContactStore"/>); where one machine is outgrown, a cluster sharded by council.
/// </summary>
public interface IContactStore
{
    /// <summary>What the codes mean, as of the last change.</summary>
    ContactDimensions Dimensions { get; }

    /// <summary>Answers a question from what is committed; what is being written does not hold it up.</summary>
    /// <exception cref="ArgumentException">The question makes no sense.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    Task<CubeResult> Query(CubeQuery query, CancellationToken stop = default);

    /// <summary>Each person's first contact on each service in a period, where a citizen began it and it was coded as value demand. By person, day and service.</summary>
    /// <param name="council">Code of the council.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day, included.</param>
    Task<FirstContactRows> FirstContacts(int council, DateOnly from, DateOnly to, CancellationToken stop = default);

    /// <summary>Amounts that were counted elsewhere: visits, calls offered, views. They are no contacts and are never added to them.</summary>
    Task<CountedResult> Counted(CountedQuery query, CancellationToken stop = default);

    /// <summary>Which step follows which in cases, how often, and after how long on average.</summary>
    Task<IReadOnlyList<StepPair>> Steps(StepQuery query, CancellationToken stop = default);

    /// <summary>What citizens needed, from first contact to need met; by group, then period. A group and period of which nothing is known is left out.</summary>
    /// <exception cref="ArgumentException">The question makes no sense.</exception>
    Task<IReadOnlyList<NeedCounts>> Needs(NeedQuery query, CancellationToken stop = default);

    /// <summary>How much came in during each half hour in which anything did; by day, then half hour.</summary>
    Task<IReadOnlyList<HalfHour>> Workload(WorkloadQuery query, CancellationToken stop = default);

    /// <summary>Who was asked how it was, and what they said.</summary>
    Task<IReadOnlyList<FeedbackCount>> Feedback(FeedbackQuery query, CancellationToken stop = default);

    /// <summary>What was last said of each thing by facts of that kind: demand types, system causes and audits, by their ids.</summary>
    Task<IReadOnlyList<T>> Told<T>(CancellationToken stop = default) where T : Core.Journal.IFact;

    /// <summary>How matters of known persons went: which were settled by their first contact.</summary>
    Task<IReadOnlyList<ChainCount>> Chains(ChainQuery query, CancellationToken stop = default);

    /// <summary>Whose steps there are: our own cases by council and service, and imported logs.</summary>
    Task<IReadOnlyList<StepSource>> StepSources(CancellationToken stop = default);

    /// <summary>The steps of one source as a log, from which journeys are measured.</summary>
    Task<Journeys.EventLog> Journeys(JourneyQuery query, CancellationToken stop = default);

    /// <summary>How many steps <see cref="Journeys"/> would read.</summary>
    Task<long> CountSteps(JourneyQuery query, CancellationToken stop = default);

    /// <summary>How many cases each service has, by its code; 0 where it is not known. The service of the question is left out of account.</summary>
    Task<IReadOnlyDictionary<int, int>> CasesByService(JourneyQuery query, CancellationToken stop = default);

    /// <summary>Contacts and steps of one case of our own, by time; empty where there is none.</summary>
    /// <param name="council">Code of the council.</param>
    /// <param name="caseRef">Number of its <see cref="Core.Reference"/>.</param>
    Task<IReadOnlyList<CaseMoment>> Case(int council, ulong caseRef, CancellationToken stop = default);

    /// <summary>How much is kept, and up to which fact.</summary>
    Task<ContactStatistics> Statistics(CancellationToken stop = default);

    /// <summary>Applies what facts say and remembers the last of them, in one transaction: a fact is applied once or not at all.</summary>
    Task Apply(FactBatch facts, CancellationToken stop = default);
}

/// <summary>How much is kept.</summary>
/// <param name="LastFact">Number of the last fact applied.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record ContactStatistics(long Contacts, long LastFact, long Bytes, IReadOnlyList<ContactStatistics.Part> Parts)
{
    /// <summary>Rows of what was counted elsewhere.</summary>
    public long Counts { get; init; }

    /// <summary>Steps of cases.</summary>
    public long Steps { get; init; }

    /// <summary>Rows of one council and kind, and their first and last day.</summary>
    public sealed record Part(int Council, ContactKind Kind, long Contacts, DateOnly First, DateOnly Last);
}
