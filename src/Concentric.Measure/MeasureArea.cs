using Concentric.Core;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure;

/// <summary>Measure: every contact, by service, channel, time and why it was made.</summary>
public sealed class MeasureArea : IArea
{
    public string Name => "Measure";

    /// <summary>None: what Measure keeps is the contact store, derived from the journal.</summary>
    public void Tables(ModelBuilder model) { }
}
