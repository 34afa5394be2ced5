using System.Globalization;

namespace Concentric.Core;

/// <summary>An amount in whole pence. Arithmetic that would overflow throws.</summary>
public readonly record struct Money(long Pence) : IComparable<Money>
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    public static Money Zero => default;

    /// <summary>Reads "12", "£12.50" or "1,234.50". Part pennies and other currencies are refused.</summary>
    public static bool TryParse(string? text, out Money money)
    {
        money = default;
        var amount = text?.Trim().TrimStart('£');
        if (!decimal.TryParse(amount, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign, British, out var pounds)) return false;
        if (Math.Abs(pounds) > long.MaxValue / 100 || decimal.Round(pounds, 2) != pounds) return false;
        money = new((long)(pounds * 100));
        return true;
    }

    public static Money operator +(Money a, Money b) => new(checked(a.Pence + b.Pence));
    public static Money operator -(Money a, Money b) => new(checked(a.Pence - b.Pence));
    public static Money operator *(Money a, long times) => new(checked(a.Pence * times));
    public static bool operator <(Money a, Money b) => a.Pence < b.Pence;
    public static bool operator >(Money a, Money b) => a.Pence > b.Pence;
    public static bool operator <=(Money a, Money b) => a.Pence <= b.Pence;
    public static bool operator >=(Money a, Money b) => a.Pence >= b.Pence;

    public int CompareTo(Money other) => Pence.CompareTo(other.Pence);

    /// <summary>"£1,234.50"; whole pounds without pence, "£12".</summary>
    public override string ToString() => (Pence / 100m).ToString(Pence % 100 == 0 ? "£#,0;-£#,0" : "£#,0.00;-£#,0.00", British);
}
