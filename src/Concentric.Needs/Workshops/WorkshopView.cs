using Concentric.Needs.Concepts;
using Concentric.Needs.Designing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Workshops;

/// <summary>A statement as its row shows it.</summary>
public sealed record StatementRow(Guid Id, string Kind, string What, bool IsNew, string HangsOn, string Strength, string SaidBy, string? Quote);

/// <summary>A need or a service in the comparison.</summary>
/// <param name="IsPilot">One of the services on which the result is piloted.</param>
public sealed record ComparedRow(string Name, string Where, bool IsPilot);

/// <summary>A workshop with what was said in it, held against the model.</summary>
public sealed record WorkshopView
{
    public required Guid Id { get; init; }
    public required string Title { get; init; }
    public required DateOnly HeldOn { get; init; }
    public required string Venue { get; init; }
    public required string Situation { get; init; }
    public required IReadOnlyList<string> Pilots { get; init; }
    public required IReadOnlyList<StatementRow> Statements { get; init; }
    public required IReadOnlyList<ComparedRow> Needs { get; init; }
    public required IReadOnlyList<ComparedRow> Services { get; init; }

    /// <summary>Where the draft or edition that was made of it is, and what it is called; null before.</summary>
    public required (string Href, string Text)? Made { get; init; }
    public required int Edition { get; init; }

    internal static async Task<WorkshopView> Of(Workbench bench, NeedModel model, Workshop workshop, IReadOnlyList<Statement> statements, CancellationToken stop)
    {
        var situation = model.Find(workshop.Situation)!;
        var rings = Surroundings.Of(model, situation);
        var byId = statements.ToDictionary(s => s.Id.ToString());
        var made = workshop.Draft is { } id ? await bench.Db.Editions.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, stop) : null;
        return new()
        {
            Id = workshop.Id,
            Title = workshop.Title,
            HeldOn = workshop.HeldOn,
            Venue = workshop.Venue,
            Situation = situation.Plain,
            Pilots = [.. (workshop.Services ?? []).Select(s => model.Find(s)?.Plain ?? s)],
            Statements = [.. statements.Select(s => new StatementRow(s.Id, s.Ring.One(), Name(s), s.Concept is null, HangsOn(s), LinkKind.Say(s.Strength), s.SaidBy, s.Quote))],
            Needs = Compared(Ring.Need),
            Services = Compared(Ring.Service),
            Made = made switch
            {
                null => null,
                { Number: { } number } => (DesignLinks.Edition(number), $"edition {number}: {made.Title}"),
                _ => (DesignLinks.Draft(made.Id), $"the draft “{made.Title}”"),
            },
            Edition = model.Edition,
        };

        string Name(Statement s) => s.Concept is { } uri ? model.Find(uri)?.Plain ?? uri : s.Words!;

        string HangsOn(Statement s) => s.Because is not { } because ? situation.Plain : byId.TryGetValue(because, out var other) ? Name(other) : model.Find(because)?.Plain ?? "what is no longer here";

        List<ComparedRow> Compared(Ring ring)
        {
            var said = statements.Where(s => s.Ring == ring).Select(s => (Key: s.Concept ?? s.Words!.ToLowerInvariant(), Name: Name(s))).DistinctBy(s => s.Key).ToList();
            var held = rings[ring].Select(c => (Key: c.Uri, Name: c.Plain)).ToList();
            var (saidKeys, heldKeys) = (said.Select(s => s.Key).ToHashSet(), held.Select(h => h.Key).ToHashSet());
            return
            [
                .. said.Where(s => heldKeys.Contains(s.Key)).Select(s => Row(s, "In both")),
                .. said.Where(s => !heldKeys.Contains(s.Key)).Select(s => Row(s, "Only in the workshop")),
                .. held.Where(h => !saidKeys.Contains(h.Key)).Select(h => Row(h, "Only in the model")),
            ];
        }

        ComparedRow Row((string Key, string Name) thing, string where) => new(thing.Name, where, workshop.Services?.Contains(thing.Key) is true);
    }
}
