using System.CommandLine;
using System.Text;
using System.Text.Json;
using Concentric.Core;
using Concentric.Measure.Variation.Asking;

namespace Concentric.Tests.Measure.Variation;

/// <summary><c>concentric spc</c> as it is typed, on files as people have them.</summary>
[Trait("Database", "none")]
public sealed class SpcCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("concentric-spc-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void One_object_a_point_with_limits_flags_and_type_and_the_icons()
    {
        var answer = Json("month,visits\n" + string.Join('\n', Enumerable.Range(0, 14).Select(i => $"{2015 + i / 12}-{i % 12 + 1:00},{(i == 13 ? 60 : 10 + i % 3)}")), "--improvement", "up", "--target", "9");

        var points = answer.GetProperty("points").EnumerateArray().ToList();
        Assert.Equal((14, "month", "xmr"), (points.Count, answer.GetProperty("every").GetString(), answer.GetProperty("chart").GetString()));
        var last = points[13];
        Assert.Equal(("2016-02", "2016-02-01", 60.0), (last.GetProperty("period").GetString(), last.GetProperty("date").GetString(), last.GetProperty("value").GetDouble()));
        Assert.Equal("beyond-limit", last.GetProperty("flags")[0].GetString());
        Assert.Equal("improvement", last.GetProperty("type").GetString());
        Assert.Equal("improvement-high", answer.GetProperty("icons").GetProperty("variation").GetString());
        Assert.Equal("hit-or-miss", answer.GetProperty("icons").GetProperty("assurance").GetString());
        var (mean, lower, upper) = (last.GetProperty("mean").GetDouble(), last.GetProperty("lower").GetDouble(), last.GetProperty("upper").GetDouble());
        Assert.Equal(mean + (upper - mean) * 2 / 3, last.GetProperty("nearUpper").GetDouble(), 9);
        Assert.Equal(mean - (mean - lower) * 2 / 3, last.GetProperty("nearLower").GetDouble(), 9);
    }

    [Theory]
    [InlineData("2015-03", "2015-03")]
    [InlineData("03/2015", "2015-03")]
    [InlineData("2015/3", "2015-03")]
    [InlineData("Mar 2015", "2015-03")]
    [InlineData("March 2015", "2015-03")]
    [InlineData("mar-15", "2015-03")]
    [InlineData("Sept 2015", "2015-09")]
    [InlineData("2015-03-01", "2015-03-01")]
    [InlineData("2015-03-01T00:00:00", "2015-03-01")]
    [InlineData("1/3/2015", "2015-03-01")]
    [InlineData("01.03.2015", "2015-03-01")]
    [InlineData("1 March 2015", "2015-03-01")]
    [InlineData("01-Mar-15", "2015-03-01")]
    [InlineData("2015-W10", "2015-03-02")]
    [InlineData("2015 Q2", "2015-04-01")]
    [InlineData("Q2 2015", "2015-04-01")]
    [InlineData("2015", "2015-01-01")]
    public void Dates_are_read_as_people_write_them(string text, string day) => Assert.StartsWith(day, PeriodText.Read(text)!.Value.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("2015-13")]
    [InlineData("31/2/2015")]
    [InlineData("2015-W54")]
    [InlineData("yesterday")]
    [InlineData("Mai 2015x")]
    [InlineData("0000-01")]
    public void What_is_no_date_is_not_read(string text) => Assert.Null(PeriodText.Read(text));

    [Theory]
    [InlineData("2015-01,1 2015-02,1 2015-05,2", "month", 5)]
    [InlineData("2015-01-01,1 2015-02-01,1 2015-04-01,2", "month", 4)]
    [InlineData("2015-01-31,1 2015-02-28,1 2015-03-31,2", "month", 3)]
    [InlineData("2015-01-01,1 2015-04-01,1 2015-10-01,2", "quarter", 4)]
    [InlineData("2013,1 2014,1 2016,2", "year", 4)]
    [InlineData("2015-01-05,1 2015-01-12,1 2015-02-02,2", "week", 5)]
    [InlineData("2014-W52,1 2015-W01,1 2015-W03,2", "week", 4)]
    [InlineData("2015-01-05,1 2015-01-06,1 2015-01-10,2", "day", 6)]
    public void Missing_periods_are_gaps(string rows, string every, int periods)
    {
        var answer = Json("month,visits\n" + rows.Replace(' ', '\n'));

        Assert.Equal((every, periods), (answer.GetProperty("every").GetString(), answer.GetProperty("points").GetArrayLength()));
        Assert.Equal(periods - 3, answer.GetProperty("gaps").GetInt32());
        Assert.All(answer.GetProperty("points").EnumerateArray().Where(p => p.GetProperty("value").ValueKind == JsonValueKind.Null), p => Assert.Equal("gap", p.GetProperty("type").GetString()));
    }

    [Fact]
    public void A_week_without_its_weekends_has_no_gaps_for_them()
    {
        var days = Enumerable.Range(0, 21).Select(i => new DateOnly(2015, 1, 5).AddDays(i)).Where(Periods.IsWorkingDay).ToList();

        var answer = Json("month,visits\n" + string.Join('\n', days.Where(d => d.Day != 14).Select(d => $"{d:yyyy-MM-dd},{d.Day % 4}")));

        Assert.Equal(("working-day", 15, 1), (answer.GetProperty("every").GetString(), answer.GetProperty("points").GetArrayLength(), answer.GetProperty("gaps").GetInt32()));
        Assert.Equal(days.Select(d => d.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), answer.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("date").GetString()));
    }

    [Fact]
    public void Separators_byte_order_marks_quotes_and_numbers_are_those_of_spreadsheets()
    {
        double?[] expected = [1234, 1234.5, null, 12, 1000000, -3];
        string[] rows = ["\"1,234\"", "\"£1,234.50\"", "", "12%", "1 000 000", "\u22123"];
        foreach (var separator in ",;\t|")
        {
            var text = "\uFEFF" + string.Join("\r\n", rows.Select((r, i) => $"2015-0{i + 1}{separator}x{separator}{r}").Prepend($"Month{separator}other{separator}\"Visits\""));
            Assert.Equal(expected, Json(text).GetProperty("points").EnumerateArray().Select(p => p.GetProperty("value").ValueKind == JsonValueKind.Null ? (double?)null : p.GetProperty("value").GetDouble()));
        }
        Assert.Equal(1234.5, Json("month;visits\n2015-01;1.234,5\n2015-02;2", "--decimal-comma").GetProperty("points")[0].GetProperty("value").GetDouble());
        Assert.Equal(2, Json("month;visits\n2015-01;n/a\n2015-02;-").GetProperty("gaps").GetInt32());
    }

    [Theory]
    [InlineData("month,visits\n2015-01,5\n2015-02,6\n2015-01,7", "2015-01 is there twice: line 2 and line 4")]
    [InlineData("month,visits\n2015-01,5\n2015-02,six", "Line 3: “six” in column “visits” is no number")]
    [InlineData("month,visits\n2015-01,5\n13/2015,6", "Line 3: “13/2015” is no date")]
    [InlineData("month,visits\n1/3/2015,5\n1/31/2015,6", "--date-order mdy")]
    [InlineData("month,visits\n2015-01,5\n2015-02", "Line 3 has 1 columns and the first line 2")]
    [InlineData("month,visits\n2015-01,5\n,6", "Line 3 has no date")]
    [InlineData("month,visits\n2015-01,5\n2015-02,\"6", "never closed")]
    [InlineData("month,visits\n2015-01,\"12,5\"", "--decimal-comma")]
    [InlineData("month;visits\n2015-01;1e999", "is no number")]
    [InlineData("month,visits", "no rows below its first")]
    [InlineData("", "The file is empty")]
    [InlineData("month,people\n2015-01,5", "There is no column “visits” (--value). The file has the columns “month”, “people”.")]
    [InlineData("month,visits\n0001-01-05,5\n9990-01-07,6", "more than 20,000 periods")]
    public void What_is_wrong_with_a_file_is_said_with_its_line(string text, string message) =>
        Assert.Contains(message, Assert.Throws<RefusedException>(() => Run(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--improvement better", "“better” is no direction")]
    [InlineData("--rules all", "mdc7, mdc6, nelson, we")]
    [InlineData("--chart pie", "xmr, p, p'")]
    [InlineData("--chart p", "--denominator")]
    [InlineData("--fix-after 1", "two values or more")]
    [InlineData("--rebase 2030-01", "lies outside the figures")]
    [InlineData("--rebase soon", "“soon” is no date")]
    [InlineData("--rebase 2015-02 --rebase 2015-02-14", "Two rebases fall to 2015-02")]
    [InlineData("--seasonal", "24 periods, and there are 3")]
    [InlineData("--every fortnight", "“fortnight” is no length")]
    [InlineData("--where visits", "measure=visits")]
    [InlineData("--where month=x", "No row is left by --where. “month” has “2015-01”, “2015-02”, “2015-03”.")]
    [InlineData("--bounds small", "“small” is nothing")]
    [InlineData("--chart run --rebase 2015-02", "Leave out --rebase")]
    public void What_cannot_be_asked_is_said(string words, string message) =>
        Assert.Contains(message, Assert.Throws<RefusedException>(() => Run("month,visits\n2015-01,5\n2015-02,6\n2015-03,7", words.Split(' '))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_target_that_could_never_be_held_against_the_figures_is_said_to_be_so()
    {
        var shares = "month,visits,of\n" + string.Join('\n', Enumerable.Range(1, 12).Select(i => $"2015-{i:00},{20 + i % 3},100"));
        Assert.Contains("write 0.05 for 5 per cent", Assert.Throws<RefusedException>(() => Run(shares, "--denominator", "of", "--chart", "p", "--target", "5")).Message, StringComparison.Ordinal);
        Assert.Contains("nobody said which direction is good", Run("month,visits\n2015-01,5\n2015-02,6\n2015-03,7", "--target", "6"), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_kept_and_added_up_where_that_is_asked_for()
    {
        const string Text = "month,branch,visits\n2015-01,A,5\n2015-01,B,6\n2015-02,A,7\n2015-02,B,\n2015-03,A,1\n2015-03,B,2";

        var sums = Json(Text, "--total").GetProperty("points").EnumerateArray().Select(p => p.GetProperty("value"));
        Assert.Equal(["11", "", "3"], sums.Select(v => v.ToString()));
        Assert.Equal(["5", "7", "1"], Json(Text, "--where", "branch=a").GetProperty("points").EnumerateArray().Select(p => p.GetProperty("value").ToString()));
        Assert.Equal(["11", "10"], Json("month,visits\n2015-01-05,5\n2015-01-06,6\n2015-02-01,10", "--every", "month", "--total").GetProperty("points").EnumerateArray().Select(p => p.GetProperty("value").ToString()));
        Assert.Contains("begin on 2015-01-05", Json("month,visits\n2015-01-05,5\n2015-01-06,6\n2015-02-28,10", "--every", "month", "--total").GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Shares_are_charted_by_what_they_are_of()
    {
        var text = "month,visits,of\n" + string.Join('\n', Enumerable.Range(0, 14).Select(i => $"{2015 + i / 12}-{i % 12 + 1:00},{20 + i * 5 % 7},{100 + i % 5 * 20}"));

        var auto = Json(text, "--denominator", "of");
        var rate = Json(text, "--denominator", "of", "--chart", "u");
        var prime = Json(text, "--denominator", "of", "--chart", "u'");

        Assert.Equal("p", auto.GetProperty("chart").GetString());
        Assert.StartsWith("A p chart", auto.GetProperty("chartReason").GetString(), StringComparison.Ordinal);
        Assert.Equal(("u", "u-prime"), (rate.GetProperty("chart").GetString(), prime.GetProperty("chart").GetString()));
        Assert.NotEqual(auto.GetProperty("points")[0].GetProperty("upper").GetDouble(), auto.GetProperty("points")[1].GetProperty("upper").GetDouble());
        Assert.Equal(100, auto.GetProperty("points")[0].GetProperty("denominator").GetDouble());
        Assert.Contains("no larger than its whole", Assert.Throws<RefusedException>(() => Run("month,visits,of\n2015-01,5,4\n2015-02,1,4", "--denominator", "of", "--chart", "p")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_chart_answers()
    {
        var text = "month,visits\n" + string.Join('\n', Enumerable.Range(0, 30).Select(i => $"{2015 + i / 12}-{i % 12 + 1:00},{5 + i * 7 % 11}"));

        foreach (var (chart, expected) in (ReadOnlySpan<(string, string)>)[("xmr", "xmr"), ("c", "c"), ("g", "g"), ("t", "t"), ("run", "run"), ("auto", "xmr")])
        {
            var answer = Json(text, "--chart", chart, "--improvement", "down");
            Assert.Equal((expected, 30), (answer.GetProperty("chart").GetString(), answer.GetProperty("points").GetArrayLength()));
            Assert.Equal("common-cause", answer.GetProperty("icons").GetProperty("variation").GetString());
        }
        var days = Json("month,x\n2015-01-01,a\n2015-01-11,b\n2015-01-31,c", "--chart", "t", "--novalue");
        Assert.Equal([10, 20], days.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("value").GetInt32()));
    }

    [Fact]
    public void A_season_taken_out_by_baseline_years_shows_what_the_reference_shows()
    {
        var vector = Vectors.Read("spc_rules_reference.json").GetProperty("seasonality");
        var text = "month,visits\n" + string.Join('\n', vector.GetProperty("y").EnumerateArray().Select((y, i) => $"{2015 + i / 12}-{i % 12 + 1:00},{y.GetRawText()}"));

        var answer = Json(text, "--seasonal", "--baseline-years", "2");

        var flagged = answer.GetProperty("points").EnumerateArray().Index().Where(p => p.Item.GetProperty("flags").EnumerateArray().Any(f => f.GetString() == "beyond-limit"));
        Assert.Equal(vector.GetProperty("frozen_baseline_24").GetProperty("outside").Indexes(), flagged.Select(p => p.Index));
        var point = answer.GetProperty("points")[35];
        var relative = vector.GetProperty("frozen_baseline_24").GetProperty("seasonal_relatives")[11].GetDouble();
        Vectors.Near(vector.GetProperty("frozen_baseline_24").GetProperty("upl").GetDouble() * relative, point.GetProperty("upper").GetDouble());
        Assert.Equal(vector.GetProperty("y")[35].GetDouble(), point.GetProperty("value").GetDouble());
    }

    [Fact]
    public void Weeks_lose_their_season_and_days_the_rhythm_of_the_week()
    {
        string Rows(int count, int step, Func<DateOnly, int, double> value) => "month,visits\n" + string.Join('\n', Enumerable.Range(0, count).Select(i => new DateOnly(2018, 1, 1).AddDays(i * step)).Select((d, i) => $"{d:yyyy-MM-dd},{value(d, i).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)}"));
        var weeks = Json(Rows(140, 7, (d, i) => (100 + 50 * Math.Sin(d.DayOfYear / 58.0) + i * 7 % 5) * (i == 135 ? 1.5 : 1)), "--seasonal");
        var days = Json(Rows(500, 1, (d, i) => (d.DayOfWeek == DayOfWeek.Monday ? 200 : 100) + i * 7 % 5 + (i == 450 ? 40 : 0)), "--seasonal");

        int[] Beyond(JsonElement answer) => [.. answer.GetProperty("points").EnumerateArray().Index().Where(p => p.Item.GetProperty("flags").EnumerateArray().Any(f => f.GetString() == "beyond-limit")).Select(p => p.Index)];
        Assert.Equal(("week", 104), (weeks.GetProperty("every").GetString(), weeks.GetProperty("season").GetProperty("baseline").GetInt32()));
        Assert.Contains(135, Beyond(weeks));
        Assert.Contains(weeks.GetProperty("warnings").EnumerateArray(), w => w.GetString()!.Contains("1.7 times", StringComparison.Ordinal));
        Assert.Equal(("day", 364, 7), (days.GetProperty("every").GetString(), days.GetProperty("season").GetProperty("baseline").GetInt32(), days.GetProperty("season").GetProperty("relatives").GetArrayLength()));
        Assert.Equal([450], Beyond(days));
        Assert.Equal("2019-12-29", days.GetProperty("phases")[0].GetProperty("fixedThrough").GetString() is { } through ? DateOnly.ParseExact(through, "yyyy-MM-dd", null).AddDays(364).ToString("yyyy-MM-dd", null) : null);
        Assert.Contains("there are 103", Assert.Throws<RefusedException>(() => Run(Rows(103, 7, (_, i) => i + 1), "--seasonal")).Message, StringComparison.Ordinal);
        Assert.Contains("A year has no season", Assert.Throws<RefusedException>(() => Run("month,visits\n2013,1\n2014,2\n2015,3", "--seasonal")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_I_prime_chart_is_asked_for_by_name_and_needs_sizes()
    {
        var text = "month,visits,of\n" + string.Join('\n', Enumerable.Range(0, 14).Select(i => $"{2015 + i / 12}-{i % 12 + 1:00},{(20 + i * 5 % 7) * (1 + i % 3)},{1 + i % 3}"));

        var answer = Json(text, "--denominator", "of", "--chart", "i'");

        Assert.Equal("i-prime", answer.GetProperty("chart").GetString());
        Assert.True(answer.GetProperty("points")[0].GetProperty("upper").GetDouble() > answer.GetProperty("points")[2].GetProperty("upper").GetDouble());
        Assert.Equal(answer.GetProperty("points")[0].GetProperty("mean").GetDouble(), answer.GetProperty("points")[2].GetProperty("mean").GetDouble());
        Assert.Contains("--denominator", Assert.Throws<RefusedException>(() => Run("month,visits\n2015-01,5\n2015-02,1", "--chart", "i-prime")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_series_of_Newcastle_and_Vancouver_are_charted()
    {
        var newcastle = Run(Vectors.Find("data/contacts/newcastle-libraries-monthly-to-2019.csv"), "--date", "month", "--value", "value", "--where", "measure=visits", "--total", "--improvement", "up", "--rebase", "2013-07=Branches closed", "--json");
        var vancouver = Run(Vectors.Find("data/contacts/vancouver-contact-centre-daily-to-2022.csv"), "--date", "Date", "--value", "CallsOffered", "--every", "month", "--total", "--json");
        var (n, v) = (JsonDocument.Parse(newcastle).RootElement, JsonDocument.Parse(vancouver).RootElement);

        Assert.Equal(("2008-04", "2019-12", 141, 2), (n.GetProperty("points")[0].GetProperty("period").GetString(), n.GetProperty("points")[140].GetProperty("period").GetString(), n.GetProperty("n").GetInt32(), n.GetProperty("phases").GetArrayLength()));
        Assert.Equal("Branches closed", n.GetProperty("phases")[1].GetProperty("reason").GetString());
        Assert.Equal((163, "2009-06"), (v.GetProperty("n").GetInt32(), v.GetProperty("points")[0].GetProperty("period").GetString()));
        Assert.Contains("begin on 2009-06-15", v.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains(n.GetProperty("warnings").EnumerateArray(), w => w.GetString()!.StartsWith("Neighbouring values move together", StringComparison.Ordinal));
        // Summed by another program: awk over the file.
        Assert.Equal(140189, n.GetProperty("points")[0].GetProperty("value").GetDouble());
    }

    [Fact]
    public void People_get_a_table()
    {
        var told = Run("month,visits\n2015-01,5\n2015-02,6\n2015-04,7", "--improvement", "up", "--target", "3");

        Assert.Contains("XmR chart, 3 values, 2015-01 to 2015-04, 1 gaps", told, StringComparison.Ordinal);
        Assert.Contains("provisional", told, StringComparison.Ordinal);
        Assert.Contains("2015-03      –", told, StringComparison.Ordinal);
        Assert.Contains("Target 3: Meets the target", told, StringComparison.Ordinal);
    }

    private JsonElement Json(string text, params string[] words) => JsonDocument.Parse(Run(text, [.. words, "--json"])).RootElement;

    private string Run(string text, params string[] words)
    {
        var file = text;
        if (!File.Exists(text)) File.WriteAllText(file = Path.Combine(_folder.FullName, "file.csv"), text, new UTF8Encoding(false));
        var root = new RootCommand();
        SpcCommand.Add(new CommandLine(root, () => throw new InvalidOperationException("The command asked for a service.")));
        List<string> given = ["spc", file, .. words.Where(w => w != "--novalue")];
        if (!words.Contains("--date")) given.AddRange(["--date", "month"]);
        if (!words.Contains("--value") && !words.Contains("--novalue")) given.AddRange(["--value", "visits"]);
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = root.Parse(given).Invoke(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        Assert.True(code == 0, error.ToString());
        return output.ToString();
    }
}
