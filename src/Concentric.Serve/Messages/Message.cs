using System.Net.Mail;
using Concentric.Serve.Conversations;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Messages;

/// <summary>How a message goes to somebody.</summary>
public enum MessageChannel { Email, Text }

/// <summary>What became of a message after the message service took it.</summary>
public enum Delivery { Delivered, PermanentFailure, TemporaryFailure, TechnicalFailure, NotKnown }

/// <summary>One e-mail or text message to somebody: waiting, sent, or failed.</summary>
internal sealed class Message
{
    /// <summary>Also what the message service is told as our reference.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is about, as <c>saved-form</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The enquiry that it is about; null where it is about none.</summary>
    public Guid? EnquiryId { get; init; }

    public MessageChannel Channel { get; init; }

    /// <summary>The address, or the number of a mobile phone.</summary>
    public required string To { get; init; }

    public required string Subject { get; init; }

    /// <summary>Plain text. Null once it was removed, because links for one use stand in it.</summary>
    public required string? Body { get; init; }

    public required Language Language { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Tries that count: not those at which the whole door was closed.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is tried next. While somebody tries it, this lies ahead, so that nobody else does. Null once it was sent, or given up.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Who took it last to send it.</summary>
    public Guid? TakenBy { get; init; }

    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>Since when it may have been sent without our knowing: the answer was lost, or the program stopped before it came.</summary>
    public DateTimeOffset? UnsureSince { get; init; }

    /// <summary>What went wrong the last time, without addresses.</summary>
    public string? Error { get; init; }

    /// <summary>Which kind of thing that was.</summary>
    public DoorFault? Fault { get; init; }

    /// <summary>What the message service calls it.</summary>
    public string? DoorId { get; init; }

    /// <summary>When the message service is asked next what became of it; null where that is known, or nobody can be asked.</summary>
    public DateTimeOffset? AskAt { get; init; }

    public Delivery? Delivery { get; init; }
    public DateTimeOffset? DeliveryAt { get; init; }

    /// <summary>The message that was written in its place, because this one was taken and did not arrive.</summary>
    public Guid? AgainAs { get; init; }

    /// <summary>Every try failed.</summary>
    public bool IsFailed => SentAt is null && NextAt is null;

    /// <summary>Whether an address can be written to: one address, without a name, and nothing that could become another line of the letter's head.</summary>
    public static bool IsAddress(string? text) =>
        text is { Length: > 2 and <= 254 } && IsOneLine(text) && MailAddress.TryCreate(text, out var address) && address.Address == text && address.DisplayName.Length == 0;

    /// <summary>The number of a mobile phone in the United Kingdom as 07 and nine digits; null for any other.</summary>
    public static string? MobileNumber(string? text) => SubmissionPhone.Digits(text) is ['0', '7', _, _, _, _, _, _, _, _, _] digits && !IsPager(digits) ? digits : null;

    internal static bool IsOneLine(string text) => !text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029');

    // 070 are personal numbers, which are dear to write to; 076 are pagers, but for 07624, the Isle of Man's mobiles.
    private static bool IsPager(string digits) => digits[2] == '0' || (digits[2] == '6' && !digits.StartsWith("07624", StringComparison.Ordinal));

    internal sealed class Table : IEntityTypeConfiguration<Message>
    {
        public void Configure(EntityTypeBuilder<Message> table)
        {
            table.ToTable("serve_message");
            table.HasIndex(m => m.SentAt);
            table.HasIndex(m => m.EnquiryId);
            table.HasIndex(m => new { m.Channel, m.NextAt, m.At, m.Id });
            table.HasIndex(m => m.AskAt);
            table.HasIndex(m => new { m.Fault, m.At, m.Id });
        }
    }
}
