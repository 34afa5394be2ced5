using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Concentric.Needs.Designing;

/// <summary>A link as somebody types it. Its ends, what it says and who says so name it and stay as they are.</summary>
public sealed record EditLinkForm
{
    public string? Subject { get; init; }
    public string? Predicate { get; init; }
    public string? Target { get; init; }

    /// <summary>Who says so.</summary>
    public string? Source { get; init; }

    /// <summary>"yes" where the link is there already.</summary>
    public string? IsThere { get; init; }
    public string? Mode { get; init; }
    public string? Confidence { get; init; }
    public string? Reason { get; init; }
    public string? Evidence { get; init; }
    public DateParts? ValidFrom { get; init; }
    public DateParts? ValidTo { get; init; }
    public string? Why { get; init; }

    internal static EditLinkForm Of(Relation relation) => new()
    {
        Subject = relation.Subject, Predicate = $"{relation.Predicate}", Target = relation.Object, Source = relation.Source, IsThere = "yes",
        Mode = relation.Mode is { } mode ? $"{mode}" : null, Confidence = $"{relation.Confidence}", Reason = relation.Reason, Evidence = relation.Evidence,
        ValidFrom = relation.ValidFrom is { } from ? DateParts.Of(from) : null, ValidTo = relation.ValidTo is { } to ? DateParts.Of(to) : null,
    };

    internal Errors Check(Predicate predicate)
    {
        var errors = new Errors();
        if (predicate == Concepts.Predicate.DefinesEligibility) errors.Check("Mode", Enum.TryParse<EligibilityMode>(Mode, out _), "Select what it does in the test");
        errors.Check("Reason", Typed.Text(Reason) is not null, "Enter the reason")
            .Check("Reason", Reason is null or { Length: <= 1000 }, "Reason must be 1,000 characters or fewer")
            .Check("Confidence", Enum.TryParse<Confidence>(Confidence, out _), "Select how sure you are")
            .Check("Source", Typed.Text(Source) is { Length: <= 100 } source && !source.Contains('\n', StringComparison.Ordinal), "Enter who says so, in 100 characters or fewer")
            .Check("Evidence", Evidence is null or { Length: <= 1000 }, "Evidence must be 1,000 characters or fewer");
        if (ValidFrom is { IsEmpty: false }) DateParts.Check(errors, "ValidFrom", ValidFrom, "first day on which it holds");
        if (ValidTo is { IsEmpty: false }) DateParts.Check(errors, "ValidTo", ValidTo, "last day on which it holds");
        return errors.Check("ValidTo", !(ValidTo?.Date < ValidFrom?.Date), "Last day on which it holds must be the same as or after the first");
    }

    internal Relation Applied(Relation? before, Predicate predicate, NeedModel model) => new()
    {
        Subject = Subject!,
        Predicate = predicate,
        Object = Target!,
        Source = before?.Source ?? Typed.Text(Source)!,
        Confidence = Enum.Parse<Confidence>(Confidence!),
        Reason = Typed.Text(Reason)!,
        Mode = predicate == Concepts.Predicate.DefinesEligibility ? Enum.Parse<EligibilityMode>(Mode!) : null,
        Evidence = Typed.Text(Evidence),
        ValidFrom = ValidFrom?.Date,
        ValidTo = ValidTo?.Date,
        SubjectVersion = before is null ? VersionOf(model, Subject!) : before.SubjectVersion,
        ObjectVersion = before is null ? VersionOf(model, Target!) : before.ObjectVersion,
    };

    internal static string? VersionOf(NeedModel model, string uri) => model.Find(uri) is { } concept ? model.Schemes.FirstOrDefault(s => s.Uri == concept.Scheme)?.Version : null;
}

/// <summary>Somebody writes a link between two things, changes one, or takes one away. It goes into their draft.</summary>
internal static class EditLink
{
    public static void Map(Site site)
    {
        site.Pages.MapGet(DesignLinks.Relations, Show).For(Audience.Design);
        site.Pages.MapPost(DesignLinks.Relations, Keep).For(Audience.Design);
        site.Pages.MapPost("/model/relations/removed", Remove).For(Audience.Design);
    }

    private static async Task<IResult> Show(Workbench bench, ClaimsPrincipal visitor, HttpRequest request, CancellationToken stop)
    {
        var work = await bench.Open(visitor, stop);
        var asked = new EditLinkForm { Subject = request.Query["subject"], Predicate = request.Query["predicate"], Target = request.Query["object"], Source = request.Query["source"] };
        if (Ends(work.Model, asked) is not { } ends) return Results.NotFound();
        if (asked.Source is { Length: > 0 }) return There(work.Model, asked, ends.Link) is { } relation ? Page(work, ends, EditLinkForm.Of(relation), new()) : Results.NotFound();
        return Page(work, ends, asked with { Source = bench.CouncilName }, new());
    }

    private static async Task<IResult> Keep([FromForm] EditLinkForm form, Workbench bench, ClaimsPrincipal visitor)
    {
        var work = await bench.Open(visitor);
        if (Ends(work.Model, form) is not { } ends) return Results.NotFound();
        var before = There(work.Model, form, ends.Link);
        if (form.IsThere is not null && before is null) return Results.NotFound();
        var errors = form.Check(ends.Link.Predicate);
        if (form.IsThere is null)
            errors.Check("Source", before is null, "There is already such a link by that source. Change that one, or name another source");
        if (errors.Any) return Page(work, ends, form, errors);

        await bench.Put(visitor, form.Why, Edit.Of(form.Applied(before, ends.Link.Predicate, work.Model)));
        return Results.LocalRedirect(DesignLinks.Of(ends.From)!);
    }

    private static async Task<IResult> Remove([FromForm] EditLinkForm form, Workbench bench, ClaimsPrincipal visitor)
    {
        var work = await bench.Open(visitor);
        if (Ends(work.Model, form) is not { } ends || There(work.Model, form, ends.Link) is not { } relation) return Results.NotFound();
        await bench.Put(visitor, form.Why, Edit.Remove(relation));
        return Results.LocalRedirect(DesignLinks.Of(ends.From)!);
    }

    private sealed record Joined(Concept From, LinkKind Link, Concept To);

    /// <summary>What a form joins, or null where there are no such things, or what it says does not fit their kinds.</summary>
    private static Joined? Ends(NeedModel model, EditLinkForm form)
    {
        if (form.Subject is null || form.Target is null || form.Subject == form.Target || !Enum.TryParse<Predicate>(form.Predicate, out var predicate)) return null;
        if (model.Find(form.Subject) is not { } from || model.Find(form.Target) is not { } to || LinkKind.All.FirstOrDefault(l => l.Predicate == predicate) is not { } link) return null;
        return link.Fits(from.Type, to.Type) && DesignLinks.Of(from) is not null ? new(from, link, to) : null;
    }

    private static Relation? There(NeedModel model, EditLinkForm form, LinkKind link)
    {
        var source = form.IsThere is null ? Typed.Text(form.Source) : form.Source;
        return model.Relations.FirstOrDefault(r => r.Subject == form.Subject && r.Predicate == link.Predicate && r.Object == form.Target && r.Source == source);
    }

    private static RazorComponentResult<EditLinkPage> Page(Work work, Joined ends, EditLinkForm form, Errors errors) =>
        new(new
        {
            Draft = work.Line,
            Form = form with { Predicate = $"{ends.Link.Predicate}" },
            Errors = errors,
            From = ends.From.Plain,
            ends.Link.Says,
            To = ends.To.Plain,
            ends.Link.Means,
            HasMode = ends.Link.Predicate == Concepts.Predicate.DefinesEligibility,
            Back = DesignLinks.Of(ends.From)!,
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
