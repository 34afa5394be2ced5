using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Importing;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Counted = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.Sources;

/// <summary>People see how fresh and how complete the data are, what was rejected, and what is hidden and why.</summary>
internal static class SeeSources
{
    public const string Path = "/measure/sources";

    private const int BatchesShown = 30;
    private const int MostCodes = 10_000;
    private static readonly Counted[] Counts = [Counted.Contacts, Counted.ContactsOfKnownPersons, Counted.CodedContacts, Counted.SecondsCount, Counted.SatisfactionCount, Counted.CostCount];

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Path, Show).For(Audience.Measure);

    private static async Task<IResult> Show(string? council, Scopes scopes, Disclosed disclosed, TimeProvider clock, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await scopes.Find(council, null, stop) is not { } scope) return council is null ? new RazorComponentResult<NothingCountedPage>() : Results.NotFound();
        // Where nobody is signed in rule A holds: so for analysts too it can be counted what others do not see.
        return new RazorComponentResult<SourcesPage>(new { View = await View(scope, disclosed.For(visitor), disclosed.For(new()), clock.GetUtcNow(), stop) });
    }

    internal static async Task<SourcesView> View(Scope scope, VisibleContacts contacts, VisibleContacts rounded, DateTimeOffset now, CancellationToken stop)
    {
        var batches = contacts.Dimensions.Batches.Where(b => b.Council == scope.Council.Code && b.UndoneAt is null).ToList();
        var (sources, areWithheld) = await Sources(scope, contacts, stop);
        return new()
        {
            Scope = scope,
            Now = now,
            IsExact = contacts.IsExact,
            Sources = sources,
            AreSourcesWithheld = areWithheld,
            Mappings = [.. batches.GroupBy(b => b.Mapping).Select(m => new MappingLine(m.Key, m.Count(), Rhythm.Of(m.Select(b => b.At))!)).OrderBy(m => m.Mapping, StringComparer.Ordinal)],
            Batches = await Batches([.. batches.OrderByDescending(b => b.Number).Take(BatchesShown)], scope, contacts, stop),
            Hidden = await Hidden(scope, rounded, stop),
        };
    }

    private static async Task<(IReadOnlyList<SourceLine> Lines, bool AreWithheld)> Sources(Scope scope, VisibleContacts contacts, CancellationToken stop)
    {
        // All rows, whoever began them and of either kind: this page is about the data and not about citizens.
        var all = new CubeQuery(scope.Council.Code, [Dimension.Source], Counts, []);
        var counted = await contacts.Query(all, stop);
        var names = contacts.Dimensions;
        var withService = await Known(all, contacts, Dimension.Service, names.Services.Count, stop);
        var withChannel = await Known(all, contacts, Dimension.Channel, Channels.All.Max(c => c.Code) + 1, stop);
        var withArea = await Known(all, contacts, Dimension.Area, names.Areas.Count, stop);
        var days = await contacts.Query(all with { By = [Dimension.Source, Dimension.Day], Measures = [Counted.Contacts] }, stop);
        var last = Enumerable.Range(0, days.Rows).GroupBy(r => days.Code(r, Dimension.Source)).ToDictionary(g => g.Key, g => (DateOnly?)ContactCalendar.DateOfDay(g.Max(r => days.Code(r, Dimension.Day))));
        List<SourceLine> lines =
        [
            .. from row in Enumerable.Range(0, counted.Rows)
               let source = counted.Code(row, Dimension.Source)
               let whole = counted.Shown(row, Counted.Contacts)
               orderby whole.Estimate descending
               select new SourceLine(names.Label(Dimension.Source, source), whole, last.GetValueOrDefault(source), days.IsWithheld,
               [
                   new("Service", Of(withService, source, contacts.IsExact), whole),
                   new("Channel", Of(withChannel, source, contacts.IsExact), whole),
                   new("Area", Of(withArea, source, contacts.IsExact), whole),
                   new("Person", counted.Shown(row, Counted.ContactsOfKnownPersons), whole),
                   new("Demand", counted.Shown(row, Counted.CodedContacts), whole),
                   new("Seconds", counted.Shown(row, Counted.SecondsCount), whole),
                   new("Satisfaction", counted.Shown(row, Counted.SatisfactionCount), whole),
                   new("Cost", counted.Shown(row, Counted.CostCount), whole),
               ]),
        ];
        return (lines, counted.IsWithheld);
    }

    /// <summary>Rows of each source whose dimension is known, which is every code but 0; null where there are more codes than a filter takes.</summary>
    private static async Task<KnownRows?> Known(CubeQuery all, VisibleContacts contacts, Dimension dimension, int codes, CancellationToken stop)
    {
        if (codes > MostCodes) return null;
        if (codes < 2) return new([], false);
        var result = await contacts.Query((all with { Measures = [Counted.Contacts] }).With(dimension, [.. Enumerable.Range(1, codes - 1)]), stop);
        return new(Enumerable.Range(0, result.Rows).ToDictionary(r => result.Code(r, Dimension.Source), r => result.Shown(r, Counted.Contacts)), result.IsWithheld);
    }

    // What is left out of a breakdown that is withheld may be anything; otherwise it is nothing.
    private static ShownCount? Of(KnownRows? known, int source, bool isExact)
    {
        if (known is null) return null;
        if (known.BySource.TryGetValue(source, out var count)) return count;
        return known.IsWithheld ? null : ShownCount.Of(0, false, isExact);
    }

    private static async Task<IReadOnlyList<BatchQuality>> Batches(IReadOnlyList<BatchCode> batches, Scope scope, VisibleContacts contacts, CancellationToken stop)
    {
        if (batches.Count == 0) return [];
        var whole = await contacts.Query(new(scope.Council.Code, [Dimension.Batch], [Counted.Contacts], [new(Dimension.Batch, [.. batches.Select(b => b.Number)])]), stop);
        var rows = Enumerable.Range(0, whole.Rows).ToDictionary(r => whole.Code(r, Dimension.Batch), r => whole.Shown(r, Counted.Contacts));
        var unmatched = await SeeImports.Unmatched(contacts, batches, stop);
        var none = ShownCount.Of(0, false, contacts.IsExact);
        return [.. batches.Select(b => new BatchQuality(b, ShownCounts.Of(b.Read, b.Imported, b.Duplicates, b.Rejected, b.Flagged, contacts.IsExact),
            // Without the rows of the batch, which may be withheld, there is nothing to make a share of.
            new("Unmatched", whole.IsWithheld && !rows.ContainsKey(b.Number) ? null : unmatched?[b.Number], rows.GetValueOrDefault(b.Number, none))))];
    }

    /// <summary>The main tables of the first page of Measure over its usual period, and a cross of two of them.</summary>
    private static async Task<IReadOnlyList<HiddenCells>> Hidden(Scope scope, VisibleContacts rounded, CancellationToken stop)
    {
        var tables = new (string Name, Dimension[] By)[]
        {
            ("By service", [Dimension.Service]), ("By channel", [Dimension.Channel]), ("By area", [Dimension.Area]), ("By service and channel", [Dimension.Service, Dimension.Channel]),
        };
        var hidden = new List<HiddenCells>();
        foreach (var (name, by) in tables)
        {
            var result = await rounded.Query(scope.Query.GroupedBy(by).Counting(Counted.Contacts), stop);
            hidden.Add(new(name, Enumerable.Range(0, result.Rows).Count(r => result.IsHidden(r, Counted.Contacts)), result.Rows, result.IsWithheld));
        }
        return hidden;
    }

    /// <summary>Rows in which a dimension is known, by source.</summary>
    private sealed record KnownRows(Dictionary<int, ShownCount> BySource, bool IsWithheld);
}
