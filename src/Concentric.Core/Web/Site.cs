using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Core.Web;

/// <summary>Where areas hang their routes. Every route says whom it is for (<see cref="Audience"/>); a test fails on one that does not.</summary>
/// <param name="Pages">Pages for people. Every unsafe method needs an antiforgery token.</param>
/// <param name="Api">JSON under /api/v1, for programs with a key; described by OpenAPI. Never authenticated by the cookie.</param>
/// <param name="Local">The command line of the same machine, over a socket that only its owner can open.</param>
public sealed record Site(RouteGroupBuilder Pages, RouteGroupBuilder Api, RouteGroupBuilder Local);

/// <summary>Whom a route is for. Roles are joined to these in one place, Policies.cs.</summary>
public static class Audience
{
    public const string SignedIn = nameof(SignedIn);

    /// <summary>Citizens who signed in as themselves. What they need no account for is for everybody.</summary>
    public const string Citizen = nameof(Citizen);

    public const string Desk = nameof(Desk);
    public const string Manage = nameof(Manage);
    public const string Measure = nameof(Measure);
    public const string Design = nameof(Design);
    public const string Analyse = nameof(Analyse);
    public const string Administer = nameof(Administer);
    public const string ApiKey = nameof(ApiKey);
    public const string ApiWrite = nameof(ApiWrite);
    public const string ApiEnquiries = nameof(ApiEnquiries);
    public const string ApiCalls = nameof(ApiCalls);
    public const string LocalSocket = nameof(LocalSocket);

    extension<T>(T route) where T : IEndpointConventionBuilder
    {
        /// <summary>Anybody, signed in or not.</summary>
        public T ForEverybody() { route.WithMetadata(new AllowAnonymousAttribute()); return route; }

        /// <summary>Only those of an audience, named by one of the constants of <see cref="Audience"/>.</summary>
        public T For(string audience) { route.WithMetadata(new AuthorizeAttribute(audience)); return route; }
    }
}
