using Concentric.Serve.Forms;

namespace Concentric.Serve.Cases;

/// <summary>How an open case stands, in words for its citizen.</summary>
/// <param name="Title">What is being done.</param>
/// <param name="Next">What happens next.</param>
/// <param name="DueOn">Day by which an end was promised; later by what it waited for the citizen.</param>
/// <param name="Team">Who is responsible.</param>
/// <param name="Language">In which the citizen reads.</param>
/// <param name="Asked">What the citizen was asked, where it waits for them.</param>
public sealed record CaseStatus(string Title, string Next, DateOnly DueOn, string Team, string? Asked, Language Language)
{
    internal static CaseStatus? Of(WholeCase found, Language language) =>
        found.State.Stage is { } stage ? new(stage.Title.In(language), stage.Next.In(language), found.State.DueOn(found.Case.PromiseDays), found.State.Team, found.State.Pause?.Asked, language) : null;
}
