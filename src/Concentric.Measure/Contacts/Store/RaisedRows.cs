using System.Globalization;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Puts contacts by our own enquiries into the store. Runs inside the transaction of <see cref="DuckContactStore.Apply"/>.</summary>
internal sealed class RaisedRows(DuckConnection store, Codebook codes)
{
    /// <param name="changes">What became known of a contact in the same batch goes into its row at once.</param>
    public void Append(IReadOnlyList<RaisedContact> raised, Dictionary<ulong, CodedChange> changes)
    {
        if (raised.Count == 0) return;
        var persons = new Dictionary<(int Council, ulong Hash), uint>();
        var councils = raised.Select(r => r.Council).Distinct().ToDictionary(c => c, c => codes.CouncilOf(store, c));
        foreach (var group in raised.Where(r => r.Person != 0).GroupBy(r => councils[r.Council].Code))
        {
            foreach (var (hash, code) in Persons.Codes(store, group.Key, group.Select(r => r.Person))) persons[(group.Key, hash)] = code;
        }

        var areas = raised.Where(r => r.Area is not null).Select(r => (Council: councils[r.Council], r.Area)).Distinct().ToDictionary(a => (a.Council.Code, a.Area!), a => codes.Area(store, a.Council, a.Area!));
        var links = Followed(raised);
        using (var rows = store.Append("contact"))
        {
            foreach (var contact in raised)
            {
                var council = councils[contact.Council];
                var service = codes.Service(store, council, contact.Service, null);
                var person = contact.Person == 0 ? 0 : persons[(council.Code, contact.Person)];
                var link = contact.Follows is { } followed && links.TryGetValue(followed, out var known) ? known : new Link(contact.CaseRef, person != 0 ? person : NeedRows.ChainOf(contact.CaseRef));
                links[contact.CaseRef] = link;
                AppendRow(rows, contact, council, (ushort)service, contact.Area is null ? null : areas[(council.Code, contact.Area)], person, link, changes.GetValueOrDefault(contact.CaseRef));
            }
            rows.Complete();
        }
        Gaps.Renew(store, persons.Values.Distinct());
    }

    /// <summary>The threads and chains of the enquiries that these follow.</summary>
    private Dictionary<ulong, Link> Followed(IReadOnlyList<RaisedContact> raised)
    {
        var links = new Dictionary<ulong, Link>();
        var followed = string.Join(", ", raised.Where(r => r.Follows is not null).Select(r => r.Follows!.Value.ToString(CultureInfo.InvariantCulture)).Distinct());
        if (followed.Length == 0) return links;
        using var rows = store.Query($"SELECT case_ref, thread, chain FROM contact WHERE source = {StoreTables.Enquiries} AND case_ref IN ({followed})");
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++) links[rows.Column(0).Unsigned(i)] = new(rows.Column(1).Unsigned(i), rows.Column(2).Unsigned(i));
        }
        return links;
    }

    private static void AppendRow(DuckAppender rows, RaisedContact contact, CouncilCode council, ushort service, AreaCode? area, uint person, Link link, CodedChange? known)
    {
        var utc = contact.At.UtcDateTime;
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(council.Zone)));
        var day = ContactCalendar.Day(date);
        rows.Set(0, (ulong)contact.Fact);
        rows.Set(1, CodedChange.Micros(utc));
        rows.Set(2, day);
        rows.Set(3, ContactCalendar.Week(day));
        rows.Set(4, ContactCalendar.Month(date));
        rows.Set(5, (ushort)council.Code);
        rows.Set(6, (byte)ContactKind.Contact);
        rows.Set(7, (byte)ContactInitiator.Citizen);
        rows.Set(8, service);
        rows.Set(9, (byte)0);
        rows.Set(10, contact.Channel);
        rows.Set(11, (ushort)(area?.Code ?? 0));
        rows.Set(12, (byte)(area?.Profile ?? 0));
        rows.Set(13, known?.Demand ?? (byte)Core.Facts.Demand.NotCoded);
        rows.Set(14, known?.FailureCause ?? 0);
        rows.Set(15, known?.Resolved ?? (byte)ContactResolved.Unknown);
        rows.SetNull(16);
        rows.SetOrNull(17, known?.Seconds);
        rows.Set(18, SecondsBin.Of(known?.Seconds));
        rows.SetOrNull(19, known?.Satisfaction);
        rows.Set(20, person);
        rows.Set(21, contact.CaseRef);
        rows.Set(22, link.Thread);
        rows.Set(23, link.Chain);
        rows.SetOrNull(24, known?.Ending is Ending.At or Ending.AtLatest ? known.EndedAt : null);
        rows.Set(25, (byte)0);
        rows.Set(26, known?.DemandType ?? 0);
        rows.Set(27, known?.SystemCause ?? 0);
        rows.Set(28, known?.CauseService ?? 0);
        rows.Set(29, known?.CauseStep ?? 0);
        rows.Set(30, known?.Team ?? 0);
        rows.Set(31, StoreTables.NoGap);
        rows.Set(32, StoreTables.Enquiries);
        rows.Set(33, (ushort)0);
        rows.Set(34, 0u);
        rows.Next();
    }

    /// <summary>What a contact belongs to.</summary>
    /// <param name="Thread">The enquiry that it is about.</param>
    /// <param name="Chain">What its needs are linked by.</param>
    private readonly record struct Link(ulong Thread, ulong Chain);
}
