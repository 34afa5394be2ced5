namespace Concentric.Serve.Messages;

/// <summary>What became of a message, in words for staff.</summary>
internal static class DeliveryWords
{
    public static string Of(Delivery delivery) => delivery switch
    {
        Delivery.Delivered => "Arrived",
        Delivery.PermanentFailure => "Nobody has that address or number",
        Delivery.TemporaryFailure => "It could not be delivered for days: the mailbox was full or the phone switched off",
        Delivery.TechnicalFailure => "Something failed at the message service or at the phone company",
        _ => "Sent; whether it arrived was not told",
    };

    /// <summary>A kind of failure as a heading of the list.</summary>
    public static string Of(DoorFault fault) => fault switch
    {
        DoorFault.Address => "Nobody has that address or number",
        DoorFault.Content => "The message service does not take what is written",
        DoorFault.Later => "Turned away at every try",
        DoorFault.Away => "The message service failed at every try",
        DoorFault.Busy => "The message service was busy",
        DoorFault.Setup => "The message service is not set up for it",
        _ => "Sent, and did not arrive",
    };

    /// <summary>What can be done about it.</summary>
    public static string Help(DoorFault fault) => fault switch
    {
        DoorFault.Address => "Ask the citizen for the right one. Sending it again will not help.",
        DoorFault.Content => "Tell whoever runs the website. Sending it again helps once that is put right.",
        DoorFault.Setup => "Whoever runs the website checks the key, the templates and the account. Then send them again.",
        DoorFault.NotDelivered => "Reach the citizen another way, or send it again.",
        _ => "Send them again once the message service works.",
    };

    /// <summary>Where a message stands.</summary>
    public static string Of(Message message) => message switch
    {
        { AgainAs: not null } => "Did not arrive, and was sent again",
        { Delivery: { } delivery } => Of(delivery),
        { SentAt: not null } => "Sent",
        { IsFailed: true } => $"Not sent: {Small(message.Error ?? "the reason is not known")}",
        { Error: { } error } => $"Waits: {Small(error)}",
        _ => "Waits to be sent",
    };

    // A reason begins like a sentence, but not after a colon; names keep their capitals.
    private static string Small(string words) => words.StartsWith("The ", StringComparison.Ordinal) || words.StartsWith("Nobody ", StringComparison.Ordinal) || words.StartsWith("It ", StringComparison.Ordinal)
        ? $"{char.ToLowerInvariant(words[0])}{words[1..]}"
        : words;
}
