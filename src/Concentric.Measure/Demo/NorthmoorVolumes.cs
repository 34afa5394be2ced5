using Concentric.Core.Facts;
using Concentric.Measure.Variation;

namespace Concentric.Measure.Demo;

/// <summary>How many contacts each service has on each day, by kind of demand: season, week-day, bank holidays, redesigns and chance.</summary>
internal sealed class NorthmoorVolumes
{
    internal const int Kinds = 4;

    private readonly NorthmoorParameters _of;
    private readonly double[] _mean;
    private readonly int[] _count;

    public NorthmoorVolumes(NorthmoorParameters parameters, DateOnly today, Chance chance)
    {
        _of = parameters;
        Period = Northmoor.Period(today);
        Days = Period.Through.DayNumber - Period.From.DayNumber + 1;
        Open = [.. Enumerable.Range(0, Days).Select(d => IsOpen(Period.From.AddDays(d)))];
        _mean = new double[Days * parameters.Services.List.Count * Kinds];
        _count = new int[_mean.Length];
        Expect(Northmoor.Redesigns(today), chance);
        Draw(chance);
    }

    public Days Period { get; }

    public int Days { get; }

    /// <summary>Whether offices are open, by day.</summary>
    public bool[] Open { get; }

    public int Of(int day, int service, Demand demand) => _count[Cell(day, service, (int)demand)];

    private int Cell(int day, int service, int kind) => (day * _of.Services.List.Count + service) * Kinds + kind;

    private void Expect(IReadOnlyList<NorthmoorRedesign> redesigns, Chance chance)
    {
        for (var s = 0; s < _of.Services.List.Count; s++)
        {
            var service = _of.Services.List[s];
            var season = _of.SeasonOf(service.Season);
            var weights = Enumerable.Range(0, Days).Select(d => Weight(d) * Season(season, Period.From.AddDays(d))).ToArray();
            var redesign = redesigns.FirstOrDefault(r => r.Service == service.Id);
            var scale = service.Volume / weights.Sum();
            var (week, noise) = (int.MinValue, 1.0);
            for (var d = 0; d < Days; d++)
            {
                var day = Period.From.AddDays(d);
                if (Week.Of(day) != week) (week, noise) = (Week.Of(day), 1 + _of.Noise.Week * chance.Normal());
                var mean = scale * weights[d] * noise;
                var coded = 1 - service.Unknown - service.NotCoded;
                var cut = redesign is not null && day >= redesign.From ? redesign.Cut : 0;
                _mean[Cell(d, s, (int)Demand.NotCoded)] = mean * service.NotCoded;
                _mean[Cell(d, s, (int)Demand.Unknown)] = mean * service.Unknown;
                _mean[Cell(d, s, (int)Demand.Value)] = mean * coded * (1 - service.Failure);
                _mean[Cell(d, s, (int)Demand.Failure)] = mean * coded * service.Failure * (1 - cut);
            }
        }
    }

    /// <summary>Draws the counts, then adds or takes single contacts by chance until the total is exact.</summary>
    private void Draw(Chance chance)
    {
        var scale = _of.Contacts / _mean.Sum();
        for (var i = 0; i < _mean.Length; i++) _count[i] = chance.Poisson(_mean[i] * scale);
        var totals = Chance.RunningTotals(_mean);
        for (var missing = _of.Contacts - _count.Sum(); missing != 0;)
        {
            var cell = chance.Pick(totals);
            if (missing < 0 && _count[cell] == 0) continue;
            _count[cell] += Math.Sign(missing);
            missing -= Math.Sign(missing);
        }
    }

    private double Weight(int day)
    {
        var date = Period.From.AddDays(day);
        if (!Open[day]) return date.DayOfWeek == DayOfWeek.Saturday ? _of.Days.Weights[5] : _of.Days.Weights[6];
        var before = date.DayOfWeek == DayOfWeek.Monday ? date.AddDays(-3) : date.AddDays(-1);
        return _of.Days.Weights[(int)date.DayOfWeek - 1] * (IsOpen(before) ? 1 : _of.Days.AfterBankHoliday);
    }

    private static bool IsOpen(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !EnglishCalendar.BankHolidays(day.Year).Contains(day);

    /// <summary>A line from the middle of one month to the middle of the next, so that no season begins with a step.</summary>
    private static double Season(double[] months, DateOnly day)
    {
        var place = day.Month - 1 + (day.Day - 0.5) / DateTime.DaysInMonth(day.Year, day.Month) - 0.5;
        var month = (int)Math.Floor(place);
        var part = place - month;
        return months[(month + 12) % 12] * (1 - part) + months[(month + 13) % 12] * part;
    }
}
