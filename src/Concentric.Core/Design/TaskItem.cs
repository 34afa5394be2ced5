namespace Concentric.Core.Design;

/// <summary>One task of a <see cref="GovTaskList"/>.</summary>
/// <param name="Href">Where it is done; null while it cannot be started.</param>
/// <param name="Status">"Completed", "Not yet started".</param>
public sealed record TaskItem(string Title, string? Href, string Status)
{
    public string? Hint { get; init; }

    /// <summary>Colour of the tag that shows the status (<see cref="GovTag.Colour"/>), empty for the plain tag; null shows it as text, as finished tasks do.</summary>
    public string? TagColour { get; init; }

    public string? Class { get; init; }
    public string? TitleClass { get; init; }
    public string? StatusClass { get; init; }
}
