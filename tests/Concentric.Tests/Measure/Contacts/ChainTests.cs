using System.Globalization;
using System.Text.Json;
using Concentric.Measure.Contacts;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure.Contacts;

/// <summary>Chains of contacts as the store counts them are those of the reference, and matters that are too young are left out.</summary>
public sealed class ChainTests : IAsyncDisposable
{
    private readonly TestStore _test = new();
    private readonly JsonElement _vector = Vectors.Read("failure_demand_repeat_contacts.json");

    [Fact]
    public async Task Chains_and_repeats_of_the_store_are_those_of_the_reference()
    {
        await _test.Put([.. Contacts().Select(c => new ContactRow(c.GetProperty("id").ToString(), DateTime.SpecifyKind(c.GetProperty("time").GetDateTime(), DateTimeKind.Utc))
        {
            Service = c.GetProperty("service").GetString(),
            Person = c.GetProperty("person").GetString() is { } p ? ulong.Parse(p.AsSpan(1), CultureInfo.InvariantCulture) : 0,
        })]);
        var seen = new VisibleContacts(_test.Store, isExact: true);

        foreach (var window in _vector.GetProperty("expected").EnumerateObject())
        {
            var days = int.Parse(window.Name, CultureInfo.InvariantCulture);
            var chains = await seen.Chains(new(1, new(2024, 1, 1), new(2024, 12, 31), days), TestContext.Current.CancellationToken);
            var measure = days switch { 7 => Concentric.Measure.Contacts.Measure.Repeats7Days, 14 => Concentric.Measure.Contacts.Measure.Repeats14Days, _ => Concentric.Measure.Contacts.Measure.Repeats28Days };
            var repeats = await seen.Query(CubeQuery.CitizenContacts(1).Counting(measure), TestContext.Current.CancellationToken);

            var first = window.Value.GetProperty("fcr");
            Assert.Equal((first.GetProperty("chains").GetInt64(), first.GetProperty("resolved_first_time").GetInt64()), (chains.Chains.Value!.Value, chains.SettledAtOnce.Value!.Value));
            // The store keeps whole seconds, and the reference has nothing finer.
            Assert.Equal(window.Value.GetProperty("rates").GetProperty("repeat").GetInt64(), repeats.Count(0, measure));
        }
    }

    [Fact]
    public async Task What_began_within_the_window_before_the_end_is_not_taken_for_settled()
    {
        // The defect of tools that count all: on the last day, everybody seems to be settled.
        var at = new DateTime(2024, 3, 1, 9, 0, 0, DateTimeKind.Utc);
        await _test.Put([.. Enumerable.Range(0, 20).Select(i => new ContactRow($"{i}", at.AddDays(i)) { Service = "1", Person = (ulong)(i / 2 + 1) })]);
        MatchedContact[] contacts = [.. Enumerable.Range(0, 20).Select(i => new MatchedContact(i, (ulong)(i / 2 + 1), "1", new(at.AddDays(i))))];
        var seen = new VisibleContacts(_test.Store, isExact: true);

        var all = await seen.Chains(new(1, new(2024, 3, 1), new(2024, 3, 20), 7), TestContext.Current.CancellationToken);
        var old = await seen.Chains(new(1, new(2024, 3, 1), new(2024, 3, 13), 7), TestContext.Current.CancellationToken);
        var hidden = await new VisibleContacts(_test.Store, isExact: false).Chains(new(1, new(2024, 3, 1), new(2024, 3, 13), 7), TestContext.Current.CancellationToken);

        Assert.Equal((10L, 0L), (all.Chains.Value, all.SettledAtOnce.Value));
        Assert.Equal((7L, 0L), (old.Chains.Value, old.SettledAtOnce.Value));
        Assert.True(hidden.Chains.IsHidden);
        var repeats = RepeatContacts.Of(contacts[..^1], TimeSpan.FromDays(7));
        Assert.Equal((10, 1), (repeats.Chains, repeats.SettledAtOnce));
        Assert.Equal((6, 0), repeats.Settled(contacts[..^1], TimeSpan.FromDays(7), contacts[^2].At));
    }

    [Fact]
    public async Task Chains_of_service_requests_are_counted_apart_from_those_of_contacts()
    {
        var at = new DateTime(2024, 3, 1, 9, 0, 0, DateTimeKind.Utc);
        await _test.Put([.. Enumerable.Range(0, 20).Select(i => new ContactRow($"{i}", at.AddDays(i)) { Service = "1", Person = (ulong)(i + 1), Kind = i < 5 ? ContactKind.Contact : ContactKind.ServiceRequest })]);
        var seen = new VisibleContacts(_test.Store, isExact: true);

        async Task<long?> Chains(ContactKind kind) => (await seen.Chains(new(1, new(2024, 3, 1), new(2024, 3, 31), 7) { Kind = kind }, TestContext.Current.CancellationToken)).Chains.Value;
        Assert.Equal((5L, 15L), (await Chains(ContactKind.Contact), await Chains(ContactKind.ServiceRequest)));
    }

    [Fact]
    public void Matters_a_year_are_reckoned_from_those_who_were_seen_at_all()
    {
        // Poisson of 2 a year over two years: a mean of 4 matters, 4/(1 − e⁻⁴) = 4.0746 among those seen.
        Assert.Equal(2, RepeatContacts.AYear(40746, 10000, 2)!.Value, 3);
        Assert.Null(RepeatContacts.AYear(10, 10, 1));
        Assert.Null(RepeatContacts.AYear(0, 0, 1));
    }

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    private List<JsonElement> Contacts() => [.. _vector.GetProperty("contacts").EnumerateArray()];
}
