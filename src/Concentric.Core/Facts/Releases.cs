using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>A table of counts was published, with small numbers hidden.</summary>
/// <param name="Rule">B where small cells and those that protect them are hidden, A where all are rounded.</param>
/// <param name="Cells">Cells without the totals.</param>
/// <param name="Hidden">Of these, those not shown.</param>
public sealed record FiguresReleased(Guid Release, string Title, string Rule, int Cells, int Hidden) : IFact
{
    public string Subject => $"release-{Release}";
}
