using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Measure.Contacts.Seeing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Boards;

/// <summary>A service manager puts a measure on a board, changes it, gives it a new definition, or takes it off.</summary>
internal static class KeepMeasure
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/measure/measures/new", ShowNew).For(Audience.Manage);
        pages.MapPost("/measure/measures/new", Keep).For(Audience.Manage);
        pages.MapGet("/measure/measures/change", ShowChange).For(Audience.Manage);
        pages.MapPost("/measure/measures/change", Change).For(Audience.Manage);
        pages.MapPost("/measure/measures/ended", End).For(Audience.Manage);
    }

    private static async Task<IResult> ShowNew(string? board, string? council, BoardPages boards, CancellationToken stop) =>
        await Page(new() { Board = board ?? "", Council = council, Period = "week" }, new(), boards, stop);

    private static async Task<IResult> ShowChange(string? key, string? council, BoardPages boards, CancellationToken stop) =>
        await Own(key, council, boards, stop) is var (measure, kept) ? await Page(MeasureForm.Of(measure, kept), new(), boards, stop) : Results.NotFound();

    private static async Task<IResult> Keep([FromForm] MeasureForm form, BoardPages boards, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await boards.Scope(form.Council, stop) is not { } scope || await boards.Service(form.Board, stop) is not { } on) return Results.NotFound();
        var errors = await Check(form, scope, boards, stop);
        var council = scope.Council.Name;
        var there = (await new FindMeasures(boards.Db).Of(council, on.Key, stop)).Count;
        errors.Check("", there < FindMeasures.Most, $"This board has {there} measures, the most that one can show. Take one off first");
        if (errors.Any) return await Page(form, errors, boards, stop);
        var (now, by) = (clock.GetUtcNow(), visitor.Actor);
        var measure = New(Guid.CreateVersion7(now), council, on.Key, form, now);
        await writer.Write(db =>
        {
            Put(db, measure, form.Source(), by, now);
            return Task.CompletedTask;
        }, CancellationToken.None);
        return Results.LocalRedirect(BoardMeasure.BoardAddressOf(on.Key, council));
    }

    internal static KeptMeasure New(Guid id, string council, string board, MeasureForm form, DateTimeOffset now) => new()
    {
        Id = id, Council = council, Board = board, Name = form.Name!.Trim(), About = form.About!.Trim(), Owner = form.Person!.Value, KeptAt = now,
        Better = MeasureForm.Named<Variation.Better>(form.Better)!.Value, For = MeasureForm.Named<MeasureFor>(form.For)!.Value, Use = MeasureForm.Named<MeasureUse>(form.Use)!.Value, Period = MeasureForm.Named<MeasurePeriod>(form.Period)!.Value,
    };

    /// <summary>Keeps a measure with its first definition, and the fact of it.</summary>
    internal static void Put(ConcentricDb db, KeptMeasure measure, MeasureSource source, string by, DateTimeOffset now)
    {
        db.KeptMeasures.Add(measure);
        db.MeasureVersions.Add(new() { Measure = measure.Id, Number = 1, Source = source.Json(), By = by, At = now });
        db.Record(new MeasureChanged(measure.Id, measure.Council, measure.Board, "kept", measure.Name, 1), by, now);
    }

    private static async Task<IResult> Change([FromForm] MeasureForm form, BoardPages boards, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await Own(form.Key, form.Council, boards, stop) is not var (measure, kept) || await boards.Scope(form.Council, stop) is not { } scope) return Results.NotFound();
        // What does not change is not taken from the form.
        form = form with { Board = measure.Board, Council = measure.Council, Period = Contacts.Asking.AskContacts.Kebab(kept.Period) };
        var errors = await Check(form, scope, boards, stop);
        var source = form.Source();
        var redefined = source.Json() != measure.Latest.Source.Json();
        errors.Check("Figure", source.Unit == measure.Unit, $"This is measured in {Say(source.Unit)} and the measure is in {Say(measure.Unit)}: that is another measure. Add one for it, and take this one off");
        if (redefined)
        {
            DateParts.Check(errors, "From", form.From, "day from which the new definition holds");
            errors.Check("From", form.From?.Date is not { } from || from > (measure.Latest.From ?? DateOnly.MinValue), "The new definition must hold from a day after the one before it")
                .Check("From", form.From?.Date is not { } day || day <= boards.Today.AddYears(1), "The new definition must hold from a day within a year from today")
                .Check("Reason", !string.IsNullOrWhiteSpace(form.Reason), "Enter why what is counted changes")
                .Check("Reason", form.Reason is null or { Length: <= 300 }, "Why it changes must be 300 characters or fewer");
        }
        if (errors.Any) return await Page(form, errors, boards, stop);
        var (now, by, id) = (clock.GetUtcNow(), visitor.Actor, kept.Id);
        var changed = New(id, kept.Council, kept.Board, form, now);
        var isKept = await writer.Write(async db =>
        {
            if (await db.KeptMeasures.FindAsync(id) is not { EndedAt: null } row) return true;
            var last = (await db.MeasureVersions.Where(v => v.Measure == id).ToListAsync()).MaxBy(v => v.Number)!;
            // Somebody else may have given it a definition since the page was opened.
            if (redefined && form.From!.Date!.Value <= (last.From ?? DateOnly.MinValue)) return false;
            // A target was set for what was counted then, and for the direction that was good then.
            if (redefined || (row.Better, row.Use) != (changed.Better, changed.Use))
            {
                var key = $"{id}";
                foreach (var old in await db.MeasureTargets.Where(t => t.Council == row.Council && t.Measure == key && t.EndedAt == null).ToListAsync()) SetTarget.End(db, old, by, now);
            }
            (row.Name, row.About, row.Owner, row.Better, row.For, row.Use) = (changed.Name, changed.About, changed.Owner, changed.Better, changed.For, changed.Use);
            if (redefined) db.MeasureVersions.Add(new() { Measure = id, Number = last.Number + 1, From = form.From!.Date, Source = source.Json(), Reason = form.Reason!.Trim(), By = by, At = now });
            db.Record(new MeasureChanged(id, row.Council, row.Board, redefined ? "redefined" : "changed", row.Name, last.Number + (redefined ? 1 : 0)), by, now);
            return true;
        }, CancellationToken.None);
        if (isKept) return Results.LocalRedirect(measure.Address);
        return await Page(form, errors.Check("From", false, "Somebody has given this measure a new definition meanwhile. Look at that first; a further one must hold from a later day"), boards, stop);
    }

    private static async Task<IResult> End([FromForm] MeasureForm form, BoardPages boards, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await Own(form.Key, form.Council, boards, stop) is not var (measure, kept)) return Results.NotFound();
        var (now, by, id) = (clock.GetUtcNow(), visitor.Actor, kept.Id);
        await writer.Write(async db =>
        {
            if (await db.KeptMeasures.FindAsync(id) is not { EndedAt: null } row) return;
            row.End(now);
            db.Record(new MeasureChanged(id, row.Council, row.Board, "ended", row.Name, measure.Latest.Number), by, now);
        }, CancellationToken.None);
        return Results.LocalRedirect(measure.BoardAddress);
    }

    private static string Say(MeasureUnit unit) => unit.Name == "%" ? "per cent" : unit.Name;

    private static async Task<Errors> Check(MeasureForm form, Scope scope, BoardPages boards, CancellationToken stop)
    {
        var errors = form.Check([.. (await boards.Staff(stop)).Select(p => p.Id)]);
        if (errors["Figure"] is not null) return errors;
        var (source, names) = (form.Source(), boards.Names);
        errors.Check("Figure", source.Kind switch
        {
            SourceKind.Counted => names.CountedNames.Any(n => n.Council == scope.Council.Code && n.Key == source.Figure),
            SourceKind.EndToEnd => NeedFigure.Find(source.Figure) is not null,
            SourceKind.Rate => names.Areas.Any(a => a.Council == scope.Council.Code && a.Households > 0),
            _ => MeasureSource.Figures.Any(f => f.Name == source.Figure),
        }, source.Kind == SourceKind.Rate ? "There is no rate, because the number of households is not known. Bring a list of areas with households first" : "Select what is measured from the list");
        errors.Check("Ward", source.Kind != SourceKind.Counted || (form.Ward, form.Profile, form.Demand) is (null or "", null or "", null or ""), "What was counted elsewhere can be narrowed by channel alone");
        errors.Check("Demand", source.Kind != SourceKind.EndToEnd || form.Demand is null or "", "A need is not of one kind of demand: choose all");
        try
        {
            source.Codes(scope.Council, names);
        }
        catch (RefusedException refused)
        {
            errors.Check("Channel", false, refused.Message);
        }
        return errors;
    }

    private static async Task<(BoardMeasure, KeptMeasure)?> Own(string? key, string? council, BoardPages boards, CancellationToken stop)
    {
        if (!Guid.TryParse(key, out var id) || await boards.Scope(council, stop) is not { } scope) return null;
        var kept = await boards.Db.KeptMeasures.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.Council == scope.Council.Name && m.EndedAt == null, stop);
        return kept is not null && await new FindMeasures(boards.Db).Find(kept.Council, key!, stop) is { } measure ? (measure, kept) : null;
    }

    private static async Task<IResult> Page(MeasureForm form, Errors errors, BoardPages boards, CancellationToken stop)
    {
        if (await boards.Scope(form.Council, stop) is not { } scope || await boards.Service(form.Board, stop) is not { } on) return Results.NotFound();
        return new RazorComponentResult<KeepMeasurePage>(new { Form = form with { Council = scope.Council.Name, Board = on.Key }, Errors = errors, BoardName = on.Name, Scope = scope, boards.Names, Staff = await boards.Staff(stop) })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
