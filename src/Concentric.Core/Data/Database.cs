using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Core.Data;

public static class Database
{
    public static IServiceCollection AddConcentricDb(this IServiceCollection services, Settings settings)
    {
        services.AddDbContextFactory<ConcentricDb>(options => options.UseConcentric(settings.Database));
        if (settings.IsPostgres) services.AddSingleton<IWriter, DirectWriter>();
        else services.AddSingleton<IWriter, GroupWriter>();
        return services;
    }

    /// <summary>A connection string with a Host is PostgreSQL; anything else is a SQLite file.</summary>
    public static DbContextOptionsBuilder UseConcentric(this DbContextOptionsBuilder options, string connection) =>
        connection.Contains("Host=", StringComparison.OrdinalIgnoreCase) ? options.UseNpgsql(connection) : options.UseSqlite(connection);
}
