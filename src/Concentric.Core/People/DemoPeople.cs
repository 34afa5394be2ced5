using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Core.People;

/// <summary>The small named world of the demo council. The ids are fixed, so that seeding twice changes nothing.</summary>
public static class DemoPeople
{
    private static readonly (string Id, string Name, Role Role)[] All =
    [
        ("01900000-0000-7000-8000-000000000001", "Asha Patel", Role.Adviser),
        ("01900000-0000-7000-8000-000000000002", "Tom Reeve", Role.Officer),
        ("01900000-0000-7000-8000-000000000003", "Grace Okoro", Role.ServiceManager),
        ("01900000-0000-7000-8000-000000000004", "Lewis Hart", Role.Analyst),
        ("01900000-0000-7000-8000-000000000005", "Priya Shah", Role.Administrator),
        ("01900000-0000-7000-8000-000000000006", "Jo Marsh of Northmoor Foodbank", Role.Partner),
        ("01900000-0000-7000-8000-000000000007", "Maya Lind", Role.ServiceDesigner),
        ("01900000-0000-7000-8000-000000000008", "Ada Marsh", Role.Citizen),
    ];

    internal static Task Seed(IWriter writer) => writer.Write(async db =>
    {
        var known = (await db.People.Select(p => p.Id).ToListAsync()).ToHashSet();
        foreach (var (id, name, role) in All)
            if (!known.Contains(Guid.Parse(id))) db.People.Add(new() { Id = Guid.Parse(id), Name = name, Role = role, IsDemo = true });
    });

    /// <summary>Who can sign in to the demo, with what they do.</summary>
    public static IEnumerable<string> Names => All.Select(p => $"{p.Name}, {Person.Words(p.Role).ToLowerInvariant()}");
}
