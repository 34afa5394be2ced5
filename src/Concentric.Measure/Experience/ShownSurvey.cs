using Concentric.Core.Data;
using Concentric.Measure.Statistics;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Experience;

/// <summary>The survey of a service that its figures are of, and of it what may be shown.</summary>
/// <param name="Answers">Those that count.</param>
/// <param name="Respondents">How many answered, those whose answers do not count yet too.</param>
/// <param name="At">When the last of those answered that count; of none of them, of all.</param>
/// <param name="IsAsked">People answer it one by one on a page. A file comes whole.</param>
/// <remarks>
/// What people say one by one counts by whole tens. Otherwise whoever reads the figures before and after one person sends would know what that person said: 11 times the mean of 11 less 10
/// times the mean of 10. After the survey ends it is the same, because the figures before its end are known too.
/// </remarks>
internal sealed record ShownSurvey(IReadOnlyList<GapAnswer> Answers, int Respondents, DateTimeOffset At, bool IsAsked)
{
    /// <summary>How many come into the figures together: as many as a side needs to be shown at all.</summary>
    public const int Step = MeanOfScale.Fewest;

    /// <summary>How many of those who answered one by one count: whole tens.</summary>
    public static int Counted(int respondents) => respondents - respondents % Step;

    /// <summary>Whether it can say anything: of one side at least there are people enough.</summary>
    public bool SaysSomething => GapFigures.Sides(Answers, IsAsked).Count > 0;

    /// <summary>The newest survey that can say something, otherwise the newest; null where there is none. One that is asked at the moment takes the place of the one before when it can say something.</summary>
    /// <remarks>Of two that were taken in at the same moment both may be kept, and one counts.</remarks>
    public static async Task<ShownSurvey?> Newest(ConcentricDb db, string service, CancellationToken stop)
    {
        var asked = await db.AskedExperiences.Where(a => a.Service == service).Select(a => a.Survey).ToListAsync(stop);
        var surveys = (await db.ExperienceAnswers.AsNoTracking().Where(a => a.Service == service).GroupBy(a => a.Survey).Select(g => new { Survey = g.Key, At = g.Max(a => a.At) }).ToListAsync(stop))
            .OrderByDescending(s => s.At).ThenByDescending(s => s.Survey);
        ShownSurvey? newest = null;
        foreach (var survey in surveys)
        {
            var shown = Of(await db.ExperienceAnswers.AsNoTracking().Where(a => a.Service == service && a.Survey == survey.Survey).ToListAsync(stop), asked.Contains(survey.Survey));
            if (shown.SaysSomething) return shown;
            newest ??= shown;
        }
        return newest;
    }

    private static ShownSurvey Of(List<ExperienceAnswer> answers, bool isAsked)
    {
        var last = isAsked ? Counted(answers.Max(a => a.Respondent)) : int.MaxValue;
        var counted = answers.FindAll(a => a.Respondent <= last);
        return new([.. counted.Select(a => new GapAnswer(a.Respondent, a.Dimension, a.Expected, a.Received, a.Importance, a.Overall))],
            answers.Select(a => a.Respondent).Distinct().Count(), (counted.Count > 0 ? counted : answers).Max(a => a.At), isAsked);
    }
}
