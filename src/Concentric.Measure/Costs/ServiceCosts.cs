using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.Costs;

/// <summary>One channel of a service: how many contacts, how many of them failed, and what they cost where the service said so.</summary>
public sealed record ChannelCost
{
    /// <summary>Share of contacts that must be known to be resolved or not before the measured share is taken.</summary>
    public const int LeastKnown = 30;

    /// <summary>Short name.</summary>
    public required string Channel { get; init; }

    public required ShownCount Contacts { get; init; }

    /// <summary>Contacts of which it is known whether they settled the matter.</summary>
    public required ShownCount Known { get; init; }

    /// <summary>Share of these that did not, made from counts as shown; null where fewer than <see cref="LeastKnown"/> are known.</summary>
    public required Share? Failed { get; init; }

    /// <summary>Null: no local cost.</summary>
    public required LocalCostEntry? Entry { get; init; }

    /// <summary>Where all fail, no number of tries settles anything; so some are held to succeed.</summary>
    private const double MostFail = 0.99;

    /// <summary>Pounds a contact.</summary>
    public Pert? PerContact => Entry?.Cost.PerContact;

    /// <summary>Share of contacts that fail, 0 to 1: measured, or entered.</summary>
    public Pert? Fails => Failed is { } share ? new(Math.Min(share.Low, MostFail), Math.Min(share.Value, MostFail), Math.Min(share.High, MostFail))
        : Entry?.Cost.Fails is { } entered ? new((double)entered.Low / 100, (double)entered.Mode / 100, (double)entered.High / 100) : null;

    /// <summary>Pounds until the matter is resolved; null without local cost, or for the web without one of the phone.</summary>
    public required Pert? PerResolved { get; init; }

    /// <summary>Whether people serve themselves there and phone when it fails.</summary>
    public bool IsSelfService => Channel is "web" or "app";
}

/// <summary>What the contacts of a service cost by channel.</summary>
/// <param name="Total">Cost in pounds of the contacts that have a local cost, drawn; null where none has.</param>
/// <param name="ExactMean">The mean of <paramref name="Total"/> without drawing: Σ contacts × mean cost.</param>
/// <param name="WithoutCost">Contacts of channels that have no local cost, or whose count is hidden.</param>
public sealed record ServiceCost(ServiceCode Service, IReadOnlyList<ChannelCost> Channels, SimulatedResult? Total, double ExactMean, long WithCost, long WithoutCost)
{
    /// <summary>The channels could not be shown to this reader, because a small count would follow from them.</summary>
    public bool IsWithheld { get; init; }

    public ChannelCost? Of(string channel) => Channels.FirstOrDefault(c => c.Channel == channel);
}

/// <summary>Brings contacts and local costs together.</summary>
internal static class ServiceCosts
{
    /// <summary>Seed of the draws of a service's total: the same on every page.</summary>
    public const ulong Seed = 1;

    /// <summary>By channel, those with contacts or a local cost, the most contacts first.</summary>
    public static async Task<ServiceCost> Of(Scope scope, ServiceCode service, LocalCosts costs, VisibleContacts contacts, CancellationToken stop)
    {
        var query = scope.Query.With(Dimension.Service, service.Code).GroupedBy(Dimension.Channel).Counting(CountedMeasure.Contacts, CountedMeasure.ResolutionKnownContacts, CountedMeasure.ResolvedContacts);
        var result = await contacts.Query(query, stop);
        var counted = Enumerable.Range(0, result.Rows).ToDictionary(row => Channels.All.FirstOrDefault(c => c.Code == result.Code(row, Dimension.Channel))?.Name ?? "unknown",
            row => (Contacts: result.Shown(row, CountedMeasure.Contacts), Known: result.Shown(row, CountedMeasure.ResolutionKnownContacts), Resolved: result.Shown(row, CountedMeasure.ResolvedContacts)));
        var zero = ShownCount.Exact(0);
        var channels = counted.Keys.Union(costs.Entries.Where(e => e.Service == service.Key).Select(e => e.Channel)).Select(name =>
        {
            var (all, known, resolved) = counted.GetValueOrDefault(name, (zero, zero, zero));
            var failed = known.Value >= ChannelCost.LeastKnown ? Share.Of(Math.Max(0, known.Value.Value - resolved.Estimate), known.Value.Value) : null;
            return new ChannelCost { Channel = name, Contacts = all, Known = known, Failed = failed, Entry = costs.Of(service.Key, name), PerResolved = null };
        }).ToList();
        var phone = channels.Find(c => c.Channel == "phone") is { } call ? Resolved(call, null) : null;
        channels = [.. channels.Select(c => c with { PerResolved = Resolved(c, phone) }).OrderByDescending(c => c.Contacts.Estimate).ThenBy(c => c.Channel, StringComparer.Ordinal)];
        var costed = channels.Where(c => c.PerContact is not null && c.Contacts.Value > 0).ToList();
        return new(service, channels, Total(costed), costed.Sum(c => c.Contacts.Value!.Value * c.PerContact!.Value.Mean),
            costed.Sum(c => c.Contacts.Value!.Value), channels.Except(costed).Sum(c => c.Contacts.Estimate)) { IsWithheld = result.IsWithheld };
    }

    /// <summary>Pounds until a matter is resolved: those who fail try again, or phone where nobody serves them.</summary>
    /// <param name="phone">What it costs by phone until it is resolved.</param>
    internal static Pert? Resolved(ChannelCost channel, Pert? phone)
    {
        if (channel is not { PerContact: { } contact, Fails: { } fails }) return null;
        if (!channel.IsSelfService) return new(ResolvedCost.SameChannel(contact.Low, fails.Low), ResolvedCost.SameChannel(contact.Mode, fails.Mode), ResolvedCost.SameChannel(contact.High, fails.High));
        if (phone is not { } call) return null;
        return new(ResolvedCost.Fallback(contact.Low, fails.Low, call.Low), ResolvedCost.Fallback(contact.Mode, fails.Mode, call.Mode), ResolvedCost.Fallback(contact.High, fails.High, call.High));
    }

    private static SimulatedResult? Total(IReadOnlyList<ChannelCost> channels) => channels.Count == 0 ? null
        : new Simulation([.. channels.Select(c => new UncertainInput(c.Channel, c.PerContact!.Value, c.Entry!.Cost.Driver))], Seed).Run(costs => costs.Select((cost, i) => cost * channels[i].Contacts.Value!.Value).Sum());
}
