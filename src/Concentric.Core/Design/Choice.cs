using Microsoft.AspNetCore.Components;

namespace Concentric.Core.Design;

/// <summary>One answer that a person can choose: a radio, a checkbox or an option of a select.</summary>
/// <param name="Value">What is sent. Null: the text is sent (select only).</param>
/// <param name="Text">What is read.</param>
public sealed record Choice(string? Value, string Text)
{
    /// <summary>The id where it is not made from the field's.</summary>
    public string? Id { get; init; }

    /// <summary>The name where it is not the field's (checkboxes only).</summary>
    public string? Name { get; init; }

    public string? Hint { get; init; }

    /// <summary>Chosen or not, whatever the field's value; null: as the field's value says.</summary>
    public bool? Chosen { get; init; }

    public bool Disabled { get; init; }

    /// <summary>Questions shown only when this is chosen; without scripts always.</summary>
    public RenderFragment? Reveals { get; init; }

    /// <summary>Choosing this clears the others, "None of these" (checkboxes only).</summary>
    public bool Exclusive { get; init; }

    public IReadOnlyDictionary<string, object>? Attributes { get; init; }

    internal bool IsDivider { get; private init; }

    /// <summary>A word between choices, "or".</summary>
    public static Choice Divider(string text) => new(null, text) { IsDivider = true };
}
