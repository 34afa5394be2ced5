using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Serve.Attachments;
using Concentric.Serve.Audits;
using Concentric.Serve.CallBacks;
using Concentric.Serve.Calls;
using Concentric.Serve.Cases;
using Concentric.Serve.Citizens;
using Concentric.Serve.Citizens.Matching;
using Concentric.Serve.Conversations;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Demo;
using Concentric.Serve.Desk;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Feedback;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Building;
using Concentric.Serve.Forms.Import;
using Concentric.Serve.Forms.Tables;
using Concentric.Serve.Intake;
using Concentric.Serve.Knowledge;
using Concentric.Serve.Messages;
using Concentric.Serve.Search;
using Concentric.Serve.SystemCauses;
using Concentric.Serve.Teams;
using Concentric.Serve.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve;

/// <summary>What citizens ask and what they are answered, the same for a citizen alone and for an adviser.</summary>
public sealed class ServeArea : IArea
{
    public string Name => "Serve";

    public void Tables(ModelBuilder model) => model.ApplyConfigurationsFromAssembly(typeof(ServeArea).Assembly);

    public void Services(IServiceCollection services, Settings settings)
    {
        services.AddHostedService<ForgetWords>();
        services.AddAttachments(settings, db => db.Drafts.Select(d => d.Id));
        services.AddMessages(settings);
        services.AddPayments(settings);
        services.AddSingleton<OfferDetails>();
        services.AddSingleton<WaitingTables>();
        services.AddSingleton<PublishedForms>();
        services.AddSingleton<Concentric.Core.Questions.IFormNames, TellFormNames>();
        services.AddSingleton<FormsToFill>();
        services.AddSingleton<FillDraft>();
        services.AddSingleton<SendForm>();
        services.AddSingleton<TakeFiles>();
        services.AddHostedService<EndVisits>();
        services.AddSingleton<Processes>();
        services.AddSingleton<MoveCase>();
        services.AddSingleton<CaseClock>();
        services.AddHostedService(s => s.GetRequiredService<CaseClock>());
        services.AddSingleton<AskFeedback>();
        services.AddSingleton<FeedbackPass>();
        services.AddSingleton<KeepFeedback>();
        services.AddSingleton<EnquiryLetters>();
        services.AddSingleton<AskClock>();
        services.AddHostedService(s => s.GetRequiredService<AskClock>());
        services.AddScoped<EnquiryPages>();
        services.AddScoped<RoutePages>();
        services.AddScoped<ListWork>();
        services.AddScoped<WorkPages>();
        services.AddScoped<FindCitizens>();
        services.AddScoped<OneBox>();
        services.AddConversations();
        services.AddScoped<CitizenScreen>();
        services.AddSingleton<SuggestPairs>();
        services.AddHostedService(s => s.GetRequiredService<SuggestPairs>());
        services.AddSingleton<RouteEnquiry>();
        services.AddSingleton<KeepEnquiry>();
        services.AddHostedService<ForgetAnswers>();
        services.AddHostedService<ForgetCalls>();
        services.AddScoped<ListCallBacks>();
        services.AddSingleton<MailFiles>();
        services.AddSingleton<TakeMail>();
        services.AddSingleton<PickUpMail>();
        services.AddHostedService(s => s.GetRequiredService<PickUpMail>());
    }

    public void Routes(Site site)
    {
        RaiseEnquiry.Map(site.Pages);
        EnquirySent.Map(site.Pages);
        CheckEnquiry.Map(site.Pages);
        SaySorted.Map(site.Pages);
        AskAgain.Map(site.Pages);
        AnswerQuestion.Map(site.Pages);
        SendEnquiry.Map(site);
        TellEnquiry.Map(site);
        ChangeEnquiry.Map(site);
        TransferEnquiry.Map(site.Pages);
        TakeDown.Map(site.Pages);
        SeeMail.Map(site.Pages);
        PasteMail.Map(site.Pages);
        DecideMail.Map(site.Pages);
        SeeQueue.Map(site.Pages);
        AnswerEnquiry.Map(site.Pages);
        AskCitizen.Map(site.Pages);
        LinkEnquiries.Map(site.Pages);
        SuggestNext.Map(site.Pages);
        OneBox.Map(site.Pages);
        SeeWork.Map(site.Pages);
        ChangeWork.Map(site.Pages);
        OwnWork.Map(site.Pages);
        SetMembers.Map(site.Pages);
        SetRoutes.Map(site.Pages);
        WorkCase.Map(site.Pages);
        LinkCases.Map(site.Pages);
        SeeProcesses.Map(site.Pages);
        SetCause.Map(site.Pages);
        WriteDemandTypes.Map(site.Pages);
        WriteSystemCauses.Map(site.Pages);
        DrawAudit.Map(site.Pages);
        CodeAgain.Map(site.Pages);
        OpenAttachment.Map(site.Pages);
        BringTable.Map(site.Pages);
        SeeMessages.Map(site.Pages);
        SeeSent.Map(site.Pages);
        GiveFeedback.Map(site.Pages);
        SeeFeedback.Map(site.Pages);
        SetNoticeAddresses.Map(site.Pages);
        TellSaidAndDone.Map(site.Pages);
        ReadKnowledge.Map(site.Pages);
        WriteKnowledge.Map(site.Pages);
        BuilderRoutes.Map(site.Pages);
        StartForm.Map(site.Pages);
        AnswerPage.Map(site.Pages);
        RepeatRows.Map(site.Pages);
        CheckAnswers.Map(site.Pages);
        Payments.Map(site.Pages);
        SeePayments.Map(site.Pages);
        DemoPayments.Map(site.Pages);
        KeepDetails.Map(site.Pages);
        SeeDetails.Map(site.Pages);
        SaveForm.Map(site.Pages);
        HoldConversation.Map(site.Pages);
        AskQuestions.Map(site.Pages);
        HandOver.Map(site.Pages);
        GetHelp.Map(site.Pages);
        KnowCitizen.Map(site.Pages);
        EndConversation.Map(site.Pages);
        SendCall.Map(site);
        SeeCall.Map(site.Pages);
        SeeCalls.Map(site.Pages);
        SeeCallBacks.Map(site.Pages);
        PromiseCallBack.Map(site.Pages);
        SeeCitizen.Map(site.Pages);
        ChangeCitizen.Map(site.Pages);
        SeeAddress.Map(site.Pages);
        JoinCitizens.Map(site.Pages);
        SeeLooks.Map(site.Pages);
        WhoLooked.Map(site.Pages);
    }

    public void Commands(CommandLine line)
    {
        ReferenceTableCommand.Add(line);
        FormsCommands.Add(line);
        ProcessCommands.Add(line);
        MatchCommand.Add(line);
        SearchCommand.Add(line);
    }

    public async Task Seed(IServiceProvider services, bool demo, CancellationToken stop)
    {
        if (await PublishForm.SeedLibrary(services.GetRequiredService<IWriter>(), services.GetRequiredService<TimeProvider>().GetUtcNow(), stop) > 0) services.GetRequiredService<PublishedForms>().Changed();
        await services.GetRequiredService<Processes>().Seed(services.GetRequiredService<IWriter>(), services.GetRequiredService<TimeProvider>().GetUtcNow(), stop);
        await KnowledgeLibrary.Seed(services.GetRequiredService<IWriter>(), services.GetRequiredService<TimeProvider>().GetUtcNow(), stop);
        await KeepWords.Seed(services.GetRequiredService<IWriter>(), services.GetRequiredService<IDbContextFactory<ConcentricDb>>(), stop);
        await TellDemands.Seed(services.GetRequiredService<IWriter>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (!demo) return;
        await SetMembers.SeedDemo(services.GetRequiredService<IWriter>(), services.GetRequiredService<TimeProvider>().GetUtcNow(), stop);
        await DemoTables.Seed(services);
        await DemoPlaces.Seed(services);
        await DemoEnquiries.SeedDemands(services);
        await StarterCauses.Seed(services.GetRequiredService<IWriter>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        await DemoHistory.Seed(services, stop);
    }
}
