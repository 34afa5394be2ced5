using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms.Building;

/// <summary>What somebody's change made of a form: the changed form, or what must be put right.</summary>
internal sealed record Edited(Form Form, Errors Errors)
{
    /// <summary>What else a version says: a line for its reviewer.</summary>
    public string? Note { get; init; }

    /// <summary>Where to go from here, where it depends on what the change made.</summary>
    public string? To { get; init; }

    public static implicit operator Edited(Form form) => new(form, new());

    public static Edited Wrong(Form form, Errors errors) => new(form, errors);
}

/// <summary>What became of a save.</summary>
internal abstract record Kept
{
    public sealed record Saved(FormVersion Version, Form Form, string? To) : Kept;

    /// <summary>Not saved: what must be put right.</summary>
    public sealed record Mistaken(FormVersion Version, Form Form, Errors Errors) : Kept;

    /// <summary>Not saved: somebody saved since the page was opened. The version is as it is now.</summary>
    public sealed record SomebodyElse(FormVersion Version, Form Form) : Kept;

    /// <summary>Not saved: it is no draft any more.</summary>
    public sealed record NoDraft(FormVersion Version) : Kept;

    public sealed record NotThere : Kept;
}

/// <summary>Keeps a change of a draft: one read, one write, whatever the size of the form.</summary>
internal static class KeepDraft
{
    /// <param name="revision">The revision that the page showed; null only where nothing was shown.</param>
    /// <param name="edit">A pure function: it may run twice.</param>
    public static Task<Kept> Save(Builder builder, string form, int number, int? revision, Func<Form, Edited> edit) => builder.Writer.Write<Kept>(async db =>
    {
        if (await db.FormVersions.SingleOrDefaultAsync(v => v.Form == form && v.Number == number) is not { } version) return new Kept.NotThere();
        if (version.State != FormState.Draft) return new Kept.NoDraft(version);
        var before = Form.Read(version.Definition);
        if (revision != version.Revision) return new Kept.SomebodyElse(version, before);
        var edited = edit(before);
        if (edited.Errors.Any) return new Kept.Mistaken(version, before, edited.Errors);
        var after = FormTexts.WithoutOldSignature(before, edited.Form);
        if (FormIndex.Of(after).PageNumbers.Count != after.Pages.Count) return new Kept.Mistaken(version, before, new Errors().Check("form", false, "Two pages have the same id"));
        version.Write(after, builder.By, builder.Now);
        version.AddNote(edited.Note);
        return new Kept.Saved(version, after, edited.To);
    }, default);

    extension(FormVersion version)
    {
        /// <summary>Takes the form as it now is; whoever wrote any of it cannot be its reviewer.</summary>
        public void Write(Form form, string by, DateTimeOffset now)
        {
            version.Definition = form.Write();
            version.Digest = FormVersion.DigestOf(version.Definition);
            version.Revision++;
            version.By = by;
            version.At = now;
            version.AddAuthor(by);
        }

        public void AddAuthor(string by)
        {
            if (!version.WroteIt(by)) version.Authors = $"{version.Authors} {by}".Trim();
        }

        /// <summary>Whether somebody wrote any of it.</summary>
        public bool WroteIt(string by) => (version.Authors ?? "").Split(' ').Contains(by, StringComparer.Ordinal);

        public void AddNote(string? note)
        {
            if (note is { Length: > 0 }) version.Note = string.IsNullOrEmpty(version.Note) ? note : $"{version.Note}\n{note}";
        }
    }
}

/// <summary>Who builds, when, and with what: what most of the builder's pages need.</summary>
internal sealed record Builder(IWriter Writer, ConcentricDb Db, TimeProvider Clock, ClaimsPrincipal Visitor, CancellationToken Stop)
{
    public string By => Visitor.Actor;

    public string Name => Visitor.Identity?.Name ?? "";

    public DateTimeOffset Now => Clock.GetUtcNow();

    public DateOnly Today => Say.DayOf(Now);

    /// <summary>That version as its pages show it, or null.</summary>
    public async Task<VersionView?> Open(string form, int number)
    {
        if (await Find(form, number) is not { } version) return null;
        return View(version, Form.Read(version.Definition), await Names([version.By, version.ReviewedBy]));
    }

    public VersionView View(FormVersion version, Form form, Func<string?, string> names) => new()
    {
        Form = form, Links = new(version.Form, version.Number), State = version.State, Revision = version.Revision, Note = version.Note, By = names(version.By), At = version.At,
        ReviewedBy = version.ReviewedBy is null ? null : names(version.ReviewedBy), ReviewedAt = version.ReviewedAt, IsOwn = version.WroteIt(By),
    };

    public Task<FormVersion?> Find(string form, int number) => Db.FormVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Form == form && v.Number == number, Stop);

    /// <summary>Names of the people of those ids; the program's own name for what it wrote itself.</summary>
    public async Task<Func<string?, string>> Names(IEnumerable<string?> ids)
    {
        var wanted = ids.Select(i => Guid.TryParse(i, out var id) ? id : Guid.Empty).ToHashSet();
        var names = await Db.Set<Person>().AsNoTracking().Where(p => wanted.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, Stop);
        return id => id is null ? "" : Guid.TryParse(id, out var known) ? names.GetValueOrDefault(known, "Somebody who has left") : "Concentric";
    }
}
