using System.Globalization;
using System.Text;
using Concentric.Core;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Profiling;

/// <summary>The list of who is likely to move as a file: what the page shows, a line for each area.</summary>
internal static class MoveFile
{
    private static readonly string[] Columns =
    [
        "service", "from", "to", "area", "area_label", "group", "contacts", "online_percent", "online_low", "online_high",
        "move_to_group_mean", "move_to_group_mean_low", "move_to_group_mean_high", "move_to_best_quarter", "move_to_best_quarter_low", "move_to_best_quarter_high",
        "digital_exclusion_0_10", "high_exclusion", "counts", "definition",
    ];

    public static string Write(MoveView view)
    {
        var text = new StringBuilder().AppendJoin(',', Columns).Append("\r\n");
        foreach (var target in view.Listed)
        {
            var area = view.Names.Areas[target.Cell.Area];
            string[] cells =
            [
                view.Service.Service.Label, Day(view.Scope.Period.From), Day(view.Scope.Period.Through), area.Key, area.Label, view.Names.Label(Dimension.Profile, target.Cell.Group),
                Number(target.Cell.N), Number(100 * target.Online, 1), Number(100 * target.OnlineInterval.Low, 1), Number(100 * target.OnlineInterval.High, 1),
                Number(target.ToMean.Contacts), Number(target.ToMean.Interval.Low), Number(target.ToMean.Interval.High),
                Number(target.ToBest.Contacts), Number(target.ToBest.Interval.Low), Number(target.ToBest.Interval.High),
                target.Cell.Score is { } score ? Number(score, 1) : "", target.IsExcluded ? "yes" : "no", view.IsExact ? "exact" : "rounded to 5", "1",
            ];
            text.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");
        }
        return text.ToString();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(double number, int decimals = 0) => number.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    // A text that a spreadsheet would take for a formula is kept a text.
    private static string Quoted(string cell)
    {
        if (cell.Length > 0 && (cell[0] is '=' or '+' or '@' or '\t') || cell.Length > 1 && cell[0] == '-' && !char.IsAsciiDigit(cell[1])) cell = $"'{cell}";
        return cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
