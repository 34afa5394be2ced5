using Concentric.Core;
using Concentric.Measure.Charts;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;

namespace Concentric.Measure.Exploring;

/// <summary>What the page Explore shows.</summary>
public sealed record ExploreView
{
    /// <summary>Rows of the table unless the question says otherwise; the file has all of them.</summary>
    public const int UsualRows = 50;

    /// <summary>More bars, or more squares along one side of a heat map, cannot be read.</summary>
    public const int MostBars = 30, MostAlong = 40;

    /// <summary>More lines cannot be told apart.</summary>
    public const int MostLines = 6;

    public required ExploreQuestion Asked { get; init; }
    public required ContactDimensions Names { get; init; }

    /// <summary>All groups, in order; null where the question could not be answered.</summary>
    public required Answered? Answer { get; init; }

    /// <summary>Councils that have something to show.</summary>
    public required IReadOnlyList<CouncilCode> Councils { get; init; }

    /// <summary>Whose contacts: null where there is no such council.</summary>
    public required CouncilCode? Council { get; init; }

    /// <summary>What else the council has: shown where nothing was found.</summary>
    public required IReadOnlyList<string> WhyEmpty { get; init; }

    /// <summary>The saved views that this visitor may open.</summary>
    public IReadOnlyList<SavedViewLine> Saved { get; init; } = [];

    /// <summary>Rows that the table shows.</summary>
    public IReadOnlyList<AnsweredRow> Shown => [.. Answer!.Rows.Take(Asked.Question.Limit ?? UsualRows)];

    public int MoreRows => Answer!.Rows.Count - Shown.Count;

    /// <summary>The measure that is drawn.</summary>
    public AskedMeasure Drawn => Answer!.Measures[0];

    /// <summary>Figures that rule A hides, in all rows.</summary>
    public int HiddenRows => Answer!.Rows.Count(r => r.Figures.Any(f => f.IsHidden));

    public string Period => Answer is { From: { } from, To: { } to } ? $"{Say.Date(from)} to {Say.Date(to)}" : "No days";

    /// <summary>How the answer is drawn: what was asked for, or what suits it.</summary>
    public ChartKind Kind => Asked.Chart != ChartKind.Fitting ? Asked.Chart : Answer!.By.Count switch
    {
        1 when IsTime(Answer.By[0]) => ChartKind.Lines,
        1 => ChartKind.Bars,
        2 when Answer.By.Any(IsTime) => ChartKind.Lines,
        2 => ChartKind.HeatMap,
        _ => ChartKind.None,
    };

    /// <summary>Why the chart asked for cannot be drawn; null where it can.</summary>
    public string? CannotDraw => Kind switch
    {
        ChartKind.Bars when Answer!.By.Count != 1 => "Bars are drawn where the answer is grouped by exactly one thing.",
        ChartKind.Lines when Answer!.By.Count is 0 or > 2 || Answer.By.Count(IsTime) != 1 => "Lines are drawn where the answer is grouped by day, week or month, and by at most one thing beside it.",
        ChartKind.HeatMap when Answer!.By.Count != 2 => "A heat map is drawn where the answer is grouped by exactly two things.",
        _ => null,
    };

    public static bool IsTime(Dimension dimension) => dimension is Dimension.Day or Dimension.Week or Dimension.Month;

    /// <summary>What a group is called on the page.</summary>
    public string Label(Dimension dimension, int code) => dimension switch
    {
        Dimension.Day => Say.Date(ContactCalendar.DateOfDay(code)),
        Dimension.Week => $"Week from {Say.Date(ContactCalendar.FirstDayOfWeek(code))}",
        Dimension.Month => ContactCalendar.FirstDayOfMonth(code).ToString("MMMM yyyy", Figures.English),
        _ => Names.Label(dimension, code),
    };

    /// <summary>A short form of it for an axis.</summary>
    public string OnAxis(Dimension dimension, int code) => dimension switch
    {
        Dimension.Day => ContactCalendar.DateOfDay(code).ToString("d MMM yy", Figures.English),
        Dimension.Week => ContactCalendar.FirstDayOfWeek(code).ToString("d MMM yy", Figures.English),
        Dimension.Month => ContactCalendar.FirstDayOfMonth(code).ToString("MMM yy", Figures.English),
        _ => Names.Label(dimension, code),
    };

    /// <summary>Whether a group that is not there is none of them: not so of an estimate, nor where rows are left out because a hidden count could be worked out.</summary>
    public bool NothingIsNone => Drawn.Unit == FigureUnit.Count && !Answer!.IsWithheld;

    /// <summary>What every figure of the answer says of itself.</summary>
    public ChartText Text(string id, string title) => new(id, title, $"{Drawn.Definition} {Answer!.Definition}", Period, Answer.N.Estimate, Unit(Drawn), Drawn.Unit switch
    {
        FigureUnit.Pence or FigureUnit.Score => 2,
        FigureUnit.Share or FigureUnit.Seconds => 1,
        _ => 0,
    })
    {
        NInstead = Answer.N.IsHidden ? Answer.N.ToString() : null,
        Notes = [.. Council!.IsSynthetic ? ["Synthetic: an invented council, evidence of nothing."] : (string[])[], Disclosure],
    };

    /// <summary>Which of the two kinds of figures these are.</summary>
    public string Disclosure => Answer!.IsExact
        ? "Exact figures, because you are an analyst: small numbers may tell of persons, so do not publish them."
        : $"Counts from 1 to {ShownCount.MostHidden} are hidden, others are rounded to 5, and all else is made from these." + (HiddenRows switch
        {
            0 => " No figure is hidden here.",
            1 => " 1 row has something hidden.",
            var n => $" {Say.Number(n)} rows have something hidden.",
        }) + (Answer.IsWithheld ? " Rows from which a hidden count could be worked out are left out: a group that is not here may be anything." : "");

    /// <summary>A figure as the chart's axis has it: percent and pounds, not shares and pence.</summary>
    public double? OnChart(double? value) => value is { } v ? Drawn.Unit switch { FigureUnit.Share => 100 * v, FigureUnit.Pence => v / 100, _ => v } : null;

    private static string Unit(AskedMeasure measure) => measure.Unit switch
    {
        FigureUnit.Share => "%",
        FigureUnit.Pence => "pounds",
        FigureUnit.Seconds => "seconds",
        FigureUnit.Score => "score",
        _ => measure.Label.ToLowerInvariant(),
    };
}

/// <summary>An answer by two dimensions as rows and columns, for lines and heat maps.</summary>
public sealed record Crossing
{
    public required Dimension Down { get; init; }
    public required Dimension Across { get; init; }
    public required IReadOnlyList<int> Rows { get; init; }
    public required IReadOnlyList<int> Columns { get; init; }

    /// <summary>Groups of either side that are left out of the drawing; the table has them.</summary>
    public required int LeftOut { get; init; }

    private Dictionary<(int, int), Figure> Cells { get; init; } = [];

    /// <summary>The figure of a cell; null where there is no such group.</summary>
    public Figure? At(int row, int column) => Cells.TryGetValue((row, column), out var figure) ? figure : null;

    /// <summary>Crosses the first measure of an answer by its two dimensions; the calendar one goes down for lines, and each side keeps its largest groups.</summary>
    public static Crossing Of(Answered answer, bool timeDown, int mostDown, int mostAcross)
    {
        var (down, across) = timeDown && ExploreView.IsTime(answer.By[1]) ? (1, 0) : (0, 1);
        var cells = answer.Rows.ToDictionary(r => (r.Codes[down], r.Codes[across]), r => r.Figures[0]);
        var (rows, lessRows) = Largest(answer, down, timeDown ? int.MaxValue : mostDown);
        var (columns, lessColumns) = Largest(answer, across, mostAcross);
        return new()
        {
            Down = answer.By[down],
            Across = answer.By[across],
            Rows = timeDown ? AllBetween(rows) : rows,
            Columns = columns,
            LeftOut = lessRows + lessColumns,
            Cells = cells,
        };
    }

    /// <summary>An answer by one calendar dimension, as a single column.</summary>
    public static Crossing OfOne(Answered answer) => new()
    {
        Down = answer.By[0],
        Across = answer.By[0],
        Rows = AllBetween([.. answer.Rows.Select(r => r.Codes[0])]),
        Columns = [0],
        LeftOut = 0,
        Cells = answer.Rows.ToDictionary(r => (r.Codes[0], 0), r => r.Figures[0]),
    };

    /// <summary>Every period from the first to the last, because a line must not jump over one without contacts.</summary>
    public static IReadOnlyList<int> AllBetween(IReadOnlyList<int> periods) => periods.Count == 0 ? [] : [.. Enumerable.Range(periods.Min(), periods.Max() - periods.Min() + 1)];

    // Largest by what the groups weigh: the sum of counts, or for an estimate the sum of its n.
    private static (IReadOnlyList<int> Codes, int LeftOut) Largest(Answered answer, int place, int most)
    {
        var weights = answer.Rows.GroupBy(r => r.Codes[place]).Select(g => (Code: g.Key, Weight: g.Sum(r => r.Figures[0].N ?? r.Figures[0].Place ?? 0))).ToList();
        var kept = weights.OrderByDescending(w => w.Weight).ThenBy(w => w.Code).Take(most).Select(w => w.Code).ToList();
        // The calendar and what has an order of its own stays in it.
        if (ExploreView.IsTime(answer.By[place]) || answer.By[place] is Dimension.Decile or Dimension.SecondsBin) kept.Sort();
        return (kept, weights.Count - kept.Count);
    }
}
