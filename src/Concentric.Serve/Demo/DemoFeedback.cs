using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Serve.Feedback;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve.Demo;

/// <summary>What people of Northmoor said of how it was, invented: most say nothing, as everywhere.</summary>
internal sealed class DemoFeedback(IServiceProvider services, DemoClock clock)
{
    /// <summary>One after the other, at the end of each form and to each e-mail that asked.</summary>
    private static readonly (FeedbackSaid Said, string? Words, FeedbackKind Kind)[] Answers =
    [
        (FeedbackSaid.Good, null, FeedbackKind.None),
        (FeedbackSaid.Good, null, FeedbackKind.None),
        (FeedbackSaid.Nothing, null, FeedbackKind.None),
        (FeedbackSaid.Average, null, FeedbackKind.None),
        (FeedbackSaid.Good, "Somebody rang me back the same day. Thank you.", FeedbackKind.Compliment),
        (FeedbackSaid.Nothing, null, FeedbackKind.None),
        (FeedbackSaid.Good, null, FeedbackKind.None),
        (FeedbackSaid.Poor, "I had to say the same thing to three people.", FeedbackKind.None),
        (FeedbackSaid.Good, null, FeedbackKind.None),
        (FeedbackSaid.Nothing, null, FeedbackKind.None),
        (FeedbackSaid.Good, null, FeedbackKind.None),
        (FeedbackSaid.Average, null, FeedbackKind.None),
        (FeedbackSaid.Poor, "Nobody told me when you would come, and I took a day off for nothing.", FeedbackKind.Complaint),
        (FeedbackSaid.Good, null, FeedbackKind.None),
    ];

    private readonly HashSet<Guid> _seen = [];
    private int _next;

    /// <summary>Those who sent something since the last time, and those who were asked by e-mail, say something or nothing.</summary>
    public async Task Say(CancellationToken stop)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<ConcentricDb>>().CreateDbContextAsync(stop);
        foreach (var enquiry in (await db.Enquiries.AsNoTracking().Where(e => e.Channel == "web").OrderBy(e => e.RaisedAt).ThenBy(e => e.Id).ToListAsync(stop)).Where(e => _seen.Add(e.Id)))
        {
            var digest = FeedbackToken.DigestOf(enquiry.Id);
            await Answer(digest, () => Task.FromResult(AskFeedback.Of(enquiry, digest, FeedbackWays.Page, Forms.Language.English, clock.Now)), stop);
        }
        foreach (var asked in (await db.GivenFeedback.AsNoTracking().Where(f => f.SaidAt == null).OrderBy(f => f.AskedAt).ThenBy(f => f.Id).ToListAsync(stop)).Where(f => _seen.Add(f.Id)))
            await Answer(asked.Digest, () => throw new InvalidOperationException("It was asked."), stop);
    }

    private async Task Answer(byte[] digest, Func<Task<GivenFeedback>> make, CancellationToken stop)
    {
        var (said, words, kind) = Answers[_next++ % Answers.Length];
        if (said == FeedbackSaid.Nothing) return;
        var keep = services.GetRequiredService<KeepFeedback>();
        await services.GetRequiredService<IWriter>().Write(d => keep.Keep(d, digest, make, said, words, kind, Actor.Citizen, clock.Now), stop);
    }

    /// <summary>What a service manager told the public.</summary>
    public static Task Tell(IWriter writer, string by, DateTimeOffset now, CancellationToken stop) => writer.Write(db =>
    {
        foreach (var (service, said, done, days, moved, figure) in ((string, string, string, int, FigureMoved, string?)[])
        [
            ("524", "You miss our bins and nobody tells us when you come back", "The crew now says from the lorry which streets it could not finish, and we text whoever is signed up the same day.", 40, FigureMoved.TooEarly, null),
            ("557", "We never hear what became of a pothole", "Whoever reports one is told when it was looked at, and when it is filled.", 90, FigureMoved.Better, "people who asked again within a month: 21% before, 13% since (synthetic)"),
        ])
        {
            var told = new SaidAndDone { Id = Guid.CreateVersion7(now.AddMilliseconds(days)), Service = service, Said = said, Done = done, Since = Core.Say.DayOf(now.AddDays(-days)), By = by, At = now };
            told.Tell(moved, figure);
            db.Add(told);
            db.Record(new SaidAndDoneTold(told.Id, service, true), by, now);
        }
        return Task.CompletedTask;
    }, stop);
}
