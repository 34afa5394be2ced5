using Concentric.Core;
using Concentric.Serve.Search;

namespace Concentric.Tests.Serve.Search;

/// <summary>What was mistyped meets what is meant, and nothing else.</summary>
[Trait("Database", "none")]
public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("O’Brien-Łuksza, 12 Elm Road", "obrien łuksza 12 elm")]
    [InlineData("José  d'Arc", "jose darc")]
    [InlineData("Mr A Smith of the Lane", "smith")]
    [InlineData("", "")]
    public void Words_are_taken_as_they_are_looked_for(string text, string words) => Assert.Equal(words, string.Join(' ', SearchWords.Of(text)));

    [Theory]
    [InlineData("smith", "smtih", 1)]
    [InlineData("smith", "smyth", 1)]
    [InlineData("lee", "lea", null)]
    [InlineData("marsh", "mrhs", null)]
    [InlineData("williamson", "wiliamsen", 2)]
    [InlineData("williamson", "wiliamsn", 2)]
    [InlineData("elm", "elm", 0)]
    [InlineData("2024", "2025", null)]
    public void One_edit_is_allowed_from_four_letters_and_two_from_eight(string word, string typed, int? edits) => Assert.Equal(edits, SearchWords.Near(typed, word));

    [Fact]
    public void Whatever_is_near_enough_shares_a_key()
    {
        var chance = new Random(7);
        for (var i = 0; i < 3000; i++)
        {
            var word = Word(chance, chance.Next(1, 13));
            var typed = word;
            for (var edit = 0; edit < SearchWords.Allowed(word); edit++) typed = Edit(chance, typed);
            if (SearchWords.Near(typed, word) is null) continue;
            Assert.True(SearchWords.Kept(word).Intersect(SearchWords.LookedFor(typed)).Any(), $"{typed} does not meet {word}");
        }
    }

    [Fact]
    public void A_reference_with_one_wrong_sign_or_a_swap_is_guessed()
    {
        var meant = Reference.Of(1_234_567_890);
        var text = $"{meant}";
        for (var at = 3; at < text.Length; at++)
        {
            if (text[at] == '-') continue;
            foreach (var wrong in "0OIL1AZ9".Where(w => w != text[at])) Assert.Contains(meant, ReferenceGuess.Of(string.Concat(text.AsSpan(0, at), [wrong], text.AsSpan(at + 1))));
        }
        Assert.Empty(ReferenceGuess.Of("Marsh"));
        Assert.Empty(ReferenceGuess.Of("CN-0000-0000"));
    }

    [Theory]
    [InlineData("ls1 4ap", "LS1 4AP", "")]
    [InlineData("marsh LS14AP", "LS1 4AP", "marsh")]
    [InlineData("2 elm road l s 1 4 a p", "LS1 4AP", "2 elm road")]
    [InlineData("LS1  4A P, elm", "LS1 4AP", "elm")]
    [InlineData("marsh", null, "marsh")]
    public void A_postcode_is_read_wherever_its_spaces_are(string typed, string? postcode, string others)
    {
        var found = FindCitizens.Postcode(typed);
        Assert.Equal(postcode, found.Postcode);
        Assert.Equal(others, found.Others);
    }

    private static string Word(Random chance, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + chance.Next(5))));

    private static string Edit(Random chance, string word)
    {
        var at = chance.Next(word.Length);
        return chance.Next(4) switch
        {
            0 => word.Insert(at, "x"),
            1 when word.Length > 1 => word.Remove(at, 1),
            2 when at + 1 < word.Length => $"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}",
            _ => $"{word[..at]}y{word[(at + 1)..]}",
        };
    }
}
