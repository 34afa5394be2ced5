using System.Globalization;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Dense codes of pseudonyms.</summary>
internal static class Persons
{
    /// <summary>The codes of these pseudonyms of a council; who is new gets one, in the order of the pseudonyms.</summary>
    public static Dictionary<ulong, uint> Codes(DuckConnection store, int council, IEnumerable<ulong> hashes)
    {
        var wanted = hashes.Distinct().Order().ToList();
        var codes = new Dictionary<ulong, uint>();
        using (var known = store.Query($"SELECT hash, code FROM person WHERE council = {Number(council)} AND hash IN ({string.Join(", ", wanted.Select(h => h.ToString(CultureInfo.InvariantCulture)))})"))
        {
            while (known.NextChunk())
            {
                for (var i = 0; i < known.Rows; i++) codes[known.Column(0).Unsigned(i)] = (uint)known.Column(1).Number(i);
            }
        }
        var next = (uint)store.Number("SELECT max(code) FROM person");
        foreach (var hash in wanted.Where(h => !codes.ContainsKey(h)))
        {
            store.Execute("INSERT INTO person VALUES (?, ?, ?)", ++next, council, hash);
            codes[hash] = next;
        }
        return codes;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
