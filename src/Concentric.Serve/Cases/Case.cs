using Concentric.Core;
using Concentric.Core.People;
using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Cases;

/// <summary>Work that follows a process, for one enquiry whose reference it has. How it stands follows from its events (<see cref="CaseState"/>); here is only what lists ask for.</summary>
internal sealed class Case
{
    /// <summary>That of its enquiry.</summary>
    public required Guid Id { get; init; }

    public required Reference Reference { get; init; }
    public required string Process { get; init; }
    public required int Version { get; init; }

    /// <summary>Working days in which the citizen was promised an end.</summary>
    public required int PromiseDays { get; init; }

    public required DateTimeOffset BegunAt { get; init; }
    public required string Team { get; set; }

    /// <summary>LGSL identifier, as its enquiry has it.</summary>
    public string? Service { get; init; }

    /// <summary>Who took it on; null where nobody did.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>As its enquiry is.</summary>
    public bool IsSensitive { get; init; }

    public bool IsOpen { get; set; } = true;
    public bool IsPaused { get; set; }

    /// <summary>The day by which something must be done next: the soonest of what is open, or what was promised.</summary>
    public DateOnly NextOn { get; set; }

    /// <summary>The soonest day on which a wait is over; null where nothing waits.</summary>
    public DateOnly? WaitsUntil { get; set; }

    /// <summary>The day from which somebody is to be told that a step is overdue; null where nobody is.</summary>
    public DateOnly? TellFrom { get; set; }

    /// <summary>The highest who was told that a step is overdue which is open still.</summary>
    public Role? EscalatedTo { get; set; }

    public CaseOutcome? Outcome { get; set; }

    /// <summary>Number of its last event. Who would add to a case that somebody else just added to, reads it again.</summary>
    public int Revision { get; set; }

    /// <summary>Takes over what lists ask for.</summary>
    public void Stand(CaseState state)
    {
        var due = state.DueOn(PromiseDays);
        (Team, OwnerId, IsOpen, IsPaused, Outcome) = (state.Team, state.Owner, state.End is null, state.Pause is not null, state.End?.Outcome);
        NextOn = state.Open.Where(o => o.Node.Kind == NodeKind.Step).Select(o => o.DueOn ?? due).Append(due).Min();
        (TellFrom, EscalatedTo) = (state.Escalations(PromiseDays).Select(x => (DateOnly?)x.From).FirstOrDefault(), state.EscalatedTo);
        WaitsUntil = state.Open.Where(o => o.Node.Kind == NodeKind.Wait).Select(o => o.DueOn).Min();
    }

    internal sealed class Table : IEntityTypeConfiguration<Case>
    {
        public void Configure(EntityTypeBuilder<Case> table)
        {
            table.ToTable("serve_case");
            table.Property(c => c.Revision).IsConcurrencyToken();
            table.HasIndex(c => c.Reference).IsUnique();
            table.HasIndex(c => new { c.IsOpen, c.NextOn, c.Id });
            table.HasIndex(c => new { c.Team, c.IsOpen, c.NextOn, c.Id });
            table.HasIndex(c => new { c.OwnerId, c.IsOpen, c.NextOn, c.Id });
            table.HasIndex(c => new { c.IsPaused, c.IsOpen, c.NextOn, c.Id });
            table.HasIndex(c => new { c.Process, c.IsOpen, c.NextOn, c.Id });
            // With what else a list asks for, so that it is counted without looking at each case.
            table.HasIndex(c => new { c.Service, c.IsOpen, c.NextOn, c.Id, c.Team, c.OwnerId, c.IsSensitive, c.IsPaused }).HasDatabaseName("IX_serve_case_Service_list");
            table.HasIndex(c => c.WaitsUntil);
            table.HasIndex(c => c.TellFrom);
            table.HasIndex(c => new { c.EscalatedTo, c.IsOpen, c.NextOn, c.Id });
            table.HasOne<Enquiry>().WithOne().HasForeignKey<Case>(c => c.Id);
            table.HasOne<ProcessVersion>().WithMany().HasForeignKey(c => new { c.Process, c.Version }).OnDelete(DeleteBehavior.ClientSetNull);
        }
    }
}

/// <summary>A step or wait in which a case is now: where cases sit is counted by these.</summary>
internal sealed class CaseOpen
{
    public required Guid CaseId { get; init; }
    public required string Node { get; init; }

    /// <summary>As of its case, so that they are counted without it.</summary>
    public required string Process { get; init; }

    public required int Version { get; init; }
    public required DateTimeOffset Since { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<CaseOpen>
    {
        public void Configure(EntityTypeBuilder<CaseOpen> table)
        {
            table.ToTable("serve_case_open");
            table.HasKey(o => new { o.CaseId, o.Node });
            table.HasIndex(o => new { o.Process, o.Version, o.Node });
            table.HasOne<Case>().WithMany().HasForeignKey(o => o.CaseId);
        }
    }
}

/// <summary>One thing that happened to a case.</summary>
internal sealed class CaseEventRow
{
    public required Guid CaseId { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required int Number { get; init; }

    public required CaseEventKind Kind { get; init; }
    public string? Node { get; init; }
    public string? Way { get; init; }
    public string? Team { get; init; }
    public string? Note { get; init; }
    public Guid? Owner { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    public CaseEvent Event => new(Kind, By, At, Node, Way, Team, Note, Owner);

    public static CaseEventRow Of(Guid id, int number, CaseEvent e) => new()
    {
        CaseId = id, Number = number, Kind = e.Kind, Node = e.Node, Way = e.Way, Team = e.Team, Note = e.Note, Owner = e.Owner, By = e.By, At = e.At,
    };

    internal sealed class Table : IEntityTypeConfiguration<CaseEventRow>
    {
        public void Configure(EntityTypeBuilder<CaseEventRow> table)
        {
            table.ToTable("serve_case_event");
            table.HasKey(e => new { e.CaseId, e.Number });
            table.HasOne<Case>().WithMany().HasForeignKey(e => e.CaseId);
        }
    }
}

/// <summary>A process as it is, or was: cases keep to the version by which they began.</summary>
internal sealed class ProcessVersion
{
    public required string Id { get; init; }

    /// <summary>From 1, without gaps; the last is in use.</summary>
    public required int Version { get; init; }

    /// <summary>The process as JSON.</summary>
    public required string Definition { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<ProcessVersion>
    {
        public void Configure(EntityTypeBuilder<ProcessVersion> table)
        {
            table.ToTable("serve_process");
            table.HasKey(p => new { p.Id, p.Version });
        }
    }
}
