namespace Concentric.Measure.Staffing;

/// <summary>What is promised, and what people are at the phone for.</summary>
/// <param name="Promise">Which part of calls is answered in how many seconds.</param>
/// <param name="Shrinkage">The part of paid time in which somebody is not at the phone.</param>
/// <param name="After">Seconds of work after each call that the phone system does not count.</param>
public sealed record StaffRules(CallPromise Promise, double Shrinkage, double After);

/// <summary>One half hour of a week to come.</summary>
/// <param name="Expected">Calls expected.</param>
/// <param name="Planned">Calls planned for: not exceeded in eight of ten such half hours.</param>
/// <param name="Agents">At the phone.</param>
/// <param name="OnRota">On the rota for that.</param>
public sealed record StaffedHalfHour(DateOnly Day, int Slot, double Expected, int Planned, int Agents, int OnRota);

/// <summary>Who is needed when, in the first whole week after the history.</summary>
public sealed record StaffPlan(IReadOnlyList<StaffedHalfHour> HalfHours)
{
    /// <summary>Planned for what eight of ten half hours do not exceed: for the mean alone, half of them would be short.</summary>
    public const double PlannedFor = 0.8;

    private const double Interval = 1800;

    /// <summary>Below so few expected calls nobody is planned.</summary>
    public const double Fewest = 0.05;

    /// <summary>Paid hours of the week.</summary>
    public double Hours => HalfHours.Sum(h => h.OnRota) / 2.0;

    public StaffedHalfHour? Busiest => HalfHours.OrderByDescending(h => h.OnRota).ThenBy(h => h.Day).ThenBy(h => h.Slot).FirstOrDefault();

    /// <param name="seconds">Mean seconds of a call.</param>
    /// <param name="part">The part of the expected calls that comes: 1, or less where some are done away with.</param>
    public static StaffPlan Of(Workload workload, DailyForecast forecast, double seconds, StaffRules rules, double part = 1)
    {
        var monday = forecast.Days.First(d => d.Day.DayOfWeek == DayOfWeek.Monday).Day;
        var week = forecast.Days.Where(d => d.Day >= monday && d.Day < monday.AddDays(7));
        var hours = workload.Hours;
        return new([.. week.SelectMany(day => Enumerable.Range(0, Workload.Slots).Select(slot =>
        {
            var expected = day.Expected * part * workload.Share(Workload.Weekday(day.Day), slot);
            if (expected < Fewest || slot < hours.First || slot > hours.Last) return new StaffedHalfHour(day.Day, slot, expected, 0, 0, 0);
            var planned = CountQuantile.Of(expected, workload.Spread ?? 1, PlannedFor);
            var agents = StaffNeeded.Of(planned, Interval, seconds + rules.After, rules.Promise).Agents;
            return new StaffedHalfHour(day.Day, slot, expected, planned, agents, StaffNeeded.OnRota(agents, rules.Shrinkage));
        }))]);
    }
}
