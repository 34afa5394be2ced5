using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>A list about places was taken in: postcodes, areas, groups, populations or boundaries. It replaces the older one of the same kind and part.</summary>
/// <param name="Council">Short name of the council.</param>
/// <param name="Kind">What the list says, as <c>postcodes</c>.</param>
/// <param name="Part">Of populations and boundaries, which: “persons by area”; else empty.</param>
/// <param name="Year">The year that the list is of.</param>
/// <param name="Source">Who published it.</param>
/// <param name="FileDigest">SHA-256 of the file, hexadecimal.</param>
/// <param name="Read">Lines read: taken, unchanged and refused together.</param>
/// <param name="Removed">What stood in the older list and not in this one.</param>
public sealed record PlacesImported(string Council, string Kind, string Part, int Year, string Source, string FileDigest, long Read, long Taken, long Unchanged, long Refused, long Removed) : IFact
{
    public string Subject => $"places-{Council}";
}

/// <summary>Counts of page views, of searches or of calls by page were taken in: sums of many, never of a person.</summary>
/// <param name="Council">Short name of the council.</param>
/// <param name="Kind">What was counted, as <c>page-views</c>.</param>
/// <param name="FileDigest">SHA-256 of the file, hexadecimal.</param>
/// <param name="Read">Lines read: taken, unchanged, dropped and refused together.</param>
/// <param name="Dropped">Lines whose words looked like something about a person; they were not kept.</param>
public sealed record InformationImported(string Council, string Kind, string FileDigest, long Read, long Taken, long Unchanged, long Dropped, long Refused) : IFact
{
    public string Subject => $"information-{Council}";
}

/// <summary>An analyst said which service pages or search words are about, or took it back.</summary>
/// <param name="Council">Short name of the council.</param>
/// <param name="Kind">What is matched: <c>path</c> or <c>words</c>.</param>
/// <param name="Pattern">Beginning of the path, or the words.</param>
/// <param name="Service">Key of the service; null where it was taken back.</param>
public sealed record InformationMatched(string Council, string Kind, string Pattern, string? Service) : IFact
{
    public string Subject => $"information-{Council}";
}
