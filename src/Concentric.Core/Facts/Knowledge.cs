using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>A knowledge page was written, or written anew. Holds none of its words.</summary>
/// <param name="Page">Its short name.</param>
/// <param name="Service">LGSL identifier, where it is about one service.</param>
public sealed record KnowledgeWritten(string Page, int Version, string? Service) : IFact
{
    public string Subject => $"knowledge-{Page}";
}

/// <summary>Somebody looked through a knowledge page and found that all of it is still right.</summary>
/// <param name="Page">Its short name.</param>
/// <param name="ReviewBy">By when somebody must look again.</param>
public sealed record KnowledgeReviewed(string Page, int Version, DateOnly ReviewBy) : IFact
{
    public string Subject => $"knowledge-{Page}";
}

/// <summary>Somebody said whether a knowledge page answered them. Holds nothing that they wrote.</summary>
/// <param name="Page">Its short name.</param>
/// <param name="Service">LGSL identifier, where it is about one service.</param>
/// <param name="Found">What they looked for was there.</param>
public sealed record KnowledgeJudged(string Page, int Version, string? Service, bool Found, DateTimeOffset At) : IFact
{
    public string Subject => $"knowledge-{Page}";
}
