using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>What somebody said when they were asked how it was. A number is never used again for another.</summary>
public enum FeedbackSaid
{
    /// <summary>They were asked, and nothing came so far.</summary>
    Nothing = 0,
    Good = 1,
    Average = 2,
    Poor = 3,

    /// <summary>They were asked and did not want to say.</summary>
    DidNotWant = 4,

    /// <summary>Nobody asked them, though somebody could have.</summary>
    NotAsked = 5,
}

/// <summary>By what somebody is asked how it was. A number is never used again for another.</summary>
public static class FeedbackWays
{
    /// <summary>A page that whoever wants to opens by themselves: of how many were asked there it says nothing.</summary>
    public const string Page = "page";

    public const string Email = "email";
    public const string Adviser = "adviser";

    private static readonly string[] All = ["", Page, Email, Adviser];

    /// <summary>Its number in the contact store, 0 where it is not known.</summary>
    public static byte Code(string way) => (byte)Math.Max(0, Array.IndexOf(All, way));
}

/// <summary>Somebody was asked how it was: a link was put into an e-mail.</summary>
/// <param name="Id">Of the question; what is said to it carries the same.</param>
/// <param name="Service">LGSL identifier, or null where it is about no one service.</param>
/// <param name="Channel">By which the contact came (<see cref="Channels"/>).</param>
/// <param name="Reference">The enquiry that it was about; null where it was about none.</param>
/// <param name="Team">Whose the enquiry is; empty for the desk's own.</param>
/// <param name="Way">One of <see cref="FeedbackWays"/>.</param>
public sealed record FeedbackAsked(Guid Id, string Council, string? Service, string Channel, string? Reference, string Team, string Way, DateTimeOffset At) : IFact
{
    public string Subject => $"feedback-{Id}";
}

/// <summary>Somebody said how it was, or that they do not want to. Said again it stands in place of what was said before. Never holds what they wrote.</summary>
/// <param name="Id">Of the question.</param>
/// <param name="Service">LGSL identifier, or null where it is about no one service.</param>
/// <param name="Channel">By which the contact came (<see cref="Channels"/>).</param>
/// <param name="Reference">The enquiry that it was about; null where it was about none.</param>
/// <param name="Team">Whose the enquiry is; empty for the desk's own.</param>
/// <param name="Way">One of <see cref="FeedbackWays"/>.</param>
public sealed record FeedbackGiven(Guid Id, string Council, string? Service, string Channel, string? Reference, string Team, string Way, FeedbackSaid Said, DateTimeOffset At) : IFact
{
    public string Subject => $"feedback-{Id}";
}

/// <summary>Whoever read what a citizen said of how it was, a compliment or a complaint, said what was done. Holds no words.</summary>
/// <param name="Id">Of the question.</param>
public sealed record FeedbackDealtWith(Guid Id, string Team, DateTimeOffset At) : IFact
{
    public string Subject => $"feedback-{Id}";
}

/// <summary>A manager said where a team or a person is written to when a citizen said something of them. Never holds the address.</summary>
/// <param name="Team">Its name, empty for the desk's own; null where it is a person's.</param>
/// <param name="Person">Id of the person; null where it is a team's.</param>
/// <param name="IsSet">False: the address was taken away.</param>
public sealed record NoticeAddressSet(string? Team, Guid? Person, bool IsSet) : IFact
{
    public string Subject => Person is { } person ? $"person-{person}" : $"team-{Team}";
}

/// <summary>A manager told the public what people said of a service and what was done, or took it off again.</summary>
/// <param name="Service">LGSL identifier.</param>
/// <param name="IsShown">False: it is not told any more.</param>
public sealed record SaidAndDoneTold(Guid Id, string Service, bool IsShown) : IFact
{
    public string Subject => $"said-{Id}";
}

/// <summary>A manager said how well one side of a service is meant to be.</summary>
/// <param name="Service">LGSL identifier.</param>
/// <param name="Value">From 1 to 7; null: it was taken back.</param>
public sealed record IntendedExperienceSet(string Service, string Dimension, double? Value) : IFact
{
    public string Subject => $"experience-{Service}";
}

/// <summary>A manager began to ask everybody on a page what they expect and get of a service, or stopped.</summary>
/// <param name="Survey">Its answers come and go together.</param>
/// <param name="Service">LGSL identifier.</param>
public sealed record ExperienceAsked(Guid Survey, string Service, bool IsOpen, DateTimeOffset At) : IFact
{
    public string Subject => $"experience-{Service}";
}

/// <summary>Somebody said on that page what they expect and got. Sent again from the same page it stands in place of what was said before. Holds none of it, and nothing of who they are.</summary>
/// <param name="Service">LGSL identifier.</param>
/// <param name="Respondent">Their place in the survey, from 1.</param>
/// <param name="Sides">How many sides of the service they said something of.</param>
public sealed record ExperienceSaid(Guid Survey, string Service, int Respondent, int Sides, DateTimeOffset At) : IFact
{
    public string Subject => $"experience-{Service}";
}

/// <summary>A survey of what people expect and get of a service was taken in, in place of the one before. Holds no answers.</summary>
/// <param name="Service">LGSL identifier.</param>
/// <param name="Respondents">How many people answered it; 0: it was taken off.</param>
public sealed record ExperienceSurveyTaken(Guid Survey, string Service, int Respondents) : IFact
{
    public string Subject => $"experience-{Service}";
}
