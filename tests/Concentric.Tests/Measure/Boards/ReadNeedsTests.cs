using Concentric.Measure.Boards;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure.Boards;

/// <summary>End-to-end measures that are read together have the figures that each has by itself.</summary>
[Trait("Database", "none")]
public sealed class ReadNeedsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_together_or_alone_the_points_are_the_same(bool exact)
    {
        await using var test = new TestStore();
        await test.Put(Rows());
        var contacts = new VisibleContacts(test.Store, exact);
        var scope = await ScopeOf(test.Store);
        BoardMeasure[] measures =
        [
            .. from service in (string[])["524", "57"]
               from channel in (string?[])[null, "web", "phone"]
               from figure in NeedFigure.All
               select Measure(service, channel, figure.Name),
        ];

        var together = await ReadSeries.Of(scope, measures, contacts, TestContext.Current.CancellationToken);

        foreach (var (measure, series) in measures.Zip(together))
        {
            var alone = (await ReadSeries.Of(scope, [measure], contacts, TestContext.Current.CancellationToken))[0];
            Assert.Equal(alone.Points, series.Points);
            Assert.Equal(alone.Unlinked, series.Unlinked);
            Assert.NotEmpty(series.Points);
        }
        Assert.NotNull(together[0].Unlinked);
    }

    private static BoardMeasure Measure(string service, string? channel, string figure)
    {
        var where = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["service"] = [service] };
        if (channel is not null) where["channel"] = [channel];
        return TestCharts.Measure(Better.Lower, $"{figure} {service} {channel}") with { Versions = [new(1, null, new() { Kind = SourceKind.EndToEnd, Figure = figure, Where = where })] };
    }

    private static async Task<Scope> ScopeOf(DuckContactStore store)
    {
        var part = (await store.Statistics(TestContext.Current.CancellationToken)).Parts[0];
        var council = store.Dimensions.Councils[0];
        return new() { Council = council, IsOwn = true, Kind = part.Kind, Councils = [council], Weeks = 104, Period = new(part.First, part.Last), Through = part.Last, First = part.First };
    }

    private static List<ContactRow> Rows() =>
    [
        .. Enumerable.Range(0, 4000).Select(i => new ContactRow($"{i}", new DateTime(2025, 1, 6, 9, 0, 0, DateTimeKind.Utc).AddHours(i * 3000.0 / 4000))
        {
            Service = i % 5 < 3 ? "524" : "57", Channel = (byte)(1 + i % 7 % 2), Person = i % 9 == 0 ? 0 : (ulong)(1 + i * 7919 % 1500), Resolved = i % 4 == 0 ? ContactResolved.No : ContactResolved.Yes,
        }),
    ];
}
