using System.Text.RegularExpressions;

namespace Concentric.Needs.Standards.Reading;

/// <summary>The names that an entry had before, as the history notes of esd-toolkit's lists tell them.</summary>
internal static partial class HistoryNotes
{
    private const int LongestNote = 20_000;

    /// <summary>
    /// The names in "Term name changed from 'A' to 'B' in version 3.00. Name changed to 'C' in version 4.00." are A, B and C. The present name
    /// is among them; who adds them leaves it out.
    /// </summary>
    public static IEnumerable<OtherName> FormerNames(string? note)
    {
        if (note is null || note.Length > LongestNote) yield break;
        foreach (Match match in Changed.Matches(note))
            foreach (var name in new[] { "from", "to" }.Select(g => match.Groups[g]).Where(g => g.Success && !string.IsNullOrWhiteSpace(g.Value)))
                yield return new(name.Value, NameKind.Historic);
    }

    // A name may hold an apostrophe (Children's homes): it ends at a mark that is followed by what comes after a name. Lengths are bounded, for notes are others' text.
    [GeneratedRegex(@"changw?ed\s+(?:from\s+['‘’](?<from>[^\r\n]{1,300}?)['‘’](?=\s+(?:to|in|and)\b)\s*)?(?:to\s+['‘’](?<to>[^\r\n]{1,300}?)(?:['‘’]|(?=\s+in\s+version))(?=\s+(?:in|and)\b|\s*[.,;]|\s*$))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Changed { get; }
}
