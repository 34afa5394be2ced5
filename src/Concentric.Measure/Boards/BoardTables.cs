using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Boards;

internal static class BoardTables
{
    extension(ConcentricDb db)
    {
        public DbSet<KeptMeasure> KeptMeasures => db.Set<KeptMeasure>();
        public DbSet<MeasureVersion> MeasureVersions => db.Set<MeasureVersion>();
        public DbSet<ChartPhase> ChartPhases => db.Set<ChartPhase>();
        public DbSet<ChartNote> ChartNotes => db.Set<ChartNote>();
        public DbSet<MeasureTarget> MeasureTargets => db.Set<MeasureTarget>();
        public DbSet<PublishedPoint> PublishedPoints => db.Set<PublishedPoint>();
        public DbSet<BoardReview> BoardReviews => db.Set<BoardReview>();
    }
}
