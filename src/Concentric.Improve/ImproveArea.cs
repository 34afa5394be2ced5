using Concentric.Core;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Improve;

public sealed class ImproveArea : IArea
{
    public string Name => "Improve";

    public void Tables(ModelBuilder model) => model.ApplyConfigurationsFromAssembly(typeof(ImproveArea).Assembly);
}
