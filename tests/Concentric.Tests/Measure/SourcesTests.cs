using Concentric.Measure.Sources;

namespace Concentric.Tests.Measure;

[Trait("Database", "none")]
public sealed class RhythmTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_usual_is_the_median_time_between_two_imports()
    {
        var rhythm = Rhythm.Of([Monday.AddDays(21), Monday, Monday.AddDays(7), Monday.AddDays(22)])!;

        Assert.Equal((Monday.AddDays(22), TimeSpan.FromDays(7)), (rhythm.Last, rhythm.Usual));
    }

    [Fact]
    public void A_file_is_late_when_half_as_long_again_as_usual_has_passed()
    {
        var rhythm = Rhythm.Of([Monday, Monday.AddDays(7), Monday.AddDays(14)])!;

        Assert.Null(rhythm.LateBy(Monday.AddDays(24)));
        Assert.Equal(TimeSpan.FromDays(4), rhythm.LateBy(Monday.AddDays(25)));
        Assert.Equal("Late by 4 days: one comes every 7 days", rhythm.InWords(Monday.AddDays(25)));
    }

    [Fact]
    public void Two_imports_are_too_few_for_a_rhythm() =>
        Assert.Equal("Too few imports to know a rhythm", Rhythm.Of([Monday, Monday.AddDays(7)])!.InWords(Monday.AddDays(99)));
}
