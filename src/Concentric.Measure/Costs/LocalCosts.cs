using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Costs;

/// <summary>What contacts cost by what the services of a council entered for themselves. Published figures are never in here.</summary>
public sealed class LocalCosts(IEnumerable<LocalCostEntry> entries)
{
    private readonly Dictionary<(string Service, string Channel), LocalCostEntry> _entries = entries.ToDictionary(e => (e.Service, e.Channel));

    /// <summary>Nobody entered anything.</summary>
    public static LocalCosts None { get; } = new([]);

    /// <summary>The costs in force.</summary>
    /// <param name="council">Short name.</param>
    public static async Task<LocalCosts> Load(ConcentricDb db, string council, CancellationToken stop = default) =>
        new(await db.LocalCosts.AsNoTracking().Where(c => c.Council == council && c.EndedAt == null).ToListAsync(stop));

    /// <summary>All in force, by service and channel.</summary>
    public IReadOnlyCollection<LocalCostEntry> Entries => _entries.Values;

    /// <summary>What was entered, or null: no local cost.</summary>
    /// <param name="service">LGSL identifier or <c>scheme:text</c>.</param>
    /// <param name="channel">Short name of the channel.</param>
    public LocalCostEntry? Of(string service, string channel) => _entries.GetValueOrDefault((service, channel));

    /// <summary>The mean cost of a contact in pence, to a tenth of a penny; null where there is no local cost.</summary>
    public decimal? PencePerContact(string service, string channel) => Of(service, channel) is { } entry ? decimal.Round((decimal)entry.Cost.PerContact.Mean * 100, 1) : null;

    /// <summary>As <see cref="PencePerContact(string, string)"/>, by the code of the channel in the contact store.</summary>
    public decimal? PencePerContact(string service, int channel) =>
        Core.Facts.Channels.All.FirstOrDefault(c => c.Code == channel) is { } found ? PencePerContact(service, found.Name) : null;
}
