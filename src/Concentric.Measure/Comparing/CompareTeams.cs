using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Variation;

namespace Concentric.Measure.Comparing;

/// <summary>The teams of a council on one figure of contacts (<see cref="TeamRows"/> says which team's a contact is).</summary>
internal static class CompareTeams
{
    /// <summary>Each with why it is left out, null where it is compared.</summary>
    public static async Task<List<(FunnelUnit Unit, string? LeftOut)>> Units(Scope scope, ComparedFigure figure, ServiceCode? service, VisibleContacts contacts, CancellationToken stop)
    {
        var answer = await contacts.Query(ComparePlaces.Asked(scope.Query, figure, service).GroupedBy(Dimension.Team), stop);
        var units = new List<(FunnelUnit, string?)>();
        foreach (var row in Enumerable.Range(0, answer.Rows))
        {
            var team = answer.Code(row, Dimension.Team);
            units.Add(TeamRows.Actor(team) is null
                ? (new("", "Contacts of no team", 0, 1), "not answered yet, of a file, or answered before teams were told")
                : ComparePlaces.Unit(figure, answer, row, $"{team}", contacts.Dimensions.Label(Dimension.Team, team), null));
        }
        // Which team it is would tell something of it.
        if (answer.IsWithheld) units.Add((new("", "One team or more", 0, 1), "withheld, because a hidden count could be worked out from it"));
        return units;
    }
}
