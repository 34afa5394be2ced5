using System.Text.Json;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Citizens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Citizens;

/// <summary>Staff say of two citizens whether they are one, and can take it back.</summary>
public sealed class JoinCitizensTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_pair_is_suggested_with_its_reasons_joined_undone_and_told_apart_for_good()
    {
        var ada = await Keep(new("Ada Marsh", new(1980, 1, 5), "ada@example.com"));
        var adda = await Keep(new("Adda Marsh", new(1980, 1, 5), "ada@example.com"));
        await Suggest();

        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open("/desk/citizens/pairs");
        Assert.Contains("Same email", asha.Text.Replace("Born on the same day; same", "Same", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("Marsh", asha.Text, StringComparison.Ordinal);
        Assert.Empty(await _app.Db(d => d.CitizenLooks.ToListAsync()));

        await asha.Open(asha.Page.QuerySelector("td a[href*='/pairs/']")!.GetAttribute("href")!);
        var pair = asha.Response.RequestMessage!.RequestUri!.AbsolutePath;
        Assert.Contains("Adda Marsh", asha.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await _app.Db(d => d.CitizenLooks.Where(l => l.Reason == LookReason.Duplicate).ToListAsync())).Select(l => l.CitizenId).Distinct().Count());
        await asha.Press("Same person: join them");
        Assert.Contains("There are none", asha.Text, StringComparison.Ordinal);

        await asha.Open($"/desk/citizens/{ada}");
        await asha.Press("Open", ("Reason", "Colleague"), ("Words", "Asked by Tom"));
        Assert.Contains("Joined: Adda Marsh", asha.Text, StringComparison.Ordinal);
        // The other way in is the same citizen, and the reason holds for both.
        await asha.Open($"/desk/citizens/{adda}");
        Assert.Contains("Joined: Ada Marsh", asha.Text, StringComparison.Ordinal);

        await asha.Open(pair);
        await asha.Press("Undo");
        await asha.Press("Not the same");
        await _app.Write(d => d.Citizens.ExecuteUpdateAsync(c => c.SetProperty(x => x.IsCompared, false)));
        await Suggest();
        await asha.Open("/desk/citizens/pairs");
        Assert.Contains("There are none", asha.Text, StringComparison.Ordinal);
        await asha.Post(pair, [("found", "Whatever")]);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, asha.Status);

        var kinds = new[] { Journal.KindOf(typeof(CitizensJoined)), Journal.KindOf(typeof(CitizensParted)), Journal.KindOf(typeof(CitizensToldApart)) };
        var facts = await _app.Db(d => d.Facts.AsNoTracking().Where(f => kinds.Contains(f.Kind)).ToListAsync());
        Assert.Equal(kinds.Order(StringComparer.Ordinal), facts.Select(f => f.Kind).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_joined_and_undone_in_whatever_order_undoing_restores_what_was(int seed)
    {
        var chance = new Random(seed);
        var ids = new List<Guid>();
        for (var i = 0; i < 6; i++) ids.Add(await Keep(new($"Person{i} Of{i}", Email: $"p{i}@example.com")));
        var pairs = ids.SelectMany((a, i) => ids.Skip(i + 1).Select(b => CitizenPair.InOrder(a, b))).ToList();
        await Suggest();
        await _app.Write(async d =>
        {
            foreach (var (a, b) in pairs)
                if (await d.CitizenPairs.FindAsync(a, b) is null) d.Add(new CitizenPair { FirstId = a, SecondId = b, Weight = 15, Reasons = "alike", SuggestedAt = _app.Clock.Now });
        });
        var start = await Everything();

        var stack = new Stack<((Guid, Guid) Pair, string Before)>();
        var joined = new HashSet<(Guid, Guid)>();
        for (var step = 0; step < 40; step++)
        {
            if (stack.Count > 0 && chance.Next(2) == 0)
            {
                // The last join is undone: all is as it was before it.
                var (last, before) = stack.Pop();
                await Find(last, PairFound.NotYet);
                joined.Remove(last);
                Assert.Equal(before, await Everything());
            }
            else
            {
                var pair = pairs[chance.Next(pairs.Count)];
                if (joined.Contains(pair)) continue;
                stack.Push((pair, await Everything()));
                await Find(pair, PairFound.Same);
                joined.Add(pair);
            }
            foreach (var id in ids) Assert.Equal(Reach(id, joined), (await _app.Db(d => CitizenPair.Joined(d, id))).Order());
        }
        // And in any other order.
        foreach (var pair in joined.OrderBy(_ => chance.Next()).ToList()) await Find(pair, PairFound.NotYet);
        Assert.Equal(start, await Everything());
    }

    private static IEnumerable<Guid> Reach(Guid from, HashSet<(Guid A, Guid B)> joined)
    {
        var all = new HashSet<Guid> { from };
        while (joined.Any(j => all.Contains(j.A) != all.Contains(j.B)))
            foreach (var (a, b) in joined.Where(j => all.Contains(j.A) != all.Contains(j.B)).ToList()) all.UnionWith([a, b]);
        return all.Order();
    }

    private Task Find((Guid First, Guid Second) pair, PairFound found) => _app.Write(d => JoinCitizens.Find(d, pair.First, pair.Second, found, Guid.Empty, _app.Clock.Now));

    private async Task<string> Everything() => JsonSerializer.Serialize(new
    {
        citizens = await _app.Db(d => d.Citizens.AsNoTracking().OrderBy(c => c.Id).ToListAsync()),
        pairs = await _app.Db(d => d.CitizenPairs.AsNoTracking().OrderBy(p => p.FirstId).ThenBy(p => p.SecondId).ToListAsync()),
    });

    private async Task Suggest()
    {
        while (await _app.Services.GetRequiredService<SuggestPairs>().Suggest() > 0) { }
    }

    private async Task<Guid> Keep(Told told)
    {
        Guid? id = null;
        await _app.Write(async d => id = await KeepCitizen.Of(d, told, _app.Clock.Now));
        return id!.Value;
    }
}
