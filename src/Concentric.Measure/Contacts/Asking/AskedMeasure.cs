using Concentric.Core;
using MathNet.Numerics.Distributions;

namespace Concentric.Measure.Contacts.Asking;

/// <summary>What a figure is counted in, which says how it is written.</summary>
public enum FigureUnit { Count, Pence, Seconds, Share, Score }

/// <summary>One cell of an answer, as its reader may see it.</summary>
/// <param name="Value">Null where there is nothing to measure, or where it is hidden.</param>
/// <param name="Low">Lower end of its 95 per cent interval, where it has one.</param>
/// <param name="High">Upper end of its 95 per cent interval, where it has one.</param>
/// <param name="N">Contacts that it is of; null for a count, which is its own n.</param>
/// <param name="IsHidden">It is there, and rule A does not let it be shown.</param>
public readonly record struct Figure(double? Value, double? Low = null, double? High = null, long? N = null, bool IsHidden = false)
{
    public static Figure Hidden { get; } = new(null, IsHidden: true);

    /// <summary>A number to sort by: what is hidden lies between nothing and the least that is shown.</summary>
    public double? Place => IsHidden ? ShownCount.Middle : Value;
}

/// <summary>A measure as people ask for it: its name, what it is, and how it is made of what the store counts.</summary>
/// <remarks>This list is the one place where the names of measures are given a meaning; page, API, command line and reference read it.</remarks>
public sealed record AskedMeasure
{
    /// <summary>Least n for which a mean is given an interval: below it a normal or t interval promises too much.</summary>
    private const long LeastForInterval = 10;

    /// <summary>As it is written in questions, addresses and files.</summary>
    public required string Name { get; init; }

    /// <summary>As it stands above a column.</summary>
    public required string Label { get; init; }

    /// <summary>What it is, with the version of the definition.</summary>
    public required string Definition { get; init; }

    public FigureUnit Unit { get; init; } = FigureUnit.Count;

    /// <summary>Whether it comes with an interval: shares and means do, sums and quantiles do not.</summary>
    public bool HasInterval { get; init; }

    /// <summary>What the store is asked for.</summary>
    public required IReadOnlyList<Measure> Parts { get; init; }

    /// <summary>Whether it takes the local costs of services where a contact states none.</summary>
    public bool TakesLocalCosts { get; init; }

    /// <summary>The figure of a row, with what the row costs by local costs.</summary>
    public required Func<CubeResult, int, LocalCostParts, Figure> Of { get; init; }

    public static IReadOnlyList<AskedMeasure> All { get; } =
    [
        Count("contacts", "Contacts", Measure.Contacts, "Number of contacts, or of service requests where these are asked for. Definition 1."),
        Count("persons", "Different persons", Measure.Persons, "Number of different persons, exact; contacts whose person is not known count for none. A person in several groups counts in each. Definition 1."),
        Count("contacts-of-known-persons", "Contacts of known persons", Measure.ContactsOfKnownPersons, "Contacts whose person is known by a pseudonym. Definition 1."),
        new()
        {
            Name = "cost", Label = "Cost", Unit = FigureUnit.Pence, TakesLocalCosts = true, Parts = [Measure.CostPence, Measure.CostCount, Measure.NoCostStated],
            Definition = "Sum, in pence, of what the source of a contact states that it cost, else of the mean local cost that its service entered for its channel; n is the contacts with either. "
                + "A contact with neither adds nothing and is counted as no local cost. Service requests take no local cost; published figures never enter. Definition 2.",
            Of = (r, row, local) => local.Cost(r, row),
        },
        Count("cost-count", "Contacts with a stated cost", Measure.CostCount, "Contacts that state a cost. Definition 1."),
        Count("no-cost-stated", "Contacts without a stated cost", Measure.NoCostStated, "Contacts that state no cost. Definition 1."),
        new()
        {
            Name = "no-local-cost", Label = "Contacts with no local cost", TakesLocalCosts = true, Parts = [Measure.CostCount, Measure.NoCostStated],
            Definition = "Contacts that state no cost and whose service entered none for their channel, so that they are in no cost. Definition 1.",
            Of = (r, row, local) => local.Without(r, row) is var rest ? new(rest.Value, IsHidden: rest.IsHidden) : default,
        },
        new()
        {
            Name = "mean-seconds", Label = "Mean handling time", Unit = FigureUnit.Seconds, HasInterval = true, Parts = [Measure.MeanSeconds, Measure.SecondsDeviation, Measure.SecondsCount],
            Definition = "Mean of the stated handling times or durations, in seconds; n is the contacts that state one. From 10 on with its 95% t interval, which only analysts see: a deviation may tell small numbers. Definition 1.",
            Of = (r, row, _) => Mean(r, row, Measure.MeanSeconds, Measure.SecondsDeviation, Measure.SecondsCount, least: 0),
        },
        Quantile("median-seconds", "Median handling time", Measure.MedianSeconds, "half"),
        Quantile("p90-seconds", "90th percentile of handling time", Measure.Percentile90Seconds, "nine of ten"),
        Count("seconds-count", "Contacts with a handling time", Measure.SecondsCount, "Contacts that state a handling time or duration. Definition 1."),
        Share("failure-share", "Failure demand", Measure.FailureContacts, Measure.CodedContacts, "Share of failure demand among contacts coded as value or failure demand"),
        Count("failure-contacts", "Contacts coded as failure demand", Measure.FailureContacts, "Contacts coded as failure demand: caused by not doing something, or not doing it right, for the citizen. Definition 1."),
        Count("coded-contacts", "Contacts coded", Measure.CodedContacts, "Contacts coded as value or failure demand. Definition 1."),
        Share("resolved-share", "Resolved", Measure.ResolvedContacts, Measure.ResolutionKnownContacts, "Share of contacts known to be resolved among those of which it is known"),
        Count("resolved-contacts", "Contacts resolved", Measure.ResolvedContacts, "Contacts known to be resolved. Definition 1."),
        Count("resolution-known-contacts", "Contacts with a known end", Measure.ResolutionKnownContacts, "Contacts known to be resolved or not resolved. Definition 1."),
        Share("repeat-7-days-share", "Repeats within 7 days", Measure.Repeats7Days, Measure.ContactsOfKnownPersons, "Share, among contacts of known persons, of those whose person had asked about the same service at most 7 days before"),
        Share("repeat-14-days-share", "Repeats within 14 days", Measure.Repeats14Days, Measure.ContactsOfKnownPersons, "Share, among contacts of known persons, of those whose person had asked about the same service at most 14 days before"),
        Share("repeat-28-days-share", "Repeats within 28 days", Measure.Repeats28Days, Measure.ContactsOfKnownPersons, "Share, among contacts of known persons, of those whose person had asked about the same service at most 28 days before"),
        Count("repeats-7-days", "Repeats within 7 days, number", Measure.Repeats7Days, "Contacts whose person had asked about the same service at most 7 days (604,800 s) before. Definition 1."),
        Count("repeats-14-days", "Repeats within 14 days, number", Measure.Repeats14Days, "Contacts whose person had asked about the same service at most 14 days before. Definition 1."),
        Count("repeats-28-days", "Repeats within 28 days, number", Measure.Repeats28Days, "Contacts whose person had asked about the same service at most 28 days before. Definition 1."),
        new()
        {
            Name = "satisfaction", Label = "Satisfaction", Unit = FigureUnit.Score, HasInterval = true, Parts = [Measure.MeanSatisfaction, Measure.SatisfactionDeviation, Measure.SatisfactionCount],
            Definition = "Mean satisfaction as the source scales it, of those who said; who answers chooses to. From 10 on with its 95% t interval, which only analysts see: a deviation may tell small numbers. Definition 1.",
            Of = (r, row, _) => Mean(r, row, Measure.MeanSatisfaction, Measure.SatisfactionDeviation, Measure.SatisfactionCount),
        },
        Count("satisfaction-count", "Contacts with a satisfaction", Measure.SatisfactionCount, "Contacts whose satisfaction is known. Definition 1."),
    ];

    /// <summary>Names that older questions have, and what they are called now: a link or a saved view from then still opens.</summary>
    public static IReadOnlyDictionary<string, string> Formerly { get; } = new Dictionary<string, string>
    {
        ["cost-pence"] = "cost",
        ["mean-satisfaction"] = "satisfaction",
        ["repeats7-days"] = "repeats-7-days",
        ["repeats28-days"] = "repeats-28-days",
    };

    /// <summary>The measure of that name, or null.</summary>
    public static AskedMeasure? Find(string name)
    {
        var now = Formerly.GetValueOrDefault(name, name);
        return All.FirstOrDefault(m => m.Name == now);
    }

    private static AskedMeasure Count(string name, string label, Measure measure, string definition) => new()
    {
        Name = name, Label = label, Definition = definition, Parts = [measure],
        Of = (r, row, _) => new(r.Value(row, measure) ?? (r.IsHidden(row, measure) ? null : 0), IsHidden: r.IsHidden(row, measure)),
    };

    private static AskedMeasure Share(string name, string label, Measure part, Measure whole, string definition) => new()
    {
        Name = name, Label = label, Unit = FigureUnit.Share, HasInterval = true, Parts = [part, whole],
        Definition = $"{definition}, with its 95% score interval (Wilson); n is what it is a share of. Definition 1.",
        Of = (r, row, _) =>
        {
            var (some, all) = (r.Shown(row, part), r.Shown(row, whole));
            if (all.Value is not { } n) return Figure.Hidden;
            if (n == 0) return new(null, N: 0);
            return some.Value is { } k && Core.Share.Of(Math.Min(k, n), n) is { } share ? new(share.Value, share.Low, share.High, n) : Figure.Hidden with { N = n };
        },
    };

    private static AskedMeasure Quantile(string name, string label, Measure measure, string part) => new()
    {
        Name = name, Label = label, Unit = FigureUnit.Seconds, Parts = [measure, Measure.SecondsCount],
        Definition = $"The least stated handling time, in seconds, that {part} of those stated do not exceed; n is the contacts that state one. " +
            $"Exact; where the months asked about hold more than {Say.Number(CubeQuantiles.MostExact)} contacts, from stored steps of 8% and within 4%. Definition 1.",
        Of = (r, row, _) => OfCount(r, row, measure, Measure.SecondsCount),
    };

    private static Figure OfCount(CubeResult result, int row, Measure measure, Measure count) =>
        result.Shown(row, count).Value is not { } n ? Figure.Hidden : result.IsHidden(row, measure) ? Figure.Hidden with { N = n } : new(result.Value(row, measure), N: n);

    private static Figure Mean(CubeResult result, int row, Measure mean, Measure deviation, Measure count, double? least = null)
    {
        var figure = OfCount(result, row, mean, count);
        if (figure.Value is not { } value || figure.N is not ({ } n and >= LeastForInterval) || result.Value(row, deviation) is not { } spread) return figure;
        var reach = StudentT.InvCDF(0, 1, n - 1, 0.975) * spread / Math.Sqrt(n);
        return figure with { Low = least is { } bound ? Math.Max(bound, value - reach) : value - reach, High = value + reach };
    }
}
