using System.Text;
using System.Text.RegularExpressions;
using Concentric.Core;
using Concentric.Serve.Forms;
using MimeKit;

namespace Concentric.Serve.Intake;

/// <summary>An e-mail as far as it could be read.</summary>
/// <param name="Fault">Why it must be looked at by somebody; null where it can be taken as it is.</param>
/// <param name="Sender">Address of who wrote it; empty where none can be read.</param>
/// <param name="Name">What they call themselves.</param>
/// <param name="Words">The text, without formatting.</param>
/// <param name="About">The reference that its subject names, if it does.</param>
/// <param name="IsAutomatic">A program wrote it.</param>
internal sealed record MailMessage(MailFault? Fault, string Sender, string? Name, string Subject, string? MessageId, string Words, Reference? About, bool IsAutomatic, IReadOnlyList<MimePart> Files);

/// <summary>Reads an e-mail: who wrote it, what about, and its text. Reading ends at the first thing that no honest message has, and never in an exception.</summary>
internal static partial class ReadMail
{
    private const int MostDepth = 8;
    private const int MostParts = 100;
    private const int LongestSubject = 1000;

    /// <summary>An e-mail quotes what was written before, so it may be longer than what is typed into a form.</summary>
    public const int MostWords = 20_000;

    private static readonly ParserOptions Options = new() { MaxMimeDepth = MostDepth * 2, MaxAddressGroupDepth = 2 };

    /// <param name="bytes">The whole message, at most <see cref="MailHead.MostBytes"/>.</param>
    public static MailMessage Of(byte[] bytes)
    {
        var fault = MailHead.Fault(bytes);
        try
        {
            // With a fault in its head only the head is read, and no more of it than somebody has to see.
            // Not disposed: the files of the message are read from it.
            var stream = new MemoryStream(bytes, 0, fault is null ? bytes.Length : Math.Min(bytes.Length, 16_384));
            return Read(MimeMessage.Load(Options, stream, persistent: true), fault);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or NotSupportedException or IOException or IndexOutOfRangeException)
        {
            return new(fault ?? MailFault.Unreadable, "", null, "", null, "", null, false, []);
        }
    }

    private static MailMessage Read(MimeMessage message, MailFault? fault)
    {
        var box = message.From.Mailboxes.FirstOrDefault() ?? message.Sender;
        var subject = message.Subject ?? "";
        if (fault is null && (HasControls(subject) || HasControls(box?.Name ?? "") || HasControls(box?.Address ?? ""))) fault = MailFault.BrokenHeader;
        if (fault is null && subject.Length > LongestSubject) fault = MailFault.LongHeader;
        var parts = new List<MimeEntity>();
        fault ??= Walk(message.Body, parts, 1);
        var (words, unread) = Words(parts);
        fault ??= unread;
        var sender = box is not null && EmailAddress.LooksRight(box.Address) ? box.Address : "";
        if (sender.Length == 0) fault ??= MailFault.NoSender;
        var files = parts.OfType<MimePart>().Where(IsFile).ToList();
        if (words.Length > MostWords) fault ??= MailFault.LongWords;
        if (words.Length == 0 && subject.Trim().Length == 0 && files.Count == 0) fault ??= MailFault.NoWords;
        if (parts.Exists(p => p is MessagePart)) fault ??= MailFault.BadAttachment;
        Reference? about = Named.Matches(subject.Length <= LongestSubject ? subject : "").Select(m => Reference.TryParse(m.Value, out var found) ? found : (Reference?)null).FirstOrDefault(f => f is not null);
        return new(fault, sender, OneLine(box?.Name, 100), OneLine(subject, LongestSubject) ?? "", OneLine(message.MessageId, 500), words, about, IsAutomatic(message), files);
    }

    /// <summary>Lists the parts, or says that there are too many or too deep.</summary>
    private static MailFault? Walk(MimeEntity? entity, List<MimeEntity> parts, int depth)
    {
        if (entity is null) return null;
        if (depth > MostDepth) return MailFault.TooDeep;
        if (entity.Headers.Count > MailHead.MostHeaders) return MailFault.TooManyHeaders;
        if (entity is Multipart several)
        {
            foreach (var part in several)
                if (Walk(part, parts, depth + 1) is { } fault) return fault;
            return null;
        }
        if (parts.Count >= MostParts) return MailFault.TooManyParts;
        parts.Add(entity);
        return null;
    }

    private static (string Words, MailFault? Fault) Words(List<MimeEntity> parts)
    {
        var texts = parts.OfType<TextPart>().Where(t => !t.IsAttachment && t.FileName is null).ToList();
        var plain = texts.Where(t => t.IsPlain).ToList();
        MailFault? fault = null;
        var words = Join(plain.Select(Decode));
        if (words.Length == 0) words = Join(texts.Where(t => t.IsHtml).Select(t => Decode(t) is { } html ? OfHtml(html) : null));
        return (words, fault);

        string OfHtml(string html)
        {
            var (text, isWhole) = MailText.OfHtml(html);
            if (!isWhole) fault = MailFault.TooDeep;
            return text;
        }

        string Join(IEnumerable<string?> all) => Fields.Tidy(string.Join("\n\n", all.Where(t =>
        {
            if (t is null) fault = MailFault.UnknownCharset;
            return t is not null;
        })));
    }

    /// <summary>The text as its charset says; null where there is no such charset or the bytes are not of it.</summary>
    private static string? Decode(TextPart part)
    {
        using var decoded = new MemoryStream();
        part.Content?.DecodeTo(decoded);
        var bytes = decoded.ToArray();
        var named = part.ContentType.Charset;
        foreach (var charset in named is null or "" or "us-ascii" ? (string[])["utf-8", "windows-1252"] : [named])
        {
            try
            {
                Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
                // UTF-7 can write what filters look for in signs that they do not see; .NET refuses it too.
                return Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes);
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException) { }
        }
        return null;
    }

    /// <summary>Something to be kept beside the words: not a picture of a signature that the text shows, and not a signature by key.</summary>
    private static bool IsFile(MimePart part) =>
        part.ContentType.MimeType.ToLowerInvariant() is not ("application/pkcs7-signature" or "application/x-pkcs7-signature" or "application/pgp-signature")
        && (part.IsAttachment || part.FileName is not null || part is not TextPart) && !(part.ContentId is not null && !part.IsAttachment && part.ContentType.IsMimeType("image", "*") && Attachments.FileKind.Of(Extension(part)) is null);

    private static string Extension(MimePart part) => Attachments.FileNames.ExtensionOf(part.FileName ?? "");

    // What came by a list is no automatic answer: a council's own group address is one.
    private static bool IsAutomatic(MimeMessage message)
    {
        string Header(string name) => message.Headers[name]?.Trim().ToLowerInvariant() ?? "";
        return Header("Auto-Submitted") is not ("" or "no") || Header("Precedence") is "bulk" or "junk" or "auto_reply" || Header("X-Autoreply") is not ("" or "no") || Header("X-Autorespond").Length > 0
            || Header("Return-Path") == "<>" || message.Headers.Contains("X-Loop") || message.Headers.Count(h => h.Id == HeaderId.Received) > 50
            || message.Body is MultipartReport;
    }

    private static bool HasControls(string text) => text.Any(char.IsControl);

    private static string? OneLine(string? text, int most)
    {
        if (text is null) return null;
        var line = string.Concat(Fields.Tidy(text).Select(c => c is '\n' or '\t' ? ' ' : char.IsSurrogate(c) ? '\uFFFD' : c)).Trim();
        return line.Length == 0 ? null : line.Length <= most ? line : line[..most];
    }

    [GeneratedRegex(@"\bCN-?[2-9A-HJKMNP-Z]{4}-?[2-9A-HJKMNP-Z]{4}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named { get; }
}
