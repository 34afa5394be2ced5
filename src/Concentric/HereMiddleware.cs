using Concentric.Core.People;
using Concentric.Core.Web;

namespace Concentric;

/// <summary>Tells each page where it is: the council, who is looking, and what they may go to.</summary>
internal static class HereMiddleware
{
    private static readonly (string Text, string Href, string? Audience)[] Navigation =
    [
        ("Get help", "/", null),
        ("Forms", "/forms", null),
        ("Check an enquiry", "/enquiries/status", null),
        ("Your details", "/my-details", Audience.Citizen),
        ("Design forms", "/forms-design", Audience.Design),
        ("Desk", "/desk", Audience.Desk),
        ("Needs", "/model", Audience.Design),
        ("Measure", "/measure", Audience.Measure),
        ("Improve", "/improve", Audience.Measure),
        ("People", "/people", Audience.Administer),
    ];

    public static Task Fill(HttpContext http, RequestDelegate next)
    {
        var here = http.RequestServices.GetRequiredService<Here>();
        var council = http.RequestServices.GetRequiredService<OwnCouncil>();
        here.CouncilName = council.Name;
        here.IsSynthetic = council.IsSynthetic;
        here.Path = http.Request.Path.Value ?? "/";
        here.PersonName = http.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : null;
        here.Navigation =
        [
            .. from item in Navigation
               where item.Audience is null || http.User.IsOf(item.Audience)
               select new NavItem(item.Text, item.Href, IsCurrent(item.Href, here.Path)),
        ];
        return next(http);
    }

    private static bool IsCurrent(string section, string path) => section switch
    {
        "/" => path == "/" || (IsUnder("/needs", path) && !IsUnder("/needs/anticipation", path)) || IsUnder("/services", path),
        "/model" => IsUnder("/model", path) || IsUnder("/standards", path) || IsUnder("/needs/anticipation", path),
        _ => IsUnder(section, path),
    };

    private static bool IsUnder(string section, string path) => path == section || path.StartsWith(section + "/", StringComparison.Ordinal);
}
