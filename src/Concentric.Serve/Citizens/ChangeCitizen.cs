using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Citizens;

public sealed record WishForm
{
    /// <summary>Short name of a channel; empty for no wish.</summary>
    public string? Channel { get; init; }

    /// <summary><c>en</c> or <c>cy</c>.</summary>
    public string? Language { get; init; }
}

public sealed record ConsentForm
{
    public string? Channel { get; init; }

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    public string? May { get; init; }

    /// <summary>Name of a <see cref="ConsentSource"/>.</summary>
    public string? Source { get; init; }

    public Errors Check() => new Errors()
        .Check("Consent", CitizenScreen.Reached.Any(c => c.Name == Channel), "Select how they may be reached or not")
        .Check("May", May is "yes" or "no", "Select whether we may")
        .Check("Source", Enum.TryParse<ConsentSource>(Source, out var source) && Enum.IsDefined(source), "Select how they said so");
}

public sealed record HelperForm
{
    public string? Name { get; init; }
    public string? Relation { get; init; }
    public string? Contact { get; init; }

    /// <summary>Name of a <see cref="HelperMay"/>.</summary>
    public string? May { get; init; }

    public DateParts? Until { get; init; }

    public HelperForm Tidy() => this with { Name = Line(Name), Relation = Line(Relation), Contact = Line(Contact) };

    private static string? Line(string? text) => text is null ? null : string.Join(' ', Fields.Tidy(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public Errors Check(DateOnly today)
    {
        var errors = new Errors()
            .Check("Name", !string.IsNullOrEmpty(Name), "Enter the name of who helps")
            .Check("Name", Name is null or { Length: <= 200 }, "The name must be 200 characters or fewer")
            .Check("Relation", !string.IsNullOrEmpty(Relation), "Enter who they are to the citizen")
            .Check("Relation", Relation is null or { Length: <= 200 }, "Who they are must be 200 characters or fewer")
            .Check("Contact", !string.IsNullOrEmpty(Contact), "Enter how they are reached")
            .Check("Contact", Contact is null or { Length: <= 200 }, "How they are reached must be 200 characters or fewer")
            .Check("HelperMay", Enum.TryParse<HelperMay>(May, out var may) && Enum.IsDefined(may), "Select what they may do");
        if (Until is { IsEmpty: false })
        {
            DateParts.Check(errors, "Until", Until, "last day");
            if (Until.Date is { } last) errors.Check("Until", last >= today, "The last day must be today or later");
        }
        return errors;
    }
}

/// <summary>How a citizen wants to be reached, what they agreed to, and who helps them. Whoever may see them may write it down.</summary>
internal static class ChangeCitizen
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/desk/citizens/{id:guid}/wish", Wish).For(Audience.Desk);
        pages.MapPost("/desk/citizens/{id:guid}/consents", Consent).For(Audience.Desk);
        pages.MapPost("/desk/citizens/{id:guid}/helpers", AddHelper).For(Audience.Desk);
        pages.MapPost("/desk/citizens/{id:guid}/helpers/{helper:guid}/end", EndHelper).For(Audience.Desk);
    }

    private static async Task<IResult> Wish(Guid id, [FromForm] WishForm form, ConcentricDb db, IWriter writer, CitizenScreen screen, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (!await SeeCitizen.MayChange(id, db, visitor, clock, stop)) return Results.LocalRedirect($"/desk/citizens/{id}");
        var errors = new Errors()
            .Check("Channel", string.IsNullOrEmpty(form.Channel) || CitizenScreen.Reached.Any(c => c.Name == form.Channel), "Select one of the ways listed")
            .Check("Language", form.Language is "en" or "cy", "Select a language");
        if (errors.Any) return await SeeCitizen.Page(id, null, errors, new(), db, writer, screen, visitor, clock, stop);
        var (channel, language, now) = (string.IsNullOrEmpty(form.Channel) ? null : form.Channel, form.Language == "cy" ? Language.Welsh : Language.English, clock.GetUtcNow());
        await writer.Write(d => KeepWish(d, id, channel, language, visitor.Actor, now), CancellationToken.None);
        return Results.LocalRedirect($"/desk/citizens/{id}#wish");
    }

    private static async Task<IResult> Consent(Guid id, [FromForm] ConsentForm form, ConcentricDb db, IWriter writer, CitizenScreen screen, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (!await SeeCitizen.MayChange(id, db, visitor, clock, stop)) return Results.LocalRedirect($"/desk/citizens/{id}");
        var errors = form.Check();
        if (errors.Any) return await SeeCitizen.Page(id, null, errors, new(), db, writer, screen, visitor, clock, stop);
        var (may, source, by, now) = (form.May == "yes", Enum.Parse<ConsentSource>(form.Source!), visitor.Actor, clock.GetUtcNow());
        await writer.Write(async d =>
        {
            if (!await d.Citizens.AnyAsync(c => c.Id == id)) return;
            if (await d.CitizenConsents.FindAsync(id, form.Channel) is { } before) (before.May, before.Source, before.By, before.At) = (may, source, by, now);
            else d.Add(new CitizenConsent { CitizenId = id, Channel = form.Channel!, May = may, Source = source, By = by, At = now });
            d.Record(new ConsentSaid(id, form.Channel!, may, source), by, now);
        }, CancellationToken.None);
        return Results.LocalRedirect($"/desk/citizens/{id}#consents");
    }

    private static async Task<IResult> AddHelper(Guid id, [FromForm] HelperForm form, ConcentricDb db, IWriter writer, CitizenScreen screen, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (!await SeeCitizen.MayChange(id, db, visitor, clock, stop)) return Results.LocalRedirect($"/desk/citizens/{id}");
        form = form.Tidy();
        var now = clock.GetUtcNow();
        var errors = form.Check(Say.DayOf(now));
        if (errors.Any) return await SeeCitizen.Page(id, null, errors, form, db, writer, screen, visitor, clock, stop);
        var (helper, may) = (Guid.CreateVersion7(now), Enum.Parse<HelperMay>(form.May!));
        await writer.Write(d => KeepHelper(d, id, helper, form, may, visitor.Actor, now), CancellationToken.None);
        return Results.LocalRedirect($"/desk/citizens/{id}#helpers");
    }

    /// <summary>Keeps how they want to be reached, inside <see cref="IWriter.Write"/>.</summary>
    internal static async Task KeepWish(ConcentricDb db, Guid id, string? channel, Language language, string by, DateTimeOffset now)
    {
        if (await db.Citizens.FindAsync(id) is not { } citizen || (citizen.PreferredChannel == channel && citizen.Language == language)) return;
        (citizen.PreferredChannel, citizen.Language) = (channel, language);
        db.Record(new CitizenWishChanged(id, channel, language == Language.Welsh ? "cy" : "en"), by, now);
    }

    /// <summary>Keeps who helps them, once it was checked, inside <see cref="IWriter.Write"/>.</summary>
    internal static async Task KeepHelper(ConcentricDb db, Guid id, Guid helper, HelperForm form, HelperMay may, string by, DateTimeOffset now)
    {
        if (!await db.Citizens.AnyAsync(c => c.Id == id)) return;
        db.Add(new CitizenHelper { Id = helper, CitizenId = id, Name = form.Name!, Relation = form.Relation!, Contact = form.Contact!, May = may, Until = form.Until?.Date, Since = now });
        db.Record(new HelperNamed(id, helper, may, form.Until?.Date), by, now);
    }

    private static async Task<IResult> EndHelper(Guid id, Guid helper, ConcentricDb db, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (!await SeeCitizen.MayChange(id, db, visitor, clock, stop)) return Results.LocalRedirect($"/desk/citizens/{id}");
        var rows = await CitizenPair.Joined(db, id, stop);
        var now = clock.GetUtcNow();
        await writer.Write(async d =>
        {
            if (await d.CitizenHelpers.SingleOrDefaultAsync(h => h.Id == helper && rows.Contains(h.CitizenId)) is not { EndedAt: null } known) return;
            known.End(now);
            d.Record(new HelperEnded(known.CitizenId, helper), visitor.Actor, now);
        }, CancellationToken.None);
        return Results.LocalRedirect($"/desk/citizens/{id}#helpers");
    }
}
