using System.Globalization;
using Concentric.Core;

namespace Concentric.Measure.Staffing;

/// <summary>What somebody plans with, as in the address of the page.</summary>
public sealed record StaffingForm
{
    public string? Line { get; init; }
    public string? Share { get; init; }
    public string? Within { get; init; }
    public string? Occupancy { get; init; }
    public string? Shrinkage { get; init; }
    public string? After { get; init; }
    public string? Less { get; init; }
    public string? Halve { get; init; }

    /// <summary>The form with what is usual where nothing was entered.</summary>
    public StaffingForm Usual() => this with { Share = Share ?? "80", Within = Within ?? "20", Occupancy = Occupancy ?? "85", Shrinkage = Shrinkage ?? "30", After = After ?? "0", Less = Less ?? "0" };

    public Errors Check() => new Errors()
        .Check("Share", Number(Share) is >= 1 and <= 99, "The share to be answered in time must be a number from 1 to 99")
        .Check("Within", Number(Within) is >= 0 and <= 3600, "The time to answer must be a number of seconds from 0 to 3,600")
        .Check("Occupancy", Number(Occupancy) is >= 10 and <= 100, "The most busy time must be a number from 10 to 100")
        .Check("Shrinkage", Number(Shrinkage) is >= 0 and <= 90, "The time away from the phone must be a number from 0 to 90")
        .Check("After", Number(After) is >= 0 and <= 3600, "The work after a call must be a number of seconds from 0 to 3,600")
        .Check("Less", Number(Less) is >= 0 and <= 90, "The share of contacts that go must be a number from 0 to 90");

    /// <summary>What it asks for, once checked.</summary>
    public StaffRules Rules => new(new(Number(Share)!.Value / 100, Number(Within)!.Value, Number(Occupancy)!.Value / 100), Number(Shrinkage)!.Value / 100, Number(After)!.Value);

    public double LessPart => Number(Less)!.Value / 100;

    public bool IsHalved => Halve is not null;

    private static double? Number(string? text) => double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;
}
