namespace Concentric.Serve.Messages;

/// <summary>The way out of the house for messages: the council's mail server, or a service that sends for it.</summary>
internal interface IMessageDoor
{
    /// <summary>Hands one message over. Never throws for what is wrong outside.</summary>
    Task<DoorAnswer> Send(Message message, CancellationToken stop);
}

/// <summary>What came of handing a message over.</summary>
/// <param name="Error">What went wrong, without the address; null where it was taken.</param>
/// <param name="IsFinal">Trying again would be no use.</param>
internal sealed record DoorAnswer(string? Error = null, bool IsFinal = false)
{
    public static DoorAnswer Taken { get; } = new();
}
