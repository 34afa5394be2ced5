namespace Concentric.Serve.Citizens.Matching;

/// <summary>One thing that was compared, and how alike it is.</summary>
internal readonly record struct Finding(Trait Trait, Level Level)
{
    public double Weight => Weights.Of(Trait, Level);
}

/// <summary>Two people held side by side: how much speaks for their being one, in bits, and why.</summary>
internal sealed record Comparison(IReadOnlyList<Finding> Findings)
{
    public double Weight => Findings.Sum(f => f.Weight) + (IsHousehold ? Weights.Household : 0);

    /// <summary>Another first name, and nothing by which the birthdays meet.</summary>
    public bool IsHousehold => Of(Trait.First) == Level.Other && (Of(Trait.Born) is Level.Other or Level.Unknown);

    /// <summary>Staff are asked whether the two are one: enough speaks for it, or one address or number is all that was told of both.</summary>
    public bool IsSuggested => Weight >= Weights.Suggested || ((Of(Trait.Email) == Level.Same || Of(Trait.Phone) == Level.Same) && !Findings.Any(f => f.Level == Level.Other));

    public Level Of(Trait trait) => Findings.FirstOrDefault(f => f.Trait == trait, new(trait, Level.Unknown)).Level;

    public static Comparison Of(Individual a, Individual b)
    {
        var (straight, turned) = ((Names(a.First, b.First), Names(a.Last, b.Last)), (Names(a.First, b.Last), Names(a.Last, b.First)));
        // One sign of likeness more is wanted of names told the other way round, because most are not.
        var isTurned = Rank(turned) > Rank(straight) + 1;
        // Which of the two turned names comes first would depend on who of the two does.
        if (Rank(turned.Item1) < Rank(turned.Item2)) turned = (turned.Item2, turned.Item1);
        var (first, last) = isTurned ? (Turn(turned.Item1), Turn(turned.Item2)) : straight;
        return new([
            new(Trait.First, first), new(Trait.Last, last), new(Trait.Born, Dates(a.Born, b.Born)), new(Trait.Email, Emails(a.Email, b.Email)), new(Trait.Phone, Short(a.Phone, b.Phone)),
            new(Trait.Postcode, Short(a.Postcode, b.Postcode)), new(Trait.Address, Addresses(a.Address, b.Address)), new(Trait.City, Names(a.City, b.City)),
        ]);
    }

    /// <summary>What speaks for it and what against it, the weightiest first, in words that hold nothing of what is compared.</summary>
    public string InWords()
    {
        var words = string.Join("; ", Findings.Where(f => f.Level is not (Level.Unknown or Level.Other)).OrderByDescending(f => f.Weight).Select(Words)
            .Concat(Findings.Where(f => f.Level == Level.Other && f.Weight <= -2).OrderBy(f => f.Weight).Select(Words)));
        return words.Length == 0 ? "nothing alike" : words;
    }

    internal static Level Names(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return Level.Unknown;
        if (a == b) return Level.Same;
        if (Distance.Edits(a, b) is 1 || (Distance.Edits(a, b) is 2 && Math.Min(a.Length, b.Length) >= 5)) return Level.Close;
        var begins = Math.Min(a.Length, b.Length) >= 3 && (a.StartsWith(b, StringComparison.Ordinal) || b.StartsWith(a, StringComparison.Ordinal));
        return begins || Nicknames.AreOne(a, b) || Distance.JaroWinkler(a, b) >= 0.88 || SameLetters(a, b) ? Level.Near : Level.Other;
    }

    internal static Level Dates(string a, string b)
    {
        if (a.Length != 10 || b.Length != 10) return Level.Unknown;
        if (a == b) return Level.Same;
        if (a[..4] == b[..4] && a[5..7] == b[8..] && a[8..] == b[5..7]) return Level.DayAndMonth;
        var digits = a.Zip(b).Count(p => p.First != p.Second);
        var parts = (a[..4] == b[..4] ? 1 : 0) + (a[5..7] == b[5..7] ? 1 : 0) + (a[8..] == b[8..] ? 1 : 0);
        return digits == 1 ? Level.Close : digits == 2 || parts == 2 ? Level.Near : Level.Other;
    }

    internal static Level Emails(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return Level.Unknown;
        if (a == b) return Level.Same;
        var (edits, domainA, domainB) = (Distance.Edits(a, b), a[(a.IndexOf('@') + 1)..], b[(b.IndexOf('@') + 1)..]);
        // At a provider that millions use, near addresses belong to strangers.
        var (close, near) = domainA == domainB && Everybodys.Contains(domainA) ? (Level.SameName, Level.Other) : (Level.Close, Level.Near);
        if (edits == 1) return close;
        if (edits <= 3) return near;
        var local = a.AsSpan(0, Math.Max(0, a.IndexOf('@')));
        if (local.Length > 0 && local.SequenceEqual(b.AsSpan(0, Math.Max(0, b.IndexOf('@'))))) return Level.SameName;
        return domainA != domainB && Distance.JaroWinkler(a, b) > 0.9 ? Level.Near : Level.Other;
    }

    private static readonly HashSet<string> Everybodys = new(StringComparer.Ordinal)
    {
        "gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.co.uk", "live.com", "yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "btinternet.com", "sky.com", "talktalk.net", "virginmedia.com", "ntlworld.com", "msn.com",
    };

    private static Level Short(string a, string b) => a.Length == 0 || b.Length == 0 ? Level.Unknown : a == b ? Level.Same : Distance.Edits(a, b) == 1 ? Level.Close : Level.Other;

    private static Level Addresses(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return Level.Unknown;
        if (a == b) return Level.Same;
        // The house and its street stand in the first line; what follows is written in many ways.
        return a.Split(',')[0].Trim() == b.Split(',')[0].Trim() ? Level.Near : Level.Other;
    }

    private static bool SameLetters(string a, string b) => a.Length == b.Length && a.Order().SequenceEqual(b.Order());

    private static Level Turn(Level level) => level == Level.Same ? Level.Swapped : level;

    private static int Rank((Level First, Level Last) names) => Rank(names.First) + Rank(names.Last);

    private static int Rank(Level level) => level switch { Level.Same => 3, Level.Close => 2, Level.Near => 1, Level.Other => -2, _ => 0 };

    private string Words(Finding f) => (f.Trait, f.Level) switch
    {
        (Trait.First, Level.Swapped) or (Trait.Last, Level.Swapped) when f.Trait == Trait.First || Of(Trait.First) != Level.Swapped => "first name and surname the other way round",
        (Trait.Last, Level.Swapped) => "both names match so",
        (Trait.First, Level.Same) => "same first name",
        (Trait.First, Level.Close) => "first name a letter or two apart",
        (Trait.First, Level.Near) => "first name a short form or much alike",
        (Trait.First, _) => "another first name",
        (Trait.Last, Level.Same) => "same surname",
        (Trait.Last, Level.Close) => "surname a letter or two apart",
        (Trait.Last, Level.Near) => "surname much alike",
        (Trait.Last, _) => "another surname",
        (Trait.Born, Level.Same) => "born on the same day",
        (Trait.Born, Level.DayAndMonth) => "day and month of birth the other way round",
        (Trait.Born, Level.Close) => "date of birth one digit apart",
        (Trait.Born, Level.Near) => "date of birth nearly the same",
        (Trait.Born, _) => "another date of birth",
        (Trait.Email, Level.Same) => "same email",
        (Trait.Email, Level.Close) => "email one sign apart",
        (Trait.Email, Level.Near) => "email a few signs apart",
        (Trait.Email, Level.SameName) => "email much alike before the @",
        (Trait.Email, _) => "another email",
        (Trait.Phone, Level.Same) => "same phone number",
        (Trait.Phone, Level.Close) => "phone number one digit apart",
        (Trait.Phone, _) => "another phone number",
        (Trait.Postcode, Level.Same) => "same postcode",
        (Trait.Postcode, Level.Close) => "postcode one sign apart",
        (Trait.Postcode, _) => "another postcode",
        (Trait.Address, Level.Same) => "same address",
        (Trait.Address, Level.Near) => "same house and street",
        (Trait.Address, _) => "another address",
        (_, Level.Same) => "same town",
        (_, Level.Other) => "another town",
        _ => "town spelt alike",
    };
}
