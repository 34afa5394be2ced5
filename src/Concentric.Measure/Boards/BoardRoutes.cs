using Concentric.Core.Web;

namespace Concentric.Measure.Boards;

/// <summary>The routes of measures, boards, reviews and targets.</summary>
internal static class BoardRoutes
{
    public static void MapBoards(this Site site)
    {
        SeeBoards.Map(site.Pages);
        SeeMeasure.Map(site.Pages);
        SeePoint.Map(site.Pages);
        KeepMeasure.Map(site.Pages);
        MarkChart.Map(site.Pages);
        SetTarget.Map(site.Pages);
        HoldReview.Map(site.Pages);
        TellMeasures.Map(site);
    }
}
