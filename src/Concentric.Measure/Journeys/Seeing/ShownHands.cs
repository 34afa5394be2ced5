using Concentric.Core;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>In whose hands cases were, as far as it may be shown.</summary>
/// <param name="Citizen">Share of the time in which they waited for the citizen, and cases that did; null where either may not be shown.</param>
/// <param name="Held">Share of the other time in which somebody of the staff had taken the case on, and cases that somebody did; null where either may not be shown.</param>
/// <param name="Timed">Share of the contacts about these cases of which it is known how long they took; null where it may not be shown.</param>
/// <param name="Handling">Seconds that these took each; null where none is known or it may not be shown, as of a part of all cases: taken from that of all, it would tell of the few others.</param>
public sealed record ShownHands((double Share, ShownCount Cases)? Citizen, (double Share, ShownCount Cases)? Held, double? Timed, double? Handling)
{
    internal static ShownHands? Of(AskedJourneys asked)
    {
        if (Journeys.CaseHands.Of(asked.Log) is not { } hands) return null;
        var (ours, all) = (hands.Held + hands.Nobody, hands.Held + hands.Nobody + hands.Citizen);
        // A share of the time of all tells of the few who are in it, as a count does.
        var (waited, taken, timed) = (JourneysView.Part(asked, hands.Asked), JourneysView.Part(asked, hands.Taken), JourneysView.Part(asked, hands.TimedCases));
        return new(
            waited is { } w && all > 0 ? (hands.Citizen / all, w) : null,
            taken is { } t && ours > 0 ? (hands.Held / ours, t) : null,
            timed is null || hands.Contacts == 0 ? null : Math.Min(1, (double)asked.Count(hands.Timed).Estimate / asked.Count(hands.Contacts).Estimate),
            timed is null || hands.Timed == 0 || asked.IsPart ? null : hands.Handling / hands.Timed);
    }
}
