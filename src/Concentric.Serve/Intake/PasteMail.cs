using System.Security.Claims;
using System.Text;
using System.Text.RegularExpressions;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Intake;

/// <summary>An e-mail as an adviser pastes it: whole, with its headers, or its text alone with who wrote it.</summary>
public sealed record PastedMail
{
    public string? Text { get; init; }
    public string? From { get; init; }
    public string? Subject { get; init; }

    /// <summary>Given out with the page: the same text pasted another day is another e-mail.</summary>
    public Guid Token { get; init; }

    public Errors Check(bool isWhole) => new Errors()
        .Check("Text", !string.IsNullOrWhiteSpace(Text), "Paste the email")
        .Check("From", isWhole || !string.IsNullOrWhiteSpace(From), "Enter the email address that it came from, or paste the email with its headers")
        .Check("From", isWhole || EmailAddress.LooksRight(From?.Trim()), "Enter an email address in the correct format, like name@example.com")
        .Check("Subject", Subject is null or { Length: <= 500 }, "The subject must be 500 characters or fewer");
}

/// <summary>An adviser pastes an e-mail that came to somebody’s own mailbox. It goes the way of all e-mail.</summary>
internal static partial class PasteMail
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/mail/new", (TimeProvider clock) => Page(new() { Token = Guid.CreateVersion7(clock.GetUtcNow()) }, new())).For(Audience.Desk);
        pages.MapPost("/desk/mail/new", Paste).For(Audience.Desk);
    }

    private static async Task<IResult> Paste([FromForm] PastedMail form, TakeMail take, ConcentricDb db, ClaimsPrincipal visitor)
    {
        var isWhole = IsWhole(form.Text ?? "");
        var errors = form.Check(isWhole);
        if (errors.Any) return Page(form, errors);
        using var content = new MemoryStream(Bytes(form, isWhole));
        // Begun is brought to its end, though the adviser leave.
        var mail = await take.Take(content, visitor.Actor, CancellationToken.None);
        var enquiry = await db.Enquiries.AsNoTracking().SingleOrDefaultAsync(e => e.Id == mail.EnquiryId);
        return Results.LocalRedirect(enquiry is null ? $"/desk/mail/{mail.Id:N}" : await TakeDown.Where(db, enquiry, visitor, default));
    }

    /// <summary>Whether it was pasted with its headers.</summary>
    internal static bool IsWhole(string text) => Header.IsMatch(text.TrimStart());

    /// <summary>What is kept as received: the whole as pasted, or a message made of its text.</summary>
    internal static byte[] Bytes(PastedMail form, bool isWhole)
    {
        var text = form.Text!.ReplaceLineEndings("\r\n");
        if (isWhole) return Encoding.UTF8.GetBytes(text.TrimStart());
        var subject = Convert.ToBase64String(Encoding.UTF8.GetBytes(Forms.Fields.Tidy(form.Subject ?? "").ReplaceLineEndings(" ")));
        return Encoding.UTF8.GetBytes($"From: <{form.From!.Trim()}>\r\nMessage-ID: <{form.Token:N}@pasted.invalid>\r\nSubject: {(subject.Length == 0 ? "" : $"=?utf-8?B?{subject}?=")}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}");
    }

    private static RazorComponentResult Page(PastedMail form, Errors errors) => new RazorComponentResult<PasteMailPage>(new { Form = form, Errors = errors })
    {
        StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
    };

    [GeneratedRegex(@"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){0,300}?From:[^\n]*@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Header { get; }
}
