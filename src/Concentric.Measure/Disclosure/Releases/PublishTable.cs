using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;
using Concentric.Measure.Contacts.Seeing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Disclosure.Releases;

/// <summary>What an analyst types to publish a table.</summary>
public sealed record ReleaseForm
{
    public string? Title { get; init; }
    public string? Rows { get; init; }
    public string? Columns { get; init; }
    public DateParts? From { get; init; }
    public DateParts? To { get; init; }

    /// <summary>Conditions, one a line, as <c>channel=web</c>.</summary>
    public string? Only { get; init; }

    /// <summary>“yes” where an empty cell could not be otherwise.</summary>
    public string? Zeros { get; init; }

    /// <summary><c>preview</c> or <c>release</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Digest of the table that the preview showed, so that nothing else is released than was looked at.</summary>
    public string? Seen { get; init; }

    public Errors Check()
    {
        var errors = new Errors()
            .Check("Title", !string.IsNullOrWhiteSpace(Title), "Enter a title")
            .Check("Title", Title is null or { Length: <= 150 }, "The title must be 150 characters or fewer")
            .Check("Rows", ReleaseDimensions.Find(Rows) is not null, "Select what the rows are")
            .Check("Columns", ReleaseDimensions.Find(Columns) is not null, "Select what the columns are")
            .Check("Columns", ReleaseDimensions.Find(Columns) is not { } columns || ReleaseDimensions.Find(Rows) != columns, "Select different rows and columns");
        DateParts.Check(errors, "From", From, "first day");
        DateParts.Check(errors, "To", To, "last day");
        return errors.Check("To", From?.Date is not { } from || To?.Date is not { } to || from <= to, "The last day must be the first day or later");
    }
}

/// <summary>What a preview shows before anything is released.</summary>
public sealed record ReleasePreview(PublishedTable Table, SuppressedTable? Suppressed, IReadOnlyList<Clash> Clashes, string Digest);

/// <summary>An analyst publishes a table of contacts under rule B: looks at what is hidden and why, then releases it.</summary>
internal static class PublishTable
{
    public const string Address = "/measure/releases/new";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, Show).For(Audience.Analyse);
        pages.MapPost(Address, Work).For(Audience.Analyse);
    }

    private static async Task<IResult> Show(string? council, Scopes scopes, CancellationToken stop)
    {
        if (await scopes.Find(council, null, stop) is not { } scope) return council is null ? new RazorComponentResult<NothingCountedPage>() : Results.NotFound();
        var form = new ReleaseForm { Rows = "service", Columns = "channel", From = DateParts.Of(scope.Period.From), To = DateParts.Of(scope.Through) };
        return Page(form, new(), scope, null);
    }

    private static async Task<IResult> Work([FromForm] ReleaseForm form, string? council, Scopes scopes, Disclosed disclosed, ClaimsPrincipal visitor, ConcentricDb db, IWriter writer, TimeProvider clock, CancellationToken stop)
    {
        if (await scopes.Find(council, null, stop) is not { } scope) return Results.NotFound();
        var (contacts, errors, where) = (disclosed.For(visitor), form.Check(), (IReadOnlyList<Filter>)[]);
        try { where = ReleaseDimensions.Conditions(form.Only, scope.Council.Code, contacts.Dimensions); }
        catch (RefusedException refused) { errors.Check("Only", false, refused.Message.TrimEnd('.')); }
        if (errors.Any) return Page(form, errors, scope, null);

        var (rows, columns) = (ReleaseDimensions.Find(form.Rows)!.Value, ReleaseDimensions.Find(form.Columns)!.Value);
        var made = await MakeTable.Of(contacts, scope.Council, scope.Kind, rows, columns, where, new(form.From!.Date!.Value, form.To!.Date!.Value), form.Zeros == "yes", stop);
        if (made.Table is not { } table) return Page(form, errors.Check("Rows", false, made.Refused!), scope, null);

        var query = new ReleaseQuery
        {
            Council = scope.Council.Name,
            Kind = AskContacts.Kebab(scope.Kind),
            Rows = form.Rows!,
            Columns = form.Columns!,
            Where = where.GroupBy(w => w.Dimension).ToDictionary(g => ReleaseDimensions.Name(g.Key), g => (IReadOnlyList<string>)[.. Kept(g).Select(code => ReleaseDimensions.Key(g.Key, code, contacts.Dimensions))]),
            From = form.From.Date.Value,
            To = form.To.Date.Value,
        };
        var digest = Digest(query, table);
        if (form.Action != "release") return Page(form, errors, scope, new(table, made.Suppressed, FindClashes.Of(query, table, await Earlier(db, query, stop), contacts.Dimensions), digest));
        if (form.Seen != digest) return Page(form, errors.Check("Title", false, "The table is no longer the one that you looked at. Look at this one, then release it"), scope, new(table, made.Suppressed, FindClashes.Of(query, table, await Earlier(db, query, stop), contacts.Dimensions), digest));

        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var release = new Release { Id = Guid.CreateVersion7(now), Council = query.Council, Title = form.Title!.Trim(), Query = query, Figures = table, By = by, At = now };
        // One writer at a time: no other release can come between the comparison and the release.
        var clashes = await writer.Write(async d =>
        {
            var found = FindClashes.Of(query, table, await Earlier(d, query, default), contacts.Dimensions);
            if (found.Count > 0) return found;
            d.Set<Release>().Add(release);
            d.Record(new FiguresReleased(release.Id, release.Title, table.Rule, table.Cells.Count, table.Hidden), by, now);
            return found;
        }, CancellationToken.None);
        return clashes.Count == 0 ? Results.LocalRedirect($"/measure/releases/{release.Id}") : Page(form, errors.Check("Rows", false, "The table is too like an earlier release: see below what to do"), scope, new(table, made.Suppressed, clashes, digest));
    }

    /// <summary>What is left where a dimension has several conditions: all must hold.</summary>
    private static IEnumerable<int> Kept(IEnumerable<Filter> filters) => filters.Select(f => f.Codes.AsEnumerable()).Aggregate((a, b) => a.Intersect(b));

    private static Task<List<Release>> Earlier(ConcentricDb db, ReleaseQuery query, CancellationToken stop) => db.Set<Release>().AsNoTracking().Where(r => r.Council == query.Council).OrderBy(r => r.At).ToListAsync(stop);

    private static string Digest(ReleaseQuery query, PublishedTable table) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{query.Council} {query.Rows} {query.Columns} {query.From:O} {query.To:O} {string.Join(';', query.Where.Select(w => $"{w.Key}={string.Join(',', w.Value)}"))} {string.Join(' ', table.Cells.Concat(table.RowTotals).Concat(table.ColumnTotals).Select(c => $"{c.Value}{c.State}"))}"))))[..16];

    private static RazorComponentResult<NewReleasePage> Page(ReleaseForm form, Errors errors, Scope scope, ReleasePreview? preview) =>
        new(new { Form = form, Errors = errors, Scope = scope, Preview = preview }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
}
