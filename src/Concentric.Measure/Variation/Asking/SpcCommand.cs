using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Operations;

namespace Concentric.Measure.Variation.Asking;

/// <summary><c>concentric spc FILE</c>: puts the figures of a file on a control chart.</summary>
internal static class SpcCommand
{
    public static void Add(CommandLine line)
    {
        var file = new Argument<string>("file") { Description = "CSV with a first line that names the columns, parted by commas, semicolons, tabs or bars. - reads from the standard input." };
        var date = new Option<string?>("--date") { Description = "Column of the dates: 2015-03, 03/2015, 2015-03-01, 1/3/2015 (day first), Mar 2015, 2015-W10 or 2015-Q1." };
        var value = new Option<string?>("--value") { Description = "Column of the figures. Empty cells are gaps. A t chart may do without: it then counts the days between the dates." };
        var denominator = new Option<string?>("--denominator") { Description = "Column of what figures are counted out of, for p, u and i' charts." };
        var improvement = new Option<string?>("--improvement") { Description = "Which direction is good: up, down or none (default)." };
        var target = new Option<double?>("--target") { Description = "Target, in the unit of the figures; of shares from 0 to 1." };
        var fixAfter = new Option<int?>("--fix-after") { Description = "Take limits from the first so many values and carry them on." };
        var rebase = new Option<string[]>("--rebase") { Description = "Work limits out anew from the period with this date, as 2016-04 or “2016-04=New opening hours”. May be given several times.", AllowMultipleArgumentsPerToken = true };
        var rules = new Option<string?>("--rules") { Description = $"Rules: {string.Join(", ", XmrRules.Names.Keys)}. Default mdc7." };
        var old = new Option<bool>("--old-two-of-three") { Description = "Two of three as Making Data Count had it before November 2023: points beyond a limit do not count." };
        var screen = new Option<bool>("--screen") { Description = "Leave moving ranges out of the ordinary out of the limits, once." };
        var chart = new Option<string?>("--chart") { Description = $"Chart: {string.Join(", ", ChartChoice.Names.Keys)} or auto. Default xmr, with a denominator auto." };
        var seasonal = new Option<bool>("--seasonal") { Description = "Take out the season of months, quarters or weeks, or the rhythm of the week of days, by the first years." };
        var years = new Option<int?>("--baseline-years") { Description = "Years from which the season is taken. Default 2, of days 1." };
        var every = new Option<string?>("--every") { Description = $"Length of a period: {string.Join(", ", Periods.Names.Keys)}. Default: as the dates show." };
        var total = new Option<bool>("--total") { Description = "Add up several rows of one period. Without it a period that is there twice is refused." };
        var where = new Option<string[]>("--where") { Description = "Rows to keep, as measure=visits. May be given several times.", AllowMultipleArgumentsPerToken = true };
        var order = new Option<string?>("--date-order") { Description = "Order of dates such as 1/3/2015: dmy (default) or mdy." };
        var comma = new Option<bool>("--decimal-comma") { Description = "Numbers are written 1.234,5." };
        var bounds = new Option<string?>("--bounds") { Description = "What the figure can be, for the limits that are shown: count (never below 0), percent or none (default)." };
        var json = JsonOption.Make();
        var command = new Command("spc", "Put figures on a control chart. Example: spc visits.csv --date month --value visits --improvement up --rebase 2016-04 --json")
        {
            file, date, value, denominator, improvement, target, fixAfter, rebase, rules, old, screen, chart, seasonal, years, every, total, where, order, comma, bounds, json,
        };
        command.SetAction(parse =>
        {
            var isOfTimes = parse.GetValue(chart)?.Equals("t", StringComparison.OrdinalIgnoreCase) is true;
            var columns = new SpcColumns
            {
                Date = parse.GetValue(date),
                Value = parse.GetValue(value),
                Denominator = parse.GetValue(denominator),
                Where = [.. (parse.GetValue(where) ?? []).Select(Condition)],
                IsDecimalComma = parse.GetValue(comma),
                IsEvents = isOfTimes,
            };
            var figures = Read(parse.GetValue(file)!, columns);
            if (isOfTimes && columns.Value is null) figures = DaysBetween.Of(figures, parse.GetValue(order));
            var answer = AskSpc.Answer(new()
            {
                Points = figures,
                Improvement = parse.GetValue(improvement),
                Target = parse.GetValue(target),
                FixAfter = parse.GetValue(fixAfter),
                Rebase = [.. (parse.GetValue(rebase) ?? []).Select(Change)],
                Rules = parse.GetValue(rules),
                OldTwoOfThree = parse.GetValue(old),
                Screen = parse.GetValue(screen),
                Chart = parse.GetValue(chart),
                Seasonal = parse.GetValue(seasonal) || parse.GetValue(years) is not null,
                BaselineYears = parse.GetValue(years),
                Every = parse.GetValue(every),
                Total = parse.GetValue(total),
                Bounds = parse.GetValue(bounds),
                DateOrder = parse.GetValue(order),
            });
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json)) output.WriteLine(JsonSerializer.Serialize(answer, JsonOption.Format));
            else SpcTable.Write(answer, output);
        });
        line.Root.Subcommands.Add(command);
    }

    private static IReadOnlyList<SpcFigure> Read(string file, SpcColumns columns)
    {
        if (file == "-")
        {
            using var input = Console.OpenStandardInput();
            return SpcCsv.Read(input, columns);
        }
        if (Directory.Exists(file)) throw new RefusedException($"{file} is a folder: name a file in it.");
        if (!File.Exists(file)) throw new RefusedException($"There is no file {file}.");
        using var stream = File.OpenRead(file);
        return SpcCsv.Read(stream, columns);
    }

    private static (string, string) Condition(string condition) =>
        condition.Split('=', 2) is [{ Length: > 0 } column, var value] ? (column.Trim(), value.Trim()) : throw new RefusedException($"Write a condition as measure=visits, not “{condition}”.");

    private static SpcRebase Change(string text) => text.Split('=', 2) is [var date, { Length: > 0 } reason] ? new() { Date = date, Reason = reason } : new() { Date = text.TrimEnd('=') };
}

/// <summary>A chart as people read it on a terminal.</summary>
internal static class SpcTable
{
    public static void Write(SpcAnswer answer, TextWriter output)
    {
        output.WriteLine($"{Name(answer.Chart)}, {answer.N} values, {answer.Points[0].Period} to {answer.Points[^1].Period}{(answer.Gaps > 0 ? $", {answer.Gaps} gaps" : "")}. {answer.ChartReason}".TrimEnd());
        output.WriteLine(answer.RulesInWords);
        output.WriteLine($"Variation: {IconWords.Title(answer.Icons.Variation)}. {answer.Icons.VariationInWords}{(answer.Icons.IsProvisional ? " Provisional." : "")}");
        if (answer.Target is { } target) output.WriteLine(answer.Improvement == "none"
            ? $"Target {Show(target, 6)}: nobody said which direction is good, so it is held against nothing: --improvement up or down."
            : $"Target {Show(target, 6)}: {IconWords.Title(answer.Icons.Assurance)}. {answer.Icons.AssuranceInWords}");
        if (answer.Capability is { } can) output.WriteLine($"Met by {can.Observed:P0} of the {can.N} values of the current phase; {can.Expected:P0} would meet it if values were normally distributed.");
        foreach (var phase in answer.Phases)
            output.WriteLine($"{phase.From} to {phase.To}{(phase.Reason is null ? "" : $", {phase.Reason}")}: mean {Show(phase.Mean, 6)} of {phase.N} values{(phase.FixedThrough is { } end ? $" to {end}, carried on" : "")}.");
        foreach (var warning in answer.Warnings) output.WriteLine($"Note: {warning}");
        output.WriteLine();
        string[][] rows = [["period", "value", "mean", "lower", "upper", "type", "why"], .. answer.Points.Select(p => new[]
        {
            p.Period, Show(p.Value, 6), Show(p.Mean, 6), Show(p.ShownLower ?? p.Lower, 6), Show(p.ShownUpper ?? p.Upper, 6), JsonNamingPolicy.KebabCaseLower.ConvertName(p.Type.ToString()), string.Join("; ", p.Reasons),
        })];
        var widths = rows[0].Select((_, i) => rows.Max(r => r[i].Length)).ToArray();
        foreach (var row in rows) output.WriteLine(string.Join("  ", row.Select((cell, i) => i is > 0 and < 5 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
    }

    private static string Name(ChartKind kind) => kind switch
    {
        ChartKind.Xmr => "XmR chart", ChartKind.PPrime => "p′ chart", ChartKind.UPrime => "u′ chart", ChartKind.IPrime => "I′ chart", ChartKind.Run => "Run chart", _ => $"{kind.ToString().ToLowerInvariant()} chart",
    };

    private static string Show(double? value, int digits) => value is { } number ? number.ToString($"G{digits}", CultureInfo.InvariantCulture) : "–";
}
