using Concentric.Core.Facts;
using Concentric.Measure.Contacts;

namespace Concentric.Tests.Measure;

public sealed class FirstContactsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_pair_counts_once_at_its_first_contact_and_only_where_that_was_value_demand_of_a_citizen(int seed)
    {
        await using var store = new TestStore();
        var rows = TestStore.Rows(seed, 6000);
        await store.Put([.. rows.Take(4000)], areas: TestStore.Areas());
        await store.Put([.. rows.Skip(4000)], areas: TestStore.Areas());
        var (from, to) = (new DateOnly(2023, 5, 1), new DateOnly(2025, 3, 31));

        var found = await store.Store.FirstContacts(1, from, to);

        var clock = LocalClockDay;
        var expected = rows.Where(r => r.Person != 0 && r.Service is not null && r.Kind == ContactKind.Contact).GroupBy(r => (r.Person, r.Service)).Select(g => g.MinBy(r => r.OccurredAt))
            .Where(r => r.Demand == Demand.Value && r.Initiator == ContactInitiator.Citizen && clock(r.OccurredAt) >= from && clock(r.OccurredAt) <= to).ToList();
        Assert.Equal(expected.Select(r => (r.Service!, clock(r.OccurredAt))).Order(),
            Enumerable.Range(0, found.Person.Length).Select(i => (store.Store.Dimensions.Services[found.Service[i]].Key, ContactCalendar.DateOfDay(found.Day[i]))).Order());
        Assert.Equal(expected.Select(r => r.Person).Distinct().Count(), found.Person.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, found.Person.Length).OrderBy(i => found.Person[i]).ThenBy(i => found.Day[i]).ThenBy(i => found.Service[i]), Enumerable.Range(0, found.Person.Length));
    }

    private static DateOnly LocalClockDay(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById("Europe/London")));
}
