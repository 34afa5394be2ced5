using System.Globalization;
using Concentric.Core;

namespace Concentric.Measure.Costs;

/// <summary>One figure of the form of a local cost.</summary>
/// <param name="Unused">What stands for it where a channel takes no staff time.</param>
internal sealed record LocalFigure(string Name, string Label, string Hint, string? Unit, decimal Least, decimal Most, decimal? Unused, Func<LocalCost, Range3> Of);

/// <summary>The figures of a local cost as somebody typed them: three boxes each.</summary>
internal static class LocalCostForm
{
    public static readonly LocalFigure[] Figures =
    [
        new("Minutes", "Minutes of staff time a contact", "From answering to the end of the work after it. 0 where no member of staff is needed.", null, 0, 1_000, null, c => c.Minutes),
        new("Salary", "Pay of one post a year", "Full time, without on-costs", "£", 0, 1_000_000, 0, c => c.Salary),
        new("OnCosts", "On-costs", "National insurance, pension and the like, on top of the pay. 0 to leave them out.", "%", 0, 200, 0, c => c.OnCosts),
        new("Days", "Productive days a year", "Without leave, holidays, sickness and training", null, 1, 366, 1, c => c.Days),
        new("Hours", "Hours a day", "", null, 0.5m, 24, 1, c => c.Hours),
        new("Occupancy", "Occupancy", "How much of these hours goes into contacts", "%", 1, 100, 100, c => c.Occupancy),
        new("Overhead", "Overhead", "Buildings, systems and management, on top of the cost of staff. 0 to leave it out.", "%", 0, 500, 0, c => c.Overhead),
        new("Other", "Other cost of a contact", "What is no staff time: licences, hosting, postage, payment fees", "£", 0, 10_000, 0, c => c.Other),
        new("Fails", "Contacts that do not settle the matter", "Used where the contact store does not know it of 30 contacts or more", "%", 0, 90, null, c => c.Fails),
    ];

    /// <summary>The boxes as they were filled.</summary>
    public static Dictionary<string, string> Boxes(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> form) =>
        form.Where(f => f.Key.Length <= 40).ToDictionary(f => f.Key, f => f.Value.ToString() is { Length: <= 300 } text ? text : f.Value.ToString()[..300], StringComparer.Ordinal);

    /// <summary>The boxes of a cost that was entered.</summary>
    public static Dictionary<string, string> Boxes(LocalCost cost)
    {
        var boxes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var figure in Figures)
        {
            var range = figure.Of(cost);
            (boxes[figure.Name + "Low"], boxes[figure.Name + "Mode"], boxes[figure.Name + "High"]) = (Plain(range.Low), Plain(range.Mode), Plain(range.High));
        }
        return boxes;
    }

    /// <summary>The cost that the boxes stand for, or what must be put right.</summary>
    public static LocalCost? Read(IReadOnlyDictionary<string, string> boxes, Errors errors)
    {
        var noStaff = Range(boxes, Figures[0], new()) is { High: 0 };
        var ranges = Figures.ToDictionary(f => f.Name, f => noStaff && f.Unused is { } unused && IsEmpty(boxes, f.Name) ? Range3.Exactly(unused) : Range(boxes, f, errors));
        if (errors.Any) return null;
        return new()
        {
            Minutes = ranges["Minutes"]!, Salary = ranges["Salary"]!, OnCosts = ranges["OnCosts"]!, Days = ranges["Days"]!, Hours = ranges["Hours"]!,
            Occupancy = ranges["Occupancy"]!, Overhead = ranges["Overhead"]!, Other = ranges["Other"]!, Fails = ranges["Fails"]!,
        };
    }

    /// <summary>Three boxes as a range; only the middle one filled is a figure that is known.</summary>
    public static Range3? Range(IReadOnlyDictionary<string, string> boxes, string name, string label, decimal least, decimal most, Errors errors)
    {
        var (low, mode, high) = (Number(boxes, name + "Low"), Number(boxes, name + "Mode"), Number(boxes, name + "High"));
        bool Blank(string end) => string.IsNullOrWhiteSpace(boxes.GetValueOrDefault(name + end));
        if (Blank("Low") && Blank("High") && mode is not null) (low, high) = (mode, mode);
        errors.Check(name + "Low", low is not null && mode is not null && high is not null, $"{label}: enter low, most likely and high as numbers")
            .Check(name + "Low", low is null || mode is null || high is null || low <= mode && mode <= high, $"{label}: low must not be above most likely, nor most likely above high")
            .Check(name + "Low", low is null || high is null || low >= least && high <= most, $"{label}: must be from {Plain(least)} to {Plain(most)}");
        return errors[name + "Low"] is null ? new(low!.Value, mode!.Value, high!.Value) : null;
    }

    internal static string Plain(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static Range3? Range(IReadOnlyDictionary<string, string> boxes, LocalFigure figure, Errors errors) => Range(boxes, figure.Name, figure.Label, figure.Least, figure.Most, errors);

    private static bool IsEmpty(IReadOnlyDictionary<string, string> boxes, string name) =>
        ((string[])["Low", "Mode", "High"]).All(end => string.IsNullOrWhiteSpace(boxes.GetValueOrDefault(name + end)));

    private static decimal? Number(IReadOnlyDictionary<string, string> boxes, string name) =>
        decimal.TryParse(boxes.GetValueOrDefault(name)?.Trim().TrimStart('£').TrimEnd('%'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value) && value < 1_000_000_000 ? value : null;
}
