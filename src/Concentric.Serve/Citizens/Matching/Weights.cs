namespace Concentric.Serve.Citizens.Matching;

/// <summary>How alike one thing that is told of two people is.</summary>
internal enum Level
{
    /// <summary>One of the two did not tell it: it says nothing.</summary>
    Unknown,

    Same,

    /// <summary>The same names, told the other way round.</summary>
    Swapped,

    /// <summary>One letter or digit apart; in longer words two.</summary>
    Close,

    /// <summary>A short form, one begins as the other, or Jaro–Winkler 0.88 and more; of dates two digits apart; of e-mail addresses two or three signs.</summary>
    Near,

    /// <summary>Day and month the other way round.</summary>
    DayAndMonth,

    /// <summary>The same before the @.</summary>
    SameName,

    Other,
}

/// <summary>
/// What each likeness weighs: log2(m/u), where m is its share among pairs that are one person and u its share among pairs that are two (I. P. Fellegi and A. B. Sunter, A Theory for Record Linkage, 1969).
/// </summary>
/// <remarks>
/// m and u were counted once, on half of the clusters of a file of 1,000 invented people (that which Splink shows its work on), and stand here as numbers; <c>docs/citizens.md</c> says how, and a test counts them
/// again. No weight is above 11: that nothing was seen among a hundred thousand pairs does not say that it never happens; and names told the other way round weigh no more than the same names. Telephone, postcode and street are not in that file: theirs are set by
/// what they tell in a British town, below those of an e-mail address, because households share them.
/// </remarks>
internal static class Weights
{
    /// <summary>
    /// From which two of a list are taken for one: where that is twice as likely as not, if each person of it stands in some four rows. The longer the list, the more strangers there are for each
    /// row, and the more must speak for it.
    /// </summary>
    public static double LikelyAmong(int people) => Math.Max(9, 1 + Math.Log2(people / 4.0));

    /// <summary>From which two citizens are suggested to staff, who look and decide: what a name and one thing more give, among all who are kept.</summary>
    public const double Suggested = 15;

    /// <summary>What the pairs between two groups must weigh on average before the groups become one: one wrong pair does not draw two families together.</summary>
    public const double Together = 6;

    /// <summary>Taken away where the first names are others and the birthdays do not meet: two people of one household, who share all else.</summary>
    public const double Household = -8;

    public static double Of(Trait trait, Level level) => level == Level.Unknown ? 0 : All[trait].GetValueOrDefault(level);

    internal static readonly IReadOnlyDictionary<Trait, IReadOnlyDictionary<Level, double>> All = new Dictionary<Trait, IReadOnlyDictionary<Level, double>>
    {
        [Trait.First] = new Dictionary<Level, double> { [Level.Same] = 6.9, [Level.Swapped] = 6.9, [Level.Close] = 4.8, [Level.Near] = 2.4, [Level.Other] = -4.2 },
        [Trait.Last] = new Dictionary<Level, double> { [Level.Same] = 7.0, [Level.Swapped] = 7.0, [Level.Close] = 6.3, [Level.Near] = 4.2, [Level.Other] = -4.1 },
        [Trait.Born] = new Dictionary<Level, double> { [Level.Same] = 11, [Level.DayAndMonth] = 10.1, [Level.Close] = 6.4, [Level.Near] = 3.8, [Level.Other] = -1.7 },
        [Trait.Email] = new Dictionary<Level, double> { [Level.Same] = 11, [Level.Close] = 11, [Level.Near] = 9.6, [Level.SameName] = 5.3, [Level.Other] = -6.3 },
        [Trait.Phone] = new Dictionary<Level, double> { [Level.Same] = 9, [Level.Close] = 4, [Level.Other] = -2 },
        [Trait.Postcode] = new Dictionary<Level, double> { [Level.Same] = 5, [Level.Close] = 2, [Level.Other] = -2 },
        [Trait.Address] = new Dictionary<Level, double> { [Level.Same] = 3, [Level.Near] = 2, [Level.Other] = -1 },
        [Trait.City] = new Dictionary<Level, double> { [Level.Same] = 3.4, [Level.Close] = 2.9, [Level.Near] = 4.5, [Level.Other] = -5.0 },
    };
}

/// <summary>What is told of somebody and compared.</summary>
internal enum Trait { First, Last, Born, Email, Phone, Postcode, Address, City }
