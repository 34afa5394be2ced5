using System.Xml;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Journeys.Reading;

/// <summary>An event log in XES (IEEE 1849), read forwards. Only what journeys need is taken: names, time, transition, resource, group and channel.</summary>
/// <remarks>
/// Traces of the same name are one case; a trace without a name is a case of its own. An event of the transition "start" is joined to the next "complete" of the
/// same activity (and instance, where it has one) in its trace, and is no event of its own; one that nothing completes stays.
/// </remarks>
internal sealed class XesLog : XmlRecords
{
    private const int NoName = -1;

    private readonly EventLogBuilder _to;
    private readonly LeftOut _left = new();
    private readonly List<Pending> _trace = [];
    private readonly Dictionary<(int Activity, string Instance), Queue<int>> _begun = [];
    private readonly XmlNames _is;
    private string _traceName = "", _traceChannel = "", _traceGroup = "";
    private long _read, _instances;
    private int _nameless;

    private XesLog(Stream text, EventLogBuilder to) : base(text, ReadJourneys.Format(FileFormat.Xes), ReadJourneys.Limits) => (_to, _is) = (to, new(Xml.NameTable));

    /// <exception cref="ImportRefusedException">It is no XES, or nothing in it can be used.</exception>
    public static ReadLog Read(Stream file) => Read(file, new());

    /// <param name="to">Gathers the events, up to its limits.</param>
    internal static ReadLog Read(Stream file, EventLogBuilder to)
    {
        using var bytes = FileBytes.Open(file, ReadJourneys.Limits, ReadJourneys.Format(FileFormat.Xes));
        using var log = new XesLog(bytes.Text, to);
        log.ReadAll();
        return new(log._to.Build(), log._left.Sentences(log._to.Events));
    }

    protected override bool TryAdd(CsvBlock block) => throw new NotSupportedException();

    private void ReadAll()
    {
        var (isLog, traceDepth) = (false, 0);
        while (Next())
        {
            if (Xml.NodeType == XmlNodeType.EndElement && traceDepth > 0 && Xml.Depth == traceDepth) (traceDepth, _) = (0, EndTrace());
            if (Xml.NodeType != XmlNodeType.Element) continue;
            var name = Xml.LocalName;
            if (!isLog && !ReferenceEquals(name, _is.Log)) throw new ImportRefusedException($"This is not an event log in XES: it begins with <{Cut(name)}> and not with <log>.", Line);
            isLog = true;
            if (traceDepth == 0)
            {
                if (!ReferenceEquals(name, _is.Trace)) continue;
                if (!Xml.IsEmptyElement) traceDepth = Xml.Depth;
            }
            else if (Xml.Depth == traceDepth + 1)
            {
                if (ReferenceEquals(name, _is.Event)) ReadEvent();
                else ReadTraceAttribute();
            }
        }
    }

    private void ReadTraceAttribute()
    {
        switch (Xml.GetAttribute("key"))
        {
            case "concept:name": _traceName = Value(); break;
            case "channel": _traceChannel = Value(); break;
            case "org:group" or "org:organization": _traceGroup = Value(); break;
        }
    }

    private void ReadEvent()
    {
        var (line, depth) = (Line, Xml.Depth);
        var (activity, time, resource, group, channel, transition, instance) = ("", "", "", "", "", "", "");
        if (!Xml.IsEmptyElement)
        {
            while (Next() && Xml.Depth > depth)
            {
                // What stands inside an attribute says more of it, and nothing of the event.
                if (Xml.NodeType != XmlNodeType.Element || Xml.Depth != depth + 1) continue;
                switch (Xml.GetAttribute("key"))
                {
                    case "concept:name": activity = Value(); break;
                    case "time:timestamp": time = Value(); break;
                    case "org:resource": resource = Value(); break;
                    case "org:group" or "org:organization": group = Value(); break;
                    case "channel": channel = Value(); break;
                    case "lifecycle:transition": transition = Value(); break;
                    case "concept:instance": instance = Value(); break;
                }
            }
        }
        _read++;
        if (string.IsNullOrWhiteSpace(activity)) _left.Tell("without a name (concept:name) left out", line);
        else if (time.Length == 0) _left.Tell("without a time (time:timestamp) left out", line);
        else if (!LogTime.TryRead(time, out var at, out var hasOffset)) _left.Tell("with a time that is none left out", line);
        else
        {
            if (!hasOffset) _left.Tell("whose time says no offset from UTC, taken as UTC", line);
            // A trace is held until it ends, however long it is.
            _to.Room(_trace.Count + 1);
            _to.RoomForNames(_instances += instance.Length);
            _trace.Add(new(_to.Activity(activity), at, _read, _to.Resource(resource), _to.Team(group), _to.Channel(channel), Step(transition), instance));
        }
    }

    private string Value()
    {
        var value = Xml.GetAttribute("value") ?? "";
        return value.Length <= ReadJourneys.Limits.MostFieldLength ? value : throw new ImportRefusedException($"A value on line {Line} is longer than {ReadJourneys.Limits.MostFieldLength} characters.", Line);
    }

    private int EndTrace()
    {
        // The name may stand behind the events.
        var name = _traceName.Length > 0 ? _to.Case(_traceName) : _trace.Count > 0 ? _to.Case($"(trace {++_nameless} without a name)") : NoName;
        var (group, traceChannel) = (_to.Team(_traceGroup), _to.Channel(_traceChannel));
        if (_trace.Exists(e => e.Step == Transition.Start)) JoinStarts();
        foreach (var one in _trace)
        {
            if (one.IsJoined) continue;
            _to.Add(new(name, one.Activity, one.At, one.Sequence)
            {
                Resource = one.Resource, Team = one.Team != 0 ? one.Team : group, Channel = one.Channel != 0 ? one.Channel : traceChannel, Began = one.Began,
            });
        }
        _trace.Clear();
        _instances = 0;
        (_traceName, _traceChannel, _traceGroup) = ("", "", "");
        return name;
    }

    private void JoinStarts()
    {
        _begun.Clear();
        // By time, and at the same moment by place: what is read is not always in order.
        var order = Enumerable.Range(0, _trace.Count).OrderBy(i => _trace[i].At).ThenBy(i => i).ToList();
        foreach (var i in order)
        {
            var one = _trace[i];
            if (one.Step == Transition.Other) continue;
            if (!_begun.TryGetValue((one.Activity, one.Instance), out var waiting)) _begun.Add((one.Activity, one.Instance), waiting = new());
            if (one.Step == Transition.Start) waiting.Enqueue(i);
            else if (waiting.TryDequeue(out var start))
            {
                _trace[start] = _trace[start] with { IsJoined = true };
                _trace[i] = one with { Began = _trace[start].At };
            }
        }
    }

    private static Transition Step(string transition) =>
        transition.Equals("start", StringComparison.OrdinalIgnoreCase) ? Transition.Start : transition.Equals("complete", StringComparison.OrdinalIgnoreCase) ? Transition.Complete : Transition.Other;

    private static string Cut(string name) => name.Length > 50 ? name[..50] : name;

    private enum Transition : byte { Other, Start, Complete }

    private readonly record struct Pending(int Activity, long At, long Sequence, int Resource, int Team, int Channel, Transition Step, string Instance)
    {
        public long Began { get; init; } = EventLog.NotKnown;
        public bool IsJoined { get; init; }
    }

    /// <summary>The names of elements as the reader keeps them, so that one look tells whether it is the same.</summary>
    private sealed class XmlNames(XmlNameTable table)
    {
        public string Log { get; } = table.Add("log");
        public string Trace { get; } = table.Add("trace");
        public string Event { get; } = table.Add("event");
    }
}
