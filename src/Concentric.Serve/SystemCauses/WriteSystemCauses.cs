using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.SystemCauses;

/// <summary>What stands in the boxes of a cause.</summary>
public sealed record SystemCauseForm
{
    public string? Words { get; init; }

    /// <summary>Id of the cause above; empty at the top.</summary>
    public string? Parent { get; init; }

    /// <summary>LGSL identifier; empty for any.</summary>
    public string? Service { get; init; }

    internal Errors Check(CauseTree tree, Guid? id, Func<string, bool> isService)
    {
        var words = Words?.Trim() ?? "";
        Guid? parent = Guid.TryParse(Parent, out var above) ? above : null;
        return new Errors()
            .Check("Words", words.Length > 0, "Enter what in how we work makes people ask")
            .Check("Words", words.Length <= SystemCause.MostWords, $"A cause must be {SystemCause.MostWords} characters or fewer")
            .Check("Words", Masking.Mask(words) == words, "Take out what tells of a person: a cause is about how we work")
            .Check("Words", !tree.Causes.Any(c => c.Id != id && c.ParentId == parent && string.Equals(c.Words, words, StringComparison.OrdinalIgnoreCase)), "There is a cause with these words in the same place")
            .Check("Words", id is not null || tree.Causes.Count < CauseTree.MostCauses, $"There are {CauseTree.MostCauses} causes already. Use one of them, or rename one that is not needed")
            .Check("Parent", string.IsNullOrEmpty(Parent) || parent is not null, "Select one of the causes listed")
            .Check("Parent", tree.Refuse(id, parent) is null, tree.Refuse(id, parent) ?? "")
            .Check("Service", string.IsNullOrEmpty(Service) || isService(Service), "Select one of the services listed");
    }
}

/// <summary>Service managers write the tree of system causes: add, rename, move, take out of use.</summary>
internal static class WriteSystemCauses
{
    public const string Path = "/desk/causes";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (ConcentricDb db, IServiceNames services, CancellationToken stop) => List(new(), new(), db, services, stop)).For(Audience.Manage);
        pages.MapPost(Path, Add).For(Audience.Manage);
        pages.MapGet($"{Path}/{{id:guid}}", (Guid id, ConcentricDb db, IServiceNames services, CancellationToken stop) => One(id, null, new(), db, services, stop)).For(Audience.Manage);
        pages.MapPost($"{Path}/{{id:guid}}", Change).For(Audience.Manage);
        pages.MapPost($"{Path}/{{id:guid}}/use", Use).For(Audience.Manage);
    }

    private static async Task<IResult> Add([FromForm] SystemCauseForm form, ConcentricDb db, IServiceNames services, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var known = (await services.All(stop)).Select(s => s.Id).ToHashSet();
        var errors = form.Check(await Tree(db, stop), null, known.Contains);
        if (errors.Any) return await List(form, errors, db, services, stop);
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var id = Guid.CreateVersion7(now);
        var refused = await writer.Write(async d =>
        {
            // Two at once may both find the place free, or the cause above moved.
            if (form.Check(await Tree(d, default), null, known.Contains) is { Any: true } late) return late;
            var cause = new SystemCause { Id = id, Words = "" };
            Put(cause, form);
            d.Add(cause);
            d.Record(cause.Fact, by, now);
            return null;
        }, CancellationToken.None);
        return refused is null ? Results.LocalRedirect(Path) : await List(form, refused, db, services, stop);
    }

    private static async Task<IResult> Change(Guid id, [FromForm] SystemCauseForm form, ConcentricDb db, IServiceNames services, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var known = (await services.All(stop)).Select(s => s.Id).ToHashSet();
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var (found, errors) = await writer.Write(async d =>
        {
            var tree = await Tree(d, default);
            if (await d.SystemCauses.FindAsync(id) is not { } cause) return (false, new Errors());
            var wrong = form.Check(tree, id, known.Contains);
            if (wrong.Any) return (true, wrong);
            var before = cause.Fact;
            Put(cause, form);
            if (cause.Fact != before) d.Record(cause.Fact, by, now);
            return (true, wrong);
        }, CancellationToken.None);
        if (!found) return Results.NotFound();
        return errors.Any ? await One(id, form, errors, db, services, stop) : Results.LocalRedirect(Path);
    }

    private static async Task<IResult> Use(Guid id, [FromForm] bool inUse, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var found = await writer.Write(async db =>
        {
            if (await db.SystemCauses.FindAsync(id) is not { } cause) return false;
            if (cause.InUse == inUse) return true;
            cause.InUse = inUse;
            db.Record(cause.Fact, by, now);
            return true;
        });
        return found ? Results.LocalRedirect(Path) : Results.NotFound();
    }

    private static void Put(SystemCause cause, SystemCauseForm form) =>
        (cause.Words, cause.ParentId, cause.Service) = (form.Words!.Trim(), Guid.TryParse(form.Parent, out var parent) ? parent : null, string.IsNullOrEmpty(form.Service) ? null : form.Service);

    /// <summary>All causes as they stand.</summary>
    internal static async Task<CauseTree> Tree(ConcentricDb db, CancellationToken stop) => new(await db.SystemCauses.AsNoTracking().ToListAsync(stop));

    private static async Task<IResult> List(SystemCauseForm form, Errors errors, ConcentricDb db, IServiceNames services, CancellationToken stop) => new RazorComponentResult<SystemCausesPage>(new
    {
        Causes = (await Tree(db, stop)).Causes,
        Uses = await db.CausedBys.AsNoTracking().GroupBy(c => c.CauseId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => ShownCount.Rounded(g.Count), stop),
        Services = await Services(services, stop),
        Form = form,
        Errors = errors,
    })
    {
        StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
    };

    private static async Task<IResult> One(Guid id, SystemCauseForm? form, Errors errors, ConcentricDb db, IServiceNames services, CancellationToken stop)
    {
        var tree = await Tree(db, stop);
        if (tree.Find(id) is not { } cause) return Results.NotFound();
        return new RazorComponentResult<SystemCausePage>(new
        {
            Cause = cause,
            // Where it cannot stand is not offered.
            Places = tree.Causes.Where(c => tree.Refuse(id, c.Id) is null).ToList(),
            Services = await Services(services, stop),
            Form = form ?? new() { Words = cause.Words, Parent = $"{cause.ParentId}", Service = cause.Service },
            Errors = errors,
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private static async Task<IReadOnlyList<Choice>> Services(IServiceNames services, CancellationToken stop) => [.. (await services.All(stop)).Select(s => new Choice(s.Id, s.Plain))];
}
