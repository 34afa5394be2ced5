using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Disclosure;

/// <summary>The contact store as one reader may see it: exact for analysts, under <see cref="RuleA"/> for everybody else. The only way in which a page, a file or the API reads contacts.</summary>
public sealed class VisibleContacts(IContactStore store, bool isExact)
{
    /// <summary>Whether figures are shown as they are.</summary>
    public bool IsExact => isExact;

    public ContactDimensions Dimensions => store.Dimensions;

    /// <summary>Most groups that are held in memory to be looked at under rule A, which needs all of them.</summary>
    public const int MostGroups = 200_000;

    /// <summary>As <see cref="IContactStore.Query"/>; where the reader may not see it exactly, under rule A.</summary>
    /// <exception cref="ArgumentException">The question makes no sense, or has too many groups for the rule.</exception>
    public async Task<CubeResult> Query(CubeQuery query, CancellationToken stop = default)
    {
        if (isExact) return await store.Query(query, stop);
        var whole = await store.Query(RuleA.Whole(query) with { Limit = MostGroups + 1 }, stop);
        if (whole.Rows > MostGroups) throw new ArgumentException($"The answer would have more than {Say.Number(MostGroups)} groups, also counting those that a filter on what is grouped by leaves out. Group by less, or choose fewer days.");
        return RuleA.Apply(query, whole);
    }

    /// <summary>What citizens needed, as this reader may see it.</summary>
    /// <exception cref="ArgumentException">The question makes no sense.</exception>
    public Task<IReadOnlyList<NeedFigures>> Needs(NeedQuery query, CancellationToken stop = default) => VisibleNeeds.Of(store, isExact, query, stop);

    /// <summary>As <see cref="Needs"/> of each group by itself, with one question to the store: what is told of a group is what whoever asks about it alone is told.</summary>
    /// <exception cref="ArgumentException">The question makes no sense.</exception>
    public async Task<ILookup<int, NeedFigures>> NeedsOfEach(NeedQuery query, CancellationToken stop = default) =>
        (await store.Needs(query, stop)).Select(n => isExact ? NeedFigures.Exact(n) : NeedFigures.UnderRuleA(n)).ToLookup(n => n.Group);

    /// <summary>As <see cref="Query"/> of each, with few questions to the store (<see cref="MergedQueries"/>).</summary>
    /// <exception cref="ArgumentException">A question makes no sense, or has too many groups for the rule.</exception>
    public async Task<IReadOnlyList<CubeResult>> QueryAll(IReadOnlyList<CubeQuery> queries, CancellationToken stop = default)
    {
        var answers = await MergedQueries.Ask(isExact ? queries : [.. queries.Select(RuleA.Whole)], query => store.Query(query, stop));
        return isExact ? answers : [.. queries.Zip(answers, RuleA.Apply)];
    }

    /// <summary>What was counted elsewhere, each amount as its reader may see it.</summary>
    public async Task<IReadOnlyList<(CountedRow Row, ShownCount Amount)>> Counted(CountedQuery query, CancellationToken stop = default) =>
        [.. (await store.Counted(query, stop)).Rows.Select(row => (row, isExact ? ShownCount.Exact(row.Amount) : ShownCount.Rounded(row.Amount)))];

    /// <summary>What people said of how it was, to make figures of: each count goes through <see cref="FormUse.AsShown"/> before anybody sees it.</summary>
    internal Task<IReadOnlyList<FeedbackCount>> Feedback(FeedbackQuery query, CancellationToken stop = default) => store.Feedback(query, stop);

    /// <summary>How much came in when, to plan staff with: each count goes through <see cref="Staffing.Workload"/>, which knows the rule, before anybody sees it.</summary>
    internal Task<IReadOnlyList<HalfHour>> Workload(WorkloadQuery query, CancellationToken stop = default) => store.Workload(query, stop);

    /// <summary>As <see cref="IContactStore.Chains"/>, all services of the question together; each count under rule A where the reader may not see it exactly.</summary>
    public async Task<ShownChains> Chains(ChainQuery query, CancellationToken stop = default)
    {
        var found = await store.Chains(query, stop);
        Core.ShownCount Shown(Func<ChainCount, long> of) => isExact ? Core.ShownCount.Exact(found.Sum(of)) : Core.ShownCount.Rounded(found.Sum(of));
        return new(Shown(c => c.Chains), Shown(c => c.SettledAtOnce), Shown(c => c.Persons));
    }
}

/// <summary>Chains as they may be shown.</summary>
/// <param name="Persons">Who began them; over several services somebody may be counted more than once.</param>
public sealed record ShownChains(Core.ShownCount Chains, Core.ShownCount SettledAtOnce, Core.ShownCount Persons);

/// <summary>Says who may see what.</summary>
internal sealed class Disclosed(IContactStore store)
{
    /// <summary>What the codes mean: names alone, which need no rule.</summary>
    public ContactDimensions Dimensions => store.Dimensions;

    /// <summary>The contacts as that visitor may see them.</summary>
    public VisibleContacts For(ClaimsPrincipal visitor) => new(store, visitor.IsOf(Audience.Analyse));
}
