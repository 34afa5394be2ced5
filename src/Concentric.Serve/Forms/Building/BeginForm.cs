using System.Text;
using Concentric.Core;
using Concentric.Core.Web;
using Concentric.Serve.Forms.Import;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms.Building;

/// <summary>A designer begins a form: from nothing, from another one, or from a file.</summary>
internal static class BeginForm
{
    private const int MostBytes = 2_000_000;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(BuildLinks.New, Show).For(Audience.Design);
        pages.MapPost(BuildLinks.New, Begin).For(Audience.Design);
    }

    private static Task<IResult> Show([AsParameters] Builder builder) => Page(new Fields().Set("From", "blank"), new(), builder);

    private static async Task<IResult> Begin(IFormCollection posted, PublishedForms published, [AsParameters] Builder builder)
    {
        var (fields, errors) = (new Fields(posted), new Errors());
        var title = fields.Text("Title", errors);
        var (form, note, authors) = await Source(fields, posted.Files["File"], title, errors, builder);
        var id = fields["Id"] ?? (form is null ? "" : new Ids().Take((title ?? form.Title).En, "form"));
        if (form is not null) errors.Check("Id", Typed.IsId(id), "The name in the web address must be small letters, digits and dashes, beginning with a letter");
        if (errors.Any || form is null) return await Page(fields, errors, builder);

        form = form with { Id = id, Title = title ?? form.Title, Welsh = null };
        var (by, now) = (builder.By, builder.Now);
        var isNew = await builder.Writer.Write(async db =>
        {
            if (await db.KnownForms.FindAsync(id) is not null) return false;
            db.Add(new KnownForm { Id = id, Title = form.Title.En, Service = form.Service, Team = form.Team });
            db.Add(New(form, 1, note, by, now, authors));
            return true;
        }, default);
        if (isNew) return Results.LocalRedirect(new BuildLinks(id, 1).Version);
        return await Page(fields, errors.Check("Id", false, $"There is a form “{id}” already. Give this one another name in the web address"), builder);
    }

    /// <summary>A draft of that number.</summary>
    /// <param name="authors">Who wrote any of it before, and can be its reviewer as little as whoever begins it.</param>
    internal static FormVersion New(Form form, int number, string? note, string by, DateTimeOffset now, string? authors = null)
    {
        var definition = form.Write();
        var version = new FormVersion
        {
            Id = Guid.CreateVersion7(now), Form = form.Id, Number = number, Definition = definition, Digest = FormVersion.DigestOf(definition), State = FormState.Draft,
            By = by, At = now, Authors = authors, Note = note,
        };
        version.AddAuthor(by);
        return version;
    }

    private static async Task<(Form? Form, string? Note, string? Authors)> Source(Fields fields, IFormFile? file, LocalText? title, Errors errors, Builder builder)
    {
        switch (fields["From"])
        {
            case "blank":
                errors.Check("Title", title is not null, "Enter a title");
                return title is null ? (null, null, null) : (new() { Id = "", Title = title, Service = "", Interaction = "", Team = "", PromiseDays = 5, Process = "", Pages = [] }, null, null);
            case "copy":
                var other = await LatestOf(fields["Copy"], builder);
                errors.Check("Copy", other is not null, "Select the form to copy");
                errors.Check("Title", title is not null, "Enter a title of its own");
                if (other is null) return (null, null, null);
                var copied = Form.Read(other.Definition);
                // What was published, somebody else has read. What was not, its authors cannot review as a copy either.
                return (copied, $"Copied from “{copied.Title.En}”.", other.State == FormState.Published ? null : other.Authors);
            case "file":
                var (read, report) = await FromFile(file, errors, builder.Stop);
                return (read, report, null);
            default:
                errors.Check("From", false, "Select what it begins from");
                return (null, null, null);
        }
    }

    /// <summary>The form in a file that was sent: the one place where files come in.</summary>
    private static async Task<(Form? Form, string? Note)> FromFile(IFormFile? file, Errors errors, CancellationToken stop)
    {
        errors.Check("File", file is { Length: > 0 }, "Select a file").Check("File", file is null || file.Length <= MostBytes, "The file must be smaller than 2MB");
        if (errors.Any) return (null, null);
        using var reader = new StreamReader(file!.OpenReadStream(), Encoding.UTF8);
        var json = await reader.ReadToEndAsync(stop);
        var (form, problem) = ReadForm.Of(json);
        if (form is not null) return (form, "Read from a file.");
        // Not ours: the form designers of others, unless it says itself that it is ours.
        if (!json.Contains("\"promiseDays\"", StringComparison.Ordinal))
        {
            try
            {
                var imported = FormImport.Read(json, Path.GetFileName(file.FileName));
                return (imported.Form, $"Read from a file. {ImportReportText.Of(imported.Report).Trim()}");
            }
            catch (RefusedException e)
            {
                problem = e.Message;
            }
        }
        errors.Check("File", false, problem ?? "This is not a form");
        return (null, null);
    }

    private static Task<FormVersion?> LatestOf(string? id, Builder builder) =>
        builder.Db.FormVersions.AsNoTracking().Where(v => v.Form == id).OrderByDescending(v => v.Number).FirstOrDefaultAsync(builder.Stop);

    private static async Task<IResult> Page(Fields fields, Errors errors, Builder builder) => new RazorComponentResult<BeginFormPage>(new
    {
        Typed = fields,
        Errors = errors.InOrder("Title", "Id", "From", "Copy", "File"),
        Forms = (await builder.Db.KnownForms.AsNoTracking().OrderBy(f => f.Title).ToListAsync(builder.Stop)).Select(f => new Core.Design.Choice(f.Id, f.Title)).ToList(),
    })
    {
        StatusCode = SaveAnswers.StatusOf(errors),
    };
}
