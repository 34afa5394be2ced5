using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.Citizens;
using Concentric.Serve.Conversations;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;
using Concentric.Serve.Knowledge;
using Concentric.Serve.Search;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Desk;

/// <summary>What the one box found.</summary>
public sealed record Found
{
    public required string? Asked { get; init; }
    public IReadOnlyList<FoundWork> Work { get; init; } = [];

    /// <summary>The reference was not typed as it is: one of these may be meant.</summary>
    public bool IsGuess { get; init; }

    public IReadOnlyList<FoundPerson> People { get; init; } = [];
    /// <summary>Knowledge pages that say something of it, with their part for staff.</summary>
    public IReadOnlyList<Choice> Answers { get; init; } = [];

    public IReadOnlyList<Choice> Services { get; init; } = [];
    public IReadOnlyList<FormChoiceRow> Forms { get; init; } = [];

    public bool IsNothing => Work.Count + People.Count + Answers.Count + Services.Count + Forms.Count == 0;
}

/// <summary>An enquiry or case that was found.</summary>
public sealed record FoundWork(string Reference, string What, DateTimeOffset At, bool IsOpen, bool IsCase)
{
    public string Href => $"/desk/{(IsCase ? "cases" : "enquiries")}/{Reference}";
}

/// <summary>A citizen that was found, with what of theirs is open.</summary>
public sealed record FoundPerson(Guid Id, string Name, string Where, IReadOnlyList<FoundWork> Open);

/// <summary>The adviser's one box: a name, an address, a postcode, a number, a reference or words lead to the person, their open work, the service, the form and the partner.</summary>
internal sealed class OneBox(ConcentricDb db, FindCitizens citizens, IServiceNames services, PublishedForms published)
{
    public const string Address = "/desk/find";
    public const int Longest = 200;
    private const int MostOpen = 3;
    private const int MostForms = 10;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Address, Show).For(Audience.Desk);

    private static async Task<RazorComponentResult> Show(string? q, OneBox box, ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var asked = Fields.Tidy(q ?? "");
        return new RazorComponentResult<FoundPage>(new { Found = asked.Length is > 0 and <= Longest ? await box.Find(asked, await Sight.Of(db, visitor, stop), stop) : new Found { Asked = asked.Length == 0 ? null : asked[..Longest] } });
    }

    public async Task<Found> Find(string asked, Sight sight, CancellationToken stop)
    {
        var names = (await services.All(stop)).ToDictionary(s => s.Id, StringComparer.Ordinal);
        var (work, isGuess) = await ByReference(asked, sight, names, stop);
        if (work.Count > 0 && !isGuess) return new() { Asked = asked, Work = work };
        var served = names.Values.SelectMany(s => SearchWords.Of(s.Label, s.CitizenLabel)).ToHashSet(StringComparer.Ordinal);
        var people = await citizens.By(asked, served.Contains, stop);
        var words = SearchWords.Of(asked);
        var isName = people.Count > 0 && !words.Any(served.Contains);
        var types = await db.DemandTypes.AsNoTracking().Where(t => t.InUse).OrderBy(t => t.Id).ToListAsync(stop);
        return new()
        {
            Asked = asked, Work = work, IsGuess = isGuess, People = await With(people, sight, names, stop),
            Services = isName || words.Count == 0 ? [] : [.. names.Values.Where(s => SearchWords.Of(s.Label, s.CitizenLabel) is var own && words.All(w => own.Any(o => SearchWords.Near(w, o) is not null || o.StartsWith(w, StringComparison.Ordinal))))
                .OrderBy(s => s.Plain, StringComparer.CurrentCulture).Take(MostForms).Select(s => new Choice(s.Id, s.Plain))],
            Answers = isName || words.Count == 0 ? [] : [.. (await FindKnowledge.Search(db, asked, forStaff: true, stop)).Take(MostForms).Select(a => new Choice(a.Slug, a.Title.En))],
            Forms = isName ? [] : [.. FindForms.By(asked, (await published.All(stop)).Select(f => f.Form), Library.Bundles, names, types.ToLookup(t => t.Service, t => t.Words, StringComparer.Ordinal)).Take(MostForms)],
        };
    }

    /// <summary>Who has that number, with what of theirs is open.</summary>
    /// <param name="number">Digits only (<see cref="SubmissionPhone.Digits"/>).</param>
    public async Task<IReadOnlyList<FoundPerson>> ByNumber(string number, Sight sight, CancellationToken stop) =>
        await With(await citizens.By(number, stop: stop), sight, (await services.All(stop)).ToDictionary(s => s.Id, StringComparer.Ordinal), stop);

    private async Task<(IReadOnlyList<FoundWork> Work, bool IsGuess)> ByReference(string asked, Sight sight, Dictionary<string, ServiceName> names, CancellationToken stop)
    {
        // What another system calls it is known as it is written there.
        var theirs = await Read(sight.Of(db.Enquiries.AsNoTracking()).Where(e => e.OtherReference == asked).OrderBy(e => e.Id).Take(MostForms), names, stop);
        if (theirs.Count > 0) return (theirs, false);
        var isWhole = Reference.TryParse(asked, out var whole);
        var references = isWhole ? [whole] : ReferenceGuess.Of(asked);
        if (references.Count == 0) return ([], false);
        return (await Read(sight.Of(db.Enquiries.AsNoTracking()).Where(e => references.Contains(e.Reference)), names, stop), !isWhole);
    }

    private async Task<IReadOnlyList<FoundPerson>> With(IReadOnlyList<Citizen> people, Sight sight, Dictionary<string, ServiceName> names, CancellationToken stop)
    {
        var (ids, isOpen) = (people.Select(c => (Guid?)c.Id).ToList(), true);
        var open = ids.Count == 0 ? [] : await sight.Of(db.Enquiries.AsNoTracking()).Where(e => ids.Contains(e.CitizenId) && e.IsOpen == isOpen)
            .Select(e => new { e.CitizenId, e.Reference, e.Service, e.RaisedAt, e.IsOpen, e.HasCase }).ToListAsync(stop);
        return [.. people.Select(c => new FoundPerson(c.Id, c.Name.Length > 0 ? c.Name : c.Email ?? c.Phone ?? "No name", string.Join(", ", new[] { c.Address, c.Postcode }.OfType<string>()),
            [.. open.Where(o => o.CitizenId == c.Id).OrderByDescending(o => o.RaisedAt).Take(MostOpen).Select(o => new FoundWork($"{o.Reference}", Plain(o.Service, names), o.RaisedAt, o.IsOpen, o.HasCase))]))];
    }

    private static async Task<IReadOnlyList<FoundWork>> Read(IQueryable<Enquiry> enquiries, Dictionary<string, ServiceName> names, CancellationToken stop) =>
        [.. (await enquiries.Select(e => new { e.Reference, e.Service, e.RaisedAt, e.IsOpen, e.HasCase }).ToListAsync(stop)).Select(e => new FoundWork($"{e.Reference}", Plain(e.Service, names), e.RaisedAt, e.IsOpen, e.HasCase))];

    private static string Plain(string? service, Dictionary<string, ServiceName> names) => service is null ? "Not sure which service" : names.GetValueOrDefault(service)?.Plain ?? service;
}
