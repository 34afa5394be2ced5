using Concentric.Core;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Variation;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.FailureDemand;

/// <summary>Counts contacts that come again, of the same person on the same service.</summary>
internal static class RepeatFigures
{
    private static readonly (int Days, CountedMeasure Measure)[] Windows = [(7, CountedMeasure.Repeats7Days), (14, CountedMeasure.Repeats14Days), (28, CountedMeasure.Repeats28Days)];

    /// <summary>Repeats of a scope, of one service or of all.</summary>
    public static async Task<RepeatView> Of(Scope scope, CubeQuery query, int? service, VisibleContacts contacts, CancellationToken stop)
    {
        var counted = await contacts.Query(query.Counting([CountedMeasure.Contacts, CountedMeasure.ContactsOfKnownPersons, .. Windows.Select(w => w.Measure)]), stop);
        var known = counted.Shown(0, CountedMeasure.ContactsOfKnownPersons);
        var lines = new List<RepeatLine>();
        double? aYear = null;
        foreach (var (days, measure) in Windows.Reverse())
        {
            // What began in the last days may still be repeated: it is left out, and not taken for settled.
            var through = scope.Period.Through.AddDays(-days);
            var chains = through < scope.Period.From ? null : await contacts.Chains(new(scope.Council.Code, scope.Period.From, through, days) { Service = service, Kind = scope.Kind }, stop);
            // From the longest window, whose chains come nearest to matters of their own.
            if (chains is not null) aYear ??= RepeatContacts.AYear(chains.Chains.Estimate, chains.Persons.Estimate, (through.DayNumber - scope.Period.From.DayNumber + 1) / 365.0);
            var repeats = counted.Shown(0, measure);
            lines.Add(new(days, repeats, known.Value is { } of && repeats.Value is { } some ? Share.Of(Math.Min(some, of), of) : null,
                chains?.Chains ?? ShownCount.Of(0, false, contacts.IsExact),
                chains is { Chains.Value: { } all, SettledAtOnce.Value: { } settled } ? Share.Of(Math.Min(settled, all), all) : null,
                aYear is { } rate && service is not null ? RepeatContacts.ByChance(rate, days) : null));
        }
        lines.Reverse();
        return new(counted.Shown(0, CountedMeasure.Contacts), known, lines, service is null ? null : aYear);
    }
}
