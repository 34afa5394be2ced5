using System.Globalization;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Writes calls that ended. Runs inside the transaction of <see cref="DuckContactStore.Apply"/>.</summary>
internal sealed class CallRows(DuckConnection store, Codebook codes)
{
    /// <summary>The last of each id takes the place of what was said before.</summary>
    public void Append(IReadOnlyList<EndedCall> calls, CouncilCode council)
    {
        if (calls.Count == 0) return;
        var last = calls.GroupBy(c => c.Id).Select(g => g.Last()).Select(c => (Call: c, Line: c.Line is null ? 0 : codes.PhoneLines.Code(store, council, new(c.Line, c.Line)))).ToList();
        store.Execute($"DELETE FROM phone_call WHERE call_id IN ({string.Join(", ", last.Select(c => c.Call.Id.ToString(CultureInfo.InvariantCulture)))})");
        var zone = TimeZoneInfo.FindSystemTimeZoneById(council.Zone);
        using var rows = store.Append("phone_call");
        foreach (var (call, line) in last)
        {
            var local = TimeZoneInfo.ConvertTime(call.BeganAt, zone).DateTime;
            rows.Set(0, call.Id);
            rows.Set(1, (ushort)council.Code);
            rows.Set(2, (ushort)line);
            rows.Set(3, ContactCalendar.Day(DateOnly.FromDateTime(local)));
            rows.Set(4, (byte)(local.Hour * 2 + local.Minute / 30));
            rows.Set(5, (byte)(call.Answered ? 1 : 0));
            rows.SetOrNull(6, call.WaitSeconds);
            rows.SetOrNull(7, call.TalkSeconds);
            rows.Next();
        }
        rows.Complete();
    }
}
