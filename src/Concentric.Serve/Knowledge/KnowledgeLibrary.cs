using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Knowledge;

/// <summary>The knowledge pages that come with Concentric: files of a head, the words for everybody, and after a line <c>--- advisers</c> those for staff.</summary>
internal static class KnowledgeLibrary
{
    /// <summary>How long a page is held to be right without somebody looking.</summary>
    public const int MonthsToReview = 6;

    private const string Folder = "Knowledge/";

    internal sealed record Shipped(string Slug, string Title, string? WelshTitle, string Service, string Team, string? Form, string Body, string? ForAdvisers);

    public static IReadOnlyList<Shipped> Pages { get; } =
        [.. typeof(KnowledgeLibrary).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Adds those that are not there yet; what a council wrote in their place stays.</summary>
    public static async Task Seed(IWriter writer, DateTimeOffset now, CancellationToken stop) => await writer.Write(async db =>
    {
        var known = await db.KnowledgePages.Select(p => p.Slug).ToListAsync(stop);
        var today = Say.DayOf(now);
        foreach (var page in Pages.Where(p => !known.Contains(p.Slug)))
        {
            db.Add(new KnowledgePage { Slug = page.Slug, Service = page.Service, Team = page.Team, Form = page.Form, Version = 1, ReviewedOn = today, ReviewBy = today.AddMonths(MonthsToReview) });
            db.Add(new KnowledgeVersion { Slug = page.Slug, Version = 1, Title = page.Title, WelshTitle = page.WelshTitle, Body = page.Body, ForAdvisers = page.ForAdvisers, By = Actor.System, At = now });
            db.Record(new KnowledgeWritten(page.Slug, 1, page.Service), Actor.System, now);
        }
    }, stop);

    private static Shipped Read(string name)
    {
        using var reader = new StreamReader(typeof(KnowledgeLibrary).Assembly.GetManifestResourceStream(name)!);
        var parts = reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n---", 3);
        var head = parts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(": ", 2)).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal);
        return new(name[Folder.Length..], head["title"], head.GetValueOrDefault("title-cy"), head["service"], head["team"], head.GetValueOrDefault("form"), parts[1].Trim(), parts.Length > 2 ? parts[2].Trim()["advisers".Length..].Trim() : null);
    }
}
