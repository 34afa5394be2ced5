using System.Numerics;

namespace Concentric.Measure.Journeys;

/// <summary>How long it takes from one step to another that comes after it in the same case, directly or not.</summary>
/// <param name="Times">How often the one came somewhere after the other.</param>
/// <param name="Cases">In how many cases it did.</param>
/// <param name="Mean">In seconds, from when the one was done to when the other was.</param>
/// <param name="Deviation">Sample standard deviation in seconds, of n − 1; 0 of a single time.</param>
public sealed record TimeBetween(int From, int To, long Times, int Cases, double Mean, double Deviation);

/// <summary>What times between steps are usual in a log, and in which cases one lies far off.</summary>
/// <remarks>
/// The temporal profile of F. Stertz, J. Mangler and S. Rinderle-Ma, “Temporal conformance checking at runtime based on time-infused process models” (2020): mean and
/// standard deviation for each pair of steps of which one follows the other. Sums are kept as whole milliseconds, so nothing is lost to rounding however long a log is.
/// For each event only sums over the kinds of steps before it are needed, not the steps themselves: work grows with a case's length times its kinds of steps.
/// </remarks>
public sealed class TemporalProfile
{
    /// <summary>Kinds of steps of a log, at most: the profile holds a row for each two of them.</summary>
    public const int MostActivities = 1_000;

    /// <summary>Events times the kinds of steps before each, at most.</summary>
    public const long MostLooks = 100_000_000;

    // Milliseconds: of a century squared, and of as many times as a log can have, the sum still fits in 128 bits.
    private const double Second = 1_000;

    private readonly Dictionary<(int, int), TimeBetween> _pairs;

    private TemporalProfile(IEnumerable<TimeBetween> pairs) => _pairs = pairs.ToDictionary(p => (p.From, p.To));

    public IReadOnlyCollection<TimeBetween> Pairs => _pairs.Values;

    /// <summary>Null where a log has so many kinds of steps that it would take too long.</summary>
    public static TemporalProfile? Of(EventLog log, CancellationToken stop = default)
    {
        if (log.Activities.Count > MostActivities) return null;
        var (sums, looks) = (new Sums[log.Activities.Count * log.Activities.Count], 0L);
        var before = new Before(log);
        for (var c = 0; c < log.Cases; c++)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var (step, at) in before.Steps(c))
            {
                if ((looks += before.Seen.Count) > MostLooks) return null;
                foreach (var kind in before.Seen) sums[kind * log.Activities.Count + step].Add(before.Of(kind), at, c);
            }
        }
        return new(sums.Index().Where(s => s.Item.Times > 0).Select(s => s.Item.Between(s.Index / log.Activities.Count, s.Index % log.Activities.Count)));
    }

    /// <summary>Cases in which a time lies further from the mean than so many standard deviations, in all and by pair of steps.</summary>
    /// <param name="log">The log of the profile.</param>
    /// <param name="deviations">More than 0. Of n times none lies further off than (n − 1) ÷ √n deviations (R. Shiffler, 1988): of few, none is far.</param>
    public (int Cases, IReadOnlyDictionary<(int From, int To), int> Of) Unusual(EventLog log, double deviations, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviations);
        var (cases, of, inCase) = (0, new Dictionary<(int, int), int>(), new HashSet<(int, int)>());
        var before = new Before(log);
        for (var c = 0; c < log.Cases; c++)
        {
            stop.ThrowIfCancellationRequested();
            inCase.Clear();
            foreach (var (step, at) in before.Steps(c))
            {
                foreach (var kind in before.Seen)
                {
                    var (pair, earlier) = (_pairs[(kind, step)], before.Of(kind));
                    // The longest and the shortest: if neither is far off, none between them is.
                    if (IsFar(at - earlier.First) || IsFar(at - earlier.Last)) inCase.Add((kind, step));

                    bool IsFar(long time) => Math.Abs(time / Second - pair.Mean) > deviations * pair.Deviation + 1 / Second;
                }
            }
            foreach (var pair in inCase) of[pair] = of.GetValueOrDefault(pair) + 1;
            if (inCase.Count > 0) cases++;
        }
        return (cases, of);
    }

    /// <summary>The kinds of steps that were done in a case up to an event, without it.</summary>
    private sealed class Before(EventLog log)
    {
        private readonly Earlier[] _of = new Earlier[log.Activities.Count];

        public List<int> Seen { get; } = [];

        public ref readonly Earlier Of(int kind) => ref _of[kind];

        /// <summary>Each step of a case and when it was done, in milliseconds from its first.</summary>
        public IEnumerable<(int Step, long At)> Steps(int inCase)
        {
            foreach (var kind in Seen) _of[kind] = default;
            Seen.Clear();
            var (from, to) = log.Of(inCase);
            for (var i = from; i < to; i++)
            {
                var (step, at) = (log.Columns.Activity[i], (log.Columns.At[i] - log.Columns.At[from]) / 1000);
                yield return (step, at);
                if (_of[step].Times == 0) Seen.Add(step);
                _of[step].Add(at);
            }
        }
    }

    /// <summary>When a kind of step was done so far: how often, first, last, and sums of the moments and of their squares.</summary>
    private struct Earlier
    {
        public long Times, First, Last;
        public Int128 Sum, Squares;

        public void Add(long at)
        {
            if (Times++ == 0) First = at;
            Last = at;
            Sum += at;
            Squares += (Int128)at * at;
        }
    }

    /// <summary>Sums of times between two kinds of steps.</summary>
    private struct Sums
    {
        public long Times;
        private int _cases, _lastCase;
        private Int128 _sum, _squares;

        public void Add(in Earlier earlier, long at, int inCase)
        {
            Times += earlier.Times;
            // Cases are counted from 1 here, because 0 stands for none yet.
            if (_lastCase != inCase + 1) (_cases, _lastCase) = (_cases + 1, inCase + 1);
            _sum += (Int128)at * earlier.Times - earlier.Sum;
            _squares += (Int128)at * at * earlier.Times - 2 * (Int128)at * earlier.Sum + earlier.Squares;
        }

        public readonly TimeBetween Between(int from, int to)
        {
            // n times the sum of squares less the square of the sum: exact, and brought to seconds only then.
            var spread = (BigInteger)_squares * Times - (BigInteger)_sum * _sum;
            var deviation = Times == 1 ? 0 : Math.Sqrt((double)spread / Times / (Times - 1)) / Second;
            return new(from, to, Times, _cases, (double)_sum / Times / Second, deviation);
        }
    }
}
