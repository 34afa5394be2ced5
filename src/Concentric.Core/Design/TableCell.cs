using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Concentric.Core.Design;

/// <summary>One cell of a <see cref="GovTable"/>. A text is a cell; <see cref="Number(long)"/> makes one of a number.</summary>
public sealed record TableCell(string? Text)
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Set to the right, so that digits stand under one another. In the head it holds for the whole column.</summary>
    public bool Numeric { get; init; }

    /// <summary>What it holds where that is more than text.</summary>
    public RenderFragment? Content { get; init; }

    public string? Class { get; init; }
    public int? ColSpan { get; init; }
    public int? RowSpan { get; init; }
    public IReadOnlyDictionary<string, object>? Attributes { get; init; }

    public static implicit operator TableCell(string? text) => new(text);

    public static TableCell Number(string text) => new(text) { Numeric = true };

    /// <summary>"1,234"</summary>
    public static TableCell Number(long number) => Number(number.ToString("#,0", British));

    /// <summary>A figure with that many decimals: "1,234.5".</summary>
    public static TableCell Figure(double number, int decimals) => Number(number.ToString($"N{decimals}", British));
}
