using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.Questions;
using Concentric.Serve.Citizens;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve.Demo;

/// <summary>The queue that Northmoor begins with: a few invented people, told so that each shows something of the desk. And what its services are there for.</summary>
internal static class DemoEnquiries
{
    public static IReadOnlyList<(string? Service, string Email, int HoursAgo, string Words)> All { get; } =
    [
        ("524", "ada.marsh@example.com", 50, "My bin was missed on Tuesday again. It is the third time since September. When will you come?"),
        ("57", "ben.otieno@example.com", 29, "I lost my job last week and cannot pay this month’s council tax. What can I do? You can phone me on 07700 900123."),
        ("141", "cora.lyle@example.com", 26, "I reported the leak under my sink ten days ago. What is happening?"),
        (null, "dev.anand@example.com", 5, "My mother has died. I do not know who I have to tell."),
        ("524", "ellis.grant@example.com", 2, "What day is my recycling collected over Christmas?"),
    ];

    /// <summary>Sends one of them.</summary>
    public static Task Raise(IServiceProvider services, string? service, string email, string words, DateTimeOffset at)
    {
        var keep = services.GetRequiredService<KeepEnquiry>();
        var token = Guid.CreateVersion7(at);
        return services.GetRequiredService<IWriter>().Write(db => keep.In(db, new(service, words, new Told(Email: email), "web"), token, Actor.Citizen, at));
    }

    public static async Task SeedDemands(IServiceProvider services)
    {
        var (writer, now) = (services.GetRequiredService<IWriter>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        foreach (var purpose in services.GetRequiredService<IDemoCouncil>().Purposes) await SeedDemand(writer, purpose, now);
    }

    /// <summary>Writes a service's purpose and demand types unless it has some.</summary>
    private static Task SeedDemand(IWriter writer, DemoPurpose demo, DateTimeOffset now) => writer.Write(async db =>
    {
        if (await db.Purposes.FindAsync(demo.Service) is not null) return;
        db.Purposes.Add(new() { Service = demo.Service, Text = demo.Purpose, By = Actor.System, At = now });
        db.Record(new PurposeStated(demo.Service, demo.Purpose), Actor.System, now);
        foreach (var (index, (words, demand)) in demo.Types.Index())
        {
            // A millisecond apart, so that they stay in the order in which they were written.
            var type = new DemandType { Id = Guid.CreateVersion7(now.AddMilliseconds(index)), Service = demo.Service, Words = words, Demand = demand };
            db.DemandTypes.Add(type);
            db.Record(new DemandTypeWritten(type.Id, demo.Service, demand, InUse: true, words), Actor.System, now);
        }
    });
}
