using Concentric.Core.Facts;
using Concentric.Measure.Contacts;
using Concentric.Tests.Journeys;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Measure;

/// <summary>The table of needs against the definition, followed by hand.</summary>
[Trait("Database", "none")]
public sealed class NeedTests
{
    private static readonly DateTime Start = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    /// <summary>Something that happens: a batch of a file, an enquiry, one that follows another, an answer, or a citizen's word.</summary>
    private sealed record Event(int What, int Hours, int Person, int Service, int Demand, int Resolved, int Of);

    private sealed record Made(long Id, bool IsOwn, ulong CaseRef, int Person, int Service, DateTime At)
    {
        public int Demand { get; set; }
        public int Resolved { get; set; }
        public DateTime? Ended { get; set; }
        public Made? Root { get; init; }
        public bool Follows => Root is not null;
        public Made Thread => Root ?? this;
        public string Chain => Thread.Person != 0 ? $"person {Thread.Person}" : IsOwn ? $"case {Thread.CaseRef}" : "";
    }

    private sealed record Need(long First, int Contacts, NeedState State, int? Seconds, int? MetDay);

    [Fact]
    public void Needs_are_right_whatever_comes_late_and_in_whatever_parts()
    {
        var one = from what in Gen.Choose(0, 5)
                  from hours in Gen.Choose(0, 24 * 100)
                  from person in Gen.Choose(0, 2)
                  from service in Gen.Choose(0, 1)
                  from demand in Gen.Choose(0, 3)
                  from resolved in Gen.Choose(0, 2)
                  from of in Gen.Choose(0, 9)
                  select new Event(what, hours, person, service, demand, resolved, of);
        var all = Gen.NonEmptyListOf(one).Select(l => l.Take(16).ToArray()).ToArbitrary();

        Prop.ForAll(all, events => Check(events).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Ways.IsWhole ? 200 : 25).WithReplay(20261123, 7));
    }

    [Fact]
    public async Task What_was_answered_and_opened_again_is_met_when_it_is_answered_again()
    {
        await using var test = new TestStore();
        await test.Apply([Raised(1, 11, person: 5, Start)]);
        await test.Apply([], new ContactChange(11, Resolved: ContactResolved.Yes) { Ending = (Ending.At, At(3)) });
        Assert.Equal([new(1, 1, NeedState.Met, 3 * 86400, DayOf(3))], await Read(test));

        // “Not sorted”: the same enquiry is open again, and the citizen had to get in touch once more.
        await test.Apply([Raised(3, 12, person: 5, Start.AddDays(5)) with { Follows = 11 }], new ContactChange(11, Resolved: ContactResolved.No) { Ending = (Ending.Not, default) });
        Assert.Equal([new(1, 2, NeedState.Open, null, null)], await Read(test));

        await test.Apply([], new ContactChange(11, Resolved: ContactResolved.Yes) { Ending = (Ending.At, At(9)) });
        await test.Apply([], new ContactChange(11, Resolved: ContactResolved.Yes) { Ending = (Ending.AtLatest, At(20)) });
        Assert.Equal([new(1, 2, NeedState.Met, 9 * 86400, DayOf(9))], await Read(test));
    }

    [Fact]
    public async Task What_is_written_after_the_answer_leaves_it_not_known_until_that_is_answered()
    {
        await using var test = new TestStore();
        await test.Apply([Raised(1, 11, person: 5, Start)], new ContactChange(11, Resolved: ContactResolved.Yes) { Ending = (Ending.At, At(3)) });
        await test.Apply([Raised(3, 12, person: 5, Start.AddDays(10)) with { Follows = 11 }]);
        Assert.Equal([new(1, 2, NeedState.NotKnown, null, null)], await Read(test));

        await test.Apply([], new ContactChange(11, Resolved: ContactResolved.Yes) { Ending = (Ending.At, At(12)) });
        Assert.Equal([new(1, 2, NeedState.Met, 12 * 86400, DayOf(12))], await Read(test));
    }

    [Fact]
    public async Task A_request_that_was_closed_after_the_last_day_there_is_holds_nothing_up()
    {
        await using var test = new TestStore();
        await test.Put([new("1", new(2148, 12, 1, 0, 0, 0, DateTimeKind.Utc)) { Kind = ContactKind.ServiceRequest, Person = 1, Resolved = ContactResolved.Yes, Seconds = 400 * 86400 }]);
        Assert.Equal(ushort.MaxValue, Assert.Single(await Read(test)).MetDay);
    }

    [Fact]
    public async Task Whoever_is_not_known_is_linked_by_the_reference_alone()
    {
        await using var test = new TestStore();
        await test.Apply([Raised(1, 11, person: 0, Start), Raised(2, 12, person: 0, Start.AddDays(2)) with { Follows = 11 }, Raised(3, 13, person: 7, Start.AddDays(3)) with { Follows = 12 }, Raised(4, 14, person: 0, Start.AddDays(4))]);
        await test.Put([new("1", Start), new("2", Start)]);

        Assert.Equal([new(1, 3, NeedState.Open, null, null), new(4, 1, NeedState.Open, null, null)], await Read(test));
    }

    [Fact]
    public async Task A_need_is_met_on_the_day_that_the_councils_clock_shows()
    {
        await using var test = new TestStore();
        // 23:30 UTC on 31 May is 00:30 on 1 June in summer time, and 23:30 on 31 January is that in winter.
        await test.Apply([Raised(1, 11, 5, new(2026, 5, 1, 9, 0, 0, DateTimeKind.Utc)), Raised(2, 12, 6, new(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc))],
            new ContactChange(11, Resolved: ContactResolved.Yes) { Ending = (Ending.At, new(2026, 5, 31, 23, 30, 0, TimeSpan.Zero)) },
            new ContactChange(12, Resolved: ContactResolved.Yes) { Ending = (Ending.At, new(2026, 1, 31, 23, 30, 0, TimeSpan.Zero)) });

        var met = (await Read(test)).ToDictionary(n => n.First, n => n.MetDay);
        Assert.Equal((ContactCalendar.Day(new(2026, 6, 1)), ContactCalendar.Day(new(2026, 1, 31))), (met[1], met[2]));
    }

    [Fact]
    public async Task Taking_a_batch_back_takes_its_contacts_out_of_their_needs()
    {
        await using var test = new TestStore();
        await test.Put([new("1", Start) { Person = 1, Service = "1" }, new("2", Start.AddDays(20)) { Person = 1, Service = "1" }]);
        await test.Put([new("3", Start.AddDays(10)) { Person = 1, Service = "1" }, new("4", Start.AddDays(10)) { Person = 2, Service = "1" }]);
        Assert.Equal([3, 1], (await Read(test)).Select(n => n.Contacts));

        await test.Undo(2);
        Assert.Equal([2], (await Read(test)).Select(n => n.Contacts));
    }

    private static DateTimeOffset At(int day) => new(Start.AddDays(day), TimeSpan.Zero);

    private static int DayOf(int day) => ContactCalendar.Day(DateOnly.FromDateTime(Start.AddDays(day)));

    private static RaisedContact Raised(long fact, ulong caseRef, ulong person, DateTime at) => new(fact, TestStore.Northmoor, caseRef, "1", 1, person, new(at, TimeSpan.Zero));

    private static async Task Check(Event[] events)
    {
        await using var test = new TestStore();
        var made = new List<Made>();
        var (batch, caseRef, row) = (0, 100UL, 0);
        foreach (var e in events)
        {
            var at = Start.AddHours(e.Hours);
            var own = made.Where(m => m.IsOwn).ToList();
            var of = own.Count == 0 ? null : own[e.Of % own.Count];
            if (e.What == 0)
            {
                var kept = new ContactRow($"{++row}", at) { Person = (ulong)e.Person, Service = $"{1 + e.Service}", Demand = (Demand)e.Demand, Resolved = (ContactResolved)e.Resolved };
                await test.Put([kept]);
                made.Add(new(((long)++batch << 32) + 1, false, 0, e.Person, e.Service, at) { Demand = e.Demand, Resolved = e.Resolved, Ended = e.Resolved == 0 ? null : at });
            }
            else if (e.What is 1 or 2 || of is null)
            {
                var root = e.What == 2 ? of?.Thread : null;
                var contact = new Made(test.LastFact + 1, true, ++caseRef, e.Person, root?.Service ?? e.Service, at) { Root = root };
                await test.Apply([new RaisedContact(contact.Id, TestStore.Northmoor, caseRef, $"{1 + contact.Service}", 1, (ulong)e.Person, new(at)) { Follows = root is null ? null : of!.CaseRef }]);
                made.Add(contact);
            }
            else if (e.What == 3)
            {
                await test.Apply([], new ContactChange(of.CaseRef, Demand: (Demand)e.Demand));
                of.Demand = e.Demand;
            }
            else
            {
                // Only what is asked is answered, never what follows it; a citizen’s word may open it again.
                var asked = of.Thread;
                var opens = e.What == 5 && e.Resolved == 0;
                var resolved = opens || e.Resolved == 2 ? ContactResolved.No : ContactResolved.Yes;
                await test.Apply([], new ContactChange(asked.CaseRef, Resolved: resolved) { Ending = (opens ? Ending.Not : e.What == 5 ? Ending.AtLatest : Ending.At, new(at)) });
                (asked.Resolved, asked.Ended) = ((int)resolved, opens ? null : e.What == 5 ? asked.Ended ?? at : at);
            }
        }

        Assert.Equal(ByHand(made).OrderBy(n => n.First), await Read(test));
    }

    /// <summary>As the definition says it, contact by contact.</summary>
    private static IEnumerable<Need> ByHand(IEnumerable<Made> made)
    {
        foreach (var chain in made.Where(m => m.Chain.Length > 0).GroupBy(m => (m.Service, m.Chain)))
        {
            var needs = new List<List<Made>>();
            Made? before = null;
            foreach (var contact in chain.OrderBy(m => m.At).ThenBy(m => m.Id))
            {
                var wasOpen = before is { IsOwn: true } && (before.Thread.Ended is not { } end || end > contact.At);
                var joins = before is not null && (contact.Follows || contact.Demand != (int)Demand.Value && (wasOpen || contact.At - before.At <= TimeSpan.FromDays(28)));
                if (!joins) needs.Add([]);
                needs[^1].Add(contact);
                before = contact;
            }
            foreach (var need in needs)
            {
                var isOpen = need.Exists(m => m.IsOwn && m.Thread.Ended is null);
                // What was written after the answer is settled by nothing.
                DateTime? Ended(Made m) => m.Thread.Ended < m.At ? null : m.Thread.Ended;
                int Settled(Made m) => m.Thread.Ended < m.At ? 0 : m.Thread.Resolved;
                var last = Settled(need.OrderBy(m => Ended(m) ?? m.At).ThenBy(Settled).Last());
                var state = isOpen ? NeedState.Open : (NeedState)last;
                var met = need.Max(Ended);
                yield return new(need[0].Id, need.Count, state, state == NeedState.Met ? (int)Math.Max(0, (met!.Value - need[0].At).TotalSeconds) : null,
                    state == NeedState.Met ? ContactCalendar.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(met!.Value, TimeZoneInfo.FindSystemTimeZoneById("Europe/London")))) : null);
            }
        }
    }

    private static Task<List<Need>> Read(TestStore test) => test.Store.Read(reader =>
    {
        var needs = new List<Need>();
        using var rows = reader.Connection.Query("SELECT first_id, contacts, state, seconds, met_day FROM need ORDER BY first_id");
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                var (row, seconds, met) = (i, rows.Column(3).IsNull(i) ? (int?)null : (int)rows.Column(3).Number(i), rows.Column(4).IsNull(i) ? (int?)null : (int)rows.Column(4).Number(i));
                needs.Add(new(rows.Column(0).Number(row), (int)rows.Column(1).Number(row), (NeedState)rows.Column(2).Number(row), seconds, met));
            }
        }
        return needs;
    }, default);
}
