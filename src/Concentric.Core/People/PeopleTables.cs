using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Core.People;

internal static class PeopleTables
{
    extension(ConcentricDb db)
    {
        public DbSet<Person> People => db.Set<Person>();
        public DbSet<Session> Sessions => db.Set<Session>();
        public DbSet<ApiKey> ApiKeys => db.Set<ApiKey>();
    }
}
