using Concentric.Core;

namespace Concentric.Needs.Standards;

/// <summary>A report of an import, or a difference of two versions, as the command line prints it.</summary>
internal static class ReportText
{
    private const int MostShown = 20;

    public static async Task Print(ListReport report, bool withdraw, TextWriter output)
    {
        await output.WriteLineAsync($"{report.File}: {report.Format}");
        if (report.Scheme is not null) await output.WriteLineAsync($"{report.Label} ({report.Scheme}), version {report.Version}{(report.Before is null ? ", not held yet" : report.Before == report.Version ? "" : $", held is {report.Before}")}: {Say.Number(report.Read)} entries");
        foreach (var note in report.Notes) await output.WriteLineAsync(note);
        await Print(report.Changes, output, withdraw && report.Applied, report.Links > 0, report.Scheme is not null);
        await output.WriteLineAsync(!report.Applied ? "Nothing was written. Run it again with --apply to write this."
            : report.Edition is { } edition ? $"Written as edition {edition} of the model." : "Nothing is different, so nothing was written.");
    }

    public static async Task Print(ListDiff diff, TextWriter output, bool retired, bool links = true, bool entries = true)
    {
        var used = diff.Withdrawn.Count(w => w.UsedBy.Count > 0);
        if (entries)
        {
            await Counted("added", diff.Added.Count);
            await Counted("renamed", diff.Renamed.Count);
            await Counted("described anew", diff.Redescribed.Count);
            await Counted("moved", diff.Moved.Count);
            await Counted("back again", diff.Returned.Count);
            await Counted("withdrawn", diff.Withdrawn.Count);
            await Counted("unchanged", diff.Unchanged);
        }
        if (links)
        {
            await Counted("links added", diff.LinksAdded.Count);
            await Counted("links gone", diff.LinksGone.Count);
            await Counted("links unchanged", diff.LinksKept);
        }
        await Listed("Added", diff.Added, e => $"{e.Id} {e.Label}");
        await Listed("Renamed", diff.Renamed, e => $"{e.Id} {e.From} -> {e.To}");
        await Listed("Moved", diff.Moved, e => $"{e.Id} {e.Label}: {Places(e.From)} -> {Places(e.To)}");
        await Listed("Back again", diff.Returned, e => $"{e.Id} {e.Label}");
        await Listed(retired ? "Withdrawn. Nothing is deleted: they are retired, and those in use stay" : "Withdrawn. Nothing is deleted: they stay, and --withdraw retires those that nothing uses",
            diff.Withdrawn, e => $"{e.Id} {e.Label}{(e.UsedBy.Count > 0 ? $" (stays, for {string.Join("; ", e.UsedBy)})" : "")}");
        if (used > 0) await output.WriteLineAsync($"{Say.Number(used)} of them are in use.");
        await Listed("Links added", diff.LinksAdded, Link);
        await Listed("Links that are no longer there; they are taken away with --withdraw", diff.LinksGone, Link);
        await Listed($"Left out ({Say.Number(diff.LeftOut.Count)})", diff.LeftOut, l => $"line {l.Line}, column {l.Column}: {l.What}: {l.Reason}");

        Task Counted(string what, int count) => output.WriteLineAsync($"{Say.Number(count),9} {what}");

        async Task Listed<T>(string what, IReadOnlyList<T> items, Func<T, string> text)
        {
            if (items.Count == 0) return;
            await output.WriteLineAsync($"{what}:");
            foreach (var item in items.Take(MostShown)) await output.WriteLineAsync($"  {text(item)}");
            if (items.Count > MostShown) await output.WriteLineAsync($"  and {Say.Number(items.Count - MostShown)} more: --json names them all");
        }
    }

    private static string Link(NamedLink link) => $"{link.From} {link.Relation} {link.To}";

    private static string Places(IReadOnlyList<string> names) => names.Count > 0 ? string.Join(" and ", names) : "the top";
}
