using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>Somebody asked something of the council: a contact. Measure counts it from this fact on.</summary>
/// <param name="Reference">The enquiry, <c>CN-…</c>.</param>
/// <param name="Council">Short name of the council.</param>
/// <param name="Service">LGSL identifier, or null where the citizen was not sure.</param>
/// <param name="Channel">Channel by its short name (<see cref="Channels"/>).</param>
/// <param name="Person">Keyed pseudonym of who asked (<see cref="People.Pseudonyms"/>), 0 where nobody is named.</param>
/// <param name="At">When they asked.</param>
/// <param name="Follows">The enquiry that it is about once more, where it chases one or says that it is not sorted; null for a first contact.</param>
/// <param name="Area">Code of the small area where they live, by the council's list of postcodes; null where it is not known, and where what they ask about is sensitive.</param>
public sealed record EnquiryRaised(string Reference, string Council, string? Service, string Channel, ulong Person, DateTimeOffset At, string? Follows = null, string? Area = null) : IFact
{
    public string Subject => Reference;
}

/// <summary>The citizen said whether what they were answered is sorted.</summary>
/// <param name="Sorted">False opened it again, which is a contact of its own.</param>
/// <param name="Rating">How they felt about how it was dealt with, from 1, very dissatisfied, to 5, very satisfied; null where they did not say.</param>
public sealed record CitizenSaidSorted(string Reference, bool Sorted, DateTimeOffset At, int? Rating = null) : IFact
{
    public string Subject => Reference;
}

/// <summary>The enquiry was answered.</summary>
/// <param name="HandlingSeconds">Time that the adviser worked on it, where known.</param>
/// <param name="Resolved">Whether the adviser holds that the citizen has what they asked for.</param>
/// <param name="Team">The team that had it then, empty for the desk's own; null in facts from before teams were told.</param>
public sealed record EnquiryAnswered(string Reference, int? HandlingSeconds, bool Resolved, string? Team = null) : IFact
{
    public string Subject => Reference;
}

/// <summary>An adviser said what kind of demand the contact was.</summary>
/// <param name="DemandType">Id of the service's own demand type, or null with <see cref="Demand.Unknown"/>.</param>
public sealed record ContactCoded(string Reference, Guid? DemandType, Demand Demand) : IFact
{
    public string Subject => Reference;
}

/// <summary>A service manager said what caused the demand.</summary>
/// <param name="Cause">Short name of the cause (<see cref="FailureCauses"/>), or null to take it back.</param>
/// <param name="SystemCause">Id of the system cause (<see cref="SystemCauseWritten"/>): what in how we work made them ask. Null: not said.</param>
/// <param name="CausedBy">LGSL identifier of the service whose work caused it. Null: not said.</param>
/// <param name="Step">The step of its process that caused it. Null: not said.</param>
public sealed record CauseSet(string Reference, string? Cause, Guid? SystemCause = null, string? CausedBy = null, string? Step = null) : IFact
{
    public string Subject => Reference;
}

/// <summary>A file of contacts was accepted. Its rows are kept under data/imports by batch, and the contact store reads them from there.</summary>
/// <param name="Batch">Number of the batch, from 1.</param>
/// <param name="Council">Short name of the council whose contacts these are.</param>
/// <param name="Mapping">Name of the mapping that read them.</param>
/// <param name="FileDigest">SHA-256 of the file as given, hexadecimal.</param>
/// <param name="RowsDigest">SHA-256 of the kept rows, so that a rebuild knows that they are the same.</param>
public sealed record ContactsImported(int Batch, string Council, string Mapping, string FileDigest, string RowsDigest, long Read, long Imported, long Duplicates, long Rejected) : IFact
{
    public string Subject => $"batch-{Batch}";
}

/// <summary>An import was taken back: none of its rows is counted any more, and the same file may be imported again. Its rows are not kept.</summary>
/// <param name="Batch">Number of the batch.</param>
/// <param name="Council">Short name of the council whose rows they were.</param>
/// <param name="Mapping">Name of the mapping that had read them.</param>
/// <param name="FileName">The file's name without folders, for the list of batches.</param>
/// <param name="Rows">What its rows were: 0 contacts or requests, 1 counts, 2 steps of cases.</param>
/// <param name="ImportedAt">When it had been imported.</param>
/// <param name="At">When it was taken back.</param>
public sealed record ContactsImportUndone(
    int Batch, string Council, string Mapping, string FileName, int Rows, long Read, long Imported, long Duplicates, long Changed, long Rejected, long Flagged, DateTimeOffset ImportedAt, DateTimeOffset At) : IFact
{
    public string Subject => $"batch-{Batch}";
}

/// <summary>Value demand is what the service exists to do; failure demand was caused by not doing it, or not doing it right, for the citizen.</summary>
public enum Demand { NotCoded = 0, Value = 1, Failure = 2, Unknown = 3 }

/// <summary>The channels, by the number that the contact store keeps. A number is never used again for another.</summary>
public static class Channels
{
    public sealed record Channel(byte Code, string Name, string Label);

    public static IReadOnlyList<Channel> All { get; } =
    [
        new(0, "unknown", "Not known"),
        new(1, "web", "Web form"),
        new(2, "phone", "Phone"),
        new(3, "face-to-face", "Face to face"),
        new(4, "email", "Email"),
        new(5, "post", "Post"),
        new(6, "social-media", "Social media"),
        new(7, "app", "App"),
        new(8, "web-chat", "Web chat"),
        new(9, "partner", "Partner"),
        new(10, "system", "Another system"),
        new(11, "text-message", "Text message"),
    ];

    public static Channel? Find(string name) => All.FirstOrDefault(c => c.Name == name);
}

/// <summary>Causes of failure demand: the five of National Indicator 14 and a few that services name. Codes are never used again for another.</summary>
public static class FailureCauses
{
    public sealed record Cause(byte Code, string Name, string Label);

    public static IReadOnlyList<Cause> All { get; } =
    [
        new(1, "unnecessary-clarification", "They had to ask what we meant"),
        new(2, "poor-signposting", "They were sent to the wrong place"),
        new(3, "repeat-notification", "They had to tell us again"),
        new(4, "progress-chasing", "They had to ask what is happening"),
        new(5, "premature-closure", "We closed it before it was sorted"),
        new(6, "not-done", "We did not do what we said"),
        new(7, "not-done-right", "We did it wrong"),
        new(8, "another-organisation", "Another organisation caused it"),
    ];

    public static Cause? Find(string? name) => All.FirstOrDefault(c => c.Name == name);
}
