using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Conversations;

/// <summary>What stands in the boxes of the screen after a press that could not be done, or is only half of one.</summary>
internal sealed record Pressed
{
    public Errors Errors { get; init; } = new();
    public Fields? Typed { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<Choice>> Found { get; init; } = new Dictionary<string, IReadOnlyList<Choice>>();
    public string? Words { get; init; }
    public string? Find { get; init; }
    public bool IsOther { get; init; }

    /// <summary>In which the adviser asks, whatever the citizen is written to in.</summary>
    public Language Language { get; init; }

    public EndForm End { get; init; } = new();

    /// <summary>How the questions are asked, as it stands in addresses.</summary>
    public string Query => QuestionsView.QueryOf(IsOther, Language);

    /// <summary>As the address of the screen says it: for somebody else, and in which language.</summary>
    public Pressed Asked(string? other, string? lang) => this with { IsOther = other is not null, Language = Read(lang) };

    public static Language Read(string? lang) => lang == "cy" ? Language.Welsh : Language.English;
}

/// <summary>Gathers the one screen of a conversation, for the adviser whose it is.</summary>
internal sealed class ConversationScreen(ConcentricDb db, FillDraft fill, FormsToFill forms, PublishedForms published, IServiceNames services, INextNeeds needs, KnowCitizen citizens)
{
    /// <summary>The visitor's own conversation, or null.</summary>
    public async Task<Conversation?> Find(string id, ClaimsPrincipal visitor) =>
        Guid.TryParseExact(id, "N", out var known) && await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == known) is { } conversation && conversation.By == visitor.Actor ? conversation : null;

    /// <summary>A form of the conversation that is the adviser's to fill in, or null.</summary>
    public async Task<OpenDraft?> Form(Conversation conversation, string draft) =>
        Guid.TryParseExact(draft, "N", out var id) && await fill.Find(db, id) is { } open && open.Draft.Conversation == conversation.Id && open.Draft.By == conversation.By ? open : null;

    /// <summary>Of a form that went back to the citizen, or was left, when the conversation ended.</summary>
    private const string NotSent = "Not sent in this conversation";

    /// <param name="current">The form on the screen, if one is.</param>
    public async Task<IResult> Page(Conversation conversation, OpenDraft? current, Pressed? pressed = null)
    {
        pressed ??= new();
        var drafts = await db.Drafts.AsNoTracking().Where(d => d.Conversation == conversation.Id).OrderBy(d => d.StartedAt).ThenBy(d => d.Id).ToListAsync();
        var ids = drafts.ConvertAll(d => d.Id);
        var references = await db.Submissions.AsNoTracking().Where(s => ids.Contains(s.DraftId)).OrderBy(s => s.Id).Select(s => new { s.DraftId, s.Reference, s.DueOn }).ToListAsync();
        var sight = await Sight.Of(db, Guid.Parse(conversation.By));
        var sentReferences = references.ConvertAll(r => r.Reference);
        var mayOpen = await sight.Of(db.Enquiries.AsNoTracking()).Where(e => sentReferences.Contains(e.Reference)).Select(e => e.Reference).ToListAsync();
        var handed = await db.WaysBack.Where(w => ids.Contains(w.DraftId) && w.Kind == WayBackKind.HandOver).Select(w => w.DraftId).Distinct().ToListAsync();
        var asked = new List<AskedForm>();
        var known = new List<Form>();
        foreach (var draft in drafts)
        {
            if (await forms.Of(draft) is not var (form, _)) continue;
            known.Add(form);
            var sent = references.Where(r => r.DraftId == draft.Id).ToList();
            var isTheirs = draft.By == conversation.By;
            var state = !isTheirs ? handed.Contains(draft.Id) ? "Handed over" : NotSent
                : draft.SentAt is null && !conversation.IsOpen ? NotSent : State(draft, form, sent.Select(s => s.DueOn).FirstOrDefault());
            asked.Add(new(isTheirs && draft.SentAt is null && conversation.IsOpen ? draft.Key : null, form.Title.En, state,
                isTheirs ? [.. sent.Select(s => new SentReference($"{s.Reference}", mayOpen.Contains(s.Reference)))] : [], draft.Id == current?.Draft.Id));
        }
        var names = (await services.All()).ToDictionary(s => s.Id, StringComparer.Ordinal);
        var inUse = conversation.IsOpen ? (await published.All()).Select(f => f.Form).ToList() : [];
        var types = await db.DemandTypes.AsNoTracking().Where(t => t.InUse).OrderBy(t => t.Id).ToListAsync();
        var view = new ConversationView
        {
            Id = conversation.Id, Channel = conversation.Channel, ChannelLabel = Channels.Find(conversation.Channel)?.Label ?? conversation.Channel, StartedAt = conversation.StartedAt,
            Ended = conversation.IsOpen ? null : EndConversation.Words(conversation), Forms = asked, Words = pressed.Words, Errors = pressed.Errors,
            TheirLanguage = drafts.LastOrDefault()?.Language ?? Language.English,
            Questions = current is null ? null : Questions(conversation, current, pressed),
            Choices = FindForms.By(pressed.Words, inUse, Library.Bundles, names, types.ToLookup(t => t.Service, t => t.Words, StringComparer.Ordinal)),
            Citizen = await citizens.View(conversation, sight, pressed.Find, names, await Next(conversation, known.Select(f => f.Service).Distinct().ToList())),
            End = new(EndConversation.Kinds(known, types), [new("", "Not sure"), .. inUse.Select(f => f.Service).Distinct().Select(s => new Choice(s, names.GetValueOrDefault(s)?.Plain ?? s)).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
                asked.Exists(a => a.References.Count > 0), pressed.End),
        };
        return new RazorComponentResult<ConversationPage>(new { View = view }) { StatusCode = pressed.Errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }

    private string State(Draft draft, Form form, DateOnly dueOn)
    {
        if (draft.SentAt is not null) return $"Sent, promised by {Say.Date(dueOn)}";
        var journey = Journey.Of(form, Answers.Read(form, draft.Answers), fill.Today);
        return journey.IsComplete ? "Ready to send" : journey.StoppedAt is not null ? "Not needed" : "In progress";
    }

    private static QuestionsView Questions(Conversation conversation, OpenDraft open, Pressed pressed)
    {
        var pages = AskedPages.Of(open.Journey);
        var (typed, offered) = AskedPages.Filled(open, pages);
        var known = KnownParticulars.Read(conversation.Known);
        // Rows of a group are shown as they are kept: what was empty among them is gone, and messages name the rows that are left.
        var groups = pages.SelectMany(p => p.Questions).Where(q => q.Kind == QuestionKind.Repeat).Select(q => q.Id).ToHashSet(StringComparer.Ordinal);
        if (pressed.Typed is { } again)
            foreach (var (name, values) in again.Typed.Where(t => !groups.Contains(t.Key.Split('.')[0]))) typed.Set(name, values);
        return new()
        {
            Address = $"{ConversationView.AddressOf(conversation.Id)}/forms/{open.Draft.Key}", Key = open.Draft.Key, Journey = open.Journey, Language = pressed.Language, TheirLanguage = open.Language, Pages = pages, Typed = typed, Errors = pressed.Errors, Found = pressed.Found,
            Offered = offered.ToDictionary(q => q.Id, known.ToldOn, StringComparer.Ordinal), IsCounter = conversation.Channel == "face-to-face", IsOther = pressed.IsOther,
            NeededFor = open.Joined is not { } joined ? new Dictionary<string, string>() : pages.SelectMany(p => p.Questions)
                .ToDictionary(q => q.Id, q => string.Join(", ", joined.Needs(q.Id, open.Journey.Answers).Select(n => n.In(pressed.Language))), StringComparer.Ordinal),
            HandOverTo = SaveForm.Known(open) ?? conversation.PersonEmail,
        };
    }

    private async Task<IReadOnlyList<NextNeed>> Next(Conversation conversation, List<string> asked) =>
        asked.Count == 0 || !conversation.IsOpen ? [] : [.. (await needs.For(new() { Service = asked[^1], Lately = asked[..^1] })).Needs.Take(3)];
}
