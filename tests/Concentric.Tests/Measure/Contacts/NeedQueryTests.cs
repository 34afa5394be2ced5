using Concentric.Measure.Contacts;
using Concentric.Measure.Disclosure;
using Measured = Concentric.Measure.Contacts.Measure;

namespace Concentric.Tests.Measure;

/// <summary>Questions about needs: against a plain count of the table, and as those who are no analysts may see them.</summary>
[Trait("Database", "none")]
public sealed class NeedQueryTests
{
    private static readonly DateOnly From = new(2023, 1, 1), To = new(2025, 12, 31);

    [Theory]
    [InlineData(null, null)]
    [InlineData(Dimension.Service, null)]
    [InlineData(Dimension.Channel, Dimension.Week)]
    [InlineData(Dimension.Ward, Dimension.Month)]
    public async Task A_question_is_answered_as_by_counting(Dimension? by, Dimension? per)
    {
        await using var test = new TestStore();
        await test.Put(TestStore.Rows(5, 6_000, persons: 900), areas: TestStore.Areas());
        var (from, to) = (new DateOnly(2023, 4, 3), new DateOnly(2024, 9, 30));
        var all = await Read(test);
        var wards = test.Store.Dimensions.Areas;

        var answer = await test.Store.Needs(new NeedQuery(1, ContactKind.Contact, from, to) { By = by, Per = per }.With(Dimension.Channel, 1, 2, 3), TestContext.Current.CancellationToken);

        int Group(Row n) => by switch { Dimension.Service => n.Service, Dimension.Channel => n.Channel, Dimension.Ward => wards[n.Area].Ward, _ => 0 };
        int Period(int day) => per switch { Dimension.Week => ContactCalendar.Week((ushort)day), Dimension.Month => ContactCalendar.Month(ContactCalendar.DateOfDay(day)), _ => 0 };
        bool Within(int day) => ContactCalendar.DateOfDay(day) >= from && ContactCalendar.DateOfDay(day) <= to;
        var kept = all.Where(n => n is { Kind: 0, Channel: 1 or 2 or 3 }).ToList();
        var begun = kept.Where(n => Within(n.Day)).GroupBy(n => (Group(n), Period(n.Day))).ToDictionary(g => g.Key, g => g.ToList());
        var met = kept.Where(n => n.MetDay is { } day && Within(day)).GroupBy(n => (Group(n), Period(n.MetDay!.Value))).ToDictionary(g => g.Key, g => g.ToList());
        Assert.NotEmpty(answer);
        Assert.Equal(answer.Select(a => (a.Group, a.Period)).Order(), answer.Select(a => (a.Group, a.Period)));
        foreach (var found in answer)
        {
            var (b, m) = (begun.GetValueOrDefault((found.Group, found.Period)) ?? [], met.GetValueOrDefault((found.Group, found.Period)) ?? []);
            Assert.Equal((b.Count, b.Count(n => n.State != 0), b.Count(n => n is { State: 1, Contacts: 1 })), (found.Begun, found.Known, found.MetAtOnce));
            Assert.Equal((m.Count, m.Sum(n => n.Contacts)), (found.Met, found.ContactsOfMet));
            var seconds = m.Select(n => (double)n.Seconds!.Value).Order().ToList();
            Assert.Equal(seconds.Count == 0 ? null : seconds[(int)Math.Ceiling(0.5 * seconds.Count) - 1], found.MedianSeconds);
            Assert.Equal(seconds.Count == 0 ? null : seconds[(int)Math.Ceiling(0.9 * seconds.Count) - 1], found.Percentile90Seconds);
            Assert.Equal((seconds.Count == 0 ? null : seconds[0], seconds.Count == 0 ? null : seconds[^1]), (found.LeastSeconds, found.MostSeconds));
        }
        Assert.Equal(begun.Values.Sum(g => g.Count), answer.Sum(a => a.Begun));
        Assert.Equal(met.Values.Sum(g => g.Count), answer.Sum(a => a.Met));
        var contacts = await test.Store.Query(CubeQuery.CitizenContacts(1).Between(from, to).With(Dimension.Channel, 1, 2, 3).Counting(Measured.Contacts, Measured.ContactsOfKnownPersons), TestContext.Current.CancellationToken);
        Assert.Equal((contacts.Count(0, Measured.Contacts), contacts.Count(0, Measured.ContactsOfKnownPersons)), (answer.Sum(a => a.Contacts), answer.Sum(a => a.Linked)));
    }

    [Fact]
    public async Task Without_the_right_to_exact_figures_small_counts_and_telling_times_are_hidden()
    {
        await using var test = new TestStore();
        var start = new DateTime(2024, 1, 1, 9, 0, 0, DateTimeKind.Utc);
        // 12 needs by web and 3 by phone, each of two contacts a day apart.
        await test.Put([.. Enumerable.Range(0, 15).SelectMany(i => new[] { 0, 1 }.Select(d => new ContactRow($"{i}-{d}", start.AddDays(d).AddMinutes(i))
        {
            Person = (ulong)(i + 1), Service = "1", Channel = (byte)(i < 12 ? 1 : 2), Resolved = (ContactResolved)(2 - d),
        }))]);
        var query = new NeedQuery(1, ContactKind.Contact, From, To) { By = Dimension.Channel };

        var exact = await new VisibleContacts(test.Store, isExact: true).Needs(query, TestContext.Current.CancellationToken);
        var shown = await new VisibleContacts(test.Store, isExact: false).Needs(query, TestContext.Current.CancellationToken);

        Assert.Equal(["12", "3"], exact.Select(n => n.Met.ToString()));
        Assert.Equal([2.0, 2.0], exact.Select(n => n.ContactsPerNeed));
        Assert.Equal([1.0, 1.0], exact.Select(n => n.MedianDays));
        Assert.Equal(["10", "1 to 7"], shown.Select(n => n.Met.ToString()));
        Assert.Equal([2.5, null], shown.Select(n => n.ContactsPerNeed));
        Assert.Null(shown[1].MedianDays);
        Assert.Null(shown[1].AtOnce);
    }

    [Fact]
    public async Task Groups_from_which_a_small_count_could_be_worked_out_are_not_shown()
    {
        await using var test = new TestStore();
        var start = new DateTime(2024, 1, 1, 9, 0, 0, DateTimeKind.Utc);
        // Of 8, 8 and 1 the total is 17 and leaves 1 for the smallest.
        await test.Put([.. Enumerable.Range(0, 17).Select(i => new ContactRow($"{i}", start.AddMinutes(i)) { Person = (ulong)(i + 1), Service = "1", Channel = (byte)(1 + i / 8), Resolved = ContactResolved.Yes })]);

        var query = new NeedQuery(1, ContactKind.Contact, From, To) { By = Dimension.Channel };
        Assert.Empty(await new VisibleContacts(test.Store, isExact: false).Needs(query, TestContext.Current.CancellationToken));
        Assert.Equal(3, (await new VisibleContacts(test.Store, isExact: true).Needs(query, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_in_words()
    {
        await using var test = new TestStore();
        var query = new NeedQuery(1, ContactKind.Contact, From, To);
        foreach (var bad in (NeedQuery[])[query with { By = Dimension.Demand }, query with { Per = Dimension.Day }, query.With(Dimension.Batch, 1), query.With(Dimension.Channel), query with { From = To, To = From }])
            await Assert.ThrowsAsync<ArgumentException>(() => test.Store.Needs(bad, TestContext.Current.CancellationToken));
    }

    private sealed record Row(int Service, int Kind, int Channel, int Area, int Day, int Contacts, int State, int? MetDay, int? Seconds);

    private static Task<List<Row>> Read(TestStore test) => test.Store.Read(reader =>
    {
        var needs = new List<Row>();
        using var rows = reader.Connection.Query("SELECT service, kind, channel, area, day, contacts, state, met_day, seconds FROM need");
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                var row = i;
                int Number(int column) => (int)rows.Column(column).Number(row);
                int? Given(int column) => rows.Column(column).IsNull(row) ? null : Number(column);
                needs.Add(new(Number(0), Number(1), Number(2), Number(3), Number(4), Number(5), Number(6), Given(7), Given(8)));
            }
        }
        return needs;
    }, default);
}
