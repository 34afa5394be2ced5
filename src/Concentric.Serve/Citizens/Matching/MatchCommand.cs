using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Operations;

namespace Concentric.Serve.Citizens.Matching;

/// <summary><c>concentric citizens match</c>: who stands several times in a file of people. Opens no database.</summary>
internal static class MatchCommand
{
    private static readonly GivenFiles Files = new("list of people");

    public static void Add(CommandLine line)
    {
        var file = new Argument<string>("FILE") { Description = "A CSV file with columns as first_name, surname, dob, email, phone, postcode, address, city; and cluster, where it says who is truly whom." };
        var json = JsonOption.Make();
        var match = new Command("match", "Say who stands several times in a list of people, and why, as the desk's suggestions do.") { file, json };
        match.SetAction(async (parse, stop) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var people = PeopleFile.Read(await Files.Text(parse.GetRequiredValue(file), stop));
            var pairs = MatchPeople.Pairs(people.People);
            var clusters = MatchPeople.Clusters(people.People, pairs);
            Fit? ofPairs = null, ofClusters = null;
            if (people.Truth is { } truth) (ofPairs, ofClusters) = (Fit.Of(pairs.Select(p => (p.A, p.B)), truth), Fit.Of(Fit.PairsOf(clusters), truth));
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(new
                {
                    people = people.People.Count,
                    pairs = pairs.Select(p => new { a = people.Ids[p.A], b = people.Ids[p.B], weight = Math.Round(p.Weight, 1), reasons = p.Comparison.InWords() }),
                    clusters = clusters.Select(c => c.Select(i => people.Ids[i])),
                    fit = ofClusters is null ? null : new { pairs = Told(ofPairs!), clusters = Told(ofClusters) },
                }, JsonOption.Format));
                return;
            }
            foreach (var pair in pairs) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{people.Ids[pair.A]} and {people.Ids[pair.B]} ({pair.Weight:0.0}): {pair.Comparison.InWords()}"));
            await output.WriteLineAsync($"{people.People.Count} rows, {pairs.Count} pairs, {clusters.Count} people.");
            if (ofClusters is not null) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"By the file's own clusters: precision {ofClusters.Precision:0.0000}, recall {ofClusters.Recall:0.0000} (pairs alone: {ofPairs!.Precision:0.0000}, {ofPairs.Recall:0.0000})."));
        });
        line.Group("citizens", "Citizens: who asked something of the council.").Subcommands.Add(match);
    }

    private static object Told(Fit fit) => new { found = fit.Found, truly = fit.True, both = fit.Both, precision = Math.Round(fit.Precision, 4), recall = Math.Round(fit.Recall, 4) };
}
