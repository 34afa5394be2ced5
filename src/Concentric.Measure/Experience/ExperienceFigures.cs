using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Measure.Contacts;
using Concentric.Measure.FormUse;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.Experience;

/// <summary>What was said in one part of a breakdown, as the reader may see it.</summary>
/// <param name="Answers">How many chose a face, counted by themselves and not added up.</param>
/// <param name="Asked">How many were asked in a way that knows them: by e-mail, or by an adviser.</param>
/// <param name="Answered">Of these, how many chose a face.</param>
/// <param name="NotAsked">How many could have been asked by an adviser, and were not.</param>
public sealed record FacesShown(ShownCount Good, ShownCount Average, ShownCount Poor, ShownCount Answers, ShownCount Asked, ShownCount Answered, ShownCount NotAsked)
{
    /// <summary>The score of the counts as shown, a hidden one as <see cref="ShownCount.Middle"/>; null of too few to show one.</summary>
    public NetScore? Net => IsEnough ? NetScore.Of(Faces) : null;

    /// <summary>The score rests on a count that is not shown.</summary>
    public bool IsAbout => Good.IsHidden || Average.IsHidden || Poor.IsHidden;

    /// <summary>Rounded counts must be above the bound, for what is shown as 30 may be 28.</summary>
    public bool IsEnough => Answers.Value is { } n && (Answers.IsExact ? n >= NetScore.Fewest : n > NetScore.Fewest);

    public Faces Faces => new(Good.Estimate, Average.Estimate, Poor.Estimate);

    /// <summary>Of those who were asked, how many answered. Whoever opened the page by themselves was not asked.</summary>
    public ShareShown Response => new(Answered, Asked);

    /// <summary>“+0.44 (+0.27 to +0.58)”, “about” where a count is hidden, or that there are too few.</summary>
    public string NetInWords => Net is { } net ? $"{(IsAbout ? "about " : "")}{NetScore.WithSign(net.Value)} ({NetScore.WithSign(net.Interval.Low)} to {NetScore.WithSign(net.Interval.High)})" : Answers.Value == 0 ? "No answers" : NetScore.TooFew;

    /// <summary>The counts of these rows.</summary>
    internal static FacesShown Of(IReadOnlyCollection<FeedbackCount> rows, AsShown shown)
    {
        long Count(params FeedbackSaid[] said) => rows.Where(r => said.Contains(r.Said)).Sum(r => r.Count);
        var known = rows.Where(r => r.Way != FeedbackWays.Code(FeedbackWays.Page) && r.Said != FeedbackSaid.NotAsked).ToList();
        return new(shown.Count(Count(FeedbackSaid.Good)), shown.Count(Count(FeedbackSaid.Average)), shown.Count(Count(FeedbackSaid.Poor)), shown.Count(Count(FeedbackSaid.Good, FeedbackSaid.Average, FeedbackSaid.Poor)),
            shown.Count(known.Sum(r => r.Count)), shown.Count(known.Where(IsFace).Sum(r => r.Count)), shown.Count(Count(FeedbackSaid.NotAsked)));
    }

    internal static bool IsFace(FeedbackCount row) => row.Said is FeedbackSaid.Good or FeedbackSaid.Average or FeedbackSaid.Poor;
}

/// <summary>One line of a breakdown.</summary>
/// <param name="Key">Of a service its identifier, for its own page; null where there is none.</param>
public sealed record ExperienceLine(string Label, string? Key, FacesShown Faces);

/// <summary>A breakdown, by name and never by score: which of two scores is higher is chance as long as their intervals meet.</summary>
/// <param name="Lines">Null where it may not be shown, because a small count could be worked out from it.</param>
public sealed record ExperienceBreakdown(string Name, IReadOnlyList<ExperienceLine>? Lines)
{
    internal static ExperienceBreakdown Of(string name, IReadOnlyList<FeedbackCount> rows, Func<FeedbackCount, int> by, Func<int, (string Label, string? Key)> of, AsShown shown)
    {
        var groups = rows.GroupBy(by).Select(g => (Name: of(g.Key), Rows: (IReadOnlyList<FeedbackCount>)[.. g])).OrderBy(g => g.Name.Label, StringComparer.OrdinalIgnoreCase).ThenBy(g => g.Name.Key, StringComparer.Ordinal).ToList();
        // Along the groups each face has its total, and within a group the faces have theirs.
        bool Holds(Func<FeedbackCount, bool> which) => shown.MayShow([.. groups.Select(g => g.Rows.Where(which).Sum(r => r.Count))]);
        var may = Holds(r => r.Said == FeedbackSaid.Good) && Holds(r => r.Said == FeedbackSaid.Average) && Holds(r => r.Said == FeedbackSaid.Poor) && Holds(FacesShown.IsFace);
        return new(name, may ? groups.ConvertAll(g => new ExperienceLine(g.Name.Label, g.Name.Key, FacesShown.Of(g.Rows, shown))) : null);
    }
}
