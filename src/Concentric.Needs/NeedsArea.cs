using Concentric.Core;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs;

public sealed class NeedsArea : IArea
{
    public string Name => "Needs";

    public void Tables(ModelBuilder model) { }
}
