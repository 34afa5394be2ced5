using Concentric.Core.Web;

namespace Concentric.Needs.Workshops;

/// <summary>The pages of the workshop kit.</summary>
internal static class WorkshopRoutes
{
    public static void Map(Site site)
    {
        SeeWorkshops.Map(site);
        TypeInResult.Map(site);
        MakeDraft.Map(site);
        CompareWithContacts.Map(site);
        PrintKit.Map(site);
    }
}
