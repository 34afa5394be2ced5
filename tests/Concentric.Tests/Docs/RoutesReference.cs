using System.Reflection;
using System.Runtime.CompilerServices;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Docs;

/// <summary>docs/reference/routes.md: every address that the program answers, and whom it is for.</summary>
internal static class RoutesReference
{
    private static readonly Dictionary<string, string> Sections = new()
    {
        ["Pages"] = "For people with a browser. Every method but GET needs the form's antiforgery token.",
        ["API"] = "JSON for programs, described by [openapi.json](openapi.json). A key goes in the header `Authorization: Bearer`; `concentric keys make` makes one.",
        ["Local"] = "For the command line of the same machine, over the socket in the data folder.",
    };

    public static IEnumerable<RouteEndpoint> Routes(IServiceProvider services) =>
        services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public static string Pattern(RouteEndpoint route) => "/" + route.RoutePattern.RawText!.TrimStart('/');

    public static string Make(IServiceProvider services)
    {
        var page = new List<string> { $"""
            {Committed.Made}
            # Routes

            Every address that the program answers, whom it is for, and the class that answers. A route that does not say whom it is for stops the program at its start.

            | audience | who that is |
            |---|---|
            | everybody | signed in or not |

            """ };
        foreach (var audience in typeof(Audience).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)) page.Add($"| {audience} | {Who(audience)} |\n");

        var routes = (from route in Routes(services)
                      from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["any"]
                      let pattern = Pattern(route)
                      orderby pattern, method
                      select (Section: pattern.StartsWith("/api/", StringComparison.Ordinal) ? "API" : pattern.StartsWith("/local/", StringComparison.Ordinal) ? "Local" : "Pages",
                          Line: $"| {method} | `{pattern}` | {AudienceOf(route)} | {Handler(route)} |")).ToList();
        foreach (var (section, about) in Sections)
            page.Add($"\n## {section}\n\n{about}\n\n| | address | audience | answered by |\n|---|---|---|---|\n{string.Join('\n', routes.Where(r => r.Section == section).Select(r => r.Line))}\n");
        return string.Concat(page);
    }

    private static string AudienceOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "everybody" : string.Join(" and ", route.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy));

    private static string Who(string audience) => audience switch
    {
        Audience.ApiKey => "a program with a key that may read",
        Audience.ApiWrite => "a program with a key that may write contacts",
        Audience.ApiEnquiries => "a program with a key that may write enquiries",
        Audience.ApiCalls => "a program with a key that may write calls",
        Audience.LocalSocket => "the command line of the same machine, by the socket",
        _ => string.Join(", ", Enum.GetValues<Role>().Where(r => Policies.Admits(audience, r)).Select(r => Person.Words(r).ToLowerInvariant())),
    };

    private static string Handler(RouteEndpoint route)
    {
        var type = route.Metadata.GetMetadata<MethodInfo>()?.DeclaringType;
        while (type?.DeclaringType is { } outer && type.GetCustomAttribute<CompilerGeneratedAttribute>() is not null) type = outer;
        return type?.FullName is { } name && name.StartsWith("Concentric.", StringComparison.Ordinal) ? $"`{name["Concentric.".Length..]}`" : "ASP.NET Core";
    }
}
