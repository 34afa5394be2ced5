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
    /// <summary>What stands in place of a figure from which a hidden count could be worked out.</summary>
    public const string NotShown = "Not shown";

    /// <summary>The faces may not be shown beside their total, because one that is hidden could be worked out from the others.</summary>
    public bool FacesWithheld { get; init; }

    /// <summary>How many answered may not be shown beside how many were asked, because the few who did or did not could be worked out.</summary>
    public bool ResponseWithheld { get; init; }

    /// <summary>The score of the counts as shown, a hidden one as <see cref="ShownCount.Middle"/>; null of too few to show one, and where the faces are withheld.</summary>
    public NetScore? Net => IsEnough ? NetScore.Of(Faces) : null;

    /// <summary>The score rests on a count that is not shown.</summary>
    public bool IsAbout => Good.IsHidden || Average.IsHidden || Poor.IsHidden;

    /// <summary>Rounded counts must be above the bound, for what is shown as 30 may be 28.</summary>
    public bool IsEnough => !FacesWithheld && Answers.Value is { } n && (Answers.IsExact ? n >= NetScore.Fewest : n > NetScore.Fewest);

    public Faces Faces => new(Good.Estimate, Average.Estimate, Poor.Estimate);

    /// <summary>Of those who were asked, how many answered. Whoever opened the page by themselves was not asked.</summary>
    public ShareShown Response => new(Answered, Asked);

    /// <summary>“+0.44 (+0.27 to +0.58)”, “about” where a count is hidden, or that there are too few.</summary>
    public string NetInWords => Net is { } net ? $"{(IsAbout ? "about " : "")}{NetScore.WithSign(net.Value)} ({NetScore.WithSign(net.Interval.Low)} to {NetScore.WithSign(net.Interval.High)})" : Answers.Value == 0 ? "No answers" : FacesWithheld ? NotShown : NetScore.TooFew;

    public string ResponseInWords => ResponseWithheld ? NotShown : Response.InWords;

    /// <summary>A count of faces, or that it is withheld.</summary>
    public string InWords(ShownCount face) => FacesWithheld ? NotShown : $"{face}";

    /// <summary>The counts of these rows.</summary>
    /// <param name="mayRespond">False where the response of rows beside these may not be shown.</param>
    internal static FacesShown Of(IReadOnlyCollection<FeedbackCount> rows, AsShown shown, bool mayRespond = true)
    {
        long Count(params FeedbackSaid[] said) => rows.Where(r => said.Contains(r.Said)).Sum(r => r.Count);
        var known = rows.Where(IsOfThoseAsked).ToList();
        var (asked, answered) = (known.Sum(r => r.Count), known.Where(IsFace).Sum(r => r.Count));
        return new(shown.Count(Count(FeedbackSaid.Good)), shown.Count(Count(FeedbackSaid.Average)), shown.Count(Count(FeedbackSaid.Poor)), shown.Count(Count(FeedbackSaid.Good, FeedbackSaid.Average, FeedbackSaid.Poor)),
            shown.Count(asked), shown.Count(answered), shown.Count(Count(FeedbackSaid.NotAsked)))
        {
            FacesWithheld = !shown.MayShow([Count(FeedbackSaid.Good), Count(FeedbackSaid.Average), Count(FeedbackSaid.Poor)]),
            ResponseWithheld = !mayRespond || !shown.MayShow([answered, asked - answered]),
        };
    }

    /// <summary>Whoever opened the page by themselves was not asked.</summary>
    internal static bool IsOfThoseAsked(FeedbackCount row) => row.Way != FeedbackWays.Code(FeedbackWays.Page) && row.Said != FeedbackSaid.NotAsked;

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
        var mayRespond = Holds(r => FacesShown.IsOfThoseAsked(r) && FacesShown.IsFace(r)) && Holds(r => FacesShown.IsOfThoseAsked(r) && !FacesShown.IsFace(r)) && Holds(FacesShown.IsOfThoseAsked);
        return new(name, may ? groups.ConvertAll(g => new ExperienceLine(g.Name.Label, g.Name.Key, FacesShown.Of(g.Rows, shown, mayRespond))) : null);
    }
}
