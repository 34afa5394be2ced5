using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Experience;
using Concentric.Measure.FormUse;
using Concentric.Measure.Variation;

namespace Concentric.Measure.Comparing;

/// <summary>Teams or councils on the share of people who said that it was poor.</summary>
internal static class CompareFaces
{
    /// <summary>Each with why it is left out, null where it is compared.</summary>
    /// <param name="by">team or council.</param>
    public static async Task<List<(FunnelUnit Unit, string? LeftOut)>> Units(Scope scope, string by, ServiceCode? service, VisibleContacts contacts, CancellationToken stop)
    {
        var shown = new AsShown(contacts.IsExact);
        var asked = new FeedbackQuery(scope.Council.Code) { From = scope.Period.From, To = scope.Period.Through, Service = service?.Code };
        if (by == "team")
        {
            var rows = await contacts.Feedback(asked, stop);
            var names = contacts.Dimensions.Actors;
            var breakdown = ExperienceBreakdown.Of("Team", rows, r => r.Team, c => (c == 0 ? ContactDimensions.Desk : names[c].Label, $"{c}"), shown);
            return breakdown.Lines is { } lines ? [.. lines.Select(l => Unit(l.Key!, l.Label, l.Faces))] : [(new("", "All teams", 0, 1), "withheld, because a small number could be worked out")];
        }
        var units = new List<(FunnelUnit, string?)>();
        // An invented council is no neighbour of a real one, and figures of councils are never mixed.
        foreach (var council in scope.Councils.Where(c => c.IsSynthetic == scope.Council.IsSynthetic))
            units.Add(Unit(council.Name, council.Label + (council.IsSynthetic ? " (synthetic)" : ""), FacesShown.Of(await contacts.Feedback(asked with { Council = council.Code }, stop), shown)));
        return units;
    }

    private static (FunnelUnit Unit, string? LeftOut) Unit(string key, string label, FacesShown faces)
    {
        (FunnelUnit, string?) Out(string why) => (new(key, label, 0, 1), why);
        if (faces.Answers.Value == 0) return Out("nobody answered");
        if (faces.FacesWithheld) return Out("withheld, because a small number could be worked out");
        if (faces.Poor.Value is not { } poor || faces.Answers.Value is not { } answers) return Out($"a count from 1 to {Core.ShownCount.MostHidden}");
        if (answers < ComparePlaces.Fewest) return Out($"fewer than {ComparePlaces.Fewest} to take a share of");
        // Rounded by themselves, a part may seem larger than its whole.
        return (new(key, label, Math.Min(poor, answers), answers), null);
    }
}
