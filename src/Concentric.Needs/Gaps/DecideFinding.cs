using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Gaps;

public sealed record DecideFindingForm
{
    /// <summary>given, accepted or done.</summary>
    public string? Action { get; init; }

    /// <summary>Id of a person; empty where nobody was selected.</summary>
    public string? GivenTo { get; init; }
    public string? Task { get; init; }
    public DateParts? Due { get; init; }

    /// <summary>Why it is accepted as it is.</summary>
    public string? Why { get; init; }

    /// <summary>What was done.</summary>
    public string? What { get; init; }

    private const int LongestNote = 1000;

    internal Guid? Person => Guid.TryParse(GivenTo, out var id) ? id : null;

    internal FindingDecision? Decision => Action switch { "given" => FindingDecision.Given, "accepted" => FindingDecision.Accepted, "done" => FindingDecision.Done, _ => null };

    internal string? Note => (Decision switch { FindingDecision.Given => Task, FindingDecision.Accepted => Why, FindingDecision.Done => What, _ => null })?.Trim() is { Length: > 0 } note ? note : null;

    public Errors Check(DateOnly today)
    {
        var errors = new Errors().Check("Action", Decision is not null, "Select what you decide");
        if (Decision == FindingDecision.Given)
        {
            errors.Check("GivenTo", Person is not null, "Select who is to look at it").Check("Task", Note is not null, "Enter what is to be done");
            DateParts.Check(errors, "Due", Due, "date until which it is to be done").Check("Due", Due?.Date is null || Due.Date >= today, "Date until which it is to be done must be today or in the future");
        }
        errors.Check("Why", Decision != FindingDecision.Accepted || Note is not null, "Enter why it is accepted as it is");
        return errors.Check(Decision switch { FindingDecision.Given => "Task", FindingDecision.Accepted => "Why", _ => "What" }, Note is null or { Length: <= LongestNote }, "What you enter must be 1,000 characters or fewer");
    }
}

/// <summary>Somebody gives a finding to a person with a note and a date, accepts it as it is, or says that it is done.</summary>
internal static class DecideFinding
{
    public static void Map(Site site)
    {
        site.Pages.MapGet("/model/gaps/{id}", Show).For(Audience.Design);
        site.Pages.MapPost("/model/gaps/{id}", Decide).For(Audience.Design);
    }

    private static async Task<IResult> Show(string id, ModelCache cache, Settings settings, ConcentricDb db, IWriter writer, TimeProvider clock, CancellationToken stop)
    {
        var rows = await FindingRows.Read(await cache.Current(stop), WhoProvides.Own(settings), db, writer, clock.GetUtcNow(), stop);
        return rows.FirstOrDefault(r => r.Id == id) is { } row ? await Page(row, new(), new(), db, stop) : Results.NotFound();
    }

    private static async Task<IResult> Decide(
        string id, [FromForm] DecideFindingForm form, ModelCache cache, Settings settings, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, ConcentricDb db, CancellationToken stop)
    {
        var (now, model) = (clock.GetUtcNow(), await cache.Current(stop));
        var rows = await FindingRows.Read(model, WhoProvides.Own(settings), db, writer, now, stop);
        if (rows.FirstOrDefault(r => r.Id == id) is not { } row) return Results.NotFound();
        var errors = form.Check(Say.DayOf(now));
        if (form is { Decision: FindingDecision.Given, Person: { } to })
            errors.Check("GivenTo", await db.Set<Person>().AnyAsync(p => p.Id == to && p.DisabledAt == null, stop), "Select somebody from the list");
        // Somebody changed the model while this page was open: what is gone needs no decision.
        errors.Check("Action", row.Finding is not null, $"The model no longer shows this since edition {model.Edition}, so there is nothing to decide");
        if (errors.Any) return await Page(row, form, errors, db, stop);

        var by = visitor.Actor;
        await writer.Write(inside =>
        {
            var given = form.Decision == FindingDecision.Given;
            inside.FindingActions.Add(new()
            {
                Id = Guid.CreateVersion7(now),
                Finding = row.Id,
                Kind = row.Kind,
                Title = row.Title,
                Action = form.Decision!.Value,
                GivenTo = given ? form.Person : null,
                Note = form.Note,
                Due = given ? form.Due!.Date : null,
                Edition = model.Edition,
                By = by,
                At = now,
            });
            inside.Record(new FindingDecided(row.Id, GapWords.Of(row.Kind).Name, form.Action!, model.Edition), by, now);
            return Task.CompletedTask;
        });
        return Results.LocalRedirect(Links.Finding(row.Id));
    }

    private static async Task<IResult> Page(FindingRow row, DecideFindingForm form, Errors errors, ConcentricDb db, CancellationToken stop)
    {
        var people = (await db.Set<Person>().AsNoTracking().Where(p => p.DisabledAt == null && p.Role != Role.Citizen).ToListAsync(stop)).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase);
        return new RazorComponentResult<FindingPage>(new
        {
            Row = row,
            Form = form,
            Errors = errors,
            People = people.Select(p => new Choice($"{p.Id}", $"{p.Name}, {Person.Words(p.Role).ToLowerInvariant()}")).ToList(),
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
