using Concentric.Core.Data;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Serve.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Messages;

/// <summary>What becomes of a message in each way in which GOV.UK Notify, or the way to it, can fail.</summary>
public sealed class NotifyTests
{
    private static readonly Letter Letter = new("case", "ada@example.com", "Your missed bin", "Hello\nIt was collected.", Language.English);

    [Fact]
    public async Task An_email_and_a_text_reach_Notify_with_their_words_and_our_reference()
    {
        await using var app = await NotifyApp.Start();
        await app.Add(Letter, new("case", "+44 7700 900123", "Your missed bin", "Your bin was collected. https://x.example", Channel: MessageChannel.Text));

        Assert.Equal(2, await app.SendDue());
        Assert.Equal(0, await app.SendDue());

        var rows = await app.Db(db => db.Messages.AsNoTracking().ToListAsync());
        var (email, text) = (rows.Single(r => r.Channel == MessageChannel.Email), rows.Single(r => r.Channel == MessageChannel.Text));
        Assert.Equal(new NotifyTaken(email.DoorId!, $"{email.Id}", "email", "ada@example.com", "Your missed bin", "Hello\nIt was collected.", NotifyStub.EmailTemplate), app.Notify.Taken.Single(t => t.Kind == "email"));
        Assert.Equal(new NotifyTaken(text.DoorId!, $"{text.Id}", "sms", "07700900123", "", "Your bin was collected. https://x.example", NotifyStub.TextTemplate), app.Notify.Taken.Single(t => t.Kind == "sms"));
    }

    /// <summary>For each: what is held to be wrong, whether it is given up at once, whether it counts as a try, whether it may have gone; and that once all is well it has gone once, or never where it was given up.</summary>
    [Theory]
    [InlineData(NotifyMood.NotAnAddress, DoorFault.Address, true, false)]
    [InlineData(NotifyMood.NotANumber, DoorFault.Address, true, false)]
    [InlineData(NotifyMood.International, DoorFault.Address, true, false)]
    [InlineData(NotifyMood.TooLong, DoorFault.Content, true, false)]
    [InlineData(NotifyMood.TooLarge, DoorFault.Content, true, false)]
    [InlineData(NotifyMood.TeamOnly, DoorFault.Setup, false, false)]
    [InlineData(NotifyMood.TrialMode, DoorFault.Setup, false, false)]
    [InlineData(NotifyMood.NoTemplate, DoorFault.Setup, false, false)]
    [InlineData(NotifyMood.MissingPersonalisation, DoorFault.Setup, false, false)]
    [InlineData(NotifyMood.ClockWrong, DoorFault.Setup, false, false)]
    [InlineData(NotifyMood.KeyUnknown, DoorFault.Setup, false, false)]
    [InlineData(NotifyMood.Redirects, DoorFault.Setup, false, false)]
    [InlineData(NotifyMood.NothingThere, DoorFault.Setup, false, false)]
    [InlineData(NotifyMood.MinuteLimit, DoorFault.Busy, false, false)]
    [InlineData(NotifyMood.DayLimit, DoorFault.Busy, false, false)]
    [InlineData(NotifyMood.Fails, DoorFault.Away, false, true)]
    [InlineData(NotifyMood.Unavailable, DoorFault.Away, false, true)]
    [InlineData(NotifyMood.GatewayHtml, DoorFault.Away, false, true)]
    [InlineData(NotifyMood.HangsUp, DoorFault.Away, false, true)]
    [InlineData(NotifyMood.TakesAndHangsUp, DoorFault.Away, false, true)]
    [InlineData(NotifyMood.Silent, DoorFault.Away, false, true)]
    [InlineData(NotifyMood.TakesAndIsSilent, DoorFault.Away, false, true)]
    [InlineData(NotifyMood.TakesAndFails, DoorFault.Away, false, true)]
    [InlineData(NotifyMood.TakesAndTellsGarbage, DoorFault.Away, false, true)]
    [InlineData(NotifyMood.TakesAndTellsTooMuch, DoorFault.Away, false, true)]
    public async Task It_is_neither_lost_nor_sent_twice(NotifyMood mood, DoorFault fault, bool isFinal, bool isUnsure)
    {
        await using var app = await NotifyApp.Start();
        await app.Add(Letter);
        app.Notify.Mood = _ => mood;

        Assert.Equal(0, await app.SendDue());

        var row = await app.Only();
        Assert.Equal((fault, isFinal, isUnsure, isFinal ? 1 : 0), (row.Fault, row.IsFailed, row.UnsureSince is not null, row.Attempts));
        Assert.DoesNotContain("ada@", row.Error, StringComparison.Ordinal);

        app.Notify.Mood = _ => NotifyMood.Well;
        app.Clock.Now += TimeSpan.FromHours(2);
        Assert.Equal(isFinal ? 0 : 1, await app.SendDue());
        Assert.Equal(isFinal ? 0 : 1, app.Notify.Taken.Count);
        Assert.Equal(isFinal, (await app.Only()).SentAt is null);
    }

    [Fact]
    public async Task What_cannot_be_asked_after_waits_rather_than_go_twice_and_after_days_is_left_to_people()
    {
        await using var app = await NotifyApp.Start();
        await app.Add(Letter);
        app.Notify.Mood = _ => NotifyMood.TakesAndHangsUp;

        for (var i = 0; i < 20; i++)
        {
            await app.SendDue();
            app.Clock.Now += TimeSpan.FromHours(1);
        }
        Assert.Single(app.Notify.Taken);
        Assert.NotNull((await app.Only()).UnsureSince);

        // Notify itself has forgotten by then.
        app.Clock.Now += TimeSpan.FromDays(6);
        app.Notify.Mood = _ => NotifyMood.Well;
        await app.SendDue();

        var row = await app.Only();
        Assert.True(row.IsFailed);
        Assert.Contains("may have been sent", row.Error, StringComparison.Ordinal);
        Assert.Single(app.Notify.Taken);
    }

    [Fact]
    public async Task One_whose_sender_was_killed_after_handing_it_over_is_found_and_not_sent_again()
    {
        await using var app = await NotifyApp.Start();
        await app.Add(Letter);
        var taken = await app.Db(db => Outbox.Take(app.Services.GetRequiredService<IWriter>(), db, [MessageChannel.Email], 10, knock: false, app.Clock.Now));
        await app.Services.GetRequiredService<IMessageDoor>().Send(taken.Messages.Single(), default);

        app.Clock.Now += Outbox.Lease;
        Assert.Equal(1, await app.SendDue());

        var sent = Assert.Single(app.Notify.Taken);
        Assert.Equal(sent.Id, (await app.Only()).DoorId);
    }

    [Theory]
    [InlineData("delivered", Delivery.Delivered, "Arrived")]
    [InlineData("permanent-failure", Delivery.PermanentFailure, "Nobody has that address or number")]
    [InlineData("temporary-failure", Delivery.TemporaryFailure, "could not be delivered for days")]
    [InlineData("technical-failure", Delivery.TechnicalFailure, "Something failed")]
    public async Task What_became_of_it_is_asked_until_it_is_known(string status, Delivery delivery, string words)
    {
        await using var app = await NotifyApp.Start();
        await app.Add(Letter);
        await app.SendDue();
        app.Notify.Status = "sending";

        Assert.Equal(0, await app.Sender.AskDue(default));
        app.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(0, await app.Sender.AskDue(default));
        app.Notify.Status = status;
        Assert.Equal(0, await app.Sender.AskDue(default));
        app.Clock.Now += TimeSpan.FromMinutes(4);
        Assert.Equal(1, await app.Sender.AskDue(default));

        var row = await app.Only();
        Assert.Equal((delivery, (DateTimeOffset?)null), (row.Delivery, row.AskAt));
        Assert.Contains(words, DeliveryWords.Of(row), StringComparison.Ordinal);
        Assert.Equal(delivery == Delivery.Delivered ? 0 : 1, await app.Db(db => db.Messages.Failed().CountAsync()));
    }

    [Fact]
    public async Task Of_what_is_never_told_it_is_known_in_the_end_that_it_is_not_known()
    {
        await using var app = await NotifyApp.Start();
        await app.Add(Letter);
        await app.SendDue();
        app.Notify.Status = "sending";

        for (var hour = 0; hour < 72; hour++)
        {
            app.Clock.Now += TimeSpan.FromHours(1);
            await app.Sender.AskDue(default);
        }

        Assert.Equal((Delivery.NotKnown, (DateTimeOffset?)null), ((await app.Only()).Delivery!.Value, (await app.Only()).AskAt));
    }

    [Fact]
    public async Task One_bad_message_keeps_no_other_and_is_given_up_at_last()
    {
        await using var app = await NotifyApp.Start(atOnce: 1);
        await app.Add([Letter with { To = "bad@example.com" }, .. Enumerable.Range(0, 20).Select(i => Letter with { To = $"citizen{i}@example.com" })]);
        app.Notify.Mood = to => to == "bad@example.com" ? NotifyMood.Fails : NotifyMood.Well;

        Assert.Equal(20, await app.SendDue());
        for (var day = 0; day < 12 && await app.Db(db => db.Messages.AnyAsync(m => m.NextAt != null)); day++)
        {
            app.Clock.Now += TimeSpan.FromDays(1);
            await app.Add(Letter with { To = $"day{day}@example.com" });
            await app.SendDue();
        }

        var bad = await app.Db(db => db.Messages.SingleAsync(m => m.To == "bad@example.com"));
        Assert.Equal((true, DoorFault.Away, Outbox.Waits.Count + 1), (bad.IsFailed, bad.Fault!.Value, bad.Attempts));
        Assert.Equal(app.Notify.Taken.Count, await app.Db(db => db.Messages.CountAsync(m => m.SentAt != null)));
    }

    [Fact]
    public async Task No_more_goes_in_a_minute_than_was_set()
    {
        await using var app = await NotifyApp.Start(rate: 60);
        await app.Add([.. Enumerable.Range(0, 100).Select(i => Letter with { To = $"citizen{i}@example.com" })]);

        var sent = await app.SendDue();
        Assert.InRange(sent, 1, 10);
        for (var second = 0; second < 60; second++)
        {
            app.Clock.Now += TimeSpan.FromSeconds(1);
            sent += await app.SendDue();
        }

        Assert.InRange(sent, 60, 70);
    }
}
