using Concentric.Serve.Audits;

namespace Concentric.Tests.Serve.Audits;

public class SampleDrawTests
{
    [Theory]
    [InlineData(new[] { 100, 50, 10, 1 }, 40)]
    [InlineData(new[] { 3, 3, 3 }, 100)]
    [InlineData(new[] { 1000, 2, 2, 2 }, 20)]
    [InlineData(new[] { 7 }, 5)]
    public void Each_part_gives_two_and_the_rest_in_proportion(int[] sizes, int total)
    {
        var given = SampleDraw.Allocate(sizes, total);

        Assert.Equal(Math.Min(total, sizes.Sum()), given.Sum());
        Assert.All(given.Zip(sizes), g => Assert.InRange(g.First, Math.Min(2, g.Second), g.Second));
        Assert.Equal(given.OrderDescending(), given);
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_another_does_not()
    {
        var parts = Parts(60, 30);

        Assert.Equal(SampleDraw.Of(parts, 30, 7), SampleDraw.Of(parts, 30, 7));
        Assert.NotEqual(SampleDraw.Of(parts, 30, 7), SampleDraw.Of(parts, 30, 8));
        Assert.Equal(30, SampleDraw.Of(parts, 30, 7).Distinct().Count());
    }

    [Fact]
    public void Every_contact_is_drawn_equally_often()
    {
        var parts = Parts(10);
        var counts = parts[0].Ids.ToDictionary(id => id, _ => 0);
        for (var seed = 0; seed < 4000; seed++) foreach (var (_, id) in SampleDraw.Of(parts, 3, seed)) counts[id]++;

        // 1,200 each, with a deviation of 29.
        Assert.All(counts.Values, n => Assert.InRange(n, 1080, 1320));
    }

    private static List<DrawPart> Parts(params int[] sizes) => [.. sizes.Select((n, p) => new DrawPart($"{p}", "web", [.. Enumerable.Range(0, n).Select(i => new Guid(p, (short)i, 0, new byte[8]))]))];
}
