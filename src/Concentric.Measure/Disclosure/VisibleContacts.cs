using System.Security.Claims;
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

    /// <summary>As <see cref="IContactStore.Query"/>; where the reader may not see it exactly, under rule A.</summary>
    public async Task<CubeResult> Query(CubeQuery query, CancellationToken stop = default) =>
        isExact ? await store.Query(query, stop) : RuleA.Apply(query, await store.Query(RuleA.Whole(query), stop));
}

/// <summary>Says who may see what.</summary>
internal sealed class Disclosed(IContactStore store)
{
    /// <summary>The contacts as that visitor may see them.</summary>
    public VisibleContacts For(ClaimsPrincipal visitor) => new(store, visitor.IsOf(Audience.Analyse));
}
