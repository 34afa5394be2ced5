using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Concentric.Core.Data;

/// <summary>The one database. Each area contributes its tables and keeps its types to itself.</summary>
public sealed class ConcentricDb(DbContextOptions<ConcentricDb> options, IEnumerable<IArea> areas) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var area in areas) area.Tables(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite cannot order DateTimeOffset, PostgreSQL wants UTC: both are content with a UTC DateTime.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcDateTime>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<Reference>().HaveConversion<ReferenceText>();
        configurationBuilder.Properties<Money>().HaveConversion<MoneyPence>();
    }

    private sealed class UtcDateTime() : ValueConverter<DateTimeOffset, DateTime>(
        at => at.UtcDateTime,
        at => new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)));

    private sealed class ReferenceText() : ValueConverter<Reference, string>(r => r.ToString(), text => Reference.Parse(text));

    private sealed class MoneyPence() : ValueConverter<Money, long>(m => m.Pence, pence => new Money(pence));
}
