using System.Globalization;
using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Intake;

/// <summary>Which e-mail is listed.</summary>
public enum MailList { Quarantined, WroteAgain, All }

/// <summary>One row of the list of e-mail.</summary>
/// <param name="Enquiry">The enquiry that it is of, if it is.</param>
/// <param name="IsAnswered">That one was answered before: nobody waits with it any more.</param>
public sealed record MailRow(Guid Id, string Sender, string Subject, DateTimeOffset At, MailState State, string? Enquiry, bool IsAnswered);

/// <summary>E-mail that came, for the desk: first what somebody must look at. Pages by key.</summary>
internal static class SeeMail
{
    public const int PageSize = 25;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/desk/mail", Show).For(Audience.Desk);

    private static async Task<IResult> Show(string? list, string? after, ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var shown = list switch { "wrote-again" => MailList.WroteAgain, "all" => MailList.All, _ => MailList.Quarantined };
        var sight = await Sight.Of(db, visitor, stop);
        var enquiries = db.Enquiries;
        var seen = sight.Of(enquiries.AsNoTracking());
        var mails = db.ReceivedMails.AsNoTracking().Where(m => m.EnquiryId == null || seen.Any(e => e.Id == m.EnquiryId));
        if (shown == MailList.Quarantined) mails = mails.Where(m => m.State == MailState.Quarantined);
        if (shown == MailList.WroteAgain) mails = mails.Where(m => m.State == MailState.WroteAgain);
        if (Read(after) is var (at, id)) mails = mails.Where(m => m.At <= at && (m.At < at || m.Id.CompareTo(id) < 0));
        var found = await mails.OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(PageSize + 1).ToListAsync(stop);
        var ids = found.Select(m => m.EnquiryId).OfType<Guid>().ToList();
        var of = await enquiries.AsNoTracking().Where(e => ids.Contains(e.Id)).Select(e => new { e.Id, e.Reference, e.IsOpen }).ToDictionaryAsync(e => e.Id, stop);
        var rows = found.Take(PageSize).Select(m =>
        {
            var enquiry = m.EnquiryId is { } one ? of.GetValueOrDefault(one) : null;
            return new MailRow(m.Id, m.Sender, m.Subject, m.At, m.State, enquiry is null ? null : $"{enquiry.Reference}", enquiry is { IsOpen: false });
        }).ToList();
        return new RazorComponentResult<MailsPage>(new { List = shown, Rows = rows, IsFirst = after is null, Next = found.Count > PageSize ? Key(rows[^1]) : null });
    }

    private static string Key(MailRow row) => $"{row.At.UtcTicks.ToString(CultureInfo.InvariantCulture)}_{row.Id:N}";

    private static (DateTimeOffset At, Guid Id)? Read(string? key) =>
        key?.Split('_') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(id, "N", out var guid)
            ? (new(at, TimeSpan.Zero), guid) : null;
}
