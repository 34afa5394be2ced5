using System.Globalization;
using Concentric.Core;

namespace Concentric.Measure.Costs;

/// <summary>A line of the cost book as somebody typed it, on the page or in a file.</summary>
public sealed record CostForm
{
    public string? Channel { get; init; }
    public string? Low { get; init; }
    public string? Mode { get; init; }
    public string? High { get; init; }
    public string? Unit { get; init; }
    public string? Scope { get; init; }
    public string? PriceYear { get; init; }
    public string? Source { get; init; }
    public string? Address { get; init; }

    /// <summary>local or published.</summary>
    public string? Kind { get; init; }

    public static CostForm Of(CostRecord cost) => new()
    {
        Channel = cost.Channel,
        Low = Pounds.Plain(cost.Low),
        Mode = cost.Mode is { } mode ? Pounds.Plain(mode) : null,
        High = Pounds.Plain(cost.High),
        Unit = CostWords.Of(cost.Unit),
        Scope = CostWords.Of(cost.Scope),
        PriceYear = cost.PriceYear?.ToString(CultureInfo.InvariantCulture),
        Source = cost.Source,
        Address = cost.Address,
        Kind = cost.IsLocal ? "local" : "published",
    };

    /// <summary>What must be put right.</summary>
    public Errors Check(DateOnly today)
    {
        const string Amount = "must be pounds to a tenth of a penny, like 0.15";
        var (low, mode, high) = (Amounts.Low, Amounts.Mode, Amounts.High);
        return new Errors()
            .Check("Channel", CostWords.Channels.Any(c => c.Name == Channel), "Select the channel")
            .Check("Low", low is not null, $"Low cost {Amount}")
            .Check("Mode", mode is not null || string.IsNullOrWhiteSpace(Mode), $"Most likely cost {Amount}")
            .Check("High", high is not null, $"High cost {Amount}")
            .Check("High", low is null || high is null || low <= high, "High cost must be at least the low cost")
            .Check("Mode", mode is null || low is null || high is null || low <= mode && mode <= high, "Most likely cost must be between low and high")
            .Check("Unit", CostWords.Unit(Unit) is not null, "Select what it is a cost of")
            .Check("Scope", CostWords.Scope(Scope) is not null, "Select what is counted in")
            .Check("PriceYear", string.IsNullOrWhiteSpace(PriceYear) || Year is >= 1948 && Year <= today.Year + 1, $"Price year must be a year from 1948 to {today.Year + 1}")
            .Check("Source", !string.IsNullOrWhiteSpace(Source), "Enter the source")
            .Check("Source", Source is null or { Length: <= 300 }, "Source must be 300 characters or fewer")
            .Check("Address", string.IsNullOrWhiteSpace(Address) || Uri.TryCreate(Address.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https", "Address of the source must begin with https:// or http://")
            .Check("Kind", Kind is "local" or "published", "Select whether it was worked out here or published");
    }

    /// <summary>The record that a form without mistakes stands for.</summary>
    public CostRecord Record(Guid id, string council, string by, DateTimeOffset now) => new()
    {
        Id = id,
        Council = council,
        Channel = Channel!,
        Low = Amounts.Low!.Value,
        Mode = Amounts.Mode,
        High = Amounts.High!.Value,
        Unit = CostWords.Unit(Unit)!.Value,
        Scope = CostWords.Scope(Scope)!.Value,
        PriceYear = Year,
        Source = Source!.Trim(),
        Address = string.IsNullOrWhiteSpace(Address) ? null : Address.Trim(),
        IsLocal = Kind == "local",
        By = by,
        EnteredAt = now,
    };

    private (decimal? Low, decimal? Mode, decimal? High) Amounts => (Read(Low), Read(Mode), Read(High));

    private int? Year => int.TryParse(PriceYear?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;

    private static decimal? Read(string? text) => Pounds.TryParse(text, out var pounds) ? pounds : null;
}
