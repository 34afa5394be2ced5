using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>A person of the staff signed in.</summary>
public sealed record SignedIn(Guid Person) : IFact
{
    public string Subject => $"person-{Person}";
}

/// <summary>A person of the staff signed out.</summary>
public sealed record SignedOut(Guid Person) : IFact
{
    public string Subject => $"person-{Person}";
}

/// <summary>An administrator disabled a person of the staff, or let them in again.</summary>
public sealed record PersonDisabled(Guid Person, bool Disabled) : IFact
{
    public string Subject => $"person-{Person}";
}

/// <summary>A key to the API was made or withdrawn.</summary>
public sealed record ApiKeyChanged(Guid Key, string Name, bool Withdrawn) : IFact
{
    public string Subject => $"key-{Key}";
}

/// <summary>The key of the pseudonyms was replaced. Persons before and after this do not meet: whoever asked before is counted as new once more.</summary>
public sealed record PseudonymsRotated : IFact
{
    public string Subject => "pseudonyms";
}

/// <summary>Somebody of the staff began to work in a team, or does no more: with it goes what they may see.</summary>
public sealed record TeamMemberSet(Guid Person, string Team, bool IsMember) : IFact
{
    public string Subject => $"person-{Person}";
}
