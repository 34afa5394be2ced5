using Microsoft.AspNetCore.Components;

namespace Concentric.Core.Design;

/// <summary>One line of a <see cref="GovSummaryList"/>: what was asked and what was answered.</summary>
public sealed record SummaryRow(string Key, string? Value)
{
    /// <summary>The answer where it is more than text.</summary>
    public RenderFragment? Content { get; init; }

    public RenderFragment? KeyContent { get; init; }
    public string? Class { get; init; }
    public string? KeyClass { get; init; }
    public string? ValueClass { get; init; }
    public string? ActionsClass { get; init; }

    /// <summary>What can be done about it. An empty list keeps the column's place; null leaves it to the other rows.</summary>
    public IReadOnlyList<SummaryAction>? Actions { get; init; }
}

/// <summary>A link at the end of a row.</summary>
/// <param name="Text">"Change".</param>
/// <param name="What">What it changes, heard by a screen reader after the text: "name".</param>
public sealed record SummaryAction(string Text, string Href, string? What)
{
    public string? Class { get; init; }
    public IReadOnlyDictionary<string, object>? Attributes { get; init; }
}
