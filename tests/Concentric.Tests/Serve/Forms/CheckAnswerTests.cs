using Concentric.Serve.Forms;
using static Concentric.Tests.Serve.Forms.ReadAnswerTests;

namespace Concentric.Tests.Serve.Forms;

[Trait("Database", "none")]
public sealed class CheckAnswerTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Theory]
    [InlineData(QuestionKind.Text, "Enter your answer", "Rhowch eich ateb")]
    [InlineData(QuestionKind.Date, "Enter your answer", "Rhowch eich ateb")]
    [InlineData(QuestionKind.Email, "Enter your answer", "Rhowch eich ateb")]
    [InlineData(QuestionKind.Address, "Enter your answer", "Rhowch eich ateb")]
    [InlineData(QuestionKind.Radios, "Select your answer", "Dewiswch eich ateb")]
    [InlineData(QuestionKind.Checkboxes, "Select your answer", "Dewiswch eich ateb")]
    [InlineData(QuestionKind.File, "Select your answer", "Dewiswch eich ateb")]
    [InlineData(QuestionKind.YesNo, "Select yes if your answer", "Dewiswch ydw neu oes os eich ateb")]
    [InlineData(QuestionKind.Declaration, "Confirm that your answer", "Cadarnhewch fod eich ateb")]
    [InlineData(QuestionKind.Place, "Enter where it is, on the map or in words", "Rhowch ble mae, ar y map neu mewn geiriau")]
    public void Nothing_is_missing_unless_it_is_optional(QuestionKind kind, string english, string welsh)
    {
        var problem = Check(Q(kind), Value.Nothing)!;

        Assert.Equal(("missing", new LocalText(english, welsh)), (problem.Code, problem.Message));
        Assert.Null(Check(Q(kind) with { Optional = true }, Value.Nothing));
        Assert.NotNull(Check(Q(kind), Value.Of(Array.Empty<Value>())));
    }

    [Theory]
    [InlineData(QuestionKind.Number, "1.5", "", "", "Your answer must be a whole number, like 30", "Rhaid i eich ateb fod yn rhif cyfan, fel 30")]
    [InlineData(QuestionKind.Number, "ten", "", "", "Your answer must be a whole number, like 30", null)]
    [InlineData(QuestionKind.Number, "4", "5", "9", "Your answer must be 5 or more", "Rhaid i eich ateb fod yn 5 neu fwy")]
    [InlineData(QuestionKind.Number, "5", "5", "9", null, null)]
    [InlineData(QuestionKind.Number, "9", "5", "9", null, null)]
    [InlineData(QuestionKind.Number, "1000", "5", "999 + 0", "Your answer must be 999 or fewer", "Rhaid i eich ateb fod yn 999 neu lai")]
    [InlineData(QuestionKind.Number, "4", "1 / 0", "", null, null)]
    [InlineData(QuestionKind.Money, "£1.234", "", "", "Your answer must be an amount of money, like 25 or 25.99", "Rhaid i eich ateb fod yn swm o arian, fel 25 neu 25.99")]
    [InlineData(QuestionKind.Money, "lots", "", "", "Your answer must be an amount of money, like 25 or 25.99", null)]
    [InlineData(QuestionKind.Money, "1,234.50", "", "1000", "Your answer must be £1,000 or less", "Rhaid i eich ateb fod yn £1,000 neu lai")]
    [InlineData(QuestionKind.Money, "0.10", "0.5", "", "Your answer must be £0.50 or more", null)]
    [InlineData(QuestionKind.Money, "25.99", "0.5", "1000", null, null)]
    public void Numbers_and_money_are_within_their_limits(QuestionKind kind, string typed, string min, string max, string? english, string? welsh)
    {
        var question = Q(kind) with { Min = min.Length > 0 ? min : null, Max = max.Length > 0 ? max : null };

        var problem = Check(question, ReadAnswer.Of(question, new Fields().Set("q", typed)));

        Assert.Equal(english, problem?.Message.En);
        if (welsh is not null) Assert.Equal(welsh, problem!.Message.Cy);
    }

    [Theory]
    [InlineData(QuestionKind.Email, "ada@example.com", "grace@example.org")]
    [InlineData(QuestionKind.Phone, "01632 960 001", "07700 900 982")]
    [InlineData(QuestionKind.Website, "https://www.example.com", "https://www.elsewhere.com")]
    public void An_email_address_phone_number_or_website_is_held_to_the_questions_own_limits(QuestionKind kind, string right, string other)
    {
        var (short1, pattern) = (Q(kind) with { MaxLength = right.Length - 1 }, Q(kind) with { Pattern = System.Text.RegularExpressions.Regex.Escape(right) });

        Assert.Null(Check(Q(kind) with { MaxLength = right.Length }, Value.Of(right)));
        Assert.Equal("too-long", Check(short1, Value.Of(right))!.Code);
        Assert.Null(Check(pattern, Value.Of(right)));
        Assert.Equal("format", Check(pattern, Value.Of(other))!.Code);
    }

    [Fact]
    public void Where_characters_and_words_are_counted_both_count()
    {
        var question = Q(QuestionKind.LongText) with { MaxLength = 20, MaxWords = 3 };

        Assert.Null(Check(question, Value.Of("one two three")));
        Assert.Equal("too-long", Check(question, Value.Of("one two threeeeeeeeeeeeeeeeeee"))!.Code);
        Assert.Equal("too-long", Check(question, Value.Of("a b c d"))!.Code);
        Assert.Null(Check(question with { MaxLength = null }, Value.Of($"{new string('a', 5000)} b")));
    }

    [Fact]
    public void A_number_with_decimals_has_as_many_as_the_form_allows()
    {
        var question = Q(QuestionKind.Number) with { Decimals = 1 };

        Assert.Null(Check(question, Value.Of(1.5m)));
        Assert.Equal("Your answer must have 1 decimal places or fewer", Check(question, Value.Of(1.55m))!.Message.En);
        Assert.Equal("Your answer must be a number, like 30", Check(question, Value.Of("x"))!.Message.En);
        Assert.Null(Check(question with { Decimals = 99 }, Value.Of(1.55m)));
    }

    [Theory]
    [InlineData("2026-11-20", "", "today()", null, null)]
    [InlineData("2026-11-21", "", "today()", "Your answer must be today or in the past", "Rhaid i eich ateb fod heddiw neu yn y gorffennol")]
    [InlineData("2026-11-20", "", "add-days(today(), -1)", "Your answer must be in the past", "Rhaid i eich ateb fod yn y gorffennol")]
    [InlineData("2026-11-19", "today()", "", "Your answer must be today or in the future", "Rhaid i eich ateb fod heddiw neu yn y dyfodol")]
    [InlineData("2026-11-20", "add-days(today(), 1)", "", "Your answer must be in the future", "Rhaid i eich ateb fod yn y dyfodol")]
    [InlineData("2025-12-31", "date('2026-01-01')", "", "Your answer must be the same as or after 1 January 2026", "Rhaid i eich ateb fod yr un fath â 1 Ionawr 2026 neu ar ei ôl")]
    [InlineData("2027-01-01", "", "date('2026-12-31')", "Your answer must be the same as or before 31 December 2026",
        "Rhaid i eich ateb fod yr un fath â 31 Rhagfyr 2026 neu cyn hynny")]
    public void Dates_are_within_their_limits(string date, string min, string max, string? english, string? welsh)
    {
        var question = Q(QuestionKind.Date) with { Min = min.Length > 0 ? min : null, Max = max.Length > 0 ? max : null };

        var problem = Check(question, Value.Of(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal((english, welsh), (problem?.Message.En, problem?.Message.Cy));
    }

    [Theory]
    [InlineData("", "2", "2026", "Your answer must include a day", "q", "Rhaid i eich ateb gynnwys diwrnod")]
    [InlineData("1", "", "2026", "Your answer must include a month", "q-month", "Rhaid i eich ateb gynnwys mis")]
    [InlineData("1", "", "", "Your answer must include a month and year", "q-month", "Rhaid i eich ateb gynnwys mis a blwyddyn")]
    [InlineData("", "", "2026", "Your answer must include a day and month", "q", "Rhaid i eich ateb gynnwys diwrnod a mis")]
    [InlineData("31", "2", "2026", "Your answer must be a real date", "q", "Rhaid i eich ateb fod yn ddyddiad go iawn")]
    public void A_date_that_is_none_says_what_is_missing(string day, string month, string year, string english, string field, string welsh)
    {
        var problem = Check(Q(QuestionKind.Date), ReadAnswer.Of(Q(QuestionKind.Date), new Fields().Set("q.Day", day).Set("q.Month", month).Set("q.Year", year)))!;

        Assert.Equal((english, welsh, field, "format"), (problem.Message.En, problem.Message.Cy, problem.Field, problem.Code));
    }

    [Theory]
    [InlineData("01632 960 001", true)]
    [InlineData("+44 808 157 0192", true)]
    [InlineData("(01632) 960001", true)]
    [InlineData("+44 (0)1632 960001", true)]
    [InlineData("07700.900.982", true)]
    [InlineData("00 1 202-555-0143", true)]
    [InlineData("12345", false)]
    [InlineData("0163296000 ext five", false)]
    [InlineData("01632+960001", false)]
    [InlineData("1234567890123456", false)]
    [InlineData("٠١٦٣٢٩٦٠٠٠١", false)]
    public void A_phone_number_is_taken_as_people_write_it(string typed, bool good)
    {
        var problem = Check(Q(QuestionKind.Phone), Value.Of(typed));

        if (good) Assert.Null(problem);
        else Assert.Equal(("Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192",
            "Rhowch rif ffôn, fel 01632 960 001, 07700 900 982 neu +44 808 157 0192"), (problem!.Message.En, problem.Message.Cy));
    }

    [Theory]
    [InlineData(QuestionKind.Email, "ada@example.com", null)]
    [InlineData(QuestionKind.Email, "ada@example", "Enter an email address in the correct format, like name@example.com")]
    [InlineData(QuestionKind.Email, "a@b.c,d@e.f", "Enter an email address in the correct format, like name@example.com")]
    [InlineData(QuestionKind.Website, "https://example.com/x?y=1", null)]
    [InlineData(QuestionKind.Website, "javascript:alert(1)", "Enter a website address in the correct format, like https://www.example.com")]
    [InlineData(QuestionKind.Website, "ftp://example.com", "Enter a website address in the correct format, like https://www.example.com")]
    [InlineData(QuestionKind.Website, "http://localhost", "Enter a website address in the correct format, like https://www.example.com")]
    [InlineData(QuestionKind.Radios, "a", null)]
    [InlineData(QuestionKind.Radios, "A", "Select your answer from the list")]
    [InlineData(QuestionKind.Radios, "<script>", "Select your answer from the list")]
    [InlineData(QuestionKind.Select, "b", null)]
    [InlineData(QuestionKind.Autocomplete, "elsewhere", "Select your answer from the list")]
    public void Addresses_of_the_net_and_choices_are_checked(QuestionKind kind, string typed, string? message) =>
        Assert.Equal(message, Check(WithChoices(kind), Value.Of(typed))?.Message.En);

    [Theory]
    [InlineData("a", null)]
    [InlineData("a,b", null)]
    [InlineData("none", null)]
    [InlineData("a,none", "Select your answer, or select “None”")]
    [InlineData("x", "Select your answer from the list")]
    [InlineData("a,b,c", "Select 2 or fewer")]
    public void Boxes_are_checked(string ticked, string? message) =>
        Assert.Equal(message, Check(WithChoices(QuestionKind.Checkboxes) with { AtMost = 2 }, Value.Of(ticked.Split(',')))?.Message.En);

    [Fact]
    public void As_many_boxes_as_the_form_says_are_ticked_or_the_one_that_stands_alone()
    {
        var question = WithChoices(QuestionKind.Checkboxes) with { AtLeast = 2 };

        Assert.Equal(new LocalText("Select at least 2", "Dewiswch o leiaf 2"), Check(question, Value.Of(["a"]))!.Message);
        Assert.Null(Check(question, Value.Of(["none"])));
    }

    [Theory]
    [InlineData("1 High Street", "Leeds", "LS1 4AP", null, null)]
    [InlineData("", "", "LS1 4AP", "Enter address line 1, typically the building and street", "q.line1")]
    [InlineData("", "", "LS1", "Enter a full UK postcode, like LS1 4AP", "q.postcode")]
    [InlineData("1 High Street", "", "LS1 4AP", "Enter town or city", "q.town")]
    [InlineData("1 High Street", "Leeds", "", "Enter postcode", "q.postcode")]
    [InlineData("1 High Street", "Leeds", "nowhere", "Enter a full UK postcode, like LS1 4AP", "q.postcode")]
    public void An_address_has_its_lines(string line1, string town, string postcode, string? message, string? field)
    {
        var question = Q(QuestionKind.Address);

        var problem = Check(question, ReadAnswer.Of(question, new Fields().Set("q.line1", line1).Set("q.town", town).Set("q.postcode", postcode)));

        Assert.Equal((message, field), (problem?.Message.En, problem?.Field));
    }

    [Fact]
    public void A_number_of_a_property_that_is_none_is_refused()
    {
        var question = Q(QuestionKind.Address);
        var typed = new Fields().Set("q.line1", "1 High Street").Set("q.town", "Leeds").Set("q.postcode", "LS1 4AP").Set("q.uprn", "1; DROP TABLE");

        Assert.Equal("Select an address, or enter it yourself", Check(question, ReadAnswer.Of(question, typed))!.Message.En);
        Assert.Null(Check(question, ReadAnswer.Of(question, typed.Set("q.uprn", "72000001"))));
    }

    [Theory]
    [InlineData("53.8", "-1.55", "", null)]
    [InlineData("", "", "by the gate", null)]
    [InlineData("53.8", "", "", "Longitude must be a number from -9 to 2, like -1.55")]
    [InlineData("", "-1.55", "by the gate", "Latitude must be a number from 49 to 61, like 53.80")]
    [InlineData("north", "-1.55", "", "Latitude must be a number from 49 to 61, like 53.80")]
    [InlineData("53.8", "151", "", "Longitude must be a number from -9 to 2, like -1.55")]
    public void A_place_is_on_the_map_or_in_words(string north, string east, string words, string? message)
    {
        var question = Q(QuestionKind.Place);

        Assert.Equal(message, Check(question, ReadAnswer.Of(question, new Fields().Set("q.latitude", north).Set("q.longitude", east).Set("q.words", words)))?.Message.En);
    }

    [Fact]
    public void Text_is_as_long_and_as_formed_as_the_form_says()
    {
        var question = Q(QuestionKind.Text) with { MaxLength = 5, Pattern = "[a-z]+" };

        Assert.Null(Check(question, Value.Of("abcde")));
        Assert.Equal(new LocalText("Your answer must be 5 characters or less", "Rhaid i eich ateb fod yn 5 nod neu lai"), Check(question, Value.Of("abcdef"))!.Message);
        Assert.Equal(new LocalText("Your answer must be in the correct format", "Rhaid i eich ateb fod yn y fformat cywir"), Check(question, Value.Of("ab1"))!.Message);
        Assert.NotNull(Check(question, Value.Of("abc\n")));
        Assert.Equal("Your answer must be 200 characters or less", Check(Q(QuestionKind.Text), Value.Of(new string('a', 201)))!.Message.En);
        Assert.Equal("Your answer must be 4,000 characters or less", Check(Q(QuestionKind.LongText), Value.Of(new string('a', 4001)))!.Message.En);
        Assert.Equal("Your answer must be 3 words or less", Check(Q(QuestionKind.LongText) with { MaxWords = 3 }, Value.Of("one two  three\nfour"))!.Message.En);
        Assert.Null(Check(Q(QuestionKind.LongText) with { MaxWords = 3 }, Value.Of("one two  three")));
    }

    [Theory]
    [InlineData("a)|(?:b")]
    [InlineData("(a")]
    [InlineData("(?<=a)b")]
    [InlineData(@"(a)\1")]
    public void A_pattern_that_cannot_be_used_is_none(string pattern) => Assert.Null(Patterns.Of(pattern));

    [Fact]
    public void A_pattern_that_would_run_away_elsewhere_does_not_here()
    {
        var question = Q(QuestionKind.LongText) with { Pattern = "(a+)+b", MaxLength = 20_000 };

        Assert.NotNull(Check(question, Value.Of(new string('a', 20_000))));
        Assert.NotNull(Check(question with { Pattern = "(x{30}){30}y" }, Value.Of(new string('x', 20_000))));
    }

    internal static Question WithChoices(QuestionKind kind) => Q(kind) with
    {
        Choices = kind is QuestionKind.Radios or QuestionKind.Checkboxes or QuestionKind.Select or QuestionKind.Autocomplete
            ? [new("a", "A"), new("b", "B"), new("c", "C"), new("none", "None") { Alone = true }] : [],
    };

    internal static Scope Knows(Value value) => new(name => name == "q" ? value : Value.Nothing, Today);

    internal static Problem? Check(Question question, Value value) => CheckAnswer.Of(question, FormOf(question), value, Knows(value));
}
