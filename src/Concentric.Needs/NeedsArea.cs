using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Needs.Anticipation;
using Concentric.Needs.Circles;
using Concentric.Needs.Concepts;
using Concentric.Needs.Designing;
using Concentric.Needs.Directory;
using Concentric.Needs.Directory.OpenReferral;
using Concentric.Needs.Editions;
using Concentric.Needs.Gaps;
using Concentric.Needs.LinkedData;
using Concentric.Needs.Outcomes;
using Concentric.Needs.Searching;
using Concentric.Needs.Seeding;
using Concentric.Needs.Services;
using Concentric.Needs.Situations;
using Concentric.Needs.Standards;
using Concentric.Needs.Wheels;
using Concentric.Needs.Workshops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Needs;

/// <summary>Needs: the lists of the standards, the need model, the circles of need.</summary>
public sealed class NeedsArea : IArea
{
    public string Name => "Needs";

    public void Tables(ModelBuilder model) => model.ApplyConfigurationsFromAssembly(typeof(NeedsArea).Assembly);

    public void Services(IServiceCollection services, Settings settings)
    {
        services.AddSingleton<ModelCache>();
        services.AddSingleton<IServiceNames, ServiceNames>();
        services.AddScoped<Workbench>();
        services.AddSingleton<Learning>();
        services.AddHostedService(s => s.GetRequiredService<Learning>());
        services.AddSingleton<INextNeeds, NextLikelyNeeds>();
        services.AddSingleton<ImportList>();
        services.AddSingleton<KeptFiles>();
    }

    public void Routes(Site site)
    {
        Search.Map(site);
        ShowCircle.Map(site);
        ShowService.Map(site);
        DesigningRoutes.Map(site);
        WorkshopRoutes.Map(site);
        SeeAnticipation.Map(site.Pages);
        ShowRecord.Map(site.Pages);
        EvaluateCommand.Map(site.Local);
        ShowFeed.Map(site);
        ShowLinkedData.Map(site);
        GetHelp.Map(site);
        ShowWheel.Map(site);
        SeeOutcomes.Map(site);
        SeeGaps.Map(site);
        DecideFinding.Map(site);
        BringList.Map(site.Pages);
        LookAtLists.Map(site.Pages);
    }

    public void Commands(CommandLine line)
    {
        ImportCommand.Add(line);
        ListsCommands.Add(line);
        CircleCommand.Add(line);
        EvaluateCommand.Add(line);
        ExportCommand.Add(line);
        DirectoryCommand.Add(line);
        SeeGaps.Add(line);
    }

    public async Task Seed(IServiceProvider services, bool demo, CancellationToken stop)
    {
        var writer = services.GetRequiredService<IWriter>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (await SeedModel.Run(writer, services.GetRequiredService<Settings>(), demo, now, stop)) services.GetRequiredService<ModelCache>().Forget();
        await FillSearch.WhereEmpty(writer, stop);
    }
}

internal static class NeedsTables
{
    extension(ConcentricDb db)
    {
        public DbSet<Scheme> Schemes => db.Set<Scheme>();
        public DbSet<Concept> Concepts => db.Set<Concept>();
        public DbSet<Relation> Relations => db.Set<Relation>();
        public DbSet<Offer> Offers => db.Set<Offer>();
        public DbSet<Place> Places => db.Set<Place>();
        public DbSet<Edition> Editions => db.Set<Edition>();
        public DbSet<ModelChange> ModelChanges => db.Set<ModelChange>();
        public DbSet<Decision> Decisions => db.Set<Decision>();
        public DbSet<SearchText> SearchTexts => db.Set<SearchText>();
        public DbSet<SearchWord> SearchWords => db.Set<SearchWord>();
        public DbSet<FindingAction> FindingActions => db.Set<FindingAction>();
    }
}
