using Concentric.Core.Facts;

namespace Concentric.Measure.Contacts;

/// <summary>First contacts as they lie in the store: one row of each array is one, by person, day and service.</summary>
/// <param name="Person">Dense codes of this store.</param>
/// <param name="Day"><see cref="ContactCalendar"/> days.</param>
public sealed record FirstContactRows(uint[] Person, ushort[] Service, ushort[] Day, byte[] Profile);

public sealed partial class DuckContactStore
{
    /// <remarks>
    /// That a contact is the person's first on the service is known already (<see cref="StoreTables.NoGap"/>), so nothing has to be grouped: a first
    /// contact that was chasing or was not coded leaves the pair out, and a later one of the same pair is a repeat.
    /// </remarks>
    public Task<FirstContactRows> FirstContacts(int council, DateOnly from, DateOnly to, CancellationToken stop = default) => Read(reader =>
    {
        const string Which = "FROM contact WHERE council = ? AND kind = 0 AND initiator = 0 AND demand = ? AND person <> 0 AND service <> 0 AND prev_gap = ? AND day BETWEEN ? AND ?";
        object?[] arguments = [council, (int)Demand.Value, (long)StoreTables.NoGap, (int)ContactCalendar.Day(from), (int)ContactCalendar.Day(to)];
        // A transaction, so that the number of rows is that of the rows.
        return reader.Connection.InTransaction(() =>
        {
            var count = (int)reader.Connection.Number($"SELECT count(*) {Which}", arguments);
            var found = new FirstContactRows(new uint[count], new ushort[count], new ushort[count], new byte[count]);
            using var rows = reader.Connection.Query($"SELECT person, service, day, profile {Which} ORDER BY person, day, service", stop, arguments);
            for (var at = 0; rows.NextChunk(); at += rows.Rows)
            {
                rows.Column(0).Values<uint>().CopyTo(found.Person.AsSpan(at));
                rows.Column(1).Values<ushort>().CopyTo(found.Service.AsSpan(at));
                rows.Column(2).Values<ushort>().CopyTo(found.Day.AsSpan(at));
                rows.Column(3).Values<byte>().CopyTo(found.Profile.AsSpan(at));
            }
            return found;
        });
    }, stop);
}
