using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.CallBacks;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;
using Concentric.Serve.Messages;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Cases;

/// <summary>What somebody does to a case.</summary>
public sealed record CaseForm
{
    /// <summary>What: <c>step</c>, <c>pause</c>, <c>resume</c>, <c>hand-over</c>, <c>withdraw</c>, <c>reopen</c>, <c>take</c>, <c>give</c>, <c>lay-down</c> or <c>note</c>.</summary>
    public string? Do { get; init; }

    /// <summary>The step, where it is one.</summary>
    public string? Node { get; init; }

    /// <summary>When the step that was seen was come to, in ticks.</summary>
    public long? Since { get; init; }

    /// <summary>What was found, where the step has several ways on.</summary>
    public string? Way { get; init; }

    /// <summary>Numbers of what the step needs that are there.</summary>
    public string[]? Needs { get; init; }

    public string? Team { get; init; }

    /// <summary>Id of whom it is given to.</summary>
    public string? Person { get; init; }

    public string? Note { get; init; }

    /// <summary>Of what may end the case: what kind of contact it was, as <see cref="DemandChoice"/> reads it; null or empty where nothing was said.</summary>
    public string? Demand { get; init; }

    /// <summary>What was said of other cases, where it is sent back.</summary>
    internal LinkForm? Linking { get; init; }

    public const int MostNote = 4000;
}

/// <summary>A case as its page shows it.</summary>
public sealed record CaseView
{
    public required string Reference { get; init; }
    public required Process Process { get; init; }
    public required CaseState State { get; init; }
    public required DateOnly DueOn { get; init; }
    public required DateOnly Today { get; init; }
    public required IReadOnlyList<(CaseEvent Event, string By, string? Owner)> History { get; init; }

    /// <summary>Name of who took it on; null where nobody did.</summary>
    public required string? Owner { get; init; }

    public required bool IsMine { get; init; }

    /// <summary>To whom it can be given.</summary>
    public required IReadOnlyList<Choice> People { get; init; }

    /// <summary>Steps that the visitor's role may do, and the note of each that it may not.</summary>
    public required IReadOnlyDictionary<string, string?> MayNot { get; init; }

    public required IReadOnlyList<string> Teams { get; init; }

    /// <summary>What was written to the citizen about it.</summary>
    public required IReadOnlyList<SentMessage> Messages { get; init; }

    /// <summary>Whether and when we ring the citizen.</summary>
    public required IReadOnlyList<CallBackRow> CallBacks { get; init; }

    /// <summary>Kinds of demand that its service has written; null where nobody got in touch for it, because it is a part of another.</summary>
    public required IReadOnlyList<DemandTypeView>? Types { get; init; }

    /// <summary>What it was coded as; null where it was not.</summary>
    public required string? Demand { get; init; }

    public required IReadOnlyList<LinkedCase> Linked { get; init; }

    /// <summary>Short names and titles of the processes in use.</summary>
    public required IReadOnlyList<(string Id, string Title)> Processes { get; init; }

    /// <summary>Id of the citizen whose it is; null where they cannot be found again.</summary>
    public required Guid? Citizen { get; init; }
}

/// <summary>Whoever works on a case sees how it stands and what comes next, and does it.</summary>
internal static class WorkCase
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/cases/{reference}", Show).For(Audience.Desk);
        pages.MapPost("/desk/cases/{reference}", Do).For(Audience.Desk);
    }

    private static async Task<IResult> Show(string reference, ConcentricDb db, MoveCase cases, Processes processes, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop) =>
        Reference.TryParse(reference, out var known) ? await Page(known, new(), new(), null, db, cases, processes, visitor, clock, stop) : Results.NotFound();

    private static async Task<IResult> Do(
        string reference, [FromForm] CaseForm form, ConcentricDb db, MoveCase cases, Processes processes, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var sight = await Sight.Of(db, visitor, stop);
        if (!Reference.TryParse(reference, out var known) || await cases.Find(db, known, stop) is not { } now || !sight.MaySee(now.Case)) return Results.NotFound();
        form = form with { Note = form.Note is null ? null : Fields.Tidy(form.Note) };
        var errors = Check(form, now, visitor);
        if (form.Do == "hand-over" && !string.IsNullOrEmpty(form.Team)) errors.Check("Team", await db.KnownForms.AnyAsync(f => f.Team == form.Team, stop), "Select one of the teams listed");
        if (form.Do == "give") errors.Check("Person", Guid.TryParse(form.Person, out var id) && (await Staff.WhoMaySee(db, now.Case.IsSensitive, now.Case.Team, stop)).Exists(p => p.Id == id), "Select one of the people listed");
        var demand = string.IsNullOrEmpty(form.Demand) ? null : await DemandChoice.Read(db, form.Demand, now.Case.Service);
        errors.Check(form.Do == "step" ? $"Demand-{form.Node}" : "Demand", string.IsNullOrEmpty(form.Demand) || demand is not null, "Select one of the kinds of contact listed");
        if (errors.Any) return await Page(known, form, errors, null, db, cases, processes, visitor, clock, stop);
        var note = form.Note?.Trim() is { Length: > 0 } text ? text : null;
        var (by, at) = (visitor.Actor, clock.GetUtcNow());
        CaseEvent e = form.Do switch
        {
            "step" => new(CaseEventKind.StepDone, by, at, form.Node, now.Process.Node(form.Node!)!.Next.Count > 1 ? form.Way : null, Note: note),
            "pause" => new(CaseEventKind.Paused, by, at, Note: note),
            "resume" => new(CaseEventKind.Resumed, by, at, Note: note),
            "hand-over" => new(CaseEventKind.HandedOver, by, at, Team: form.Team, Note: note),
            "withdraw" => new(CaseEventKind.Withdrawn, by, at, Note: note),
            "reopen" => new(CaseEventKind.Reopened, by, at, Note: note),
            "take" => new(CaseEventKind.Owned, by, at, Owner: visitor.PersonId),
            "give" => new(CaseEventKind.Owned, by, at, Owner: Guid.Parse(form.Person!)),
            "lay-down" => new(CaseEventKind.Owned, by, at),
            _ => new(CaseEventKind.Noted, by, at, Note: note),
        };
        // Once begun it is brought to its end, though the visitor leave.
        var move = await cases.Add(known, e, demand is { } said && e.Kind is (CaseEventKind.StepDone or CaseEventKind.Withdrawn) ? (d, enquiry) => Code(d, enquiry, said.Type, said.Demand, by, at) : null, form.Since);
        // To another team, a sensitive one may be out of sight now.
        if (move is { Refused: null }) return Results.LocalRedirect(form.Do == "hand-over" && now.Case.IsSensitive ? "/desk/work" : $"/desk/cases/{known}");
        db.ChangeTracker.Clear();
        var told = $"{move!.Refused}{(move.NoteKept ? " What you wrote is kept as a note: it stands in the history below, beside what was done in the meantime." : "")}";
        return await Page(known, move.NoteKept ? new() : form, new Errors().Check("case", false, told), StatusCodes.Status409Conflict, db, cases, processes, visitor, clock, stop);
    }

    /// <summary>Keeps what kind of contact it was once the case has ended, inside <see cref="IWriter.Write"/>; nothing where it was coded so before, or nobody got in touch for it.</summary>
    private static async Task Code(ConcentricDb db, Enquiry enquiry, DemandType? type, Demand demand, string by, DateTimeOffset now)
    {
        if (enquiry.IsOpen || (enquiry.Coding is { } kept && kept.DemandTypeId == type?.Id && kept.Demand == demand) || await IsPart(db, enquiry.Id)) return;
        var coding = enquiry.Coding?.As(type, demand, by, now) ?? Coding.Of("", type, demand, by, now);
        if (enquiry.Coding is { } before)
        {
            db.Remove(before);
            await db.SaveChangesAsync();
        }
        enquiry.Code(coding);
        db.Record(new ContactCoded($"{enquiry.Reference}", type?.Id, demand), by, now);
        await Desk.SetCause.Fit(db, enquiry, demand, by, now);
    }

    private static Task<bool> IsPart(ConcentricDb db, Guid id) => db.CaseLinks.AnyAsync(l => l.OtherId == id && l.Kind == CaseLinkKind.Part);

    private static Errors Check(CaseForm form, WholeCase now, ClaimsPrincipal visitor)
    {
        var errors = new Errors().Check(form.Do == "step" ? $"Note-{form.Node}" : "Note", form.Note is null or { Length: <= CaseForm.MostNote }, "What you write must be 4,000 characters or fewer");
        switch (form.Do)
        {
            case "step":
                // Another's name for a step is made up by hand; a step that is not open any more is told of once the note is kept.
                if (now.Process.Node(form.Node ?? "") is not { Kind: NodeKind.Step } node) return errors.Check("case", false, "Select one of the steps that are open");
                errors.Check("case", MayDo(node, visitor), $"“{node.Name}” is done by somebody with another role");
                errors.Check($"Way-{node.Id}", node.Next.Count == 1 || node.Next.Any(f => f.To == form.Way), "Select what you found");
                return errors.Check($"Needs-{node.Id}", Enumerable.Range(0, node.Needs.Count).All(n => form.Needs?.Contains($"{n}") is true), "Select everything that is there. If something is missing, the step cannot be done yet");
            case "pause":
                return errors.Check("Note", !string.IsNullOrWhiteSpace(form.Note), "Enter what you asked the citizen");
            case "hand-over":
                return errors.Check("Team", !string.IsNullOrWhiteSpace(form.Team), "Select a team").Check("Note", !string.IsNullOrWhiteSpace(form.Note), "Enter why you hand it over");
            case "withdraw" or "reopen":
                return errors.Check("Note", !string.IsNullOrWhiteSpace(form.Note), form.Do == "reopen" ? "Enter what was not put right" : "Enter why they do not want it any more");
            case "note":
                return errors.Check("Note", !string.IsNullOrWhiteSpace(form.Note), "Enter a note");
            case "resume" or "take" or "give" or "lay-down":
                return errors;
            default:
                return errors.Check("case", false, "Select what you want to do");
        }
    }

    private static bool MayDo(ProcessNode node, ClaimsPrincipal visitor) => node.Who.Any(r => visitor.FindFirstValue(ClaimTypes.Role) == $"{r}");

    /// <summary>The case as it stands, with what was sent back to be put right.</summary>
    public static async Task<IResult> Page(
        Reference known, CaseForm form, Errors errors, int? status, ConcentricDb db, MoveCase cases, Processes processes, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await cases.Find(db, known, stop) is not var (found, process, events, state)) return Results.NotFound();
        var sight = await Sight.Of(db, visitor, stop);
        if (!sight.MaySee(found)) return Results.NotFound();
        var ids = events.Select(e => Guid.TryParse(e.By, out var id) ? id : Guid.Empty).Concat(events.Select(e => e.Owner ?? Guid.Empty)).ToHashSet();
        var names = await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => $"{p.Id}", p => p.Name, stop);
        var now = clock.GetUtcNow();
        var view = new CaseView
        {
            Reference = $"{found.Reference}", Process = process, State = state, DueOn = state.DueOn(found.PromiseDays), Today = Say.DayOf(now),
            History = [.. events.Reverse().Select(e => (e.Event, e.By switch { Core.Journal.Actor.Citizen => "the citizen", Core.Journal.Actor.System => "Concentric", var id => names.GetValueOrDefault(id, "somebody who has left") }, e.Owner is { } to ? names.GetValueOrDefault($"{to}", "somebody who has left") : null))],
            Owner = state.Owner is { } whose ? names.GetValueOrDefault($"{whose}", "somebody who has left") : null, IsMine = state.Owner == visitor.PersonId,
            People = [.. (await Staff.WhoMaySee(db, found.IsSensitive, found.Team, stop)).Where(p => p.Id != state.Owner).Select(p => new Choice($"{p.Id}", p.Name))],
            MayNot = state.Open.Where(o => o.Node.Kind == NodeKind.Step).ToDictionary(o => o.Id, o => MayDo(o.Node, visitor) ? Why(state, o, process, visitor, now) : $"Done by: {string.Join(" or ", o.Node.Who.Select(r => Person.Words(r).ToLowerInvariant()))}"),
            Teams = await db.KnownForms.AsNoTracking().Select(f => f.Team).Distinct().Order().ToListAsync(stop),
            CallBacks = await new ListCallBacks(db, clock).Of(found.Id, sight, stop),
            Messages = await SeeSent.Of(db, found.Id, stop),
            Types = await IsPart(db, found.Id) ? null : await DemandChoice.TypesOf(db, found.Service, stop),
            Demand = DemandChoice.Of(await db.Codings.AsNoTracking().SingleOrDefaultAsync(c => c.EnquiryId == found.Id, stop)),
            Linked = await LinkCases.Of(db, sight, found.Id, processes, stop),
            Processes = await processes.InUse(stop),
            Citizen = await db.Enquiries.Where(e => e.Id == found.Id).Select(e => e.CitizenId).SingleOrDefaultAsync(stop),
        };
        return new RazorComponentResult<CasePage>(new { View = view, Form = form, Errors = errors })
        {
            StatusCode = status ?? (errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK),
        };
    }

    // A refusal that no choice of a way would lift.
    private static string? Why(CaseState state, OpenNode open, Process process, ClaimsPrincipal visitor, DateTimeOffset now) =>
        state.Refusal(new(CaseEventKind.StepDone, visitor.Actor, now, open.Id, process.Node(open.Id)!.Next[0].To));
}
