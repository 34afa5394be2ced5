using System.Text.RegularExpressions;

namespace Concentric.Core;

/// <summary>Takes out of a citizen's own words what would tell who they are, and leaves what they wanted.</summary>
/// <remarks>
/// It finds what has a shape: e-mail addresses, telephone, bank, card and National Insurance numbers, dates of birth,
/// postcodes, house numbers with a street, titled names and "my name is". A bare name has no shape, so staff are asked to look before they save.
/// </remarks>
public static partial class Masking
{
    /// <summary>The text with each finding replaced by what it was, as <c>[telephone number]</c>.</summary>
    public static string Mask(string text)
    {
        text = Email.Replace(text, "[email address]");
        text = NationalInsurance.Replace(text, "[National Insurance number]");
        text = Card.Replace(text, m => m.Value.Count(char.IsDigit) >= 13 ? "[card number]" : m.Value);
        text = BirthDate.Replace(text, "$1[date of birth]");
        text = Telephone.Replace(text, m => m.Value.Count(char.IsDigit) is >= 9 and <= 15 ? "[telephone number]" : m.Value);
        text = SortCode.Replace(text, "[sort code]");
        text = LongNumber.Replace(text, "[number]");
        text = Street.Replace(text, "[address]");
        text = PostcodeLike.Replace(text, "[postcode]");
        text = SelfNamed.Replace(text, "$1[name]");
        return Titled.Replace(text, "[name]");
    }

    [GeneratedRegex(@"[\w.+'-]+@[\w-]+(\.[\w-]+)+", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Email { get; }

    [GeneratedRegex(@"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex NationalInsurance { get; }

    [GeneratedRegex(@"\b(?:\d[ -]?){12,18}\d\b", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Card { get; }

    [GeneratedRegex(@"\b((?:born(?: on)?|dob:?|d\.o\.b\.?:?|date of birth:?(?: is)?)\s*)\d{1,2}[\s/.-]+(?:\d{1,2}|[a-z]{3,9})[\s/.-]+\d{2,4}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex BirthDate { get; }

    [GeneratedRegex(@"(?<!\w)\+?\(?\d[\d ()-]{7,17}\d\b", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Telephone { get; }

    [GeneratedRegex(@"\b\d\d-\d\d-\d\d\b", RegexOptions.CultureInvariant, 200)]
    private static partial Regex SortCode { get; }

    [GeneratedRegex(@"\b\d{7,}\b", RegexOptions.CultureInvariant, 200)]
    private static partial Regex LongNumber { get; }

    [GeneratedRegex(@"\b(?:flat \w+,? )?\d{1,4}[a-z]?,? (?:[A-Z][\w'-]+ ){1,3}(?:street|st|road|rd|lane|ln|avenue|ave|close|drive|way|court|crescent|terrace|place|grove|gardens|hill|square|mews|walk|row)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Street { get; }

    [GeneratedRegex(@"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex PostcodeLike { get; }

    [GeneratedRegex(@"\b((?i:my name is|my name's|this is|i am called)\s+)[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}", RegexOptions.CultureInvariant, 200)]
    private static partial Regex SelfNamed { get; }

    [GeneratedRegex(@"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Rev|Sir)\.? [A-Z][\w'-]+(?: [A-Z][\w'-]+)?", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Titled { get; }
}
