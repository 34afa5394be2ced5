using System.Globalization;
using System.Text;

namespace Concentric.Serve.Citizens.Matching;

/// <summary>What is known of somebody, as it is compared: in small letters, without accents and blanks around; empty where it is not known.</summary>
/// <param name="First">First name; the only one, where one alone is known.</param>
/// <param name="Born">As 1971-06-24.</param>
internal sealed record Individual(string First, string Last, string Born, string Email, string Phone = "", string Postcode = "", string Address = "", string City = "")
{
    private static readonly HashSet<string> Titles = new(StringComparer.Ordinal) { "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "dame" };

    public static Individual Of(Citizen citizen)
    {
        var (first, last) = Parts(citizen.Name);
        return new(first, last, citizen.Born?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", Plain(citizen.Email), citizen.Phone ?? "", Plain(citizen.Postcode), Plain(citizen.Address));
    }

    /// <summary>The first and the last word of a name; titles and what stands between are left out.</summary>
    public static (string First, string Last) Parts(string name)
    {
        var words = Words(name);
        return words.Count switch { 0 => ("", ""), 1 => ("", words[0]), _ => (words[0], words[^1]) };
    }

    /// <summary>The words of a name in the order of the alphabet: the same for a name told the other way round.</summary>
    public static string KeyOf(string name) => string.Join(' ', Words(name).Order(StringComparer.Ordinal));

    /// <summary>Small letters, without accents.</summary>
    public static string Plain(string? text) =>
        string.Concat((text ?? "").Trim().ToLowerInvariant().Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).Normalize(NormalizationForm.FormC);

    private static List<string> Words(string name) =>
        [.. Plain(name).Split([' ', ',', '.', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(w => !Titles.Contains(w))];
}
