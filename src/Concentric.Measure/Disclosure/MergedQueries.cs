using System.Globalization;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Disclosure;

/// <summary>Puts many questions to the store as few: those that differ only in what they measure and in the single codes they keep become one, parted by what they differ in.</summary>
/// <remarks>A board of 200 measures asks perhaps ten questions. The answers are the same as when each question is asked by itself, so rule A may be applied to each afterwards.</remarks>
internal static class MergedQueries
{
    /// <summary>Questions group by at most this many dimensions.</summary>
    private const int MostDimensions = 6;

    /// <summary>The exact answers, in the order of the questions.</summary>
    public static async Task<IReadOnlyList<CubeResult>> Ask(IReadOnlyList<CubeQuery> queries, Func<CubeQuery, Task<CubeResult>> ask)
    {
        var answers = new CubeResult[queries.Count];
        foreach (var alike in queries.Index().GroupBy(q => Likeness(q.Item, q.Index)))
        {
            var members = alike.ToList();
            var parting = Parting([.. members.Select(m => m.Item)]);
            if (members.Count == 1 || members[0].Item.By.Count + parting.Count > MostDimensions)
            {
                foreach (var (at, query) in members) answers[at] = await ask(query);
                continue;
            }
            var merged = await ask(Merge([.. members.Select(m => m.Item)], parting));
            var rows = Enumerable.Range(0, merged.Rows).ToLookup(row => Key(parting.Select(d => merged.Code(row, d))));
            foreach (var (at, query) in members) answers[at] = Part(query, merged, [.. rows[Key(parting.Select(d => CodeOf(query, d)))]]);
        }
        return answers;
    }

    // Persons and quantiles cost more than sums, so questions without them are not made to wait for theirs. Order and limit are the asker's own business afterwards.
    private static string Likeness(CubeQuery query, int index) =>
        query.Limit is not null || query.By.Any(d => query.Where.Any(w => w.Dimension == d)) || query.Where.GroupBy(w => w.Dimension).Any(g => g.Count() > 1)
            ? $"alone {index.ToString(CultureInfo.InvariantCulture)}"
            : string.Join('|', [
                query.Council.ToString(CultureInfo.InvariantCulture), $"{query.Days}", string.Join(',', query.By),
                $"{query.Measures.Contains(Contacts.Measure.Persons)} {query.Measures.Any(m => m is Contacts.Measure.MedianSeconds or Contacts.Measure.Percentile90Seconds)}",
                .. query.Where.OrderBy(w => w.Dimension).Select(w => w.Codes.Count == 1 ? $"{w.Dimension}" : $"{w.Dimension}={string.Join(',', w.Codes.Order())}"),
            ]);

    /// <summary>The dimensions in which the questions keep different codes.</summary>
    private static List<Dimension> Parting(List<CubeQuery> queries) =>
        [.. queries[0].Where.Select(w => w.Dimension).Where(d => queries[0].Where.Single(w => w.Dimension == d).Codes.Count == 1 && queries.Select(q => CodeOf(q, d)).Distinct().Count() > 1)];

    private static CubeQuery Merge(List<CubeQuery> queries, List<Dimension> parting) => queries[0] with
    {
        By = [.. queries[0].By, .. parting],
        Measures = [.. queries.SelectMany(q => q.Measures).Distinct()],
        Where = [.. queries[0].Where.Select(w => parting.Contains(w.Dimension) ? new Filter(w.Dimension, [.. queries.Select(q => CodeOf(q, w.Dimension)).Distinct().Order()]) : w)],
        Order = null,
    };

    private static CubeResult Part(CubeQuery query, CubeResult merged, List<int> rows) =>
        query.By.Count == 0 && rows.Count == 0
            // Nothing matched: the question by itself would have one row of nothing.
            ? new(query, [], [.. query.Measures.Select(m => new[] { IsSum(m) ? 0 : double.NaN })])
            : new(query, [.. query.By.Select(d => rows.Select(row => merged.Code(row, d)).ToArray())], [.. query.Measures.Select(m => rows.Select(row => merged.Value(row, m) ?? double.NaN).ToArray())]);

    private static bool IsSum(Contacts.Measure measure) => measure is not (Contacts.Measure.CostPence or Contacts.Measure.MeanSeconds or Contacts.Measure.SecondsDeviation or Contacts.Measure.MedianSeconds
        or Contacts.Measure.Percentile90Seconds or Contacts.Measure.MeanSatisfaction or Contacts.Measure.SatisfactionDeviation or >= Contacts.Measure.CostLeast and <= Contacts.Measure.SatisfactionMost);

    private static int CodeOf(CubeQuery query, Dimension dimension) => query.Where.Single(w => w.Dimension == dimension).Codes[0];

    private static string Key(IEnumerable<int> codes) => string.Join(' ', codes);
}
