using Concentric.Serve.CallBacks;
using Concentric.Serve.Calls;

namespace Concentric.Tests.Serve;

/// <summary>How a call stands follows from its events, whatever their order.</summary>
public sealed class CallStateTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_events_in_any_order_are_the_same_call_and_none_is_refused()
    {
        CallEvent[] all = [Of(CallEventKind.Started, 0, "Bins"), Of(CallEventKind.Answered, 70), Of(CallEventKind.Transferred, 130, "Ignored"), Of(CallEventKind.Answered, 150), Of(CallEventKind.Ended, 400)];
        var expected = CallState.Of(all);
        Assert.Equal((70, 330, 1, "Bins", false, "ended"), (expected.Wait, expected.Talk, expected.Transfers, expected.Line, expected.IsAbandoned, expected.Word));

        foreach (var order in Orders([0, 1, 2, 3, 4]))
        {
            var known = new List<CallEvent>();
            foreach (var i in order)
            {
                Assert.Null(CallState.Refusal(known, all[i].Kind, all[i].At));
                known.Add(all[i]);
            }
            Assert.Equal(expected, CallState.Of(known));
        }
    }

    [Theory]
    [InlineData("Ended", -1, "at", "The call was answered at 2026-03-02T09:01:10Z, so that it cannot have ended earlier")]
    [InlineData("Started", 71, "at", "The call was answered at 2026-03-02T09:01:10Z, so that it cannot have started later")]
    public void What_came_before_is_held_against_what_comes_after(string kind, int second, string field, string message) =>
        Assert.Equal((field, message), CallState.Refusal([Of(CallEventKind.Answered, 70)], Enum.Parse<CallEventKind>(kind), Nine.AddSeconds(second)));

    [Fact]
    public void A_call_starts_once_and_ends_once_and_nothing_of_it_lies_outside()
    {
        CallEvent[] known = [Of(CallEventKind.Started, 0), Of(CallEventKind.Ended, 100)];

        Assert.All(
            (IEnumerable<(CallEventKind, int)>)[(CallEventKind.Started, -5), (CallEventKind.Ended, 200), (CallEventKind.Answered, -1), (CallEventKind.Answered, 101), (CallEventKind.Transferred, 101)],
            e => Assert.Equal("at", CallState.Refusal(known, e.Item1, Nine.AddSeconds(e.Item2))?.Field));
        Assert.Null(CallState.Refusal(known, CallEventKind.Answered, Nine));
        Assert.Null(CallState.Refusal(known, CallEventKind.Transferred, Nine.AddSeconds(100)));
        Assert.Equal("call", CallState.Refusal([.. Enumerable.Range(1, Call.MostEvents).Select(n => Of(CallEventKind.Transferred, n))], CallEventKind.Transferred, Nine.AddHours(1))?.Field);
    }

    [Fact]
    public void An_end_without_an_answer_is_abandoned_and_one_that_was_not_reported_is_not_guessed()
    {
        var abandoned = CallState.Of([Of(CallEventKind.Started, 0), Of(CallEventKind.Ended, 45)]);
        var open = CallState.Of([Of(CallEventKind.Answered, 10)]);
        List<CallState> calls = [abandoned, open, .. Enumerable.Range(1, 10).Select(n => CallState.Of([Of(CallEventKind.Started, 0), Of(CallEventKind.Answered, n), Of(CallEventKind.Ended, 100 + n)]))];

        var figures = CallFigures.Of(calls);
        var few = CallFigures.Of(calls[..3]);

        Assert.Equal((true, 45, (int?)null, "abandoned"), (abandoned.IsAbandoned, abandoned.Wait, abandoned.Talk, abandoned.Word));
        Assert.Equal((12, 11, 1, 1, 10, 5, 9, 10, 100), (figures.Calls, figures.Answered, figures.Abandoned, figures.NotEnded, figures.Waits, figures.MedianWait, figures.LongWait, figures.Talks, figures.MedianTalk));
        Assert.Equal((1, 12), (figures.ShareAbandoned!.Value.Part, figures.ShareAbandoned.Value.Whole));
        Assert.Equal((1, (int?)null), (few.MedianWait, few.LongWait));
        Assert.Null(CallFigures.Of([CallState.Unheard]).ShareAbandoned);
    }

    [Theory]
    [InlineData("2026-03-02T09:30:00Z", "09:30:00.000000")]
    [InlineData("2026-03-02T10:30:00+01:00", "09:30:00.000000")]
    [InlineData("2026-03-02T09:30Z", "09:30:00.000000")]
    [InlineData("2026-03-02T09:30:00.1234567Z", "09:30:00.123456")]
    [InlineData("2026-03-02T09:30:00", null)]
    [InlineData("2026-03-02", null)]
    [InlineData("02/03/2026 09:30 +00:00", null)]
    [InlineData("now", null)]
    [InlineData(null, null)]
    public void A_moment_says_its_offset(string? text, string? utc) => Assert.Equal(utc, SendCall.Moment(text)?.UtcDateTime.ToString("HH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2pm", "14:00")]
    [InlineData("2.30 pm", "14:30")]
    [InlineData("2:30 P.M.", "14:30")]
    [InlineData("14:30", "14:30")]
    [InlineData("12pm", "12:00")]
    [InlineData("12am", "00:00")]
    [InlineData("Midday", "12:00")]
    [InlineData("11", "11:00")]
    [InlineData("9:15", "09:15")]
    [InlineData("2", null)]
    [InlineData("2:30", null)]
    [InlineData("13pm", null)]
    [InlineData("14:60", null)]
    [InlineData("25:00", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void A_time_of_the_day_is_read_as_people_type_it(string typed, string? read) => Assert.Equal(read, TimeOfDay.Read(typed)?.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));

    private static CallEvent Of(CallEventKind kind, int second, string? line = null) => new() { CallId = Guid.Empty, Kind = kind, At = Nine.AddSeconds(second), Line = line };

    private static IEnumerable<int[]> Orders(int[] left) => left.Length == 0 ? [[]] : left.SelectMany(i => Orders([.. left.Where(o => o != i)]).Select(rest => (int[])[i, .. rest]));
}
