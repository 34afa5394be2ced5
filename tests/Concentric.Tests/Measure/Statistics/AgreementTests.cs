using Concentric.Measure.Statistics;

namespace Concentric.Tests.Measure.Statistics;

public class AgreementTests
{
    [Fact]
    public void Kappa_and_its_error_are_those_of_a_worked_example()
    {
        // Fleiss, Cohen and Everitt's own table of 1969: 200 diagnoses, kappa 0.429, error 0.054 (its proportions times 200).
        var found = Agreement.Of([[106, 10, 4], [22, 28, 10], [2, 12, 6]])!;

        Assert.Equal(200, found.N);
        Assert.Equal(0.429, found.Kappa!.Value, 3);
        Assert.Equal(0.054, found.StandardError!.Value, 3);
    }

    [Fact]
    public void Agreement_by_chance_alone_is_nought_and_full_agreement_is_one()
    {
        Assert.Equal(0, Agreement.Of([[25, 25], [25, 25]])!.Kappa!.Value, 12);
        Assert.Equal(1, Agreement.Of([[30, 0], [0, 20]])!.Kappa!.Value, 12);
        // Of 50 that agree the true agreement may be 93 per cent: of 52 by chance, a kappa of 0.85.
        var interval = Agreement.Of([[30, 0], [0, 20]])!.Interval!.Value;
        Assert.Equal(1, interval.High);
        Assert.Equal((0.92865 - 0.52) / 0.48, interval.Low, 3);
    }

    [Fact]
    public void Where_both_use_one_code_alone_there_is_no_kappa_though_they_agree()
    {
        var found = Agreement.Of([[40, 0], [0, 0]])!;

        Assert.Equal(1, found.Observed);
        Assert.Null(found.Kappa);
        Assert.Null(found.Interval);
    }

    [Fact]
    public void Agreement_high_by_chance_is_told_from_agreement()
    {
        // Tools that show "93 per cent agree" hide that two coders who rarely use a code agree so by chance.
        var found = Agreement.Of([[185, 7], [7, 1]])!;

        Assert.Equal(0.93, found.Observed, 3);
        Assert.True(found.Kappa < 0.15);
    }

    [Fact]
    public void Nothing_coded_is_no_agreement_and_a_crooked_table_is_refused()
    {
        Assert.Null(Agreement.Of([[0, 0], [0, 0]]));
        Assert.Throws<ArgumentException>(() => Agreement.Of([[1, 2]]));
    }
}
