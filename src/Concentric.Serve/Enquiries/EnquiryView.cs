using Concentric.Core.Facts;

namespace Concentric.Serve.Enquiries;

/// <summary>An enquiry as its page shows it.</summary>
public sealed record EnquiryView
{
    public required string Reference { get; init; }

    /// <summary>Id of the citizen whose it is; null where they cannot be found again.</summary>
    public required Guid? Citizen { get; init; }

    public required string? Service { get; init; }
    public required string Words { get; init; }
    public required string Email { get; init; }
    public required string Channel { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }
    public required string? Answer { get; init; }
    public required DateTimeOffset? AnsweredAt { get; init; }
    public required bool Resolved { get; init; }
    public required Demand Demand { get; init; }

    /// <summary>What it was coded as, in words; null where it was not coded.</summary>
    public required string? DemandType { get; init; }

    public required string? Cause { get; init; }
    public required string? OwnWords { get; init; }
    public required DateOnly? OwnWordsUntil { get; init; }

    internal static EnquiryView Of(Enquiry enquiry) => new()
    {
        Reference = $"{enquiry.Reference}",
        Citizen = enquiry.CitizenId,
        Service = enquiry.Service,
        Words = enquiry.Words,
        Email = enquiry.Email,
        Channel = Channels.Find(enquiry.Channel)?.Label ?? enquiry.Channel,
        RaisedAt = enquiry.RaisedAt,
        Answer = enquiry.Answer?.Text,
        AnsweredAt = enquiry.Answer?.At,
        Resolved = enquiry.Answer?.Resolved is true,
        Demand = enquiry.Coding?.Demand ?? Demand.NotCoded,
        DemandType = enquiry.Coding?.DemandType?.Words,
        Cause = enquiry.Cause?.Name,
        OwnWords = enquiry.Coding?.Words,
        OwnWordsUntil = enquiry.Coding?.WordsKeptUntil,
    };
}
