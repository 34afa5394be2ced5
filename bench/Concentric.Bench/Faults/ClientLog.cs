namespace Concentric.Bench.Faults;

/// <summary>What a client knows of one sending.</summary>
internal enum Outcome
{
    /// <summary>Sent, and nothing came back: it may have been kept or not.</summary>
    Unknown,

    /// <summary>The program said that it has it, and under which reference.</summary>
    Acknowledged,

    /// <summary>The program said that it does not have it.</summary>
    Refused,
}

/// <summary>One enquiry as its client saw it. Written down before it is sent, so that nothing sent is missing.</summary>
internal sealed class Sending(int number, int round, int client, Guid token, TimeSpan at)
{
    public int Number { get; } = number;
    public int Round { get; } = round;
    public int Client { get; } = client;

    /// <summary>The idempotency token, of this enquiry alone.</summary>
    public Guid Token { get; } = token;

    /// <summary>Since the run began.</summary>
    public TimeSpan At { get; } = at;

    public Outcome Outcome { get; set; }

    /// <summary>The reference of the answer, where one came.</summary>
    public string? Reference { get; set; }

    /// <summary>The reference when the same was sent again, or null where it was not.</summary>
    public string? ReferenceAgain { get; set; }
}
