using System.Globalization;

namespace Concentric.Core;

/// <summary>A count of people or of what they did, as somebody may see it: exact for an analyst, under rule A for everybody else.</summary>
/// <remarks>
/// Rule A: 0 is shown, 1 to 7 are not, all else is rounded to the nearest 5; a total is rounded from the unrounded total, a percentage is made from rounded parts.
/// It is NHS Digital's rule for sub-national counts of September 2018, introduced because suppressing second cells by hand was slow and went wrong.
/// </remarks>
public readonly record struct ShownCount
{
    /// <summary>The largest count that is not shown.</summary>
    public const int MostHidden = 7;

    /// <summary>Where a drawing or an estimate needs a number for a hidden count, the middle of 1 to 7.</summary>
    public const int Middle = 4;

    private const int RoundedTo = 5;

    /// <summary>The rule in a sentence, for whoever sees counts under it.</summary>
    public const string Rule = "Counts are rounded to 5, and 1 to 7 are not shown.";

    private ShownCount(long? value, bool isExact) => (Value, IsExact) = (value, isExact);

    /// <summary>The count as shown; null where it is from 1 to 7 and may not be.</summary>
    public long? Value { get; }

    public bool IsExact { get; }

    public bool IsHidden => Value is null;

    /// <summary>A number to reckon with: the count as shown, or 4 for one that is hidden.</summary>
    public long Estimate => Value ?? Middle;

    public static ShownCount Exact(long count) => new(count, true);

    /// <summary>The count under rule A.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static ShownCount Rounded(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(count is > 0 and <= MostHidden ? null : (count + RoundedTo / 2) / RoundedTo * RoundedTo, false);
    }

    /// <summary>A count that has been through the rule already, or needs none.</summary>
    /// <param name="value">Null for nothing, which is 0 unless it is hidden.</param>
    public static ShownCount Of(long? value, bool isHidden, bool isExact) => new(isHidden ? null : value ?? 0, isExact);

    /// <summary>As people read it: “1,235”, or “1 to 7”.</summary>
    public override string ToString() => Value?.ToString("N0", CultureInfo.GetCultureInfo("en-GB")) ?? $"1 to {MostHidden}";
}
