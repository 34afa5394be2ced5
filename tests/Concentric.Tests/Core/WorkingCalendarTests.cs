using System.Globalization;
using System.Text.Json;
using Concentric.Core;
using Concentric.Tests.Measure;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;

namespace Concentric.Tests.Core;

[Trait("Database", "none")]
public sealed class WorkingCalendarTests
{
    [Theory]
    [InlineData(Nation.EnglandAndWales, "england-and-wales")]
    [InlineData(Nation.Scotland, "scotland")]
    [InlineData(Nation.NorthernIreland, "northern-ireland")]
    public void The_bank_holidays_are_those_that_the_government_published(Nation nation, string division)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SharedData.Find("misc/bank-holidays.json")));
        var published = file.RootElement.GetProperty("divisions").GetProperty(division).EnumerateObject().Where(y => y.Value.ValueKind == JsonValueKind.Array)
            .ToDictionary(y => int.Parse(y.Name, CultureInfo.InvariantCulture), y => y.Value.EnumerateArray().Select(DateOf).Order().ToList());

        Assert.True(published.Count >= 7);
        Assert.All(published, y => Assert.Equal(y.Value, BankHolidays.Of(nation, y.Key).Order()));

        static DateOnly DateOf(JsonElement holiday) => DateOnly.ParseExact(holiday.GetProperty("date").GetString()!, "dd/MM/yyyy", CultureInfo.InvariantCulture);
    }

    // As www.gov.uk/bank-holidays listed them, for years that the file does not have.
    [Theory]
    [InlineData(Nation.EnglandAndWales, 2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27")]
    [InlineData(Nation.Scotland, 2022, "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27")]
    [InlineData(Nation.NorthernIreland, 2022, "01-03 03-17 04-15 04-18 05-02 06-02 06-03 07-12 08-29 09-19 12-26 12-27")]
    [InlineData(Nation.EnglandAndWales, 2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26")]
    [InlineData(Nation.Scotland, 2023, "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26")]
    [InlineData(Nation.NorthernIreland, 2023, "01-02 03-17 04-07 04-10 05-01 05-08 05-29 07-12 08-28 12-25 12-26")]
    public void A_holiday_that_was_proclaimed_for_one_year_is_known(Nation nation, int year, string days) =>
        Assert.Equal(days, string.Join(' ', BankHolidays.Of(nation, year).Order().Select(d => d.ToString("MM-dd", CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData(Nation.EnglandAndWales, "2026-03-02", 5, "2026-03-09")]
    [InlineData(Nation.EnglandAndWales, "2026-04-02", 1, "2026-04-07")] // Good Friday and Easter Monday between
    [InlineData(Nation.Scotland, "2026-04-02", 1, "2026-04-06")] // Easter Monday is a working day
    [InlineData(Nation.EnglandAndWales, "2026-12-24", 1, "2026-12-29")] // Boxing Day is a Saturday: Monday 28 stands for it
    [InlineData(Nation.EnglandAndWales, "2027-12-24", 1, "2027-12-29")] // Christmas Day is a Saturday: Monday and Tuesday stand for both
    [InlineData(Nation.Scotland, "2026-12-31", 1, "2027-01-05")] // 2 January is a Saturday: Monday 4 stands for it
    [InlineData(Nation.NorthernIreland, "2026-07-10", 1, "2026-07-14")] // 12 July is a Sunday: Monday 13 stands for it
    [InlineData(Nation.EnglandAndWales, "2026-03-07", 0, "2026-03-09")]
    public void Days_are_counted_over_weekends_and_holidays(Nation nation, string from, int days, string to) =>
        Assert.Equal(Day(to), new WorkingCalendar(nation, []).Add(Day(from), days));

    [Fact]
    public void Days_are_counted_over_those_on_which_the_offices_are_closed()
    {
        var calendar = WorkingCalendar.Read("england-and-wales", "2026-12-29..2026-12-31, 2027-01-04");

        Assert.Equal(Day("2027-01-05"), calendar.Add(Day("2026-12-24"), 1));
        Assert.Equal(1, calendar.Between(Day("2026-12-24"), Day("2027-01-05")));
        Assert.Equal(0, calendar.Between(Day("2027-01-05"), Day("2026-12-24")));
    }

    [Fact]
    public void A_number_of_days_that_is_negative_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkingCalendar(Nation.Scotland, []).Add(Day("2026-03-02"), -1));

    [Fact]
    public void What_is_added_is_what_lies_between() => Prop.ForAll(Cases, c =>
    {
        var from = c.Calendar.Add(c.Day, 0);
        var to = c.Calendar.Add(c.Day, c.Number);

        Assert.Equal(c.Number, c.Calendar.Between(from, to));
        Assert.Equal(to, c.Calendar.Add(from, c.Calendar.Between(from, to)));
        // Days that are not worked add nothing.
        Assert.Equal(c.Number, c.Calendar.Between(from, c.Calendar.Add(to.AddDays(1), 0).AddDays(-1)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_is_promised_for_a_day_that_is_not_worked() => Prop.ForAll(Cases, c =>
    {
        var to = c.Calendar.Add(c.Day, c.Number);

        Assert.True(c.Calendar.Is(to) && to >= c.Day.AddDays(c.Number));
        Assert.False(to.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || c.Closed.Contains(to) || BankHolidays.Of(c.Nation, to.Year).Contains(to));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Who_asks_later_or_is_promised_more_or_finds_offices_closed_waits_no_less() => Prop.ForAll(Cases, c =>
    {
        var to = c.Calendar.Add(c.Day, c.Number);

        Assert.True(c.Calendar.Add(c.Day.AddDays(c.Later), c.Number) >= to);
        Assert.True(c.Calendar.Add(c.Day, c.Number + c.Later) >= to.AddDays(c.Later));
        Assert.True(new WorkingCalendar(c.Nation, []).Add(c.Day, c.Number) <= to);
        Assert.True(c.Calendar.Between(c.Day, to.AddDays(c.Later)) >= c.Calendar.Between(c.Day, to));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_settings_the_council_is_in_England_or_Wales_and_never_closed()
    {
        var calendar = new Settings(new ConfigurationBuilder().Build()).Calendar;

        Assert.False(calendar.Is(Day("2026-04-06")));
        Assert.True(calendar.Is(Day("2026-12-29")));
    }

    [Theory]
    [InlineData("CONCENTRIC_NATION", "wales", "england-and-wales, scotland or northern-ireland")]
    [InlineData("CONCENTRIC_NATION", "Scotland", "england-and-wales, scotland or northern-ireland")]
    [InlineData("CONCENTRIC_CLOSED", "28/12/2026", "no day and no range")]
    [InlineData("CONCENTRIC_CLOSED", "2026-02-29", "no day and no range")]
    [InlineData("CONCENTRIC_CLOSED", "2026-12-28,", "no day and no range")]
    [InlineData("CONCENTRIC_CLOSED", "2026-12-28..", "no day and no range")]
    [InlineData("CONCENTRIC_CLOSED", "2026-12-28..2026-12-29..2026-12-30", "no day and no range")]
    [InlineData("CONCENTRIC_CLOSED", "2027-01-04,2026-12-31..2026-12-28", "ends before it begins")]
    [InlineData("CONCENTRIC_CLOSED", "2026-12-01..2027-01-30", "61 days")]
    public void A_setting_that_cannot_be_is_refused_by_name_with_what_is_wrong(string variable, string value, string wrong)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(variable, value)]).Build();

        var message = Assert.Throws<RefusedException>(() => new Settings(configuration)).Message;

        Assert.StartsWith(variable, message, StringComparison.Ordinal);
        Assert.Contains(wrong, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closure_may_last_sixty_days() => Assert.Equal(Day("2027-02-01"), WorkingCalendar.Read("scotland", "2026-12-03..2027-01-31").Add(Day("2026-12-03"), 0));

    private sealed record Case(Nation Nation, IReadOnlyCollection<DateOnly> Closed, DateOnly Day, int Number, int Later)
    {
        public WorkingCalendar Calendar { get; } = new(Nation, Closed);
    }

    private static Arbitrary<Case> Cases =>
        (from nation in Gen.Elements(Enum.GetValues<Nation>())
         from day in Gen.Choose(0, 36_500).Select(n => new DateOnly(2000, 1, 1).AddDays(n))
         from closed in Gen.Choose(0, 100).ListOf()
         from number in Gen.Choose(0, 60)
         from later in Gen.Choose(0, 20)
         select new Case(nation, [.. closed.Select(day.AddDays)], day, number, later)).ToArbitrary();

    private static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);
}
