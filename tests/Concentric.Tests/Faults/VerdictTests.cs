using Concentric.Bench.Faults;

namespace Concentric.Tests.Faults;

/// <summary>The judge of bin/fault, given what a broken program would leave behind.</summary>
public sealed class VerdictTests
{
    private static readonly Guid One = Guid.Parse("00000000-0000-7000-8000-000000000001"), Two = Guid.Parse("00000000-0000-7000-8000-000000000002");
    private readonly List<Sending> _log = [];
    private readonly List<StoredEnquiry> _stored = [];
    private readonly List<string> _facts = [];

    [Fact]
    public void A_run_in_which_all_went_well_is_found_to_be_so()
    {
        Send(One, Outcome.Acknowledged, "CN-1", again: "CN-1");
        Send(Two, Outcome.Unknown, null, again: "CN-2");
        Keep(One, "CN-1");
        Keep(Two, "CN-2");

        Assert.Empty(Judge());
    }

    [Fact]
    public void What_was_never_answered_may_be_kept_or_not()
    {
        Send(One, Outcome.Unknown, null);
        Send(Two, Outcome.Unknown, null);
        Keep(Two, "CN-2");

        Assert.Empty(Judge());
    }

    [Fact]
    public void An_acknowledged_enquiry_that_is_gone_is_lost()
    {
        Send(One, Outcome.Acknowledged, "CN-1");

        Assert.Equal([Wrong.Lost], Judge());
    }

    [Fact]
    public void One_acknowledged_only_when_sent_again_is_lost_too()
    {
        Send(One, Outcome.Unknown, null, again: "CN-1");

        Assert.Equal([Wrong.Lost], Judge());
    }

    [Fact]
    public void A_token_that_is_there_twice_is_doubled()
    {
        Send(One, Outcome.Acknowledged, "CN-1");
        Keep(One, "CN-1");
        Keep(One, "CN-2");

        Assert.Equal([Wrong.Doubled], Judge());
    }

    [Fact]
    public void An_enquiry_without_its_fact_is_named()
    {
        Send(One, Outcome.Acknowledged, "CN-1");
        Keep(One, "CN-1", facts: 0);

        Assert.Equal([Wrong.WithoutFact], Judge());
    }

    [Fact]
    public void An_enquiry_with_two_facts_is_named()
    {
        Send(One, Outcome.Acknowledged, "CN-1");
        Keep(One, "CN-1", facts: 2);

        Assert.Equal([Wrong.FactDoubled], Judge());
    }

    [Fact]
    public void A_fact_of_an_enquiry_that_is_not_there_is_named()
    {
        Send(One, Outcome.Unknown, null);
        _facts.Add("CN-1");

        Assert.Equal([Wrong.FactWithoutEnquiry], Judge());
    }

    [Theory]
    [InlineData("CN-2", null)]
    [InlineData("CN-1", "CN-2")]
    [InlineData(null, "CN-2")]
    public void A_client_that_was_told_another_reference_is_named(string? told, string? again)
    {
        Send(One, told is null ? Outcome.Unknown : Outcome.Acknowledged, told, again);
        Keep(One, "CN-1");

        Assert.Equal([Wrong.OtherReference], Judge());
    }

    [Fact]
    public void Two_enquiries_of_one_reference_are_named()
    {
        Send(One, Outcome.Acknowledged, "CN-1");
        Send(Two, Outcome.Acknowledged, "CN-1");
        Keep(One, "CN-1");
        Keep(Two, "CN-1", facts: 0);

        Assert.Equal([Wrong.ReferenceDoubled], Judge());
    }

    [Fact]
    public void What_was_refused_must_not_be_kept()
    {
        Send(One, Outcome.Refused, null);
        Keep(One, "CN-1");

        Assert.Equal([Wrong.KeptThoughRefused], Judge());
    }

    [Fact]
    public void What_nobody_sent_must_not_be_there()
    {
        Keep(One, "CN-1");

        Assert.Equal([Wrong.NeverSent], Judge());
    }

    private IEnumerable<Wrong> Judge() => Verdict.Of(_log, new(_stored, _facts)).Select(v => v.What);

    private void Send(Guid token, Outcome outcome, string? reference, string? again = null) =>
        _log.Add(new(_log.Count + 1, round: 1, client: 0, token, TimeSpan.Zero) { Outcome = outcome, Reference = reference, ReferenceAgain = again });

    private void Keep(Guid token, string reference, int facts = 1)
    {
        _stored.Add(new(token, reference));
        _facts.AddRange(Enumerable.Repeat(reference, facts));
    }
}
