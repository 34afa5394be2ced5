using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Concentric.Core.Facts;
using Concentric.Measure.Demo;
using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure;

/// <summary>What the generator of the demo council is for. Nothing here is evidence about any council.</summary>
[Trait("Database", "none")]
public class NorthmoorTests(NorthmoorTests.World world) : IClassFixture<NorthmoorTests.World>
{
    private static readonly DateOnly _today = new(2026, 3, 5);

    private readonly IReadOnlyList<NorthmoorContact> _contacts = world.Contacts;

    [Fact]
    public void The_council_has_the_size_that_it_says()
    {
        Assert.Equal(250_000, _contacts.Count);
        Assert.Equal(120, Northmoor.Areas.Count);
        Assert.Equal(12, Northmoor.Areas.Select(a => a.Ward).Distinct().Count());
        Assert.Equal(60_000, Northmoor.Areas.Sum(a => a.Households));
        Assert.All(Northmoor.Areas, a => Assert.InRange(a.Households, 300, 700));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], Northmoor.Areas.Select(a => (int)a.Supergroup).Distinct().Order());
        Assert.Equal(Enumerable.Range(1, 10), Northmoor.Areas.Select(a => (int)a.Decile).Distinct().Order());
        Assert.Equal(25, Northmoor.Services.Count);
        Assert.Equal(25, _contacts.Select(c => c.Service).Distinct().Count());
    }

    [Fact]
    public void Contacts_are_in_order_of_time_within_two_years_that_end_yesterday()
    {
        Assert.Equal(new Days(new(2024, 3, 5), new(2026, 3, 4)), Northmoor.Period(_today));
        Assert.Equal(Northmoor.Period(_today), new(Day(_contacts[0]), Day(_contacts[^1])));
        Assert.DoesNotContain(_contacts.Zip(_contacts.Skip(1)), pair => pair.First.At > pair.Second.At);
        Assert.True(_contacts.Select(c => c.Id).SequenceEqual(Enumerable.Range(1, 250_000)));
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromHours(1)], _contacts.Select(c => c.At.Offset).Distinct().Order());
    }

    [Fact]
    public void The_same_seed_gives_the_same_rows_on_every_machine()
    {
        Assert.Equal("aff446b1ab728c89455e3f73839774416ff2be1b8b977d68bbde28b49df9b04b", Digest(_contacts));
        Assert.NotEqual(Digest(_contacts), Digest(Northmoor.Contacts(_today, new Chance(Northmoor.Seed + 1))));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-1.0)]
    [InlineData(0.3465)]
    [InlineData(-39.9)]
    [InlineData(12.34)]
    public void The_exponential_is_that_of_mathematics(double x) => Assert.Equal(1, Chance.Exp(x) / Math.Exp(x), 14);

    [Fact]
    public void Chance_is_that_of_the_published_generator()
    {
        // splitmix64 from 0, as published with the algorithm, gives the state.
        Assert.Equal(0xE220A8397B1DCDAFUL, Chance.Mix(0x9E3779B97F4A7C15));
        var chance = new Chance(7);
        var units = Enumerable.Range(0, 100_000).Select(_ => chance.Unit()).ToList();
        Assert.InRange(units.Average(), 0.495, 0.505);
        Assert.InRange(Enumerable.Range(0, 20_000).Average(_ => chance.Poisson(3)), 2.9, 3.1);
        Assert.InRange(Enumerable.Range(0, 20_000).Average(_ => chance.Poisson(90)), 89.5, 90.5);
        Assert.InRange(Enumerable.Range(0, 20_000).Select(_ => chance.Normal()).Average(z => z * z), 0.95, 1.05);
    }

    [Fact]
    public void Seasons_show()
    {
        Assert.True(PerDay("57", 3) > 1.5 * PerDay("57", 8));
        Assert.True(PerDay("530", 6) > 2 * PerDay("530", 12));
        Assert.True(PerDay("14", 10) > 2 * PerDay("14", 7));
        Assert.True(PerDay("13", 1) > 2 * PerDay("13", 7));
        Assert.True(PerDay("557", 2) > 1.5 * PerDay("557", 8));
    }

    [Fact]
    public void Days_and_hours_show()
    {
        int On(DayOfWeek day) => _contacts.Count(c => c.At.DayOfWeek == day);
        Assert.True(On(DayOfWeek.Monday) > On(DayOfWeek.Friday));
        Assert.InRange((double)On(DayOfWeek.Sunday) / On(DayOfWeek.Monday), 0.1, 0.4);

        var phone = _contacts.Where(c => c.Channel == 2).ToList();
        var web = _contacts.Where(c => c.Channel == 1).ToList();
        Assert.True(phone.Count(c => c.At.Hour is >= 8 and < 18) > 0.93 * phone.Count);
        Assert.True(web.Count(c => c.At.Hour is < 8 or >= 18) > 0.25 * web.Count);

        var christmas = _contacts.Count(c => Day(c) == new DateOnly(2025, 12, 25));
        var before = _contacts.Count(c => Day(c) == new DateOnly(2025, 12, 18));
        Assert.True(christmas < 0.5 * before);
    }

    [Fact]
    public void The_web_gains_and_least_where_people_are_old_or_poor()
    {
        double Web(Func<NorthmoorContact, bool> who, bool late)
        {
            var some = _contacts.Where(c => who(c) && (late ? c.Id > 200_000 : c.Id <= 50_000)).ToList();
            return (double)some.Count(c => c.Channel is 1 or 7 or 8) / some.Count;
        }

        double Gain(byte supergroup) => Web(c => c.Area.Supergroup == supergroup, true) - Web(c => c.Area.Supergroup == supergroup, false);

        Assert.InRange(Web(_ => true, true) - Web(_ => true, false), 0.05, 0.2);
        Assert.True(Gain(5) > Gain(8) + 0.03);
        Assert.True(Web(c => c.Area.Decile <= 2, true) < Web(c => c.Area.Decile >= 9, true) - 0.05);
    }

    [Theory]
    [InlineData("524", 0.38, 0.46)]
    [InlineData("141", 0.48, 0.52)]
    [InlineData("57", 0.33, 0.37)]
    [InlineData("319", 0.06, 0.12)]
    public void Failure_demand_is_as_high_as_the_parameters_say(string service, double low, double high)
    {
        var coded = _contacts.Where(c => c.Service == service && c.Demand is (Demand.Value or Demand.Failure)).ToList();

        Assert.InRange((double)coded.Count(c => c.Demand == Demand.Failure) / coded.Count, low, high);
    }

    [Fact]
    public void Every_kind_of_demand_is_there_and_its_fields_go_together()
    {
        Assert.Equal(Enum.GetValues<Demand>(), _contacts.Select(c => c.Demand).Distinct().Order());
        Assert.DoesNotContain(_contacts, c => c.Cause != 0 && c.Demand != Demand.Failure);
        Assert.DoesNotContain(_contacts, c => c.DemandType is { } type && (type.Service != c.Service || type.Demand != c.Demand));
        Assert.DoesNotContain(_contacts, c => c.Satisfaction is 0 or > 5);
        Assert.All(_contacts.Select(c => c.Cause).Distinct().Where(code => code != 0), code => Assert.Contains(FailureCauses.All, cause => cause.Code == code));
        Assert.All(_contacts.Select(c => c.Channel).Distinct(), code => Assert.Contains(Channels.All, channel => channel.Code == code));
        Assert.InRange(_contacts.Count(c => c.Satisfaction is null), 210_000, 235_000);
    }

    [Fact]
    public void Failure_is_chased_by_the_same_person_within_days()
    {
        var repeats = RepeatContacts.Of(_contacts.Select(c => new MatchedContact(c.Id, c.Person, c.Service, c.At)), TimeSpan.FromDays(14));

        Assert.InRange((double)repeats.Repeats / repeats.Known, 0.1, 0.3);
        Assert.InRange(repeats.Unmatched, 30_000, 60_000);
        var demand = _contacts.ToDictionary(c => (long)c.Id, c => c.Demand);
        Assert.True(repeats.Contacts.Where(r => r.Repeat is true).Count(r => demand[r.Id] == Demand.Failure) > 0.7 * repeats.Repeats);
    }

    [Fact]
    public void The_redesigns_are_dated_with_a_baseline_before_and_weeks_after()
    {
        Assert.All(Northmoor.Redesigns(_today), r =>
        {
            Assert.True(r.From.AddDays(7 * 20) <= _today);
            Assert.True(r.From.AddDays(-7 * 40) >= Northmoor.Period(_today).From);
        });
        Assert.Equal(1, Northmoor.Redesigns(_today).Count(r => r.Cut == 0));
    }

    [Fact]
    public void The_redesign_that_worked_is_found_and_the_other_is_not()
    {
        foreach (var redesign in Northmoor.Redesigns(_today))
        {
            var weeks = _contacts.Where(c => c.Service == redesign.Service && c.Demand == Demand.Failure).GroupBy(c => Week.Of(Day(c))).Select(g => (g.Key, (long)g.Count()));
            var effect = EffectOfChange.Of(WeeklySeries.OfCounts(weeks, Northmoor.Period(_today)), redesign.From, Better.Lower);

            if (redesign.Cut == 0) Assert.IsType<NoEffectShown>(effect);
            else
            {
                var shown = Assert.IsType<EffectShown>(effect);
                Assert.True(shown.Favourable);
                Assert.InRange(shown.Compared.Relative!.Value, -redesign.Cut - 0.08, -redesign.Cut + 0.08);
            }
        }
    }

    [Fact]
    public void Eight_services_state_a_purpose_and_types_of_demand()
    {
        Assert.Equal(8, Northmoor.Purposes.Count);
        Assert.All(Northmoor.Purposes, p => Assert.InRange(p.Types.Count, 4, 6));
        Assert.Equal(Enumerable.Range(1, Northmoor.DemandTypes.Count), Northmoor.DemandTypes.Select(t => t.Number));
        Assert.All(Northmoor.DemandTypes, t => Assert.Equal(t.Demand == Demand.Failure, t.Cause != 0));
    }

    [Fact]
    public void Every_group_of_parameters_names_its_source()
    {
        using var file = typeof(Northmoor).Assembly.GetManifestResourceStream("northmoor.json")!;
        var groups = JsonDocument.Parse(file).RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Object).ToList();

        Assert.True(groups.Count >= 12);
        Assert.All(groups, group => Assert.True(group.Value.TryGetProperty("source", out var source) && source.GetString()!.Length > 10, group.Name));
    }

    [Fact]
    public void Bank_holidays_are_those_that_the_government_publishes()
    {
        var published = JsonDocument.Parse(File.ReadAllBytes(Vectors.Find(Path.Combine("data", "misc", "bank-holidays.json")))).RootElement.GetProperty("divisions").GetProperty("england-and-wales");
        foreach (var year in published.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array))
        {
            var days = year.Value.EnumerateArray().Select(d => DateOnly.ParseExact(d.GetProperty("date").GetString()!, "dd/MM/yyyy", CultureInfo.InvariantCulture));

            Assert.Equal(days.Order(), EnglishCalendar.BankHolidays(int.Parse(year.Name, CultureInfo.InvariantCulture)).Order());
        }
    }

    [Fact]
    public void Clocks_go_forward_on_the_last_Sunday_of_March_and_back_in_October()
    {
        Assert.Equal([0, 1, 1, 0], new DateOnly[] { new(2026, 3, 28), new(2026, 3, 29), new(2026, 10, 24), new(2026, 10, 25) }.Select(EnglishCalendar.HoursAhead));
    }

    private static DateOnly Day(NorthmoorContact contact) => DateOnly.FromDateTime(contact.At.DateTime);

    private double PerDay(string service, int month)
    {
        var days = _contacts.Where(c => c.At.Month == month).Select(Day).Distinct().Count();
        return (double)_contacts.Count(c => c.Service == service && c.At.Month == month) / days;
    }

    private static string Digest(IEnumerable<NorthmoorContact> contacts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var c in contacts)
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"{c.Id},{c.At:O},{c.Service},{c.Interaction},{c.Channel},{c.Area.Key},{c.Demand},{c.DemandType?.Number},{c.Cause},{c.HandlingSeconds},{c.Resolved},{c.Satisfaction},{c.Person},{c.Case}\n")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public sealed class World
    {
        public IReadOnlyList<NorthmoorContact> Contacts { get; } = [.. Northmoor.Contacts(_today, new Chance(Northmoor.Seed))];
    }
}
