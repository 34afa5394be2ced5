using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;

namespace Concentric.Measure.Contacts;

/// <summary>What facts say to the contact store.</summary>
internal static class FactReading
{
    private static readonly string Raised = Journal.KindOf(typeof(EnquiryRaised));
    private static readonly string Answered = Journal.KindOf(typeof(EnquiryAnswered));
    private static readonly string Coded = Journal.KindOf(typeof(ContactCoded));
    private static readonly string Caused = Journal.KindOf(typeof(CauseSet));
    public static readonly string Imported = Journal.KindOf(typeof(ContactsImported));

    /// <summary>Kinds of facts that put rows into the store, and how many each.</summary>
    public static long RowsOf(Fact fact) =>
        fact.Data is null ? 0 : fact.Kind == Raised ? 1 : fact.Kind == Imported ? fact.As<ContactsImported>().Imported : 0;

    /// <param name="facts">Sealed facts in order; at least one. Facts of other kinds, and those that were erased, say nothing.</param>
    /// <param name="own">The council of this installation; another one that a fact names is known by its short name only.</param>
    public static FactBatch Read(IReadOnlyList<Fact> facts, CouncilAttributes own)
    {
        var raised = new List<RaisedContact>();
        var changes = new List<ContactChange>();
        var batches = new List<AcceptedBatch>();
        foreach (var fact in facts.Where(f => f.Data is not null))
        {
            if (fact.Kind == Raised)
            {
                var said = fact.As<EnquiryRaised>();
                var council = said.Council == own.Name ? own : new(said.Council, said.Council, IsSynthetic: false);
                raised.Add(new(fact.Number!.Value, council, Case(said.Reference), said.Service, Channels.Find(said.Channel)?.Code ?? 0, said.Person, said.At));
            }
            else if (fact.Kind == Answered)
            {
                var said = fact.As<EnquiryAnswered>();
                changes.Add(new(Case(said.Reference), said.HandlingSeconds, said.Resolved ? ContactResolved.Yes : ContactResolved.No));
            }
            else if (fact.Kind == Coded)
            {
                var said = fact.As<ContactCoded>();
                changes.Add(new(Case(said.Reference), Demand: said.Demand));
            }
            else if (fact.Kind == Caused)
            {
                var said = fact.As<CauseSet>();
                changes.Add(new(Case(said.Reference), FailureCause: FailureCauses.Find(said.Cause)?.Code ?? 0));
            }
            else if (fact.Kind == Imported)
            {
                var said = fact.As<ContactsImported>();
                batches.Add(new(said.Batch, said.RowsDigest));
            }
        }
        return new(facts[^1].Number!.Value, Convert.ToHexStringLower(facts[^1].Hash!), raised, changes, batches);
    }

    private static ulong Case(string reference) => Reference.Parse(reference).Number;
}
