using System.Globalization;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Teams;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Intake;

/// <summary>What two enquiries are compared by.</summary>
/// <param name="Address">The lines before the postcode.</param>
internal sealed record Compared(string? Service, Guid? Citizen, string? Uprn, string? Address, string? Postcode, DateTimeOffset At, bool IsOpen);

/// <summary>An enquiry that may be about the same thing.</summary>
/// <param name="Why">Each thing that the two share, in words.</param>
public sealed record Alike(string Reference, string Why, string Words, bool IsOpen);

/// <summary>Suggests enquiries that may be about the same thing as another, each with its reasons. It joins nothing: whoever works on it decides.</summary>
internal static class LooksLike
{
    public const int Days = 28;
    private const int MostShown = 5;
    private const int MostCompared = 200;

    /// <summary>How alike two are, from 0, with the reasons. The same service, at a time near enough, at the same place or from the same person: all three must hold.</summary>
    public static (int Score, IReadOnlyList<string> Why) Score(Compared one, Compared other)
    {
        var apart = (one.At - other.At).Duration();
        if (one.Service is null || one.Service != other.Service || (!other.IsOpen && apart > TimeSpan.FromDays(Days))) return (0, []);
        var why = new List<string>();
        var score = 0;
        if (one.Citizen is { } citizen && citizen == other.Citizen)
        {
            score += 40;
            why.Add("same person");
        }
        if (one.Uprn is { } uprn && uprn == other.Uprn || (one.Postcode is not null && one.Postcode == other.Postcode && Line(one.Address) is { Length: > 0 } line && line == Line(other.Address)))
        {
            score += 50;
            why.Add("same address");
        }
        else if (one.Postcode is not null && one.Postcode == other.Postcode)
        {
            score += 30;
            why.Add("same street");
        }
        if (score == 0) return (0, []);
        why.Add(Ago(one.At, other.At));
        return (score + Math.Max(0, Days - (int)apart.TotalDays), why);
    }

    /// <summary>Those most alike that the visitor may see.</summary>
    /// <param name="except">The enquiry itself, where it is kept already.</param>
    public static async Task<IReadOnlyList<Alike>> Find(ConcentricDb db, Sight sight, Compared one, Guid? except, CancellationToken stop = default)
    {
        if (one.Service is null || (one.Citizen is null && one.Uprn is null && one.Postcode is null)) return [];
        var since = one.At.AddDays(-Days);
        var citizens = db.Citizens.AsNoTracking();
        var near = citizens.Where(c => (one.Citizen != null && c.Id == one.Citizen) || (one.Uprn != null && c.Uprn == one.Uprn) || (one.Postcode != null && c.Postcode == one.Postcode)).Select(c => c.Id);
        var found = await (from e in sight.Of(db.Enquiries.AsNoTracking())
                           where e.Id != except && e.Service == one.Service && (e.IsOpen || e.RaisedAt >= since) && e.CitizenId != null && near.Contains(e.CitizenId.Value)
                           join c in citizens on e.CitizenId equals c.Id
                           orderby e.RaisedAt descending, e.Id descending
                           select new { e.Reference, e.Words, e.IsOpen, e.RaisedAt, e.Service, e.CitizenId, c.Uprn, c.Address, c.Postcode }).Take(MostCompared).ToListAsync(stop);
        return
        [
            .. found.Select(f => (f.Reference, f.Words, f.IsOpen, Score: Score(one, new(f.Service, f.CitizenId, f.Uprn, f.Address, f.Postcode, f.RaisedAt, f.IsOpen))))
                .Where(f => f.Score.Score > 0).OrderByDescending(f => f.Score.Score).Take(MostShown)
                .Select(f => new Alike($"{f.Reference}", string.Join(", ", f.Score.Why), Short(f.Words), f.IsOpen)),
        ];
    }

    /// <summary>Those alike to an enquiry that is kept.</summary>
    public static async Task<IReadOnlyList<Alike>> Of(ConcentricDb db, Sight sight, Enquiry enquiry, CancellationToken stop = default) =>
        await db.Citizens.AsNoTracking().SingleOrDefaultAsync(c => c.Id == enquiry.CitizenId, stop) is { } citizen
            ? await Find(db, sight, new(enquiry.Service, citizen.Id, citizen.Uprn, citizen.Address, citizen.Postcode, enquiry.RaisedAt, enquiry.IsOpen), enquiry.Id, stop) : [];

    private static string Line(string? address) => string.Concat((address ?? "").Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static string Ago(DateTimeOffset at, DateTimeOffset other)
    {
        var days = Say.DayOf(at).DayNumber - Say.DayOf(other).DayNumber;
        return days switch { 0 => "the same day", 1 => "the day before", -1 => "the day after", > 0 => $"{days.ToString(CultureInfo.InvariantCulture)} days before", _ => $"{(-days).ToString(CultureInfo.InvariantCulture)} days after" };
    }

    /// <summary>How words begin.</summary>
    public static string Short(string words) => words.Length > 120 ? $"{words[..(char.IsHighSurrogate(words[119]) ? 119 : 120)].TrimEnd()}…" : words;
}
