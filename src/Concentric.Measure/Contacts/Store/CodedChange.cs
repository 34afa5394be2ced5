using System.Globalization;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>A <see cref="ContactChange"/> with codes in place of names. Null: nothing new.</summary>
internal sealed record CodedChange(ulong CaseRef)
{
    /// <summary>Columns that take the new value as it is.</summary>
    public static readonly string[] Plain = ["seconds", "resolved", "demand", "failure_cause", "satisfaction", "demand_type", "system_cause", "cause_service", "cause_step", "team"];

    /// <summary>All columns, in the order in which <see cref="Write"/> writes them.</summary>
    public const string Names = "seconds, resolved, demand, failure_cause, satisfaction, ending, ended_at, demand_type, system_cause, cause_service, cause_step, team";

    /// <summary>Likewise, with their types.</summary>
    public const string Columns = """
        seconds INTEGER, resolved UTINYINT, demand UTINYINT, failure_cause UTINYINT, satisfaction UTINYINT, ending UTINYINT, ended_at TIMESTAMP,
        demand_type USMALLINT, system_cause USMALLINT, cause_service USMALLINT, cause_step USMALLINT, team USMALLINT
        """;

    public int? Seconds { get; init; }
    public byte? Resolved { get; init; }
    public byte? Demand { get; init; }
    public byte? FailureCause { get; init; }
    public byte? Satisfaction { get; init; }
    public Ending? Ending { get; init; }

    /// <summary>Microseconds since 1970, UTC; with <see cref="Ending"/>.</summary>
    public long? EndedAt { get; init; }

    public ushort? DemandType { get; init; }
    public ushort? SystemCause { get; init; }
    public ushort? CauseService { get; init; }
    public ushort? CauseStep { get; init; }

    /// <summary>As <see cref="TeamRows"/> keeps it.</summary>
    public ushort? Team { get; init; }

    public static CodedChange Of(ContactChange change, DuckConnection store, Codebook codes, CouncilCode own)
    {
        ushort? Code(NameBook book, string? key) => key is null ? null : (ushort)book.Code(store, own, new(key, key));
        return new(change.CaseRef)
        {
            Seconds = change.Seconds,
            Resolved = (byte?)change.Resolved,
            Demand = (byte?)change.Demand,
            FailureCause = change.FailureCause,
            Satisfaction = change.Satisfaction,
            Ending = change.Ending?.How,
            EndedAt = change.Ending is { } end ? Micros(end.At.UtcDateTime) : null,
            DemandType = Code(codes.DemandTypes, change.DemandType),
            SystemCause = Code(codes.SystemCauses, change.SystemCause),
            CauseService = change.CauseService is { } service ? (ushort)codes.Service(store, own, service, null) : null,
            CauseStep = Code(codes.Activities, change.CauseStep),
            Team = Code(codes.Actors, change.Team) is { } team ? TeamRows.Kept(team) : null,
        };
    }

    /// <summary>This and then the other.</summary>
    public CodedChange Then(CodedChange later)
    {
        var keeps = later.Ending is null || later.Ending == Contacts.Ending.AtLatest && Ending is Contacts.Ending.At or Contacts.Ending.AtLatest;
        return new(CaseRef)
        {
            Seconds = later.Seconds ?? Seconds,
            Resolved = later.Resolved ?? Resolved,
            Demand = later.Demand ?? Demand,
            FailureCause = later.FailureCause ?? FailureCause,
            Satisfaction = later.Satisfaction ?? Satisfaction,
            // After it was opened again, the citizen's word is the end.
            Ending = keeps ? Ending : Ending == Contacts.Ending.Not && later.Ending == Contacts.Ending.AtLatest ? Contacts.Ending.At : later.Ending,
            EndedAt = keeps ? EndedAt : later.EndedAt,
            DemandType = later.DemandType ?? DemandType,
            SystemCause = later.SystemCause ?? SystemCause,
            CauseService = later.CauseService ?? CauseService,
            CauseStep = later.CauseStep ?? CauseStep,
            Team = later.Team ?? Team,
        };
    }

    /// <summary>Writes it into the columns of <see cref="Names"/>.</summary>
    public void Write(DuckAppender rows, int from)
    {
        rows.SetOrNull(from, Seconds);
        rows.SetOrNull(from + 1, Resolved);
        rows.SetOrNull(from + 2, Demand);
        rows.SetOrNull(from + 3, FailureCause);
        rows.SetOrNull(from + 4, Satisfaction);
        rows.SetOrNull(from + 5, (byte?)Ending);
        rows.SetOrNull(from + 6, EndedAt);
        rows.SetOrNull(from + 7, DemandType);
        rows.SetOrNull(from + 8, SystemCause);
        rows.SetOrNull(from + 9, CauseService);
        rows.SetOrNull(from + 10, CauseStep);
        rows.SetOrNull(from + 11, Team);
    }

    public static CodedChange Read(DuckResult rows, int row)
    {
        long? Given(int column) => rows.Column(column).IsNull(row) ? null : rows.Column(column).Number(row);
        return new(rows.Column(0).Unsigned(row))
        {
            Seconds = (int?)Given(1), Resolved = (byte?)Given(2), Demand = (byte?)Given(3), FailureCause = (byte?)Given(4), Satisfaction = (byte?)Given(5),
            Ending = (Ending?)Given(6), EndedAt = Given(7), DemandType = (ushort?)Given(8), SystemCause = (ushort?)Given(9), CauseService = (ushort?)Given(10), CauseStep = (ushort?)Given(11), Team = (ushort?)Given(12),
        };
    }

    public static long Micros(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}

/// <summary>What was said of enquiries before they were raised, which only clocks that disagree can bring about.</summary>
internal sealed class EarlyChanges(DuckConnection store)
{
    /// <summary>Takes out what was said of these.</summary>
    public List<CodedChange> Take(IReadOnlyList<RaisedContact> raised)
    {
        var early = new List<CodedChange>();
        if (raised.Count == 0 || store.Number("SELECT count(*) FROM early_change") == 0) return early;
        var cases = $"case_ref IN ({string.Join(", ", raised.Select(r => r.CaseRef.ToString(CultureInfo.InvariantCulture)))})";
        using (var rows = store.Query($"SELECT case_ref, {CodedChange.Names} FROM early_change WHERE {cases} ORDER BY rowid"))
        {
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Rows; i++) early.Add(CodedChange.Read(rows, i));
            }
        }
        store.Execute($"DELETE FROM early_change WHERE {cases}");
        return early;
    }
}
