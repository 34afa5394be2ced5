using Concentric.Core;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Improve.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Improve;

/// <summary>What was changed because of what was measured.</summary>
public sealed class ImproveArea : IArea
{
    public string Name => "Improve";

    public void Tables(ModelBuilder model) => model.ApplyConfigurationsFromAssembly(typeof(ImproveArea).Assembly);

    public void Services(IServiceCollection services, Settings settings) => services.AddSingleton<IServiceChanges, ServiceChanges>();

    public void Routes(Site site)
    {
        SeeChanges.Map(site.Pages);
        RecordChange.Map(site.Pages);
    }

    public Task Seed(IServiceProvider services, bool demo, CancellationToken stop) => demo ? DemoChanges.Seed(services) : Task.CompletedTask;
}
