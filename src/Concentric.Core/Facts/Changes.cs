using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>A service wrote a type of demand in its citizens' words, or changed one.</summary>
/// <param name="Words">What citizens ask, as the service wrote it: of all who ask so, and of no person. Null in facts from before words were told.</param>
public sealed record DemandTypeWritten(Guid DemandType, string Service, Demand Demand, bool InUse, string? Words = null) : IFact
{
    public string Subject => $"service-{Service}";
}

/// <summary>A service stated its purpose from its citizens' side.</summary>
public sealed record PurposeStated(string Service, string Purpose) : IFact
{
    public string Subject => $"service-{Service}";
}

/// <summary>A dated change to a service was recorded, before or after its effect could be seen.</summary>
public sealed record ChangeRecorded(Guid Change, string Service, DateOnly From, string What) : IFact
{
    public string Subject => $"change-{Change}";
}

/// <summary>A record of a change was withdrawn: it was not made, or recorded wrongly.</summary>
public sealed record ChangeWithdrawn(Guid Change, string Service) : IFact
{
    public string Subject => $"change-{Change}";
}

/// <summary>A list of a standard was imported.</summary>
public sealed record StandardImported(string Scheme, string Version, string FileDigest, int Added, int Changed, int Unchanged, int Missing) : IFact
{
    public string Subject => Scheme;
}

/// <summary>An edition of the need model was published: by the seed, an import, people, or to undo another.</summary>
/// <param name="Edition">Its number, from 1.</param>
/// <param name="Kind">seed, import, edit or undo.</param>
public sealed record ModelPublished(int Edition, string Kind, int Concepts, int Relations, int Offers) : IFact
{
    public string Subject => $"model-edition-{Edition}";
}
