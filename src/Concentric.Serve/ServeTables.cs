using Concentric.Core.Data;
using Concentric.Serve.Attachments;
using Concentric.Serve.Audits;
using Concentric.Serve.CallBacks;
using Concentric.Serve.Calls;
using Concentric.Serve.Cases;
using Concentric.Serve.Citizens;
using Concentric.Serve.Conversations;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Feedback;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Tables;
using Concentric.Serve.Intake;
using Concentric.Serve.Knowledge;
using Concentric.Serve.Messages;
using Concentric.Serve.Search;
using Concentric.Serve.SystemCauses;
using Concentric.Serve.Teams;
using Concentric.Serve.Work;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve;

internal static class ServeTables
{
    extension(ConcentricDb db)
    {
        public DbSet<Enquiry> Enquiries => db.Set<Enquiry>();
        public DbSet<EnquiryNote> EnquiryNotes => db.Set<EnquiryNote>();
        public DbSet<Asked> Asked => db.Set<Asked>();
        public DbSet<EnquiryLink> EnquiryLinks => db.Set<EnquiryLink>();
        public DbSet<FollowUp> FollowUps => db.Set<FollowUp>();
        public DbSet<Route> Routes => db.Set<Route>();
        public DbSet<ReceivedMail> ReceivedMails => db.Set<ReceivedMail>();
        public DbSet<KeptAnswer> KeptAnswers => db.Set<KeptAnswer>();
        public DbSet<Coding> Codings => db.Set<Coding>();
        public DbSet<DemandType> DemandTypes => db.Set<DemandType>();
        public DbSet<SystemCause> SystemCauses => db.Set<SystemCause>();
        public DbSet<Audit> Audits => db.Set<Audit>();
        public DbSet<AuditItem> AuditItems => db.Set<AuditItem>();
        public DbSet<CausedBy> CausedBys => db.Set<CausedBy>();
        public DbSet<Suggestion> Suggestions => db.Set<Suggestion>();
        public DbSet<Purpose> Purposes => db.Set<Purpose>();
        public DbSet<KnownForm> KnownForms => db.Set<KnownForm>();
        public DbSet<FormVersion> FormVersions => db.Set<FormVersion>();
        public DbSet<FormExample> FormExamples => db.Set<FormExample>();
        public DbSet<Draft> Drafts => db.Set<Draft>();
        public DbSet<WayBack> WaysBack => db.Set<WayBack>();
        public DbSet<Submission> Submissions => db.Set<Submission>();
        public DbSet<Conversation> Conversations => db.Set<Conversation>();
        public DbSet<Call> Calls => db.Set<Call>();
        public DbSet<CallEvent> CallEvents => db.Set<CallEvent>();
        public DbSet<CallBack> CallBacks => db.Set<CallBack>();
        public DbSet<SubmissionPhone> SubmissionPhones => db.Set<SubmissionPhone>();
        public DbSet<Payment> Payments => db.Set<Payment>();
        public DbSet<AgreedParticular> AgreedParticulars => db.Set<AgreedParticular>();
        public DbSet<PaymentAttempt> PaymentAttempts => db.Set<PaymentAttempt>();
        public DbSet<Attachment> Attachments => db.Set<Attachment>();
        public DbSet<ReferenceTable> ReferenceTables => db.Set<ReferenceTable>();
        public DbSet<ReferenceRow> ReferenceRows => db.Set<ReferenceRow>();
        public DbSet<Case> Cases => db.Set<Case>();
        public DbSet<CaseEventRow> CaseEvents => db.Set<CaseEventRow>();
        public DbSet<CaseOpen> CaseOpens => db.Set<CaseOpen>();
        public DbSet<CaseLink> CaseLinks => db.Set<CaseLink>();
        public DbSet<ProcessVersion> ProcessVersions => db.Set<ProcessVersion>();
        public DbSet<Citizen> Citizens => db.Set<Citizen>();
        public DbSet<CitizenPair> CitizenPairs => db.Set<CitizenPair>();
        public DbSet<CitizenLook> CitizenLooks => db.Set<CitizenLook>();
        public DbSet<CitizenReason> CitizenReasons => db.Set<CitizenReason>();
        public DbSet<CitizenPerson> CitizenPersons => db.Set<CitizenPerson>();
        public DbSet<CitizenConsent> CitizenConsents => db.Set<CitizenConsent>();
        public DbSet<CitizenHelper> CitizenHelpers => db.Set<CitizenHelper>();
        public DbSet<TeamMember> TeamMembers => db.Set<TeamMember>();
        public DbSet<CitizenWord> CitizenWords => db.Set<CitizenWord>();
        public DbSet<NearWord> NearWords => db.Set<NearWord>();
        public DbSet<BulkRow> BulkRows => db.Set<BulkRow>();
        public DbSet<GivenFeedback> GivenFeedback => db.Set<GivenFeedback>();
        public DbSet<NoticeAddress> NoticeAddresses => db.Set<NoticeAddress>();
        public DbSet<SaidAndDone> SaidAndDone => db.Set<SaidAndDone>();
        public DbSet<Message> Messages => db.Set<Message>();
        public DbSet<KnowledgePage> KnowledgePages => db.Set<KnowledgePage>();
        public DbSet<KnowledgeVersion> KnowledgeVersions => db.Set<KnowledgeVersion>();
        public DbSet<KnowledgeVerdict> KnowledgeVerdicts => db.Set<KnowledgeVerdict>();
    }

    extension(IQueryable<Enquiry> enquiries)
    {
        public IQueryable<Enquiry> Open => enquiries.That(isOpen: true);

        /// <summary>Of those that are open: what waits for us, and not for the citizen.</summary>
        // A bare truth, for which SQLite reads no index: the one by time is the one to read.
        public IQueryable<Enquiry> Ours => enquiries.Open.Where(e => !e.IsPaused);

        /// <summary>Of those that are open: what waits for the citizen.</summary>
        public IQueryable<Enquiry> OfCitizens => enquiries.Open.Waiting(isPaused: true);

        public IQueryable<Enquiry> Answered => enquiries.That(isOpen: false);

        // Compared with a value: SQLite reads no index for a bare truth.
        private IQueryable<Enquiry> That(bool isOpen) => enquiries.Where(e => e.IsOpen == isOpen);

        private IQueryable<Enquiry> Waiting(bool isPaused) => enquiries.Where(e => e.IsPaused == isPaused);

        public IQueryable<Enquiry> LongestWaitingFirst => enquiries.OrderBy(e => e.RaisedAt).ThenBy(e => e.Id);

        /// <summary>With what was answered, coded and found as the cause.</summary>
        public IQueryable<Enquiry> Whole => enquiries.Include(e => e.Answer).Include(e => e.Coding!.DemandType).Include(e => e.Cause);
    }
}
