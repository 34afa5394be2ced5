using Concentric.Core.Data;
using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Citizens;

/// <summary>Forgets a citizen of whom nothing is kept any more: their row, and with it who has looked, what they agreed to, who helps them and whom they are like.</summary>
internal static class ForgetCitizens
{
    /// <summary>Notes whose answers go, so that only these are looked at and not everybody.</summary>
    /// <param name="going">Enquiries whose answers are about to be removed.</param>
    public static Task Leave(ConcentricDb db, IQueryable<Enquiry> going)
    {
        var theirs = going.Where(e => e.CitizenId != null).Select(e => e.CitizenId!.Value);
        return db.Citizens.Where(c => theirs.Contains(c.Id)).ExecuteUpdateAsync(c => c.SetProperty(x => x.IsLeft, true));
    }

    public static async Task Forget(ConcentricDb db)
    {
        // Compared with a value: SQLite reads no index for a bare truth.
        var left = true;
        var (enquiries, submissions, cases, conversations, callBacks) = (db.Enquiries, db.Submissions, db.Cases, db.Conversations, db.CallBacks);
        // An enquiry without an address and without a submission holds nothing of theirs any more, once it is answered.
        var kept = enquiries.Where(e => e.CitizenId != null && (e.Email != "" || (e.IsOpen && e.Words != ForgetEnquiries.NotKept) || submissions.Any(s => s.Id == e.Id) || cases.Any(c => c.Id == e.Id && c.IsOpen)));
        await db.Citizens.Where(c => c.IsLeft == left && !kept.Any(e => e.CitizenId == c.Id) && !conversations.Any(t => t.CitizenId == c.Id && t.EndedAt == null) && !callBacks.Any(b => b.CitizenId == c.Id && b.DoneAt == null)).ExecuteDeleteAsync();
        // Who has something else kept is noted again when that goes.
        await db.Citizens.Where(c => c.IsLeft == left && kept.Any(e => e.CitizenId == c.Id)).ExecuteUpdateAsync(c => c.SetProperty(x => x.IsLeft, false));
    }
}
