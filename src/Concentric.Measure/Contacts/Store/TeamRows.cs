using System.Globalization;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Keeps the column <c>team</c> of contacts true: the code of an actor and 1, so that the desk's own work is 1 and 0 is left for what is not known.</summary>
/// <remarks>
/// Definition 1. A contact counts for the team that had the enquiry when it was answered last. One that follows an enquiry, to chase it or to say that it is not sorted, counts for the
/// team of that enquiry: whoever made them ask again learns of it. What was not answered yet has no team, and rows of a file have none.
/// </remarks>
internal static class TeamRows
{
    /// <summary>An actor's code as contacts have it.</summary>
    public static ushort Kept(int actor) => (ushort)Math.Min(actor + 1, ushort.MaxValue);

    /// <summary>The actor of a contact's team; 0, which is nobody's code, for the desk's own. Null: not known.</summary>
    public static int? Actor(int team) => team == 0 ? null : team - 1;

    /// <summary>Gives what follows an enquiry that enquiry's team.</summary>
    /// <param name="caseRefs">What was raised or changed.</param>
    public static void Renew(DuckConnection store, IReadOnlyCollection<ulong> caseRefs)
    {
        if (caseRefs.Count == 0) return;
        var which = $"IN ({string.Join(", ", caseRefs.Select(c => c.ToString(CultureInfo.InvariantCulture)))})";
        // Few follow anything, and the teams of all enquiries are not looked for: only those of what these follow, or of what follows these.
        var following = $"contact.source = {StoreTables.Enquiries} AND contact.thread <> contact.case_ref AND (contact.case_ref {which} OR contact.thread {which})";
        var threads = Threads(store, following);
        if (threads.Length == 0) return;
        store.Execute($"""
            UPDATE contact SET team = o.team
            FROM (SELECT case_ref, max(team) AS team FROM contact WHERE source = {StoreTables.Enquiries} AND thread = case_ref AND case_ref IN ({threads}) GROUP BY case_ref) o
            WHERE {following} AND contact.thread = o.case_ref AND contact.team <> o.team
            """);
    }

    private static string Threads(DuckConnection store, string following)
    {
        var threads = new List<ulong>();
        using var rows = store.Query($"SELECT DISTINCT thread FROM contact WHERE {following}");
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++) threads.Add(rows.Column(0).Unsigned(i));
        }
        return string.Join(", ", threads.Select(t => t.ToString(CultureInfo.InvariantCulture)));
    }
}
