using System.Globalization;
using System.Text;

namespace Concentric.Serve.Forms.Import;

/// <summary>The report of an import in words.</summary>
internal static class ImportReportText
{
    public static string Of(ImportReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{report.FileName} ({report.Format})");
        text.AppendLine(CultureInfo.InvariantCulture, $"  without loss: pages {report.Pages}, conditions {report.Conditions}, components {report.Components}, choices {report.Choices}");
        foreach (var (outcome, title) in (ReadOnlySpan<(ImportOutcome, string)>)[(ImportOutcome.Dropped, "dropped"), (ImportOutcome.Approximated, "approximated"), (ImportOutcome.OurWay, "done our way")])
        {
            var notes = report.Things.SelectMany(t => t.Notes.Where(n => n.Outcome == outcome).Select(n => (Thing: t, n.Says))).ToList();
            if (notes.Count == 0) continue;
            text.AppendLine(CultureInfo.InvariantCulture, $"  {title}:");
            foreach (var (thing, says) in notes) text.AppendLine(CultureInfo.InvariantCulture, $"    {Kind(thing.Kind)} {thing.Name}: {says}");
        }
        text.AppendLine("  understood:");
        foreach (var thing in report.Things.Where(t => t.Outcome < ImportOutcome.Approximated && t.Kind is not (ImportedKind.Form or ImportedKind.Choice)))
            text.AppendLine(CultureInfo.InvariantCulture, $"    {Kind(thing.Kind)} {thing.Name}{(thing.Became is null ? "" : $" -> {thing.Became}")}");
        if (report.LeftOut.Count > 0) text.AppendLine("  left out for a known reason:");
        foreach (var left in report.LeftOut) text.AppendLine(CultureInfo.InvariantCulture, $"    {left.Property}, {left.Times} times: {left.Why}");
        text.AppendLine("  to be filled in before publishing:");
        foreach (var missing in report.ToFillIn) text.AppendLine(CultureInfo.InvariantCulture, $"    {missing}");
        return text.ToString();
    }

    public static string Sum(IReadOnlyList<ImportReport> reports, int refused)
    {
        string All(Func<ImportReport, ImportTally> tally) => $"{new ImportTally(reports.Sum(r => tally(r).Whole), reports.Sum(r => tally(r).All))}";
        return $"{reports.Count} forms read, {refused} refused. Without loss: pages {All(r => r.Pages)}, conditions {All(r => r.Conditions)}, components {All(r => r.Components)}.";
    }

    private static string Kind(ImportedKind kind) => kind.ToString().ToLowerInvariant();
}
