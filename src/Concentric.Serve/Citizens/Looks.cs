using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve.Teams;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Citizens;

/// <summary>By what right somebody sees a citizen.</summary>
internal sealed record Right(LookReason Reason, string? Words);

public sealed record WhyForm
{
    /// <summary>Name of a <see cref="LookReason"/> that is not <see cref="LookReason.Own"/>.</summary>
    public string? Reason { get; init; }

    public string? Words { get; init; }

    internal const int MostWords = 500;

    public Errors Check() => new Errors()
        .Check("Reason", Looks.Asked.Any(r => $"{r}" == Reason), "Select why you open this")
        .Check("Words", !string.IsNullOrWhiteSpace(Words), "Enter why, in a few words")
        .Check("Words", Words is null or { Length: <= MostWords }, "Why you open this must be 500 characters or fewer");
}

/// <summary>Who of the staff may see a citizen without saying why, and what is kept of every look.</summary>
internal static class Looks
{
    /// <summary>The reasons that are asked for.</summary>
    public static IReadOnlyList<LookReason> Asked { get; } = [.. Enum.GetValues<LookReason>().Where(r => r != LookReason.Own)];

    public static string Words(LookReason reason) => reason switch
    {
        LookReason.Own => "Working on something of theirs",
        LookReason.InTouch => "They are in touch with us now",
        LookReason.Colleague => "Helping a colleague with their case",
        LookReason.Duplicate => "Seeing whether we keep them twice",
        LookReason.Safeguarding => "Somebody may be in danger",
        LookReason.DataRequest => "They asked what we keep of them, or to put it right",
        LookReason.Checking => "A complaint, or a check of our work",
        _ => "Something else",
    };

    /// <summary>As the citizen is told. That somebody may be in danger is not said on a page that whoever reads their letters can open.</summary>
    public static string ToCitizen(LookReason reason) => Words(reason == LookReason.Safeguarding ? LookReason.Other : reason);

    /// <summary>The visitor's right to one citizen, in all the rows that are joined; null where they must say first why.</summary>
    public static async Task<Right?> RightTo(ConcentricDb db, IReadOnlyList<Guid> rows, Sight sight, DateTimeOffset now, CancellationToken stop = default)
    {
        var (me, by, teams, cases) = (sight.PersonId, $"{sight.PersonId}", sight.Teams, db.Cases);
        if (await db.Conversations.AnyAsync(c => c.CitizenId != null && rows.Contains(c.CitizenId.Value) && c.By == by && c.EndedAt == null, stop)) return new(LookReason.InTouch, null);
        if (await db.Enquiries.AnyAsync(e => e.CitizenId != null && rows.Contains(e.CitizenId.Value) && (e.OwnerId == me || (e.IsOpen && e.Team != "" && teams.Contains(e.Team)) || cases.Any(c => c.Id == e.Id && c.OwnerId == me)), stop))
            return new(LookReason.Own, null);
        var said = await db.CitizenReasons.AsNoTracking().Where(r => r.PersonId == me && rows.Contains(r.CitizenId)).OrderByDescending(r => r.At).FirstOrDefaultAsync(stop);
        return said is not null && Say.DayOf(said.At) == Say.DayOf(now) ? new(said.Reason, said.Words) : null;
    }

    /// <summary>Keeps why, for today, inside <see cref="IWriter.Write"/>.</summary>
    public static async Task SayWhy(ConcentricDb db, Guid citizen, Guid person, LookReason reason, string words, DateTimeOffset now)
    {
        if (await db.CitizenReasons.FindAsync(person, citizen) is { } before) (before.Reason, before.Words, before.At) = (reason, words, now);
        else db.Add(new CitizenReason { PersonId = person, CitizenId = citizen, Reason = reason, Words = words, At = now });
    }

    /// <summary>Keeps that somebody who talks with a citizen is shown what they told us, inside <see cref="IWriter.Write"/>.</summary>
    public static async Task Record(ConcentricDb db, Guid met, Sight sight, ClaimsPrincipal visitor, DateTimeOffset now) =>
        await Record(db, [.. await CitizenPair.Joined(db, met)], new(LookReason.InTouch, null), sight, visitor, Guid.CreateVersion7(now), now);

    /// <summary>Keeps that somebody looks, with its facts, inside <see cref="IWriter.Write"/>: only then is the page shown.</summary>
    public static async Task Record(ConcentricDb db, IReadOnlyList<Guid> rows, Right right, Sight sight, ClaimsPrincipal visitor, Guid look, DateTimeOffset now)
    {
        var role = Enum.Parse<Role>(visitor.FindFirstValue(ClaimTypes.Role)!);
        // Whoever reads the citizen's letters may read this too: a team that has something sensitive of theirs is not named.
        var all = new HashSet<Guid>(rows);
        foreach (var row in rows) all.UnionWith(await CitizenPair.Joined(db, row));
        var hidden = await db.Enquiries.Where(e => e.CitizenId != null && all.Contains(e.CitizenId.Value) && e.IsSensitive).Select(e => e.Team).Distinct().ToListAsync();
        var team = string.Join(", ", sight.Teams.Except(hidden));
        foreach (var citizen in rows)
        {
            db.Add(new CitizenLook { Id = look, CitizenId = citizen, PersonId = sight.PersonId, Role = role, Team = team, Reason = right.Reason, Words = right.Words, At = now });
            db.Record(new CitizenViewed(citizen, look, right.Reason, now), visitor.Actor, now);
        }
    }
}
