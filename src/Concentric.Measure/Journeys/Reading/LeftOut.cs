using System.Globalization;
using Concentric.Core;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Journeys.Reading;

/// <summary>What a log says in a way that cannot be used, told by how often and where first.</summary>
internal sealed class LeftOut
{
    private readonly Dictionary<string, (long Count, long Line)> _found = [];

    /// <param name="what">After the number, as “without an activity”.</param>
    /// <param name="line">Of the file, or number of the event where there are no lines.</param>
    public void Tell(string what, long line) => _found[what] = _found.TryGetValue(what, out var known) ? (known.Count + 1, known.Line) : (1, line);

    /// <exception cref="ImportRefusedException">Nothing was left to make a log of.</exception>
    public IReadOnlyList<string> Sentences(int events)
    {
        var told = _found.Select(f => string.Create(CultureInfo.InvariantCulture, $"{Say.Number(f.Value.Count)} {(f.Value.Count == 1 ? "event" : "events")} {f.Key}, the first on line {f.Value.Line}.")).ToList();
        return events > 0 ? told : throw new ImportRefusedException(told.Count == 0 ? "The log has no events." : $"The log has no event that can be used. {string.Join(' ', told)}{(told.Any(t => t.Contains("the time is not written", StringComparison.Ordinal)) ? " Where times are written otherwise, as 02/03/2026, bring the file with a mapping, which says how: docs/mappings.md." : "")}");
    }
}
