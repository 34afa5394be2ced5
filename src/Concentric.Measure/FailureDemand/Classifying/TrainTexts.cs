using Concentric.Core;
using Concentric.Measure.Demo;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.FailureDemand;

/// <summary>Trains a classifier on labelled texts, chooses its threshold on others, tests it on others again, and corrects the share that it finds among the rest.</summary>
internal static class TrainTexts
{
    /// <summary>Labelled rows needed, and rows with and without the label among them.</summary>
    public const int FewestLabelled = 80;

    public const int FewestOfEach = 16;

    /// <summary>Tested rows with and without the label from which a group has error rates of its own.</summary>
    private const int FewestOfGroup = 15;

    /// <summary>Rows in which a word must stand to be printed.</summary>
    private const int FewestRowsOfWord = 5;

    private const int MostGroups = 50;

    /// <exception cref="RefusedException">Too few rows are labelled.</exception>
    public static TextReport Of(IReadOnlyList<TextRow> rows, string label, ClassifyRequest request)
    {
        var labelled = rows.Where(r => r.Label is not null).ToList();
        var (with, without) = (labelled.Count(r => r.Label is true), labelled.Count(r => r.Label is false));
        if (labelled.Count < FewestLabelled || with < FewestOfEach || without < FewestOfEach)
            throw new RefusedException($"{FewestLabelled} labelled rows are needed, {FewestOfEach} at least with the label and {FewestOfEach} without; the file has {with} with it and {without} without. {(with == 0 ? "Nothing has the label: look at what was said to count." : "Label more.")}");
        var free = rows.Where(r => r.Label is null).ToList();
        var (learn, validate, test, rest) = Part(labelled, request.Seed, holdBack: free.Count == 0);
        var target = free.Count > 0 ? free : rest;

        static IEnumerable<(string, bool)> Known(IEnumerable<TextRow> some) => some.Select(r => (r.Text, r.Label!.Value));
        var learnt = NaiveBayes.Learn(Known(learn));
        var threshold = learnt.Threshold(Known(validate));
        bool Found(TextRow row) => learnt.Score(row.Text) >= threshold;
        var tested = test.ConvertAll(r => (Row: r, Found: Found(r)));
        var looked = target.ConvertAll(r => (Row: r, Found: Found(r)));
        var confusion = Confusion.Count(tested.Select(t => (t.Row.Label!.Value, t.Found)));
        var share = Share(looked, confusion);
        var seen = learn.Select(r => r.Text).ToHashSet(StringComparer.Ordinal);
        var repeated = test.Count(r => seen.Contains(r.Text));
        var channels = Groups(tested, looked, r => r.Channel);
        var writers = Groups(tested, looked, r => r.Writer);
        var printed = RowsOf(learn, learnt);
        return new()
        {
            Label = label, Rows = rows.Count, Labelled = labelled.Count, Unlabelled = free.Count, Learnt = learn.Count, Validated = validate.Count, Tested = test.Count, HeldBack = rest.Count, Seed = request.Seed,
            Threshold = threshold, PriorLogOdds = learnt.PriorLogOdds, Vocabulary = learnt.Words.Count,
            For = [.. learnt.For(int.MaxValue).Where(w => printed.Contains(w.Word)).Take(request.Words)], Against = [.. learnt.Against(int.MaxValue).Where(w => printed.Contains(w.Word)).Take(request.Words)],
            Test = TestedText.Of(confusion), TestedSeenBefore = repeated, Share = share, Channels = channels, Writers = writers,
            Cautions = [.. Cautions(confusion, share, repeated, channels, writers)],
        };
    }

    /// <summary>Half to learn from, a quarter for the threshold, a quarter for the test; where nothing is unlabelled a fifth is held back, so that the correction can be seen at work. With the label and without, each by itself.</summary>
    private static (List<TextRow> Learn, List<TextRow> Validate, List<TextRow> Test, List<TextRow> Left) Part(List<TextRow> rows, long seed, bool holdBack)
    {
        var chance = new Chance(unchecked((ulong)seed));
        List<TextRow>[] parts = [[], [], [], []];
        double[] ends = holdBack ? [0.4, 0.6, 0.8] : [0.5, 0.75, 1];
        foreach (var group in rows.GroupBy(r => r.Label))
        {
            var all = group.ToList();
            for (var i = all.Count - 1; i > 0; i--)
            {
                var j = chance.Below(i + 1);
                (all[i], all[j]) = (all[j], all[i]);
            }
            for (var i = 0; i < all.Count; i++) parts[ends.Count(e => i >= e * all.Count)].Add(all[i]);
        }
        return (parts[0], parts[1], parts[2], parts[3]);
    }

    private static ReportedShare? Share(IReadOnlyList<(TextRow Row, bool Found)> looked, Confusion test) =>
        looked.Count == 0 || CorrectedShare.Of(looked.Count(l => l.Found), looked.Count, test) is not { } share ? null
        : new(looked.Count, share.Value, share.Interval.Low, share.Interval.High, share.StandardError, share.Flag, looked[0].Row.Label is null ? null : looked.Average(l => l.Row.Label!.Value ? 1.0 : 0), share.Flag is null && test.Kappa >= Agreement.Enough);

    private static List<TextGroup> Groups(List<(TextRow Row, bool Found)> tested, List<(TextRow Row, bool Found)> looked, Func<TextRow, string> key)
    {
        var target = looked.ToLookup(l => key(l.Row));
        var groups = tested.GroupBy(t => key(t.Row)).Where(g => g.Key.Length > 0).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(MostGroups).ToList();
        return groups.ConvertAll(g =>
        {
            var own = Count(g);
            var others = Count(tested.Where(t => key(t.Row) != g.Key));
            Interval? recall = own.Labelled > 0 ? BinomialIntervals.Wilson(own.Hits, own.Labelled) : null;
            var differs = Apart(own.Hits, own.Labelled, others.Hits, others.Labelled) || Apart(own.Left, own.Others, others.Left, others.Others);
            return new TextGroup(g.Key, TestedText.Of(own), recall?.Low, recall?.High, differs, own.Labelled >= FewestOfGroup && own.Others >= FewestOfGroup ? Share([.. target[g.Key]], own) : null);
        });

        static Confusion Count(IEnumerable<(TextRow Row, bool Found)> some) => Confusion.Count(some.Select(t => (t.Row.Label!.Value, t.Found)));

        // The interval of the difference of two shares leaves out nought.
        static bool Apart(long part, long whole, long otherPart, long otherWhole) =>
            Core.Share.Of(part, whole) is { } one && Core.Share.Of(otherPart, otherWhole) is { } other && Core.Share.Difference(one, other) is var (_, low, high) && (low > 0 || high < 0);
    }

    private static HashSet<string> RowsOf(List<TextRow> learn, NaiveBayes learnt)
    {
        var rows = learnt.Words.Keys.ToDictionary(w => w, _ => 0, StringComparer.Ordinal);
        foreach (var row in learn) foreach (var word in NaiveBayes.Tokens(row.Text).Distinct(StringComparer.Ordinal)) rows[word]++;
        return [.. rows.Where(r => r.Value >= FewestRowsOfWord).Select(r => r.Key)];
    }

    private static IEnumerable<string> Cautions(Confusion test, ReportedShare? share, int repeated, List<TextGroup> channels, List<TextGroup> writers)
    {
        yield return "A label is as good as whoever gave it: have two people label some of the rows, and do not go on below a kappa of 0.6.";
        if (test.Kappa is not >= Agreement.Enough) yield return "The classifier agrees with the labels too little (kappa below 0.6) for its share to be used.";
        if (share is null) yield return "No share can be given: the classifier is hardly better than a coin, or there is nothing to look at.";
        if (share?.Flag is { } flag) yield return $"The share is at the edge of what is possible and cannot be believed: {flag}.";
        if (repeated > 0) yield return $"{Say.Number(repeated)} of the {Say.Number(test.N)} tested rows have a text that was learnt from too. Texts that come again make a classifier look better than it is on new ones.";
        if (channels.Where(g => g.Differs).Select(g => $"“{g.Name}”").ToList() is { Count: > 0 } apart)
            yield return $"It errs otherwise on {(apart.Count == 1 ? "the channel" : "channels")} {string.Join(", ", apart)} than on the others: the share of all together hides that.";
        if (writers.Exists(g => g.Differs)) yield return "It errs otherwise on some writers than on others: it may have learnt how they write and not what happened. This says nothing about a writer’s work.";
    }
}
