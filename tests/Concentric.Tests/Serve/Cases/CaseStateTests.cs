using Concentric.Core;
using Concentric.Core.People;
using Concentric.Serve.Cases;

namespace Concentric.Tests.Serve.Cases;

[Trait("Database", "none")]
public sealed class CaseStateTests
{
    // Monday.
    private static readonly DateTimeOffset Begun = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly WorkingCalendar Calendar = new(Nation.EnglandAndWales, []);

    internal static readonly Process Small = new()
    {
        Id = "small", Title = "Small", Team = "Highways", PromiseDays = 10,
        Stages = [new("look", "We are looking", "We will tell you what we found."), new("mend", "We are mending it", "We mend it.")],
        Nodes =
        [
            new() { Id = "look", Kind = NodeKind.Step, Name = "Look at it", Stage = "look", Who = [Role.Officer], Days = 2, Next = [new("both", "Ours"), new("refused", "Not bad enough")] },
            new() { Id = "both", Kind = NodeKind.Split, Name = "Both", Next = [new("mend"), new("tell")] },
            new() { Id = "tell", Kind = NodeKind.Letter, Name = "Tell them", Letter = "ours", Next = [new("quiet")] },
            new() { Id = "quiet", Kind = NodeKind.Wait, Name = "Let it dry", Stage = "mend", Days = 3, Next = [new("together")] },
            new() { Id = "mend", Kind = NodeKind.Step, Name = "Mend it", Stage = "mend", Who = [Role.Officer], Days = 5, Next = [new("together")] },
            new() { Id = "together", Kind = NodeKind.Join, Name = "Together", Next = [new("check")] },
            new() { Id = "check", Kind = NodeKind.Step, Name = "Check it", Stage = "mend", Who = [Role.Officer], NotBy = ["mend"], Next = [new("done", "Good"), new("mend-again", "Not good")] },
            new() { Id = "mend-again", Kind = NodeKind.Step, Name = "Mend it again", Stage = "mend", Who = [Role.Officer], Next = [new("check")] },
            new() { Id = "done", Kind = NodeKind.End, Name = "Mended", Outcome = CaseOutcome.Done, Says = "We mended it." },
            new() { Id = "refused", Kind = NodeKind.End, Name = "Refused", Outcome = CaseOutcome.Refused, Says = "It is not bad enough." },
        ],
        Letters = [new("ours", "We will mend it", "We will mend {reference}.")],
        ReopenAt = "mend-again",
    };

    [Fact]
    public void The_process_of_these_tests_is_sound() => Assert.Empty(ProcessCheck.Of(Small));

    [Fact]
    public void A_case_begins_at_its_first_step_and_is_due_in_working_days()
    {
        var state = Of();

        var open = Assert.Single(state.Open);
        Assert.Equal(("look", new DateOnly(2026, 3, 4)), (open.Id, open.DueOn!.Value));
        Assert.Equal(new(2026, 3, 16), state.DueOn());
        Assert.Equal(new(2026, 3, 5), state.DueOn(3));
        Assert.Equal("look", state.Stage!.Id);
    }

    [Fact]
    public void Ways_that_part_are_both_open_and_join_once_both_are_done()
    {
        var parted = Of(Done("look", "both", days: 1));
        Assert.Equal(["quiet", "mend"], parted.Open.Select(o => o.Id));
        Assert.Equal("ours", Assert.Single(parted.LettersNow).Id);

        var one = Of(Done("look", "both", 1), Done("mend", null, 2));
        Assert.Equal(["quiet"], one.Open.Select(o => o.Id));
        Assert.Empty(one.LettersNow);

        var joined = Of(Done("look", "both", 1), Done("mend", null, 2), new(CaseEventKind.WaitOver, "system", Begun.AddDays(4), "quiet"));
        Assert.Equal(["check"], joined.Open.Select(o => o.Id));
    }

    [Fact]
    public void Who_mended_it_may_not_check_it()
    {
        var state = Of(Done("look", "both", 1), Done("mend", null, 2, "ann"), new(CaseEventKind.WaitOver, "system", Begun.AddDays(4), "quiet"));

        Assert.Contains("Mend it", state.Refusal(Done("check", "done", 5, "ann")), StringComparison.Ordinal);
        Assert.Null(state.Refusal(Done("check", "done", 5, "bob")));
    }

    [Fact]
    public void No_time_runs_while_it_waits_for_the_citizen()
    {
        // Asked on Tuesday, answered on the next Monday: four working days later.
        var state = Of(new(CaseEventKind.Paused, "ann", Begun.AddDays(1), Note: "Where?"), new(CaseEventKind.Resumed, "ann", Begun.AddDays(7)));

        Assert.Null(state.Pause);
        Assert.Equal(new(2026, 3, 10), Assert.Single(state.Open).DueOn);
        Assert.Equal(new(2026, 3, 20), state.DueOn());
    }

    [Fact]
    public void What_waits_for_the_citizen_on_days_off_loses_no_day_and_gains_none()
    {
        // Sent and asked on Saturday, answered on Monday: due as though it had come on Monday.
        var saturday = Begun.AddDays(5);
        var state = CaseState.Of(Small, [new(CaseEventKind.Begun, "citizen", saturday), new(CaseEventKind.Paused, "ann", saturday, Note: "Where?"), new(CaseEventKind.Resumed, "ann", saturday.AddDays(2))], Calendar);
        Assert.Equal(new(2026, 3, 11), Assert.Single(state.Open).DueOn);
    }

    [Fact]
    public void A_wait_is_not_over_while_it_waits_for_the_citizen()
    {
        var state = Of(Done("look", "both", 1), new(CaseEventKind.Paused, "ann", Begun.AddDays(2), Note: "When?"));
        Assert.NotNull(state.Refusal(new(CaseEventKind.WaitOver, "system", Begun.AddDays(9), "quiet")));
    }

    [Fact]
    public void A_step_that_is_done_while_it_waits_ends_the_waiting()
    {
        var state = Of(new(CaseEventKind.Paused, "ann", Begun.AddDays(1), Note: "Where?"), Done("look", "both", 2));

        Assert.Null(state.Pause);
        Assert.Equal(["quiet", "mend"], state.Open.Select(o => o.Id));
    }

    [Fact]
    public void It_can_be_refused_withdrawn_and_reopened()
    {
        var refused = Of(Done("look", "refused", 1));
        Assert.Equal(CaseOutcome.Refused, refused.End!.Value.Outcome);
        Assert.Empty(refused.Open);
        Assert.NotNull(refused.Refusal(Done("look", "both", 2)));

        var withdrawn = Of(Done("look", "both", 1), new(CaseEventKind.Withdrawn, "ann", Begun.AddDays(2), Note: "Not needed"));
        Assert.Equal((CaseOutcome.Withdrawn, "Not needed"), (withdrawn.End!.Value.Outcome, withdrawn.End.Value.Reason));

        var again = Of(Done("look", "refused", 1), new(CaseEventKind.Reopened, "ann", Begun.AddDays(3), Note: "It is"));
        Assert.Null(again.End);
        Assert.Equal(1, again.Reopenings);
        Assert.Equal("mend-again", Assert.Single(again.Open).Id);
    }

    [Fact]
    public void A_step_that_is_open_again_is_due_from_then()
    {
        var state = Of(Done("look", "both", 1), Done("mend", null, 2), new(CaseEventKind.WaitOver, "system", Begun.AddDays(4), "quiet"), Done("check", "mend-again", 7, "bob"));
        Assert.Equal(Begun.AddDays(7), Assert.Single(state.Open).Since);
    }

    [Fact]
    public void A_hand_over_has_its_reason_and_another_team()
    {
        Assert.NotNull(Of().Refusal(new(CaseEventKind.HandedOver, "ann", Begun, Team: "Trees")));
        Assert.NotNull(Of().Refusal(new(CaseEventKind.HandedOver, "ann", Begun, Team: "Highways", Note: "Yours")));
        Assert.Equal("Trees", Of(new CaseEvent(CaseEventKind.HandedOver, "ann", Begun, Team: "Trees", Note: "Yours")).Team);
    }

    [Fact]
    public void What_could_not_happen_is_refused()
    {
        Assert.Throws<RefusedException>(() => Of(Done("mend", null, 1)));
        Assert.Throws<RefusedException>(() => Of(Done("look", "done", 1)));
        Assert.Throws<RefusedException>(() => Of(new CaseEvent(CaseEventKind.Resumed, "ann", Begun)));
        Assert.Throws<RefusedException>(() => Of(new CaseEvent(CaseEventKind.Reopened, "ann", Begun)));
        Assert.Throws<RefusedException>(() => CaseState.Of(Small, [Done("look", "both", 1)], Calendar));
    }

    private static CaseState Of(params CaseEvent[] events) => CaseState.Of(Small, [new(CaseEventKind.Begun, "citizen", Begun), .. events], Calendar);

    private static CaseEvent Done(string step, string? way, int days, string by = "ann") => new(CaseEventKind.StepDone, by, Begun.AddDays(days), step, way);
}
