using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>Why somebody of the staff saw a citizen's page.</summary>
public enum LookReason
{
    /// <summary>They talk with them, own something of theirs, or are of the team of something open.</summary>
    Own,

    /// <summary>The citizen got in touch just now, about whatever it is.</summary>
    InTouch,

    /// <summary>To help a colleague with the citizen's case.</summary>
    Colleague,

    /// <summary>To see whether two who are kept are one.</summary>
    Duplicate,

    /// <summary>Somebody may be in danger.</summary>
    Safeguarding,

    /// <summary>The citizen asked what is kept of them, or that it be put right.</summary>
    DataRequest,

    /// <summary>A complaint, or a check of the work.</summary>
    Checking,

    /// <summary>Something else, said in words that are kept apart.</summary>
    Other,
}

/// <summary>How it was said that somebody may be reached by a channel, or may not.</summary>
public enum ConsentSource { Phone, FaceToFace, Writing, Helper }

/// <summary>What somebody who helps a citizen may do for them.</summary>
public enum HelperMay
{
    /// <summary>Ask how things stand, and be told.</summary>
    Ask,

    /// <summary>Ask, and tell us what the citizen wants.</summary>
    Speak,

    /// <summary>Decide for them, as by a power of attorney.</summary>
    Decide,
}

/// <summary>Somebody of the staff saw a citizen's page. What they wrote of it is kept apart.</summary>
/// <param name="Citizen">Id of the citizen.</param>
/// <param name="Look">Id of the look: the same for all rows of one citizen that are joined.</param>
/// <param name="Reason">Why.</param>
public sealed record CitizenViewed(Guid Citizen, Guid Look, LookReason Reason, DateTimeOffset At) : IFact
{
    public string Subject => $"citizen-{Citizen}";
}

/// <summary>Staff said of two citizens who are kept that they are one.</summary>
public sealed record CitizensJoined(Guid First, Guid Second) : IFact
{
    public string Subject => $"citizen-{First}";
}

/// <summary>Staff undid that two citizens are one.</summary>
public sealed record CitizensParted(Guid First, Guid Second) : IFact
{
    public string Subject => $"citizen-{First}";
}

/// <summary>Staff said of two citizens who look alike that they are two.</summary>
public sealed record CitizensToldApart(Guid First, Guid Second) : IFact
{
    public string Subject => $"citizen-{First}";
}

/// <summary>How a citizen wants to be reached was changed.</summary>
/// <param name="Channel">Short name of the channel; null where they have no wish.</param>
/// <param name="Language">Code of the language.</param>
public sealed record CitizenWishChanged(Guid Citizen, string? Channel, string Language) : IFact
{
    public string Subject => $"citizen-{Citizen}";
}

/// <summary>A citizen said whether they may be reached by a channel.</summary>
/// <param name="Channel">Short name of the channel.</param>
public sealed record ConsentSaid(Guid Citizen, string Channel, bool May, ConsentSource Source) : IFact
{
    public string Subject => $"citizen-{Citizen}";
}

/// <summary>Somebody was named who helps a citizen. Their name is kept apart.</summary>
/// <param name="Until">The last day; null for until it is ended.</param>
public sealed record HelperNamed(Guid Citizen, Guid Helper, HelperMay May, DateOnly? Until) : IFact
{
    public string Subject => $"citizen-{Citizen}";
}

/// <summary>Somebody does not help a citizen any more.</summary>
public sealed record HelperEnded(Guid Citizen, Guid Helper) : IFact
{
    public string Subject => $"citizen-{Citizen}";
}

/// <summary>A person who signs in as a citizen showed which citizen they are.</summary>
public sealed record CitizenRecognised(Guid Citizen, Guid Person) : IFact
{
    public string Subject => $"citizen-{Citizen}";
}
