using System.CommandLine;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Operations;

namespace Concentric.Measure.FailureDemand;

/// <summary><c>concentric demand classify</c>: what the page Classify texts does, for a file of this machine.</summary>
internal static class ClassifyCommand
{
    public static void Add(CommandLine line)
    {
        var file = new Argument<FileInfo>("file") { Description = "A CSV file with a line of column names, UTF-8, also as gzip." };
        var text = new Option<string>("--text") { Description = "Column of the texts.", Required = true };
        var label = new Option<string>("--label") { Description = "Column of the labels; empty there: nobody said, and the share is told of those rows.", Required = true };
        var value = new Option<string?>("--is") { Description = "The label that counts. Without it: the one of two that is failure, yes or true." };
        var contains = new Option<string?>("--contains") { Description = "A row has the label where the column of labels contains these words." };
        var channel = new Option<string?>("--channel") { Description = "Column of channels, to see where it errs otherwise." };
        var writer = new Option<string?>("--writer") { Description = "Column of who wrote it, to see whether it learnt how somebody writes." };
        var seed = new Option<long>("--seed") { Description = "By which rows are parted.", DefaultValueFactory = _ => 1 };
        var words = new Option<int>("--words") { Description = "Words to print for and against.", DefaultValueFactory = _ => 20 };
        var json = JsonOption.Make();
        var command = new Command("classify", "Learn from labelled texts, print the words that tell, and the share among the others, corrected. Example: demand classify notes.csv --text note --label demand --is failure")
        {
            file, text, label, value, contains, channel, writer, seed, words, json,
        };
        command.SetAction(parse =>
        {
            var given = parse.GetValue(file)!;
            if (!given.Exists) throw new RefusedException($"There is no file {given.FullName}.");
            using var stream = given.OpenRead();
            var report = ClassifyTexts.Run(stream, new()
            {
                Text = parse.GetValue(text)!, Label = parse.GetValue(label)!, Is = parse.GetValue(value), Contains = parse.GetValue(contains),
                Channel = parse.GetValue(channel), Writer = parse.GetValue(writer), Seed = parse.GetValue(seed), Words = Math.Clamp(parse.GetValue(words), 0, 1000),
            });
            if (parse.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, JsonOption.Format));
            else Print(report);
        });
        line.Group("demand", "What citizens ask, and why they had to.").Subcommands.Add(command);
    }

    private static void Print(TextReport report)
    {
        Console.WriteLine($"The label: {report.Label}. {Say.Number(report.Rows)} rows, {Say.Number(report.Labelled)} labelled ({Say.Number(report.Learnt)} to learn from, {Say.Number(report.Validated)} for the threshold, {Say.Number(report.Tested)} for the test, {Say.Number(report.HeldBack)} held back; seed {report.Seed}).");
        Console.WriteLine($"Threshold {ClassifyTexts.Show(report.Threshold, 3)} log odds. Test: precision {ClassifyTexts.Show(report.Test.Precision, 3)}, recall {ClassifyTexts.Show(report.Test.Recall, 3)}, specificity {ClassifyTexts.Show(report.Test.Specificity, 3)}, F1 {ClassifyTexts.Show(report.Test.F1, 3)}, kappa {ClassifyTexts.Show(report.Test.Kappa, 3)}, Matthews {ClassifyTexts.Show(report.Test.Matthews, 3)}; n = {Say.Number(report.Test.N)}.");
        Console.WriteLine(report.Share is { } share
            ? $"Share, corrected{(share.IsUsable ? "" : " (not to be used)")}: {Percent(share.Value)} of {Say.Number(share.Of)} rows (95% interval {Percent(share.Low)} to {Percent(share.High)}).{(share.Known is { } known ? $" By the labels that were held back: {Percent(known)}." : "")}"
            : "No share follows.");
        Words("For", report.For);
        Words("Against", report.Against);
        Groups("channel", report.Channels);
        Groups("writer", report.Writers);
        foreach (var caution in report.Cautions) Console.WriteLine(caution);

        static void Words(string title, IReadOnlyList<Statistics.WordWeight> words)
        {
            Console.WriteLine($"\n{title}:");
            foreach (var word in words) Console.WriteLine($"  {ClassifyTexts.Show(word.LogOdds, 3),7}  {word.Word}  ({Say.Number(word.With)} with, {Say.Number(word.Without)} without)");
        }

        static void Groups(string name, IReadOnlyList<TextGroup> groups)
        {
            if (groups.Count > 0) Console.WriteLine();
            foreach (var g in groups)
                Console.WriteLine($"{name} {g.Name}: n {Say.Number(g.Test.N)}, precision {ClassifyTexts.Show(g.Test.Precision)}, recall {ClassifyTexts.Show(g.Test.Recall)}, kappa {ClassifyTexts.Show(g.Test.Kappa)}, share {(g.Share is { } s ? $"{Percent(s.Value)} ({Percent(s.Low)} to {Percent(s.High)}){(s.IsUsable ? "" : ", not to be used")}" : "too few tested")}{(g.Differs ? ", errs otherwise than the others" : "")}");
        }
    }

    private static string Percent(double share) => $"{ClassifyTexts.Show(100 * share, 1)}%";
}
