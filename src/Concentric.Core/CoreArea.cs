using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.Operations;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Core;

/// <summary>What every area stands on: the journal, people and roles, and the commands that keep an installation running.</summary>
public sealed class CoreArea : IArea
{
    public string Name => "Core";

    public void Tables(ModelBuilder model) => model.ApplyConfigurationsFromAssembly(typeof(CoreArea).Assembly);

    public void Services(IServiceCollection services, Settings settings)
    {
        services.AddConcentricDb(settings);
        services.AddSingleton<Statistics>();
        services.AddHostedService(s => s.GetRequiredService<Statistics>());
        services.AddSingleton<JournalSignal>();
        services.AddSingleton<Sealer>();
        services.AddHostedService(s => s.GetRequiredService<Sealer>());
        services.AddSingleton(_ => Pseudonyms.Open(Path.Combine(settings.Data, "keys")));
        services.AddSingleton(settings.Calendar);
        services.AddPeople();
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database").AddCheck<DiskCheck>("disk").AddCheck<JournalCheck>("journal");
    }

    public void Routes(Site site)
    {
        SignIn.Map(site.Pages);
        Start.Map(site.Pages);
        ManagePeople.Map(site.Pages);
        Health.Map(site.Pages);
        Statements.Map(site.Pages);
    }

    public void Commands(CommandLine line)
    {
        MigrateCommand.Add(line);
        SeedCommand.Add(line);
        AuditCommand.Add(line);
        BackupCommand.Add(line);
        RestoreCommand.Add(line);
        KeysCommand.Add(line);
    }

    public async Task Seed(IServiceProvider services, bool demo, CancellationToken stop)
    {
        var writer = services.GetRequiredService<IWriter>();
        await Council.Seed(writer, services.GetRequiredService<Settings>(), synthetic: demo);
        if (demo) await DemoPeople.Seed(writer);
    }
}
