using System.Net.Mail;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Messages;

/// <summary>One e-mail to somebody: waiting, sent, or failed.</summary>
internal sealed class Message
{
    public required Guid Id { get; init; }

    /// <summary>What it is about, as <c>saved-form</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The enquiry that it is about; null where it is about none.</summary>
    public Guid? EnquiryId { get; init; }

    public required string To { get; init; }
    public required string Subject { get; init; }

    /// <summary>Plain text. Null once it was removed, because links for one use stand in it.</summary>
    public required string? Body { get; init; }

    public required Language Language { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public int Attempts { get; init; }

    /// <summary>When it is tried next. While somebody tries it, this lies ahead, so that nobody else does. Null once it was sent, or given up.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>What went wrong the last time, without addresses.</summary>
    public string? Error { get; init; }

    /// <summary>Every try failed.</summary>
    public bool IsFailed => SentAt is null && NextAt is null;

    /// <summary>Whether an address can be written to: one address, without a name, and nothing that could become another line of the letter's head.</summary>
    public static bool IsAddress(string? text) =>
        text is { Length: > 2 and <= 254 } && IsOneLine(text) && MailAddress.TryCreate(text, out var address) && address.Address == text && address.DisplayName.Length == 0;

    internal static bool IsOneLine(string text) => !text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029');

    internal sealed class Table : IEntityTypeConfiguration<Message>
    {
        public void Configure(EntityTypeBuilder<Message> table)
        {
            table.ToTable("serve_message");
            table.HasIndex(m => m.NextAt);
            table.HasIndex(m => m.SentAt);
            table.HasIndex(m => m.EnquiryId);
        }
    }
}
