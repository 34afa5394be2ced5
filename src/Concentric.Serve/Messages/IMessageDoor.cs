namespace Concentric.Serve.Messages;

/// <summary>The way out of the house for messages: the council's mail server, or a service that sends for it.</summary>
internal interface IMessageDoor
{
    /// <summary>What staff know it by.</summary>
    string Name { get; }

    /// <summary>Most messages that it takes in a minute; null where it sets no limit.</summary>
    int? Rate { get; }

    /// <summary>Whether what becomes of a message can be asked of it afterwards.</summary>
    bool TellsDelivery { get; }

    bool Takes(MessageChannel channel);

    /// <summary>Hands one message over. Never throws for what is wrong outside. One that may have been sent before is looked for first, where the door can.</summary>
    Task<DoorAnswer> Send(Message message, CancellationToken stop);

    /// <summary>What became of a message that it took.</summary>
    Task<DeliveryAnswer> Ask(Message message, CancellationToken stop);
}

/// <summary>What was wrong with handing a message over: whose it is to mend, and so what is done next.</summary>
public enum DoorFault
{
    /// <summary>Nobody has that address or number. Not tried again.</summary>
    Address,

    /// <summary>The door does not take what is written. Not tried again.</summary>
    Content,

    /// <summary>This message was turned away for now. Tried again, ever more seldom.</summary>
    Later,

    /// <summary>The door is away. All that goes by it waits.</summary>
    Away,

    /// <summary>The door has taken as much as it takes at a time. All that goes by it waits.</summary>
    Busy,

    /// <summary>Keys, templates or the account are not in order. All that goes by it waits for whoever runs the website.</summary>
    Setup,

    /// <summary>The door took it, and it did not arrive.</summary>
    NotDelivered,
}

/// <summary>What came of handing a message over.</summary>
/// <param name="Error">What went wrong, in words for staff and without the address; null where it was taken.</param>
/// <param name="Fault">Which kind of thing that was.</param>
/// <param name="IsUnsure">It may have been sent all the same.</param>
/// <param name="UnsureSince">Since when, where that could not be found out now; null for since this try.</param>
/// <param name="DoorId">What the door calls what it took.</param>
/// <param name="Wait">How long the door wants to be left alone; null where it did not say.</param>
internal sealed record DoorAnswer(string? Error = null, DoorFault? Fault = null, bool IsUnsure = false, DateTimeOffset? UnsureSince = null, string? DoorId = null, TimeSpan? Wait = null)
{
    public static DoorAnswer Taken { get; } = new();

    /// <summary>Trying again would be no use.</summary>
    public bool IsFinal => Fault is DoorFault.Address or DoorFault.Content;

    /// <summary>It is not this message's fault: no other would be taken either.</summary>
    public bool ClosesDoor => Fault is DoorFault.Away or DoorFault.Busy or DoorFault.Setup;
}

/// <summary>What the door says of a message that it took.</summary>
/// <param name="Delivery">Null where it does not know yet, or could not be asked.</param>
/// <param name="Closed">It could not be asked: nor will it be for the next one.</param>
internal sealed record DeliveryAnswer(Delivery? Delivery, bool Closed = false);
