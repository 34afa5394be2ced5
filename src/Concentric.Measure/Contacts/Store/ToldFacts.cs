using System.Text.Json;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Keeps what was said of demand types, system causes and audits, for pages that name them. Runs inside the transaction of <see cref="DuckContactStore.Apply"/>.</summary>
internal sealed class ToldFacts(DuckConnection store, Codebook codes, CouncilCode own)
{
    public static readonly string DemandType = Journal.KindOf(typeof(DemandTypeWritten));
    public static readonly string SystemCause = Journal.KindOf(typeof(SystemCauseWritten));
    public static readonly string Audit = Journal.KindOf(typeof(AuditEnded));

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>A fact of one of these kinds as it is kept; null of any other.</summary>
    /// <exception cref="FormatException">It is one, and says nothing that can be kept.</exception>
    public static ToldFact? Of(Fact fact)
    {
        if (fact.Kind == DemandType)
        {
            var said = fact.As<DemandTypeWritten>();
            if (!Enum.IsDefined(said.Demand)) throw new FormatException("There is no such kind of demand.");
            return new(fact.Kind, $"{said.DemandType}", fact.Data!, said.Words);
        }
        if (fact.Kind == SystemCause)
        {
            var said = fact.As<SystemCauseWritten>();
            if (string.IsNullOrWhiteSpace(said.Words)) throw new FormatException("It has no words.");
            return new(fact.Kind, $"{said.Cause}", fact.Data!, said.Words);
        }
        if (fact.Kind != Audit) return null;
        var audit = fact.As<AuditEnded>();
        if (audit.Parts is null) throw new FormatException("It has no parts.");
        if (audit.Parts.Any(p => p.Codes is null || p.Size < p.Drawn || p.Drawn < p.Codes.Sum(c => c.Contacts))) throw new FormatException("A part of it cannot be right.");
        return new(fact.Kind, $"{audit.Audit}", fact.Data!, null);
    }

    public void Keep(IReadOnlyList<ToldFact> told)
    {
        foreach (var fact in told)
        {
            store.Execute("DELETE FROM told WHERE kind = ? AND key = ?", fact.Kind, fact.Key);
            store.Execute("INSERT INTO told VALUES (?, ?, ?)", fact.Kind, fact.Key, fact.Said);
            if (fact.Label is not { } label) continue;
            var book = fact.Kind == DemandType ? codes.DemandTypes : codes.SystemCauses;
            book.Rename(store, own, new(fact.Key, label));
        }
    }

    internal static T Read<T>(string said) => JsonSerializer.Deserialize<T>(said, Json)!;
}

public sealed partial class DuckContactStore
{
    public Task<IReadOnlyList<T>> Told<T>(CancellationToken stop = default) where T : IFact => Read<IReadOnlyList<T>>(reader =>
    {
        using var rows = reader.Connection.Query("SELECT said FROM told WHERE kind = ? ORDER BY key", stop, Journal.KindOf(typeof(T)));
        var found = new List<T>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++) found.Add(ToldFacts.Read<T>(rows.Column(0).Text(i)!));
        }
        return found;
    }, stop);
}
