using System.Net;
using Concentric.Core;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve.Citizens;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Teams;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve;

/// <summary>A program with enquiries and citizens that somebody can be rung for, and what its tests do again and again.</summary>
public abstract class CallBackWork : IDisposable
{
    private protected const string Email = "ada@example.com";

    /// <summary>A Monday, half past nine.</summary>
    private protected TestApp App { get; } = new();

    public void Dispose()
    {
        App.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static readonly (string, string)[] Good = [("Number", "07700 900 123"), ("About", "About the bin"), ("Day.Day", "3"), ("Day.Month", "3"), ("Day.Year", "2026"), ("Who", "me")];

    private protected static async Task Promise(Browser who, Reference reference, string day = "3")
    {
        await who.Open($"/desk/call-backs/new?enquiry={reference}");
        await who.Press("Promise it", [.. Good, ("Day.Day", day), ("Part", "Morning")]);
        Assert.Equal(HttpStatusCode.OK, who.Status);
    }

    /// <summary>What the citizen is told of it on the page of their enquiry.</summary>
    private protected async Task<string> Told(Reference reference)
    {
        var ada = await (await App.Browse().Open("/enquiries/status")).Press("Check", ("Reference", $"{reference}"), ("Email", Email));
        return string.Join(' ', ada.Page.QuerySelectorAll("#call-back p").Select(p => p.TextContent));
    }

    /// <summary>Time passes, and with it the session.</summary>
    private protected async Task<Browser> Later(DateTimeOffset now, Role role = Role.Adviser)
    {
        App.Clock.Now = now;
        return await App.SignInAs(role);
    }

    private protected static IEnumerable<string> Errors(Browser who) => who.Page.QuerySelectorAll(".govuk-error-summary__list a").Select(a => a.TextContent);

    private protected async Task<List<T>> Facts<T>() where T : IFact => (await App.Db(db => db.Facts.Where(f => f.Kind == Journal.KindOf(typeof(T))).ToListAsync())).OrderBy(f => f.At).ThenBy(f => f.Id).Select(f => f.As<T>()).ToList();

    private protected Task Team(Guid person, string team) => App.Write(db =>
    {
        db.Add(new TeamMember { PersonId = person, Team = team });
        return Task.CompletedTask;
    });

    private protected async Task<Guid> Citizen()
    {
        Guid? id = null;
        await App.Write(async db => id = await KeepCitizen.Of(db, new("Ada Marsh", Email: Email, Phone: "07700 900123"), App.Clock.Now));
        return id!.Value;
    }

    private protected async Task<Reference> Enquiry(Guid? citizen = null, string? sensitiveTeam = null)
    {
        var (reference, now) = (Reference.New(), App.Clock.Now);
        await App.Write(db =>
        {
            var id = Guid.CreateVersion7(now);
            db.Add(new Enquiry { Id = id, Reference = reference, Token = id, Service = "524", Words = "Where is my bin?", Email = Email, Channel = "web", RaisedAt = now, CitizenId = citizen, IsSensitive = sensitiveTeam is not null, Team = sensitiveTeam ?? "" });
            return Task.CompletedTask;
        });
        return reference;
    }
}
