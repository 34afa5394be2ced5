using Concentric.Core;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;
using Concentric.Measure.Contacts.Importing;
using Concentric.Measure.Contacts.Local;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Demo;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Measure;

/// <summary>Measure: every contact, by service, channel, time and why it was made.</summary>
public sealed class MeasureArea : IArea
{
    public string Name => "Measure";

    /// <summary>What people keep for measuring: places, costs, saved views. Contacts themselves are in the contact store, derived from the journal.</summary>
    public void Tables(ModelBuilder model) => model.ApplyConfigurationsFromAssembly(typeof(MeasureArea).Assembly);

    public void Services(IServiceCollection services, Settings settings)
    {
        services.AddContacts(settings);
        services.AddImporting();
        services.AddHealthChecks().AddCheck<ContactStoreCheck>("contacts");
        services.AddSingleton<Scopes>();
        services.AddSingleton<Disclosed>();
        services.AddSingleton<IDemoCouncil, DemoCouncil>();
        services.AddSingleton<IFirstContacts, TellFirstContacts>();
    }

    public void Routes(Site site)
    {
        SeeContacts.Map(site.Pages);
        SeeService.Map(site.Pages);
        QueryContacts.Map(site);
        LocalDoor.Map(site.Local);
        site.MapImporting();
        SeeSources.Map(site.Pages);
    }

    public void Commands(CommandLine line)
    {
        ImportCommand.Add(line);
        QueryCommand.Add(line);
        RebuildCommand.Add(line);
    }

    public Task Seed(IServiceProvider services, bool demo, CancellationToken stop) => demo ? SeedNorthmoor.Run(services, stop) : Task.CompletedTask;
}
