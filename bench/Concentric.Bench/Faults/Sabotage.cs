using System.Globalization;

namespace Concentric.Bench.Faults;

/// <summary>
/// Breaks what is stored, behind the program's back, in ways that a broken program would: so that everybody can see that
/// the checker finds it.
/// </summary>
internal static class Sabotage
{
    private static readonly Dictionary<string, (Wrong Expected, string[] Sql)> Kinds = new(StringComparer.Ordinal)
    {
        ["lose-acks"] = (Wrong.Lost, ["""DELETE FROM serve_enquiry WHERE "Token" = '{token}'"""]),
        ["double"] = (Wrong.Doubled,
        [
            """DROP INDEX "IX_serve_enquiry_Token" """,
            """
            INSERT INTO serve_enquiry ("Id", "Reference", "Token", "Service", "Words", "Email", "Channel", "RaisedAt", "IsOpen")
            SELECT '{id}', "Reference" || '-2', "Token", "Service", "Words", "Email", "Channel", "RaisedAt", "IsOpen" FROM serve_enquiry WHERE "Token" = '{token}'
            """,
        ]),
        ["lose-facts"] = (Wrong.WithoutFact, ["""DELETE FROM core_fact WHERE "Kind" = 'enquiry-raised' AND "Subject" = '{reference}'"""]),
        ["swap-reference"] = (Wrong.OtherReference, ["""UPDATE serve_enquiry SET "Reference" = 'CN-2222-2222' WHERE "Token" = '{token}'"""]),
    };

    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    /// <summary>What the checker must find after that sabotage.</summary>
    public static Wrong Expected(string name) => Kinds[name].Expected;

    /// <summary>Breaks what is stored of one acknowledged enquiry.</summary>
    /// <exception cref="InvalidOperationException">Nothing was changed: the sabotage itself does not work.</exception>
    public static async Task Do(string name, string database, Sending victim, Guid id)
    {
        var changed = 0;
        foreach (var sql in Kinds[name].Sql)
            changed = await Stored.Execute(database, sql
                // SQLite keeps identifiers as text in capitals; PostgreSQL does not mind.
                .Replace("{token}", victim.Token.ToString().ToUpper(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{id}", id.ToString().ToUpper(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{reference}", victim.Reference, StringComparison.Ordinal));
        if (changed != 1) throw new InvalidOperationException($"The sabotage {name} changed {changed} rows.");
    }
}
