using Concentric.Core;
using Concentric.Core.People;

namespace Concentric.Serve.Cases;

/// <summary>A step or wait of a case that is open.</summary>
/// <param name="Since">When it was come to.</param>
/// <param name="DueOn">Day by which it is to be done, or on which a wait is over; null where there is none.</param>
public sealed record OpenNode(ProcessNode Node, DateTimeOffset Since, DateOnly? DueOn)
{
    public string Id => Node.Id;
}

/// <summary>How a case stands: a pure function of its process and of what happened to it.</summary>
public sealed class CaseState
{
    private readonly Process _process;
    private readonly WorkingCalendar _calendar;
    private readonly Dictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _doneBy = new(StringComparer.Ordinal);
    private readonly List<string> _passed = [];
    private readonly List<(DateOnly From, DateOnly? To)> _pauses = [];
    private Marking _marking = null!;
    private readonly Dictionary<string, int> _told = new(StringComparer.Ordinal);
    private DateTimeOffset _promisedFrom;

    private CaseState(Process process, WorkingCalendar calendar) => (_process, _calendar, Team) = (process, calendar, process.Team);

    /// <param name="events">What happened, in its order; the first is <see cref="CaseEventKind.Begun"/>.</param>
    /// <exception cref="RefusedException">Something happened that could not, as <see cref="Refusal"/> says.</exception>
    public static CaseState Of(Process process, IEnumerable<CaseEvent> events, WorkingCalendar calendar)
    {
        var state = new CaseState(process, calendar);
        foreach (var e in events) state.Apply(e);
        return state;
    }

    /// <summary>Whose it is now.</summary>
    public string Team { get; private set; }

    /// <summary>Who took it on; null where nobody did.</summary>
    public Guid? Owner { get; private set; }

    /// <summary>Since when nothing can be done until the citizen has answered, and what was asked; null while work goes on.</summary>
    public (DateTimeOffset Since, string? Asked)? Pause { get; private set; }

    /// <summary>How it ended; null while it is open.</summary>
    public (CaseOutcome Outcome, DateTimeOffset At, string? Node, string? Reason)? End { get; private set; }

    /// <summary>How often it was reopened.</summary>
    public int Reopenings { get; private set; }

    /// <summary>Letters that the last thing that happened sends, in their order.</summary>
    public IReadOnlyList<CaseLetter> LettersNow => [.. _passed.Select(id => _process.Node(id)!).Where(n => n.Kind == NodeKind.Letter).Select(n => _process.Letters.First(l => l.Id == n.Letter))];

    /// <summary>Steps and waits that are open, in the order of the process.</summary>
    public IReadOnlyList<OpenNode> Open =>
        [.. _process.Nodes.Where(n => _marking.Open.Contains(n.Id)).Select(n => new OpenNode(n, _since[n.Id], n.Days is { } days ? Due(_since[n.Id], days) : null))];

    /// <summary>The stage that the citizen is told of: that of the first open step; null once it has ended.</summary>
    public Stage? Stage => Open.Select(o => o.Node.Stage).FirstOrDefault() is { } id ? _process.Stages.First(s => s.Id == id) : null;

    /// <summary>Day by which the whole is promised; of a case that was reopened, counted from then.</summary>
    /// <param name="promiseDays">Working days that were promised, as the form says; null: as the process says.</param>
    public DateOnly DueOn(int? promiseDays = null) => Due(_promisedFrom, promiseDays ?? _process.PromiseDays);

    /// <summary>Who is to be told next of each open step, and the day from which; the soonest first. None while it waits for the citizen.</summary>
    /// <param name="promiseDays">As of <see cref="DueOn"/>: by which a step is due that has no days of its own.</param>
    public IEnumerable<(string Node, Role To, DateOnly From)> Escalations(int? promiseDays = null) => Pause is not null ? [] :
        Open.Where(o => o.Node.Kind == NodeKind.Step && _told.GetValueOrDefault(o.Id) < _process.Escalation.Count).Select(o => (Open: o, Rung: _process.Escalation[_told.GetValueOrDefault(o.Id)]))
            .Select(x => (x.Open.Id, x.Rung.To, _calendar.Add(x.Open.DueOn ?? DueOn(promiseDays), x.Rung.Days).AddDays(1))).OrderBy(x => x.Item3);

    /// <summary>The highest who was told that a step is overdue which is open still.</summary>
    public Role? EscalatedTo => _told.Values.Select(n => (int?)n).Max() is { } rungs ? _process.Escalation[rungs - 1].To : null;

    /// <summary>Why that cannot happen to the case as it stands.</summary>
    /// <returns>Null where it can happen; otherwise why not, in words for staff.</returns>
    public string? Refusal(CaseEvent e)
    {
        if (e.Kind == CaseEventKind.Begun) return _marking is null ? null : "It has begun already.";
        if (_marking is null) return "It has not begun.";
        if (e.Kind == CaseEventKind.Noted) return null;
        if (e.Kind == CaseEventKind.Reopened) return End is not null ? null : "It is open.";
        if (End is not null) return "It has ended. Reopen it first.";
        return e.Kind switch
        {
            CaseEventKind.StepDone => StepRefusal(e),
            CaseEventKind.WaitOver => Pause is not null ? "It waits for the citizen: no days run." : _marking.Open.Contains(e.Node!) && _process.Node(e.Node!)!.Kind == NodeKind.Wait ? null : "It does not wait there.",
            CaseEventKind.Paused => Pause is null ? null : "It waits for the citizen already.",
            CaseEventKind.Resumed => Pause is not null ? null : "It does not wait for the citizen.",
            CaseEventKind.Escalated => Pause is not null ? "It waits for the citizen: no days run." : Escalations().Any(x => x.Node == e.Node) ? null : "Everybody has been told.",
            CaseEventKind.HandedOver => string.IsNullOrWhiteSpace(e.Team) ? "Choose a team." : e.Team == Team ? "It is with that team." : string.IsNullOrWhiteSpace(e.Note) ? "Say why it is handed over." : null,
            CaseEventKind.Owned => e.Owner == Owner ? e.Owner is null ? "It is nobody’s already." : "It is theirs already." : null,
            _ => null,
        };
    }

    private string? StepRefusal(CaseEvent e)
    {
        if (e.Node is null || !_marking.Open.Contains(e.Node) || _process.Node(e.Node) is not { Kind: NodeKind.Step } node) return "That step is not open: somebody may have done it in the meantime.";
        if (node.NotBy.FirstOrDefault(o => _doneBy.GetValueOrDefault(o) == e.By) is { } other) return $"Somebody else must do this: you did “{_process.Node(other)!.Name}”.";
        return node.Next.Count == 1 || node.Next.Any(f => f.To == e.Way) ? null : "Choose what was found.";
    }

    private void Apply(CaseEvent e)
    {
        if (Refusal(e) is { } why) throw new RefusedException(why);
        _passed.Clear();
        switch (e.Kind)
        {
            case CaseEventKind.Begun:
                _promisedFrom = e.At;
                Team = e.Team ?? Team;
                Move(Marking.Begin(_process, _passed, []), e);
                break;
            case CaseEventKind.StepDone or CaseEventKind.WaitOver:
                var node = _process.Node(e.Node!)!;
                _doneBy[node.Id] = e.By;
                Leave(node.Id);
                Move(_marking.On(_process, node.Id, node.Next.FirstOrDefault(f => f.To == e.Way) ?? node.Next[0], _passed, []), e);
                // Who does a step while it waits for the citizen has what was asked for.
                if (Pause is not null && e.Kind == CaseEventKind.StepDone) Resume(e.At);
                break;
            case CaseEventKind.Paused:
                Pause = (e.At, e.Note);
                _pauses.Add((Say.DayOf(e.At), null));
                break;
            case CaseEventKind.Resumed:
                Resume(e.At);
                break;
            case CaseEventKind.HandedOver:
                // Nobody of the other team has taken it on yet.
                (Team, Owner) = (e.Team!, null);
                break;
            case CaseEventKind.Owned:
                Owner = e.Owner;
                break;
            case CaseEventKind.Escalated:
                _told[e.Node!] = _told.GetValueOrDefault(e.Node!) + 1;
                break;
            case CaseEventKind.Withdrawn:
                if (Pause is not null) Resume(e.At);
                End = (CaseOutcome.Withdrawn, e.At, null, e.Note);
                _marking = Marking.Nowhere;
                _told.Clear();
                break;
            case CaseEventKind.Reopened:
                Reopenings++;
                End = null;
                _since.Clear();
                _told.Clear();
                _promisedFrom = e.At;
                Move(_process.ReopenAt is { } step ? Marking.At(step, _passed) : Marking.Begin(_process, _passed, []), e);
                break;
        }
    }

    private void Leave(string node)
    {
        _since.Remove(node);
        _told.Remove(node);
    }

    private void Move(Marking marking, CaseEvent e)
    {
        _marking = marking;
        foreach (var id in marking.Open) _since.TryAdd(id, e.At);
        if (marking.End is not null) _told.Clear();
        if (marking.End is { } end) End = (_process.Node(end)!.Outcome!.Value, e.At, end, e.Note);
    }

    private void Resume(DateTimeOffset at)
    {
        Pause = null;
        _pauses[^1] = (_pauses[^1].From, Say.DayOf(at));
    }

    /// <summary>So many working days after, less those on which it waited for the citizen. While it waits, the day on which it would be due were it to go on today is not known: it is as though it went on at once.</summary>
    private DateOnly Due(DateTimeOffset since, int days)
    {
        // On a day off nothing runs yet.
        var from = _calendar.Add(Say.DayOf(since), 0);
        var paused = _pauses.Where(p => p.To is not null && p.To > from).Sum(p => _calendar.Between(p.From > from ? p.From : from, p.To!.Value));
        return _calendar.Add(from, days + paused);
    }
}
