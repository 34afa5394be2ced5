using Concentric.Core.Web;

namespace Concentric.Needs.Designing;

/// <summary>The pages of the service designer.</summary>
internal static class DesigningRoutes
{
    public static void Map(Site site)
    {
        ShowStart.Map(site);
        ListThings.Map(site);
        ShowThing.Map(site);
        EditConcept.Map(site);
        ShowOffer.Map(site);
        EditOffer.Map(site);
        EditPlace.Map(site);
        ChooseLink.Map(site);
        EditLink.Map(site);
        RetireThing.Map(site);
        SeeDrafts.Map(site);
        ReviewDraft.Map(site);
        AffectedCircles.Map(site);
        SeeEditions.Map(site);
        UndoAnEdition.Map(site);
        ReadEditions.Map(site);
    }
}
