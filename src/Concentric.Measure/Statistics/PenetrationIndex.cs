namespace Concentric.Measure.Statistics;

/// <summary>How much of the users a group makes up, against how much of those who could be: 100 is as expected, 150 half as much again.</summary>
/// <param name="Users">Users of the group.</param>
/// <param name="AllUsers">Users of all groups together.</param>
/// <param name="Eligible">Those of the group who could use it.</param>
/// <param name="AllEligible">Those of all groups.</param>
/// <remarks>
/// Index = 100·(u/U)/(p/P). The group is part of the total that it is held against, which damps the index of a large group and bounds it by 100·P/p:
/// <see cref="AgainstRest"/> has no such bound.
/// </remarks>
public readonly record struct PenetrationIndex(long Users, long AllUsers, double Eligible, double AllEligible)
{
    /// <summary>The least number of users, and of users expected, with which an index says something.</summary>
    public const int Least = 5;

    private double PopulationShare => Eligible / AllEligible;

    /// <summary>Null where there is nobody to compare: no users at all, or nobody eligible in the group.</summary>
    public double? Value => AllUsers == 0 || Eligible <= 0 ? null : 100.0 * Users / AllUsers / PopulationShare;

    /// <summary>Users of the group if it made up as much of the users as of those who could be.</summary>
    public double Expected => AllUsers * PopulationShare;

    /// <summary>Whether there are enough to show the index at all.</summary>
    public bool IsEnough => Users >= Least && Expected >= Least;

    /// <summary>The interval where those who could are counted in full, as by a census: Wilson's of the share of users, divided by the share of those who could.</summary>
    public Interval OfCensus(double z = Confidence.Z95) => BinomialIntervals.Wilson(Users, AllUsers, z).Times(100 / PopulationShare);

    /// <summary>The interval where those who could are themselves a sample: Katz's; null where there are no users or none sampled.</summary>
    public Interval? OfSample(double z = Confidence.Z95) => new TwoProportions(Users, AllUsers, Eligible, AllEligible).RatioByLog(z)?.Times(100);

    /// <summary>The exact two-sided p value of the hypothesis that the group makes up as much of the users as of those who could be.</summary>
    public double P => BinomialTest.TwoSided(Users, AllUsers, Math.Min(1, PopulationShare));

    /// <summary>Take-up of the group against that of all other groups together.</summary>
    public TwoProportions AgainstRest => new(Users, Eligible, AllUsers - Users, AllEligible - Eligible);
}
