using Concentric.Core.Facts;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.FailureDemand;

/// <summary>What an audit found: how far two coders agree, and the share of failure demand by the second code.</summary>
/// <param name="Agreement">Over value and failure; null where nothing was coded twice.</param>
/// <param name="Codes">The codes of the table, in its order.</param>
/// <param name="Table">Contacts by the first coder's code (row) and the second's (column).</param>
/// <param name="Share">By service and channel, each weighing as many contacts as it has; null where too few were coded.</param>
/// <param name="NotKnown">Contacts that the second coder could not tell; they are in no share.</param>
public sealed record AuditView(AuditEnded Audit, Agreement? Agreement, IReadOnlyList<Demand> Codes, IReadOnlyList<IReadOnlyList<long>> Table, StratifiedShare? Share, IReadOnlyList<Stratum> Strata, long NotKnown)
{
    /// <summary>All of an audit, or one service of it.</summary>
    /// <param name="service">Key of the service; null for all.</param>
    /// <param name="label">The words for a service and for a channel.</param>
    public static AuditView Of(AuditEnded audit, string? service, Func<string, string> label, Func<string, string> channel)
    {
        var parts = audit.Parts.Where(p => service is null || p.Service == service).ToList();
        Demand[] codes = [Demand.Value, Demand.Failure, Demand.Unknown];
        long Count(Demand first, Demand second) => parts.Sum(p => p.Codes.Where(c => c.First == first && c.Second == second).Sum(c => c.Contacts));
        IReadOnlyList<IReadOnlyList<long>> table = [.. codes.Select(f => (IReadOnlyList<long>)[.. codes.Select(s => Count(f, s))])];
        var strata = parts.ConvertAll(p => new Stratum(label(p.Service), channel(p.Channel), p.Size,
            p.Codes.Where(c => c.Second is Demand.Value or Demand.Failure).Sum(c => c.Contacts), p.Codes.Where(c => c.Second == Demand.Failure).Sum(c => c.Contacts)));
        // Kappa over the two codes that a share is made of; who cannot tell disagrees with nobody.
        var agreement = Agreement.Of([[Count(Demand.Value, Demand.Value), Count(Demand.Value, Demand.Failure)], [Count(Demand.Failure, Demand.Value), Count(Demand.Failure, Demand.Failure)]]);
        return new(audit, agreement, codes, table, StratifiedShare.Of(strata), strata, codes.Sum(f => Count(f, Demand.Unknown)));
    }
}
