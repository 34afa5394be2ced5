using Concentric.Measure.Disclosure;
using Concentric.Measure.EndToEnd;

namespace Concentric.Measure.Boards;

/// <summary>An end-to-end figure that a measure may be of.</summary>
/// <param name="Name">As measures keep it.</param>
/// <param name="Label">As it stands in a list.</param>
/// <param name="Words">What it is, in words.</param>
/// <param name="Value">The figure of a period in the measure's unit; null where it is hidden or there is none.</param>
/// <param name="N">Needs that it is of; null where hidden.</param>
/// <param name="IsSettled">Whether only periods count whose citizens have had time to come back.</param>
internal sealed record NeedFigure(string Name, string Label, string Words, MeasureUnit Unit, Func<NeedFigures, double?> Value, Func<NeedFigures, Core.ShownCount> N, bool IsSettled = false)
{
    public const string Days = "need-days", AtOnce = "met-at-once-share", Contacts = "contacts-per-need";

    public static IReadOnlyList<NeedFigure> All { get; } =
    [
        new(Days, "Days from first contact to need met (nine in ten)", Written(NeedSeries.DaysMeans), new("days", 1, 1, new(0, null)), n => n.Percentile90Days, n => n.Met),
        new(AtOnce, "Share of needs met at the first contact", Written(NeedSeries.AtOnceMeans), new("%", 1, 1, new(0, 100)), n => 100 * n.AtOnce?.Value, n => n.Known, IsSettled: true),
        new(Contacts, "Contacts for each need met", Written(NeedSeries.ContactsPerNeedMeans), new("contacts for each need", 2, 1, new(1, null)), n => n.ContactsPerNeed, n => n.Met),
    ];

    public static NeedFigure? Find(string name) => All.FirstOrDefault(f => f.Name == name);

    private static string Written(string means) => $"{means.Replace(" Definition 1.", "", StringComparison.Ordinal)} {NeedSeries.WhatIsANeed}";
}
