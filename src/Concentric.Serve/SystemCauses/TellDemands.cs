using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.SystemCauses;

/// <summary>Tells the words of demand types that were written before facts carried them, once.</summary>
internal static class TellDemands
{
    public static Task Seed(IWriter writer, DateTimeOffset now) => writer.Write(async db =>
    {
        foreach (var type in await db.DemandTypes.Where(t => !t.IsTold).ToListAsync())
        {
            type.IsTold = true;
            db.Record(new DemandTypeWritten(type.Id, type.Service, type.Demand, type.InUse, type.Words), Actor.System, now);
        }
    });
}
