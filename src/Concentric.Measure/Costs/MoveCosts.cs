using System.Globalization;
using System.Security.Claims;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Costs;

/// <summary>Lines of CSV as somebody pasted them, or a file of them.</summary>
public sealed record PastedCsv
{
    public string? Text { get; init; }
    public string? Source { get; init; }
}

/// <summary>Costs and the deflator come in as CSV, and costs go out as CSV.</summary>
internal static class MoveCosts
{
    private const int MostBytes = 1_000_000;
    private static readonly string[] DeflatorColumns = ["year", "index"];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/measure/costs/costs.csv", Export).For(Audience.Measure);
        pages.MapGet("/measure/costs/import", () => Page("costs", new(), new())).For(Audience.Measure);
        pages.MapPost("/measure/costs/import", Import).For(Audience.Measure);
        pages.MapGet("/measure/costs/deflator", ShowDeflator).For(Audience.Measure);
        pages.MapPost("/measure/costs/deflator", LoadDeflator).For(Audience.Measure);
    }

    private static async Task<IResult> Export(ConcentricDb db, Settings settings, CancellationToken stop)
    {
        var costs = await db.Costs.AsNoTracking().InUse.Where(c => c.Council == settings.Council).OrderBy(c => c.Channel).ThenBy(c => c.Source).ThenBy(c => c.Id).ToListAsync(stop);
        return Results.File(Encoding.UTF8.GetBytes(CostsCsv.Write(costs)), "text/csv; charset=utf-8", "costs.csv");
    }

    private static async Task<IResult> Import(HttpRequest request, Settings settings, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var (form, text, errors) = await Given(request, stop);
        if (errors.Any) return Page("costs", form, errors);
        var (forms, problem) = CostsCsv.Read(text);
        var wrong = problem is not null ? [problem] : forms.SelectMany(f => f.Form.Check(Say.DayOf(now)).Select(p => $"Line {f.Line}: {p.Message}")).Take(20).ToList();
        if (wrong.Count > 0)
        {
            foreach (var (i, message) in wrong.Index()) errors.Check(i == 0 ? "Text" : $"Text-{i}", false, message);
            return Page("costs", form with { Text = text }, errors);
        }
        var (by, ids) = (visitor.Actor, forms.Select(_ => Guid.CreateVersion7(now)).ToList());
        // A line that is in the book already, figure by figure, is not entered twice.
        await writer.Write(async db =>
        {
            var there = (await db.Costs.AsNoTracking().InUse.Where(c => c.Council == settings.Council).ToListAsync(CancellationToken.None)).ConvertAll(CostForm.Of);
            foreach (var ((_, cost), id) in forms.Zip(ids))
            {
                var record = cost.Record(id, settings.Council, by, now);
                if (there.Contains(CostForm.Of(record))) continue;
                there.Add(CostForm.Of(record));
                EnterCost.Put(db, record, null);
            }
        }, CancellationToken.None);
        return Results.LocalRedirect("/measure/costs");
    }

    private static async Task<IResult> ShowDeflator(ConcentricDb db, Settings settings, CancellationToken stop) =>
        Page("deflator", new(), new(), await Deflator.Load(db, settings.Council, stop));

    private static async Task<IResult> LoadDeflator(HttpRequest request, Settings settings, IWriter writer, ConcentricDb db, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var (form, text, errors) = await Given(request, stop);
        errors.Check("Source", !string.IsNullOrWhiteSpace(form.Source), "Enter whose figures these are, and of which date")
            .Check("Source", form.Source is null or { Length: <= 300 }, "Source must be 300 characters or fewer");
        var years = new Dictionary<int, double>();
        if (text.Length > 0)
        {
            var (rows, problem) = CostsCsv.Rows(text, DeflatorColumns);
            errors.Check("Text", problem is null, problem ?? "");
            foreach (var row in rows)
            {
                var isRead = int.TryParse(row["year"]?[..Math.Min(4, row["year"]!.Length)], NumberStyles.None, CultureInfo.InvariantCulture, out var year) & double.TryParse(row["index"], NumberStyles.Float, CultureInfo.InvariantCulture, out var index);
                errors.Check("Text", isRead && year is >= 1900 and <= 2200 && index > 0 && double.IsFinite(index), $"Line {row.Line} must have a year and an index above 0, like 2024-25,100")
                    .Check("Text", years.TryAdd(year, index), $"Line {row.Line} has a year that stands there already");
            }
        }
        if (errors.Any) return Page("deflator", form with { Text = text }, errors, await Deflator.Load(db, settings.Council, stop));

        var (now, by) = (clock.GetUtcNow(), visitor.Actor);
        var (load, source) = (Guid.CreateVersion7(now), form.Source!.Trim());
        await writer.Write(write =>
        {
            write.Deflators.AddRange(years.Select(y => new DeflatorYear { Load = load, Council = settings.Council, Year = y.Key, Index = y.Value, Source = source, By = by, LoadedAt = now }));
            write.Record(new DeflatorLoaded(load, settings.Council, years.Count, source), by, now);
            return Task.CompletedTask;
        }, CancellationToken.None);
        return Results.LocalRedirect("/measure/costs/deflator");
    }

    // What was pasted, or the file where one was chosen.
    private static async Task<(PastedCsv Form, string Text, Errors Errors)> Given(HttpRequest request, CancellationToken stop)
    {
        var errors = new Errors();
        var posted = await request.ReadFormAsync(stop);
        var form = new PastedCsv { Text = posted["Text"], Source = posted["Source"] };
        var text = form.Text?.Trim() ?? "";
        if (posted.Files.GetFile("file") is { Length: > 0 } file)
        {
            errors.Check("file", file.Length <= MostBytes, "The file must be smaller than 1 MB");
            if (errors.Any) return (form, "", errors);
            using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
            text = await reader.ReadToEndAsync(stop);
        }
        errors.Check("Text", text.Length > 0, "Paste the lines, or choose a file")
            .Check("Text", text.Length <= MostBytes, "Paste less than 1 MB");
        return (form, text, errors);
    }

    private static RazorComponentResult<MoveCostsPage> Page(string what, PastedCsv form, Errors errors, Deflator? deflator = null) => new(new { What = what, Form = form, Errors = errors, Deflator = deflator })
    {
        StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
    };
}
