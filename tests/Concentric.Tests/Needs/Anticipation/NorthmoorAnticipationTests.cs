using Concentric.Core.Facts;
using Concentric.Core.Questions;
using Concentric.Measure.Demo;
using Concentric.Needs.Anticipation;

namespace Concentric.Tests.Needs.Anticipation;

/// <summary>The demo council shows that the machinery works, and nothing more: what is found in it was planted.</summary>
[Trait("Database", "none")]
public sealed class NorthmoorAnticipationTests(ITestOutputHelper output)
{
    private static readonly DateOnly Today = new(2026, 3, 5);

    [Fact]
    public void What_was_planted_is_found_on_held_out_contacts()
    {
        var pairs = Pairs(Northmoor.Contacts(Today, new Chance(Northmoor.Seed)));
        var found = Evaluate.Run(pairs, Evaluate.UsualSplit(pairs), _ => []);
        output.WriteLine(System.Text.Json.JsonSerializer.Serialize(found, Concentric.Core.Operations.JsonOption.Format));
        double Recall(string method) => found.Methods.Single(m => m.Method == method).Recall3!.Share;

        Assert.True(Recall("counts") >= 1.5 * Recall("popularity"), found.Finding);
        Assert.InRange(found.Calibration!.Slope!.Value, 0.8, 1.25);
    }

    /// <summary>As the contact store gives them: by person, day and service, each pair at its first contact where that was value demand.</summary>
    internal static FirstContacts Pairs(IEnumerable<NorthmoorContact> contacts)
    {
        var period = Northmoor.Period(Today);
        string[] services = ["", .. Northmoor.Services.Select(s => s.Id)];
        string[] profiles = ["", .. Northmoor.Areas.OrderBy(a => a.Supergroup).Select(a => a.SupergroupName).Distinct()];
        var first = contacts.Where(c => c.Person != 0).GroupBy(c => (c.Person, c.Service)).Select(g => g.First()).Where(c => c.Demand == Demand.Value)
            .Select(c => (c.Person, Day: DateOnly.FromDateTime(c.At.DateTime).DayNumber - period.From.DayNumber, Service: Array.IndexOf(services, c.Service), c.Area.Supergroup))
            .OrderBy(c => c.Person).ThenBy(c => c.Day).ThenBy(c => c.Service).ToList();
        var persons = first.Select(f => f.Person).Distinct().Index().ToDictionary(p => p.Item, p => p.Index);
        return new()
        {
            Council = "Northmoor",
            IsSynthetic = true,
            From = period.From,
            To = period.Through,
            Services = services,
            Profiles = profiles,
            Person = [.. first.Select(f => persons[f.Person])],
            Service = [.. first.Select(f => (ushort)f.Service)],
            Day = [.. first.Select(f => (ushort)f.Day)],
            Profile = [.. first.Select(f => f.Supergroup)],
        };
    }
}
