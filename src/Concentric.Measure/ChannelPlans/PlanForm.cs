using System.Globalization;
using Concentric.Core;

namespace Concentric.Measure.ChannelPlans;

/// <summary>The conditions of a plan as somebody typed them, all in per cent or contacts, and what stands there before anybody did.</summary>
internal static class PlanForm
{
    private static readonly (string Name, int Share, int[] Most, int Assisted)[] Confidence =
        [("Confident online", 60, [95, 100, 30], 0), ("Online with help", 30, [45, 100, 50], 10), ("Not online", 10, [5, 100, 100], 50)];

    public static bool IsByProfile(IReadOnlyDictionary<string, string> boxes) => boxes.GetValueOrDefault("by") == "profile";

    /// <summary>Names of the groups of people, in the order of their numbers. With several services, each group is a segment in each of them.</summary>
    public static IReadOnlyList<string> Segments(PlanBasis basis, bool byProfile) => byProfile ? [.. basis.Profiles.Select(p => p.Name)] : [.. Confidence.Select(c => c.Name)];

    /// <summary>Conditions that change little: no more calls and visits than now, no less satisfaction.</summary>
    public static Dictionary<string, string> Defaults(PlanBasis basis, bool byProfile)
    {
        var boxes = new Dictionary<string, string>(StringComparer.Ordinal);
        string Percent(double? share) => share is { } s ? (100 * s).ToString("0.#", CultureInfo.InvariantCulture) : "";
        for (var s = 0; s < Segments(basis, byProfile).Count; s++)
        {
            var segment = byProfile ? basis.Profiles[s] : basis.All;
            if (!byProfile) boxes[$"share{s}"] = $"{Confidence[s].Share}";
            boxes[$"assisted{s}"] = byProfile ? "10" : $"{Confidence[s].Assisted}";
            for (var c = 0; c < PlanBasis.Channels.Length; c++)
            {
                var now = segment.Volume == 0 ? 0 : segment.Contacts[c].Estimate / segment.Volume;
                boxes[$"most{s}-{c}"] = !byProfile ? $"{Confidence[s].Most[c]}" : c switch
                {
                    0 => Percent(Math.Min(1, Math.Ceiling(100 * now + 10) / 100)),
                    1 => "100",
                    _ => Percent(Math.Max(0.3, Math.Ceiling(100 * now) / 100)),
                };
                boxes[$"pleased{s}-{c}"] = Percent(segment.Pleased[c]);
            }
        }
        boxes["capacity1"] = $"{basis.All.Contacts[1].Estimate}";
        boxes["capacity2"] = $"{basis.All.Contacts[2].Estimate}";
        boxes["overall"] = Now(basis) is { } now1 ? Math.Floor(100 * now1 - 0.5).ToString("0", CultureInfo.InvariantCulture) : "";
        boxes["seed"] = "1";
        return boxes;
    }

    /// <summary>Satisfaction over all contacts as they are now, 0 to 1; null where it is not known of each channel.</summary>
    public static double? Now(PlanBasis basis) => basis.All.Volume > 0 && basis.All.Pleased.All(p => p is not null)
        ? basis.All.Contacts.Select((n, c) => n.Estimate * basis.All.Pleased[c]!.Value).Sum() / basis.All.Volume : null;

    /// <summary>The problem that the boxes state, or what must be put right.</summary>
    public static (ChannelProblem? Problem, ulong Seed) Read(PlanBasis basis, IReadOnlyDictionary<string, string> boxes, Errors errors)
    {
        var byProfile = IsByProfile(boxes);
        var segments = new List<PlanSegment>();
        var costs = basis.MeanServiceCosts;
        var (overall, each) = (Share(boxes, "overall", "Satisfaction over all", errors, mayBeEmpty: true), Share(boxes, "each", "Satisfaction in each segment", errors, mayBeEmpty: true));
        var shares = 0.0;
        foreach (var (g, name) in Segments(basis, byProfile).Index())
        {
            var part = byProfile ? null : Share(boxes, $"share{g}", $"{name}: share of contacts", errors);
            shares += part ?? 0;
            double Of(string box, string label) => Share(boxes, box, $"{name}, {label}", errors, mayBeEmpty: box[0] == 'p' && overall is null && each is null) ?? 0;
            double[] most = [.. PlanBasis.Channels.Select((c, i) => Of($"most{g}-{i}", $"at most by {c}"))];
            double[] pleased = [.. PlanBasis.Channels.Select((c, i) => Of($"pleased{g}-{i}", $"satisfied with {c}"))];
            var assisted = Of($"assisted{g}", "served by a person");
            foreach (var (s, service) in basis.Services.Index())
            {
                var now = basis.ContactsOf(byProfile ? basis.Profiles[g] : basis.All, byProfile ? 1 : part ?? 0, s);
                var volume = now.Sum();
                var segment = new PlanSegment(basis.Services.Count == 1 ? name : $"{service.Label}: {name}", volume, most, pleased, assisted) { Group = g, Service = s, Costs = costs[s] };
                // What a group does over all services says little of one of them: where its own mix is measured, nobody has to leave a channel that they use for that service now.
                if (byProfile && basis.Services.Count > 1 && volume > 0)
                    segment = segment with { MostShare = [.. most.Select((m, c) => Math.Max(m, now[c] / volume))], LeastAssisted = Math.Min(assisted, now.Where((_, c) => PlanBasis.Assisted[c]).Sum() / volume) };
                segments.Add(segment);
            }
        }
        errors.Check("share0", byProfile || Math.Abs(shares - 1) < 1e-6, "The shares of the three segments must add up to 100%");
        var capacity = new double?[PlanBasis.Channels.Length];
        for (var c = 0; c < capacity.Length; c++)
        {
            var text = boxes.GetValueOrDefault($"capacity{c}")?.Trim().Replace(",", "", StringComparison.Ordinal);
            if (string.IsNullOrEmpty(text)) continue;
            var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most < 1_000_000_000_000;
            errors.Check($"capacity{c}", isNumber, $"Most contacts by {PlanBasis.Channels[c]} must be a whole number, or empty for any number");
            capacity[c] = most;
        }
        errors.Check("seed", ulong.TryParse(boxes.GetValueOrDefault("seed"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed), "Seed must be a whole number");
        if (errors.Any) return (null, 0);
        var means = basis.MeanCosts;
        return (new([.. PlanBasis.Channels.Select((name, c) => new PlanChannel(name, means[c], capacity[c]))], [.. segments.OrderBy(s => s.Service)], PlanBasis.Assisted, overall, each), seed);
    }

    private static double? Share(IReadOnlyDictionary<string, string> boxes, string box, string label, Errors errors, bool mayBeEmpty = false)
    {
        var text = boxes.GetValueOrDefault(box)?.Trim().TrimEnd('%');
        if (string.IsNullOrEmpty(text) && mayBeEmpty) return null;
        var isShare = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100;
        errors.Check(box, isShare, $"{label} must be from 0 to 100%");
        return isShare ? percent / 100 : null;
    }
}
