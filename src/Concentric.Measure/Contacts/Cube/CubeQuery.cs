namespace Concentric.Measure.Contacts;

/// <summary>What contacts are grouped and filtered by. Every value is a whole number; <see cref="ContactDimensions"/> names them.</summary>
public enum Dimension
{
    /// <summary>Days since 1 January 1970, by the council's clock (<see cref="ContactCalendar"/>).</summary>
    Day,

    /// <summary>Weeks from Monday, since the week of 1 January 1970.</summary>
    Week,

    /// <summary>Months since January 1970.</summary>
    Month,
    Council,

    /// <summary><see cref="ContactKind"/>.</summary>
    Kind,

    /// <summary><see cref="ContactInitiator"/>.</summary>
    Initiator,
    Service,

    /// <summary>LGIL interaction.</summary>
    Interaction,

    /// <summary>Code of <see cref="Core.Facts.Channels"/>.</summary>
    Channel,

    /// <summary>Small area the contact came from; 0 where it is not known.</summary>
    Area,

    /// <summary>Ward of the area.</summary>
    Ward,

    /// <summary>Profile group of the area, a property of the place and never of the person.</summary>
    Profile,

    /// <summary>Deprivation decile of the area, 1 most deprived; 0 not known.</summary>
    Decile,

    /// <summary><see cref="Core.Facts.Demand"/>.</summary>
    Demand,

    /// <summary>Code of <see cref="Core.Facts.FailureCauses"/>, 0 where none is set.</summary>
    FailureCause,

    /// <summary><see cref="ContactResolved"/>.</summary>
    Resolved,

    /// <summary>Handling time or duration in steps of 8 % (<see cref="SecondsBin"/>), for medians and percentiles.</summary>
    SecondsBin,

    /// <summary>Where the row comes from: our own enquiries, or a source of an imported file.</summary>
    Source,
    Batch,

    /// <summary>What they asked, in citizens' words; 0 where it is not known.</summary>
    DemandType,

    /// <summary>What in how the council works made them ask; 0 where it is not known.</summary>
    SystemCause,

    /// <summary>The service whose work made them ask; 0 where it is not known.</summary>
    CauseService,

    /// <summary>The step of a process that made them ask; 0 where it is not known.</summary>
    CauseStep,

    /// <summary>1: made while what it is about was still open, to ask what is happening. Only of our own enquiries.</summary>
    Chases,

    /// <summary>The team that had it when it was answered (<see cref="TeamRows"/>); 0 where it is not known, 1 for the desk's own. Only of our own enquiries.</summary>
    Team,
}

/// <summary>What is worked out for each group. Counts and sums are exact.</summary>
public enum Measure
{
    /// <summary>Number of contacts (or of requests, by the filter on <see cref="Dimension.Kind"/>).</summary>
    Contacts,

    /// <summary>Number of different persons, exact; contacts whose person is not known count for none.</summary>
    Persons,

    /// <summary>Contacts whose person is known: the n behind <see cref="Persons"/> and repeats.</summary>
    ContactsOfKnownPersons,

    /// <summary>Sum of stated costs in pence; null where no contact of the group states one.</summary>
    CostPence,

    /// <summary>Contacts that state a cost.</summary>
    CostCount,

    /// <summary>Contacts that state none.</summary>
    NoCostStated,

    /// <summary>Contacts that state a duration.</summary>
    SecondsCount,

    /// <summary>Mean duration in seconds; null where none is stated.</summary>
    MeanSeconds,

    /// <summary>Standard deviation of the duration over the contacts that state one (n − 1 below); null under two of them. Not to sort by.</summary>
    SecondsDeviation,

    /// <summary>The least stated duration that half of the contacts do not exceed, in seconds; null where none is stated. Exact, or where <see cref="CubeQuantiles"/> says so within 4 %.</summary>
    MedianSeconds,

    /// <summary>As <see cref="MedianSeconds"/>, for nine of ten.</summary>
    Percentile90Seconds,

    /// <summary>Contacts coded as value or failure demand: the n behind a share of failure demand.</summary>
    CodedContacts,

    /// <summary>Contacts coded as failure demand.</summary>
    FailureContacts,

    /// <summary>Contacts known to be resolved.</summary>
    ResolvedContacts,

    /// <summary>Contacts known to be resolved or not resolved.</summary>
    ResolutionKnownContacts,

    /// <summary>Contacts whose person had asked about the same service at most 7 days (604,800 s) before.</summary>
    Repeats7Days,

    /// <summary>As <see cref="Repeats7Days"/>, at most 14 days.</summary>
    Repeats14Days,

    /// <summary>As <see cref="Repeats7Days"/>, at most 28 days.</summary>
    Repeats28Days,

    SatisfactionCount,

    /// <summary>Mean satisfaction, as the source scales it; null where none is stated.</summary>
    MeanSatisfaction,

    /// <summary>Standard deviation of satisfaction (n − 1 below); null under two that are stated. Not to sort by.</summary>
    SatisfactionDeviation,

    /// <summary>The least that one contact of the group is stated to have cost, in pence; only for analysts, and for how roughly others may see a mean.</summary>
    CostLeast,
    CostMost,
    SecondsLeast,
    SecondsMost,
    SatisfactionLeast,
    SatisfactionMost,
}

/// <summary>Keeps contacts whose dimension has one of the codes.</summary>
public sealed record Filter(Dimension Dimension, params IReadOnlyList<int> Codes);

/// <summary>Whole days by the council's clock, both ends included.</summary>
public sealed record DayRange(DateOnly From, DateOnly To);

/// <summary>By a measure or a dimension; rows without the measure come last, and what is equal stands in the order of the dimensions.</summary>
public sealed record Order(Measure? Measure, Dimension? Dimension, bool Descending)
{
    /// <summary>As the rows come, for whoever looks them up by their codes: putting a million groups in order takes as long as counting them.</summary>
    public static Order None { get; } = new(null, null, false);

    public static Order ByLargest(Measure measure) => new(measure, null, true);
    public static Order BySmallest(Measure measure) => new(measure, null, false);
    public static Order By(Dimension dimension) => new(null, dimension, false);
}

/// <summary>A question to the contact store: never SQL text, and nothing in it is quoted, because every value is a whole number.</summary>
/// <param name="Council">Code of the one council whose contacts are asked for. Councils are never mixed by accident: pseudonyms do not meet across them.</param>
/// <param name="By">Dimensions of the groups, none for one total; at most 6, each once.</param>
/// <param name="Measures">At least one.</param>
/// <param name="Where">All must hold.</param>
/// <param name="Days">Days included; null for all.</param>
/// <param name="Order">Null for the order of the dimensions.</param>
/// <param name="Limit">Most rows; null for all.</param>
public sealed record CubeQuery(
    int Council,
    IReadOnlyList<Dimension> By,
    IReadOnlyList<Measure> Measures,
    IReadOnlyList<Filter> Where,
    DayRange? Days = null,
    Order? Order = null,
    int? Limit = null)
{
    private const int MostDimensions = 6;
    private const int MostCodes = 10_000;

    /// <summary>Contacts that citizens made: service requests and contacts by staff or systems are left out.</summary>
    public static CubeQuery CitizenContacts(int council) => Citizens(council, ContactKind.Contact);

    /// <summary>Service requests that citizens made. They are never counted as contacts.</summary>
    public static CubeQuery CitizenRequests(int council) => Citizens(council, ContactKind.ServiceRequest);

    public CubeQuery GroupedBy(params IReadOnlyList<Dimension> by) => this with { By = by };

    public CubeQuery Counting(params IReadOnlyList<Measure> measures) => this with { Measures = measures };

    /// <summary>Adds a filter.</summary>
    public CubeQuery With(Dimension dimension, params IReadOnlyList<int> codes) => this with { Where = [.. Where, new(dimension, codes)] };

    public CubeQuery Between(DateOnly from, DateOnly to) => this with { Days = new(from, to) };

    public CubeQuery Sorted(Order order, int? limit = null) => this with { Order = order, Limit = limit };

    /// <exception cref="ArgumentException">The question makes no sense; the message says why.</exception>
    internal void Check()
    {
        static void Refuse(bool when, string why) { if (when) throw new ArgumentException(why); }
        Refuse(Measures.Count == 0, "A query needs a measure.");
        Refuse(By.Count > MostDimensions, $"A query groups by at most {MostDimensions} dimensions.");
        Refuse(By.Distinct().Count() != By.Count, "A dimension is named twice.");
        Refuse(Measures.Distinct().Count() != Measures.Count, "A measure is named twice.");
        Refuse(Where.Any(w => w.Codes.Count is 0 or > MostCodes), $"A filter has from 1 to {MostCodes} codes.");
        Refuse(Order is { Measure: { } m } && !Measures.Contains(m), "The query is sorted by a measure that it does not ask for.");
        Refuse(Order is { Measure: Measure.SecondsDeviation or Measure.SatisfactionDeviation }, "A query is not sorted by a deviation.");
        Refuse(Order is { Dimension: { } d } && !By.Contains(d), "The query is sorted by a dimension that it does not group by.");
        Refuse(Limit is <= 0, "A limit is at least 1.");
        Refuse(Days is { } days && days.From > days.To, "The first day is after the last.");
    }

    private static CubeQuery Citizens(int council, ContactKind kind) =>
        new(council, [], [Measure.Contacts], [new(Dimension.Kind, (int)kind), new(Dimension.Initiator, (int)ContactInitiator.Citizen)]);
}
