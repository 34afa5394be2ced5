using Concentric.Core;
using Concentric.Core.Web;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Desk;
using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve;

/// <summary>What citizens ask and what they are answered, the same for a citizen alone and for an adviser.</summary>
public sealed class ServeArea : IArea
{
    public string Name => "Serve";

    public void Tables(ModelBuilder model) => model.ApplyConfigurationsFromAssembly(typeof(ServeArea).Assembly);

    public void Services(IServiceCollection services, Settings settings) => services.AddHostedService<ForgetWords>();

    public void Routes(Site site)
    {
        RaiseEnquiry.Map(site.Pages);
        EnquirySent.Map(site.Pages);
        CheckEnquiry.Map(site);
        SeeQueue.Map(site.Pages);
        AnswerEnquiry.Map(site.Pages);
        SuggestNext.Map(site.Pages);
        SetCause.Map(site.Pages);
        WriteDemandTypes.Map(site.Pages);
    }

    public Task Seed(IServiceProvider services, bool demo, CancellationToken stop) => demo ? DemoEnquiries.Seed(services, stop) : Task.CompletedTask;
}
