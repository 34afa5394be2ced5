using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Measure.Contacts;

public static class ContactServices
{
    /// <summary>The contact store, the projector that feeds it and the import. The file is opened at the first use, so that commands that do not need it run beside the program.</summary>
    public static IServiceCollection AddContacts(this IServiceCollection services, Settings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<JournalSignal>();
        services.TryAddSingleton<Sealer>();
        services.TryAddSingleton(_ => Pseudonyms.Open(Path.Combine(settings.Data, "keys")));
        services.AddSingleton(_ => DuckContactStore.Open(ContactStoreOptions.From(settings)));
        services.AddSingleton<IContactStore>(s => s.GetRequiredService<DuckContactStore>());
        services.AddSingleton(s => new Projector(
            s.GetRequiredService<IDbContextFactory<ConcentricDb>>(), s.GetRequiredService<IWriter>(), s.GetRequiredService<DuckContactStore>(), new(settings.Council, settings.CouncilName, IsSynthetic: false),
            s.GetRequiredService<JournalSignal>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<Projector>>()));
        services.AddSingleton<ContactImport>();
        services.AddHostedService<ImportSweep>();
        services.AddHostedService(s => s.GetRequiredService<Projector>());
        return services;
    }

    /// <summary>Before anything is imported: what an import left that was cut short is removed.</summary>
    private sealed class ImportSweep(ContactImport import, ILogger<ImportSweep> log) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            var removed = await import.Sweep(cancellationToken);
            if (removed.Count > 0) log.LogWarning("Removed what an import left that was cut short: {Folders}", string.Join(", ", removed));
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
