using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Forms.Building;

/// <summary>A designer says what a form is for: its service and team, what is promised, what the answers are used for and how long they are kept.</summary>
internal static class EditSettings
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms-design/{form}/{version:int}/settings", Show).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/{version:int}/settings", Save).For(Audience.Design);
    }

    internal static Fields Write(Form form) => new Fields().Put("Title", form.Title).Put("Start", form.Start).Put("Service", form.Service).Put("Interaction", form.Interaction).Put("Team", form.Team)
        .Put("PromiseDays", form.PromiseDays).Put("Process", form.Process).Put("Purpose", form.Data?.Purpose).Put("LawfulBasis", form.Data?.LawfulBasis).Put("Privacy", form.Data?.Privacy)
        .Put("RetentionMonths", form.Data is { RetentionMonths: > 0 and var months } ? months : null).Tick("TaskList", form.TaskList).Tick("Sensitive", form.Sensitive).Put("Confirmation", form.Confirmation);

    // The boxes in the order of the page.
    private static readonly string[] Order =
        ["Title", "Start", "Service", "Interaction", "Team", "PromiseDays", "Process", "Purpose", "LawfulBasis", "RetentionMonths", "Privacy", "TaskList", "Sensitive", "Confirmation"];

    internal static Form Read(Form before, Fields fields, Errors errors)
    {
        var title = fields.Text("Title", errors);
        errors.Check("Title", title is { En.Length: <= 200 }, "Enter a title of 200 characters or fewer");
        errors.Check("Team", fields["Team"] is not { Length: > 200 }, "The team must be 200 characters or fewer");
        errors.Check("Process", fields["Process"] is not { } process || Typed.IsId(process), "The process is a short name: small letters, digits and dashes");
        errors.Check("Interaction", fields["Interaction"] is not { } interaction || interaction.Length <= 4 && interaction.All(char.IsAsciiDigit), "The interaction is a number of the LGIL, like 0 or 8");
        errors.Check("LawfulBasis", fields["LawfulBasis"] is not { } basis || PublishForm.LawfulBases.ContainsKey(basis), "Select one of the lawful bases listed");
        var days = fields.Number("PromiseDays", "The promise", errors, 0, 260);
        var months = fields.Number("RetentionMonths", "How long the answers are kept", errors, 1, 1200);
        var (privacy, purpose) = (fields.Text("Privacy", errors), fields["Purpose"]);
        var said = privacy is not null || purpose is not null || months is not null || fields["LawfulBasis"] is not null;
        return before with
        {
            Title = title ?? before.Title, Start = fields.Text("Start", errors), Service = fields["Service"] ?? "", Interaction = fields["Interaction"] ?? "", Team = fields["Team"] ?? "",
            PromiseDays = days ?? before.PromiseDays, Process = fields["Process"] ?? "", TaskList = fields.IsTicked("TaskList"), Sensitive = fields.IsTicked("Sensitive"), Confirmation = fields.Text("Confirmation", errors),
            Data = said ? new(purpose ?? "", fields["LawfulBasis"] ?? "", months ?? 0, privacy ?? "") : null,
        };
    }

    private static async Task<IResult> Show(string form, int version, IServiceNames services, [AsParameters] Builder builder) =>
        await builder.Open(form, version) is not { } view ? Results.NotFound()
        : Page(view, Write(view.Form), new(), StatusCodes.Status200OK, view.Form.Service is { Length: > 0 } id ? await services.Find(id) : null);

    private static async Task<IResult> Save(string form, int version, IFormCollection posted, IServiceNames services, [AsParameters] Builder builder)
    {
        var fields = new Fields(posted);
        var service = fields["Service"] is { } id ? await services.Find(id) : null;
        var kept = await KeepDraft.Save(builder, form, version, fields.Revision, f =>
        {
            var errors = new Errors();
            var after = Read(f, fields, errors);
            errors.Check("Service", fields["Service"] is null || service is not null, "Enter the number of a service of the list, like 524");
            return errors.Any ? Edited.Wrong(f, errors) : after;
        });
        // The list of forms shows a new one by its draft's name; one that people get, by what they get.
        if (kept is Kept.Saved saved)
            await builder.Writer.Write(async db =>
            {
                if (await db.KnownForms.FindAsync(form) is { Published: null } unpublished) (unpublished.Title, unpublished.Service, unpublished.Team) = (saved.Form.Title.En, saved.Form.Service, saved.Form.Team);
            });
        return await builder.After(kept, new BuildLinks(form, version).Version, fields, (view, errors, status) => Page(view, fields, errors, status, service),
            "Saving again replaces what was changed in the settings");
    }

    private static RazorComponentResult Page(VersionView view, Fields fields, Errors errors, int status, ServiceName? service) =>
        new RazorComponentResult<EditSettingsPage>(new { View = view, Typed = fields, Errors = errors.InOrder(Order), Service = service }) { StatusCode = status };
}
