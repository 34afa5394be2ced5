using System.Globalization;
using System.Text;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Operations;

namespace Concentric.Measure.Contacts.Asking;

/// <summary>An answer as a CSV file: first lines that begin with # and say what it is, then a head and the rows.</summary>
/// <remarks>An estimate has four columns: itself, both ends of its interval, and its n. A hidden count is “1 to 7”, another hidden figure “hidden”; nothing to measure is empty. No text can be taken for a formula.</remarks>
internal static class AnswerCsv
{
    private const string Hidden = "hidden";

    public static string Write(ContactAnswer answer)
    {
        var text = new StringBuilder();
        foreach (var line in About(answer)) text.Append("# ").Append(line.ReplaceLineEndings(" ")).Append("\r\n");
        var groups = answer.Columns.Count - answer.Definitions.Count;
        var estimates = answer.Columns.Select((name, i) => i >= groups && AskedMeasure.Find(name) is { Unit: not FigureUnit.Count }).ToArray();
        Line(text, answer.Columns.SelectMany((name, i) => estimates[i] ? [name, $"{name} low", $"{name} high", $"{name} n"] : (string[])[name]));
        var hidden = answer.Hidden.Select(h => (h.Row, h.Column)).ToHashSet();
        foreach (var (at, row) in answer.Rows.Index())
            Line(text, row.SelectMany((cell, i) => Cells(cell, estimates[i], hidden.Contains((at, answer.Columns[i])))));
        return text.ToString();
    }

    private static IEnumerable<string> About(ContactAnswer answer)
    {
        yield return $"Council: {answer.Council.Replace(',', ' ')}{(answer.Synthetic ? " (synthetic: an invented council, evidence of nothing)" : "")}";
        yield return answer.From is { } from && answer.To is { } to ? $"Period: {Iso(from)} to {Iso(to)}" : "Period: nothing was found";
        yield return $"n: {answer.N?.ToString(CultureInfo.InvariantCulture) ?? $"1 to {ShownCount.MostHidden}"}";
        yield return $"Counted: {answer.Definition}";
        foreach (var (name, definition) in answer.Definitions) yield return $"{name}: {definition}";
        yield return answer.Disclosure == "exact"
            ? "Disclosure: exact figures, not for publication"
            : $"Disclosure: counts from 1 to {ShownCount.MostHidden} are hidden, others rounded to 5, and all else is made from these";
        if (answer.Withheld) yield return "Withheld: rows from which a hidden count could be worked out are left out; a group that is not here may be anything";
        if (answer.More > 0) yield return $"Rows left out: {answer.More.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string[] Cells(object? cell, bool isEstimate, bool isHidden) => Plain(cell) switch
    {
        Estimate e => [Number(e.Value), Number(e.Low), Number(e.High), Number(e.N)],
        double number => [Number(number)],
        string text => [text],
        _ => isEstimate ? [isHidden ? Hidden : "", "", "", ""] : [isHidden ? $"1 to {ShownCount.MostHidden}" : ""],
    };

    /// <summary>A cell of an answer as it was before it became JSON on its way over the local socket.</summary>
    internal static object? Plain(object? cell) => cell switch
    {
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString(),
        JsonElement { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        JsonElement { ValueKind: JsonValueKind.Object } estimate => estimate.Deserialize<Estimate>(JsonOption.Format),
        JsonElement => null,
        _ => cell,
    };

    private static string Number(double? number) => number?.ToString("0.##########", CultureInfo.InvariantCulture) ?? "";

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, IEnumerable<string> fields) => text.AppendJoin(',', fields.Select(Csv.Field)).Append("\r\n");
}
