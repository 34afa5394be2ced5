using Concentric.Core;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure;

public sealed class MeasureArea : IArea
{
    public string Name => "Measure";

    public void Tables(ModelBuilder model) { }
}
