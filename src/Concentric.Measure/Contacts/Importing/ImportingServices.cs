using Concentric.Core.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>The doors by which files of contacts come in.</summary>
internal static class ImportingServices
{
    public static IServiceCollection AddImporting(this IServiceCollection services)
    {
        services.AddSingleton<KeptUploads>();
        services.AddSingleton<SavedMappings>();
        services.AddSingleton<KnownFiles>();
        services.AddSingleton<DryRun>();
        services.AddSingleton<GivenFiles>();
        services.AddSingleton<StaffNames>();
        services.AddSingleton<ImportRunner>();
        services.AddHostedService(s => s.GetRequiredService<ImportRunner>());
        services.AddSingleton<WatchFolder>();
        services.AddHostedService(s => s.GetRequiredService<WatchFolder>());
        return services;
    }

    public static void MapImporting(this Site site)
    {
        SeeImports.Map(site.Pages);
        UploadFile.Map(site.Pages);
        ChooseMapping.Map(site.Pages);
        BuildColumns.Map(site.Pages);
        GiveMeanings.Map(site.Pages);
        CheckImport.Map(site.Pages);
        RunImport.Map(site.Pages);
        UndoBatch.Map(site.Pages);
        SendContacts.Map(site);
    }
}
