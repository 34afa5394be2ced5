using Concentric.Core.Data;
using Concentric.Core.Facts;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.FormUse;

/// <summary>A visit as figures are made of it.</summary>
public sealed record VisitRow
{
    public required long Number { get; init; }
    public required int Version { get; init; }
    public required string Channel { get; init; }
    public required bool IsMediated { get; init; }
    public required string Language { get; init; }
    public required DateOnly Day { get; init; }
    public required FormOutcome Outcome { get; init; }
    public required string? LastPage { get; init; }
}

/// <summary>A page of a visit.</summary>
public sealed record PageRow
{
    public required long Number { get; init; }
    public required int Place { get; init; }
    public required string Page { get; init; }
    public required int Seconds { get; init; }
    public required int Back { get; init; }
}

/// <summary>A message shown in a visit.</summary>
public sealed record MessageRow
{
    public required long Number { get; init; }
    public required string Page { get; init; }
    public required string Question { get; init; }
    public required string Problem { get; init; }
    public required string Message { get; init; }
    public required int Times { get; init; }
}

/// <summary>All that the figures of a form are made of: its visits in a period, filtered but for the version.</summary>
public sealed record FormRows
{
    public required IReadOnlyList<VisitRow> Visits { get; init; }
    public required IReadOnlyList<PageRow> Pages { get; init; }
    public required IReadOnlyList<MessageRow> Messages { get; init; }

    /// <summary>Versions with the day from which people got them, oldest first; one that was put back is there again.</summary>
    public required IReadOnlyList<(int Version, DateOnly Day)> Published { get; init; }

    /// <summary>How often the form was sent in the period, by itself or in a bundle, by the facts of sending. Not filtered by channel or language, which they do not say.</summary>
    public required long Sent { get; init; }

    /// <summary>Of those, in a bundle, whose visits are counted under the bundle's name.</summary>
    public required long SentInBundles { get; init; }

    /// <summary>The same for one version only.</summary>
    public FormRows Of(int? version)
    {
        if (version is null) return this;
        var visits = Visits.Where(v => v.Version == version).ToList();
        var numbers = visits.Select(v => v.Number).ToHashSet();
        return this with { Visits = visits, Pages = [.. Pages.Where(p => numbers.Contains(p.Number))], Messages = [.. Messages.Where(m => numbers.Contains(m.Number))] };
    }

    /// <summary>Reads the rows that a question is about, whichever version it asks for.</summary>
    internal static async Task<FormRows> Read(ConcentricDb db, FormQuestion asked, CancellationToken stop)
    {
        var visits = db.FormVisits.AsNoTracking().Where(v => v.Form == asked.Form && v.Day >= asked.Period.From && v.Day <= asked.Period.Through);
        if (asked.Channel is { } channel) visits = visits.Where(v => v.Channel == channel);
        if (asked.Mediated is { } mediated) visits = visits.Where(v => v.IsMediated == mediated);
        if (asked.Language is { } language) visits = visits.Where(v => v.Language == language);
        var sent = db.FormSendings.AsNoTracking().Where(s => s.Form == asked.Form && s.Day >= asked.Period.From && s.Day <= asked.Period.Through);
        if (asked.Mediated is { } byAdviser) sent = sent.Where(s => s.IsMediated == byAdviser);
        if (asked.Version is { } version) sent = sent.Where(s => s.Version == version);
        var published = await db.FormVersions.AsNoTracking().Where(v => v.Form == asked.Form).OrderBy(v => v.Number).Select(v => new { v.Version, v.Day }).ToListAsync(stop);
        return new()
        {
            Visits = await visits.OrderBy(v => v.Number).Select(v => new VisitRow
            {
                Number = v.Number, Version = v.Version, Channel = v.Channel, IsMediated = v.IsMediated, Language = v.Language, Day = v.Day,
                Outcome = v.Outcome, LastPage = v.LastPage,
            }).ToListAsync(stop),
            Pages = await db.FormVisitPages.AsNoTracking().Join(visits, p => p.Number, v => v.Number, (p, _) => p).Select(p => new PageRow
            {
                Number = p.Number, Place = p.Place, Page = p.Page, Seconds = p.Seconds, Back = p.Back,
            }).ToListAsync(stop),
            Messages = await db.FormVisitMessages.AsNoTracking().Join(visits, m => m.Number, v => v.Number, (m, _) => m).Select(m => new MessageRow
            {
                Number = m.Number, Page = m.Page, Question = m.Question, Problem = m.Problem, Message = m.Message, Times = m.Times,
            }).ToListAsync(stop),
            Published = published.ConvertAll(v => (v.Version, v.Day)),
            Sent = await sent.LongCountAsync(stop),
            SentInBundles = await sent.LongCountAsync(s => s.Bundle != null, stop),
        };
    }
}
