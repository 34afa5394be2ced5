using System.Text.RegularExpressions;

namespace Concentric.Measure.Places;

/// <summary>What a column can be to an import.</summary>
/// <param name="Name">Short name, as in <c>--column area=lsoa21_code</c>.</param>
/// <param name="Label">As the page says it.</param>
/// <param name="IsNeeded">Without it nothing can be read.</param>
/// <param name="Guesses">How such a column may be called, the likeliest first.</param>
internal sealed record ColumnRole(string Name, string Label, bool IsNeeded, params string[] Guesses)
{
    /// <summary>Not a column but how several begin.</summary>
    public bool IsBeginning { get; init; }
}

/// <summary>Which column of a file is what: guessed by its name, and changed where the guess is wrong.</summary>
internal static class ColumnRoles
{
    public const string Postcode = "postcode", Area = "area", Name = "name", Ward = "ward", Group = "group", GroupName = "group-name", Share = "share", Decile = "decile",
        OutputArea = "output-area", Counts = "counts", Persons = "persons", Households = "households", Service = "service";

    private static readonly string[] _areaNames = ["lsoa21_code", "lsoa21cd", "area", "area_code", "area_key", "lsoa_code", "lsoa", "lsoa11_code", "lsoa11cd", "msoa21_code", "neighbourhood", "neighborhood", "code"];
    private static readonly string[] _groupNames =
        ["oac21_modal_supergroup", "oac21_supergroup", "modal_supergroup", "supergroup_code", "supergroup", "group_code", "profile_group", "profile", "group", "oac21_group", "group_key"];

    private static readonly ColumnRole
        _area = new(Area, "Code of the area", true, _areaNames),
        _areaName = new(Name, "Name of the area", false, "lsoa21_name", "lsoa21nm", "area_name", "lsoa_name", "name", "label"),
        _ward = new(Ward, "Name of the ward", false, "ward_name", "ward24_name", "wd24nm", "ward23_name", "ward"),
        _group = new(Group, "Profile group", false, _groupNames),
        _groupName = new(GroupName, "Name of the group", false, "oac21_modal_supergroup_name", "supergroup_name", "group_name", "profile_name"),
        _share = new(Share, "Share of the area that belongs to its group", false, "oac21_modal_share", "modal_share", "group_share", "share"),
        _decile = new(Decile, "Deprivation decile", false, "imd2025_decile", "imd2019_decile", "imd_decile", "decile"),
        _persons = new(Persons, "Residents", false, "persons", "residents", "population", "people", "all_persons", "usual_residents"),
        _households = new(Households, "Households", false, "households", "all_households"),
        _anyArea = _area with { IsNeeded = false },
        _service = new(Service, "Service", false, "service", "service_id", "lgsl");

    /// <summary>What the columns of a kind of list can be, in the order of the page.</summary>
    public static IReadOnlyList<ColumnRole> Of(PlaceKind kind) => kind switch
    {
        PlaceKind.Postcodes => [new(Postcode, "Postcode", true, "postcode", "pcds", "pcd", "post_code"), _area, _areaName, _ward, _group, _groupName, _share, _decile],
        PlaceKind.Areas => [_area, _areaName, _ward, _group, _groupName, _share, _decile],
        PlaceKind.OutputAreas => [_area, _areaName, new(OutputArea, "Code of the output area", false, "oa21_code", "oa21cd", "output_area", "oa"), _group, _groupName,
            new(Counts, "Counts by group: what their columns begin with", false) { IsBeginning = true }],
        PlaceKind.Groups => [_group with { IsNeeded = true, Guesses = ["supergroup_code", "group_code", "group_key", "code", "key", "group"] },
            _groupName with { IsNeeded = true, Guesses = ["supergroup", "supergroup_name", "group_name", "name", "label"] }],
        PlaceKind.Populations => [_anyArea, _group, _persons, _households],
        PlaceKind.Eligible => [_service, _anyArea, _group, _persons, _households],
        _ => [],
    };

    /// <summary>Which column is what, by role; a role without a column is not there.</summary>
    public static Dictionary<string, string> Guess(PlaceKind kind, IReadOnlyList<string> columns) => Guess(Of(kind), columns);

    /// <summary>As above for any roles. A column is taken once.</summary>
    public static Dictionary<string, string> Guess(IReadOnlyList<ColumnRole> roles, IReadOnlyList<string> columns)
    {
        var found = new Dictionary<string, string>();
        foreach (var role in roles)
        {
            var column = role.IsBeginning ? BeginningOfCounts(columns)
                : role.Guesses.Select(g => columns.FirstOrDefault(c => Same(c, g) && !found.ContainsValue(c))).FirstOrDefault(c => c is not null);
            if (column is not null) found[role.Name] = column;
        }
        return found;
    }

    private static bool Same(string column, string guess) => Plain(column) == Plain(guess);

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    // Several columns alike but for a short end: “oas_in_supergroup_1”, “oas_in_supergroup_2”.
    private static string? BeginningOfCounts(IReadOnlyList<string> columns) => columns
        .Select(c => Regex.Match(c, @"^(.*group[ _-]?)(\w{1,3})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
        .Where(m => m.Success && m.Groups[1].Length > "group".Length).GroupBy(m => m.Groups[1].Value).Where(g => g.Count() > 1).MaxBy(g => g.Count())?.Key;
}
