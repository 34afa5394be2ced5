using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;

namespace Concentric.Measure.FormUse;

/// <summary>What facts of forms say, as rows.</summary>
internal sealed class FormFacts
{
    private static readonly string Visited = Journal.KindOf(typeof(FormVisited));
    private static readonly string WasSent = Journal.KindOf(typeof(FormSent));
    private static readonly string Published = Journal.KindOf(typeof(FormPublished));

    /// <summary>Why a second fact of one visit is put aside.</summary>
    public const string CountedBefore = "This visit is counted already, by a fact before.";

    /// <summary>The kinds of facts that are read here.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Visited, WasSent, Published];

    private readonly HashSet<Guid> _seen = [];

    public List<FormVisit> Visits { get; } = [];
    public List<FormVisitPage> Pages { get; } = [];
    public List<FormVisitMessage> Messages { get; } = [];
    public List<FormSending> Sent { get; } = [];
    public List<FormVersion> Versions { get; } = [];

    /// <summary>Facts that cannot be read, each with the reason.</summary>
    public List<(Fact Fact, string Reason)> Unread { get; } = [];

    /// <param name="facts">Sealed facts in order. Those of other kinds, and those that were erased, say nothing.</param>
    public static FormFacts Read(IEnumerable<Fact> facts)
    {
        var read = new FormFacts();
        foreach (var fact in facts.Where(f => f.Data is not null))
        {
            try
            {
                if (fact.Kind == Visited) read.Add(fact.Number!.Value, fact.As<FormVisited>());
                else if (fact.Kind == WasSent) read.Add(fact, fact.As<FormSent>());
                else if (fact.Kind == Published) read.Add(fact, fact.As<FormPublished>());
            }
            // Reading touches nothing but the fact, so it would fail each time: the fact is put aside, and the others are read.
            catch (Exception e)
            {
                read.Unread.Add((fact, e.Message));
            }
        }
        return read;
    }

    private void Add(long number, FormVisited said)
    {
        Must(!string.IsNullOrEmpty(said.Form), "It names no form.");
        Must(said.Version >= 1, "There is no such version.");
        Must(said.StartedAt.Year is >= 1970 and < 2100, "Its time cannot be right.");
        Must(Enum.IsDefined(said.Outcome), "There is no such outcome.");
        var pages = (said.Pages ?? throw new FormatException("It has no pages.")).ToList();
        Must(said.Outcome == FormOutcome.Sent || !string.IsNullOrEmpty(said.LastPage), "It does not say on which page it ended.");
        Must(pages.TrueForAll(p => p is { Page.Length: > 0, Seconds: >= 0, Shown: >= 0, Back: >= 0 }), "A page of it cannot be right.");
        Must(pages.DistinctBy(p => p.Page).Count() == pages.Count, "A page is there twice.");
        var messages = pages.SelectMany(p => (p.Errors ?? []).Select(e => (p.Page, Error: e))).ToList();
        Must(messages.All(m => m.Error is { Times: >= 1, Question: not null, Problem: not null, Message: not null }), "A message of it cannot be right.");
        Must(_seen.Add(said.Visit), CountedBefore);

        var last = said.Outcome == FormOutcome.Sent ? null : said.LastPage;
        Visits.Add(new()
        {
            Number = number, Visit = said.Visit, Form = said.Form, Version = said.Version, Service = said.Service,
            Channel = Channels.Find(said.Channel)?.Name ?? Channels.All[0].Name, IsMediated = said.Mediated, Language = said.Language == "cy" ? "cy" : "en", Day = Say.DayOf(said.StartedAt), Outcome = said.Outcome, LastPage = last,
        });
        if (last is not null && pages.TrueForAll(p => p.Page != last)) pages.Add(new(last, 0, 0, 0, []));
        Pages.AddRange(pages.Select((p, place) => new FormVisitPage
        {
            Number = number, Place = place, Page = p.Page, Seconds = p.Seconds, Shown = p.Shown, Back = p.Back,
        }));
        Messages.AddRange(messages.Select((m, nth) => new FormVisitMessage
        {
            Number = number, Nth = nth, Page = m.Page, Question = m.Error.Question, Problem = m.Error.Problem, Message = m.Error.Message, Times = m.Error.Times,
        }));
    }

    private void Add(Fact fact, FormSent said)
    {
        Must(!string.IsNullOrEmpty(said.Form), "It names no form.");
        Sent.Add(new()
        {
            Number = fact.Number!.Value, Form = said.Form, Version = said.Version, IsMediated = said.Mediated, Bundle = said.Bundle, Day = Say.DayOf(fact.At),
        });
    }

    private void Add(Fact fact, FormPublished said)
    {
        Must(!string.IsNullOrEmpty(said.Form), "It names no form.");
        Versions.Add(new() { Number = fact.Number!.Value, Form = said.Form, Version = said.Version, Day = Say.DayOf(fact.At) });
    }

    private static void Must(bool holds, string otherwise)
    {
        if (!holds) throw new FormatException(otherwise);
    }
}
