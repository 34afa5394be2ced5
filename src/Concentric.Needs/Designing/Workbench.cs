using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Designing;

/// <summary>The draft that somebody works in, as each page says it at its top.</summary>
public sealed record DraftLine(Guid Id, string Title, int Changes);

/// <summary>What somebody works on: the model as published, and as it is with the changes of their draft.</summary>
internal sealed record Work(NeedModel Published, NeedModel Model, Edition? Draft, IReadOnlyList<ModelChange> Changes)
{
    public DraftLine? Line => Draft is null ? null : new(Draft.Id, Draft.Title, Changes.Count);
}

/// <summary>What the pages of the designer need to show the model in work and to write into a draft.</summary>
internal sealed class Workbench(ConcentricDb db, ModelCache cache, IWriter writer, TimeProvider clock, OwnCouncil council)
{
    public ConcentricDb Db => db;
    public IWriter Writer => writer;

    /// <summary>Who says so, where nobody else is named.</summary>
    public string CouncilName => council.Name;
    public DateTimeOffset Now => clock.GetUtcNow();

    public ValueTask<NeedModel> Published(CancellationToken stop = default) => cache.Current(stop);

    /// <summary>The published model with the changes of a draft made.</summary>
    public NeedModel With(NeedModel published, Guid draft, IReadOnlyList<ModelChange> changes) => cache.With(published, draft, changes);

    /// <summary>After something was published: the next page shows it.</summary>
    public void Forget() => cache.Forget();

    /// <summary>The model as that person has it before them.</summary>
    public async Task<Work> Open(ClaimsPrincipal visitor, CancellationToken stop = default)
    {
        var published = await cache.Current(stop);
        var person = visitor.Actor;
        var draft = await db.DraftsInWork.AsNoTracking().Where(d => d.Person == person)
            .Join(db.Editions.AsNoTracking().Where(e => e.Number == null), d => d.Edition, e => e.Id, (_, e) => e).SingleOrDefaultAsync(stop);
        if (draft is null) return new(published, published, null, []);
        var changes = await Drafts.ChangesOf(db, draft.Id, stop);
        return new(published, cache.With(published, draft.Id, changes), draft, changes);
    }

    /// <summary>Writes into the draft that the person works in; the first edit makes one.</summary>
    public async Task Put(ClaimsPrincipal visitor, string? why, params Edit[] edits)
    {
        var (by, now) = (visitor.Actor, Now);
        var name = visitor.Identity?.Name;
        await writer.Write(async db =>
        {
            var held = await db.DraftsInWork.AsNoTracking().SingleOrDefaultAsync(d => d.Person == by);
            var draft = held is null ? null : await Drafts.Find(db, held.Edition);
            draft ??= await Drafts.Begin(db, $"Draft of {Say.Date(now)}{(name is null ? "" : $" by {name}")}", "", by, now);
            await Drafts.Put(db, draft.Id, edits, Typed.Text(why), by, now);
        });
    }

    /// <summary>What people who made changes are called.</summary>
    public async Task<PeopleNames> Names(IEnumerable<string> by, CancellationToken stop = default)
    {
        var ids = by.Distinct().Select(b => Guid.TryParse(b, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).ToList();
        return new(await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id.ToString(), p => p.Name, stop));
    }
}

/// <summary>What people who made changes are called.</summary>
internal sealed class PeopleNames(IReadOnlyDictionary<string, string> names)
{
    public string this[string by] => by == Actor.System ? "the program" : names.GetValueOrDefault(by, "somebody who is no longer known here");
}

/// <summary>What people typed, made ready to be kept.</summary>
internal static class Typed
{
    /// <summary>Without blanks at the ends and with one kind of line end; null for nothing.</summary>
    public static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim().Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>Names of which one stands on each line, each once; null for nothing.</summary>
    public static string? Lines(string? typed)
    {
        var lines = (typed ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }

    /// <summary>A short name for addresses out of a label: "I cannot pay my rent" is <c>i-cannot-pay-my-rent</c>.</summary>
    public static string Slug(string? label)
    {
        var words = string.Concat((label ?? "").ToLowerInvariant().Where(c => c is not '\'' and not '’').Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var slug = "";
        foreach (var word in words)
        {
            if (slug.Length + word.Length > 50) break;
            slug += slug.Length == 0 ? word : $"-{word}";
        }
        return slug;
    }

    public static bool IsSlug(string? text) => text is { Length: > 0 and <= 60 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && text[0] != '-' && text[^1] != '-';
}
