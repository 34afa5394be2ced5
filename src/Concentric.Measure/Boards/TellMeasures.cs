using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Boards;

/// <summary>A measure as programs get it.</summary>
public sealed record MeasureAnswer
{
    /// <summary>Its place in an address, as <c>failure-share@524</c>.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }

    /// <summary>What is counted, in words, with the number of the definition.</summary>
    public required string Definition { get; init; }

    public required int Version { get; init; }

    /// <summary>lower, higher or neither.</summary>
    public required string Better { get; init; }

    /// <summary>citizens or internal.</summary>
    public required string For { get; init; }

    /// <summary>improvement or planning.</summary>
    public required string Use { get; init; }

    /// <summary>week or month.</summary>
    public required string Period { get; init; }

    public required string Unit { get; init; }

    /// <summary>Name of the person who answers for it; null for what every service has without set-up.</summary>
    public required string? Owner { get; init; }

    /// <summary>concern, improvement, change, usual, too-few or nothing: what the last point shows.</summary>
    public required string State { get; init; }

    public required string Reason { get; init; }

    /// <summary>pass, hit-or-miss, fail or none, as <c>/spc</c> has it: whether the process as it is meets the target.</summary>
    public required string Assurance { get; init; }

    public required double? Target { get; init; }

    /// <summary>The last point with a value.</summary>
    public required PointAnswer? Last { get; init; }

    /// <summary>All points, where one measure was asked for.</summary>
    public IReadOnlyList<PointAnswer>? Points { get; init; }
}

/// <summary>A point of a chart.</summary>
/// <param name="From">First day of its period.</param>
/// <param name="Value">In the measure's unit; null where there is none, and of a hidden count the middle of 1 to 7.</param>
/// <param name="Hidden">The figure is there and not shown.</param>
/// <param name="Mean">Of its phase.</param>
/// <param name="Lower">Limit of its phase as it is shown: no lower than the figure can be. Likewise <paramref name="Upper"/>.</param>
/// <param name="Flags">Its signals, as <c>shift above 7</c>.</param>
/// <param name="Phase">Number of its phase, from 1; null for the period of a change made midway.</param>
public sealed record PointAnswer(DateOnly From, double? Value, double? Low, double? High, long? N, bool Hidden, int Version, double? Mean, double? Lower, double? Upper, int? Phase, IReadOnlyList<string> Flags);

/// <summary>The measures of a board, or one measure, as programs get them.</summary>
public sealed record MeasuresAnswer
{
    public required string Council { get; init; }

    /// <summary>The council is invented, and so are its figures.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>Key of the service; empty for the council's own board.</summary>
    public required string Board { get; init; }

    /// <summary><c>exact</c>, or <c>rule-a</c>: counts from 1 to 7 are hidden, others rounded to 5, and all else made from these.</summary>
    public required string Disclosure { get; init; }

    public required IReadOnlyList<MeasureAnswer> Measures { get; init; }
}

/// <summary>The doors for programs and the command line to what boards and measure pages show.</summary>
internal static class TellMeasures
{
    public static void Map(Site site)
    {
        site.Api.MapGet("/measures", List).For(Audience.ApiKey).WithName("ListMeasures").WithSummary("The measures of a board, those with a signal first")
            .WithDescription("Without `service` the council's own board. Figures are under rule A of disclosure control.");
        site.Api.MapGet("/measures/{id}", One).For(Audience.ApiKey).WithName("GetMeasure").WithSummary("One measure with all its points, limits and signals")
            .WithDescription("`id` is the key that the list gives, as `failure-share@524`.");
        site.Local.MapGet("/measures", Local).For(Audience.LocalSocket);
    }

    private static async Task<Results<Ok<MeasuresAnswer>, NotFound>> List(string? service, string? council, BoardPages boards, CancellationToken stop) => Answer(await Board(service, council, boards, boards.UnderRule, stop));

    private static async Task<Results<Ok<MeasuresAnswer>, NotFound>> One(string id, string? council, BoardPages boards, CancellationToken stop) => Answer(await Measure(BoardMeasure.Decoded(id), council, boards, boards.UnderRule, stop));

    private static async Task<Results<Ok<MeasuresAnswer>, NotFound>> Local(string? name, string? service, string? council, bool? rounded, BoardPages boards, IContactStore store, CancellationToken stop) =>
        Answer(await Ask(name, service, council, boards, new(store, rounded is not true), stop));

    /// <summary>One measure by key or name, or without a name the measures of a board.</summary>
    public static async Task<MeasuresAnswer?> Ask(string? name, string? service, string? council, BoardPages boards, VisibleContacts contacts, CancellationToken stop)
    {
        if (name is null) return await Board(service, council, boards, contacts, stop);
        if (await Measure(name, council, boards, contacts, stop) is { } byKey) return byKey;
        var board = await Board(service, council, boards, contacts, stop);
        return board?.Measures.FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? await Measure(found.Key, council, boards, contacts, stop) : null;
    }

    private static async Task<MeasuresAnswer?> Board(string? service, string? council, BoardPages boards, VisibleContacts contacts, CancellationToken stop)
    {
        if (await boards.Scope(council, stop) is not { } scope || await boards.Service(service, stop) is not { } found) return null;
        var view = await boards.Load.Of(scope, found.Service, contacts, stop);
        return Write(scope, view.Board, contacts, [.. view.Charts.Select(c => Write(c, contacts.Dimensions))]);
    }

    private static async Task<MeasuresAnswer?> Measure(string key, string? council, BoardPages boards, VisibleContacts contacts, CancellationToken stop)
    {
        if (await boards.Scope(council, stop) is not { } scope || await new FindMeasures(boards.Db).Find(scope.Council.Name, key, stop) is not { } measure || await boards.Service(measure.Board, stop) is null) return null;
        var chart = (await boards.Load.Charts(scope, [measure], contacts, stop))[0];
        return Write(scope, measure.Board, contacts, [Write(chart, contacts.Dimensions) with { Points = [.. Enumerable.Range(0, chart.Series.Points.Count).Select(i => Point(chart, i))] }]);
    }

    private static MeasuresAnswer Write(Scope scope, string board, VisibleContacts contacts, IReadOnlyList<MeasureAnswer> measures) =>
        new() { Council = scope.Council.Label, Synthetic = scope.Council.IsSynthetic, Board = board, Disclosure = contacts.IsExact ? "exact" : "rule-a", Measures = measures };

    private static MeasureAnswer Write(MeasureChart chart, ContactDimensions names) => new()
    {
        Key = chart.Measure.Key,
        Name = chart.Measure.Name,
        Definition = $"{chart.Measure.Latest.Source.Words(names)} Definition {chart.Measure.Latest.Number}.",
        Version = chart.Measure.Latest.Number,
        Better = AskContacts.Kebab(chart.Measure.Better),
        For = AskContacts.Kebab(chart.Measure.For),
        Use = AskContacts.Kebab(chart.Measure.Use),
        Period = AskContacts.Kebab(chart.Measure.Period),
        Unit = chart.Measure.Unit.Name,
        Owner = chart.Measure.Owner,
        State = AskContacts.Kebab(chart.State),
        Reason = ChartWords.Reason(chart),
        Assurance = AskContacts.Kebab(chart.Assurance),
        Target = chart.Target,
        Last = chart.Last is { } last ? Point(chart, last.Index) : null,
    };

    private static PointAnswer Point(MeasureChart chart, int index)
    {
        var (point, on) = (chart.Series.Points[index], chart.Chart.Points[index]);
        var limits = chart.Chart.PhaseOf(on)?.Limits;
        return new(point.Start, point.Value, point.Low, point.High, point.N, point.IsHidden, point.Version, limits?.Mean, Shown(limits?.Lower), Shown(limits?.Upper), on.Phase + 1, [.. on.Signals.Select(ChartWords.Flag)]);

        double? Shown(double? limit) => limit is { } known ? chart.Measure.Unit.Bounds.Clip(known) : null;
    }

    private static Results<Ok<MeasuresAnswer>, NotFound> Answer(MeasuresAnswer? answer) => answer is null ? TypedResults.NotFound() : TypedResults.Ok(answer);
}
