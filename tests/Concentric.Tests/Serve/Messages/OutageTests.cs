using System.Globalization;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Serve.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Messages;

/// <summary>The message service is away for days.</summary>
public sealed class OutageTests
{
    // Each costs a statement of its own on a server; what many of them show is shown on SQLite.
    private static readonly int Messages = TestDatabase.IsPostgres && !Journeys.Ways.IsWhole ? 1_000 : 10_000;

    [Fact]
    public async Task After_seventy_two_hours_of_outage_each_of_ten_thousand_messages_goes_once_in_the_order_of_age_and_the_door_was_not_hammered()
    {
        await using var app = await NotifyApp.Start();
        app.Notify.Mood = _ => NotifyMood.HangsUp;
        var began = app.Clock.Now;
        await Write(app, began);

        while (app.Clock.Now < began + TimeSpan.FromHours(72))
        {
            Assert.Equal(0, await app.SendDue());
            // As the program's own loop: what is closed is looked at every ten seconds and knocked at by one message in five minutes.
            app.Clock.Now += TimeSpan.FromSeconds(150);
        }

        Assert.Equal(Messages, await app.Db(db => db.Messages.CountAsync(m => m.NextAt != null && m.Attempts == 0)));
        // Once in five minutes at most, and those of the first moments.
        Assert.InRange(app.Notify.Knocks, 100, 72 * 12 + 30);
        app.Notify.Mood = _ => NotifyMood.Well;
        app.Clock.Now += TimeSpan.FromMinutes(5);
        var (sent, atMost) = (0, 20);
        while (sent < Messages && atMost-- > 0)
        {
            sent += await app.SendDue();
            app.Clock.Now += TimeSpan.FromSeconds(1);
        }

        Assert.Equal(Messages, sent);
        var taken = app.Notify.Taken.ToList();
        Assert.Equal(Messages, taken.Select(t => t.Reference).Distinct().Count());
        Assert.Equal(Messages, taken.Count);
        Assert.Equal(Messages, await app.Db(db => db.Messages.CountAsync(m => m.SentAt != null && m.NextAt == null)));
        // In the order of age, but for those that go at the same time, and the one that knocked.
        var numbers = taken.Skip(1).Select(t => int.Parse(t.Message, CultureInfo.InvariantCulture)).ToList();
        Assert.All(numbers.Index(), n => Assert.InRange(n.Item, n.Index - 64, n.Index + 64));
    }

    [Fact]
    public async Task Two_programs_send_each_message_once()
    {
        await using var app = await NotifyApp.Start();
        for (var i = 0; i < 5; i++) await app.Add([.. Enumerable.Range(0, 100).Select(n => new Letter("case", $"c{n}@example.com", "Hello", $"{n}"))]);
        MessageSender Another() => ActivatorUtilities.CreateInstance<MessageSender>(app.Services, ActivatorUtilities.CreateInstance<Doorways>(app.Services));

        var sent = await Task.WhenAll(app.SendDue(), Another().SendDue(default), Another().SendDue(default));

        Assert.Equal(500, sent.Sum());
        Assert.Equal(500, app.Notify.Taken.Select(t => t.Reference).Distinct().Count());
        Assert.Equal(500, app.Notify.Taken.Count);
    }

    private static async Task Write(NotifyApp app, DateTimeOffset began)
    {
        foreach (var some in Enumerable.Range(0, Messages).Chunk(1000))
            await app.Write(db =>
            {
                // Each a second younger than the one before, all written before the outage.
                foreach (var n in some)
                {
                    var at = began - TimeSpan.FromSeconds(Messages - n);
                    db.Messages.Add(new() { Id = Guid.CreateVersion7(at), Kind = "case", To = $"citizen{n}@example.com", Subject = "Your missed bin", Body = $"{n}", Language = Language.English, At = at, NextAt = at });
                }
                return Task.CompletedTask;
            });
    }
}
