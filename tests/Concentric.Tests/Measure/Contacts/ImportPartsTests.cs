using Concentric.Core;
using System.Globalization;
using Concentric.Measure.Contacts;
using CsvHelper;
using CsvHelper.Configuration;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Measure;

[Trait("Database", "none")]
public sealed class ImportPartsTests
{
    [Fact]
    public void Any_table_that_CsvHelper_writes_is_read_back_field_by_field()
    {
        var field = Gen.ArrayOf(Gen.Elements("a", "é", "\"", ",", "\n", "\r\n", " ", "=", "long text without any sign in it, ")).Select(a => string.Concat(a.Take(8)));
        var table = from columns in Gen.Choose(2, 5)
                    from rows in Gen.NonEmptyListOf(Gen.ArrayOf(field, columns))
                    from lineEnd in Gen.Elements("\n", "\r\n")
                    from quoted in Gen.Elements(true, false)
                    select (Rows: rows.ToList(), lineEnd, quoted);

        Prop.ForAll(table.ToArbitrary(), t =>
        {
            using var text = new StringWriter();
            var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = t.lineEnd };
            if (t.quoted) configuration.ShouldQuote = _ => true;
            using (var writer = new CsvWriter(text, configuration))
            {
                foreach (var row in t.Rows)
                {
                    foreach (var f in row) writer.WriteField(f);
                    writer.NextRecord();
                }
            }
            // Both leave out lines that hold nothing at all, and only those.
            Assert.Equal(ByCsvHelper(text.ToString()), ByScanner(text.ToString()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20261123, 5));
    }

    [Theory]
    [InlineData("a,b\n1,2", "1: a|b; 2: 1|2")]
    [InlineData("a,b\r\n\r\n\n1,2\r\n", "1: a|b; 4: 1|2")]
    [InlineData("a,b\r1,2\r3,", "1: a|b; 2: 1|2; 3: 3|")]
    [InlineData("a,\"b\nb\",c\nd,e,f\n", "1: a|b\nb|c; 3: d|e|f")]
    [InlineData("a,\"b\"\"b\",\"\"\n", "1: a|b\"b|")]
    [InlineData("a,5\" pipe,b\n", "1: a|5\" pipe|b")]
    [InlineData("a,\"b\"c,d\n", "1: a|\"b\"c|d bad")]
    [InlineData(",\n", "1: |")]
    [InlineData("\n\n a \n", "3:  a ")]
    [InlineData("", "")]
    public void Lines_and_fields_are_told_apart(string text, string expected)
    {
        foreach (var reader in (TextReader[])[new StringReader(text), new Drip(text)])
        {
            var scanner = new CsvScanner(reader, ',', new());
            var records = new List<string>();
            while (scanner.Read())
                records.Add($"{scanner.Line}: {string.Join('|', Enumerable.Range(0, scanner.Count).Select(i => scanner.Field(i).ToString()))}{(scanner.IsBad ? " bad" : "")}");
            Assert.Equal(expected, string.Join("; ", records));
        }
    }

    [Fact]
    public void A_record_longer_than_the_buffer_is_read_whole()
    {
        var text = $"a,\"{new string('x', 300_000)}\"\"{new string('y', 300_000)}\"\nb,c\n";
        var scanner = new CsvScanner(new StringReader(text), ',', new());

        Assert.True(scanner.Read());
        Assert.Equal(600_001, scanner.Field(1).Length);
        Assert.True(scanner.Read());
        Assert.Equal("c", scanner.Field(1).ToString());
        Assert.False(scanner.Read());
    }

    [Theory]
    [InlineData("MM/dd/yyyy hh:mm:ss tt", "01/02/2015 12:20:09 AM", "2015-01-02T00:20:09")]
    [InlineData("MM/dd/yyyy hh:mm:ss tt", "01/02/2015 12:20:09 PM", "2015-01-02T12:20:09")]
    [InlineData("MM/dd/yyyy hh:mm:ss tt", "01/02/2015 11:20:09 pm", "2015-01-02T23:20:09")]
    [InlineData("MM/dd/yyyy hh:mm:ss tt", "01/02/2015 13:20:09 PM", null)]
    [InlineData("MM/dd/yyyy hh:mm:ss tt", "13/02/2015 11:20:09 PM", null)]
    [InlineData("M/d/yy h:mm tt", "1/7/20 12:59 PM", "2020-01-07T12:59:00")]
    [InlineData("M/d/yy h:mm tt", "12/31/99 1:05 AM", "1999-12-31T01:05:00")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2018-01-01 00:48:30", "2018-01-01T00:48:30")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2018-02-29 00:48:30", null)]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2018-01-01 24:00:00", null)]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2018-01-01 00:48", null)]
    [InlineData("yyyy-MM-dd", "2018-01-01x", null)]
    [InlineData("yyyy-MM-ddTHH:mm", "2018-01-01T10:48", "2018-01-01T10:48:00")]
    [InlineData("d MMM yyyy", "5 Mar 2024", "2024-03-05T00:00:00")]
    [InlineData("yyyy-MM-ddTHH:mm:ssK", "2024-07-01T10:00:00+01:00", "2024-07-01T09:00:00")]
    [InlineData("yyyy-MM-ddTHH:mm:ssK", "2024-07-01T10:00:00Z", "2024-07-01T10:00:00")]
    public void A_date_is_read_by_its_format_or_not_at_all(string format, string text, string? expected)
    {
        var isDate = new DateText(format).TryRead(text, out var date);

        Assert.Equal(expected, isDate ? date.ToString("s", CultureInfo.InvariantCulture) : null);
    }

    [Theory]
    [InlineData("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "2026-07-01T23:30:00", DateTimeKind.Unspecified)]
    [InlineData("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "2026-07-01T23:30:00Z", DateTimeKind.Utc)]
    [InlineData("yyyy-MM-ddTHH:mm:sszzz", "2026-07-02T00:30:00+01:00", DateTimeKind.Utc)]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2026-07-01 23:30:00", DateTimeKind.Unspecified)]
    public void A_date_states_an_offset_where_its_text_does(string format, string text, DateTimeKind kind)
    {
        Assert.True(new DateText(format).TryRead(text, out var date));
        Assert.Equal((new DateTime(2026, 7, 1, 23, 30, 0), kind), (date, date.Kind));
    }

    [Fact]
    public void A_block_is_full_by_its_signs_too()
    {
        var (block, text) = (new CsvBlock(1), new string('x', CsvBlock.MostSigns / 2));
        for (var i = 0; i < 2; i++)
        {
            Assert.False(block.IsFull);
            block.Begin(i + 1);
            block.Add(text);
        }
        Assert.True(block.IsFull);
        block.Clear();
        Assert.False(block.IsFull);
        Assert.Equal(Reject.MostOfValue + 1, Reject.Cut(text).Length);
    }

    [Fact]
    public void Dates_are_read_as_the_runtime_reads_them()
    {
        string[] formats = ["yyyy-MM-dd HH:mm:ss", "MM/dd/yyyy hh:mm:ss tt", "dd.MM.yyyy", "yyyyMMddHHmmss"];
        var chance = new SeededChance(5);
        for (var i = 0; i < 20_000; i++)
        {
            var format = formats[chance.Below(4)];
            var text = new DateTime(1990, 1, 1).AddSeconds(chance.Below(int.MaxValue)).ToString(format, CultureInfo.InvariantCulture);
            // One sign changed, every other time.
            if (i % 2 == 0) text = text.Remove(chance.Below(text.Length), 1).Insert(chance.Below(text.Length), "0123456789/ AP"[chance.Below(14)].ToString());
            var expected = DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);

            Assert.True((expected, expected ? date : default) == (new DateText(format).TryRead(text, out var read), expected ? read : default), $"“{text}” by {format}");
        }
    }

    [Theory]
    // Boston, 8 March 2015: 02:00 to 03:00 does not exist; 1 November: 01:00 to 02:00 comes twice.
    [InlineData("2015-03-08T01:59:59", "2015-03-08T06:59:59", false)]
    [InlineData("2015-03-08T02:30:00", "2015-03-08T07:30:00", true)]
    [InlineData("2015-03-08T03:00:00", "2015-03-08T07:00:00", false)]
    [InlineData("2015-11-01T00:59:59", "2015-11-01T04:59:59", false)]
    [InlineData("2015-11-01T01:30:00", "2015-11-01T05:30:00", true)]
    [InlineData("2015-11-01T02:00:00", "2015-11-01T07:00:00", false)]
    [InlineData("2015-06-30T23:30:00", "2015-07-01T03:30:00", false)]
    public void Clock_changes_are_read_as_the_remark_says(string local, string utc, bool isOdd)
    {
        var clock = LocalClock.Of("America/New_York");

        var read = clock.UtcOf(DateTime.Parse(local, CultureInfo.InvariantCulture), out var odd);

        Assert.Equal((DateTime.Parse(utc, CultureInfo.InvariantCulture), isOdd), (DateTime.SpecifyKind(read, DateTimeKind.Unspecified), odd));
    }

    [Fact]
    public void An_hour_that_comes_twice_is_the_second_where_the_first_would_lie_before_the_opening()
    {
        var clock = LocalClock.Of("America/New_York");
        var opened = new DateTime(2015, 11, 1, 5, 45, 0, DateTimeKind.Utc);

        Assert.Equal(new DateTime(2015, 11, 1, 6, 30, 0, DateTimeKind.Utc), clock.UtcOf(new(2015, 11, 1, 1, 30, 0), out _, opened));
        Assert.Equal(new DateTime(2015, 11, 1, 5, 50, 0, DateTimeKind.Utc), clock.UtcOf(new(2015, 11, 1, 1, 50, 0), out _, opened));
    }

    [Fact]
    public void Clocks_agree_with_the_runtime_and_with_themselves()
    {
        foreach (var name in (string[])["Europe/London", "America/New_York", "UTC", "Asia/Kathmandu"])
        {
            var (clock, zone, chance) = (LocalClock.Of(name), TimeZoneInfo.FindSystemTimeZoneById(name), new SeededChance(9));
            for (var i = 0; i < 20_000; i++)
            {
                var utc = new DateTime(2010, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(chance.Below(600_000_000));
                var local = clock.LocalOf(utc);
                Assert.Equal(TimeZoneInfo.ConvertTimeFromUtc(utc, zone), local);
                if (!zone.IsAmbiguousTime(local)) Assert.Equal(utc, clock.UtcOf(local, out _));
            }
        }
        Assert.Throws<MappingException>(() => LocalClock.Of("Northmoor/Town"));
    }

    [Fact]
    public void Days_weeks_and_months_count_from_1970()
    {
        Assert.Equal(0, ContactCalendar.Day(new(1970, 1, 1)));
        Assert.Equal(0, ContactCalendar.Week(3));
        Assert.Equal(1, ContactCalendar.Week(4));
        Assert.Equal(0, ContactCalendar.Month(new(1970, 1, 31)));
        for (var date = new DateOnly(1970, 1, 1); date.Year < 2149; date = date.AddDays(1))
        {
            var day = ContactCalendar.Day(date);
            Assert.Equal(date, ContactCalendar.DateOfDay(day));
            var monday = ContactCalendar.FirstDayOfWeek(ContactCalendar.Week(day));
            Assert.True(monday.DayOfWeek == DayOfWeek.Monday && date.DayNumber - monday.DayNumber is >= 0 and < 7);
            Assert.Equal(new DateOnly(date.Year, date.Month, 1), ContactCalendar.FirstDayOfMonth(ContactCalendar.Month(date)));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => ContactCalendar.Day(new(1969, 12, 31)));
    }

    [Fact]
    public void Every_duration_lies_in_its_step_and_steps_grow_by_8_percent()
    {
        Assert.Equal((0, 1, 2), (SecondsBin.Of(null), SecondsBin.Of(0), SecondsBin.Of(1)));
        Assert.Equal(255, SecondsBin.Of(int.MaxValue));
        var last = 0;
        for (var seconds = 1; seconds < 400_000_000; seconds += 1 + seconds / 200)
        {
            var bin = SecondsBin.Of(seconds);
            Assert.True(bin >= last && seconds >= SecondsBin.From(bin) && (bin == 255 || seconds < SecondsBin.From(bin + 1)));
            if (bin < 255) Assert.InRange(SecondsBin.Middle(bin) / seconds, 0.96, 1.04);
            last = bin;
        }
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@x", "'@x")]
    [InlineData("-5", "'-5")]
    [InlineData("+44 20", "'+44 20")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("=\"x\"", "\"'=\"\"x\"\"\"")]
    [InlineData("plain", "plain")]
    public void A_rejected_value_is_never_a_formula(string value, string field) => Assert.Equal(field, Csv.Field(value));

    [Fact]
    public void Texts_that_differ_have_digests_that_differ()
    {
        var seen = new HashSet<ulong>();
        for (var i = 0; i < 300_000; i++) Assert.True(seen.Add(ContentDigest.Of($"row {i} of something")));
        for (var n = 0; n < 200; n++) Assert.True(seen.Add(ContentDigest.Of(new string('\0', n))));
        // It is stored: the same text gives the same number for ever.
        Assert.Equal(14_182_537_112_407_112_478UL, ContentDigest.Of("524|phone|North"));
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("""{"name":"x","about":"x","kind":"contact","council":{"name":"x","label":"x","isSynthetic":false},"opened":{"columns":["a"],"formats":["yyyy"]},"colour":"red"}""", "colour")]
    [InlineData("""{"name":"x","about":"x","kind":"contact","council":{"name":"x","label":"x","isSynthetic":false},"opened":{"columns":[],"formats":["yyyy"]}}""", "at least one column")]
    [InlineData("""{"name":"x","about":"x","kind":"contact","council":{"name":"x","label":"x","isSynthetic":false},"opened":{"columns":["a"],"formats":["yyyy"]},"channel":"pigeon"}""", "“pigeon” is not a channel")]
    [InlineData("""{"name":"x","about":"x","kind":"contact","council":{"name":"x","label":"x","isSynthetic":false,"zone":"Moon/Base"},"opened":{"columns":["a"],"formats":["yyyy"]}}""", "Moon/Base")]
    [InlineData("""{"name":"x","about":"x","council":{"name":"x","label":"x","isSynthetic":false},"opened":{"columns":["a"],"formats":["yyyy"]}}""", "kind")]
    public void A_mapping_that_is_not_in_order_says_so(string json, string message) =>
        Assert.Contains(message, Assert.Throws<MappingException>(() => Mapping.Parse(json, "x")).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_shipped_mapping_can_be_used_and_an_unknown_one_names_them()
    {
        Assert.NotEmpty(Mapping.Shipped);
        foreach (var name in Mapping.Shipped) Assert.Equal(name, Mapping.Find(name).Name);
        Assert.Contains("boston311", Assert.Throws<MappingException>(() => Mapping.Find("nowhere")).Message, StringComparison.Ordinal);
    }

    private static List<string> ByScanner(string text)
    {
        var scanner = new CsvScanner(new Drip(text), ',', new());
        var records = new List<string>();
        while (scanner.Read()) records.Add(string.Join('|', Enumerable.Range(0, scanner.Count).Select(i => scanner.Field(i).ToString())));
        return records;
    }

    private static List<string> ByCsvHelper(string text)
    {
        using var parser = new CsvParser(new StringReader(text), CultureInfo.InvariantCulture);
        var records = new List<string>();
        while (parser.Read()) records.Add(string.Join('|', parser.Record!));
        return records;
    }

    /// <summary>Gives a text in small parts of changing size, so that every place is once at a border.</summary>
    private sealed class Drip(string text) : TextReader
    {
        private int _at;

        public override int Read(char[] buffer, int index, int count)
        {
            var length = Math.Min(Math.Min(1 + _at % 3, count), text.Length - _at);
            text.CopyTo(_at, buffer, index, length);
            _at += length;
            return length;
        }
    }
}
