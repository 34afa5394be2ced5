using Concentric.Core.Facts;
using Concentric.Measure.Contacts;
using Concentric.Measure.Disclosure;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Tests.Measure.Boards;

/// <summary>Many questions put to the store as few have the same answers as each by itself.</summary>
[Trait("Database", "none")]
public sealed class MergedQueriesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_answers_are_those_of_each_question_by_itself(bool exact)
    {
        await using var test = new TestStore();
        await test.Put(Rows());
        var contacts = new VisibleContacts(test.Store, exact);
        var queries = Queries(test.Store.Dimensions);

        var together = await contacts.QueryAll(queries, TestContext.Current.CancellationToken);

        foreach (var (query, merged) in queries.Zip(together))
        {
            var alone = await contacts.Query(query, TestContext.Current.CancellationToken);
            Assert.Equal(Lines(alone), Lines(merged));
            Assert.Equal(alone.IsWithheld, merged.IsWithheld);
        }
    }

    [Fact]
    public async Task Questions_that_differ_in_codes_and_figures_become_few()
    {
        await using var test = new TestStore();
        await test.Put(Rows());
        var queries = Queries(test.Store.Dimensions);
        var asked = 0;

        await MergedQueries.Ask(queries, query =>
        {
            asked++;
            return test.Store.Query(query);
        });

        // By week and month; sums, persons and quantiles apart; of all, of a service, of a service's channel, of two channels together; and two questions for one total each.
        Assert.Equal((103, 2 * 3 * 4 + 2), (queries.Count, asked));
    }

    private static List<CubeQuery> Queries(ContactDimensions names)
    {
        var queries = new List<CubeQuery>();
        CountedMeasure[][] figures = [[CountedMeasure.Contacts], [CountedMeasure.FailureContacts, CountedMeasure.CodedContacts], [CountedMeasure.MedianSeconds, CountedMeasure.SecondsCount], [CountedMeasure.MeanSatisfaction, CountedMeasure.SatisfactionCount], [CountedMeasure.Persons]];
        foreach (var figure in figures)
            foreach (var per in (Dimension[])[Dimension.Week, Dimension.Month])
            {
                var all = CubeQuery.CitizenContacts(1).GroupedBy(per).Counting(figure).Between(new(2025, 1, 6), new(2025, 6, 29));
                queries.Add(all);
                foreach (var service in names.Services.Where(s => s.Code > 0))
                {
                    queries.Add(all.With(Dimension.Service, service.Code));
                    foreach (var channel in (byte[])[1, 2, 9]) queries.Add(all.With(Dimension.Service, service.Code).With(Dimension.Channel, channel));
                }
                queries.Add(all.With(Dimension.Channel, 1, 2));
            }
        queries.Add(CubeQuery.CitizenContacts(1));
        queries.Add(CubeQuery.CitizenContacts(1).With(Dimension.Channel, 9));
        queries.Add(CubeQuery.CitizenContacts(1).With(Dimension.Channel, 1));
        return queries;
    }

    private static List<ContactRow> Rows() =>
    [
        .. Enumerable.Range(0, 3000).Select(i => new ContactRow($"{i}", new DateTime(2025, 1, 6, 9, 0, 0, DateTimeKind.Utc).AddHours(i * 4200.0 / 3000))
        {
            Service = i % 5 < 3 ? "524" : "57", Channel = (byte)(1 + i % 7 % 2), Demand = i % 3 == 0 ? Demand.Failure : i % 3 == 1 ? Demand.Value : Demand.NotCoded,
            Seconds = i % 4 == 0 ? null : 60 + i % 600, Satisfaction = i % 6 == 0 ? (byte?)(i % 3) : null, Person = (ulong)(i % 40),
        }),
    ];

    private static List<string> Lines(CubeResult result) =>
        [.. Enumerable.Range(0, result.Rows).Select(row => string.Join(' ', [.. result.Query.By.Select(d => $"{result.Code(row, d)}"), .. result.Query.Measures.Select(m => $"{result.Value(row, m):R}{(result.IsHidden(row, m) ? "?" : "")}")]))];
}
