namespace Concentric.Measure.Contacts;

/// <summary>One contact or request as it is given to the contact store, with names in place of codes.</summary>
/// <param name="Id">The source's own id of it, unique within council and scheme. What came in under an id once is not taken again.</param>
/// <param name="OccurredAt">When, in UTC, to the microsecond.</param>
public readonly record struct ContactRow(string Id, DateTime OccurredAt)
{
    public ContactKind Kind { get; init; }
    public ContactInitiator Initiator { get; init; }

    /// <summary>LGSL identifier, as <c>524</c>, or <c>scheme:text</c> of a foreign list. Null: not known.</summary>
    public string? Service { get; init; }

    /// <summary>LGIL interaction, 0 where not stated.</summary>
    public byte Interaction { get; init; }

    /// <summary>Code of <see cref="Core.Facts.Channels"/>.</summary>
    public byte Channel { get; init; }

    /// <summary>Key of the area (an LSOA code, a neighbourhood's name). Null: not known.</summary>
    public string? Area { get; init; }

    public Core.Facts.Demand Demand { get; init; }

    /// <summary>What they asked, in citizens' words as the service has them. Null: not known.</summary>
    public string? DemandType { get; init; }

    /// <summary>What in how the council works made them ask. Null: not known.</summary>
    public string? SystemCause { get; init; }

    /// <summary>Code of <see cref="Core.Facts.FailureCauses"/>, 0 where none is set.</summary>
    public byte FailureCause { get; init; }

    public ContactResolved Resolved { get; init; }

    /// <summary>Stated cost in pence.</summary>
    public int? CostPence { get; init; }

    /// <summary>Handling time, or for a request the time from opened to closed.</summary>
    public int? Seconds { get; init; }

    public byte? Satisfaction { get; init; }

    /// <summary>Pseudonym keyed by council (<see cref="Core.People.Pseudonyms"/>); 0: nobody is named.</summary>
    public ulong Person { get; init; }

    /// <summary>The source's own word for where it comes from. Null: the batch as a whole.</summary>
    public string? Source { get; init; }

    public ContactOddities Oddities { get; init; }
}

/// <summary>What is known of an area beside its key.</summary>
/// <param name="Key">As rows name it.</param>
/// <param name="Ward">The ward's name, or null.</param>
/// <param name="Profile">Key of the profile group, as the OAC supergroup <c>4</c>, or null.</param>
/// <param name="Decile">Deprivation decile, 1 most deprived, or 0.</param>
/// <param name="Households">Households in it, the base of rates; 0 where not known.</param>
public sealed record AreaAttributes(string Key, string Label, string? Ward, string? Profile, byte Decile, int Households);

/// <summary>A key and the words that people read.</summary>
public sealed record Named(string Key, string Label);

/// <summary>A council as the contact store knows it.</summary>
/// <param name="Name">Short name, as in addresses.</param>
/// <param name="IsSynthetic">Invented: every figure of it says so.</param>
/// <param name="Zone">The time zone by which its days begin (IANA name).</param>
public sealed record CouncilAttributes(string Name, string Label, bool IsSynthetic, string Zone = "Europe/London");
