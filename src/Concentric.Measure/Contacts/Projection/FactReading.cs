using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;

namespace Concentric.Measure.Contacts;

/// <summary>What facts say to the contact store.</summary>
internal static class FactReading
{
    private static readonly string Raised = Journal.KindOf(typeof(EnquiryRaised));
    private static readonly string Answered = Journal.KindOf(typeof(EnquiryAnswered));
    private static readonly string Sorted = Journal.KindOf(typeof(CitizenSaidSorted));
    private static readonly string Coded = Journal.KindOf(typeof(ContactCoded));
    private static readonly string Caused = Journal.KindOf(typeof(CauseSet));
    private static readonly string Asked = Journal.KindOf(typeof(FeedbackAsked));
    private static readonly string Given = Journal.KindOf(typeof(FeedbackGiven));
    private static readonly string Begun = Journal.KindOf(typeof(CaseBegun));
    private static readonly string Moved = Journal.KindOf(typeof(CaseMoved));
    private static readonly string Owned = Journal.KindOf(typeof(WorkOwned));
    private static readonly string Rang = Journal.KindOf(typeof(CallEnded));
    public static readonly string Imported = Journal.KindOf(typeof(ContactsImported));

    public static readonly string Undone = Journal.KindOf(typeof(ContactsImportUndone));

    /// <summary>How many rows a fact puts into the store; none where it cannot be read.</summary>
    public static long RowsOf(Fact fact, CouncilAttributes own)
    {
        if (fact.Data is null || (fact.Kind != Raised && fact.Kind != Imported && fact.Kind != Begun && fact.Kind != Moved)) return 0;
        Read([fact], own, out var unread);
        return unread.Count > 0 ? 0 : fact.Kind == Imported ? fact.As<ContactsImported>().Imported : 1;
    }

    /// <summary>The batch that the subject of an import's fact names, as <c>batch-7</c>.</summary>
    public static int BatchOf(string subject) => int.Parse(subject["batch-".Length..], System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="facts">Sealed facts in order; at least one. Facts of other kinds, and those that were erased, say nothing.</param>
    /// <param name="own">The council of this installation; another one that a fact names is known by its short name only.</param>
    /// <param name="unread">Facts that cannot be read, each with the reason. Reading touches nothing but the fact, so it would fail each time.</param>
    public static FactBatch Read(IReadOnlyList<Fact> facts, CouncilAttributes own, out IReadOnlyList<(Fact Fact, string Reason)> unread)
    {
        var raised = new List<RaisedContact>();
        var changes = new List<ContactChange>();
        var steps = new List<TakenStep>();
        var held = new List<HeldWork>();
        var feedback = new List<FeedbackFact>();
        var calls = new List<EndedCall>();
        var batches = new List<AcceptedBatch>();
        var undone = new List<UndoneBatch>();
        var told = new List<ToldFact>();
        var aside = new List<(Fact, string)>();
        foreach (var fact in facts.Where(f => f.Data is not null))
        {
            try
            {
                Read(fact);
            }
            catch (Exception e)
            {
                aside.Add((fact, e.Message));
            }
        }
        unread = aside;
        return new(facts[^1].Number!.Value, Convert.ToHexStringLower(facts[^1].Hash!), raised, changes, batches) { Own = own, Undone = undone, Steps = steps, Held = held, Feedback = feedback, Calls = calls, Told = told };

        CouncilAttributes CouncilOf(string name) => name == own.Name ? own : new(name, name, IsSynthetic: false);

        FeedbackFact Felt(Guid id, string council, string? service, string channel, string? reference, string team, string way, FeedbackSaid said, DateTimeOffset at)
        {
            Must(!string.IsNullOrEmpty(council), "It names no council.");
            Must(at.Year is >= 1970 and < 2100, "Its time cannot be right.");
            Must(Enum.IsDefined(said), "There is no such answer.");
            return new(Chance(id), CouncilOf(council), service, Channels.Find(channel)?.Code ?? 0, reference is null ? 0 : Case(reference), team, FeedbackWays.Code(way), said, at);
        }

        void Read(Fact fact)
        {
            if (fact.Kind == Raised)
            {
                var said = fact.As<EnquiryRaised>();
                Must(!string.IsNullOrEmpty(said.Council), "It names no council.");
                Must(said.At.Year is >= 1970 and < 2100, "Its time cannot be right.");
                raised.Add(new(fact.Number!.Value, CouncilOf(said.Council), Case(said.Reference), said.Service, Channels.Find(said.Channel)?.Code ?? 0, said.Person, said.At)
                {
                    Follows = said.Follows is null ? null : Case(said.Follows), Area = said.Area is { Length: > 0 } area ? area : null,
                });
            }
            else if (fact.Kind == Answered)
            {
                var said = fact.As<EnquiryAnswered>();
                Must(said.HandlingSeconds is null or >= 0, "Its handling time is less than nothing.");
                changes.Add(new(Case(said.Reference), said.HandlingSeconds, said.Resolved ? ContactResolved.Yes : ContactResolved.No) { Ending = new(Ending.At, fact.At), Team = said.Team });
            }
            else if (fact.Kind == Sorted)
            {
                // Whether it is sorted is the citizen's to say: it counts for more than what was said for them.
                var said = fact.As<CitizenSaidSorted>();
                Must(said.Rating is null or (>= 1 and <= 5), "Its rating is not from 1 to 5.");
                Must(said.At.Year is >= 1970 and < 2100, "Its time cannot be right.");
                changes.Add(new(Case(said.Reference), Resolved: said.Sorted ? ContactResolved.Yes : ContactResolved.No, Satisfaction: (byte?)said.Rating)
                {
                    // What was not sorted is open again.
                    Ending = said.Sorted ? new(Ending.AtLatest, said.At) : new(Ending.Not, default),
                });
            }
            else if (fact.Kind == Coded)
            {
                var said = fact.As<ContactCoded>();
                Must(Enum.IsDefined(said.Demand), "There is no such kind of demand.");
                changes.Add(new(Case(said.Reference), Demand: said.Demand) { DemandType = $"{said.DemandType}" });
            }
            else if (fact.Kind == Caused)
            {
                var said = fact.As<CauseSet>();
                changes.Add(new(Case(said.Reference), FailureCause: FailureCauses.Find(said.Cause)?.Code ?? 0) { SystemCause = $"{said.SystemCause}", CauseService = said.CausedBy ?? "", CauseStep = said.Step ?? "" });
            }
            else if (fact.Kind == Rang)
            {
                var said = fact.As<CallEnded>();
                Must(said.At.Year is >= 1971 and < 2100, "Its time cannot be right.");
                Must(said.WaitSeconds is null or >= 0 && said.TalkSeconds is null or >= 0, "It took less than no time.");
                calls.Add(new(Chance(said.Call), said.Line, said.Answered, said.WaitSeconds, said.TalkSeconds, said.At.AddSeconds(-(said.WaitSeconds ?? 0) - (double)(said.TalkSeconds ?? 0))));
            }
            else if (fact.Kind == Asked)
            {
                var said = fact.As<FeedbackAsked>();
                feedback.Add(Felt(said.Id, said.Council, said.Service, said.Channel, said.Reference, said.Team, said.Way, FeedbackSaid.Nothing, said.At));
            }
            else if (fact.Kind == Given)
            {
                var said = fact.As<FeedbackGiven>();
                feedback.Add(Felt(said.Id, said.Council, said.Service, said.Channel, said.Reference, said.Team, said.Way, said.Said, said.At));
            }
            else if (fact.Kind == Begun)
            {
                var said = fact.As<CaseBegun>();
                Must(!string.IsNullOrEmpty(said.Council), "It names no council.");
                Must(said.At.Year is >= 1970 and < 2100, "Its time cannot be right.");
                steps.Add(new(fact.Number!.Value, CouncilOf(said.Council), Case(said.Reference), said.Service, "begun", said.Team, said.At));
            }
            else if (fact.Kind == Moved)
            {
                var said = fact.As<CaseMoved>();
                Must(said.At.Year is >= 1970 and < 2100, "Its time cannot be right.");
                // A step that was done is named as its process does; all else by what happened.
                var activity = said is { Activity: "StepDone" or "WaitOver", Node: { } node } ? node : System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(said.Activity);
                steps.Add(new(fact.Number!.Value, own, Case(said.Reference), null, activity, said.Team, said.At));
            }
            else if (fact.Kind == Owned)
            {
                var said = fact.As<WorkOwned>();
                Must(said.At.Year is >= 1970 and < 2100, "Its time cannot be right.");
                held.Add(new(fact.Number!.Value, Case(said.Reference), said.Owner is not null, said.At));
            }
            else if (ToldFacts.Of(fact) is { } kept) told.Add(kept);
            else if (fact.Kind == Imported)
            {
                var said = fact.As<ContactsImported>();
                Must(said.RowsDigest is not null, "It names no rows.");
                batches.Add(new(said.Batch, said.RowsDigest!));
            }
            else if (fact.Kind == Undone)
            {
                var said = fact.As<ContactsImportUndone>();
                Must(!string.IsNullOrEmpty(said.Council), "It names no council.");
                Must(Enum.IsDefined((BatchRows)said.Rows), "There are no such rows.");
                undone.Add(new(new(said.Batch, 0, said.Mapping, said.FileName, said.Read, said.Imported, said.Duplicates, said.Changed, said.Rejected, said.Flagged, said.ImportedAt) { Rows = (BatchRows)said.Rows }, said.Council, said.At));
            }
            else
            {
                Must(Journal.Kinds.Contains(fact.Kind), "This program knows no facts of that kind.");
            }
        }
    }

    /// <summary>The half of an id that is chance alone.</summary>
    private static ulong Chance(Guid id) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(id.ToByteArray(bigEndian: true).AsSpan(8));

    private static void Must(bool holds, string otherwise)
    {
        if (!holds) throw new FormatException(otherwise);
    }

    private static ulong Case(string reference) => Reference.Parse(reference).Number;
}
