using Concentric.Core;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms.Building;

/// <summary>One version in the list of a form's versions.</summary>
public sealed record VersionLine(int Number, FormState State, bool InUse, string By, DateTimeOffset At, string? ReviewedBy, string? Note);

/// <summary>A form with its versions: a draft is started from any of them, a draft is thrown away, an earlier one is put back into use.</summary>
internal static class SeeVersions
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms-design/{form}", Show).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/drafts", Start).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/discarded", Discard).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/put-back", PutBack).For(Audience.Design);
    }

    private static Task<IResult> Show(string form, [AsParameters] Builder builder) => Page(form, new(), builder);

    private static async Task<IResult> Start(string form, [FromForm] string? from, [AsParameters] Builder builder)
    {
        var (by, now) = (builder.By, builder.Now);
        var (number, problem) = await builder.Writer.Write<(int, string?)>(async db =>
        {
            var versions = await db.FormVersions.Where(v => v.Form == form).ToListAsync();
            if (versions.Find(v => v.State != FormState.Published) is { } open) return (0, $"Version {open.Number} is being changed already. Go on with that, or throw it away first");
            if (!int.TryParse(from, out var wanted) || versions.Find(v => v.Number == wanted) is not { } source) return (0, "Select the version that it starts from");
            var next = versions.Max(v => v.Number) + 1;
            db.Add(BeginForm.New(Form.Read(source.Definition), next, $"Started from version {wanted}.", by, now));
            return (next, null);
        }, default);
        return problem is null ? Results.LocalRedirect(new BuildLinks(form, number).Version) : await Page(form, new Errors().Check("versions", false, problem), builder);
    }

    private static async Task<IResult> Discard(string form, [FromForm] string? version, [FromForm] string? revision, [AsParameters] Builder builder)
    {
        var problem = await builder.Writer.Write<string?>(async db =>
        {
            if (!int.TryParse(version, out var number) || await db.FormVersions.SingleOrDefaultAsync(v => v.Form == form && v.Number == number) is not { } draft) return "It is not there any more";
            if (draft.State != FormState.Draft) return "Only a draft can be thrown away";
            if ($"{draft.Revision}" != revision) return "Somebody has saved the draft since you opened the page. Look at it before you throw it away";
            db.Remove(draft);
            return null;
        }, default);
        return problem is null ? Results.LocalRedirect(BuildLinks.Of(form)) : await Page(form, new Errors().Check("versions", false, problem), builder);
    }

    private static async Task<IResult> PutBack(string form, [FromForm] string? version, PublishedForms published, [AsParameters] Builder builder)
    {
        var (by, now) = (builder.By, builder.Now);
        var problem = await builder.Writer.Write<string?>(async db =>
        {
            if (await db.KnownForms.FindAsync(form) is not { } known || !int.TryParse(version, out var number)) return "It is not there any more";
            if (await db.FormVersions.SingleOrDefaultAsync(v => v.Form == form && v.Number == number) is not { State: FormState.Published } earlier) return "Only a version that was published can be put back";
            if (known.Published == number) return "This version is in use already";
            PublishForm.Publish(db, known, earlier, by, now);
            return null;
        }, default);
        published.Changed();
        return problem is null ? Results.LocalRedirect(BuildLinks.Of(form)) : await Page(form, new Errors().Check("versions", false, problem), builder);
    }

    private static async Task<IResult> Page(string form, Errors errors, Builder builder)
    {
        if (await builder.Db.KnownForms.AsNoTracking().SingleOrDefaultAsync(f => f.Id == form, builder.Stop) is not { } known) return Results.NotFound();
        var versions = await builder.Db.FormVersions.AsNoTracking().Where(v => v.Form == form).OrderByDescending(v => v.Number)
            .Select(v => new { v.Number, v.State, v.By, v.At, v.ReviewedBy, v.Note, v.Revision }).ToListAsync(builder.Stop);
        var names = await builder.Names(versions.SelectMany(v => new[] { v.By, v.ReviewedBy }));
        return new RazorComponentResult<VersionsPage>(new
        {
            Id = form,
            Title = known.Title,
            Versions = versions.Select(v => new VersionLine(v.Number, v.State, v.Number == known.Published, names(v.By), v.At, v.ReviewedBy is null ? null : names(v.ReviewedBy), v.Note)).ToList(),
            DraftRevision = versions.Find(v => v.State == FormState.Draft)?.Revision,
            Errors = errors,
        })
        {
            StatusCode = SaveAnswers.StatusOf(errors),
        };
    }
}
