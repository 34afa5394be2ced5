using Concentric.Core.Facts;

namespace Concentric.Measure.Demo;

/// <summary>A service of Northmoor while contacts are made: who asks for it, how, for what, and who asked lately.</summary>
internal sealed class ServiceOf
{
    private readonly List<NorthmoorContact> _recent = [];
    private readonly List<int> _dayEnds = [];
    private readonly (double[] Totals, NorthmoorDemandType[] Types)[] _types;

    public ServiceOf(NorthmoorParameters.Service service, NorthmoorParameters parameters, NorthmoorParameters.Supergroup[] supergroups)
    {
        Of = service;
        Areas = Chance.RunningTotals(Northmoor.Areas.Select(a => a.Households * supergroups[a.Supergroup - 1].Asking * Power(parameters.Deciles.Asking[a.Decile - 1], 1 + service.Lean)));
        Channels = [.. parameters.ChannelsOf(service.Kind).Select(c => new ChannelOf(
            Core.Facts.Channels.Find(c.Key)!.Code,
            c.Value,
            c.Key is "web" or "app" or "web-chat",
            c.Key is "phone" or "face-to-face" or "partner",
            parameters.Handling.Channels[c.Key]))];
        var own = parameters.Demand.List.FirstOrDefault(p => p.Service == service.Id);
        _types =
        [
            Types(Demand.Value, own is null ? [] : own.Value.Values),
            Types(Demand.Failure, own is null ? [] : own.Failure.Values.Select(t => t[1].GetDouble())),
        ];
    }

    public NorthmoorParameters.Service Of { get; }

    /// <summary>Running totals of how much each area asks for it.</summary>
    public double[] Areas { get; }

    public ChannelOf[] Channels { get; }

    /// <summary>A type of demand of that kind, null where the service has none of its own or the contact is not coded.</summary>
    public NorthmoorDemandType? TypeOf(Demand demand, Chance chance)
    {
        if (demand is not (Demand.Value or Demand.Failure)) return null;
        var (totals, types) = _types[demand - Demand.Value];
        return types.Length == 0 ? null : types[chance.Pick(totals)];
    }

    /// <summary>Keeps the contacts of a day, to be chased on later days.</summary>
    public void Remember(List<NorthmoorContact> day, int first)
    {
        for (var i = first; i < day.Count; i++) _recent.Add(day[i]);
        _dayEnds.Add(_recent.Count);
    }

    /// <summary>An earlier contact to chase, 1 to 10 days old, rather one that was not settled; null where none is found.</summary>
    public NorthmoorContact? Recall(int day, Chance chance)
    {
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var then = day - 1 - chance.Below(10);
            if (then < 0) continue;
            var start = then == 0 ? 0 : _dayEnds[then - 1];
            if (_dayEnds[then] == start) continue;
            var candidate = _recent[start + chance.Below(_dayEnds[then] - start)];
            if (candidate.Person != 0 && (candidate.Resolved != true || attempt == 3)) return candidate;
        }

        return null;
    }

    /// <summary>An earlier contact that met value demand of somebody known, at most that many days old and rather a late one; null where none is found.</summary>
    public NorthmoorContact? Before(int day, int within, Chance chance)
    {
        for (var attempt = 0; attempt < 6; attempt++)
        {
            var then = day - 1 - Math.Min(chance.Below(within), chance.Below(within));
            if (then < 0) continue;
            var start = then == 0 ? 0 : _dayEnds[then - 1];
            if (_dayEnds[then] == start) continue;
            var candidate = _recent[start + chance.Below(_dayEnds[then] - start)];
            if (candidate.Person != 0 && candidate.Demand == Demand.Value) return candidate;
        }

        return null;
    }

    /// <summary>A whole power by multiplication, which is the same on every machine.</summary>
    private static double Power(double x, int power)
    {
        var product = 1.0;
        for (var i = Math.Abs(power); i > 0; i--) product *= x;
        return power < 0 ? 1 / product : product;
    }

    private (double[] Totals, NorthmoorDemandType[] Types) Types(Demand demand, IEnumerable<double> weights) =>
        (Chance.RunningTotals(weights), [.. Northmoor.DemandTypes.Where(t => t.Service == Of.Id && t.Demand == demand)]);
}
