using Concentric.Core;
using Concentric.Measure.Charts;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.Profiling;

/// <summary>How figures of profiles are written.</summary>
internal static class SayFigures
{
    /// <summary>“12.3%”, of a share from 0 to 1.</summary>
    public static string Percent(double? share, int decimals = 1) => share is { } s ? $"{Figures.Show(100 * s, decimals)}%" : Figures.None;

    /// <summary>“88 to 113”.</summary>
    public static string Range(Interval? interval, int decimals = 0, double times = 1) => interval is { } i
        ? $"{Bound(i.Low * times, decimals)} to {Bound(i.High * times, decimals)}" : Figures.None;

    /// <summary>“12.1% to 13.4%”, of shares from 0 to 1.</summary>
    public static string PercentRange(Interval? interval, int decimals = 1) => interval is { } i
        ? $"{Figures.Show(100 * i.Low, decimals)}% to {Figures.Show(100 * i.High, decimals)}%" : Figures.None;

    public static string PercentRange(Share share, int decimals = 0) => PercentRange(new Interval(share.Low, share.High), decimals);

    public static string Finding(Finding finding) => finding switch
    {
        Profiling.Finding.More => "More than expected",
        Profiling.Finding.Fewer => "Fewer than expected",
        Profiling.Finding.NoDifference => "No difference shown",
        Profiling.Finding.TooFew => "Too few to say",
        _ => "Population not known",
    };

    /// <summary>“40.2 of 100” for shares, “1,210 of 1,000” has its own scale: contacts to 1,000 people.</summary>
    public static string Rate(double? rate, bool isShare) => rate is { } r ? isShare ? Percent(r) : Figures.Show(1000 * r, 1) : Figures.None;

    public static string RateRange(Interval? interval, bool isShare) => isShare ? PercentRange(interval) : Range(interval, 1, 1000);

    private static string Bound(double value, int decimals) => double.IsInfinity(value) ? "no limit" : Figures.Show(value, decimals);
}
