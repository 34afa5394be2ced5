using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Questions;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Costs;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Statistics;
using Concentric.Measure.Variation;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.FailureDemand;

/// <summary>Gathers what a page of demand shows, as its reader may see it.</summary>
internal sealed class DemandFigures(IContactStore store, IServiceChanges changes, IServiceNames names)
{
    private static readonly Filter IsFailure = new(Dimension.Demand, (int)Demand.Failure);

    /// <param name="service">Null: all services.</param>
    public async Task<DemandView> Of(Scope scope, ServiceCode? service, VisibleContacts contacts, LocalCosts costs, CancellationToken stop)
    {
        Filter[] only = service is null ? [] : [new(Dimension.Service, service.Code)];
        var query = scope.Query with { Where = [.. scope.Query.Where, .. only] };
        var book = await DemandBook.Load(store, stop);
        var plain = (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        var strata = await FailureCosts.Strata(query, contacts, stop);
        var (types, withheld) = await Types(query, book, contacts, stop);
        var recorded = service is null || !scope.IsOwn ? [] : await changes.Of(service.Key, stop);
        return new()
        {
            Scope = scope, Service = service, IsExact = contacts.IsExact,
            Total = await SeeContacts.Total(scope, contacts, stop, only),
            Types = types, TypesWithheld = withheld,
            Weighted = StratifiedShare.Of([.. strata.Select(s => s.Stratum)]),
            Audit = scope.IsOwn ? await Audit(service?.Key, contacts.IsExact, plain, stop) : null,
            Cost = await FailureCosts.Of(query, strata, costs, contacts, stop),
            Causes = await Causes(query, book, plain, contacts, stop),
            Symptoms = await SeeContacts.Lines(scope, contacts, Dimension.FailureCause, stop, [.. only, IsFailure]),
            Repeats = await RepeatFigures.Of(scope, query, service?.Code, contacts, stop),
            Chasing = await Count(contacts, query.With(Dimension.Batch, 0).With(Dimension.Chases, 1), stop),
            Own = await Count(contacts, query.With(Dimension.Batch, 0), stop),
            Access = [.. await Access(scope, query, recorded, contacts, stop)],
            Services = service is not null ? [] : (await SeeContacts.Lines(scope, contacts, Dimension.Service, stop)).ConvertAll(s => s with { Label = plain.GetValueOrDefault(s.Key, s.Label) }),
        };
    }

    private static async Task<(List<TypeLine> Types, bool Withheld)> Types(CubeQuery query, DemandBook book, VisibleContacts contacts, CancellationToken stop)
    {
        var lines = new List<TypeLine>();
        var withheld = false;
        foreach (var demand in (Demand[])[Demand.Value, Demand.Failure])
        {
            var result = await contacts.Query(query.With(Dimension.Demand, (int)demand).GroupedBy(Dimension.DemandType).Counting(CountedMeasure.Contacts).Sorted(Order.ByLargest(CountedMeasure.Contacts)), stop);
            withheld |= result.IsWithheld;
            lines.AddRange(Enumerable.Range(0, result.Rows).Select(row => new TypeLine(book.Type(result.Code(row, Dimension.DemandType)), demand, result.Shown(row, CountedMeasure.Contacts))));
        }
        return (lines, withheld);
    }

    private static async Task<CausePareto> Causes(CubeQuery query, DemandBook book, Dictionary<string, string> plain, VisibleContacts contacts, CancellationToken stop)
    {
        var failure = query.With(Dimension.Demand, (int)Demand.Failure).Counting(CountedMeasure.Contacts).Sorted(Order.ByLargest(CountedMeasure.Contacts));
        var byCause = await contacts.Query(failure.GroupedBy(Dimension.SystemCause), stop);
        var rows = Enumerable.Range(0, byCause.Rows).Select(row => (Code: byCause.Code(row, Dimension.SystemCause), Count: byCause.Shown(row, CountedMeasure.Contacts))).ToList();
        var set = rows.Where(r => r.Code != 0).ToList();
        double all = set.Sum(r => r.Count.Estimate);
        var (so, known) = (0L, true);
        var lines = set.ConvertAll(r =>
        {
            so += r.Count.Estimate;
            known &= !r.Count.IsHidden;
            return new CauseLine(book.Cause(r.Code), r.Count, known && all > 0 ? so / all : null);
        });
        var bySource = await contacts.Query(failure.GroupedBy(Dimension.SystemCause, Dimension.CauseService, Dimension.CauseStep), stop);
        var sources = Enumerable.Range(0, bySource.Rows).Where(row => bySource.Code(row, Dimension.SystemCause) != 0).Select(row =>
        {
            var (service, step) = (contacts.Dimensions.Services[bySource.Code(row, Dimension.CauseService)], bySource.Code(row, Dimension.CauseStep));
            return new CauseSource(book.Cause(bySource.Code(row, Dimension.SystemCause)), service.Code == 0 ? "Not said" : plain.GetValueOrDefault(service.Key, service.Label),
                step == 0 ? null : contacts.Dimensions.Label(Dimension.CauseStep, step), bySource.Shown(row, CountedMeasure.Contacts));
        }).ToList();
        var zero = ShownCount.Of(0, false, contacts.IsExact);
        var total = await Count(contacts, query.With(Dimension.Demand, (int)Demand.Failure), stop);
        var notSet = rows.Where(r => r.Code == 0).Select(r => r.Count).FirstOrDefault(zero);
        return new(lines, sources, notSet, set.Count == 0 ? zero : contacts.IsExact ? ShownCount.Exact((long)all) : ShownCount.Rounded(Math.Max(0, total.Estimate - notSet.Estimate)), byCause.IsWithheld);
    }

    private static async Task<List<AccessEffect>> Access(Scope scope, CubeQuery query, IReadOnlyList<ServiceChange> recorded, VisibleContacts contacts, CancellationToken stop)
    {
        if (recorded.Count == 0) return [];
        var value = query.With(Dimension.Demand, (int)Demand.Value);
        var everybody = await Weeks(scope, value, contacts, stop);
        var deprived = contacts.Dimensions.Areas.Any(a => a.Decile > 0) ? await Weeks(scope, value.With(Dimension.Decile, 1, 2, 3), contacts, stop) : null;
        Effect Judge(WeeklySeries series, ServiceChange change) => EffectOfChange.Of(series, change.From, Better.Neither, recorded.Select(r => r.From), change.What);
        return [.. recorded.Reverse().Select(c => new AccessEffect(c, Judge(everybody, c), deprived is null ? null : Judge(deprived, c)))];
    }

    private static async Task<WeeklySeries> Weeks(Scope scope, CubeQuery query, VisibleContacts contacts, CancellationToken stop)
    {
        var result = await contacts.Query(query.GroupedBy(Dimension.Week).Counting(CountedMeasure.Contacts), stop);
        return WeeklySeries.OfShown([.. Enumerable.Range(0, result.Rows).Select(r => (result.Code(r, Dimension.Week), result.Shown(r, CountedMeasure.Contacts)))], scope.Complete, result.IsWithheld ? [] : null);
    }

    /// <summary>The last audit that coded something of it again.</summary>
    private async Task<AuditView?> Audit(string? service, bool isExact, Dictionary<string, string> plain, CancellationToken stop) =>
        (await store.Told<AuditEnded>(stop)).OrderByDescending(a => a.Through).ThenByDescending(a => a.Audit)
            .Select(a => AuditView.Of(a, service, isExact, key => plain.GetValueOrDefault(key, key), SeeAudit.Channel)).FirstOrDefault(a => a.IsCoded);

    private static async Task<ShownCount> Count(VisibleContacts contacts, CubeQuery query, CancellationToken stop) =>
        (await contacts.Query(query.Counting(CountedMeasure.Contacts), stop)).Shown(0, CountedMeasure.Contacts);
}
