namespace Concentric.Measure.ChannelPlans;

/// <summary>A channel of a plan.</summary>
/// <param name="Cost">Pounds until a contact is resolved, for segments that have no costs of their own.</param>
/// <param name="Capacity">Most contacts it can take in the period; null for any number.</param>
public sealed record PlanChannel(string Name, double Cost, double? Capacity = null);

/// <summary>Some of the contacts of a plan, by who makes them.</summary>
/// <param name="Volume">Contacts in the period.</param>
/// <param name="MostShare">By channel, the share of them that would use it at most, 0 to 1: what people are willing and able to do.</param>
/// <param name="Satisfaction">By channel, how satisfied they are with it, 0 to 1.</param>
/// <param name="LeastAssisted">Share that must be served by a person, so that nobody is shut out; 0 for none.</param>
public sealed record PlanSegment(string Name, double Volume, double[] MostShare, double[] Satisfaction, double LeastAssisted = 0)
{
    /// <summary>Pounds until a contact of the segment is resolved, by channel; null for the channel's own.</summary>
    public double[]? Costs { get; init; }

    /// <summary>Place of the people among the groups that the plan splits them by.</summary>
    public int Group { get; init; }

    /// <summary>Place of the service among those that are planned.</summary>
    public int Service { get; init; }
}

/// <summary>What a plan is to find: the channel mix that costs least under these conditions.</summary>
/// <param name="Assisted">By channel, whether a person serves there.</param>
/// <param name="LeastOverall">Satisfaction over all contacts, at least; null for no such condition.</param>
/// <param name="LeastInSegment">Satisfaction in each segment, at least.</param>
public sealed record ChannelProblem(IReadOnlyList<PlanChannel> Channels, IReadOnlyList<PlanSegment> Segments, bool[] Assisted, double? LeastOverall, double? LeastInSegment);

/// <summary>What a condition of a plan is about.</summary>
public enum PlanConditionKind { Volume, Capacity, OverallSatisfaction, SegmentSatisfaction, Assisted, Willing }

/// <summary>A condition by its kind and, where it has them, segment and channel.</summary>
public sealed record PlanCondition(PlanConditionKind Kind, int Segment = -1, int Channel = -1);

/// <summary>A condition that costs money.</summary>
/// <param name="Price">Pounds that one more contact of room would save.</param>
public sealed record BindingCondition(PlanCondition Condition, double Price);

/// <summary>A condition that a mix breaks.</summary>
/// <param name="By">Contacts too many or too few; for satisfaction, by how much the mean is too low.</param>
public sealed record BrokenCondition(PlanCondition Condition, double By);

/// <summary>Contacts by segment and channel.</summary>
public sealed record ChannelMix(double[][] Contacts)
{
    public double Of(int channel) => Contacts.Sum(s => s[channel]);

    public double All => Contacts.Sum(s => s.Sum());
}

/// <summary>The mix that costs least, or why there is none.</summary>
/// <param name="Mix">Null where nothing keeps every condition.</param>
/// <param name="Cost">Pounds in the period.</param>
/// <param name="Binding">The dearest first.</param>
/// <param name="Together">Conditions that cannot all hold; none where there is a mix.</param>
/// <param name="Reliefs">What would have to give for the others to hold.</param>
public sealed record PlanFound(ChannelMix? Mix, double Cost, IReadOnlyList<BindingCondition> Binding, IReadOnlyList<PlanCondition> Together, IReadOnlyList<BrokenCondition> Reliefs)
{
    public bool IsFeasible => Mix is not null;
}

/// <summary>A channel plan as a linear programme and back.</summary>
/// <remarks>min Σ cost × contacts; all of each segment are served; at most what people would use and channels can take; satisfaction and assisted shares at least as asked.</remarks>
public static class ChannelModel
{
    // What has to give first where nothing keeps all: rooms and desks can be had, then satisfaction; what people are willing to do cannot be decided for them.
    private const double OfCapacity = 1, OfFloor = 3, OfPeople = 10;

    public static PlanFound Solve(ChannelProblem problem)
    {
        // Segments without contacts stay out: their conditions hold anyway, and where nothing keeps all they would be named by chance.
        var filled = problem.Segments.Index().Where(s => s.Item.Volume > 0).Select(s => s.Index).ToList();
        if (filled.Count == problem.Segments.Count) return SolveFilled(problem);
        var found = SolveFilled(problem with { Segments = [.. filled.Select(s => problem.Segments[s])] });
        PlanCondition Back(PlanCondition condition) => condition.Segment < 0 ? condition : condition with { Segment = filled[condition.Segment] };
        ChannelMix? mix = null;
        if (found.Mix is { } of)
        {
            mix = new([.. problem.Segments.Select(_ => new double[problem.Channels.Count])]);
            foreach (var (at, segment) in filled.Index()) mix.Contacts[segment] = of.Contacts[at];
        }
        return new(mix, found.Cost, [.. found.Binding.Select(b => b with { Condition = Back(b.Condition) })], [.. found.Together.Select(Back)],
            [.. found.Reliefs.Select(r => r with { Condition = Back(r.Condition) })]);
    }

    private static PlanFound SolveFilled(ChannelProblem problem)
    {
        var (program, conditions) = Program(problem);
        var found = Simplex.Solve(program);
        var willing = Willing(problem);
        if (found.Status != LinearStatus.Optimal)
        {
            var weights = conditions.Select(c => c.Kind switch { PlanConditionKind.Volume => 0, PlanConditionKind.Capacity => OfCapacity, _ => OfFloor }).ToList();
            // Names are places in these lists, so that they come back as conditions.
            var named = program with { Rows = [.. program.Rows.Select((r, i) => r with { Name = $"{i}" })] };
            PlanCondition Named(string name) => int.Parse(name, System.Globalization.CultureInfo.InvariantCulture) is var i && i < conditions.Count ? conditions[i] : willing[i - conditions.Count];
            var conflict = Conflicts.Find(named, weights, [.. willing.Select((_, i) => $"{conditions.Count + i}")], OfPeople);
            return new(null, double.NaN, [], [.. conflict?.Together.Select(Named).Where(c => c.Kind != PlanConditionKind.Volume) ?? []],
                [.. conflict?.Reliefs.Select(r => new BrokenCondition(Named(r.Name), r.By)) ?? []]);
        }

        var k = problem.Channels.Count;
        var mix = new ChannelMix([.. problem.Segments.Select((_, s) => found.Values[(s * k)..((s + 1) * k)])]);
        BindingCondition[] binding =
        [
            .. conditions.Select((c, i) => new BindingCondition(c, Math.Abs(found.RowPrices[i]))),
            .. willing.Select((c, i) => new BindingCondition(c, -found.BoundPrices[i])),
        ];
        return new(mix, found.Objective, [.. binding.Where(b => b.Price > 1e-9 && b.Condition.Kind != PlanConditionKind.Volume).OrderByDescending(b => b.Price)], [], []);
    }

    /// <summary>Pounds that a mix costs.</summary>
    public static double Cost(ChannelProblem problem, ChannelMix mix) =>
        problem.Segments.Index().Sum(s => mix.Contacts[s.Index].Index().Sum(c => c.Item * CostOf(problem, s.Item, c.Index)));

    /// <summary>Mean satisfaction of a mix, 0 to 1.</summary>
    public static double Satisfaction(ChannelProblem problem, ChannelMix mix) => problem.Segments.Select((s, i) => Pleased(s, mix.Contacts[i])).Sum() / mix.All;

    /// <summary>The conditions that a mix breaks.</summary>
    public static IReadOnlyList<BrokenCondition> Broken(ChannelProblem problem, ChannelMix mix)
    {
        var broken = new List<BrokenCondition>();
        void Hold(PlanConditionKind kind, double over, double least, int segment = -1, int channel = -1)
        {
            if (over > least) broken.Add(new(new(kind, segment, channel), over));
        }
        foreach (var (c, channel) in problem.Channels.Index())
            if (channel.Capacity is { } most) Hold(PlanConditionKind.Capacity, mix.Of(c) - most, 1e-6 * Math.Max(1, most), channel: c);
        if (problem.LeastOverall is { } least) Hold(PlanConditionKind.OverallSatisfaction, least - Satisfaction(problem, mix), 1e-9);
        foreach (var (s, segment) in problem.Segments.Index().Where(s => s.Item.Volume > 0))
        {
            var contacts = mix.Contacts[s];
            var near = 1e-6 * segment.Volume;
            if (problem.LeastInSegment is { } floor) Hold(PlanConditionKind.SegmentSatisfaction, floor - Pleased(segment, contacts) / segment.Volume, 1e-9, s);
            Hold(PlanConditionKind.Assisted, segment.LeastAssisted * segment.Volume - contacts.Where((_, c) => problem.Assisted[c]).Sum(), near, s);
            for (var c = 0; c < contacts.Length; c++) Hold(PlanConditionKind.Willing, contacts[c] - segment.MostShare[c] * segment.Volume, near, s, c);
        }
        return broken;
    }

    /// <summary>Everybody by one channel, whatever they are willing to do.</summary>
    public static ChannelMix Everyone(ChannelProblem problem, int channel) =>
        new([.. problem.Segments.Select(s => problem.Channels.Select((_, c) => c == channel ? s.Volume : 0).ToArray())]);

    private static double CostOf(ChannelProblem problem, PlanSegment segment, int channel) => segment.Costs?[channel] ?? problem.Channels[channel].Cost;

    private static double Pleased(PlanSegment segment, double[] contacts) => contacts.Select((x, c) => x * segment.Satisfaction[c]).Sum();

    private static List<PlanCondition> Willing(ChannelProblem problem) =>
        [.. from s in Enumerable.Range(0, problem.Segments.Count) from c in Enumerable.Range(0, problem.Channels.Count) select new PlanCondition(PlanConditionKind.Willing, s, c)];

    private static (LinearProgram Program, List<PlanCondition> Conditions) Program(ChannelProblem problem)
    {
        var (k, n) = (problem.Channels.Count, problem.Channels.Count * problem.Segments.Count);
        var (rows, conditions) = (new List<LinearRow>(), new List<PlanCondition>());
        void Add(PlanCondition condition, RowKind kind, double limit, Func<int, int, double> coefficient)
        {
            conditions.Add(condition);
            rows.Add(new(condition.Kind.ToString(), [.. Enumerable.Range(0, n).Select(j => coefficient(j / k, j % k))], kind, limit));
        }
        foreach (var (at, segment) in problem.Segments.Index())
        {
            var only = at;
            Add(new(PlanConditionKind.Volume, at), RowKind.Equal, segment.Volume, (s, _) => s == only ? 1 : 0);
            if (problem.LeastInSegment is { } floor) Add(new(PlanConditionKind.SegmentSatisfaction, at), RowKind.AtLeast, floor * segment.Volume, (s, c) => s == only ? segment.Satisfaction[c] : 0);
            if (segment.LeastAssisted > 0) Add(new(PlanConditionKind.Assisted, at), RowKind.AtLeast, segment.LeastAssisted * segment.Volume, (s, c) => s == only && problem.Assisted[c] ? 1 : 0);
        }
        foreach (var (at, channel) in problem.Channels.Index())
        {
            var only = at;
            if (channel.Capacity is { } most) Add(new(PlanConditionKind.Capacity, Channel: at), RowKind.AtMost, most, (_, c) => c == only ? 1 : 0);
        }
        if (problem.LeastOverall is { } least)
            Add(new(PlanConditionKind.OverallSatisfaction), RowKind.AtLeast, least * problem.Segments.Sum(s => s.Volume), (s, c) => problem.Segments[s].Satisfaction[c]);
        return (new(
            [.. Enumerable.Range(0, n).Select(j => CostOf(problem, problem.Segments[j / k], j % k))],
            [.. Enumerable.Range(0, n).Select(j => problem.Segments[j / k].MostShare[j % k] * problem.Segments[j / k].Volume)], rows), conditions);
    }
}
