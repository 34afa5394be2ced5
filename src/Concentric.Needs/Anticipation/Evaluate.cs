using Concentric.Core;
using Concentric.Core.Questions;
using Concentric.Needs.Anticipation.Figures;

namespace Concentric.Needs.Anticipation;

/// <summary>Tries anticipation on contacts that it has not learnt from, beside what is simpler: popularity, and rules alone.</summary>
internal static class Evaluate
{
    /// <summary>More contacts than this are not tried one by one: every second is, or every third. The intervals are narrow enough by then.</summary>
    private const int MostTried = 25_000;

    private static readonly Combining[] Ways = Enum.GetValues<Combining>();

    /// <summary>The day on which two thirds of the period are over: enough to learn from, and enough after it to try.</summary>
    public static DateOnly UsualSplit(FirstContacts of) => of.From.AddDays(of.Days * 2 / 3);

    /// <param name="rules">What the rules of the need model suggest where these services are known, in order, as places.</param>
    public static Evaluation Run(FirstContacts of, DateOnly split, Func<IReadOnlyList<int>, IReadOnlyList<int>> rules)
    {
        var learnt = AlsoAsked.Learn(of, split, person => !HeldOut.IsForTesting(person));
        var tally = new Tally(learnt, rules);
        var every = 1 + HeldOut.Of(of, split).Count() / MostTried;
        foreach (var (_, contact) in HeldOut.Of(of, split).Index().Where(h => h.Index % every == 0)) tally.Try(contact);
        return tally.Sum(of, split, every);
    }

    /// <summary>What is counted while contacts are tried.</summary>
    private sealed class Tally(AlsoAsked learnt, Func<IReadOnlyList<int>, IReadOnlyList<int>> rules)
    {
        private readonly int _services = learnt.Services.Count;
        private readonly double[] _base = [.. Enumerable.Range(0, learnt.Services.Count).Select(learnt.BaseRate)];
        private readonly List<(int Now, byte Profile)> _asked = [];
        private readonly Dictionary<string, List<int>> _ranks = new() { [Counts] = [], [Popular] = [], [Rules] = [], [Both] = [], [Second] = [] };
        private readonly List<int>[] _byWay = [.. Ways.Select(_ => new List<int>())];
        private readonly Dictionary<double, (long N, long Happened)>[] _said = [.. Ways.Append(default).Select(_ => new Dictionary<double, (long, long)>())];
        private readonly Dictionary<int, (long Tried, double Expected)> _of = [];
        private readonly Dictionary<string, IReadOnlyList<int>> _rules = [];
        private long _tried, _withNext, _byRules, _byCounts, _byEither;

        private const string Counts = "counts", Popular = "popularity", Rules = "rules", Both = "rules, then counts", Second = "personalised PageRank";

        public void Try(HeldOut contact)
        {
            _tried++;
            if (contact.Next.Count > 0) _withNext++;
            var wanted = contact.Next.ToHashSet();
            bool IsCandidate(int b) => !contact.Seen.Contains(b) && learnt.Services[b].Length > 0;
            var expected = 0.0;
            for (var w = 0; w < Ways.Length; w++)
            {
                var scores = Scores(contact, Ways[w], IsCandidate);
                for (var b = 0; b < _services; b++) if (IsCandidate(b)) Said(_said[w], scores[b], wanted.Contains(b));
                foreach (var next in contact.Next) _byWay[w].Add(Ranking.Of(next, scores, IsCandidate));
                if (Ways[w] == AnticipationChoice.Way) expected = WhereCandidate(scores, IsCandidate).Sum(s => s.Score);
                if (Ways[w] == AnticipationChoice.Way) Order(contact, scores, IsCandidate);
            }
            for (var b = 0; b < _services; b++) if (IsCandidate(b)) Said(_said[^1], _base[b], wanted.Contains(b));
            var (tried, before) = _of.GetValueOrDefault(contact.Now);
            _of[contact.Now] = (tried + 1, before + expected);
        }

        private void Order(HeldOut contact, double[] scores, Func<int, bool> isCandidate)
        {
            var byRule = ByRule(contact.Known).Where(isCandidate).ToList();
            var held = contact.Known.Any(a => learnt.After(a).Any(isCandidate));
            if (byRule.Count > 0) _byRules++;
            if (held) _byCounts++;
            if (held || byRule.Count > 0) _byEither++;
            if (contact.Next.Count == 0) return;
            var walk = learnt.Walk(contact.Known);
            // A rule's service stands before all others, in the order of the rules; chances are below 1.
            var both = (double[])scores.Clone();
            foreach (var (at, service) in byRule.Index()) both[service] = 2 + byRule.Count - at;
            foreach (var next in contact.Next)
            {
                _asked.Add((contact.Now, contact.Profile));
                _ranks[Counts].Add(Ranking.Of(next, scores, isCandidate));
                _ranks[Popular].Add(Ranking.Of(next, _base, isCandidate));
                _ranks[Rules].Add(byRule.IndexOf(next) + 1);
                _ranks[Both].Add(Ranking.Of(next, both, isCandidate));
                _ranks[Second].Add(Ranking.Of(next, walk, isCandidate));
            }
        }

        private IReadOnlyList<int> ByRule(IReadOnlyList<int> known)
        {
            var key = string.Join(',', known);
            if (!_rules.TryGetValue(key, out var order)) _rules[key] = order = rules(known);
            return order;
        }

        private double[] Scores(HeldOut contact, Combining way, Func<int, bool> isCandidate)
        {
            var scores = new double[_services];
            for (var b = 0; b < _services; b++) if (isCandidate(b)) scores[b] = learnt.Chance(contact.Known, b, way);
            return scores;
        }

        private static IEnumerable<(int Service, double Score)> WhereCandidate(double[] scores, Func<int, bool> isCandidate) => scores.Select((s, b) => (b, s)).Where(s => isCandidate(s.b));

        private static void Said(Dictionary<double, (long N, long Happened)> said, double p, bool happened)
        {
            var (n, yes) = said.GetValueOrDefault(p);
            said[p] = (n + 1, yes + (happened ? 1 : 0));
        }

        public Evaluation Sum(FirstContacts of, DateOnly split, int every)
        {
            var calibrations = _said.Select(said => new Calibration(said.Select(s => new Forecast(s.Key, s.Value.N, s.Value.Happened)))).ToList();
            var used = calibrations[Array.IndexOf(Ways, AnticipationChoice.Way)];
            return new()
            {
                Council = of.Council,
                IsSynthetic = of.IsSynthetic,
                From = of.From,
                Split = split,
                To = of.To,
                Definition = $"First contacts of a person on a service that were value demand of citizens; next is what the same person first asked for on the same day or within {AlsoAsked.Days} days. "
                    + $"Learnt from half of the persons before {Say.Date(split)}, tried on the other half from that day on, where the {AlsoAsked.Days} days had passed. Recall@k: share of what was asked for next that stood among the first k. "
                    + (every > 1 ? $"One contact of each {every} was tried. " : "") + "Definition 1.",
                LearntPersons = learnt.Persons,
                LearntObservations = learnt.Observations,
                PairsTested = learnt.Pairs.Tested,
                PairsHeld = learnt.Pairs.Held,
                Tried = _tried,
                TriedWithNext = _withNext,
                Next = _asked.Count,
                Methods = [.. _ranks.Select(r => Figures(r.Key, new(r.Value)))],
                Combining = _tried == 0 ? [] : [.. Ways.Select((way, w) => Combined(way, new(_byWay[w]), calibrations[w]))],
                Calibration = used.N == 0 ? null : Calibrated(used, calibrations[^1]),
                Coverage = Share.Of(_byRules, _tried) is null ? [] : [Covered(Rules, _byRules), Covered(Counts, _byCounts), Covered(Both, _byEither)],
                Groups = [.. Groups(of)],
                Services = [.. Services()],
                Finding = Find(),
            };
        }

        private static MethodFigures Figures(string name, Ranking ranks) => new(name, ShareFigure.Of(ranks.Recall(3)), ShareFigure.Of(ranks.Recall(5)), ranks.MeanReciprocal);

        private static CombiningFigures Combined(Combining way, Ranking ranks, Calibration said) => new(
            Words(way), way == AnticipationChoice.Way, ShareFigure.Of(ranks.Recall(3)), said.Brier, said.Error, said.Recalibration?.Slope, said.Recalibration?.Intercept);

        private static string Words(Combining way) => way switch { Combining.Average => "average", Combining.Largest => "largest", Combining.Independent => "independent chances", _ => "naive Bayes" };

        private static CalibrationFigures Calibrated(Calibration said, Calibration popular)
        {
            var (reliability, resolution, uncertainty) = said.Murphy;
            return new(said.N, said.Brier, popular.Brier, reliability, resolution, uncertainty, said.Error, said.Recalibration?.Intercept, said.Recalibration?.Slope,
                [.. said.Table.Select(b => new BinFigures(b.From, b.MeanP, ShareFigure.Of(Share.Of((long)Math.Round(b.Observed * b.N), b.N))!))]);
        }

        private CoverageFigure Covered(string what, long part) => new(what, ShareFigure.Of(Share.Of(part, _tried))!);

        private IEnumerable<GroupFigures> Groups(FirstContacts of)
        {
            var found = _ranks[Counts].Select(r => r is >= 1 and <= 3).ToList();
            var (all, hits) = ((long)found.Count, (long)found.Count(f => f));
            foreach (var group in _asked.Select((a, i) => (a.Profile, Found: found[i])).GroupBy(a => a.Profile).OrderBy(g => g.Key))
            {
                var name = of.Profiles[group.Key].Length > 0 ? of.Profiles[group.Key] : "Not known";
                var (n, hit) = ((long)group.Count(), (long)group.Count(g => g.Found));
                if (n < AnticipationChoice.LeastInGroup || Share.Of(hits - hit, all - n) is not { } others)
                {
                    yield return new(name, n, null, null, $"too few to say (fewer than {AnticipationChoice.LeastInGroup})");
                    continue;
                }
                var here = Share.Of(hit, n)!.Value;
                var (difference, low, high) = Share.Difference(here, others);
                yield return new(name, n, ShareFigure.Of(here), new(difference, low, high), low > 0 ? "found more often here" : high < 0 ? "found less often here" : "inconclusive");
            }
        }

        private IEnumerable<ServiceFigures> Services()
        {
            var rows = _asked.Select((a, i) => (a.Now, Counts: _ranks[Counts][i], Popular: _ranks[Popular][i])).ToLookup(a => a.Now);
            return from one in _of
                   let ranks = rows[one.Key].ToList()
                   orderby one.Value.Tried descending, one.Key
                   select new ServiceFigures(learnt.Services[one.Key], one.Value.Tried, ranks.Count,
                       ShareFigure.Of(new Ranking([.. ranks.Select(r => r.Counts)]).Recall(3)), ShareFigure.Of(new Ranking([.. ranks.Select(r => r.Popular)]).Recall(3)),
                       one.Value.Expected, learnt.After(one.Key).Count());
        }

        private string Find()
        {
            if (new Ranking(_ranks[Counts]).Recall(3) is not { } ours || new Ranking(_ranks[Popular]).Recall(3) is not { } popular) return "Nothing could be tried: nobody who was held out asked for anything next.";
            var (difference, low, high) = Share.Difference(ours, popular);
            var figures = FormattableString.Invariant($"recall@3 {ours.Value:0.000} against {popular.Value:0.000} for popularity, difference {difference:0.000} ({low:0.000} to {high:0.000}), n = {ours.Whole}");
            return low > 0 ? $"The counts anticipate better than popularity does: {figures}."
                : high < 0 ? $"The counts anticipate worse than popularity does: {figures}."
                : $"No difference from popularity is shown: {figures}.";
        }
    }
}
