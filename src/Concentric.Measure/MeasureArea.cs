using Concentric.Core;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Boards;
using Concentric.Measure.ChannelPlans;
using Concentric.Measure.Comparing;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;
using Concentric.Measure.Contacts.Importing;
using Concentric.Measure.Contacts.Local;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Costs;
using Concentric.Measure.Demo;
using Concentric.Measure.Disclosure;
using Concentric.Measure.EndToEnd;
using Concentric.Measure.Information;
using Concentric.Measure.Journeys;
using Concentric.Measure.Journeys.Seeing;
using Concentric.Measure.Places;
using Concentric.Measure.Disclosure.Releases;
using Concentric.Measure.Experience;
using Concentric.Measure.Exploring;
using Concentric.Measure.FailureDemand;
using Concentric.Measure.FormUse;
using Concentric.Measure.Profiling;
using Concentric.Measure.Sources;
using Concentric.Measure.Staffing;
using Concentric.Measure.Variation.Asking;
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
        services.AddHealthChecks().AddCheck<ContactStoreCheck>("contacts").AddCheck<FormUseCheck>("form-use");
        services.AddSingleton<Scopes>();
        services.AddSingleton<JourneyLogs>();
        services.AddSingleton<Disclosed>();
        services.AddSingleton<ContactAreas>();
        services.AddScoped<DemandFigures>();
        services.AddSingleton<ImportPlaces>();
        services.AddSingleton<KeptLists>();
        services.AddSingleton<FormUseReader>();
        services.AddHostedService(s => s.GetRequiredService<FormUseReader>());
        services.AddSingleton<SurveyPass>();
        services.AddScoped<BoardPages>();
        services.AddSingleton<KeepPublished>();
        services.AddHostedService(s => s.GetRequiredService<KeepPublished>());
        services.AddSingleton<ProfileReading>();
        services.AddSingleton<IDemoCouncil, DemoCouncil>();
        services.AddSingleton<IFirstContacts, TellFirstContacts>();
    }

    public void Routes(Site site)
    {
        SeeContacts.Map(site.Pages);
        SeeService.Map(site.Pages);
        SeeEndToEnd.Map(site.Pages);
        SeeStaffing.Map(site.Pages);
        SeeDemand.Map(site.Pages);
        SeeAudit.Map(site.Pages);
        ClassifyTexts.Map(site.Pages);
        PublishTable.Map(site.Pages);
        SeeReleases.Map(site);
        Explore.Map(site.Pages);
        KeepViews.Map(site.Pages);
        ListProfiles.Map(site.Pages);
        SeeServiceProfile.Map(site.Pages);
        SeeGroupProfile.Map(site.Pages);
        SeeMove.Map(site.Pages);
        QueryContacts.Map(site);
        PostSpc.Map(site);
        SeeCosts.Map(site.Pages);
        EnterCost.Map(site.Pages);
        MoveCosts.Map(site.Pages);
        PublishedCosts.Map(site.Pages);
        SeeServiceCosts.Map(site.Pages);
        EnterLocalCost.Map(site.Pages);
        TryShift.Map(site.Pages);
        PlanChannels.Map(site.Pages);
        LocalDoor.Map(site.Local);
        SeePlaces.Map(site.Pages);
        ComparePlaces.Map(site.Pages);
        SeePlaceLists.Map(site.Pages);
        BringPlaces.Map(site.Pages);
        EnterEligible.Map(site.Pages);
        PlacesCommand.Map(site.Local);
        SeeInformation.Map(site.Pages);
        BringInformation.Map(site.Pages);
        MatchInformation.Map(site.Pages);
        site.MapBoards();
        site.MapImporting();
        SeeSources.Map(site.Pages);
        SeeExperience.Map(site.Pages);
        SeeGaps.Map(site.Pages);
        AskSurvey.Map(site.Pages);
        AnswerSurvey.Map(site.Pages);
        SeeJourneys.Map(site.Pages);
        CheckJourneys.Map(site.Pages);
        CompareJourneys.Map(site.Pages);
        SeeCaseJourney.Map(site.Pages);
        SeeForms.Map(site.Pages);
        SeeForm.Map(site);
    }

    public void Commands(CommandLine line)
    {
        ImportCommand.Add(line);
        QueryCommand.Add(line);
        RebuildCommand.Add(line);
        PlacesCommand.Add(line);
        SpcCommand.Add(line);
        MeasuresCommand.Add(line);
        ClassifyCommand.Add(line);
        JourneysCommand.Add(line);
    }

    public async Task Seed(IServiceProvider services, bool demo, CancellationToken stop)
    {
        if (!demo) return;
        await SeedNorthmoor.Run(services, stop);
        await SeedPlaces.Run(services, stop);
        await SeedInformation.Run(services, stop);
        await DemoCosts.Seed(services);
        await SeedFormUse.Run(services, stop);
        await SeedBoards.Run(services, stop);
    }
}
