using System.Globalization;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;
using Concentric.Measure.Costs;
using Microsoft.Extensions.Configuration;

namespace Concentric.Tests.Measure;

/// <summary>Every measure over ten contacts that can be counted by hand, exactly and under rule A.</summary>
[Trait("Database", "none")]
public sealed class AskedMeasureTests : IAsyncLifetime
{
    private static readonly Settings Own = new(new ConfigurationBuilder().Build());
    private readonly TestStore _test = new();

    public async ValueTask InitializeAsync() => await _test.Put([.. Ten("524", 1), .. Ten("57", 3).Take(3)], TestStore.Northmoor with { Name = Own.Council });

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    /// <summary>Seconds 10, 20 … 100; cost 250 pence on the first four; three failure and five value; six resolved of eight known; persons 1 to 5, each twice, a day apart.</summary>
    private static IEnumerable<ContactRow> Ten(string service, int person) => Enumerable.Range(0, 10).Select(i =>
        new ContactRow($"{service}-{i}", new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc).AddDays(i / 5).AddMinutes(i))
        {
            Service = service,
            Channel = Channels.Find("phone")!.Code,
            Seconds = 10 * (i + 1),
            CostPence = i < 4 ? 250 : null,
            Demand = i < 3 ? Demand.Failure : i < 8 ? Demand.Value : Demand.NotCoded,
            Resolved = i < 6 ? ContactResolved.Yes : i < 8 ? ContactResolved.No : ContactResolved.Unknown,
            Satisfaction = i < 9 ? (byte)(1 + i % 5) : (byte)5,
            Person = (ulong)(1_000_000 * person + i % 5),
        });

    [Theory]
    [InlineData("contacts", 10, null)]
    [InlineData("persons", 5, null)]
    [InlineData("contacts-of-known-persons", 10, null)]
    [InlineData("cost", 1000, 4L)]
    [InlineData("cost-count", 4, null)]
    [InlineData("no-cost-stated", 6, null)]
    [InlineData("no-local-cost", 6, null)]
    [InlineData("mean-seconds", 55, 10L)]
    [InlineData("median-seconds", 50, 10L)]
    [InlineData("p90-seconds", 90, 10L)]
    [InlineData("seconds-count", 10, null)]
    [InlineData("failure-share", 0.375, 8L)]
    [InlineData("failure-contacts", 3, null)]
    [InlineData("coded-contacts", 8, null)]
    [InlineData("resolved-share", 0.75, 8L)]
    [InlineData("resolved-contacts", 6, null)]
    [InlineData("resolution-known-contacts", 8, null)]
    [InlineData("repeat-7-days-share", 0.5, 10L)]
    [InlineData("repeat-14-days-share", 0.5, 10L)]
    [InlineData("repeat-28-days-share", 0.5, 10L)]
    [InlineData("repeats-7-days", 5, null)]
    [InlineData("repeats-14-days", 5, null)]
    [InlineData("repeats-28-days", 5, null)]
    [InlineData("satisfaction", 3, 10L)]
    [InlineData("satisfaction-count", 10, null)]
    public async Task A_measure_of_ten_contacts_is_what_a_hand_counts(string name, double value, long? n)
    {
        var figure = await Figure(name, "524", isExact: true);

        Assert.Equal(value, figure.Value!.Value, 1e-12);
        Assert.Equal(n, figure.N);
        Assert.False(figure.IsHidden);
    }

    [Fact]
    public void Every_measure_is_counted_by_hand_above_and_says_what_it_is()
    {
        var counted = typeof(AskedMeasureTests).GetMethod(nameof(A_measure_of_ten_contacts_is_what_a_hand_counts))!.GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Cast<InlineDataAttribute>().Select(d => (string)d.Data[0]!);

        Assert.Equal(AskedMeasure.All.Select(m => m.Name).Order(), counted.Order());
        Assert.All(AskedMeasure.All, m => Assert.Matches(" Definition [1-9]\\.$", m.Definition));
        Assert.Equal(Enum.GetValues<Concentric.Measure.Contacts.Measure>().Where(m => m is < Concentric.Measure.Contacts.Measure.CostLeast or > Concentric.Measure.Contacts.Measure.SatisfactionMost).Order(), AskedMeasure.All.SelectMany(m => m.Parts).Distinct().Order());
    }

    [Fact]
    public async Task An_estimate_has_the_interval_of_its_kind()
    {
        // t of 9 degrees of freedom at 0.975 is 2.262157; the deviation of 10, 20 … 100 is 30.276504.
        var mean = await Figure("mean-seconds", "524", isExact: true);
        var share = await Figure("failure-share", "524", isExact: true);
        var few = await Figure("mean-seconds", "57", isExact: true);

        Assert.Equal(55 - 2.2621571627 * 30.2765035409 / Math.Sqrt(10), mean.Low!.Value, 1e-6);
        Assert.Equal(55 + 2.2621571627 * 30.2765035409 / Math.Sqrt(10), mean.High!.Value, 1e-6);
        Assert.Equal((Share.Of(3, 8)!.Value.Low, Share.Of(3, 8)!.Value.High), (share.Low!.Value, share.High!.Value));
        Assert.Equal((20.0, null, null, 3L), (few.Value!.Value, few.Low, few.High, few.N!.Value));
    }

    [Fact]
    public async Task Under_rule_A_small_counts_are_hidden_and_all_else_is_made_from_rounded_parts()
    {
        Assert.Equal(10, (await Figure("contacts", "524", isExact: false)).Value);
        Assert.True((await Figure("contacts", "57", isExact: false)).IsHidden);
        Assert.True((await Figure("persons", "524", isExact: false)).IsHidden);
        Assert.True((await Figure("cost", "524", isExact: false)).IsHidden);
        var mean = await Figure("mean-seconds", "524", isExact: false);
        Assert.InRange(mean.Value!.Value, 40, 70);
        Assert.Equal((null, null, 10L), (mean.Low, mean.High, mean.N!.Value));
        Assert.True((await Figure("median-seconds", "57", isExact: false)).IsHidden);

        // 3 of 8 coded are failure: 8 is shown as 10, and 3 is not, so neither is the share.
        var share = await Figure("failure-share", "524", isExact: false);
        Assert.True(share.IsHidden);
        Assert.Equal(10, share.N);
    }

    [Fact]
    public async Task JSON_tells_what_is_hidden_from_what_is_nothing_and_how_many_rows_are_left_out()
    {
        var question = new ContactQuestion { By = ["service"], Measures = ["contacts", "failure-share", "cost"] };

        var rounded = await AskContacts.Ask(question, new(_test.Store, false), LocalCosts.None, Own, TestContext.Current.CancellationToken);
        var exact = await AskContacts.Ask(question with { Limit = 1 }, new(_test.Store, true), LocalCosts.None, Own, TestContext.Current.CancellationToken);
        var nothing = await AskContacts.Ask(question with { Measures = ["satisfaction"], Where = new Dictionary<string, IReadOnlyList<string>> { ["channel"] = ["web"] }, By = [] }, new(_test.Store, false), LocalCosts.None, Own, TestContext.Current.CancellationToken);

        Assert.Equal("rule-a", rounded.Disclosure);
        Assert.Equal([new(0, "failure-share"), new(0, "cost"), new(1, "contacts"), new(1, "failure-share"), new(1, "cost")], rounded.Hidden.OrderBy(h => h.Row));
        Assert.Equal(15, rounded.N);
        Assert.Equal(("exact", 1, 13L), (exact.Disclosure, exact.More, exact.N!.Value));
        Assert.Equal([10.0, new Estimate(0.375, Share.Of(3, 8)!.Value.Low, Share.Of(3, 8)!.Value.High, 8), new Estimate(1000, null, null, 4)], exact.Rows.Single().Skip(1));
        Assert.Null(nothing.Rows.Single().Single());
        Assert.Empty(nothing.Hidden);
    }

    [Fact]
    public async Task A_file_says_what_it_is_and_holds_no_formula()
    {
        await _test.Put([.. Ten("=HYPERLINK(1)", 8)], TestStore.Northmoor with { Name = Own.Council });
        var question = new ContactQuestion { By = ["service"], Measures = ["contacts", "failure-share"], Sort = "largest" };

        var exact = AnswerCsv.Write(await AskContacts.Ask(question, new(_test.Store, true), LocalCosts.None, Own, TestContext.Current.CancellationToken)).Split("\r\n");
        var rounded = AnswerCsv.Write(await AskContacts.Ask(question, new(_test.Store, false), LocalCosts.None, Own, TestContext.Current.CancellationToken)).Split("\r\n");

        Assert.Contains("# n: 23", exact);
        Assert.Contains("# Period: 2026-03-02 to 2026-03-03", exact);
        Assert.Contains("service,contacts,failure-share,failure-share low,failure-share high,failure-share n", exact);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Service 524,10,0.375,{Share.Of(3, 8)!.Value.Low:0.##########},{Share.Of(3, 8)!.Value.High:0.##########},8"), exact);
        Assert.DoesNotContain(exact, line => line.Length > 0 && line[0] is '=' or '+' or '@');
        Assert.Contains("Service 57,1 to 7,hidden,,,", rounded);
        Assert.Contains(rounded, line => line.StartsWith("# Disclosure: counts from 1 to 7 are hidden", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_of_former_times_is_understood()
    {
        foreach (var (old, now) in AskedMeasure.Formerly)
        {
            var answer = await AskContacts.Ask(new() { Measures = [old, now] }, new(_test.Store, true), LocalCosts.None, Own, TestContext.Current.CancellationToken);
            Assert.Equal([now], answer.Columns);
        }
    }

    [Fact]
    public async Task What_states_no_cost_takes_the_local_cost_of_its_service_and_channel_or_is_counted_as_without()
    {
        // Beside the 13 calls, 7 of which state 250 pence: five forms on the web and two requests, which state none.
        await _test.Put([.. Plain("web", 5, "web"), .. Plain("request", 2, "phone").Select(r => r with { Kind = ContactKind.ServiceRequest })], TestStore.Northmoor with { Name = Own.Council });
        var question = new ContactQuestion { By = ["service", "channel"], Measures = ["cost", "no-local-cost"] };

        var answer = await Asked(question, isExact: true);
        var whole = await Asked(question with { By = [] }, isExact: true);
        var requests = await Asked(question with { By = [], Where = new Dictionary<string, IReadOnlyList<string>> { ["kind"] = ["service-request"] } }, isExact: true);

        // 4 × 250 + 6 × 200 pence by phone; nothing for the web; 3 × 250 of the other service.
        Assert.Equal([("Service 524", "Phone", new Estimate(2200, null, null, 10), 0.0), ("Service 524", "Web form", null, 5.0), ("Service 57", "Phone", new Estimate(750, null, null, 3), 0.0)],
            answer.Rows.Select(r => ((string)r[0]!, (string)r[1]!, (Estimate?)r[2], (double)r[3]!)).OrderBy(r => r.Item1).ThenBy(r => r.Item2));
        Assert.Contains("Here: 7 contacts state a cost, 6 take a local cost, 5 have no local cost.", answer.Definitions["cost"], StringComparison.Ordinal);
        Assert.Equal([new Estimate(2950, null, null, 13), 5.0], whole.Rows.Single());
        Assert.Equal([null, 2.0], requests.Rows.Single());
        // Without local costs only what is stated counts.
        Assert.Equal([new Estimate(1750, null, null, 7), 11.0], (await AskContacts.Ask(question with { By = [] }, new(_test.Store, true), LocalCosts.None, Own, TestContext.Current.CancellationToken)).Rows.Single());
    }

    [Fact]
    public async Task Under_rule_A_local_costs_are_rounded_counts_times_pence()
    {
        await _test.Put([.. Plain("call", 16, "phone", "9"), .. Plain("form", 12, "web", "9"), .. Plain("few", 3, "phone", "8")], TestStore.Northmoor with { Name = Own.Council });
        var question = new ContactQuestion { By = ["service"], Measures = ["cost", "no-local-cost"], Where = new Dictionary<string, IReadOnlyList<string>> { ["service"] = ["8", "9"] } };

        var answer = await Asked(question, isExact: false);

        // 28 are shown as 30 and 16 as 15: 15 × 200 pence, and 15 without. Of 3 nothing is said.
        var rows = answer.Rows.ToDictionary(r => (string)r[0]!, r => r.Skip(1).ToArray());
        Assert.Equal([new Estimate(3000, null, null, 15), 15.0], rows["Service 9"]);
        Assert.Equal([null, null], rows["Service 8"]);
        Assert.Equal(2, answer.Hidden.Count);
        Assert.Contains("These are sums of counts as shown", answer.Definitions["cost"], StringComparison.Ordinal);
    }

    /// <summary>Contacts that state nothing.</summary>
    private static IEnumerable<ContactRow> Plain(string id, int count, string channel, string service = "524") => Enumerable.Range(0, count).Select(i =>
        new ContactRow($"{id}-{service}-{i}", new DateTime(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc).AddMinutes(i)) { Service = service, Channel = Channels.Find(channel)!.Code });

    /// <summary>A call costs the services 524, 9 and 8 two pounds each; the entry of a service without contacts does nothing.</summary>
    private static LocalCosts TwoPounds { get; } = new(((string[])["524", "9", "8", "77"]).Select(service => new LocalCostEntry
    {
        Id = Guid.Empty, Council = Own.Council, Service = service, Channel = "phone", PriceYear = null, Note = null, By = "", EnteredAt = default,
        Inputs = System.Text.Json.JsonSerializer.Serialize(new LocalCost
        {
            Minutes = Range3.Exactly(0), Salary = Range3.Exactly(0), OnCosts = Range3.Exactly(0), Days = Range3.Exactly(1), Hours = Range3.Exactly(1), Occupancy = Range3.Exactly(100),
            Overhead = Range3.Exactly(0), Other = Range3.Exactly(2), Fails = Range3.Exactly(0),
        }),
    }));

    private Task<ContactAnswer> Asked(ContactQuestion question, bool isExact) => AskContacts.Ask(question, new(_test.Store, isExact), TwoPounds, Own, TestContext.Current.CancellationToken);

    private async Task<Figure> Figure(string measure, string service, bool isExact)
    {
        var question = new ContactQuestion { Measures = [measure], Where = new Dictionary<string, IReadOnlyList<string>> { ["service"] = [service] } };
        return (await AskContacts.Answer(question, new(_test.Store, isExact), LocalCosts.None, Own, TestContext.Current.CancellationToken)).Rows.Single().Figures.Single();
    }
}
