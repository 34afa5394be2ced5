using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Cases;
using Concentric.Serve.Citizens;
using Concentric.Serve.Demo;
using Concentric.Serve.Intake;
using Concentric.Serve.Messages;
using Concentric.Tests.Serve.Cases;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Demo;

/// <summary>The demo council has something of everything that the desk shows, and nothing that could not have happened.</summary>
public sealed class DemoHistoryTests(DemoHistoryTests.World world) : IClassFixture<DemoHistoryTests.World>
{
    private readonly TestApp _app = world.App;

    [Fact]
    public async Task There_is_something_of_every_kind()
    {
        var (cases, today) = (await _app.Db(d => d.Cases.AsNoTracking().ToListAsync()), Say.DayOf(_app.Clock.Now));
        var events = await _app.Db(d => d.CaseEvents.AsNoTracking().ToListAsync());

        Assert.InRange(cases.Count, 50, 70);
        Assert.True(cases.Select(c => c.Process).Distinct().Count() >= 8);
        Assert.Contains(cases, c => c is { IsOpen: true, IsPaused: false } && c.NextOn < today);
        Assert.Contains(cases, c => c is { IsOpen: true, IsPaused: false } && c.NextOn >= today);
        Assert.Contains(cases, c => c.IsPaused);
        Assert.Contains(cases, c => c.EscalatedTo == Role.Officer);
        Assert.Contains(cases, c => c.EscalatedTo == Role.ServiceManager);
        foreach (var outcome in Enum.GetValues<CaseOutcome>()) Assert.Contains(cases, c => c.Outcome == outcome);
        Assert.Contains(cases, c => c.IsOpen && events.Any(e => e.CaseId == c.Id && e.Kind == CaseEventKind.Reopened));
        Assert.True(cases.Where(c => c is { IsOpen: true, OwnerId: not null }).Select(c => c.OwnerId).Distinct().Count() >= 2);

        Assert.InRange(await _app.Db(d => d.Citizens.CountAsync()), 38, 48);
        Assert.InRange(await _app.Db(d => d.CitizenPairs.CountAsync(p => p.Found == PairFound.NotYet)), 3, 8);
        Assert.Equal(1, await _app.Db(d => d.CitizenHelpers.CountAsync()));
        Assert.Equal(1, await _app.Db(d => d.Citizens.CountAsync(c => c.Language == Concentric.Serve.Forms.Language.Welsh)));
        Assert.Equal(1, await _app.Db(d => d.Citizens.CountAsync(c => c.PreferredChannel == "post")));
        Assert.Equal([MailState.Enquiry, MailState.WroteAgain, MailState.Automatic, MailState.Quarantined], (await _app.Db(d => d.ReceivedMails.ToListAsync())).Select(m => m.State).Order());
        Assert.True(await _app.Db(d => d.Messages.Failed().CountAsync()) >= 2);
        Assert.True(await _app.Db(d => d.Messages.CountAsync(m => m.NextAt != null)) >= 1);
        Assert.Equal(1, await _app.Db(d => d.Enquiries.CountAsync(e => e.IsSensitive)));
    }

    [Fact]
    public async Task It_does_not_begin_where_its_letters_could_leave_nor_over_one_that_was_broken_off()
    {
        using var mail = new WithMail();
        Assert.Contains("CONCENTRIC_SMTP", (await Assert.ThrowsAsync<RefusedException>(() => DemoHistory.Seed(mail.Services, default))).Message, StringComparison.Ordinal);
        Assert.False(await mail.Db(d => d.Enquiries.AnyAsync()));

        using var broken = new TestApp();
        await File.WriteAllTextAsync(Path.Combine(broken.Data, "demo-begun"), "", TestContext.Current.CancellationToken);
        Assert.Contains("broken off", (await Assert.ThrowsAsync<RefusedException>(() => DemoHistory.Seed(broken.Services, default))).Message, StringComparison.Ordinal);
        Assert.False(await broken.Db(d => d.Enquiries.AnyAsync()));
        // What was played to its end left no such mark.
        Assert.False(File.Exists(Path.Combine(_app.Data, "demo-begun")));
    }

    private sealed class WithMail : TestApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("CONCENTRIC_SMTP", "127.0.0.1:25").UseSetting("CONCENTRIC_SITE", "https://forms.northmoor.example").UseSetting("CONCENTRIC_MAIL_FROM", "no-reply@northmoor.example");
        }
    }

    [Fact]
    public async Task Each_case_stands_as_its_events_say_and_each_step_was_done_by_somebody_who_may()
    {
        var (calendar, people) = (_app.Services.GetRequiredService<WorkingCalendar>(), (await _app.Db(d => d.Set<Person>().ToListAsync())).ToDictionary(p => $"{p.Id}", p => p.Role));
        var opens = await _app.Db(d => d.CaseOpens.AsNoTracking().ToListAsync());
        foreach (var one in await _app.Db(d => d.Cases.AsNoTracking().ToListAsync()))
        {
            var process = ProcessLibrary.Find(one.Process)!;
            var events = (await _app.Db(d => d.CaseEvents.AsNoTracking().Where(e => e.CaseId == one.Id).OrderBy(e => e.Number).ToListAsync())).ConvertAll(e => e.Event);
            var state = CaseState.Of(process, events, calendar);

            Assert.Equal(state.Open.Select(o => o.Id).Order(), opens.Where(o => o.CaseId == one.Id).Select(o => o.Node).Order());
            Assert.Equal((state.End is null, state.Owner, state.Team, state.EscalatedTo), (one.IsOpen, one.OwnerId, one.Team, one.EscalatedTo));
            Assert.Equal(events.Select(e => e.At), events.Select(e => e.At).Order());
            Assert.All(events, e => Assert.True(e.At <= _app.Clock.Now));
            Assert.All(events.Where(e => e.Kind == CaseEventKind.StepDone), e => Assert.Contains(people[e.By], process.Node(e.Node!)!.Who));
        }
    }

    [Fact]
    public async Task Every_enquiry_has_its_fact_and_nobody_reads_a_sample_answer()
    {
        var enquiries = await _app.Db(d => d.Enquiries.AsNoTracking().ToListAsync());
        var raised = (await _app.Facts<EnquiryRaised>()).Select(f => f.Reference).ToHashSet();

        Assert.All(enquiries, e => Assert.Contains($"{e.Reference}", raised));
        Assert.All(enquiries, e => Assert.DoesNotContain("Sample", e.Words, StringComparison.Ordinal));
        Assert.All(await _app.Db(d => d.Submissions.AsNoTracking().ToListAsync()), s => Assert.DoesNotContain("Sample", s.Answers, StringComparison.Ordinal));
        Assert.All(enquiries, e => Assert.True(e.Email.Length == 0 || e.Email.Contains("@example.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Seeding_again_changes_nothing()
    {
        var before = await _app.Db(d => d.Facts.CountAsync());

        await DemoHistory.Seed(_app.Services, TestContext.Current.CancellationToken);

        Assert.Equal(before, await _app.Db(d => d.Facts.CountAsync()));
    }

    /// <summary>The demo as it is on the day of the tests.</summary>
    public sealed class World : IAsyncLifetime
    {
        internal TestApp App { get; } = new();

        public async ValueTask InitializeAsync() => await DemoHistory.Seed(App.Services, TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync() => await App.DisposeAsync();
    }
}
