using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

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
        connection.Contains("Host=", StringComparison.OrdinalIgnoreCase) ? options.UseNpgsql(Prepared(connection)) : options.UseSqlite(connection);

    // The same few statements come again and again: planned once a connection, they cost the server a good deal less. Said in the
    // connection string itself, it is left alone (an old pooler between program and server wants "Max Auto Prepare=0").
    private static string Prepared(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        if (!connection.Contains("Max Auto Prepare", StringComparison.OrdinalIgnoreCase)) builder.MaxAutoPrepare = 64;
        return builder.ConnectionString;
    }
}
