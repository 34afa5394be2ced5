using Concentric.Core;

namespace Concentric.Tests.Core;

public sealed class WordsTests
{
    private const string Signs = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    [Theory]
    [InlineData("sw1a1aa", "SW1A 1AA")]
    [InlineData(" E1  6AN ", "E1 6AN")]
    [InlineData("m60-1nw", "M60 1NW")]
    [InlineData("ec1v9lb", "EC1V 9LB")]
    public void A_postcode_is_written_one_way(string typed, string written)
    {
        Assert.True(Postcode.TryParse(typed, out var postcode));
        Assert.Equal(written, postcode.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("SW1A")]
    [InlineData("QQ1 1AA")]
    [InlineData("SW1A 1CA")]
    [InlineData("12345")]
    public void What_is_not_a_postcode_is_refused(string typed) => Assert.False(Postcode.TryParse(typed, out _));

    [Theory]
    [InlineData("12", 1200, "£12")]
    [InlineData("£1,234.50", 123450, "£1,234.50")]
    [InlineData("-0.05", -5, "-£0.05")]
    public void Money_is_whole_pence(string typed, long pence, string written)
    {
        Assert.True(Money.TryParse(typed, out var money));
        Assert.Equal(pence, money.Pence);
        Assert.Equal(written, money.ToString());
    }

    [Theory]
    [InlineData("1.005")]
    [InlineData("€5")]
    [InlineData("12p")]
    [InlineData("99999999999999999999")]
    public void What_is_not_whole_pence_is_refused(string typed) => Assert.False(Money.TryParse(typed, out _));

    [Fact]
    public void Money_that_would_overflow_throws() => Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));

    [Fact]
    public void A_reference_is_read_as_people_type_it()
    {
        var reference = Reference.New();
        var signs = $"{reference}".Replace("-", "", StringComparison.Ordinal);

        foreach (var typed in (string[])[$"{reference}", signs.ToLowerInvariant(), signs[2..], $" {reference.ToString().Replace('-', ' ')} "])
        {
            Assert.True(Reference.TryParse(typed, out var read), typed);
            Assert.Equal(reference, read);
        }
    }

    [Fact]
    public void A_reference_holds_no_sign_that_is_mistaken_for_another() =>
        Assert.All(Enumerable.Range(0, 200), _ => Assert.DoesNotContain($"{Reference.New()}"[3..], c => "0O1IL".Contains(c, StringComparison.Ordinal)));

    [Fact]
    public void One_wrong_sign_in_a_reference_is_always_found()
    {
        foreach (var number in (ulong[])[0, 1, 31, 123_456_789, 27_512_614_110])
        {
            var signs = Reference.Of(number).ToString().Replace("-", "", StringComparison.Ordinal)[2..];
            for (var place = 0; place < signs.Length; place++)
                foreach (var other in Signs.Where(s => s != signs[place]))
                    Assert.False(Reference.TryParse(signs[..place] + other + signs[(place + 1)..], out _));
        }
    }

    [Fact]
    public void Two_swapped_signs_in_a_reference_are_always_found()
    {
        foreach (var number in (ulong[])[12_345, 987_654_321, 20_000_000_001])
        {
            var signs = Reference.Of(number).ToString().Replace("-", "", StringComparison.Ordinal)[2..];
            for (var place = 0; place + 1 < signs.Length; place++)
                if (signs[place] != signs[place + 1])
                    Assert.False(Reference.TryParse(signs[..place] + signs[place + 1] + signs[place] + signs[(place + 2)..], out _));
        }
    }

    [Theory]
    [InlineData("Ring me on 07700 900123 or 0161 496 0000", "Ring me on [telephone number] or [telephone number]")]
    [InlineData("Write to ada.marsh+bins@example.co.uk please", "Write to [email address] please")]
    [InlineData("My NI number is AB 12 34 56 C", "My NI number is [National Insurance number]")]
    [InlineData("I live at 14 Elm Road, NM1 4AB", "I live at [address], [postcode]")]
    [InlineData("my name is Ada Marsh and my bin was missed", "my name is [name] and my bin was missed")]
    [InlineData("Mrs Marsh was born on 3 March 1946", "[name] was born on [date of birth]")]
    [InlineData("card 4929 1234 5678 9012", "card [card number]")]
    [InlineData("sort code 20-45-12 account 12345678", "sort code [sort code] account [number]")]
    public void Masking_takes_out_what_tells_who_they_are(string said, string masked) => Assert.Equal(masked, Masking.Mask(said));

    [Theory]
    [InlineData("My bin was missed on Tuesday, for the 3rd time since 12 September 2025")]
    [InlineData("I was charged £145.50 twice in band D")]
    [InlineData("The number 42 bus stop outside the library is broken")]
    [InlineData("I reported it 10 days ago under CN-7K2M-4QXT")]
    public void Masking_leaves_what_they_wanted(string said) => Assert.Equal(said, Masking.Mask(said));

    [Fact]
    public void Masking_what_is_masked_changes_nothing()
    {
        const string said = "I am Mr Ben Otieno, 14 Elm Road, ben@example.com, 07700 900123";

        Assert.Equal(Masking.Mask(said), Masking.Mask(Masking.Mask(said)));
    }
}
