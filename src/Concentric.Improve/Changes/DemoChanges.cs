using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Improve.Changes;

/// <summary>Records the demo council's two redesigns: one that worked and one that did not.</summary>
internal static class DemoChanges
{
    public static Task Seed(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var demo = services.GetRequiredService<IDemoCouncil>().Changes(Say.DayOf(now));
        return services.GetRequiredService<IWriter>().Write(async db =>
        {
            if (await db.Changes.AnyAsync()) return;
            foreach (var change in demo)
            {
                var row = new Change { Id = Guid.CreateVersion7(now), Service = change.Service, From = change.From, What = change.What, By = Actor.System, RecordedAt = now };
                db.Changes.Add(row);
                db.Record(new ChangeRecorded(row.Id, row.Service, row.From, row.What), Actor.System, now);
            }
        });
    }
}
