using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve.Cases;
using Concentric.Serve.Citizens;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve.Demo;

/// <summary>
/// What happened in Northmoor lately, all invented: citizens, cases, messages and e-mail. It is played from its first day to today by the classes that do it for everybody, with a clock that was
/// then, so that facts, events, lists and search know of it as of anything else.
/// </summary>
internal sealed class DemoHistory
{
    private readonly IServiceProvider _services;
    private readonly IDbContextFactory<ConcentricDb> _databases;
    private readonly IWriter _writer;
    private readonly WorkingCalendar _calendar;
    private readonly MoveCase _cases;
    private readonly DemoClock _clock = new();
    private readonly DemoForms _forms;
    private readonly CaseClock _caseClock;
    private readonly DemoPost _post;
    private readonly DemoFeedback _feedback;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, Guid> _staff;
    private readonly Dictionary<DemoCase, Reference> _references = [];

    private DemoHistory(IServiceProvider services, Dictionary<string, Guid> staff)
    {
        (_services, _staff, _now) = (services, staff, services.GetRequiredService<TimeProvider>().GetUtcNow());
        (_databases, _writer) = (services.GetRequiredService<IDbContextFactory<ConcentricDb>>(), services.GetRequiredService<IWriter>());
        (_calendar, _cases) = (services.GetRequiredService<WorkingCalendar>(), services.GetRequiredService<MoveCase>());
        (_feedback, _forms, _caseClock, _post) = (new(services, _clock), new(services, _clock), ActivatorUtilities.CreateInstance<CaseClock>(services, _clock), new(services, _clock));
    }

    public static async Task Seed(IServiceProvider services, CancellationToken stop)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<ConcentricDb>>().CreateDbContextAsync(stop);
        var settings = services.GetRequiredService<Settings>();
        var begun = Path.Combine(settings.Data, "demo-begun");
        if (File.Exists(begun)) throw new RefusedException($"The demo council was broken off while it was written. Delete the database and the folder {settings.Data}, and begin again.");
        if (await db.Enquiries.AnyAsync(stop)) return;
        if (settings.Smtp is not null || settings.Notify is not null) throw new RefusedException("The demo council writes letters to people whom it invents. Take CONCENTRIC_SMTP and CONCENTRIC_NOTIFY_KEY away, so that none of them can leave.");
        var staff = (await db.Set<Person>().Where(p => p.IsDemo).ToListAsync(stop)).ToDictionary(p => p.Name.Split(' ')[0].ToLowerInvariant(), p => p.Id, StringComparer.Ordinal);
        await File.WriteAllTextAsync(begun, "", stop);
        await new DemoHistory(services, staff).Play(stop);
        File.Delete(begun);
    }

    private async Task Play(CancellationToken stop)
    {
        foreach (var day in Happenings().OrderBy(h => h.At).GroupBy(h => Say.DayOf(h.At)))
        {
            _clock.Now = Early(day.Key);
            await _caseClock.GoOn(stop);
            await _caseClock.Escalate(stop);
            foreach (var (at, happen) in day)
            {
                _clock.Now = at;
                await happen();
            }
            // What was written today waits, as no door is set up.
            if (day.Key < Say.DayOf(_now)) await _post.Send();
            if (day.Key < Say.DayOf(_now)) await _feedback.Say(stop);
        }
        _clock.Now = _now;
        await SayWishes(stop);
        await DemoFeedback.Tell(_writer, $"{_staff["grace"]}", _now, stop);
        await _post.Receive(_now, _references.First(r => r.Key is { Who: "ruth", Form: "housing-repair" }).Value);
        var pairs = _services.GetRequiredService<SuggestPairs>();
        while (await pairs.Suggest() > 0) { }
    }

    /// <summary>Everything with its time; of one case in its order.</summary>
    private IEnumerable<(DateTimeOffset At, Func<Task> Happen)> Happenings()
    {
        foreach (var (service, email, hours, words) in DemoEnquiries.All)
        {
            var at = _now.AddHours(-hours);
            yield return (at, () => DemoEnquiries.Raise(_services, service, email, words, at));
        }
        var today = Say.DayOf(_now);
        foreach (var (place, one) in DemoScript.Cases.Index())
        {
            var begun = DaysBefore(today, one.DaysAgo);
            var at = Past(begun, one.At);
            yield return (at, () => Begin(one));
            foreach (var step in one.Then)
            {
                // Spread over the working day, and after what came before.
                var planned = Past(_calendar.Add(begun, step.After), TimeSpan.FromMinutes(9 * 60 + 15 + place * 7 % 400));
                at = planned > at ? planned : Earlier(at.AddMinutes(20));
                yield return (at, () => Do(one, step));
            }
        }
    }

    private async Task Begin(DemoCase one) =>
        _references[one] = await _forms.Send(one, DemoScript.Citizens.Single(c => c.Key == one.Who), one.ByPhone ? $"{_staff["asha"]}" : null);

    private async Task Do(DemoCase one, DemoStep step)
    {
        var (reference, now) = (_references[one], _clock.Now);
        var by = _staff.TryGetValue(step.Who, out var person) ? $"{person}" : Actor.Citizen;
        CaseEvent? happened = step.What switch
        {
            "does" => new(CaseEventKind.StepDone, by, now, step.Of, step.Way, Note: step.Words),
            "takes" => new(CaseEventKind.Owned, by, now, Owner: person),
            "pauses" => new(CaseEventKind.Paused, by, now, Note: step.Words),
            "resumes" => new(CaseEventKind.Resumed, by, now, Note: step.Words),
            "hands-over" => new(CaseEventKind.HandedOver, by, now, Team: step.Of, Note: step.Words),
            "withdraws" => new(CaseEventKind.Withdrawn, by, now, Note: step.Words),
            _ => null,
        };
        if (happened is null)
        {
            await OfCitizen(reference, step);
            return;
        }
        if ((await _cases.Add(reference, happened))!.Refused is { } refused) throw new InvalidOperationException($"{one.Who}’s {one.Form}, {step}: {refused}");
    }

    private async Task OfCitizen(Reference reference, DemoStep step)
    {
        await using var db = await _databases.CreateDbContextAsync();
        var enquiry = await db.Enquiries.AsNoTracking().Whole.SingleAsync(e => e.Reference == reference);
        var (pseudonyms, council) = (_services.GetRequiredService<Pseudonyms>(), _services.GetRequiredService<OwnCouncil>());
        if (step.What == "reopens") await SaySorted.Keep(enquiry, new() { Sorted = "no", Wrong = step.Words, Rating = "2" }, _cases, _writer, pseudonyms, council, _clock.Now);
        else await AskAgain.Keep(enquiry, new() { Why = step.What == "asks" ? "ask" : "tell", Words = step.Words, Token = Guid.CreateVersion7(_clock.Now) }, _cases, _writer, pseudonyms, council, _clock.Now);
    }

    /// <summary>Somebody wishes letters and is helped by his daughter; somebody wishes text messages.</summary>
    private async Task SayWishes(CancellationToken stop)
    {
        var asha = $"{_staff["asha"]}";
        await using var db = await _databases.CreateDbContextAsync(stop);
        async Task<Guid> Id(string name) => await db.Citizens.Where(c => c.Name == name).Select(c => c.Id).FirstAsync(stop);
        var (ivor, sam) = (await Id("Ivor Bevan"), await Id("Sam Whitlock"));
        var helper = new HelperForm { Name = "Carys Bevan", Relation = "Daughter", Contact = "07700 900150" };
        await _writer.Write(async d =>
        {
            await ChangeCitizen.KeepWish(d, ivor, "post", Language.English, asha, _now);
            await ChangeCitizen.KeepHelper(d, ivor, Guid.CreateVersion7(_now), helper, HelperMay.Speak, asha, _now);
            await ChangeCitizen.KeepWish(d, sam, "text-message", Language.English, asha, _now);
        }, stop);
    }

    private DateOnly DaysBefore(DateOnly today, int days)
    {
        var day = today;
        while (!_calendar.Is(day) || _calendar.Between(day, today) < days) day = day.AddDays(-1);
        return day;
    }

    // By the clock in Greenwich: an hour more or less changes nothing here.
    private DateTimeOffset Past(DateOnly day, TimeSpan at) => Earlier(new(day.ToDateTime(TimeOnly.MinValue) + at, TimeSpan.Zero));

    private DateTimeOffset Early(DateOnly day) => Past(day, TimeSpan.FromHours(6));

    private DateTimeOffset Earlier(DateTimeOffset at) => at < _now ? at : _now;
}
