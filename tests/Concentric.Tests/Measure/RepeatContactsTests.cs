using System.Globalization;
using System.Text.Json;
using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure;

public class RepeatContactsTests
{
    [Fact]
    public void Repeats_are_those_of_the_reference()
    {
        var vector = Vectors.Read("failure_demand_repeat_contacts.json");
        MatchedContact[] contacts =
        [
            .. vector.GetProperty("contacts").EnumerateArray().Select(c => new MatchedContact(
                c.GetProperty("id").GetInt64(),
                c.GetProperty("person").GetString() is { } p ? ulong.Parse(p.AsSpan(1), CultureInfo.InvariantCulture) : 0,
                c.GetProperty("service").GetString()!,
                new(c.GetProperty("time").GetDateTime(), TimeSpan.Zero))),
        ];
        foreach (var window in vector.GetProperty("expected").EnumerateObject())
        {
            var repeats = RepeatContacts.Of(contacts, TimeSpan.FromDays(int.Parse(window.Name, CultureInfo.InvariantCulture)));

            foreach (var found in repeats.Contacts)
            {
                var expected = window.Value.GetProperty("per_contact").GetProperty($"{found.Id}");
                Assert.Equal(expected.GetProperty("repeat") is { ValueKind: not JsonValueKind.Null } r ? r.GetBoolean() : null, found.Repeat);
                Assert.Equal(expected.GetProperty("chain") is { ValueKind: not JsonValueKind.Null } c ? c.GetInt32() : null, found.Chain);
                if (expected.GetProperty("gap_days") is { ValueKind: not JsonValueKind.Null } gap) Vectors.Near(gap.GetDouble(), found.Gap?.TotalDays);
                else Assert.Null(found.Gap);
            }

            var (rates, first) = (window.Value.GetProperty("rates"), window.Value.GetProperty("fcr"));
            Assert.Equal((rates.GetProperty("known").GetInt32(), rates.GetProperty("unmatched").GetInt32(), rates.GetProperty("repeat").GetInt32()), (repeats.Known, repeats.Unmatched, repeats.Repeats));
            Assert.Equal((first.GetProperty("chains").GetInt32(), first.GetProperty("resolved_first_time").GetInt32()), (repeats.Chains, repeats.SettledAtOnce));
            Vectors.Near(rates.GetProperty("repeat_rate_of_known").GetDouble(), (double)repeats.Repeats / repeats.Known);
            Vectors.Near(first.GetProperty("fcr").GetDouble(), (double)repeats.SettledAtOnce / repeats.Chains);
            Vectors.Near(first.GetProperty("contacts_per_issue").GetDouble(), (double)repeats.Known / repeats.Chains);
        }

        foreach (var row in vector.GetProperty("chance_repeat_poisson").EnumerateArray())
            Vectors.Near(row.GetProperty("p_chance_repeat").GetDouble(), RepeatContacts.ByChance(row.GetProperty("annual_rate").GetDouble(), row.GetProperty("window").GetDouble()));
    }
}
