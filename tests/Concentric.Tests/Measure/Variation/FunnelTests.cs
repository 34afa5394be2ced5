using Concentric.Measure.Variation;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Measure.Variation;

/// <summary>Funnels against another program, and against what other tools do wrongly.</summary>
[Trait("Database", "none")]
public sealed class FunnelTests
{
    /// <summary>Twelve units that differ by far more than chance.</summary>
    private static readonly (int, int)[] _spread = [(30, 100), (45, 120), (10, 80), (70, 150), (22, 90), (55, 200), (80, 160), (12, 60), (33, 140), (64, 110), (20, 130), (41, 100)];

    [Theory]
    [InlineData(0.2, 50, 0.03477614, 0.08440482, 0.30709388, 0.3791441)]
    [InlineData(0.97, 20, 0.76538568, 0.85201946, 0.99770134, 0.99990805)]
    [InlineData(0.05, 5, 0, 0, 0.19763538, 0.42803324)]
    [InlineData(0.3, 400, 0.22945135, 0.25429561, 0.34415879, 0.37093044)]
    public void Limits_of_shares_are_exact_and_never_below_nothing(double share, int n, double lowest, double low, double high, double highest)
    {
        var (inner, outer) = (FunnelLimits.Exact(FunnelKind.Share, share, n, FunnelLimits.Inner), FunnelLimits.Exact(FunnelKind.Share, share, n, FunnelLimits.Outer));

        Assert.Equal((lowest, low, high, highest), (Math.Round(outer.Low, 8), Math.Round(inner.Low, 8), Math.Round(inner.High, 8), Math.Round(outer.High, 8)));
    }

    [Fact]
    public void Limits_of_rates_are_exact()
    {
        // F. Garwood (1936): 4 events, 1.0899 to 10.2416; here to a size of 2.
        var limits = FunnelLimits.Exact(FunnelKind.Rate, 2, 2, FunnelLimits.Inner);

        Assert.Equal((0.5449, 5.1208), (Math.Round(limits.Low, 4), Math.Round(limits.High, 4)));
        Assert.Equal(new Concentric.Measure.Statistics.Interval(0, 0), FunnelLimits.Exact(FunnelKind.Rate, 0, 10, FunnelLimits.Inner));
    }

    [Fact]
    public void An_outer_limit_never_folds_back_within_an_inner_one()
    {
        // sin² falls again beyond π/2: elsewhere the 99.8% limit of 0.97 and 20 came out at 0.971, below the 95% limit of 0.998.
        foreach (var tau2 in (ReadOnlySpan<double>)[0, 0.01, 0.2])
            foreach (var centre in (ReadOnlySpan<double>)[0.001, 0.03, 0.5, 0.97, 0.999])
                foreach (var size in (ReadOnlySpan<double>)[1, 5, 20, 1000])
                    foreach (var kind in (ReadOnlySpan<FunnelKind>)[FunnelKind.Share, FunnelKind.Rate])
                    {
                        var (inner, outer) = (FunnelLimits.Widened(kind, centre, size, FunnelLimits.Inner, tau2), FunnelLimits.Widened(kind, centre, size, FunnelLimits.Outer, tau2));
                        Assert.True(outer.Low <= inner.Low && inner.High <= outer.High && inner.Low <= centre + 1e-12 && inner.High >= centre - 1e-12, $"{kind} {centre} {size} {tau2}");
                    }
        Assert.Equal(1, FunnelLimits.Widened(FunnelKind.Share, 0.97, 20, FunnelLimits.Outer, 0).High);
    }

    [Fact]
    public void Units_that_differ_by_more_than_chance_widen_the_limits_by_what_they_differ()
    {
        var funnel = Funnel.Of(FunnelKind.Share, Units(_spread))!;

        Assert.Equal((0.334722, 8.930181, 0.018371), (Math.Round(funnel.Centre, 6), Math.Round(funnel.Phi!.Value, 6), Math.Round(funnel.Tau2, 6)));
        Assert.Equal((0.10734497, 0.61370271), (Math.Round(funnel.Points[0].Inner.Low, 8), Math.Round(funnel.Points[0].Inner.High, 8)));
        // By chance alone six of the twelve would be beyond; against each other none is.
        Assert.True(Units(_spread).Count(u => !FunnelLimits.Exact(FunnelKind.Share, funnel.Centre, u.Size, FunnelLimits.Outer).Contains(u.Value)) >= 5);
        Assert.DoesNotContain(funnel.Points, p => p.Place == FunnelPlace.Beyond);
    }

    [Fact]
    public void Units_that_differ_by_chance_have_the_limits_of_chance_and_one_that_does_not_is_found()
    {
        FunnelUnit[] even = Units([(20, 100), (25, 120), (15, 80), (31, 150), (17, 90), (41, 200), (31, 160), (13, 60), (28, 140), (23, 110)]);

        var funnel = Funnel.Of(FunnelKind.Share, [.. even, new("x", "X", 70, 130)])!;

        Assert.Equal(0, Funnel.Of(FunnelKind.Share, even)!.Tau2);
        Assert.All(Funnel.Of(FunnelKind.Share, even)!.Points, p => Assert.Equal(FunnelPlace.Within, p.Place));
        Assert.Equal(["x"], funnel.Points.Where(p => p.Place == FunnelPlace.Beyond).Select(p => p.Unit.Key));
        Assert.True(funnel.Points[^1].IsHigh);
    }

    [Fact]
    public void Nothing_and_what_cannot_be_are_no_funnel()
    {
        Assert.Null(Funnel.Of(FunnelKind.Share, []));
        Assert.Null(Funnel.Of(FunnelKind.Share, Units([(1, 4), (2, 4)]))!.Phi);
        Assert.All(Funnel.Of(FunnelKind.Share, Units([(0, 5), (0, 9), (0, 4), (0, 3), (0, 8)]))!.Points, p => Assert.Equal(FunnelPlace.Within, p.Place));
        Assert.All(Funnel.Of(FunnelKind.Share, Units([(5, 5), (9, 9), (4, 4), (3, 3), (8, 8)]))!.Points, p => Assert.Equal(FunnelPlace.Within, p.Place));
        Assert.Throws<ArgumentException>(() => Funnel.Of(FunnelKind.Share, Units([(5, 4)])));
        Assert.Throws<ArgumentException>(() => Funnel.Of(FunnelKind.Rate, Units([(5, 0)])));
    }

    [Fact]
    public void What_is_said_of_a_unit_depends_on_no_order() => Prop.ForAll<PositiveInt[]>(counts =>
    {
        FunnelUnit[] units = [.. counts.Select((c, i) => new FunnelUnit($"{i}", "", c.Get % 50, 50 + c.Get % 300))];
        if (Funnel.Of(FunnelKind.Rate, units) is not { } one) return true;
        var other = Funnel.Of(FunnelKind.Rate, [.. units.Reverse()])!;
        return one.Points.All(p => other.Points.Single(o => o.Unit.Key == p.Unit.Key).Place == p.Place);
    }).QuickCheckThrowOnFailure();

    private static FunnelUnit[] Units((int Count, int Size)[] units) => [.. units.Select((u, i) => new FunnelUnit($"{i}", $"Unit {i}", u.Count, u.Size))];
}
