using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Concentric.Core;
using Concentric.Serve.Citizens.Matching;
using Concentric.Tests.Measure;

namespace Concentric.Tests.Serve.Citizens;

/// <summary>Who stands several times in a list of people.</summary>
[Trait("Database", "none")]
public sealed class MatchPeopleTests
{
    private const string Invented = "misc/people-fake-1000.csv";

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("allen", "alan", 2)]
    [InlineData("kirk", "kikr", 1)]
    [InlineData("abcdef", "", 4)]
    public void Edits_count_swapped_neighbours_as_one(string a, string b, int edits) => Assert.Equal((edits, edits), (Distance.Edits(a, b), Distance.Edits(b, a)));

    // The examples of Winkler's paper, as everybody's test of it.
    [Theory]
    [InlineData("martha", "marhta", 0.961)]
    [InlineData("dwayne", "duane", 0.840)]
    [InlineData("dixon", "dicksonx", 0.813)]
    [InlineData("a", "b", 0)]
    public void Jaro_and_Winkler_agree_with_their_examples(string a, string b, double like) => Assert.Equal(like, Distance.JaroWinkler(a, b), 0.0006);

    [Fact]
    public void A_pair_tells_its_reasons()
    {
        var pair = Comparison.Of(new("robert", "allen", "1971-06-24", "roberta25@smith.net"), new("bob", "alen", "1971-06-24", "roberta25@smith.net"));
        Assert.Equal("born on the same day; same email; surname a letter or two apart; first name a short form or much alike", pair.InWords());
        Assert.Equal(11 + 11 + 6.3 + 2.4, pair.Weight, 0.001);

        var turned = Comparison.Of(new("thomas", "gabriel", "1976-09-15", ""), new("gabriel", "thomas", "1976-09-15", ""));
        Assert.Contains("the other way round", turned.InWords(), StringComparison.Ordinal);
        Assert.True(turned.Weight >= Weights.Suggested);
    }

    [Fact]
    public void A_couple_who_share_all_but_their_first_names_and_birthdays_is_not_one()
    {
        var jo = new Individual("joanne", "marsh", "1980-01-05", "marsh@example.com", "07700900123", "nr1 1aa", "12 high street");
        Assert.True(Comparison.Of(jo, jo with { First = "peter", Born = "1977-11-30" }).Weight < Comparison.Of(jo, jo with { First = "jo" }).Weight - 20);
        Assert.True(Comparison.Of(jo with { Phone = "", Postcode = "", Address = "" }, jo with { First = "peter", Born = "", Phone = "", Postcode = "", Address = "" }).Weight < Weights.Suggested);
    }

    [Theory]
    [InlineData("ann1@gmail.com", "ann2@gmail.com", nameof(Level.SameName))]
    [InlineData("ann1@marsh.example", "ann2@marsh.example", nameof(Level.Close))]
    [InlineData("ann@gmail.com", "ann@marsh.example", nameof(Level.SameName))]
    [InlineData("ann@gmail.com", "bob@marsh.example", nameof(Level.Other))]
    public void Near_addresses_at_everybodys_provider_say_little(string a, string b, string level) => Assert.Equal(level, $"{Comparison.Emails(a, b)}");

    [Fact]
    public void It_does_not_matter_which_of_two_comes_first()
    {
        var people = PeopleFile.Read(File.ReadAllText(SharedData.Find(Invented))).People;
        foreach (var (a, b) in people.Zip(people.Skip(1))) Assert.Equal(Comparison.Of(a, b).Weight, Comparison.Of(b, a).Weight);
        foreach (var p in people.Where(p => p.First.Length > 0)) Assert.True(Comparison.Of(p, p).Weight > 0);
    }

    [Fact]
    public void One_wrong_pair_does_not_draw_two_families_together()
    {
        // Two groups of three, and one row that is a little like both.
        Individual[] people =
        [
            new("ann", "marsh", "", "ann@marsh.example", "07700900123"), new("ann", "marsh", "", "ann@marsh.example", "07700900123"), new("ann", "", "", "ann@marsh.example", "07700900123"),
            new("zoe", "field", "1991-12-30", "zoe@field.example"), new("zoe", "field", "1991-12-30", "zoe@field.example"), new("", "", "1991-12-30", "", "07700900123"),
        ];
        var clusters = MatchPeople.Clusters(people, MatchPeople.Pairs(people));
        Assert.Contains(MatchPeople.Pairs(people), p => p is { A: 0, B: 5 });
        Assert.Contains(MatchPeople.Pairs(people), p => p is { A: 3, B: 5 });
        Assert.Equal(["0,1,2", "3,4,5"], clusters.Select(c => string.Join(',', c)));
    }

    [Fact]
    public void Invented_people_are_found_on_the_half_that_the_weights_were_not_counted_on()
    {
        var file = PeopleFile.Read(File.ReadAllText(SharedData.Find(Invented)));
        foreach (var kept in new Func<int, bool>[] { i => !IsTraining(file.Truth![i]), _ => true })
        {
            var rows = Enumerable.Range(0, file.People.Count).Where(kept).ToList();
            var (people, truth) = (rows.ConvertAll(i => file.People[i]), rows.ConvertAll(i => file.Truth![i]));
            var fit = Fit.Of(Fit.PairsOf(MatchPeople.Clusters(people, MatchPeople.Pairs(people))), truth);
            Assert.True(fit.Precision >= 0.98, $"precision {fit.Precision:0.0000}");
            Assert.True(fit.Recall >= 0.85, $"recall {fit.Recall:0.0000}");
            TestContext.Current.TestOutputHelper?.WriteLine($"{rows.Count} rows: precision {fit.Precision:0.0000}, recall {fit.Recall:0.0000}");
        }
    }

    /// <summary>Where the numbers in <see cref="Weights"/> come from.</summary>
    [Fact]
    public void The_weights_are_those_that_are_counted_on_the_training_half()
    {
        var file = PeopleFile.Read(File.ReadAllText(SharedData.Find(Invented)));
        var rows = Enumerable.Range(0, file.People.Count).Where(i => IsTraining(file.Truth![i])).ToList();
        var counts = new Dictionary<(Trait, Level), (double One, double Two)>();
        for (var a = 0; a < rows.Count; a++)
            for (var b = a + 1; b < rows.Count; b++)
            {
                var isOne = file.Truth![rows[a]] == file.Truth[rows[b]];
                foreach (var f in Comparison.Of(file.People[rows[a]], file.People[rows[b]]).Findings.Where(f => f.Level != Level.Unknown))
                {
                    var (one, two) = counts.GetValueOrDefault((f.Trait, f.Level));
                    counts[(f.Trait, f.Level)] = isOne ? (one + 1, two) : (one, two + 1);
                }
            }
        var wrong = new List<string>();
        foreach (var trait in new[] { Trait.First, Trait.Last, Trait.Born, Trait.Email, Trait.City })
        {
            var (ones, twos) = (counts.Where(c => c.Key.Item1 == trait).Sum(c => c.Value.One), counts.Where(c => c.Key.Item1 == trait).Sum(c => c.Value.Two));
            foreach (var (level, weight) in Weights.All[trait])
            {
                // Half a pair more of each than was seen, so that nothing is impossible.
                var (one, two) = counts.GetValueOrDefault((trait, level));
                var counted = Math.Min(11, Math.Log2((one + 0.5) / (ones + 3) / ((two + 0.5) / (twos + 3))));
                if (level == Level.Swapped) counted = Math.Min(counted, Weights.Of(trait, Level.Same));
                if (Math.Abs(counted - weight) > 0.051) wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{trait} {level}: {weight} in the code, {counted:0.0} counted of {one} and {two}"));
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task The_command_prints_pairs_clusters_and_how_well_they_fit()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("people").FullName, "people.csv");
        await File.WriteAllTextAsync(path, "unique_id,first_name,surname,dob,city,email,cluster\na,Ann,Marsh,1980-01-05,Hull,ann@marsh.example,1\nb,Annie,Mrash,05/01/1980,Hull,ann@marsh.example,1\nc,Zoë,Field,1991-12-30,Leeds,,2\n");
        using var output = new StringWriter();
        var root = new RootCommand();
        MatchCommand.Add(new(root, () => throw new InvalidOperationException("No services are needed.")));
        Assert.Equal(0, await root.Parse(["citizens", "match", path, "--json"]).InvokeAsync(new() { Output = output, EnableDefaultExceptionHandler = false }));
        var told = JsonNode.Parse($"{output}")!;
        Assert.Equal("a", $"{told["pairs"]![0]!["a"]}");
        Assert.Contains("same email", $"{told["pairs"]![0]!["reasons"]}", StringComparison.Ordinal);
        Assert.Equal(2, told["clusters"]!.AsArray().Count);
        Assert.Equal("1", $"{told["fit"]!["clusters"]!["precision"]}");

        await File.WriteAllTextAsync(path, "colour\nred\n");
        await Assert.ThrowsAsync<RefusedException>(() => root.Parse(["citizens", "match", path]).InvokeAsync(new() { Output = output, EnableDefaultExceptionHandler = false }));
    }

    /// <summary>Half of the clusters, chosen by their number and nothing else.</summary>
    private static bool IsTraining(string cluster) => int.Parse(cluster, CultureInfo.InvariantCulture) % 2 == 0;
}
