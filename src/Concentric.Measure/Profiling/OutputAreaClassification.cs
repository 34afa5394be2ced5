using Concentric.Measure.Contacts;

namespace Concentric.Measure.Profiling;

/// <summary>Names of the Output Area Classification 2021: eight supergroups of places and the groups they are made of.</summary>
/// <remarks>Codes and names: Office for National Statistics, Open Government Licence v3.0.</remarks>
internal static class OutputAreaClassification
{
    private static readonly Dictionary<string, (string Name, string[] Groups)> Supergroups = new()
    {
        ["1"] = ("Retired Professionals", ["1a Spacious Rural Living", "1b Small Town Suburbia", "1c Established Mature Families"]),
        ["2"] = ("Suburbanites and Peri-Urbanites", ["2a Inner Suburbs and Small Town Living", "2b Rural Amenity", "2c Ageing Communities"]),
        ["3"] = ("Multicultural and Educated Urbanites", ["3a Student Living and Professional Footholds", "3b Ethnically Diverse Young Families", "3c Diverse Educated Urban Singles"]),
        ["4"] = ("Low-Skilled Migrant and Student Communities", ["4a Ethnically Diverse Families in Less Connected Locations", "4b Established Multi-Ethnic Communities", "4c Challenged Multicultural Communities and Students"]),
        ["5"] = ("Ethnically Diverse Suburban Professionals", ["5a Outer Suburbs", "5b Suburban Professionals"]),
        ["6"] = ("Baseline UK", ["6a Challenged Communities", "6b Legacy Industrial and Coastal Communities", "6c Multicultural Inner Suburbs"]),
        ["7"] = ("Semi- and Un-Skilled Workforce", ["7a Established but Challenged", "7b Young Families in Industrial Towns"]),
        ["8"] = ("Legacy Communities", ["8a Routine Occupations or Retirement", "8b Legacy and Demographically Mixed Communities"]),
    };

    /// <summary>Codes and names of the groups of a supergroup; none where the profile group is of another classification.</summary>
    public static IReadOnlyList<string> GroupsOf(ProfileCode profile) =>
        Supergroups.TryGetValue(profile.Key, out var of) && string.Equals(of.Name, profile.Label, StringComparison.OrdinalIgnoreCase) ? of.Groups : [];
}
