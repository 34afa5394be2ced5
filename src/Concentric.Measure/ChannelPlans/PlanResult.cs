using Concentric.Core;
using Concentric.Measure.Costs;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.ChannelPlans;

/// <summary>One mix of channels with its cost.</summary>
/// <param name="Channels">Contacts by channel.</param>
/// <param name="Satisfaction">0 to 1; null where satisfaction was not entered.</param>
/// <param name="Cost">Pounds, at the mean of each cost.</param>
/// <param name="Drawn">The same with costs drawn.</param>
/// <param name="Breaks">In words, the conditions that it breaks.</param>
public sealed record PlanLine(string Name, double[] Channels, double? Satisfaction, double Cost, SimulatedResult Drawn, IReadOnlyList<string> Breaks);

/// <summary>A channel plan worked out.</summary>
public sealed record PlanResult
{
    /// <summary>Draws for which the cheapest mix is sought again.</summary>
    public int Redrawn => Redraws(Problem);

    public required ChannelProblem Problem { get; init; }
    public required PlanFound Found { get; init; }

    /// <summary>Whether people are split by profile group, whose mix as now is known.</summary>
    public required bool IsByProfile { get; init; }

    /// <summary>The plan where there is one, as now, and everyone online.</summary>
    public required IReadOnlyList<PlanLine> Lines { get; init; }

    /// <summary>What the plan saves against now, with costs drawn; null where there is no plan.</summary>
    public required SimulatedResult? Saving { get; init; }

    /// <summary>By channel, the 5th and 95th percentile of the contacts of the cheapest mix when costs are drawn anew.</summary>
    public required IReadOnlyList<(double Low, double High)> Ranges { get; init; }

    /// <param name="byProfile">Whether the mix as now is known by segment; otherwise each has the same.</param>
    public static PlanResult Of(PlanBasis basis, ChannelProblem problem, bool byProfile, ulong seed)
    {
        var found = ChannelModel.Solve(problem);
        var simulation = new Simulation([.. basis.Costs.Select(c => c.Input)], seed);
        double Share(int group) => basis.All.Volume == 0 ? 0 : problem.Segments.Where(s => s.Group == group).Sum(s => s.Volume) / basis.All.Volume;
        var now = new ChannelMix([.. problem.Segments.Select(s =>
            byProfile ? basis.ContactsOf(basis.Profiles[s.Group], 1, s.Service) : basis.ContactsOf(basis.All, Share(s.Group), s.Service))]);
        // What each cost drawn is paid for: the segments of a service have the same costs, so that they are added up once and not in each draw.
        double[] Paid(ChannelMix mix) =>
            [.. basis.Costs.Select(cost => problem.Segments.Index().Where(s => s.Item.Service == cost.Service).Sum(s => mix.Contacts[s.Index][cost.Channel]))];
        SimulatedResult Drawn(double[] paid) => simulation.Run(drawn => paid.Index().Sum(p => p.Item * drawn[p.Index]));
        var isRated = problem.LeastOverall is not null || problem.LeastInSegment is not null || problem.Segments.All(s => s.Satisfaction.All(p => p > 0));
        PlanLine Line(string name, ChannelMix mix, bool bySegment) => new(name, [.. problem.Channels.Select((_, c) => mix.Of(c))], isRated && mix.All > 0 ? ChannelModel.Satisfaction(problem, mix) : null,
            ChannelModel.Cost(problem, mix), Drawn(Paid(mix)),
            [.. ChannelModel.Broken(problem, mix).Where(b => bySegment || b.Condition.Segment < 0).Select(b => PlanWords.Broken(problem, b))]);

        List<PlanLine> lines = [Line("As now", now, byProfile), Line("Everyone online", ChannelModel.Everyone(problem, 0), true)];
        if (found.Mix is { } mix) lines.Insert(0, Line("Cheapest that keeps all", mix, true));
        return new()
        {
            Problem = problem,
            Found = found,
            IsByProfile = byProfile,
            Lines = lines,
            Saving = found.Mix is { } cheapest ? Drawn([.. Paid(now).Zip(Paid(cheapest), (before, after) => before - after)]) : null,
            Ranges = found.Mix is null ? [] : Again(basis, problem, seed),
        };
    }

    // A plan with many segments takes a good part of a second each time.
    private static int Redraws(ChannelProblem problem) => problem.Segments.Count <= 16 ? 200 : 40;

    private static List<(double Low, double High)> Again(PlanBasis basis, ChannelProblem problem, ulong seed)
    {
        var by = problem.Channels.Select(_ => new List<double>()).ToList();
        new Simulation([.. basis.Costs.Select(c => c.Input)], seed, Redraws(problem)).Each(drawn =>
        {
            var costs = basis.CostsOf(drawn);
            var found = ChannelModel.Solve(problem with { Segments = [.. problem.Segments.Select(s => s with { Costs = costs[s.Service] })] });
            if (found.Mix is { } mix) for (var c = 0; c < by.Count; c++) by[c].Add(mix.Of(c));
            return 0;
        });
        return by.ConvertAll(contacts =>
        {
            var sorted = contacts.Order().ToList();
            return (Quantiles.OfSorted(sorted, 0.05), Quantiles.OfSorted(sorted, 0.95));
        });
    }
}

/// <summary>Conditions and their prices in words.</summary>
internal static class PlanWords
{
    public static string Channel(ChannelProblem problem, int channel) => CostWords.Channel(problem.Channels[channel].Name).ToLowerInvariant();

    /// <summary>A condition's name: “phone takes at most 22,000 contacts”.</summary>
    public static string Of(ChannelProblem problem, PlanCondition condition)
    {
        var segment = condition.Segment < 0 ? null : problem.Segments[condition.Segment];
        return condition.Kind switch
        {
            PlanConditionKind.Capacity => $"{Channel(problem, condition.Channel)} takes at most {Number(problem.Channels[condition.Channel].Capacity!.Value)} contacts",
            PlanConditionKind.OverallSatisfaction => $"satisfaction is at least {Percent(problem.LeastOverall!.Value)} over all",
            PlanConditionKind.SegmentSatisfaction => $"satisfaction of “{segment!.Name}” is at least {Percent(problem.LeastInSegment!.Value)}",
            PlanConditionKind.Assisted => $"at least {Percent(segment!.LeastAssisted)} of “{segment.Name}” are served by a person",
            PlanConditionKind.Willing => $"at most {Percent(segment!.MostShare[condition.Channel])} of “{segment.Name}” use {Channel(problem, condition.Channel)}",
            _ => "everybody is served",
        };
    }

    /// <summary>What a binding condition costs: “One more contact by phone would save £5.82”.</summary>
    public static string Price(ChannelProblem problem, BindingCondition binding) => binding.Condition.Kind switch
    {
        PlanConditionKind.Capacity => $"One more {(binding.Condition.Channel == 1 ? "phone slot" : $"contact by {Channel(problem, binding.Condition.Channel)}")} would save {Pounds.Show(binding.Price)}",
        PlanConditionKind.OverallSatisfaction => $"A percentage point less would save {Pounds.Whole(binding.Price * 0.01 * problem.Segments.Sum(s => s.Volume))}",
        PlanConditionKind.SegmentSatisfaction => $"A percentage point less would save {Pounds.Whole(binding.Price * 0.01 * problem.Segments[binding.Condition.Segment].Volume)}",
        PlanConditionKind.Assisted => $"One contact less would save {Pounds.Show(binding.Price)}",
        _ => $"One more of them willing and able would save {Pounds.Show(binding.Price)}",
    };

    public static string Broken(ChannelProblem problem, BrokenCondition broken) => broken.Condition.Kind switch
    {
        PlanConditionKind.Capacity or PlanConditionKind.Willing => $"{Of(problem, broken.Condition)}: {Number(broken.By)} too many",
        PlanConditionKind.Assisted => $"{Of(problem, broken.Condition)}: {Number(broken.By)} too few",
        _ => $"{Of(problem, broken.Condition)}: {100 * broken.By:0.#} points too low",
    };

    /// <summary>What would have to give for a plan to exist.</summary>
    public static string Relief(ChannelProblem problem, BrokenCondition relief) => relief.Condition.Kind switch
    {
        PlanConditionKind.Capacity => $"if {Channel(problem, relief.Condition.Channel)} took {Number(relief.By)} more",
        PlanConditionKind.Willing => $"if {Number(relief.By)} more of “{problem.Segments[relief.Condition.Segment].Name}” used {Channel(problem, relief.Condition.Channel)}",
        PlanConditionKind.Assisted => $"if {Number(relief.By)} fewer of “{problem.Segments[relief.Condition.Segment].Name}” had to be served by a person",
        PlanConditionKind.SegmentSatisfaction => $"if satisfaction of “{problem.Segments[relief.Condition.Segment].Name}” could be {100 * relief.By / problem.Segments[relief.Condition.Segment].Volume:0.#} points lower",
        _ => $"if satisfaction over all could be {100 * relief.By / problem.Segments.Sum(s => s.Volume):0.#} points lower",
    };

    public static string Number(double contacts) => Say.Number((long)Math.Round(contacts));

    public static string Percent(double share) => $"{100 * share:0.#}%";
}
