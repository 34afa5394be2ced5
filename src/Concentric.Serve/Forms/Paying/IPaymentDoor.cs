namespace Concentric.Serve.Forms;

/// <summary>The way to whoever takes card payments for the council. It never throws for what is wrong outside.</summary>
internal interface IPaymentDoor
{
    /// <summary>Its short name, as it stands beside each attempt.</summary>
    string Name { get; }

    /// <summary>Where a form of ours may lead by way of it, as a source of the Content-Security-Policy; null where it stays on this site.</summary>
    string? FormsTo { get; }

    /// <summary>Makes a payment. The same key again makes no second one.</summary>
    Task<PaymentAnswer> Create(PaymentWanted wanted, CancellationToken stop = default);

    /// <summary>How a payment stands.</summary>
    Task<PaymentAnswer> Find(string id, CancellationToken stop = default);
}

/// <summary>A payment that the provider is to take.</summary>
/// <param name="Key">Names this attempt, so that asking twice makes one payment.</param>
/// <param name="ReturnTo">Address of ours to which the citizen comes back.</param>
internal sealed record PaymentWanted(string Key, long AmountPence, string Reference, string Description, string ReturnTo, Language Language);

/// <summary>What the provider said, or why it said nothing that can be used.</summary>
internal sealed record PaymentAnswer(PaymentTold? Told, PaymentFault? Fault = null)
{
    public static PaymentAnswer Of(PaymentFault fault) => new(null, fault);
}

/// <summary>A payment as the provider tells of it.</summary>
/// <param name="Next">Where the citizen goes to pay; null where nothing is left to do there.</param>
internal sealed record PaymentTold(string Id, long AmountPence, string Reference, ProviderState State, string? Next);

/// <summary>How a payment stands at the provider's: GOV.UK Pay's own words.</summary>
internal enum ProviderState { Created, Started, Submitted, Capturable, Success, Failed, Cancelled, Error }

internal enum PaymentFault
{
    /// <summary>It is not there, too busy, or does not answer in time: later it may.</summary>
    Away,

    /// <summary>It will not do what was asked: the key is wrong, or something in the request.</summary>
    Refused,

    /// <summary>It does not know the payment.</summary>
    Unknown,

    /// <summary>It answered something that cannot be understood.</summary>
    Unusable,
}
