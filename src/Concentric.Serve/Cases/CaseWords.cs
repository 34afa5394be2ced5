using Concentric.Core.People;
using Concentric.Serve.Forms;

namespace Concentric.Serve.Cases;

/// <summary>Words about cases that no process says of itself.</summary>
internal static class CaseWords
{
    public static LocalText Withdrawn { get; } = new("You asked us to stop, so we have closed this. Contact us with your reference if you need it after all.",
        "Gwnaethoch ofyn i ni stopio, felly rydym wedi cau hyn. Cysylltwch â ni gyda’ch cyfeirnod os oes ei angen arnoch wedi’r cyfan.");

    public static string Of(CaseOutcome outcome) => outcome switch
    {
        CaseOutcome.Done => "Done",
        CaseOutcome.Refused => "Refused",
        CaseOutcome.Withdrawn => "Withdrawn",
        _ => "Not ours",
    };

    /// <summary>What happened, as the history of a case says it.</summary>
    /// <param name="owner">Of a change of hands: the name of whose it became.</param>
    public static string Of(CaseEvent e, Process process, string? owner = null)
    {
        var node = e.Node is { } id ? process.Node(id) : null;
        return e.Kind switch
        {
            CaseEventKind.Begun => "Begun",
            CaseEventKind.StepDone => node!.Next.Count > 1 ? $"{node.Name}: {node.Next.First(f => f.To == e.Way).If}" : node.Name,
            CaseEventKind.WaitOver => $"{node!.Name}: the days are over",
            CaseEventKind.Paused => "Asked the citizen, and waits",
            CaseEventKind.Resumed => "The citizen has answered",
            CaseEventKind.HandedOver => $"Handed over to {e.Team}",
            CaseEventKind.Withdrawn => "Withdrawn by the citizen",
            CaseEventKind.Reopened => "Reopened: it was not put right",
            CaseEventKind.Owned => $"{e.Owner}" == e.By ? "Taken on" : e.Owner is null ? "Laid down: it is nobody’s" : $"Given to {owner}",
            CaseEventKind.Escalated => $"{node!.Name}: overdue. It is the {(Enum.TryParse<Role>(e.Way, out var role) ? Person.Words(role).ToLowerInvariant() : "team")}’s to look at",
            _ => "Note",
        };
    }
}
