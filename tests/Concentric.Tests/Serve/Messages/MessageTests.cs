using System.Net;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Serve.Messages;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Messages;

/// <summary>What is written to citizens leaves the house once, sooner or later.</summary>
public sealed class MessageTests : IDisposable
{
    private static readonly Letter Saved = new("saved-form", "ada@example.com", "Eich ffurflen – wedi’i chadw", "Helo\r\n\r\nhttps://localhost/forms/resume/abc\r\n.\r\nHwyl", Language.Welsh);

    private readonly StubMail _mail = new();
    private readonly MailApp _app;

    public MessageTests() => _app = new(_mail.Address);

    [Fact]
    public async Task A_message_is_sent_once_with_its_words()
    {
        await Add(Saved);

        Assert.Equal(1, await SendDue());
        Assert.Equal(0, await SendDue());

        var letter = Assert.Single(_mail.Letters);
        Assert.Contains("To: ada@example.com", letter, StringComparison.Ordinal);
        Assert.Contains("From: \"Northmoor Council\" <no-reply@northmoor.example>", letter, StringComparison.Ordinal);
        Assert.Contains("Content-Language: cy", letter, StringComparison.Ordinal);
        var row = await Only();
        Assert.Contains($"<{row.Id:N}@northmoor.example>", letter, StringComparison.Ordinal);
        Assert.Equal((_app.Clock.Now, (DateTimeOffset?)null, (string?)null, 1), (row.SentAt, row.NextAt, row.Error, row.Attempts));
    }

    [Fact]
    public async Task Two_programs_that_look_at_once_send_it_once()
    {
        for (var i = 0; i < 20; i++) await Add(Saved);

        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendDue()));

        Assert.Equal(20, sent.Sum());
        Assert.Equal(20, _mail.Letters.Count);
    }

    [Fact]
    public async Task One_that_is_turned_away_is_tried_again_ever_more_seldom_and_then_given_up_and_shown()
    {
        await Add(Saved);
        _mail.Mood = MailMood.RefusesForNow;

        var waits = new List<TimeSpan>();
        for (var tries = 1; ; tries++)
        {
            Assert.Equal(0, await SendDue());
            var row = await Only();
            Assert.Equal(tries, row.Attempts);
            Assert.NotNull(row.Error);
            if (row.NextAt is not { } next) break;
            waits.Add(next - _app.Clock.Now);
            _app.Clock.Now = next - TimeSpan.FromSeconds(1);
            await SendDue();
            Assert.Equal(tries, (await Only()).Attempts);
            _app.Clock.Now = next;
        }

        Assert.Equal([1, 5, 25, 125, 625, 1440], waits.Select(w => w.TotalMinutes));
        Assert.True((await Only()).IsFailed);
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/messages");
        Assert.Contains("ada@example.com", grace.Text, StringComparison.Ordinal);
        Assert.Contains("tried 7 times", grace.Text, StringComparison.Ordinal);
        _mail.Mood = MailMood.Well;
        await grace.Press("Send again");
        Assert.Contains("No message has failed", grace.Text, StringComparison.Ordinal);
        Assert.Equal(1, await SendDue());
    }

    [Fact]
    public async Task While_the_mail_server_is_away_a_message_uses_up_none_of_its_tries()
    {
        await Add(Saved);
        _mail.Mood = MailMood.HangsUp;

        for (var hour = 0; hour < 100; hour++)
        {
            Assert.Equal(0, await SendDue());
            _app.Clock.Now += TimeSpan.FromHours(1);
        }

        var row = await Only();
        Assert.Equal((0, DoorFault.Away), (row.Attempts, row.Fault));
        _mail.Mood = MailMood.Well;
        Assert.Equal(1, await SendDue());
        Assert.Single(_mail.Letters);
    }

    [Fact]
    public async Task An_address_that_nobody_has_is_given_up_at_once_and_the_error_does_not_repeat_it()
    {
        await Add(Saved);
        _mail.Mood = MailMood.KnowsNobody;

        await SendDue();

        var row = await Only();
        Assert.True(row.IsFailed);
        Assert.Equal("The mail server does not know the address (550)", row.Error);
    }

    [Fact]
    public async Task One_that_somebody_took_and_never_finished_is_taken_again_after_a_while()
    {
        await Add(Saved);
        var taken = await _app.Db(db => Outbox.Take(_app.Services.GetRequiredService<IWriter>(), db, [MessageChannel.Email], 10, knock: false, _app.Clock.Now));
        Assert.Single(taken.Messages);

        Assert.Equal(0, await SendDue());
        _app.Clock.Now += Outbox.Lease;
        Assert.Equal(1, await SendDue());
    }

    [Fact]
    public async Task A_mail_server_that_says_nothing_is_left_after_a_while()
    {
        await Add(Saved);
        _mail.Mood = MailMood.Silent;

        var answer = await new SmtpDoor(_app.Services.GetRequiredService<Settings>()) { Patience = TimeSpan.FromSeconds(1) }.Send(await Only(), default);

        Assert.NotNull(answer.Error);
        Assert.False(answer.IsFinal);
    }

    [Fact]
    public async Task The_text_goes_seven_days_after_sending_and_stays_while_it_waits()
    {
        await Add(Saved);
        await SendDue();
        await Add(Saved with { To = "waits@example.com" });
        var writer = _app.Services.GetRequiredService<IWriter>();

        Assert.Equal(0, await Outbox.Forget(writer, _app.Clock.Now + TimeSpan.FromDays(7)));
        Assert.Equal(1, await Outbox.Forget(writer, _app.Clock.Now + TimeSpan.FromDays(7.1)));

        var rows = await _app.Db(db => db.Messages.AsNoTracking().ToListAsync());
        Assert.Null(rows.Single(r => r.To == "ada@example.com").Body);
        Assert.Contains("resume/abc", rows.Single(r => r.To == "waits@example.com").Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_whom_something_was_written_is_forgotten_ninety_days_later_and_what_waits_stays()
    {
        await Add(Saved);
        await SendDue();
        await Add(Saved with { To = "failed@example.com" });
        await Add(Saved with { To = "waits@example.com" });
        await _app.Write(db => db.Messages.Where(m => m.To == "failed@example.com").ExecuteUpdateAsync(m => m.SetProperty(x => x.NextAt, (DateTimeOffset?)null)));
        var writer = _app.Services.GetRequiredService<IWriter>();
        Task<List<string>> Known() => _app.Db(db => db.Messages.OrderBy(m => m.To).Select(m => m.To).ToListAsync());

        await Outbox.Forget(writer, _app.Clock.Now + TimeSpan.FromDays(90));
        Assert.Equal(["ada@example.com", "failed@example.com", "waits@example.com"], await Known());
        Assert.Equal(2, await Outbox.Forget(writer, _app.Clock.Now + TimeSpan.FromDays(90.1)));

        Assert.Equal(["waits@example.com"], await Known());
    }

    [Fact]
    public async Task What_is_put_out_in_work_that_fails_was_never_put_out()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _app.Write(db =>
        {
            Outbox.Add(db, Saved, _app.Clock.Now);
            throw new InvalidOperationException("No.");
        }));

        Assert.Equal(0, await _app.Db(db => db.Messages.CountAsync()));
    }

    [Theory]
    [InlineData("ada@example.com\r\nBcc: all@example.com", "Hello")]
    [InlineData("ada@example.com, eve@example.com", "Hello")]
    [InlineData("Ada <ada@example.com>", "Hello")]
    [InlineData("ada", "Hello")]
    [InlineData("", "Hello")]
    [InlineData("ada@example.com", "Hello\r\nBcc: all@example.com")]
    [InlineData("ada@example.com", "Hello\u2028there")]
    [InlineData("ada@example.com", "")]
    public async Task A_line_break_in_the_head_of_a_letter_is_refused(string to, string subject) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _app.Write(db =>
        {
            Outbox.Add(db, Saved with { To = to, Subject = subject }, _app.Clock.Now);
            return Task.CompletedTask;
        }));

    [Fact]
    public async Task In_development_a_page_shows_what_is_sent_and_elsewhere_there_is_none()
    {
        await Add(Saved);
        var person = await _app.Browse().Open("/dev/messages");
        Assert.Contains("Eich ffurflen – wedi’i chadw", person.Text, StringComparison.Ordinal);
        Assert.Equal("https://localhost/forms/resume/abc", person.Page.QuerySelector("main a")!.GetAttribute("href"));

        using var production = new TestApp { Environment = "Production" };
        Assert.Equal(HttpStatusCode.NotFound, (await production.Browse().Open("/dev/messages")).Status);
    }

    [Fact]
    public async Task Without_a_mail_server_messages_wait()
    {
        using var app = new TestApp();
        await app.Write(db =>
        {
            Outbox.Add(db, Saved, app.Clock.Now);
            return Task.CompletedTask;
        });

        Assert.Equal(0, await app.Services.GetRequiredService<MessageSender>().SendDue(default));

        Assert.Equal(app.Clock.Now, (await app.Db(db => db.Messages.SingleAsync())).NextAt);
    }

    [Theory]
    [InlineData("CONCENTRIC_CLAMD", "nowhere")]
    [InlineData("CONCENTRIC_CLAMD", "host:port")]
    [InlineData("CONCENTRIC_SMTP", "mail.example")]
    [InlineData("CONCENTRIC_SMTP", "mail.example:25/x")]
    public void A_setting_that_is_no_host_and_port_is_refused_by_name(string variable, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(variable, value), new("CONCENTRIC_MAIL_FROM", "a@b.example")]).Build();

        Assert.Contains(variable, Assert.Throws<RefusedException>(() => new Settings(configuration)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_server_without_an_address_to_send_from_is_refused() =>
        Assert.Throws<RefusedException>(() => new Settings(new ConfigurationBuilder().AddInMemoryCollection([new("CONCENTRIC_SMTP", "[::1]:25")]).Build()));

    public void Dispose()
    {
        _app.Dispose();
        _mail.Dispose();
    }

    private Task Add(Letter letter) => _app.Write(db =>
    {
        Outbox.Add(db, letter, _app.Clock.Now);
        return Task.CompletedTask;
    });

    private Task<int> SendDue() => _app.Services.GetRequiredService<MessageSender>().SendDue(default);

    private Task<Message> Only() => _app.Db(db => db.Messages.AsNoTracking().SingleAsync());

    /// <summary>With a mail server: a test itself says when it sends.</summary>
    private sealed class MailApp(string smtp) : TestApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("CONCENTRIC_SMTP", smtp).UseSetting("CONCENTRIC_SITE", "https://forms.northmoor.example").UseSetting("CONCENTRIC_MAIL_FROM", "no-reply@northmoor.example");
        }
    }
}
