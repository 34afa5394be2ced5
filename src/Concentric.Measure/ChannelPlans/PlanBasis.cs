using System.Globalization;
using Concentric.Core;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Costs;
using Concentric.Measure.Disclosure;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.ChannelPlans;

/// <summary>Some of the contacts as they are now, by channel of <see cref="PlanBasis.Channels"/>.</summary>
/// <param name="Contacts">As shown; a hidden count is reckoned as 4.</param>
/// <param name="Pleased">Mean satisfaction, 0 to 1; null where too few said.</param>
public sealed record BasisSegment(string Name, ShownCount[] Contacts, double?[] Pleased)
{
    public double Volume => Contacts.Sum(c => c.Estimate);
}

/// <summary>What a channel plan starts from: the measured contacts of the chosen services and their local costs.</summary>
/// <remarks>
/// Each service is planned at its own costs: a mean over services would follow who uses a channel now and not who would be moved there.
/// Groups are not counted by service. Within a channel, the services are taken to be spread over all groups alike; sums by group, by service and by channel stay as measured.
/// </remarks>
public sealed record PlanBasis
{
    /// <summary>Channels that a plan can move contacts between, by short name. A person serves at all but the first.</summary>
    public static readonly string[] Channels = ["web", "phone", "face-to-face"];

    /// <summary>Whether a person serves there, by channel.</summary>
    public static readonly bool[] Assisted = [false, true, true];

    private const int LeastPleased = 30;

    /// <summary>How satisfaction is asked: 1 to 5.</summary>
    private const double Lowest = 1, Highest = 5;

    public required IReadOnlyList<ServiceCode> Services { get; init; }

    /// <summary>All contacts of these services on the channels of a plan.</summary>
    public required BasisSegment All { get; init; }

    /// <summary>The same by profile group, the largest first.</summary>
    public required IReadOnlyList<BasisSegment> Profiles { get; init; }

    /// <summary>Contacts by other channels, which the plan leaves as they are.</summary>
    public required long LeftOut { get; init; }

    /// <summary>Cost in pounds until resolved, by place of the service and channel, with the share of the channel's contacts that the service has now.</summary>
    public required IReadOnlyList<(UncertainInput Input, int Service, int Channel, double Weight)> Costs { get; init; }

    /// <summary>The contacts by channel, of a service or of all, or by profile group could not be shown to this reader, because a small count would follow from them.</summary>
    public required bool IsWithheld { get; init; }

    /// <summary>What is missing of the local costs, as “Parking permits: phone”, or that their prices are of different years.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Each service has a local cost of each channel.</summary>
    public bool HasAllCosts => Costs.Count == Services.Count * Channels.Length;

    /// <summary>Mean cost until resolved by channel, over the services as they use it now: to be shown, not to plan with.</summary>
    public double[] MeanCosts => [.. Channels.Select((_, channel) => Costs.Where(c => c.Channel == channel).Sum(c => c.Weight * c.Input.Range.Mean))];

    /// <summary>Mean cost until resolved, by service and channel.</summary>
    public double[][] MeanServiceCosts => CostsOf([.. Costs.Select(c => c.Input.Range.Mean)]);

    /// <summary>Cost by service and channel when the costs are as drawn, in the order of <see cref="Costs"/>.</summary>
    public double[][] CostsOf(double[] drawn)
    {
        double[][] costs = [.. Services.Select(_ => new double[Channels.Length])];
        foreach (var (i, cost) in Costs.Index()) costs[cost.Service][cost.Channel] = drawn[i];
        return costs;
    }

    /// <summary>Contacts by channel as they are now, of a part of a group within one service.</summary>
    /// <param name="share">Share of the group, 0 to 1, the same by each channel.</param>
    public double[] ContactsOf(BasisSegment group, double share, int service)
    {
        var contacts = new double[Channels.Length];
        foreach (var cost in Costs.Where(c => c.Service == service)) contacts[cost.Channel] = share * group.Contacts[cost.Channel].Estimate * cost.Weight;
        return contacts;
    }

    public static async Task<PlanBasis> Load(Scope scope, IReadOnlyList<ServiceCode> services, LocalCosts costs, VisibleContacts contacts, CancellationToken stop)
    {
        var codes = Channels.Select(name => (int)Core.Facts.Channels.Find(name)!.Code).ToList();
        var chosen = scope.Query.With(Dimension.Service, [.. services.Select(s => s.Code)]).Counting(CountedMeasure.Contacts, CountedMeasure.MeanSatisfaction, CountedMeasure.SatisfactionCount);
        var total = await contacts.Query(chosen.GroupedBy(Dimension.Channel), stop);
        var all = Segment("All", total, [.. Enumerable.Range(0, total.Rows)], codes, null);
        var byProfile = await contacts.Query(chosen.GroupedBy(Dimension.Profile, Dimension.Channel), stop);
        var profiles = Enumerable.Range(0, byProfile.Rows).GroupBy(row => byProfile.Code(row, Dimension.Profile))
            .Select(g => Segment(contacts.Dimensions.Label(Dimension.Profile, g.Key), byProfile, [.. g], codes, all))
            .Where(s => s.Volume > 0).OrderByDescending(s => s.Volume).ThenBy(s => s.Name, StringComparer.Ordinal).ToList();

        var (inputs, missing) = (new List<(UncertainInput, int, int, double)>(), new List<string>());
        var each = new List<ServiceCost>();
        foreach (var service in services) each.Add(await ServiceCosts.Of(scope, service, costs, contacts, stop));
        foreach (var (c, channel) in Channels.Index())
        {
            var volume = each.Sum(s => s.Of(channel)?.Contacts.Estimate ?? 0);
            foreach (var (s, service) in each.Index())
            {
                if (service.Of(channel) is not { PerResolved: { } range }) missing.Add($"{service.Service.Label}: {CostWords.Channel(channel).ToLowerInvariant()}");
                // What fails on the web is a call, so the web's cost rises and falls with the phone's.
                else inputs.Add((new($"{service.Service.Label}, {channel}", range, service.Of(channel == "web" ? "phone" : channel)?.Entry?.Cost.Driver), s, c,
                    volume == 0 ? 1.0 / each.Count : (double)service.Of(channel)!.Contacts.Estimate / volume));
            }
        }
        // Prices of different years are not put right here: what a service paid in 2012 is not what it pays now times an index.
        var years = each.SelectMany(s => Channels.Select(s.Of)).Where(c => c?.Entry is not null).Select(c => c!.Entry!.PriceYear).Distinct().OrderBy(y => y ?? int.MaxValue).ToList();
        if (years.Count > 1)
            missing.Add($"the local costs are in prices of different years ({string.Join(", ", years.Select(y => y?.ToString(CultureInfo.InvariantCulture) ?? "no year"))}): enter them in prices of one year");
        return new()
        {
            Services = services,
            All = all,
            Profiles = profiles,
            LeftOut = Enumerable.Range(0, total.Rows).Where(row => !codes.Contains(total.Code(row, Dimension.Channel))).Sum(row => total.Shown(row, CountedMeasure.Contacts).Estimate),
            Costs = inputs,
            Missing = missing,
            IsWithheld = total.IsWithheld || byProfile.IsWithheld || each.Any(s => s.IsWithheld),
        };
    }

    private static BasisSegment Segment(string name, CubeResult result, List<int> rows, List<int> codes, BasisSegment? all)
    {
        var at = codes.Select(code => rows.FindIndex(row => result.Code(row, Dimension.Channel) == code) is var i && i >= 0 ? rows[i] : -1).ToList();
        return new(name,
            [.. at.Select(row => row < 0 ? ShownCount.Of(0, false, result.IsExact) : result.Shown(row, CountedMeasure.Contacts))],
            [.. at.Select((row, c) => row >= 0 && result.Value(row, CountedMeasure.MeanSatisfaction) is { } mean && result.Shown(row, CountedMeasure.SatisfactionCount).Value >= LeastPleased
                ? Math.Clamp((mean - Lowest) / (Highest - Lowest), 0, 1) : all?.Pleased[c])]);
    }
}
