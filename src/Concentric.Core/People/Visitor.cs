using System.Security.Claims;

namespace Concentric.Core.People;

/// <summary>What a handler may ask of whoever is signed in.</summary>
public static class Visitor
{
    extension(ClaimsPrincipal visitor)
    {
        /// <summary>The person's id as the journal names them.</summary>
        /// <exception cref="InvalidOperationException">Nobody is signed in: the route forgot its audience.</exception>
        public string Actor => visitor.FindFirstValue(SessionHandler.PersonIdClaim) ?? throw new InvalidOperationException("Nobody is signed in.");

        /// <summary>The id of the API key with which a program asks, or null.</summary>
        public string? KeyId => visitor.FindFirst(ClaimTypes.NameIdentifier) is { Subject.AuthenticationType: ApiKeyHandler.Scheme } key ? key.Value : null;

        public Guid PersonId => Guid.Parse(visitor.Actor);

        /// <summary>The role in which the visitor is signed in; null where nobody is.</summary>
        public Role? Role => Enum.TryParse<Role>(visitor.FindFirstValue(ClaimTypes.Role), out var role) ? role : null;

        /// <summary>Whether the visitor is one of an audience of <see cref="Web.Audience"/>.</summary>
        public bool IsOf(string audience) => visitor.Role is { } role && Policies.Admits(audience, role);
    }
}
