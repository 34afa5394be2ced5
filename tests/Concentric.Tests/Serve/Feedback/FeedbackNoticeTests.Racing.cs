using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Feedback;
using Concentric.Serve.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Feedback;

/// <summary>What comes at the very same instant is one letter and one that counts, and each leaves once.</summary>
public sealed partial class FeedbackNoticeTests
{
    private const string Waste = "waste@northmoor.example";

    [Fact]
    public async Task Many_notices_at_the_same_instant_are_one_letter_and_one_that_says_how_many()
    {
        await _app.Seed();
        await Address(await _app.SignInAs(Role.ServiceManager), "team:Waste and recycling", Waste);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(Notice)));

        Assert.Equal(["11 new: citizens said something of us", "A complaint"], (await Notices()).Select(n => n.Subject).Order(StringComparer.Ordinal));
        // Several senders look at once, as two programs on one database do.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ActivatorUtilities.CreateInstance<MessageSender>(_app.Services).SendDue(default))));
        Assert.Single(_mail.Letters);
        _app.Clock.Now += NoticeLetters.Between;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ActivatorUtilities.CreateInstance<MessageSender>(_app.Services).SendDue(default))));
        Assert.Equal(2, _mail.Letters.Count);
    }

    [Fact]
    public async Task One_that_a_sender_took_goes_and_the_next_waits_its_five_minutes()
    {
        await _app.Seed();
        await Address(await _app.SignInAs(Role.ServiceManager), "team:Waste and recycling", Waste);
        var began = _app.Clock.Now;
        await Notice();
        await Notice();
        await Notice();
        // The one that counts two is due, and somebody has it in hand; a notice comes whose work began a moment before.
        await _app.Write(d => d.Messages.Where(m => m.Subject.StartsWith("2 new")).ExecuteUpdateAsync(m => m.SetProperty(x => x.TakenBy, Guid.CreateVersion7(began)).SetProperty(x => x.NextAt, began + Outbox.Lease)));
        _app.Clock.Now = began + NoticeLetters.Between;

        await Notice();

        Assert.Equal(["1 new: citizens said something of us", "2 new: citizens said something of us", "A complaint"], (await Notices()).Select(n => n.Subject).Order(StringComparer.Ordinal));
        Assert.Equal(_app.Clock.Now + NoticeLetters.Between, (await Notices()).Single(n => n.Subject.StartsWith("1 new", StringComparison.Ordinal)).NextAt);
    }

    [Fact]
    public async Task An_address_that_was_taken_away_meanwhile_is_not_written_to()
    {
        await _app.Seed();
        await Notice();
        Assert.Empty(await Notices());
    }

    private Task Notice() => _app.Write(db => NoticeLetters.Add(db, new(NoticeLetters.Kind, Waste, "A complaint", "A complaint. Read it."), "https://forms.northmoor.example/desk/feedback", _app.Clock.Now));
}
