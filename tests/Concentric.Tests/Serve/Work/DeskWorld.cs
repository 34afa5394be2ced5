using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Cases;
using Concentric.Serve.Citizens;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Work;

/// <summary>Enquiries and cases of many kinds, past the forms, so that lists have something to show.</summary>
internal static class DeskWorld
{
    public static readonly string[] Teams = ["Highways", "Housing options", "Libraries"];
    private static readonly string[] Names = ["Ada Marsh", "Ben Otieno", "Cora Williamson", "Dev Anand"];

    public static Guid Adviser { get; } = Guid.Parse("01900000-0000-7000-8000-000000000001");
    public static Guid Officer { get; } = Guid.Parse("01900000-0000-7000-8000-000000000002");

    public static async Task Fill(TestApp app, Random chance, int count)
    {
        await app.Seed();
        var process = ProcessLibrary.Find("road-defect")!;
        var calendar = app.Services.GetRequiredService<WorkingCalendar>();
        await app.Write(async db =>
        {
            await db.TeamMembers.ExecuteDeleteAsync();
            foreach (var (person, team) in Teams.SelectMany(t => new[] { (Adviser, t), (Officer, t) }))
                if (chance.Next(2) == 0) db.Add(new TeamMember { PersonId = person, Team = team });
        });
        var beside = new Random(count);
        for (var i = 0; i < count; i++)
        {
            var at = app.Clock.Now.AddDays(-chance.Next(0, 40)).AddSeconds(i);
            var (sensitive, team, hasCase, open) = (chance.Next(2) == 0, Teams[chance.Next(Teams.Length)], chance.Next(3) > 0, chance.Next(4) > 0);
            var name = Names[chance.Next(Names.Length)];
            Guid? owner = chance.Next(3) switch { 0 => Adviser, 1 => Officer, _ => null };
            await app.Write(async db =>
            {
                var id = Guid.CreateVersion7(at);
                var enquiry = new Enquiry
                {
                    Id = id, Reference = Reference.New(), Token = id, Service = "524", Words = sensitive ? "A secret" : "A pothole", Email = $"{name.Split(' ')[0].ToLowerInvariant()}@example.com", Channel = "web", RaisedAt = at,
                    CitizenId = await KeepCitizen.Of(db, new(name, Phone: $"0770090{1000 + Array.IndexOf(Names, name)}", Address: "12 Elm Road, Northmoor", Postcode: "LS1 4AP"), at),
                    Team = team, IsSensitive = sensitive, OwnerId = owner, HasCase = hasCase,
                };
                if (!open) enquiry.AnswerWith(new() { Text = "Done", Resolved = true, By = Actor.System, At = at }, Coding.Of("", null, Demand.Value, Actor.System, at));
                db.Add(enquiry);
                if (hasCase)
                {
                    List<CaseEvent> events = [new(CaseEventKind.Begun, Actor.Citizen, at)];
                    if (team != process.Team) events.Add(new(CaseEventKind.HandedOver, Actor.System, at, Team: team, Note: "Theirs"));
                    if (owner is not null) events.Add(new(CaseEventKind.Owned, $"{owner}", at, Owner: owner));
                    if (chance.Next(4) == 0) events.Add(new(CaseEventKind.Paused, Actor.System, at, Note: "Which?"));
                    // Overdue, so that somebody was told; now and then their manager too.
                    else
                        foreach (var role in new[] { Role.Officer, Role.ServiceManager }.Take(beside.Next(3)))
                            events.Add(new(CaseEventKind.Escalated, Actor.System, at, process.Nodes[0].Id, $"{role}"));
                    if (!open) events.Add(new(CaseEventKind.Withdrawn, Actor.System, at, Note: "No"));
                    var made = new Case { Id = id, Reference = enquiry.Reference, Process = process.Id, Version = 1, PromiseDays = 5, BegunAt = at, Team = team, Service = "524", IsSensitive = sensitive, Revision = events.Count };
                    var state = CaseState.Of(process, events, calendar);
                    made.Stand(state);
                    db.Add(made);
                    db.AddRange(state.Open.Select(o => new CaseOpen { CaseId = id, Node = o.Id, Process = process.Id, Version = 1, Since = o.Since }));
                    db.AddRange(events.Select((e, n) => CaseEventRow.Of(id, n + 1, e)));
                }
                await db.SaveChangesAsync();
            });
        }
        await app.Write(async db =>
        {
            var cases = await db.Cases.OrderBy(c => c.Reference).Select(c => c.Id).ToListAsync();
            for (var i = 1; i < cases.Count; i++) db.Add(new CaseLink { CaseId = cases[i], OtherId = cases[beside.Next(i)], Kind = CaseLinkKind.Linked, By = Actor.System, At = app.Clock.Now });
        });
    }
}
