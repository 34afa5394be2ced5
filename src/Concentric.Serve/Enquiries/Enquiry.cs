using Concentric.Core;
using Concentric.Serve.Citizens;
using Concentric.Serve.DemandTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Enquiries;

/// <summary>What somebody asked of the council, kept until it is answered.</summary>
internal sealed class Enquiry
{
    /// <summary>Months for which one that came without a form is kept once it was answered; of what came by a form its form says how long.</summary>
    public const int MonthsKept = 24;

    public required Guid Id { get; init; }

    /// <summary>What the citizen quotes.</summary>
    public required Reference Reference { get; init; }

    /// <summary>Given out with the form, so that sending it twice makes one enquiry.</summary>
    public required Guid Token { get; init; }

    /// <summary>LGSL identifier, or null where the citizen was not sure.</summary>
    public required string? Service { get; init; }

    public required string Words { get; set; }
    public required string Email { get; init; }

    /// <summary>Short name of a channel (Core's Channels).</summary>
    public required string Channel { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>Whose it is; null where they said nothing by which they can be found again.</summary>
    public Guid? CitizenId { get; set; }

    /// <summary>The team that it waits with; empty for the desk's own. Where there is a case, the case's.</summary>
    public string Team { get; set; } = "";

    /// <summary>Who took it on; null where nobody did.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>It is worked on as a case, and listed there.</summary>
    public bool HasCase { get; set; }

    /// <summary>It came by a sensitive form: its team sees it, and nobody else at the desk (<see cref="Teams.Sight"/>).</summary>
    public bool IsSensitive { get; init; }

    /// <summary>What another system calls it; null where none told us.</summary>
    public string? OtherReference { get; set; }

    /// <summary>Counts its changes that programs are told of, so that two of them at once do not undo each other's.</summary>
    public int Revision { get; private set; } = 1;

    /// <summary>Not answered yet. Beside the answer itself, because the queue is read far more often than it is written.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>It waits for the citizen, who was asked something (<see cref="Asked"/>); where there is a case, as its case does.</summary>
    public bool IsPaused { get; private set; }

    public Answer? Answer { get; private set; }
    public Coding? Coding { get; private set; }
    public Cause? Cause { get; private set; }

    /// <summary>Whether that is the address that was given; never where none was, or none is kept any more.</summary>
    public bool WasAskedBy(string email) => Email.Length > 0 && string.Equals(Email, email.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is the same enquiry sent again, and not another that came back under the same token.</summary>
    public bool IsTheSameAs(string? service, string words, string email) => Service == service && Words == words && Email == email;

    /// <exception cref="RefusedException">Somebody else answered it in the meantime.</exception>
    public void AnswerWith(Answer answer, Coding coding)
    {
        if (!IsOpen) throw new RefusedException($"{Reference} has already been answered.");
        (Answer, Coding, IsOpen, IsPaused) = (answer, coding, false, false);
        Revision++;
    }

    /// <summary>Answered by another system; what kind of demand it was stays as it was coded.</summary>
    /// <exception cref="RefusedException">Somebody else answered it in the meantime.</exception>
    public void AnswerWith(Answer answer)
    {
        if (!IsOpen) throw new RefusedException($"{Reference} has already been answered.");
        EndWith(answer);
    }

    /// <summary>Answered by the end of its case, after what an adviser may have said meanwhile; what kind of demand it was stays as it was coded.</summary>
    public void EndWith(Answer end)
    {
        if (Answer is null) Answer = end;
        else Answer.GoOn(end);
        (IsOpen, IsPaused) = (false, false);
        Revision++;
    }

    /// <summary>It waits for the citizen from now on, or does not any more.</summary>
    public void Wait(bool forCitizen)
    {
        if (IsPaused == forCitizen) return;
        IsPaused = forCitizen;
        Revision++;
    }

    /// <summary>It was not put right: it waits again.</summary>
    /// <param name="wrong">What is still wrong, in the citizen's words; null where its case keeps them.</param>
    public void Reopen(string? wrong = null)
    {
        (Answer, IsOpen) = (null, true);
        Revision++;
        if (wrong is not null) Words = $"{Words}\n\nNot sorted: {wrong}";
    }

    /// <summary>A change that programs are told of, made beside the verbs.</summary>
    public void Touch() => Revision++;

    /// <summary>Says what kind of demand it was before it is answered, as an adviser does who sent it for the citizen.</summary>
    public void Code(Coding coding) => Coding = coding;

    public void SetCause(Cause? cause) => Cause = cause;

    internal sealed class Table : IEntityTypeConfiguration<Enquiry>
    {
        public void Configure(EntityTypeBuilder<Enquiry> table)
        {
            table.ToTable("serve_enquiry");
            table.HasIndex(e => e.Reference).IsUnique();
            table.HasIndex(e => e.Token).IsUnique();
            table.HasIndex(e => e.OtherReference);
            table.Property(e => e.Revision).IsConcurrencyToken();
            table.HasIndex(e => new { e.IsOpen, e.RaisedAt, e.Id });
            table.HasIndex(e => new { e.IsPaused, e.IsOpen, e.RaisedAt, e.Id });
            table.HasIndex(e => new { e.CitizenId, e.RaisedAt });
            table.HasIndex(e => new { e.Team, e.IsOpen, e.RaisedAt, e.Id });
            table.HasIndex(e => new { e.OwnerId, e.IsOpen, e.RaisedAt, e.Id });
            table.HasIndex(e => new { e.HasCase, e.IsOpen, e.RaisedAt, e.Id });
            table.HasOne<Citizen>().WithMany().HasForeignKey(e => e.CitizenId).OnDelete(DeleteBehavior.SetNull);
            table.HasOne(e => e.Answer).WithOne().HasForeignKey<Answer>(a => a.EnquiryId);
            table.HasOne(e => e.Coding).WithOne().HasForeignKey<Coding>(c => c.EnquiryId);
            table.HasOne(e => e.Cause).WithOne().HasForeignKey<Cause>(c => c.EnquiryId);
        }
    }
}

/// <summary>How an enquiry was closed.</summary>
public enum EnquiryOutcome
{
    Answered = 0,

    /// <summary>The citizen does not want it any more.</summary>
    Withdrawn = 1,
}

/// <summary>What the council said, who said it and when.</summary>
internal sealed class Answer
{
    public Guid EnquiryId { get; init; }
    public required string Text { get; set; }

    /// <summary>The adviser holds that the citizen now has what they asked for.</summary>
    public required bool Resolved { get; set; }

    public EnquiryOutcome Outcome { get; set; }

    public required string By { get; set; }
    public required DateTimeOffset At { get; set; }

    /// <summary>More is said, and how it stands is what was said last.</summary>
    public void GoOn(Answer more) => (Text, Resolved, Outcome, By, At) = ($"{Text}\n\n{more.Text}", more.Resolved, more.Outcome, more.By, more.At);

    internal sealed class Table : IEntityTypeConfiguration<Answer>
    {
        public void Configure(EntityTypeBuilder<Answer> table)
        {
            table.ToTable("serve_answer");
            table.HasKey(a => a.EnquiryId);
        }
    }
}
