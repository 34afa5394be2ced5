using Concentric.Serve.Forms;
using static Concentric.Tests.Serve.Forms.ReadAnswerTests;

namespace Concentric.Tests.Serve.Forms;

/// <summary>What is worked out about a form before it is tried stays within bounds, whatever its calculations say of one another.</summary>
[Trait("Database", "none")]
public sealed class CandidatesTests
{
    private static readonly Form Doubling = FormOf(Q(QuestionKind.Number), Q(QuestionKind.YesNo) with { Id = "more" }) is var form ? form with
    {
        Calculations = [.. Enumerable.Range(0, 60).Select(n => new Calculation($"c{n}", n == 0 ? "q" : string.Join(" + ", Enumerable.Range(0, n).Select(before => $"c{before}"))))],
        Pages = [form.Pages[0], form.Pages[1] with { ShowIf = "c59 > 5 and c58 != 7" }],
    } : null!;

    [Fact]
    public void Sixty_calculations_that_each_add_all_before_them_are_gone_through_once()
    {
        Assert.Empty(FormCheck.Of(Doubling));
        var candidates = new Candidates(Doubling, RandomForm.Today);

        Assert.Equal(["q"], candidates.Names("c59"));
        Assert.Contains(("q", Value.Of(5)), candidates.Compared("c59 > 5"));
        Assert.InRange(candidates.Gone, 1, 1000);
        Assert.Equal(60, FormIndex.Of(Doubling).CalculationsFor("c59").Count);
        Assert.NotNull(FindAnswers.Leading(Doubling, "p-more", RandomForm.Today));
    }

    [Fact]
    public void A_calculation_knows_those_before_it_each_once_and_in_order()
    {
        var form = FormOf(Q(QuestionKind.Number)) with { Calculations = [new("a", "q"), new("b", "a + z"), new("c", "a + b + c"), new("z", "1"), new("d", "c + b + a")] };

        Assert.Equal(["a", "b", "c", "d"], FormIndex.Of(form).CalculationsFor("d").Select(c => c.Id));
        Assert.Equal(["a", "b", "c"], FormIndex.Of(form).CalculationsFor("c").Select(c => c.Id));
        Assert.Empty(FormIndex.Of(form).CalculationsFor("q"));
    }

    [Fact]
    public void A_form_that_compares_everything_with_everything_is_given_up_in_time()
    {
        var questions = Enumerable.Range(0, 200).Select(n => Q(QuestionKind.Number) with { Id = $"q{n}" }).ToArray();
        var sums = Enumerable.Range(0, 20).Select(n => new Calculation($"s{n}", string.Join(" + ", Enumerable.Range(n * 10, 10).Select(q => $"q{q}"))));
        var all = new Calculation("all", string.Join(" + ", Enumerable.Range(0, 20).Select(n => $"s{n}")));
        var compared = Enumerable.Range(0, 900).Select(n => new Calculation($"c{n}", string.Join(" or ", Enumerable.Range(0, 50).Select(m => $"all = {n * 50 + m}"))));
        var form = FormOf(questions) with { Calculations = [.. sums, all, .. compared] };

        Assert.InRange(new Candidates(form, RandomForm.Today).Gone, Candidates.MostCompared, Candidates.MostCompared + 100_000);
    }
}
