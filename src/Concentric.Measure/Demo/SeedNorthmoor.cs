using Concentric.Core;
using Concentric.Core.Journal;
using Concentric.Core.Questions;
using Concentric.Measure.Contacts;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Measure.Demo;

/// <summary>Brings Northmoor's invented contacts into the contact store by the way that every file takes, once.</summary>
internal static class SeedNorthmoor
{
    private const string Scheme = "northmoor";

    public static async Task Run(IServiceProvider services, CancellationToken stop)
    {
        var store = services.GetRequiredService<IContactStore>();
        if (store.Dimensions.Batches.Any(b => b.Mapping == Scheme)) return;

        var settings = services.GetRequiredService<Settings>();
        var today = Say.DayOf(services.GetRequiredService<TimeProvider>().GetUtcNow());
        var about = new BatchAbout(new(settings.Council, settings.CouncilName, IsSynthetic: true), Scheme, "Northmoor, invented")
        {
            Services = [.. Northmoor.Services.Select(s => new Named(s.Id, s.Label))],
            Areas = [.. Northmoor.Areas.Select(a => new AreaAttributes(a.Key, a.Label, a.Ward, $"{a.Supergroup}", a.Decile, a.Households))],
            Profiles = [.. Northmoor.Areas.DistinctBy(a => a.Supergroup).OrderBy(a => a.Supergroup).Select(a => new Named($"{a.Supergroup}", a.SupergroupName))],
        };
        await services.GetRequiredService<ContactImport>().RunRows(Northmoor.Contacts(today, new Chance(Northmoor.Seed)).Select(Row), about, Actor.System, stop: stop);
    }

    private static ContactRow Row(NorthmoorContact contact) => new($"{contact.Id}", contact.At.UtcDateTime)
    {
        Service = contact.Service,
        Interaction = contact.Interaction,
        Channel = contact.Channel,
        Area = contact.Area.Key,
        Demand = contact.Demand,
        DemandType = contact.DemandType?.Words,
        FailureCause = contact.Cause,
        SystemCause = NorthmoorCauses.Of(contact),
        Resolved = contact.Resolved switch { true => ContactResolved.Yes, false => ContactResolved.No, null => ContactResolved.Unknown },
        Seconds = contact.HandlingSeconds,
        Satisfaction = contact.Satisfaction,
        Person = contact.Person,
    };
}

/// <summary>Tells the other areas' seeds what Northmoor's contacts are about.</summary>
internal sealed class DemoCouncil : IDemoCouncil
{
    public IReadOnlyList<DemoPurpose> Purposes { get; } =
        [.. Northmoor.Purposes.Select(p => new DemoPurpose(p.Service, p.Purpose, [.. p.Types.Select(t => (t.Words, t.Demand))]))];

    public IReadOnlyList<DemoChange> Changes(DateOnly today) => [.. Northmoor.Redesigns(today).Select(r => new DemoChange(r.Service, r.From, r.What))];
}
