using Concentric.Core;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Measure;

public class ShareTests
{
    [Fact]
    public void Differences_of_shares_are_those_of_the_reference()
    {
        foreach (var row in Vectors.Read("two_proportions.json").GetProperty("rows").EnumerateArray())
        {
            Share Of(int which) => Share.Of(row.GetProperty($"x{which}").GetInt64(), row.GetProperty($"n{which}").GetInt64())!.Value;

            var (difference, low, high) = Share.Difference(Of(1), Of(2));

            Vectors.Near(row.GetProperty("p1").GetDouble() - row.GetProperty("p2").GetDouble(), difference);
            Vectors.Near(row.GetProperty("diff_newcomb")[0].GetDouble(), low);
            Vectors.Near(row.GetProperty("diff_newcomb")[1].GetDouble(), high);
        }
    }

    /// <summary>Newcombe (1998), Statistics in Medicine 17, 857, table I: the score interval without continuity correction.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_is_the_published_one(long part, long whole, double low, double high)
    {
        var share = Share.Of(part, whole)!.Value;

        Assert.Equal(low, share.Low, 4);
        Assert.Equal(high, share.High, 4);
    }

    [Fact]
    public void Nothing_of_nothing_is_no_share()
    {
        Assert.Null(Share.Of(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Share.Of(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Share.Of(-1, 1));
    }

    [Fact]
    public void The_interval_holds_the_share_stays_within_0_and_1_and_mirrors() => Prop.ForAll<PositiveInt, NonNegativeInt>((n, k) =>
    {
        var part = k.Get % (n.Get + 1);
        var (share, other) = (Share.Of(part, n.Get)!.Value, Share.Of(n.Get - part, n.Get)!.Value);
        return share.Low >= 0 && share.Low <= share.Value && share.Value <= share.High && share.High <= 1 && Math.Abs(share.Low - (1 - other.High)) < 1e-12;
    }).QuickCheckThrowOnFailure();
}
