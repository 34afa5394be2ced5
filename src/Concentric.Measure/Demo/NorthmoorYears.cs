using Concentric.Core.Facts;

namespace Concentric.Measure.Demo;

/// <summary>Makes the contacts of Northmoor's two years, day by day.</summary>
internal sealed class NorthmoorYears
{
    private readonly NorthmoorParameters _of;
    private readonly Chance _chance;
    private readonly NorthmoorVolumes _volumes;
    private readonly ServiceOf[] _services;
    private readonly NorthmoorParameters.Supergroup[] _supergroups;
    private readonly ILookup<string, (ServiceOf After, double Share)> _leads;
    private readonly int[] _firstHousehold;
    private readonly double[] _web, _staffed, _closed, _causes, _pleased, _displeased;
    private readonly byte[] _causeCodes;
    private int _id;
    private ulong _case;

    public NorthmoorYears(NorthmoorParameters parameters, DateOnly today, Chance chance)
    {
        (_of, _chance) = (parameters, chance);
        _volumes = new(parameters, today, chance);
        _supergroups = [.. Enumerable.Range(1, 8).Select(code => parameters.SupergroupOf((byte)code))];
        _services = [.. parameters.Services.List.Select(s => new ServiceOf(s, parameters, _supergroups))];
        var byId = _services.ToDictionary(s => s.Of.Id);
        _leads = parameters.LifeEvents.List.ToLookup(f => f.Then, f => (byId[f.After], f.Share));
        _firstHousehold = [0, .. Chance.RunningTotals(Northmoor.Areas.Select(a => (double)a.Households)).Select(total => (int)total)];
        (_web, _staffed, _closed) = (Chance.RunningTotals(parameters.Hours.Web), Chance.RunningTotals(parameters.Hours.Staffed), Chance.RunningTotals(parameters.Hours.Closed));
        _causes = Chance.RunningTotals(parameters.Causes.Shares.Values);
        _causeCodes = [.. parameters.Causes.Shares.Keys.Select(name => FailureCauses.Find(name)!.Code)];
        (_pleased, _displeased) = (Chance.RunningTotals(parameters.Coding.SatisfactionValue), Chance.RunningTotals(parameters.Coding.SatisfactionFailure));
    }

    public IEnumerable<NorthmoorContact> Contacts()
    {
        var day = new List<NorthmoorContact>(1000);
        for (var d = 0; d < _volumes.Days; d++)
        {
            day.Clear();
            for (var s = 0; s < _services.Length; s++)
            {
                var first = day.Count;
                for (var kind = 0; kind < NorthmoorVolumes.Kinds; kind++)
                    for (var i = _volumes.Of(d, s, (Demand)kind); i > 0; i--) day.Add(Contact(d, _services[s], (Demand)kind));
                _services[s].Remember(day, first);
            }

            // A stable sort by time: two contacts of one second keep the order in which they were made.
            foreach (var contact in day.OrderBy(c => c.At)) yield return contact with { Id = ++_id };
        }
    }

    private NorthmoorContact Contact(int day, ServiceOf service, Demand demand)
    {
        var chased = demand == Demand.Failure && _chance.Is(_of.Coding.Chased) ? service.Recall(day, _chance) : null;
        var led = demand == Demand.Value ? Led(service, day) : null;
        var area = chased?.Area ?? led?.Area ?? Northmoor.Areas[_chance.Pick(service.Areas)];
        var channel = Channel(service, area, day);
        var type = service.TypeOf(demand, _chance);
        var cause = demand != Demand.Failure || !_chance.Is(_of.Coding.Cause) ? (byte)0 : type?.Cause ?? _causeCodes[_chance.Pick(_causes)];
        var named = _chance.Is(channel.Staffed ? _of.Coding.NamedStaffed : _of.Coding.NamedWeb);
        var failed = demand == Demand.Failure;
        return new()
        {
            Id = 0,
            At = Time(day, channel),
            Service = service.Of.Id,
            Interaction = (byte)service.Of.Interactions[failed ? 1 : 0],
            Channel = channel.Code,
            Area = area,
            Demand = demand,
            DemandType = type,
            Cause = cause,
            HandlingSeconds = _chance.Is(_of.Handling.Recorded) ? Math.Clamp((int)_chance.LogNormal(channel.Seconds[0], channel.Seconds[1]), 5, 14_400) : null,
            Resolved = _chance.Is(_of.Coding.ResolvedUnsaid) ? null : _chance.Is(failed ? _of.Coding.ResolvedFailure : _of.Coding.ResolvedValue),
            Satisfaction = _chance.Is(_of.Coding.Answered) ? (byte)(1 + _chance.Pick(failed ? _displeased : _pleased)) : null,
            Person = chased?.Person ?? led?.Person ?? (named ? Person(area) : 0),
            Case = chased?.Case ?? Chance.Mix(++_case),
        };
    }

    /// <summary>The contact that a life event began with, where this one follows from it.</summary>
    private NorthmoorContact? Led(ServiceOf service, int day)
    {
        var leads = _leads[service.Of.Id];
        if (!leads.Any()) return null;
        var place = _chance.Unit();
        foreach (var (after, share) in leads)
        {
            if (place < share) return after.Before(day, _of.LifeEvents.Within, _chance);
            place -= share;
        }

        return null;
    }

    /// <summary>Somebody of the area. Some households ask more than others: half of the draws favour them.</summary>
    private ulong Person(NorthmoorArea area)
    {
        var place = _chance.Unit();
        if (_chance.Is(0.5)) place *= place;
        var household = _firstHousehold[area.Index] + (int)(place * area.Households);
        var members = 1 + (int)((Chance.Mix((ulong)household) >> 11) * (1.0 / (1UL << 53)) * (2 * _supergroups[area.Supergroup - 1].Members - 1));
        var who = _chance.Unit();
        var member = (int)(who * who * members);
        return Chance.Mix(0x4E_4F_52_54_48_4D_4F_4FUL ^ (ulong)(household * 16 + member)) | 1;
    }

    private ChannelOf Channel(ServiceOf service, NorthmoorArea area, int day)
    {
        var supergroup = _supergroups[area.Supergroup - 1];
        var web = supergroup.Web * (1 + (supergroup.Drift - 1) * day / _volumes.Days);
        var person = supergroup.Person * _of.Deciles.Person[area.Decile - 1] * (_volumes.Open[day] ? 1 : _of.Days.StaffedWhenClosed);
        Span<double> totals = stackalloc double[service.Channels.Length];
        var total = 0.0;
        for (var i = 0; i < totals.Length; i++) totals[i] = total += service.Channels[i].Share * (service.Channels[i] switch { { Online: true } => web, { Staffed: true } => person, _ => 1 });
        return service.Channels[_chance.Pick(totals)];
    }

    private DateTimeOffset Time(int day, ChannelOf channel)
    {
        var date = _volumes.Period.From.AddDays(day);
        var hour = _chance.Pick(!channel.Staffed ? _web : _volumes.Open[day] ? _staffed : _closed);
        var time = new TimeOnly(hour, _chance.Below(60), _chance.Below(60));
        // Clocks change at one in the morning: what comes before belongs to the day before.
        return new(date, time, TimeSpan.FromHours(EnglishCalendar.HoursAhead(hour == 0 ? date.AddDays(-1) : date)));
    }
}

/// <summary>A channel as a kind of service uses it.</summary>
/// <param name="Online">The citizen does it without staff: drifts upwards.</param>
/// <param name="Staffed">Only while somebody is there.</param>
internal sealed record ChannelOf(byte Code, double Share, bool Online, bool Staffed, double[] Seconds);
