using System.Globalization;

namespace Concentric.Measure.Costs;

/// <summary>Amounts in pounds to a tenth of a penny: a visit to a web page costs pennies, and tenths of them tell.</summary>
public static class Pounds
{
    private const decimal Most = 1_000_000_000;
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Reads "12", "£0.15" or "1,234.567". Negative amounts and less than a tenth of a penny are refused.</summary>
    public static bool TryParse(string? text, out decimal pounds) =>
        decimal.TryParse(text?.Trim().TrimStart('£'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, British, out pounds) && pounds <= Most && decimal.Round(pounds, 3) == pounds;

    /// <summary>"£0.15", "£1,234.50"; with a tenth of a penny, "£0.125".</summary>
    public static string Show(decimal pounds) => decimal.Round(pounds, 2) == pounds ? pounds.ToString("£#,0.00;−£#,0.00", British) : pounds.ToString("£#,0.000;−£#,0.000", British);

    /// <summary>A worked-out amount, to the penny: "£2.38", "−£0.10".</summary>
    public static string Show(double pounds) => double.IsFinite(pounds) ? Math.Round(pounds, 2).ToString("£#,0.00;−£#,0.00", British) : "–";

    /// <summary>A large amount, in whole pounds.</summary>
    public static string Whole(double pounds) => double.IsFinite(pounds) ? Math.Round(pounds).ToString("£#,0;−£#,0", British) : "–";

    /// <summary>As somebody would type it: "0.15".</summary>
    public static string Plain(decimal pounds) => pounds.ToString("0.00#", CultureInfo.InvariantCulture);
}
