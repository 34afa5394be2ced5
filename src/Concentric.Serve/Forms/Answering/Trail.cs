using System.Text.Json;
using Concentric.Core.Facts;

namespace Concentric.Serve.Forms;

/// <summary>How one visit to a form goes, kept with the draft and told as one fact when it ends. Holds pages, times and messages; no answers.</summary>
internal sealed record Trail
{
    /// <summary>A page that is left open counts this long at most.</summary>
    public const int LongestSeconds = 600;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault };

    public sealed record Page(string Id, int Seconds, int Shown, int Back, IReadOnlyList<MessageShown> Errors);

    /// <summary>Of this visit; another one begins when somebody comes back to what they left.</summary>
    public Guid Visit { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the last thing was done.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>Place in the form of the last page that was continued from, so that going back is seen.</summary>
    public int LastPlace { get; init; } = -1;

    public IReadOnlyList<Page> Pages { get; init; } = [];

    public static Trail Begin(DateTimeOffset now) => new() { Visit = new(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)), StartedAt = now, LastAt = now };

    public static Trail Read(string json) => JsonSerializer.Deserialize<Trail>(json, Json)!;

    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>A visit of somebody who comes back to what they left.</summary>
    public static Trail Again(Trail before, DateTimeOffset now) => Begin(now) with { LastPlace = before.LastPlace };

    /// <summary>A page was sent, well or with something wrong in it.</summary>
    /// <param name="place">Place of the page in the form, from 0.</param>
    /// <param name="isPart">Only a part of it was: a file, a row. Nobody has gone on from it yet.</param>
    public Trail With(string page, int place, IReadOnlyList<Problem> problems, DateTimeOffset now, bool isPart = false)
    {
        var seconds = (int)Math.Clamp((now - LastAt).TotalSeconds, 0, LongestSeconds);
        var back = !isPart && place <= LastPlace && Pages.Any(p => p.Id == page) && problems.Count == 0 ? 1 : 0;
        var before = Pages.FirstOrDefault(p => p.Id == page) ?? new(page, 0, 0, 0, []);
        var after = before with { Seconds = before.Seconds + seconds, Shown = before.Shown + (isPart ? 0 : 1), Back = before.Back + back, Errors = Add(before.Errors, problems) };
        return this with
        {
            LastAt = now,
            LastPlace = problems.Count == 0 && !isPart ? place : LastPlace,
            Pages = Pages.Any(p => p.Id == page) ? [.. Pages.Select(p => p.Id == page ? after : p)] : [.. Pages, after],
        };
    }

    /// <summary>The fact of the whole visit.</summary>
    public FormVisited Told(Draft draft, Form form, string council, FormOutcome outcome, string? lastPage) => new(
        Visit, draft.Form, draft.Version, council, draft.Parts is null ? form.Service : null, draft.Channel, draft.By is not null, draft.Language == Language.Welsh ? "cy" : "en",
        new(StartedAt.Ticks - StartedAt.Ticks % TimeSpan.TicksPerMinute, StartedAt.Offset), outcome, lastPage,
        [.. Pages.Select(p => new PageVisited(p.Id, p.Seconds, p.Shown, p.Back, p.Errors))]);

    private static List<MessageShown> Add(IReadOnlyList<MessageShown> known, IReadOnlyList<Problem> problems)
    {
        var all = known.ToList();
        foreach (var problem in problems)
        {
            var i = all.FindIndex(m => m.Question == problem.Question && m.Problem == problem.Code && m.Message == problem.Message.En);
            if (i >= 0) all[i] = all[i] with { Times = all[i].Times + 1 };
            else all.Add(new(problem.Question, problem.Code, problem.Message.En, 1));
        }
        return all;
    }
}
