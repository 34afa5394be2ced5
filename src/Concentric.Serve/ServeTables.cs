using Concentric.Core.Data;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve;

internal static class ServeTables
{
    extension(ConcentricDb db)
    {
        public DbSet<Enquiry> Enquiries => db.Set<Enquiry>();
        public DbSet<Coding> Codings => db.Set<Coding>();
        public DbSet<DemandType> DemandTypes => db.Set<DemandType>();
        public DbSet<Suggestion> Suggestions => db.Set<Suggestion>();
        public DbSet<Purpose> Purposes => db.Set<Purpose>();
    }

    extension(IQueryable<Enquiry> enquiries)
    {
        public IQueryable<Enquiry> Open => enquiries.Where(e => e.IsOpen);
        public IQueryable<Enquiry> Answered => enquiries.Where(e => !e.IsOpen);
        public IQueryable<Enquiry> LongestWaitingFirst => enquiries.OrderBy(e => e.RaisedAt).ThenBy(e => e.Id);

        /// <summary>With what was answered, coded and found as the cause.</summary>
        public IQueryable<Enquiry> Whole => enquiries.Include(e => e.Answer).Include(e => e.Coding!.DemandType).Include(e => e.Cause);
    }
}
