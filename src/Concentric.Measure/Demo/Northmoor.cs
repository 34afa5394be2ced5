using System.Globalization;
using Concentric.Core.Facts;
using Concentric.Measure.Variation;

namespace Concentric.Measure.Demo;

/// <summary>Northmoor, an invented council to show the program with: 60,000 households, two years, 250,000 contacts.</summary>
/// <remarks>
/// Everything about it is synthetic and comes from northmoor.json; every page that shows it says so. An effect, a recall or a calibration
/// found in it is the generator's own and evidence of nothing.
/// </remarks>
public static class Northmoor
{
    /// <summary>Short name of the council.</summary>
    public const string Council = "northmoor";

    /// <summary>To be said on every page with Northmoor's figures.</summary>
    public const string Notice = "Northmoor is an invented council. Its figures are synthetic and are evidence of nothing.";

    /// <summary>The seed that the demo uses.</summary>
    public const ulong Seed = 2021;

    private static readonly NorthmoorParameters _parameters = NorthmoorParameters.Read;

    /// <summary>The 120 small areas, by key.</summary>
    public static IReadOnlyList<NorthmoorArea> Areas { get; } = MakeAreas();

    /// <summary>The 25 services, by volume.</summary>
    public static IReadOnlyList<NorthmoorServiceName> Services { get; } = [.. _parameters.Services.List.Select(s => new NorthmoorServiceName(s.Id, s.Label))];

    /// <summary>The purposes of eight services and their types of demand.</summary>
    public static IReadOnlyList<NorthmoorPurpose> Purposes { get; } = MakePurposes();

    /// <summary>All types of demand, by number.</summary>
    public static IReadOnlyList<NorthmoorDemandType> DemandTypes { get; } = [.. Purposes.SelectMany(p => p.Types)];

    /// <summary>The days that have contacts: two years that end with the day before <paramref name="today"/>.</summary>
    public static Days Period(DateOnly today) => new(today.AddYears(-_parameters.Years), today.AddDays(-1));

    /// <summary>The dated redesigns, oldest first: one that did nothing, and one that worked.</summary>
    public static IReadOnlyList<NorthmoorRedesign> Redesigns(DateOnly today) =>
    [
        .. _parameters.Redesigns.List
            .Select(r => new NorthmoorRedesign(r.Service, Week.Monday(Week.Of(today) - r.Weeks).AddDays(r.Day), r.What, r.Who, r.Cut))
            .OrderBy(r => r.From),
    ];

    /// <summary>Exactly 250,000 contacts in order of time. The same day and seed give the same rows on every machine.</summary>
    /// <param name="today">The day after the last contact.</param>
    public static IEnumerable<NorthmoorContact> Contacts(DateOnly today, Chance chance) => new NorthmoorYears(_parameters, today, chance).Contacts();

    private static NorthmoorArea[] MakeAreas()
    {
        var areas = new List<NorthmoorArea>();
        foreach (var (ward, profiles) in _parameters.Wards.Areas)
        {
            var number = 0;
            foreach (var profile in profiles.Split(' '))
            {
                var (supergroup, decile) = ((byte)(profile[0] - '0'), byte.Parse(profile.AsSpan(2), CultureInfo.InvariantCulture));
                areas.Add(new(areas.Count, $"NM{areas.Count + 1:000}", $"{ward} {++number}", ward, supergroup, _parameters.SupergroupOf(supergroup).Name, decile, 0));
            }
        }

        // Sizes differ as those of real small areas do, and add up; the pattern is arbitrary.
        var each = _parameters.Households / areas.Count;
        var sizes = areas.Select((_, i) => each + 24 * (i * 7 % 11 - 5)).ToArray();
        sizes[^1] += _parameters.Households - sizes.Sum();
        return [.. areas.Select((a, i) => a with { Households = sizes[i] })];
    }

    private static NorthmoorPurpose[] MakePurposes()
    {
        var number = 0;
        return
        [
            .. _parameters.Demand.List.Select(p => new NorthmoorPurpose(p.Service, p.Text,
            [
                .. p.Value.Select(t => new NorthmoorDemandType(++number, p.Service, t.Key, Demand.Value, 0)),
                .. p.Failure.Select(t => new NorthmoorDemandType(++number, p.Service, t.Key, Demand.Failure, FailureCauses.Find(t.Value[0].GetString())!.Code)),
            ])),
        ];
    }
}
