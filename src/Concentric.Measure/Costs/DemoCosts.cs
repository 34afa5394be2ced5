using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Measure.Demo;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Measure.Costs;

/// <summary>Invents local costs for most of the demo council's services. Some have none, so that every page shows both.</summary>
internal static class DemoCosts
{
    /// <summary>Every this-many-th service enters nothing.</summary>
    private const int LeftOut = 6;

    // Minutes follow the handling times that the demo's contacts are drawn from; pay, hours and overheads are assumed.
    private static readonly (string Channel, decimal[] Minutes, decimal[] Other, decimal[] Fails)[] _channels =
    [
        ("web", [0, 0, 0], [0.09m, 0.15m, 0.56m], [10, 20, 35]),
        ("phone", [4.5m, 5.8m, 7.5m], [0.02m, 0.05m, 0.10m], [5, 10, 20]),
        ("face-to-face", [10, 13, 17], [0.10m, 0.30m, 0.80m], [2, 6, 12]),
        ("email", [5, 7, 10], [0, 0, 0], [10, 20, 30]),
        ("post", [8, 10.5m, 14], [0.80m, 0.95m, 1.20m], [5, 12, 20]),
    ];

    public static Task Seed(IServiceProvider services)
    {
        var (council, now) = (services.GetRequiredService<Settings>().Council, services.GetRequiredService<TimeProvider>().GetUtcNow());
        return services.GetRequiredService<IWriter>().Write(async db =>
        {
            if (await db.LocalCosts.AnyAsync(c => c.Council == council)) return;
            foreach (var (i, service) in Northmoor.Services.Index().Where(s => s.Index % LeftOut != LeftOut - 1))
                foreach (var (channel, minutes, other, fails) in _channels)
                {
                    // Services differ a little, by a pattern that is arbitrary.
                    var more = 1 + 0.03m * (i * 5 % 9 - 4);
                    Range3 Times(decimal[] range, decimal by) => new(decimal.Round(range[0] * by, 3), decimal.Round(range[1] * by, 3), decimal.Round(range[2] * by, 3));
                    var noStaff = minutes[2] == 0;
                    var cost = new LocalCost
                    {
                        Minutes = Times(minutes, more),
                        Salary = noStaff ? Range3.Exactly(0) : new(24_500, 26_000, 28_500),
                        OnCosts = noStaff ? Range3.Exactly(0) : new(25, 28, 32),
                        Days = noStaff ? Range3.Exactly(1) : new(205, 215, 222),
                        Hours = noStaff ? Range3.Exactly(1) : Range3.Exactly(7.4m),
                        Occupancy = noStaff ? Range3.Exactly(100) : new(62, 72, 80),
                        Overhead = noStaff ? Range3.Exactly(0) : new(15, 25, 40),
                        Other = Times(other, more),
                        Fails = new(fails[0], fails[1], fails[2]),
                    };
                    await EnterLocalCost.Put(db, new()
                    {
                        Id = Guid.CreateVersion7(now), Council = council, Service = service.Id, Channel = channel, Inputs = JsonSerializer.Serialize(cost),
                        PriceYear = now.Year, Note = "Invented for the demo council", By = Actor.System, EnteredAt = now,
                    });
                }
        });
    }
}
