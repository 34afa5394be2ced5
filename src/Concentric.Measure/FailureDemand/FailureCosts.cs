using Concentric.Core.Facts;
using Concentric.Measure.Contacts;
using Concentric.Measure.Costs;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Statistics;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.FailureDemand;

/// <summary>Reckons what failure demand costs and what it would free: by service and channel, from contacts that were coded.</summary>
internal static class FailureCosts
{
    /// <summary>Coded contacts by service and channel as samples of all contacts there, as they may be shown. Where a count is hidden nothing counts as coded: 4 for 1 to 7 would make a share of its own.</summary>
    public static async Task<List<(Stratum Stratum, string Service, string Channel)>> Strata(CubeQuery query, VisibleContacts contacts, CancellationToken stop)
    {
        var result = await contacts.Query(query.GroupedBy(Dimension.Service, Dimension.Channel).Counting(CountedMeasure.Contacts, CountedMeasure.CodedContacts, CountedMeasure.FailureContacts), stop);
        var names = contacts.Dimensions;
        return
        [
            .. from row in Enumerable.Range(0, result.Rows)
               let service = names.Services[result.Code(row, Dimension.Service)]
               let channel = Channels.All.FirstOrDefault(c => c.Code == result.Code(row, Dimension.Channel))
               let hidden = result.Shown(row, CountedMeasure.CodedContacts).IsHidden || result.Shown(row, CountedMeasure.FailureContacts).IsHidden
               let coded = hidden ? 0 : result.Shown(row, CountedMeasure.CodedContacts).Estimate
               // Rounded each by itself, a part may come out larger than its whole.
               let all = Math.Max(result.Shown(row, CountedMeasure.Contacts).Estimate, coded)
               select (new Stratum(service.Label, channel?.Label ?? "Not known", all, coded, hidden ? 0 : Math.Min(result.Shown(row, CountedMeasure.FailureContacts).Estimate, coded)), service.Key, channel?.Name ?? "unknown"),
        ];
    }

    public static async Task<FailureCost> Of(CubeQuery query, IReadOnlyList<(Stratum Stratum, string Service, string Channel)> strata, LocalCosts costs, VisibleContacts contacts, CancellationToken stop)
    {
        var costed = strata.Where(s => s.Stratum.Sampled > 0 && costs.PencePerContact(s.Service, s.Channel) is not null).ToList();
        // By the thing itself: two services may have the same words and the same counts.
        var pounds = new Dictionary<Stratum, double>(ReferenceEqualityComparer.Instance);
        foreach (var (stratum, service, channel) in costed) pounds[stratum] = (double)costs.PencePerContact(service, channel)!.Value / 100;
        var measured = await Times(query, contacts, stop);
        var hours = new Dictionary<Stratum, double>(ReferenceEqualityComparer.Instance);
        var (entered, timed) = (0, 0);
        foreach (var (stratum, service, channel) in strata.Where(s => s.Stratum.Sampled > 0))
        {
            if (measured.TryGetValue((service, channel), out var seconds))
            {
                hours[stratum] = seconds / 3600;
                timed++;
            }
            else if (costs.Of(service, channel)?.Cost.Minutes.Pert.Mean is { } minutes)
            {
                hours[stratum] = minutes / 60;
                entered++;
            }
        }
        var basis = (timed, entered) switch
        {
            (0, 0) => "No handling time is known.",
            (_, 0) => "Time is the mean handling time of contacts coded as failure demand, by service and channel.",
            (0, _) => "Time is what the service entered as staff minutes a contact.",
            _ => "Time is the mean handling time of contacts coded as failure demand, by service and channel; where none is recorded, what the service entered as staff minutes.",
        };
        return new(
            costed.Count == 0 ? null : StratifiedCost.Of([.. costed.Select(s => s.Stratum)], s => pounds[s]),
            hours.Count == 0 ? null : StratifiedCost.Of([.. hours.Keys], s => hours[s]),
            costed.Sum(s => s.Stratum.Size), strata.Sum(s => s.Stratum.Size) - costed.Sum(s => s.Stratum.Size), hours.Keys.Sum(s => s.Size), basis);
    }

    /// <summary>Mean handling seconds of failure demand by service and channel, where they may be shown.</summary>
    private static async Task<Dictionary<(string Service, string Channel), double>> Times(CubeQuery query, VisibleContacts contacts, CancellationToken stop)
    {
        var result = await contacts.Query(query.With(Dimension.Demand, (int)Demand.Failure).GroupedBy(Dimension.Service, Dimension.Channel).Counting(CountedMeasure.MeanSeconds), stop);
        var times = new Dictionary<(string, string), double>();
        for (var row = 0; row < result.Rows; row++)
            if (result.Value(row, CountedMeasure.MeanSeconds) is { } seconds && Channels.All.FirstOrDefault(c => c.Code == result.Code(row, Dimension.Channel)) is { } channel)
                times[(contacts.Dimensions.Services[result.Code(row, Dimension.Service)].Key, channel.Name)] = seconds;
        return times;
    }
}
