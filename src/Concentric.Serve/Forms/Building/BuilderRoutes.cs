using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Forms.Building;

/// <summary>The pages on which designers build forms.</summary>
internal static class BuilderRoutes
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        SeeForms.Map(pages);
        BeginForm.Map(pages);
        SeeVersions.Map(pages);
        SeeVersion.Map(pages);
        EditPage.Map(pages);
        EditQuestion.Map(pages);
        EditGuidance.Map(pages);
        EditSettings.Map(pages);
        EditParts.Map(pages);
        EditJson.Map(pages);
        MoveAndRemove.Map(pages);
        SignWelsh.Map(pages);
        TryForm.Map(pages);
        KeepExamples.Map(pages);
        ReviewForm.Map(pages);
    }
}
