using System.Globalization;
using System.Text;
using Concentric.Core;
using Concentric.Measure.Contacts.Asking;

namespace Concentric.Measure.FormUse;

/// <summary>The figures of a form as a CSV file: first lines that begin with # and say what it is, then a figure a row.</summary>
/// <remarks>A hidden count is “1 to 7”, what is withheld or of too few is empty. No text can be taken for a formula.</remarks>
internal static class FormUseCsv
{
    private static readonly string Hidden = $"1 to {ShownCount.MostHidden}";

    public static string Write(FormUseAnswer answer)
    {
        var text = new StringBuilder();
        foreach (var line in About(answer)) text.Append("# ").Append(line.ReplaceLineEndings(" ")).Append("\r\n");
        text.Append("part,name,detail,figure,value,low,high,n\r\n");
        foreach (var row in Rows(answer)) text.AppendJoin(',', row.Select(Csv.Field)).Append("\r\n");
        return text.ToString();
    }

    private static IEnumerable<string> About(FormUseAnswer answer)
    {
        yield return $"Form: {answer.Form}";
        yield return $"Council: {answer.Council}{(answer.Synthetic ? " (synthetic: an invented council, evidence of nothing)" : "")}";
        yield return $"Period: {FormQuestion.Iso(answer.From)} to {FormQuestion.Iso(answer.To)}";
        (string Name, string? Value)[] filters =
        [
            ("channel", answer.Channel), ("mediated", answer.Mediated switch { true => "yes", false => "no", _ => null }), ("language", answer.Language),
            ("version", answer.Version?.ToString(CultureInfo.InvariantCulture)),
        ];
        var only = string.Join("; ", filters.Where(f => f.Value is not null).Select(f => $"{f.Name} {f.Value}"));
        yield return $"Only: {(only.Length > 0 ? only : "all visits")}";
        yield return $"n: {answer.N?.ToString(CultureInfo.InvariantCulture) ?? Hidden} visits that were sent or left";
        yield return $"Counted: {answer.Definition}";
        yield return answer.Disclosure == "exact"
            ? "Disclosure: exact figures, not for publication"
            : $"Disclosure: counts from 1 to {ShownCount.MostHidden} are hidden, others rounded to 5, and all else is made from these";
    }

    private static IEnumerable<string[]> Rows(FormUseAnswer answer)
    {
        yield return Count("form", "", "", "started", answer.Started);
        yield return Share("form", "", "", "completed", answer.Completed);
        if (answer.Outcomes is { } o)
            foreach (var (name, count) in ((string, long?)[])[("sent", o.Sent), ("left", o.Left), ("saved", o.Saved), ("stopped", o.Stopped), ("handed over", o.HandedOver)])
                yield return Count("form", "", "", name, count);
        foreach (var row in Times("form", "", answer.WholeForm)) yield return row;
        yield return Count("form", "", "", "forms sent", answer.FormsSent);
        yield return Count("form", "", "", "forms sent in bundles", answer.FormsSentInBundles);
        foreach (var page in answer.Pages)
        {
            yield return Count("page", page.Page, "", "reached", page.Reached);
            if (!page.Withheld)
            {
                yield return Count("page", page.Page, "", "left here", page.Left);
                yield return Share("page", page.Page, "", "left here share", page.LeftShare);
                yield return Count("page", page.Page, "", "ended otherwise", page.EndedOtherwise);
            }
            yield return Count("page", page.Page, "", "back-steps", page.BackSteps);
            yield return Count("page", page.Page, "", "messages", page.Messages);
            foreach (var row in Times("page", page.Page, page.Time)) yield return row;
        }
        foreach (var message in answer.Messages)
        {
            var (name, detail) = ($"{message.Page} / {message.Question}", $"{message.Problem}: {message.Message}");
            yield return Count("message", name, detail, "times", message.Times);
            yield return Share("message", name, detail, "visits share", message.Share);
            yield return Share("message", name, detail, "left after share", message.LeftAfter);
        }
        foreach (var split in answer.Splits.Where(s => !s.Withheld))
        {
            yield return Count("split", split.By, split.Value, "started", split.Started);
            yield return Share("split", split.By, split.Value, "completed", split.Completed);
        }
        foreach (var week in answer.Weeks)
            yield return ["week", FormQuestion.Iso(week.Monday), week.Hidden ? $"{Hidden} sent" : "", "completed", Number(week.Completed), "", "", Number(week.N)];
        foreach (var cost in answer.Costs.Pages)
            yield return ["cost", cost.Page, $"{answer.Costs.Weeks} weeks", "completions a week", Number(cost.CompletionsAWeek), Number(cost.Low), Number(cost.High), Number(cost.N)];
        if (answer.Versions is { } versions)
            foreach (var d in versions.Differences)
                yield return
                [
                    "versions", d.Page ?? "", $"{versions.After} less {versions.Before}", d.Figure, Number(d.Difference), Number(d.Low), Number(d.High), Number(d.Before?.N + d.After?.N),
                ];
    }

    private static IEnumerable<string[]> Times(string part, string name, FormUseTime time) =>
    [
        [part, name, "", "median seconds", Number(time.MedianSeconds), "", "", time.N is null ? Hidden : Number(time.N)],
        [part, name, "", "90th percentile seconds", Number(time.P90Seconds), "", "", time.N is null ? Hidden : Number(time.N)],
    ];

    private static string[] Count(string part, string name, string detail, string figure, long? count) =>
        [part, name, detail, figure, count is null ? Hidden : Number(count), "", "", ""];

    private static string[] Share(string part, string name, string detail, string figure, Estimate? share) =>
        [part, name, detail, figure, Number(share?.Value), Number(share?.Low), Number(share?.High), Number(share?.N)];

    private static string Number(double? number) => number?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
}
