namespace Concentric.Measure.Journeys;

/// <summary>How often things were done again in one case.</summary>
/// <param name="SelfLoops">An activity came directly after itself.</param>
/// <param name="Repeats">Times that an activity was done beyond its first.</param>
/// <param name="Repeated">The activities done more than once, by number, in the order of their second time.</param>
public sealed record CaseRework(int SelfLoops, int Repeats, IReadOnlyList<int> Repeated)
{
    public static CaseRework Of(ReadOnlySpan<int> path)
    {
        var (loops, repeats) = (0, 0);
        var (seen, again) = (new HashSet<int>(), new List<int>());
        for (var i = 0; i < path.Length; i++)
        {
            if (i > 0 && path[i] == path[i - 1]) loops++;
            if (seen.Add(path[i])) continue;
            repeats++;
            if (!again.Contains(path[i])) again.Add(path[i]);
        }
        return new(loops, repeats, again);
    }
}

/// <summary>An activity that was done again.</summary>
/// <param name="Cases">Cases in which it was done more than once: what pm4py calls rework.</param>
/// <param name="CasesWithLoop">Cases in which it came directly after itself.</param>
/// <param name="LeastBetween">The fewest other events that stood between two times in one case.</param>
public sealed record ActivityRework(int Activity, int Cases, long Repeats, long SelfLoops, int CasesWithLoop, int LeastBetween);

/// <summary>What was done again.</summary>
/// <param name="Cases">Cases in which anything was.</param>
/// <param name="Activities">The one repeated in most cases first.</param>
public sealed record Rework(int Cases, long Repeats, long SelfLoops, IReadOnlyList<ActivityRework> Activities)
{
    public static Rework Of(EventLog log)
    {
        var of = new Tally[log.Activities.Count];
        Array.Fill(of, new() { InCase = -1, Counted = -1, Looped = -1, Least = int.MaxValue });
        var cases = 0;
        for (var c = 0; c < log.Cases; c++)
        {
            var path = log.Path(c);
            var isAgain = false;
            for (var i = 0; i < path.Length; i++)
            {
                ref var tally = ref of[path[i]];
                if (tally.InCase == c)
                {
                    isAgain = true;
                    tally.Again(c, i - tally.Last - 1);
                }
                (tally.InCase, tally.Last) = (c, i);
            }
            if (isAgain) cases++;
        }
        var activities = of.Index().Where(t => t.Item.Cases > 0).Select(t => new ActivityRework(t.Index, t.Item.Cases, t.Item.Repeats, t.Item.Loops, t.Item.LoopCases, t.Item.Least))
            .OrderByDescending(a => a.Cases).ThenBy(a => log.Activities[a.Activity], StringComparer.Ordinal).ToList();
        return new(cases, activities.Sum(a => a.Repeats), activities.Sum(a => a.SelfLoops), activities);
    }

    private struct Tally
    {
        public int InCase, Last, Counted, Looped, Cases, LoopCases, Least;
        public long Repeats, Loops;

        public void Again(int inCase, int between)
        {
            Repeats++;
            Least = Math.Min(Least, between);
            if (Counted != inCase) (Counted, Cases) = (inCase, Cases + 1);
            if (between > 0) return;
            Loops++;
            if (Looped != inCase) (Looped, LoopCases) = (inCase, LoopCases + 1);
        }
    }
}
