using Concentric.Core;
using Concentric.Measure.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Measure;

/// <summary>Measure: every contact, by service, channel, time and why it was made.</summary>
public sealed class MeasureArea : IArea
{
    public string Name => "Measure";

    /// <summary>None: what Measure keeps is the contact store, derived from the journal.</summary>
    public void Tables(ModelBuilder model) { }

    public void Services(IServiceCollection services, Settings settings) => services.AddContacts(settings);
}
