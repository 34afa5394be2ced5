using Concentric.Core.Facts;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Conversations;

/// <summary>What came of a conversation.</summary>
internal enum ConversationOutcome { Answered, FormSent, HandedOver, CallBack, Left }

/// <summary>An adviser talks with somebody, who may ask for several things. The forms filled in for them name it.</summary>
internal sealed class Conversation
{
    /// <summary>Codes that may be read out wrongly in one conversation, so that nobody guesses their way into a form.</summary>
    public const int MostWrongCodes = 5;

    /// <summary>What took longer was not talked all the while: it was left open, and how long it took is not known.</summary>
    public static readonly TimeSpan LongestHandling = TimeSpan.FromHours(2);

    /// <summary>What is known of the person of a conversation that nobody ended goes after this long.</summary>
    public static readonly TimeSpan KnownKept = TimeSpan.FromDays(1);

    public required Guid Id { get; init; }

    /// <summary>Short name of a channel (Core's Channels).</summary>
    public required string Channel { get; init; }

    /// <summary>Id of the adviser. Nobody else sees it.</summary>
    public required string By { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The phone call from which it was begun, by the phone system's name of it; null where it was begun from none, or the call is forgotten. The two end apart.</summary>
    public string? Call { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }
    public ConversationOutcome? Outcome { get; private set; }
    public Demand? Demand { get; private set; }

    /// <summary>Seconds from its start to its end; null where that is not known.</summary>
    public int? Handling { get; private set; }

    /// <summary>The person, where they were found or said who they are.</summary>
    public string? PersonEmail { get; set; }

    /// <summary>Digits only (<see cref="SubmissionPhone.Digits"/>).</summary>
    public string? PersonPhone { get; set; }

    /// <summary>Whom it is with, where they are kept as one citizen.</summary>
    public Guid? CitizenId { get; set; }

    /// <summary>Particulars said in it or told before, as JSON (<see cref="KnownParticulars"/>): offered to each form and used in none unseen.</summary>
    public string Known { get; set; } = KnownParticulars.Nothing;

    public int WrongCodes { get; set; }

    public bool IsOpen => EndedAt is null;

    public void End(ConversationOutcome outcome, Demand demand, DateTimeOffset now)
    {
        (EndedAt, Outcome, Demand) = (now, outcome, demand);
        Handling = Taken((now - StartedAt).TotalSeconds);
        ForgetPerson();
    }

    /// <summary>How long somebody worked, in seconds; null where it cannot have been that long.</summary>
    public static int? Taken(double seconds) => seconds > 0 && seconds < LongestHandling.TotalSeconds ? (int)seconds : null;

    public void ForgetPerson() => (PersonEmail, PersonPhone, CitizenId, Known) = (null, null, null, KnownParticulars.Nothing);

    internal sealed class Table : IEntityTypeConfiguration<Conversation>
    {
        public void Configure(EntityTypeBuilder<Conversation> table)
        {
            table.ToTable("serve_conversation");
            table.HasIndex(c => new { c.By, c.EndedAt });
            table.HasIndex(c => c.CitizenId);
            table.HasIndex(c => c.Call);
        }
    }
}

/// <summary>The telephone number that was answered in a form: by it somebody who rings is found again.</summary>
internal sealed class SubmissionPhone
{
    public required Guid SubmissionId { get; init; }
    public required string Phone { get; init; }

    /// <summary>The number's digits, +44 written as 0; null where there are too few to be one.</summary>
    public static string? Digits(string? phone)
    {
        var digits = string.Concat((phone ?? "").Where(char.IsAsciiDigit));
        if (digits.StartsWith("0044", StringComparison.Ordinal)) digits = $"0{digits[4..].TrimStart('0')}";
        else if (digits.StartsWith("44", StringComparison.Ordinal) && digits.Length > 11) digits = $"0{digits[2..].TrimStart('0')}";
        return digits.Length is >= 10 and <= 15 ? digits : null;
    }

    /// <summary>As people write it: 07700 900123, 020 7946 0123.</summary>
    public static string Shown(string digits) => digits switch
    {
        ['0', '2', ..] and { Length: 11 } => $"{digits[..3]} {digits[3..7]} {digits[7..]}",
        ['0', ..] and { Length: 11 } => $"{digits[..5]} {digits[5..]}",
        _ => digits,
    };

    internal sealed class Table : IEntityTypeConfiguration<SubmissionPhone>
    {
        public void Configure(EntityTypeBuilder<SubmissionPhone> table)
        {
            table.ToTable("serve_submission_phone");
            table.HasKey(p => p.SubmissionId);
            table.HasIndex(p => p.Phone);
            table.HasOne<Submission>().WithOne().HasForeignKey<SubmissionPhone>(p => p.SubmissionId);
        }
    }
}
