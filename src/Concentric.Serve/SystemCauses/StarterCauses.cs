using Concentric.Core.Data;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.SystemCauses;

/// <summary>A tree to begin with, of this project's own making: for the demo council, to be changed like any other.</summary>
internal static class StarterCauses
{
    private static readonly (string Words, string[] Under)[] _tree =
    [
        ("How we tell people",
        [
            "Our letter or message does not say what happens next",
            "Our page or form does not say what to do",
            "We name no day, or do not keep the one we named",
            "We do not say when it is done",
        ]),
        ("How work reaches us",
        [
            "It goes to the wrong team first",
            "The form does not ask for what the work needs",
            "We ask for what they told us before",
        ]),
        ("How the work is done",
        [
            "It waits longer than people can wait",
            "It is not done right the first time",
            "It is closed before it is sorted",
            "It is nobody’s work",
        ]),
        ("Our rules and systems",
        [
            "A rule or check that does nothing for the citizen",
            "Two systems that do not agree",
            "A system that was not there when it was needed",
        ]),
        ("Outside the council",
        [
            "A contractor or partner did not do it",
            "Another organisation decides",
        ]),
    ];

    /// <summary>Writes the tree unless there is one.</summary>
    public static Task Seed(IWriter writer, DateTimeOffset now) => writer.Write(async db =>
    {
        if (await db.SystemCauses.AnyAsync()) return;
        var at = 0;
        foreach (var (words, under) in _tree)
        {
            var above = Add(words, null);
            foreach (var own in under) Add(own, above.Id);
        }

        SystemCause Add(string words, Guid? parent)
        {
            // A millisecond apart, so that the ids stay in this order.
            var cause = new SystemCause { Id = Guid.CreateVersion7(now.AddMilliseconds(at++)), ParentId = parent, Words = words };
            db.Add(cause);
            db.Record(cause.Fact, Actor.System, now);
            return cause;
        }
    });
}
