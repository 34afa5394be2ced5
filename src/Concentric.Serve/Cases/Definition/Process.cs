using System.Text.Json;
using System.Text.Json.Serialization;
using Concentric.Core;
using Concentric.Core.People;
using Concentric.Serve.Forms;

namespace Concentric.Serve.Cases;

/// <summary>How a kind of work is done, as data: what is done by whom, in which order, and by when. Written as JSON (docs/processes.md) and exchanged as BPMN 2.0.</summary>
/// <remarks>
/// A case moves through its nodes as tokens do through a workflow net (van der Aalst, "The application of Petri nets to workflow management", 1998): a step is open while a
/// token lies on it. <see cref="ProcessCheck"/> refuses what could not end.
/// </remarks>
public sealed record Process
{
    /// <summary>Version of this way of writing processes down, and not of the process: always 1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Short name, as forms name it: small letters, digits and dashes.</summary>
    public required string Id { get; init; }

    public required LocalText Title { get; init; }

    /// <summary>The team whose cases these are at first.</summary>
    public required string Team { get; init; }

    /// <summary>In how many working days the whole is promised; a form's own promise goes before it.</summary>
    public required int PromiseDays { get; init; }

    /// <summary>What the citizen is told while a case is in a stage. Every step is in one.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    /// <summary>Where a case begins is the first.</summary>
    public required IReadOnlyList<ProcessNode> Nodes { get; init; }

    public IReadOnlyList<CaseLetter> Letters { get; init; } = [];

    /// <summary>Who is told when a step is overdue, the soonest first.</summary>
    public IReadOnlyList<EscalationRung> Escalation { get; init; } = [];

    /// <summary>The step at which a case goes on that is reopened; empty: the first.</summary>
    public string? ReopenAt { get; init; }

    public ProcessNode? Node(string id) => Nodes.FirstOrDefault(n => n.Id == id);

    /// <summary>Reads a process from JSON.</summary>
    /// <exception cref="RefusedException">It is not JSON, or not a process; the message says where.</exception>
    public static Process Read(string json)
    {
        try
        {
            var process = JsonSerializer.Deserialize<Process>(json, FormJson.Options) ?? throw new RefusedException("This is not a process: it is empty.");
            return FormJson.HasNothingInAList(json) ? throw new JsonException("A list holds “null”. Leave it out.") : process;
        }
        catch (JsonException e)
        {
            throw new RefusedException($"This is not a process as docs/processes.md describes it{(e.Path is { } path ? $", at {path}" : "")}{(e.LineNumber is { } line ? $", line {line + 1}" : "")}: {e.Message.Split(" Path:")[0]}");
        }
    }

    public string Write() => JsonSerializer.Serialize(this, FormJson.Options);
}

/// <summary>A part of the work as its citizen sees it.</summary>
/// <param name="Title">What is being done, as “We are checking what you told us”.</param>
/// <param name="Next">What happens next, in a sentence.</param>
public sealed record Stage(string Id, LocalText Title, LocalText Next);

public enum NodeKind
{
    /// <summary>Somebody does something: a user task. With several ways on, who does it chooses one.</summary>
    Step,

    /// <summary>The program writes to the citizen and goes on: a service task.</summary>
    Letter,

    /// <summary>All ways on are taken: a parallel gateway that parts.</summary>
    Split,

    /// <summary>Goes on once all ways that lead to it have come: a parallel gateway that joins.</summary>
    Join,

    /// <summary>Goes on by itself after some working days: a timer.</summary>
    Wait,

    /// <summary>The case has ended, and whatever else of it is open with it: a terminate end event.</summary>
    End,
}

/// <summary>How a case ended.</summary>
public enum CaseOutcome { Done, Refused, Withdrawn, NotOurs }

public sealed record ProcessNode
{
    public required string Id { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required NodeKind Kind { get; init; }

    /// <summary>What is to be done, in a line for staff.</summary>
    public required string Name { get; init; }

    /// <summary>Of a step or a wait: the stage that it belongs to.</summary>
    public string? Stage { get; init; }

    /// <summary>Of a step: roles that may do it.</summary>
    public IReadOnlyList<Role> Who { get; init; } = [];

    /// <summary>Of a step: the team that does it, where it is not the case's own.</summary>
    public string? Team { get; init; }

    /// <summary>Of a step: working days in which it is to be done, from when it is open. Of a wait: working days that it waits.</summary>
    public int? Days { get; init; }

    /// <summary>Of a step: other steps whose doers may not do this one too (four eyes).</summary>
    public IReadOnlyList<string> NotBy { get; init; } = [];

    /// <summary>Of a step: what must be there before it can be done, each as the words of a box to tick.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Of a letter: which.</summary>
    public string? Letter { get; init; }

    /// <summary>Of an end: how the case ended.</summary>
    public CaseOutcome? Outcome { get; init; }

    /// <summary>Of an end: what the citizen is told; where something was refused, why and what they can do.</summary>
    public LocalText? Says { get; init; }

    /// <summary>Where it goes on.</summary>
    public IReadOnlyList<Flow> Next { get; init; } = [];
}

/// <summary>A way on.</summary>
/// <param name="To">Id of the node that it leads to.</param>
/// <param name="If">Of a step with several: what was found, as its button says.</param>
public sealed record Flow(string To, string? If = null);

/// <summary>A letter or e-mail to the citizen. In subject and body <c>{reference}</c>, <c>{service}</c> and <c>{link}</c> are filled in.</summary>
public sealed record CaseLetter(string Id, LocalText Subject, LocalText Body);

/// <summary>Tells somebody that a step is overdue.</summary>
/// <param name="Days">Working days after it was due; 0 on the day after.</param>
/// <param name="To">The role that is told.</param>
public sealed record EscalationRung(int Days, Role To);
