using Concentric.Core;
using Concentric.Core.Design;

namespace Concentric.Tests.Design;

/// <summary>Dates as people type them.</summary>
public sealed class DateTests
{
    [Theory]
    [InlineData("27", "3", "2025", "2025-03-27")]
    [InlineData(" 1", "03 ", "2025", "2025-03-01")]
    [InlineData("29", "feb", "2024", "2024-02-29")]
    [InlineData("31", "December", "1999", "1999-12-31")]
    [InlineData("29", "2", "2025", null)]
    [InlineData("0", "3", "2025", null)]
    [InlineData("1", "13", "2025", null)]
    [InlineData("1", "ma", "2025", null)]
    [InlineData("1", "3", "25", null)]
    [InlineData("-1", "3", "2025", null)]
    [InlineData("1", "3", "99999999999", null)]
    [InlineData("", "3", "2025", null)]
    public void A_date_is_read_as_people_type_it(string day, string month, string year, string? date) =>
        Assert.Equal(date, new DateParts(day, month, year).Date?.ToString("yyyy-MM-dd", null));

    [Theory]
    [InlineData("", "", "", "start", "Enter the start date")]
    [InlineData("", "3", "2025", "start", "Start date must include a day")]
    [InlineData("27", "", "2025", "start-month", "Start date must include a month")]
    [InlineData("27", "", "", "start-month", "Start date must include a month and year")]
    [InlineData("31", "2", "2025", "start", "Start date must be a real date")]
    [InlineData("27", "3", "2025", null, null)]
    public void A_mistake_is_named_at_the_box_to_go_to(string day, string month, string year, string? field, string? message)
    {
        var problem = DateParts.Check(new Errors(), "start", new(day, month, year), "start date").SingleOrDefault();

        Assert.Equal((field, message), (problem.Field, problem.Message));
    }

    [Fact]
    public void A_date_goes_there_and_back()
    {
        var date = new DateOnly(2025, 11, 3);

        Assert.Equal(date, DateParts.Of(date).Date);
    }

    [Theory]
    [InlineData(1, 1, "[1]")]
    [InlineData(1, 3, "[1] 2 3")]
    [InlineData(2, 3, "1 [2] 3")]
    [InlineData(10, 20, "1 … 9 [10] 11 … 20")]
    [InlineData(20, 20, "1 … 19 [20]")]
    public void Pages_far_away_are_left_out(int page, int pages, string shown) =>
        Assert.Equal(shown, string.Join(' ', PageLink.Of(page, pages, n => $"?page={n}").Select(l => l.Number is null ? "…" : l.Current ? $"[{l.Number}]" : l.Number)));
}
