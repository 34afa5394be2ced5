using System.Globalization;
using Concentric.Measure.Contacts;
using Concentric.Measure.Places;

namespace Concentric.Measure.Experience;

/// <summary>What one person said of one side of a service.</summary>
internal sealed record GapAnswer(int Respondent, string Dimension, double? Expected, double? Received, double? Importance, double? Overall);

/// <summary>A survey as it was read, or what is wrong with it.</summary>
internal sealed record GapSurvey(IReadOnlyList<GapAnswer> Answers, int Respondents, IReadOnlyList<string> Problems);

/// <summary>Reads a survey with one row a person: columns <c>reliability_expected</c>, <c>reliability_received</c> and, where asked, <c>reliability_importance</c> for each side, and <c>overall</c>.</summary>
internal static class ReadGapSurvey
{
    public const int MostRows = 10_000;
    public const int MostDimensions = 20;
    public const double Lowest = 1;
    public const double Highest = 7;
    private const double MostImportance = 100;
    private const int MostProblems = 10;
    private static readonly string[] Parts = ["expected", "received", "importance"];

    public static GapSurvey Of(byte[] bytes)
    {
        ListFile file;
        try
        {
            file = ListFile.Read(bytes, "survey.csv");
        }
        catch (ImportRefusedException refused)
        {
            return new([], 0, [$"{refused.Message.TrimEnd('.')}. The first line must name the columns, as reliability_expected,reliability_received,overall"]);
        }
        var (problems, answers) = (new List<string>(), new List<GapAnswer>());
        var columns = file.Columns.Select(c => c.ToLowerInvariant()).ToArray();
        var dimensions = Dimensions(columns, problems);
        if (file.Lines.Count > MostRows) problems.Add($"It has more than {Core.Say.Number(MostRows)} rows. Send a sample of them");
        foreach (var (person, line) in file.Lines.Index())
        {
            if (problems.Count >= MostProblems) break;
            if (line.Bad is { } wrong) problems.Add($"Line {line.Line}: {wrong.TrimEnd('.')}");
            else Read(line, person + 1);
        }
        if (problems.Count == 0 && answers.Count == 0) problems.Add("It has no answers under the line that names the columns");
        return new(problems.Count == 0 ? answers : [], answers.Select(a => a.Respondent).Distinct().Count(), [.. problems.Take(MostProblems)]);

        void Read(ListLine line, int person)
        {
            double? Number(string column, double low, double high)
            {
                var at = Array.IndexOf(columns, column);
                if (at < 0 || line.Fields[at].Trim() is not { Length: > 0 } text) return null;
                if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high) return value;
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"Line {line.Line}, {column}: “{(text.Length > 20 ? text[..20] + "…" : text)}” is no number from {low} to {high}. Leave it empty where somebody did not answer"));
                return null;
            }
            var overall = Number("overall", Lowest, Highest);
            foreach (var dimension in dimensions)
            {
                var answer = new GapAnswer(person, dimension, Number($"{dimension}_expected", Lowest, Highest), Number($"{dimension}_received", Lowest, Highest), Number($"{dimension}_importance", 0, MostImportance), overall);
                if (answer is not { Expected: null, Received: null, Importance: null }) answers.Add(answer);
            }
        }
    }

    private static List<string> Dimensions(string[] columns, List<string> problems)
    {
        var dimensions = columns.Where(c => Parts.Any(p => c.EndsWith($"_{p}", StringComparison.Ordinal))).Select(c => c[..c.LastIndexOf('_')]).Distinct(StringComparer.Ordinal).ToList();
        if (dimensions.Count == 0) problems.Add("No column is named as reliability_expected or reliability_received. The first line must name the columns");
        if (dimensions.Count > MostDimensions) problems.Add($"It has more than {MostDimensions} sides. Leave some out");
        foreach (var dimension in dimensions)
        {
            if (dimension.Length is 0 or > 40) problems.Add("The name of a side must be 1 to 40 characters, before _expected and _received");
            foreach (var part in (string[])["expected", "received"])
                if (!columns.Contains($"{dimension}_{part}", StringComparer.Ordinal)) problems.Add($"There is no column {dimension}_{part}");
        }
        return dimensions;
    }
}
