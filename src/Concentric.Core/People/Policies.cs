using System.Net.Sockets;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Core.People;

/// <summary>Who belongs to which audience: the one place where roles are joined to what they may open.</summary>
public static class Policies
{
    private static readonly Dictionary<string, Role[]> Roles = new()
    {
        [Audience.SignedIn] = Enum.GetValues<Role>(),
        [Audience.Citizen] = [Role.Citizen],
        [Audience.Desk] = [Role.Adviser, Role.Officer, Role.ServiceManager],
        [Audience.Manage] = [Role.ServiceManager],
        [Audience.Measure] = [Role.ServiceManager, Role.Analyst, Role.Administrator],
        [Audience.Design] = [Role.ServiceDesigner, Role.ServiceManager, Role.Analyst],
        [Audience.Analyse] = [Role.Analyst],
        [Audience.Administer] = [Role.Administrator],
    };

    /// <summary>The audiences that a role belongs to.</summary>
    public static bool Admits(string audience, Role role) => Roles[audience].Contains(role);

    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddAuthentication(SessionHandler.Scheme)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.Scheme, null)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, null);
        services.AddAuthorization(options =>
        {
            foreach (var (audience, roles) in Roles)
                options.AddPolicy(audience, p => p.AddAuthenticationSchemes(SessionHandler.Scheme).RequireRole(roles.Select(r => r.ToString())));
            options.AddPolicy(Audience.ApiKey, p => p.AddAuthenticationSchemes(ApiKeyHandler.Scheme).RequireClaim(ApiKeyHandler.ScopeClaim, nameof(ApiScopes.Read)));
            options.AddPolicy(Audience.ApiWrite, p => p.AddAuthenticationSchemes(ApiKeyHandler.Scheme).RequireClaim(ApiKeyHandler.ScopeClaim, nameof(ApiScopes.WriteContacts)));
            options.AddPolicy(Audience.ApiEnquiries, p => p.AddAuthenticationSchemes(ApiKeyHandler.Scheme).RequireClaim(ApiKeyHandler.ScopeClaim, nameof(ApiScopes.WriteEnquiries)));
            options.AddPolicy(Audience.ApiCalls, p => p.AddAuthenticationSchemes(ApiKeyHandler.Scheme).RequireClaim(ApiKeyHandler.ScopeClaim, nameof(ApiScopes.WriteCalls)));
            options.AddPolicy(Audience.LocalSocket, p => p.RequireAssertion(c => c.Resource is HttpContext http && CameByLocalSocket(http)));
        });
        return services;
    }

    private static bool CameByLocalSocket(HttpContext http) =>
        http.Features.Get<IConnectionSocketFeature>()?.Socket is { AddressFamily: AddressFamily.Unix };
}
