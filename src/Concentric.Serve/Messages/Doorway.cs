namespace Concentric.Serve.Messages;

/// <summary>A door, what goes by it, and how it stands as this process knows it: while it is away one message in a while knocks, and all others wait.</summary>
internal sealed class Doorway(IMessageDoor door, IReadOnlyList<MessageChannel> channels, TimeProvider clock)
{
    /// <summary>So many must fail one after the other before the door is held to be closed: one may fail for a reason of its own.</summary>
    private const int FailuresToClose = 3;

    /// <summary>Seconds' worth of messages that may go at once after a quiet time.</summary>
    private const int Burst = 10;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private volatile State _state = new(null, null, null, null);
    private int _failures;
    private TimeSpan _wait = FirstWait;
    private double _room = (door.Rate ?? 0) * Burst / 60.0;
    private DateTimeOffset _roomAt = clock.GetUtcNow();

    public IMessageDoor Door => door;
    public IReadOnlyList<MessageChannel> Channels => channels;

    /// <summary>Until when nothing is sent; null while it is open.</summary>
    public DateTimeOffset? ClosedUntil => _state.Until;

    /// <summary>Since when it is closed, without a message taken in between.</summary>
    public DateTimeOffset? ClosedSince => _state.Since;

    /// <summary>Why.</summary>
    public DoorAnswer? Why => _state.Why;

    /// <summary>When it last took something.</summary>
    public DateTimeOffset? TookAt => _state.TookAt;

    /// <summary>It was closed, and the next message finds out whether it still is.</summary>
    public bool IsKnock => ClosedUntil is not null;

    /// <summary>How many messages may go now, of at most so many.</summary>
    public int Room(int most)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (ClosedUntil is { } until) return now < until ? 0 : 1;
            if (door.Rate is not { } rate) return most;
            var full = Math.Max(1, rate * Burst / 60.0);
            _room = Math.Min(full, _room + Math.Max(0, (now - _roomAt).TotalSeconds) * rate / 60);
            _roomAt = now;
            return Math.Min(most, (int)_room);
        }
    }

    /// <summary>Whether it closed since a batch was taken for it.</summary>
    public bool IsClosed => ClosedUntil is { } until && clock.GetUtcNow() < until;

    /// <summary>Hears what came of one message.</summary>
    public void Heard(DoorAnswer answer)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            _room--;
            if (!answer.ClosesDoor)
            {
                // Taken, or turned away with a reason: either way somebody is at home.
                (_failures, _wait, _state) = (0, FirstWait, new(null, null, null, answer.Error is null ? now : TookAt));
                return;
            }
            // Answers that were under way when it closed say nothing new.
            if (ClosedUntil > now || (answer.Fault == DoorFault.Away && ++_failures < FailuresToClose && ClosedSince is null)) return;
            var wait = answer.Wait ?? _wait;
            if (answer.Wait is null) _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
            _state = new(now + wait, ClosedSince ?? now, answer, TookAt);
        }
    }

    // Read without the lock: one reference is never half of two states.
    private sealed record State(DateTimeOffset? Until, DateTimeOffset? Since, DoorAnswer? Why, DateTimeOffset? TookAt);
}
