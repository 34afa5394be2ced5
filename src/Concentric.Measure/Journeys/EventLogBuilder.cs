using System.Runtime.InteropServices;
using Concentric.Core;

namespace Concentric.Measure.Journeys;

/// <summary>Gathers events in whatever order they come, and puts them in theirs.</summary>
public sealed class EventLogBuilder
{
    /// <summary>Most events that a log may have here: what goes into memory has an end.</summary>
    public const int MostEvents = 20_000_000;

    /// <summary>Most characters that all its different names may have together.</summary>
    public const long MostNamed = 400_000_000;

    private readonly int _mostEvents;
    private readonly long _mostNamed;
    private readonly List<JourneyEvent> _events = [];
    private readonly NameList _cases = new(), _activities = new(), _resources = new(""), _teams = new(""), _channels = new("");
    private bool _hasResource, _hasTeam, _hasChannel, _hasBegan, _hasOrigin;

    public EventLogBuilder() : this(MostEvents, MostNamed) { }

    /// <summary>For tests: with limits that a small log reaches.</summary>
    internal EventLogBuilder(int mostEvents, long mostNamed) => (_mostEvents, _mostNamed) = (mostEvents, mostNamed);

    public int Events => _events.Count;

    /// <summary>The number of the case of that name, which gets the next one if it is new; likewise the others.</summary>
    /// <exception cref="RefusedException">The names are longer together than <see cref="MostNamed"/>.</exception>
    public int Case(ReadOnlySpan<char> name) => Number(_cases, name);

    public int Activity(ReadOnlySpan<char> name) => Number(_activities, name);

    /// <remarks>An empty name is 0: not known.</remarks>
    public int Resource(ReadOnlySpan<char> name) => Number(_resources, name);

    public int Team(ReadOnlySpan<char> name) => Number(_teams, name);
    public int Channel(ReadOnlySpan<char> name) => Number(_channels, name);

    /// <exception cref="RefusedException">There are more than <see cref="MostEvents"/>.</exception>
    public void Add(in JourneyEvent one)
    {
        Room(1);
        _events.Add(one);
        _hasResource |= one.Resource != 0;
        _hasTeam |= one.Team != 0;
        _hasChannel |= one.Channel != 0;
        _hasBegan |= one.Began != EventLog.NotKnown;
        _hasOrigin |= one.Origin >= 0;
    }

    /// <summary>Refuses where so many more events, which a reader still holds, would be too many.</summary>
    /// <exception cref="RefusedException">There are more than <see cref="MostEvents"/>.</exception>
    public void Room(long more)
    {
        if (_events.Count + more > _mostEvents) throw new RefusedException($"The log has more than {Say.Number(_mostEvents)} events, which is more than is read here. Cut it by period.");
    }

    /// <summary>Refuses where so many more characters, which a reader still holds, would be too many.</summary>
    /// <exception cref="RefusedException">They are longer together than <see cref="MostNamed"/>.</exception>
    public void RoomForNames(long more)
    {
        var all = _cases.Characters + _activities.Characters + _resources.Characters + _teams.Characters + _channels.Characters;
        if (all + more > _mostNamed) throw new RefusedException($"The names in the log have more than {Say.Number(_mostNamed)} characters together, which is more than is read here. Cut it by period.");
    }

    private int Number(NameList names, ReadOnlySpan<char> name)
    {
        var before = names.Count;
        var number = names.Number(name);
        if (names.Count > before) RoomForNames(0);
        return number;
    }

    /// <summary>The log of what was added. Cases stand in the order in which they first came.</summary>
    public EventLog Build() => Build(null);

    /// <param name="own">What else is known, where the cases are our own.</param>
    internal EventLog Build(OwnCases? own)
    {
        var events = CollectionsMarshal.AsSpan(_events);
        var (starts, rows) = ByCase(events, _cases.Count);
        for (var c = 0; c + 1 < starts.Length; c++) Sort(events, rows.AsSpan(starts[c], starts[c + 1] - starts[c]));
        var columns = new EventColumns(Column(rows, e => e.Case), Column(rows, e => e.Activity), Column(rows, e => e.At))
        {
            Resource = _hasResource ? Column(rows, e => e.Resource) : null,
            Team = _hasTeam ? Column(rows, e => e.Team) : null,
            Channel = _hasChannel ? Column(rows, e => e.Channel) : null,
            Began = _hasBegan ? Column(rows, e => e.Began) : null,
            Origin = _hasOrigin ? Column(rows, e => e.Origin) : null,
        };
        return new(starts, columns, new(_activities.Names, _resources.Names, _teams.Names, _channels.Names, _cases.Name)) { Own = own };
    }

    /// <summary>Rows by case, in each as they came. Cases without an event, such as a trace with nothing in it, have no place.</summary>
    private static (int[] Starts, int[] Rows) ByCase(ReadOnlySpan<JourneyEvent> events, int cases)
    {
        var at = new int[cases + 1];
        foreach (ref readonly var one in events) at[one.Case + 1]++;
        for (var c = 0; c < cases; c++) at[c + 1] += at[c];
        var starts = new List<int>(cases + 1) { 0 };
        for (var c = 1; c <= cases; c++)
        {
            if (at[c] > starts[^1]) starts.Add(at[c]);
        }
        var rows = new int[events.Length];
        for (var i = 0; i < events.Length; i++) rows[at[events[i].Case]++] = i;
        return ([.. starts], rows);
    }

    private void Sort(ReadOnlySpan<JourneyEvent> events, Span<int> rows)
    {
        for (var i = 1; i < rows.Length; i++)
        {
            if (Compare(events[rows[i - 1]], events[rows[i]]) <= 0) continue;
            rows.Sort((a, b) => Compare(_events[a], _events[b]));
            return;
        }
    }

    private static int Compare(in JourneyEvent a, in JourneyEvent b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Sequence.CompareTo(b.Sequence);

    private T[] Column<T>(int[] rows, Func<JourneyEvent, T> field)
    {
        var column = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++) column[i] = field(_events[rows[i]]);
        return column;
    }

    /// <summary>Names with numbers, in the order in which they came.</summary>
    private sealed class NameList
    {
        private readonly List<string> _names = [];
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

        public NameList(params ReadOnlySpan<string> first)
        {
            _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
            foreach (var name in first) Number(name);
        }

        public int Count => _names.Count;

        /// <summary>Of all names together.</summary>
        public long Characters { get; private set; }

        public IReadOnlyList<string> Names => _names;

        public string Name(int number) => _names[number];

        public int Number(ReadOnlySpan<char> name)
        {
            if (_lookup.TryGetValue(name, out var number)) return number;
            var text = name.ToString();
            _numbers.Add(text, number = _names.Count);
            _names.Add(text);
            Characters += text.Length;
            return number;
        }
    }
}
