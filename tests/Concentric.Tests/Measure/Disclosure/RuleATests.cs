using System.Text.Json;
using Concentric.Core;
using Concentric.Measure.Contacts;
using Concentric.Measure.Disclosure;
using FsCheck;
using FsCheck.Fluent;
using Measured = Concentric.Measure.Contacts.Measure;

namespace Concentric.Tests.Measure.Disclosure;

/// <summary>Rule A, and what somebody who knows it can work out all the same.</summary>
[Trait("Database", "none")]
public sealed class RuleATests
{
    [Fact]
    public void The_published_figures_of_the_rule_are_reproduced()
    {
        var file = Vectors.Read("sdc_suppression.json");
        foreach (var one in file.GetProperty("nhs_digital_subnational").GetProperty("vectors").EnumerateArray())
        {
            var shown = ShownCount.Rounded(one.GetProperty("n").GetInt64());
            Assert.Equal(one.GetProperty("shown").GetString(), shown.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "*");
        }
        foreach (var one in file.GetProperty("rounding_base5").EnumerateArray().Where(v => v.GetProperty("n").GetInt32() is 0 or > 7))
            Assert.Equal(one.GetProperty("round5_half_up").GetInt64(), ShownCount.Rounded(one.GetProperty("n").GetInt64()).Value);
    }

    [Fact]
    public void What_is_known_of_a_count_from_what_is_shown_is_all_counts_that_are_shown_so()
    {
        foreach (var count in Enumerable.Range(0, 60))
        {
            var known = Bounds.Of(count);
            Assert.Equal(Enumerable.Range(0, 80).Where(n => ShownCount.Rounded(n) == ShownCount.Rounded(count)).Select(n => (long)n), Enumerable.Range((int)known.Low, (int)(known.High - known.Low) + 1).Select(n => (long)n));
        }
    }

    [Fact]
    public void Three_counts_of_which_one_is_the_sum_of_the_others_isolate_none()
    {
        // All pairs up to 60 and, from there on, all residues again: a hidden part beside any other, and the whole.
        for (var part = 0; part <= 60; part++)
        {
            for (var other = 0; other <= 60; other++)
            {
                var attacker = new Attacker([part, other]);
                attacker.Learn([0], ShownCount.Rounded(part));
                attacker.Learn([1], ShownCount.Rounded(other));
                attacker.Learn([0, 1], ShownCount.Rounded(part + other));
                if (part is > 0 and <= 7) Assert.False(attacker.Isolates([0]), $"{part} of {part + other}");
            }
        }
    }

    [Fact]
    public void A_count_that_is_only_a_difference_is_not_isolated_by_three_nested_counts()
    {
        for (var inner = 0; inner <= 25; inner++)
            for (var middle = inner; middle <= 35; middle++)
                for (var outer = middle; outer <= 45; outer++)
                {
                    var attacker = new Attacker([inner, middle - inner, outer - middle]);
                    attacker.Learn([0], ShownCount.Rounded(inner));
                    attacker.Learn([0, 1], ShownCount.Rounded(middle));
                    attacker.Learn([0, 1, 2], ShownCount.Rounded(outer));
                    foreach (int[] cells in (int[][])[[0], [1], [2], [1, 2], [0, 1]])
                        if (cells.Sum(c => c == 0 ? inner : c == 1 ? middle - inner : outer - middle) is > 0 and <= 7) Assert.False(attacker.Isolates(cells), $"{inner} {middle} {outer}");
                }
    }

    [Fact]
    public void A_breakdown_and_its_total_would_isolate_a_count_of_one_and_the_breakdown_is_withheld()
    {
        var (attacker, store) = (new Attacker([1, 8, 8]), Services(1, 8, 8));
        foreach (var (cell, count) in ((int, int)[])[(0, 1), (1, 8), (2, 8)]) attacker.Learn([cell], ShownCount.Rounded(count));
        Assert.False(attacker.Isolates([0]));
        attacker.Learn([0, 1, 2], ShownCount.Rounded(17));
        Assert.True(attacker.Isolates([0]));

        var shown = Shown(store, new(1, [Dimension.Service], [Measured.Contacts], []));

        Assert.Equal((0, true), (shown.Rows, shown.IsWithheld));
        Assert.Equal(15, Shown(store, new(1, [], [Measured.Contacts], [])).Shown(0, Measured.Contacts).Value);
    }

    [Theory]
    [InlineData(true, 1, 8, 8)]
    [InlineData(true, 7, 12, 12, 12)]
    [InlineData(true, 1, 1, 1, 1, 1, 1, 1)]
    [InlineData(true, 7, 7, 7, 7)]
    [InlineData(true, 1, 8)]
    [InlineData(false, 1, 8, 9)]
    [InlineData(false, 1, 2)]
    [InlineData(false, 1)]
    [InlineData(false, 4, 8, 8)]
    [InlineData(false, 8, 8, 8)]
    [InlineData(false, 7, 12, 13)]
    public void A_breakdown_is_withheld_where_the_exact_total_would_isolate_a_hidden_part_and_only_there(bool withheld, params int[] counts) =>
        Assert.Equal(withheld, Shown(Services(counts), new(1, [Dimension.Service], [Measured.Contacts], [])).IsWithheld);

    [Fact]
    public void Whether_a_breakdown_is_withheld_is_right_for_all_of_up_to_four_parts()
    {
        int[] values = [0, 1, 2, 6, 7, 8, 9, 12, 13, 17, 18];
        foreach (var a in values)
            foreach (var b in values.Where(v => v >= a))
                foreach (var c in values.Where(v => v >= b))
                    foreach (var d in (int[])[0, 1, 7, 8, 12, 18])
                    {
                        long[] parts = [a, b, c, d];
                        var attacker = new Attacker(parts);
                        foreach (var (i, part) in parts.Index()) attacker.Learn([i], ShownCount.Rounded(part));
                        attacker.Learn([0, 1, 2, 3], parts.Sum(), parts.Sum());
                        var isolated = parts.Index().Any(p => p.Item is > 0 and <= 7 && parts.Sum() != p.Item && attacker.Isolates([p.Index]));
                        Assert.True(isolated == !Isolation.HoldsWithTotal(parts), string.Join(' ', parts));
                    }
    }

    [Fact]
    public void A_filter_on_what_is_grouped_by_does_not_undo_the_withholding()
    {
        var store = Services(1, 8, 8);

        foreach (int[] codes in (int[][])[[0], [1, 2], [0, 1, 2]])
            Assert.Equal(0, Shown(store, new(1, [Dimension.Service], [Measured.Contacts], [new(Dimension.Service, codes)])).Rows);
    }

    [Fact]
    public void Neither_the_order_nor_the_end_of_a_list_tells_which_of_two_equal_counts_is_larger()
    {
        var store = Services(8, 12, 11, 2, 6);
        var query = new CubeQuery(1, [Dimension.Service], [Measured.Contacts], [], Order: Order.ByLargest(Measured.Contacts), Limit: 4);

        var shown = Shown(store, query);

        Assert.Equal([0, 1, 2, 3], Enumerable.Range(0, 4).Select(r => shown.Code(r, Dimension.Service)));
        Assert.Equal(["10", "10", "10", "1 to 7"], Enumerable.Range(0, 4).Select(r => $"{shown.Shown(r, Measured.Contacts)}"));
    }

    [Fact]
    public void A_mean_fits_at_least_two_numbers_of_the_dear_kind_for_each_count_that_the_rounded_one_may_be() =>
        Prop.ForAll(Gen.Choose(8, 400).SelectMany(n => Gen.Choose(1, n - 1).SelectMany(dear => Gen.Choose(0, 3000).SelectMany(least => Gen.Choose(1, 5000).Select(more => (n, dear, least, more))))).ToArbitrary(), world =>
        {
            var (n, dear, least, more) = world;
            var mean = least + (double)more * dear / n;
            if (MeanStep.Of(mean, least, least + more, ShownCount.Rounded(n).Value!.Value) is not { } step) return true;
            var shown = Math.Round(mean / step) * step;
            return Enumerable.Range(1, n - 1).Count(p => Math.Abs(least + (double)more * p / n - shown) <= step / 2 * (1 + 1e-9)) >= 2;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(20261122, 3));

    [Theory]
    [InlineData(245.6, 245.6, 245.6, 10, 1.0)]
    [InlineData(250.0, 60.0, 900.0, 5000, 1.0)]
    public void A_mean_is_shown_to_three_figures_where_no_contact_counts_for_much(double mean, double least, double most, long rounded, double step) =>
        Assert.Equal(step, MeanStep.Of(mean, least, most, rounded));

    /// <summary>Answers of three questions with nested filters, each grouped or not, with counts of contacts, of coded ones and of failure demand.</summary>
    [Fact]
    public void No_three_questions_with_nested_filters_isolate_a_count_of_one_to_seven() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20261122, 5));

    private static bool Holds(int seed)
    {
        var chance = new SeededChance((ulong)seed);
        var dimensions = (Dimension[])[Dimension.Service, Dimension.Channel, Dimension.Month];
        int[][] cells = [.. from s in Enumerable.Range(0, 3) from c in Enumerable.Range(0, 2) from m in Enumerable.Range(0, 2) select (int[])[s, c, m]];
        // Counts at the ends of their steps are where a rule is weakest.
        long[] ends = [0, 1, 7, 8, 12, 13, 17];
        long[] counts = [.. cells.Select(_ => chance.Below(3) == 0 ? 0 : chance.Below(2) == 0 ? ends[chance.Below(ends.Length)] : chance.Below(10))];
        var store = new FewContacts(cells, counts, dimensions);
        var attacker = new Attacker(counts);
        var where = new List<Filter>();
        var rows = new List<int[]>();
        for (var i = 0; i < 3; i++)
        {
            if (i > 0 && chance.Below(3) > 0 && dimensions[chance.Below(3)] is var d && where.All(w => w.Dimension != d)) where.Add(new(d, chance.Below(2)));
            Dimension[] by = chance.Below(3) switch { 0 => [], _ => [dimensions[chance.Below(3)]] };
            var query = new CubeQuery(1, by, [Measured.Contacts], [.. where]);
            var shown = Shown(store, query);
            for (var row = 0; row < shown.Rows; row++) rows.Add(Learn(attacker, store, shown, row, by));
            // What a breakdown does not have is nothing, unless it was withheld.
            if (!shown.IsWithheld && by.Length > 0) attacker.Learn(store.CellsOf(query with { By = [] }, [], Measured.Contacts).Except(Enumerable.Range(0, shown.Rows).SelectMany(r => store.CellsOf(query, [shown.Code(r, by[0])], Measured.Contacts))), 0, 0);
        }
        return !rows.Any(cellsOf => cellsOf.Sum(c => counts[c]) is > 0 and <= 7 && attacker.Isolates(cellsOf));
    }

    private static int[] Learn(Attacker attacker, FewContacts store, CubeResult shown, int row, Dimension[] by)
    {
        var cells = store.CellsOf(shown.Query, [.. by.Select(d => shown.Code(row, d))], Measured.Contacts);
        attacker.Learn(cells, shown.Shown(row, Measured.Contacts));
        return cells;
    }

    internal static CubeResult Shown(FewContacts store, CubeQuery query) => RuleA.Apply(query, store.Answer(RuleA.Whole(query)));

    private static FewContacts Services(params int[] counts) => new([.. counts.Select((_, i) => (int[])[i])], [.. counts.Select(c => (long)c)], [Dimension.Service]);
}
