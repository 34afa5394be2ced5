using Concentric.Measure.Variation;

namespace Concentric.Measure.Boards;

/// <summary>The measures that every service, and the council as a whole, has without set-up.</summary>
internal static class AutomaticMeasures
{
    private const char At = '@';

    private sealed record Kind(string Figure, string Name, Better Better, MeasureFor For, MeasureUse Use, string About, bool IsFirst = false);

    private static readonly Kind[] Kinds =
    [
        new(NeedFigure.Days, "Time from first contact to need met", Better.Lower, MeasureFor.Citizens, MeasureUse.Improvement, "How long people wait until they have what they needed. Nine in ten waited no longer. Closing a case is not meeting a need.", IsFirst: true),
        new(NeedFigure.AtOnce, "Share met at first contact", Better.Higher, MeasureFor.Citizens, MeasureUse.Improvement, "How many people have what they needed after asking once.", IsFirst: true),
        new(NeedFigure.Contacts, "Contacts for each need met", Better.Lower, MeasureFor.Citizens, MeasureUse.Improvement, "How often people have to ask until they have what they needed.", IsFirst: true),
        new("failure-share", "Share of failure demand", Better.Lower, MeasureFor.Citizens, MeasureUse.Improvement, "How much of what people ask is asked because something was not done, or not done right."),
        new("resolved-share", "Share of contacts resolved", Better.Higher, MeasureFor.Citizens, MeasureUse.Improvement, "Whether people have what they asked for when the contact ends."),
        new("repeat-28-days-share", "Share asked again within 28 days", Better.Lower, MeasureFor.Citizens, MeasureUse.Improvement, "How often people have to come back about the same service."),
        new("satisfaction", "Satisfaction", Better.Higher, MeasureFor.Citizens, MeasureUse.Improvement, "What people said of it, of those who said."),
        new("contacts", "Contacts", Better.Neither, MeasureFor.Internal, MeasureUse.Planning, "How much there is to do. More or fewer is neither good nor bad in itself."),
        new("median-seconds", "Median handling time", Better.Neither, MeasureFor.Internal, MeasureUse.Planning, "How long a contact takes whoever deals with it. Shorter is not better where people then have to ask again."),
    ];

    /// <param name="council">Short name.</param>
    /// <param name="service">Key of the service; empty for the council as a whole.</param>
    public static IReadOnlyList<BoardMeasure> Of(string council, string service) => [.. Kinds.Select(kind => Of(kind, council, service))];

    /// <summary>The measure of that key, or null where it is none of these.</summary>
    public static BoardMeasure? Find(string council, string key) =>
        key.IndexOf(At, StringComparison.Ordinal) is > 0 and var at && key[(at + 1)..] != BoardMeasure.CouncilBoard && Kinds.FirstOrDefault(k => k.Figure == key[..at]) is { } kind ? Of(kind, council, key[(at + 1)..]) : null;

    private static BoardMeasure Of(Kind kind, string council, string service) => new()
    {
        Key = $"{kind.Figure}{At}{service}",
        Council = council,
        Board = service,
        Name = kind.Name,
        About = kind.About,
        Better = kind.Better,
        For = kind.For,
        Use = kind.Use,
        IsFirst = kind.IsFirst,
        Versions = [new(1, null, new() { Kind = kind.IsFirst ? SourceKind.EndToEnd : SourceKind.Contacts, Figure = kind.Figure, Where = service.Length == 0 ? [] : new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["service"] = [service] } })],
    };
}
