using System.Text;
using Concentric.Measure.Information;
using Concentric.Measure.Places;

namespace Concentric.Tests.Measure;

/// <summary>Page views and searches are read as sums, without anything about a person, and held against calls with care.</summary>
[Trait("Database", "none")]
public sealed class ReadInformationTests
{
    [Theory]
    [InlineData("jo.bloggs@example.org")]
    [InlineData("07700 900123")]
    [InlineData("council tax m15 4ab")]
    [InlineData("M154AB bin day")]
    [InlineData("account 12345678")]
    [InlineData("reference 123 456")]
    [InlineData("/search?q=jo%40example.org")]
    [InlineData("12 acacia avenue")]
    [InlineData("AB123456C")]
    public void Words_that_look_like_something_about_a_person_are_known(string words) => Assert.True(ReadInformation.LooksPersonal(words));

    [Theory]
    [InlineData("bin day")]
    [InlineData("council tax 2025")]
    [InlineData("council tax band d 2025-26")]
    [InlineData("/bins/collection-days")]
    [InlineData("how to get a new bin in m15")]
    [InlineData("a56 roadworks")]
    public void Words_that_many_use_are_kept(string words) => Assert.False(ReadInformation.LooksPersonal(words));

    [Fact]
    public void Lines_read_are_taken_dropped_or_refused_and_the_same_page_is_one_page()
    {
        var reading = Read(InformationKind.PageViews, "date,page_path,views\n2026-01-05,/Bins/,10\n2026-01-05,https://www.northmoor.example/bins?a=1,5\n2026-01,/bins,\"1,000\"\n2026-01-06,/account/07700900123,3\n2026-13-01,/bins,3\n2026-01-07,/bins,many\n2026-01-08,/tax,1\n");

        Assert.Equal([("/bins", new(2026, 1, 5), new(2026, 1, 5), 15L), ("/bins", new(2026, 1, 1), new(2026, 1, 31), 1000), ("/tax", new(2026, 1, 8), new DateOnly(2026, 1, 8), 1)], reading.Counts.Select(c => (c.Text, c.From, c.Through, c.Count)));
        Assert.Equal((7L, 1L, 4), (reading.Read, reading.Dropped, reading.Lines.Values.Sum()));
        Assert.Equal([6L, 7], reading.Refusals.Select(r => r.Line));
    }

    [Fact]
    public void What_found_nothing_is_read_from_results_before_clicks()
    {
        Assert.Equal([(3L, NothingBy.Results)], Nothing("month,search,searches,no_results\n2026-01,bins,10,3\n"));
        Assert.Equal([(10L, NothingBy.Results), (0, NothingBy.Results)], Nothing("month,search,searches,results,clicks\n2026-01,bins,10,0,0\n2026-01,tax,10,4,1\n"));
        Assert.Equal([(6L, NothingBy.Clicks)], Nothing("month,search,searches,clicks\n2026-01,bins,10,4\n"));
        Assert.Null(Assert.Single(Read(InformationKind.Searches, "month,search,searches\n2026-01,bins,10\n").Counts).Nothing);
    }

    [Fact]
    public void Lines_that_all_begin_on_Mondays_count_weeks() =>
        Assert.All(Read(InformationKind.PageViews, "date,path,views\n2026-01-05,/bins,10\n2026-01-12,/bins,5\n2026-01-19,/bins,5\n").Counts, c => Assert.Equal(6, c.Through.DayNumber - c.From.DayNumber));

    [Fact]
    public void The_longest_beginning_of_a_path_and_the_longest_words_decide_which_service_it_is()
    {
        var matches = new ServiceMatches([Match(MatchKind.Path, "/bins", "524"), Match(MatchKind.Path, "/bins/garden", "530"), Match(MatchKind.Words, "bin", "524"), Match(MatchKind.Words, "garden bin", "530")]);

        Assert.Equal(("524", "530", null, null), (matches.OfPath("/bins/days"), matches.OfPath("/bins/garden/renew"), matches.OfPath("/binstock"), matches.OfPath("/")));
        Assert.Equal(("524", "530", null), (matches.OfWords("missed bin day"), matches.OfWords("new garden bin please"), matches.OfWords("binding")));
    }

    [Fact]
    public void A_service_is_suggested_by_the_words_of_its_name()
    {
        (string, string)[] services = [("524", "Household waste collection"), ("474", "Parking permits"), ("279", "Disabled people - parking permits")];

        Assert.Equal("474", ServiceMatches.Suggest("/parking/permits", services));
        Assert.Equal("279", ServiceMatches.Suggest("disabled parking permit", services));
        Assert.Null(ServiceMatches.Suggest("/about-us", services));
    }

    [Fact]
    public void Two_series_that_change_alike_move_together_and_a_shifted_one_a_week_later()
    {
        double?[] views = [.. Enumerable.Range(0, 30).Select(i => (double?)(100 + i * 37 % 23))];
        double?[] later = [50, .. views.Take(29)];

        var same = MovesTogether.Of(views, [.. views.Select(v => v * 2 + 5)], 0)!;
        var after = MovesTogether.Of(views, later, 1)!;

        Assert.Equal((1.0, 29), (same.R, same.N));
        Assert.Equal((1.0, 28), (after.R, after.N));
        Assert.True(same.Low > 0.99 && same.P < 1e-6);
    }

    [Fact]
    public void Rank_correlation_interval_and_chance_are_as_worked_by_hand()
    {
        // Changes 1..12 against the same with neighbours exchanged: Σd² = 12, ρ = 1 − 6·12 / (12·143).
        var changes = Enumerable.Range(1, 12).ToArray();
        int[] swapped = [2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11];
        double?[] Sum(int[] c) => [0, .. c.Select((_, i) => (double?)c.Take(i + 1).Sum())];

        var m = MovesTogether.Of(Sum(changes), Sum(swapped), 0)!;

        var rho = 1 - 72.0 / 1716;
        Assert.Equal(rho, m.R, 12);
        Assert.Equal(Math.Tanh(Math.Atanh(rho) - 1.959963984540054 * Math.Sqrt(1.5 * (1 + rho * rho / 2) / 9)), m.Low, 9);
        Assert.Equal(12, m.N);
    }

    [Fact]
    public void Too_few_weeks_gaps_and_a_series_that_stands_still_give_no_figure()
    {
        double?[] ten = [.. Enumerable.Range(0, 10).Select(i => (double?)(i * i))];
        Assert.Null(MovesTogether.Of(ten, ten, 0));
        double?[] flat = [.. Enumerable.Repeat((double?)5, 30)];
        Assert.Null(MovesTogether.Of(flat, [.. Enumerable.Range(0, 30).Select(i => (double?)(i % 7))], 0));
    }

    [Fact]
    public void What_is_shown_is_shown_among_all_that_was_looked_at()
    {
        // Benjamini and Hochberg 1995: q is the least of p·m / rank over this rank and all above.
        double[] p = [0.01, 0.04, 0.03, 0.5];
        var adjusted = MovesTogether.Adjust([.. p.Select(x => new MovesTogether(0.5, 0, 1, 20, x, 0))]);

        Assert.Equal([0.04, 0.16 / 3, 0.16 / 3, 0.5], adjusted.Select(a => a.Q!.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([true, false, false, false], adjusted.Select(a => a.IsShown));
    }

    private static InformationMatch Match(MatchKind kind, string pattern, string service) => new() { Council = "test", Kind = kind, Pattern = pattern, Service = service };

    private static InformationReading Read(InformationKind kind, string text) => ReadInformation.Read("test", kind, ListFile.Read(Encoding.UTF8.GetBytes(text), "f"), new Dictionary<string, string>());

    private static IEnumerable<(long, NothingBy)> Nothing(string text) => Read(InformationKind.Searches, text).Counts.Select(c => (c.Nothing!.Value, c.NothingBy!.Value));
}
