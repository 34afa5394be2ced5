using Concentric.Core.Data;
using Concentric.Serve.Citizens;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Enquiries;

/// <summary>What is kept of enquiries goes once its time is over; that they were made, and what came of them, stays to be counted.</summary>
internal static class ForgetEnquiries
{
    /// <summary>What an enquiry says once its answers are gone.</summary>
    public const string NotKept = "The answers are not kept any more.";

    private const int AtOnce = 500;

    /// <summary>Forgets those that came without a form and were answered long ago, some at a time, and returns how many. What came by a form goes when its form says.</summary>
    public static async Task<int> Forget(IWriter writer, DateTimeOffset now)
    {
        var (all, some, before, isOpen) = (0, 0, now.AddMonths(-Enquiry.MonthsKept), false);
        do
        {
            some = await writer.Write(async db =>
            {
                var (sent, worked) = (db.Submissions, db.Cases.Where(c => c.IsOpen).Select(c => c.Id));
                var over = await db.Enquiries.Where(e => e.IsOpen == isOpen && e.RaisedAt < before && e.Words != NotKept && e.Answer!.At < before && !sent.Any(s => s.Id == e.Id) && !worked.Contains(e.Id))
                    .Select(e => e.Id).Take(AtOnce).ToListAsync();
                if (over.Count > 0) await Leave(db, db.Enquiries.Where(e => over.Contains(e.Id)).Select(e => e.Id));
                return over.Count;
            });
            all += some;
        }
        while (some == AtOnce);
        return all;
    }

    /// <summary>Takes out of enquiries what they hold of people, inside <see cref="IWriter.Write"/>.</summary>
    public static async Task Leave(ConcentricDb db, IQueryable<Guid> over)
    {
        await db.Attachments.Where(a => a.SubmissionId != null && over.Contains(a.SubmissionId.Value)).ExecuteUpdateAsync(a => a.SetProperty(x => x.SubmissionId, (Guid?)null));
        await ForgetCitizens.Leave(db, db.Enquiries.Where(e => over.Contains(e.Id)));
        await db.Enquiries.Where(e => over.Contains(e.Id)).ExecuteUpdateAsync(e => e.SetProperty(x => x.Words, NotKept).SetProperty(x => x.Email, ""));
        await db.CallBacks.Where(b => b.EnquiryId != null && over.Contains(b.EnquiryId.Value)).ExecuteUpdateAsync(b => b.SetProperty(x => x.Number, (string?)null).SetProperty(x => x.About, (string?)null));
        await db.EnquiryNotes.Where(n => over.Contains(n.EnquiryId)).ExecuteDeleteAsync();
        await db.Asked.Where(a => over.Contains(a.EnquiryId)).ExecuteUpdateAsync(a => a.SetProperty(x => x.Question, Asked.NotKept));
        await db.CaseEvents.Where(e => e.Note != null && over.Contains(e.CaseId)).ExecuteUpdateAsync(e => e.SetProperty(x => x.Note, "Not kept any more."));
    }
}
