using System.Security.Cryptography;
using Concentric.Core.Web;
using Microsoft.AspNetCore.DataProtection;

namespace Concentric.Measure.Experience;

/// <summary>A value in the survey's page that only this program can have made: each opening of the page is one answer, and nobody makes up openings.</summary>
internal sealed class SurveyPass(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a page may stay open before it is sent.</summary>
    public static readonly TimeSpan PageOpen = TimeSpan.FromDays(1);

    private readonly IDataProtector _page = protection.CreateProtector("Concentric.Survey.Page");

    /// <summary>For one opening of the page. It says nothing of who opened it.</summary>
    public string NewPage() => Of(new(RandomNumberGenerator.GetBytes(16)));

    /// <summary>For a page that is shown again, as the same opening with new time.</summary>
    public string Of(Guid page) => SealedId.Of(_page, page, clock.GetUtcNow());

    /// <summary>Which opening it is, and whether its time is not over; null of what we did not make.</summary>
    public (Guid Page, bool IsOpen)? Read(string? text) => SealedId.Read(_page, text) is var (page, at) ? (page, (clock.GetUtcNow() - at).Duration() < PageOpen) : null;
}
