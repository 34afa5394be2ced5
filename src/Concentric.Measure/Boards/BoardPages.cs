using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Boards;

/// <summary>The service of a board; null for the council's own.</summary>
internal sealed record BoardOf(ServiceCode? Service)
{
    public string Key => Service?.Key ?? "";

    public string Name => Service?.Label ?? "The whole council";
}

/// <summary>A measure with its chart, as its pages need it.</summary>
internal sealed record Found(Scope Scope, MeasureChart Chart, VisibleContacts Contacts)
{
    public BoardMeasure Measure => Chart.Measure;
}

/// <summary>What the pages of boards have in common: whose contacts, which board, which measure, who may be chosen.</summary>
internal sealed class BoardPages(ConcentricDb db, Scopes scopes, Disclosed disclosed, IContactStore store, IServiceNames names, TimeProvider clock)
{
    public ConcentricDb Db => db;

    /// <summary>What the codes of the contact store mean.</summary>
    public ContactDimensions Names => disclosed.Dimensions;

    public LoadBoard Load { get; } = new(db, clock);

    public DateOnly Today => Say.DayOf(clock.GetUtcNow());

    public VisibleContacts For(ClaimsPrincipal visitor) => disclosed.For(visitor);

    /// <summary>The contacts as everybody but analysts sees them.</summary>
    public VisibleContacts UnderRule => new(store, isExact: false);

    /// <summary>The council's contacts, all that were recorded; null where there is no such council or nothing of it has been counted.</summary>
    public Task<Scope?> Scope(string? council, CancellationToken stop) => scopes.Find(council, Contacts.Seeing.Scope.Choices[^1], stop);

    /// <summary>The board of that name in an address; null where there is none.</summary>
    public async Task<BoardOf?> Service(string? id, CancellationToken stop)
    {
        if (id is null or "" or BoardMeasure.CouncilBoard) return new(null);
        if (disclosed.Dimensions.Service(id) is not { } service) return null;
        return new(await names.Find(id, stop) is { } name ? service with { Label = name.Plain } : service);
    }

    /// <summary>The measure of that key with its chart; null where there is none.</summary>
    public async Task<Found?> Find(string? key, string? council, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (key is null || await Scope(council, stop) is not { } scope) return null;
        if (await new FindMeasures(db).Find(scope.Council.Name, key, stop) is not { } measure || await Service(measure.Board, stop) is null) return null;
        var contacts = For(visitor);
        return new(scope, (await Load.Charts(scope, [measure], contacts, stop))[0], contacts);
    }

    public Task<Func<string, string>> People(CancellationToken stop) => new FindMeasures(db).People(stop);

    /// <summary>Staff who may answer for a measure or see to a decision, by name.</summary>
    public async Task<IReadOnlyList<Person>> Staff(CancellationToken stop) =>
        [.. (await db.Set<Person>().AsNoTracking().Where(p => p.DisabledAt == null && p.Role != Role.Citizen && p.Role != Role.Partner).ToListAsync(stop)).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Id)];

    /// <summary>The words that citizens use for services, by key.</summary>
    public async Task<IReadOnlyDictionary<string, string>> PlainNames(CancellationToken stop) => (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
}
