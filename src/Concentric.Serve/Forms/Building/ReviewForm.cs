using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms.Building;

/// <summary>A draft is looked through by a second person, who publishes it or sends it back.</summary>
internal static class ReviewForm
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms-design/{form}/{version:int}/review", Show).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/{version:int}/review", Decide).For(Audience.Design);
    }

    /// <summary>What keeps a form from review and from being published, in words: what is missing, and examples that no longer pass.</summary>
    internal static IReadOnlyList<string> Blocking(Form form, IEnumerable<FormExample> examples, bool serviceIsKnown)
    {
        var blocking = PublishForm.Missing(form).Select(p => $"{p.Where}: {p.Message}").ToList();
        if (!serviceIsKnown) blocking.Add("service: Say which service of the list the form belongs to.");
        if (form.Interaction.Length == 0) blocking.Add("interaction: Say which interaction it is.");
        if (form.Process.Length == 0) blocking.Add("process: Name the process that it starts.");
        blocking.AddRange(RunExamples.Of(form, examples).Where(r => !r.Passes).Select(r => $"example “{r.Example.Name}”: {r.Why}"));
        return blocking;
    }

    private static Task<IResult> Show(string form, int version, IServiceNames services, [AsParameters] Builder builder) => Page(form, version, new(), new(), StatusCodes.Status200OK, services, builder);

    private static async Task<IResult> Decide(string form, int version, IFormCollection posted, IServiceNames services, PublishedForms published, [AsParameters] Builder builder)
    {
        var fields = new Fields(posted);
        var (what, note, revision) = (fields["Do"], fields["Note"], fields.Revision);
        if (note is { Length: > 2000 }) return await Page(form, version, fields, new Errors().Check("Note", false, "The note must be 2,000 characters or fewer"), StatusCodes.Status422UnprocessableEntity, services, builder);
        var known = (await services.All(builder.Stop)).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var errors = await builder.Writer.Write(async db => await Carry(db, form, version, what, note, revision, known, builder), default);
        if (errors is null) return Results.NotFound();
        if (errors.Any) return await Page(form, version, fields, errors, StatusCodes.Status422UnprocessableEntity, services, builder);
        if (what == "approve") published.Changed();
        return Results.LocalRedirect(what == "approve" ? BuildLinks.Of(form) : new BuildLinks(form, version).Review);
    }

    private static async Task<Errors?> Carry(ConcentricDb db, string form, int number, string? what, string? note, int? revision, HashSet<string> services, Builder builder)
    {
        if (await db.FormVersions.SingleOrDefaultAsync(v => v.Form == form && v.Number == number) is not { } version) return null;
        var errors = new Errors();
        // Whoever decides, decides on what they saw.
        if (errors.Check("decision", version.Revision == revision, "Somebody has changed it since you opened the page. Look at the changes again").Any) return errors;
        if (what is "ask" or "approve")
        {
            var definition = Form.Read(version.Definition);
            var examples = await db.FormExamples.AsNoTracking().Where(e => e.Form == form).ToListAsync();
            if (Blocking(definition, examples, services.Contains(definition.Service)) is { Count: > 0 } blocking) return errors.Check("decision", false, $"It cannot go on yet: {blocking[0]}");
        }
        switch (what)
        {
            case "ask" when version.State == FormState.Draft:
                if (errors.Check("Note", note is not null, "Enter what is new in it").Any) return errors;
                version.State = FormState.InReview;
                version.AddNote(note);
                break;
            case "approve" when version.State == FormState.InReview:
                if (errors.Check("decision", !version.WroteIt(builder.By), "You wrote some of it. Somebody else has to review it").Any) return errors;
                (version.ReviewedBy, version.ReviewedAt) = (builder.By, builder.Now);
                version.AddNote(note);
                PublishForm.Publish(db, (await db.KnownForms.FindAsync(form))!, version, builder.By, builder.Now);
                break;
            case "back" when version.State == FormState.InReview:
                if (errors.Check("Note", note is not null, "Enter what has to be changed").Any) return errors;
                version.State = FormState.Draft;
                version.AddNote($"{builder.Name} sent it back: {note}");
                break;
            case "withdraw" when version.State == FormState.InReview:
                version.State = FormState.Draft;
                break;
            default:
                return errors.Check("decision", false, $"It is {VersionView.Words(version.State).ToLowerInvariant()} now, so this cannot be done any more");
        }
        version.Revision++;
        return errors;
    }

    private static async Task<IResult> Page(string form, int version, Fields fields, Errors errors, int status, IServiceNames services, Builder builder)
    {
        if (await builder.Open(form, version) is not { } view) return Results.NotFound();
        var known = await builder.Db.KnownForms.AsNoTracking().SingleAsync(f => f.Id == form, builder.Stop);
        var against = known.Published is { } inUse && inUse != version ? inUse : version > 1 && view.State == FormState.Published ? version - 1 : (int?)null;
        var other = against is { } number ? await builder.Find(form, number) : null;
        var examples = await builder.Db.FormExamples.AsNoTracking().Where(e => e.Form == form).ToListAsync(builder.Stop);
        return new RazorComponentResult<ReviewPage>(new
        {
            View = view, Typed = fields, Errors = errors, Against = other?.Number,
            Changes = FormChanges.Between(other is null ? null : Form.Read(other.Definition), view.Form),
            Blocking = Blocking(view.Form, examples, await services.Find(view.Form.Service, builder.Stop) is not null),
        })
        { StatusCode = status };
    }
}
