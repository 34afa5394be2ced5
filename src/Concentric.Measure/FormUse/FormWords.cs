using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Measure.Charts;

namespace Concentric.Measure.FormUse;

/// <summary>How the figures of forms are said.</summary>
internal static class FormWords
{
    // A minus sign as long as a plus, so that columns and ears tell them apart.
    public static string Signed(double value, int decimals = 1) => value < 0 ? $"−{Figures.Show(-value, decimals)}" : $"+{Figures.Show(value, decimals)}";

    /// <summary>“The page “income” costs us about 15 completions a week …”: what may be claimed, and what it rests on.</summary>
    public static string Cost(PageCost cost) =>
        $"The page “{cost.Page}” costs us about {Figures.Show(cost.Completions, cost.Completions < 10 ? 1 : 0)} completions a week (95% interval {Figures.Show(cost.Low, 1)} to {Figures.Show(cost.High, 1)}). "
        + $"{Figures.Show(100 * cost.Left.Value, 1)}% leave there, where {Figures.Show(100 * cost.Usual, 1)}% is the middle of the form’s other pages; n = {Figures.Show(cost.Left.Whole, 0)} visits, {Figures.Show(cost.Arrivals, 1)} a week.";

    public static string Costs(PageCosts costs) => costs switch
    {
        { Weeks: 0 } => $"There are fewer than {PageCosts.FewestWeeks} whole weeks, so nothing can be said of a week.",
        { Costs.Count: 0 } => "Too few visits to hold pages against each other.",
        _ when costs.Costs.All(c => !c.IsShown) => "No page is shown to lose more people than the form’s other pages do.",
        _ => "",
    };

    public static string Basis(PageCosts costs) =>
        $"{costs.Weeks} whole weeks, {Say.Date(costs.Days.From)} to {Say.Date(costs.Days.Through)}{(costs.Version is { } v ? $", version {v} only" : "")}. "
        + "Left here above the middle of the other pages, times the visits a week, times the share of those who go on that sends the form in the end. The intervals hold for all pages together (Wilson, Bonferroni). Definition 1.";

    public static string P(double? p) => p switch { null => Figures.None, < 0.001 => "below 0.001", { } given => Figures.Show(given, 3) };

    public static string Difference((double Value, double Low, double High)? d) => d is { } known ? $"{Signed(100 * known.Value)} ({Signed(100 * known.Low)} to {Signed(100 * known.High)})" : "too few";

    public static string Withheld(ShownCount? count) => count?.ToString() ?? "hidden";

    public static TableCell Cell(string text) => TableCell.Number(text) with { Class = "app-nowrap" };

    public static TableCell Head(string text) => new(text) { Numeric = true };
}
