using System.Globalization;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Writes who was asked how it was and what they said, one row each. Runs inside the transaction of <see cref="DuckContactStore.Apply"/>.</summary>
internal sealed class FeedbackRows(DuckConnection store, Codebook codes)
{
    /// <summary>The last of each id takes the place of what was said before.</summary>
    public void Append(IReadOnlyList<FeedbackFact> facts)
    {
        if (facts.Count == 0) return;
        var last = facts.GroupBy(f => f.Id).Select(g => g.Last()).ToList();
        store.Execute($"DELETE FROM feedback WHERE feedback_id IN ({string.Join(", ", last.Select(f => f.Id.ToString(CultureInfo.InvariantCulture)))})");
        // Names are written to tables of their own, which an open appender would hold up.
        var coded = last.ConvertAll(f => (Fact: f, Council: codes.CouncilOf(store, f.Council))).ConvertAll(f => (f.Fact, f.Council,
            Service: f.Fact.Service is null ? 0 : codes.Service(store, f.Council, f.Fact.Service, null), Team: codes.Actors.Code(store, f.Council, new(f.Fact.Team, f.Fact.Team))));
        using var rows = store.Append("feedback");
        foreach (var (fact, council, service, team) in coded)
        {
            var utc = fact.At.UtcDateTime;
            var day = ContactCalendar.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(council.Zone))));
            rows.Set(0, fact.Id);
            rows.Set(1, (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
            rows.Set(2, day);
            rows.Set(3, ContactCalendar.Week(day));
            rows.Set(4, (ushort)council.Code);
            rows.Set(5, (ushort)service);
            rows.Set(6, fact.Channel);
            rows.Set(7, fact.Way);
            rows.Set(8, (ushort)team);
            rows.Set(9, fact.CaseRef);
            rows.Set(10, (byte)fact.Said);
            rows.Next();
        }
        rows.Complete();
    }
}
