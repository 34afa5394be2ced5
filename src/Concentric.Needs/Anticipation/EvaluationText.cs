using System.Globalization;
using System.Text;

namespace Concentric.Needs.Anticipation;

/// <summary>An evaluation as the command prints it.</summary>
internal static class EvaluationText
{
    public static string Of(Evaluation found)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"{found.Council}{(found.IsSynthetic ? " (synthetic: its effects are planted and prove nothing)" : "")}, {found.From:yyyy-MM-dd} to {found.To:yyyy-MM-dd}");
        Line($"{found.Definition}");
        Line($"Learnt from {found.LearntObservations} contacts of {found.LearntPersons} persons; {found.PairsHeld} of {found.PairsTested} pairs with enough support hold.");
        Line($"Tried on {found.Tried} contacts, {found.TriedWithNext} of them followed by another; {found.Next} services asked for next.");
        Line($"{found.Finding}");
        Line($"");
        Line($"{"Method",-28} {"recall@3",26} {"recall@5",26} {"MRR",7}");
        foreach (var method in found.Methods) Line($"{method.Method,-28} {Share(method.Recall3),26} {Share(method.Recall5),26} {method.MeanReciprocalRank,7:0.000}");
        Line($"");
        Line($"{"Several known things",-28} {"recall@3",26} {"Brier",9} {"ECE",8} {"slope",7} {"intercept",10}");
        foreach (var way in found.Combining) Line($"{way.Way + (way.Used ? " (used)" : ""),-28} {Share(way.Recall3),26} {way.Brier,9:0.00000} {way.CalibrationError,8:0.0000} {way.Slope,7:0.000} {way.Intercept,10:0.000}");
        if (found.Calibration is { } said)
        {
            Line($"");
            Line($"Calibration, n = {said.N} chances: Brier {said.Brier:0.00000} (popularity {said.BrierOfPopularity:0.00000}) = reliability {said.Reliability:0.00000} - resolution {said.Resolution:0.00000} + uncertainty {said.Uncertainty:0.00000} over tenths;");
            Line($"expected calibration error {said.CalibrationError:0.0000}, slope {said.Slope:0.000}, intercept {said.Intercept:0.000}");
            foreach (var bin in said.Bins) Line($"  said {bin.From:0.0} to {bin.From + 0.1:0.0}: mean {bin.Said:0.000}, came true {Share(bin.Observed)}, n = {bin.Observed.N}");
        }
        Line($"");
        foreach (var coverage in found.Coverage) Line($"At least one suggestion by {coverage.Of}: {Share(coverage.Share)} of {coverage.Share.N} contacts");
        Line($"");
        Line($"{"Profile group",-46} {"n",6} {"recall@3",26} {"gap to the others",28}");
        foreach (var group in found.Groups)
            Line($"{group.Group,-46} {group.N,6} {Share(group.Recall3),26} {(group.Gap is { } g ? string.Create(CultureInfo.InvariantCulture, $"{g.Difference:+0.000;-0.000} ({g.Low:+0.000;-0.000} to {g.High:+0.000;-0.000})") : ""),28} {group.Verdict}");
        Line($"");
        Line($"{"After service",-14} {"tried",7} {"n next",7} {"recall@3",26} {"popularity",26} {"expected",9} {"suggests",9}");
        foreach (var service in found.Services)
            Line($"{service.Service,-14} {service.Tried,7} {service.N,7} {Share(service.Recall3),26} {Share(service.PopularityRecall3),26} {service.Expected,9:0.0} {service.Suggested,9}");
        return text.ToString();
    }

    private static string Share(ShareFigure? share) => share is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{share.Share:0.000} ({share.Low:0.000} to {share.High:0.000})");
}
