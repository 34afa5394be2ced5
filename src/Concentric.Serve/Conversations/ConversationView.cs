using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.Questions;
using Concentric.Serve.Forms;

namespace Concentric.Serve.Conversations;

/// <summary>A conversation as its one screen shows it.</summary>
public sealed record ConversationView
{
    public required Guid Id { get; init; }

    /// <summary>Short name of its channel.</summary>
    public required string Channel { get; init; }

    public required string ChannelLabel { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What came of it, in words; null while it goes on.</summary>
    public required string? Ended { get; init; }

    public required IReadOnlyList<AskedForm> Forms { get; init; }
    public required QuestionsView? Questions { get; init; }
    public required IReadOnlyList<FormChoiceRow> Choices { get; init; }

    /// <summary>The words by which a form is looked for.</summary>
    public required string? Words { get; init; }

    /// <summary>What the citizen is written to in, by the form that was begun last.</summary>
    public required Language TheirLanguage { get; init; }

    public required CitizenView Citizen { get; init; }
    public required EndView End { get; init; }
    public required Errors Errors { get; init; }

    public string Address => AddressOf(Id);

    public static string AddressOf(Guid id) => $"/desk/conversations/{id:N}";
}

/// <summary>One enquiry of the conversation: a form that is being filled in, was sent or handed over.</summary>
/// <param name="Key">The draft as it stands in addresses; null where it can be opened no more.</param>
public sealed record AskedForm(string? Key, string Title, string State, IReadOnlyList<SentReference> References, bool IsCurrent);

/// <summary>What was sent. What came by a sensitive form is its team’s from then on.</summary>
public sealed record SentReference(string Reference, bool MayOpen);

/// <summary>A form or bundle that can be begun.</summary>
/// <param name="Id">Short name.</param>
public sealed record FormChoiceRow(string Id, string Title, bool IsBundle);

/// <summary>What is known of the person.</summary>
/// <param name="Person">How they are named: e-mail address or number; null where nobody was found yet.</param>
/// <param name="Find">What was looked for.</param>
public sealed record CitizenView(string? Person, IReadOnlyList<EarlierContact> Contacts, IReadOnlyList<KnownRow> Known, IReadOnlyList<NextNeed> Next, string? Find)
{
    /// <summary>Id of the citizen that they are kept as; null where it could be several.</summary>
    public Guid? Citizen { get; init; }
}

/// <summary>Something they asked before.</summary>
public sealed record EarlierContact(string Reference, string What, DateTimeOffset At, bool IsOpen);

/// <summary>A particular that will be offered.</summary>
/// <param name="From">When it was told; null where it was said in this conversation.</param>
public sealed record KnownRow(string Title, string Value, DateOnly? From);

/// <summary>How the conversation can end.</summary>
/// <param name="Kinds">Kinds of demand: value and words.</param>
/// <param name="Services">What it may have been about, where no form was sent.</param>
public sealed record EndView(IReadOnlyList<(string Value, string Words, string Kind)> Kinds, IReadOnlyList<Choice> Services, bool AnythingSent, EndForm Form);

public sealed record EndForm
{
    /// <summary>Name of a <see cref="ConversationOutcome"/>.</summary>
    public string? Outcome { get; init; }

    /// <summary>Id of one of the service's demand types, or <c>value</c>, <c>failure</c> or <c>unknown</c>.</summary>
    public string? Demand { get; init; }

    public string? OwnWords { get; init; }
    public string? Service { get; init; }

    /// <summary>What they said when they were asked how it was: name of a <see cref="Core.Facts.FeedbackSaid"/>; nothing where nobody asked.</summary>
    public string? HowWasIt { get; init; }

    /// <summary><c>yes</c> once it was said that a form is ready and was not sent: the next press ends it all the same.</summary>
    public string? Unsent { get; init; }
}

/// <summary>The questions of one form, as an adviser asks them.</summary>
public sealed record QuestionsView
{
    public required string Address { get; init; }

    /// <summary>The draft as it stands in addresses.</summary>
    public required string Key { get; init; }

    public required Journey Journey { get; init; }
    /// <summary>In which the adviser asks.</summary>
    public required Language Language { get; init; }

    /// <summary>In which the citizen is written to.</summary>
    public required Language TheirLanguage { get; init; }

    /// <summary>The pages on the screen: those on the way, and those that surely come next.</summary>
    public required IReadOnlyList<FormPage> Pages { get; init; }

    public required Fields Typed { get; init; }
    public required Errors Errors { get; init; }
    public required IReadOnlyDictionary<string, IReadOnlyList<Choice>> Found { get; init; }

    /// <summary>Ids of questions whose boxes hold what is offered, and when it was told.</summary>
    public required IReadOnlyDictionary<string, DateOnly?> Offered { get; init; }

    /// <summary>Which services need an answer, by question, where several are asked for together.</summary>
    public required IReadOnlyDictionary<string, string> NeededFor { get; init; }

    /// <summary>What is said face to face.</summary>
    public required bool IsCounter { get; init; }

    /// <summary>They ask for somebody else.</summary>
    public required bool IsOther { get; init; }

    /// <summary>Where a form that is handed over would go.</summary>
    public required string? HandOverTo { get; init; }

    public string Query => QueryOf(IsOther, Language);

    /// <summary>How questions are asked, as it stands in addresses; empty for English, to the person themselves.</summary>
    public static string QueryOf(bool isOther, Language language) =>
        (isOther, language) switch { (true, Language.Welsh) => "?other=yes&lang=cy", (true, _) => "?other=yes", (_, Language.Welsh) => "?lang=cy", _ => "" };

    public string? ScriptOf(Question question) => question.Say is not { } say ? null
        : (IsOther ? say.Other ?? say.Phone : IsCounter ? say.Counter ?? say.Phone : say.Phone).In(Language);
}
