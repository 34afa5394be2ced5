using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.FailureDemand;

/// <summary>A service and channel of an audit, as it may be shown; a count that is null is withheld with others of its column.</summary>
/// <param name="Sampled">Contacts that the second coder coded as value or failure.</param>
/// <param name="Part">Of them, failure.</param>
public sealed record AuditStratum(string Service, string Channel, ShownCount Size, ShownCount? Sampled, ShownCount? Part);

/// <summary>What an audit found, as it may be shown: how far two coders agree, and the share of failure demand by the second code.</summary>
/// <param name="Agreement">Over value and failure; null where nothing was coded twice, or a count that it is made of is hidden.</param>
/// <param name="Codes">The codes of the table, in its order.</param>
/// <param name="Table">Contacts by the first coder's code (row) and the second's (column); null where it is withheld, because a hidden count could be worked out from it.</param>
/// <param name="Share">By service and channel, each weighing as many contacts as it has; null where too few were coded, or a count that it is made of is hidden.</param>
/// <param name="NotKnown">Contacts that the second coder could not tell; they are in no share. Null where it is withheld.</param>
/// <param name="IsCoded">Whether anything was coded a second time.</param>
/// <param name="HidesAgreement">Whether the agreement is missing because a count is hidden.</param>
/// <param name="HidesShare">Likewise the share.</param>
public sealed record AuditView(
    AuditEnded Audit, Agreement? Agreement, IReadOnlyList<Demand> Codes, IReadOnlyList<IReadOnlyList<ShownCount?>> Table, StratifiedShare? Share, IReadOnlyList<AuditStratum> Strata, ShownCount? NotKnown,
    bool IsCoded, bool HidesAgreement, bool HidesShare)
{
    /// <summary>All of an audit, or one service of it.</summary>
    /// <param name="service">Key of the service; null for all.</param>
    /// <param name="isExact">Whether it is for an analyst. Everybody else sees rounded counts, and figures made of these alone.</param>
    /// <param name="label">The words for a service and for a channel.</param>
    public static AuditView Of(AuditEnded audit, string? service, bool isExact, Func<string, string> label, Func<string, string> channel)
    {
        var parts = audit.Parts.Where(p => service is null || p.Service == service).ToList();
        Demand[] codes = [Demand.Value, Demand.Failure, Demand.Unknown];
        long Count(Demand first, Demand second) => parts.Sum(p => p.Codes.Where(c => c.First == first && c.Second == second).Sum(c => c.Contacts));
        long[][] exact = [.. codes.Select(f => (long[])[.. codes.Select(s => Count(f, s))])];
        var table = AuditHiding.Table(exact, isExact);
        // Kappa over the two codes that a share is made of; who cannot tell disagrees with nobody.
        var hidesAgreement = table[..2].Any(row => row[..2].Any(n => n is not { IsHidden: false }));
        var agreement = hidesAgreement ? null : Agreement.Of([[table[0][0]!.Value.Estimate, table[0][1]!.Value.Estimate], [table[1][0]!.Value.Estimate, table[1][1]!.Value.Estimate]]);

        var counts = parts.ConvertAll(p => (Coded: p.Codes.Where(c => c.Second is Demand.Value or Demand.Failure).Sum(c => c.Contacts), Failure: p.Codes.Where(c => c.Second == Demand.Failure).Sum(c => c.Contacts)));
        var (sampled, failures) = (AuditHiding.Row([.. counts.Select(c => c.Coded)], isExact), AuditHiding.Row([.. counts.Select(c => c.Failure)], isExact));
        var strata = parts.Select((p, i) => new AuditStratum(label(p.Service), channel(p.Channel), AuditHiding.Show(p.Size, isExact), sampled[i], failures[i])).ToList();
        var hidesShare = strata.Exists(s => s.Size.IsHidden || s.Sampled is not { IsHidden: false } || s.Part is not { IsHidden: false });
        var share = hidesShare ? null : StratifiedShare.Of(strata.ConvertAll(AuditHiding.Sample));
        var notKnown = exact.Sum(row => row[2]);
        return new(audit, agreement, codes, table, share, strata, table.All(row => row[2] is not null) ? AuditHiding.Show(notKnown, isExact) : null, exact.Any(row => row.Any(n => n > 0)), hidesAgreement, hidesShare);
    }
}
