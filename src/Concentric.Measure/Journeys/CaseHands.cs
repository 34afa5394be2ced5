namespace Concentric.Measure.Journeys;

/// <summary>In whose hands cases of our own were, and how much of the work on them was measured.</summary>
/// <remarks>
/// A case that somebody has taken on is not one that they work on: that time is work and waiting together, and is never called touch time. What nobody has taken
/// on waits, and so does what the citizen was asked about. Time after a case had ended, until it was reopened, is left out.
/// </remarks>
/// <param name="Citizen">Seconds in which the citizen was asked and had not answered, of all cases together.</param>
/// <param name="Held">Other seconds in which somebody of the staff had taken the case on.</param>
/// <param name="Nobody">Other seconds, in which nobody had.</param>
public sealed record CaseHands(double Citizen, double Held, double Nobody)
{
    /// <summary>Cases in which the citizen was asked something.</summary>
    public required int Asked { get; init; }

    /// <summary>Cases that somebody took on.</summary>
    public required int Taken { get; init; }

    /// <summary>Contacts about these cases, and of how many it is known how long they were worked on.</summary>
    public required int Contacts { get; init; }

    public required int Timed { get; init; }

    /// <summary>Cases that have a contact of which it is known.</summary>
    public required int TimedCases { get; init; }

    /// <summary>Seconds that the contacts of which it is known were worked on.</summary>
    public required double Handling { get; init; }

    /// <summary>Null where the log is not of our own cases.</summary>
    public static CaseHands? Of(EventLog log)
    {
        if (log.Own is not { } own) return null;
        var names = log.Activities;
        var kinds = new Happened[names.Count];
        for (var a = 0; a < kinds.Length; a++) kinds[a] = names[a] switch { "paused" => Happened.Paused, "handed-over" => Happened.HandedOver, "reopened" => Happened.Reopened, "escalated" => Happened.Told, _ => Happened.Other };
        var (seconds, asked, taken, contacts, timed, timedCases, handling) = (new double[3], 0, 0, 0, 0, 0, 0L);
        var moments = new List<Moment>();
        for (var c = 0; c < log.Cases; c++)
        {
            var number = log.Number(c);
            Gather(log, c, kinds, own.Held[number], moments);
            if (Walk(moments, seconds)) asked++;
            if (own.Held[number] is not null) taken++;
            var handled = own.Handled[number];
            (contacts, timed, handling) = (contacts + handled.Contacts, timed + handled.Timed, handling + handled.Seconds);
            if (handled.Timed > 0) timedCases++;
        }
        return new(seconds[0] / EventLog.Second, seconds[1] / EventLog.Second, seconds[2] / EventLog.Second) { Asked = asked, Taken = taken, Contacts = contacts, Timed = timed, TimedCases = timedCases, Handling = handling };
    }

    private enum Happened { Other, Paused, HandedOver, Reopened, Told, TakenOn, LaidDown }

    private readonly record struct Moment(long At, Happened What);

    /// <summary>What happened to one case, by time. What hands did after its last step counts for nothing: the case had ended, or nothing has come of it yet.</summary>
    private static void Gather(EventLog log, int inCase, Happened[] kinds, List<(long At, bool IsHeld)>? held, List<Moment> moments)
    {
        moments.Clear();
        var (from, to) = log.Of(inCase);
        var (at, next) = (log.Columns.At, 0);
        for (var i = from; i < to; i++)
        {
            for (; held is not null && next < held.Count && held[next].At < at[i]; next++) moments.Add(new(Math.Max(held[next].At, at[from]), held[next].IsHeld ? Happened.TakenOn : Happened.LaidDown));
            moments.Add(new(at[i], kinds[log.Columns.Activity[i]]));
        }
    }

    /// <summary>Adds the time between the moments to whoever had the case then.</summary>
    /// <returns>Whether the citizen was asked.</returns>
    private static bool Walk(List<Moment> moments, double[] seconds)
    {
        var (isAsked, isHeld, wasAsked) = (false, false, false);
        for (var i = 0; i < moments.Count; i++)
        {
            if (i > 0 && moments[i].What != Happened.Reopened) seconds[isAsked ? 0 : isHeld ? 1 : 2] += moments[i].At - moments[i - 1].At;
            switch (moments[i].What)
            {
                case Happened.TakenOn:
                    isHeld = true;
                    break;
                case Happened.LaidDown:
                    isHeld = false;
                    break;
                case Happened.HandedOver:
                    // Nobody of the other team has it yet.
                    isHeld = false;
                    break;
                case Happened.Paused:
                    (isAsked, wasAsked) = (true, true);
                    break;
                case Happened.Other or Happened.Reopened:
                    // A step that is done has what was asked for, whether or not it says that the case goes on.
                    isAsked = false;
                    break;
            }
        }
        return wasAsked;
    }
}
