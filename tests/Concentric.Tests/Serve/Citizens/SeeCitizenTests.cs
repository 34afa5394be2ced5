using System.Net;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Citizens;
using Concentric.Serve.Messages;
using Concentric.Serve.Teams;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Citizens;

/// <summary>One citizen on one page: whom it is shown to, why, and who is told of it.</summary>
public sealed class SeeCitizenTests : IDisposable
{
    private const string Email = "ada@example.com";
    private static readonly Guid Asha = Guid.Parse("01900000-0000-7000-8000-000000000001");
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Who_opens_somebody_who_is_not_theirs_says_why_and_the_citizen_sees_it()
    {
        var (id, reference) = await Kept();
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");
        await asha.Follow("All we have with this citizen");
        Assert.Equal("Why do you open this?", asha.Heading);
        Assert.DoesNotContain("Marsh", asha.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await LooksOf(id));

        await asha.Press("Open", ("Words", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        Assert.Contains("Select why you open this", asha.Text, StringComparison.Ordinal);
        await asha.Post($"/desk/citizens/{id}/why", [("Reason", "Own"), ("Words", "\u0001x")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        await asha.Press("Open", ("Reason", "InTouch"), ("Words", "Rings about\u0001 her bin"));

        Assert.Equal("Ada Marsh", asha.Heading);
        Assert.Contains(Email, asha.Text, StringComparison.Ordinal);
        Assert.Contains("5 January 1980", asha.Text, StringComparison.Ordinal);
        Assert.Contains(reference, asha.Text, StringComparison.Ordinal);
        // It holds for the day, and each look is kept.
        await asha.Open($"/desk/citizens/{id}");
        Assert.Equal("Ada Marsh", asha.Heading);
        _app.Clock.Now = _app.Clock.Now.AddDays(1);
        asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/citizens/{id}");
        Assert.Equal("Why do you open this?", asha.Heading);

        // Her own enquiry asks nothing.
        await _app.Write(d => d.Enquiries.ExecuteUpdateAsync(e => e.SetProperty(x => x.OwnerId, Asha)));
        await asha.Open($"/desk/citizens/{id}");
        Assert.Equal("Ada Marsh", asha.Heading);
        var looks = await LooksOf(id);
        Assert.Equal([LookReason.InTouch, LookReason.InTouch, LookReason.Own], looks.Select(l => l.Reason));
        Assert.Equal("Rings about her bin", looks[0].Words);
        var facts = await Facts<CitizenViewed>();
        Assert.Equal(looks.Select(l => (l.CitizenId, l.Id, l.Reason, l.At)).Order(), facts.Select(f => (f.Citizen, f.Look, f.Reason, f.At)).Order());

        // The service manager sees those without an own case, with name and words; the citizen all, without either.
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/citizens/looks?reason=InTouch");
        Assert.Equal(2, grace.Page.QuerySelectorAll("table.app-stack tbody tr").Length);
        Assert.Contains("Asha Patel", grace.Text, StringComparison.Ordinal);
        Assert.Contains("Rings about her bin", grace.Text, StringComparison.Ordinal);
        await asha.Open("/desk/citizens/looks");
        Assert.NotEqual(HttpStatusCode.OK, asha.Status);
        await SeenBy(_app.Browse(), reference, looks);
    }

    [Fact]
    public async Task A_citizen_who_signs_in_shows_once_who_they_are()
    {
        var (id, reference) = await Kept();
        await _app.Write(d =>
        {
            d.Add(new TeamMember { PersonId = Asha, Team = "Waste" });
            return Task.CompletedTask;
        });
        await _app.Write(d => d.Enquiries.ExecuteUpdateAsync(e => e.SetProperty(x => x.Team, "Waste")));
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/citizens/{id}");
        Assert.Equal("Ada Marsh", asha.Heading);

        var ada = await _app.SignInAs(Role.Citizen);
        await ada.Open("/who-looked");
        await ada.Press("Continue", ("Reference", reference), ("Email", "eve@example.com"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        Assert.Empty(await _app.Db(d => d.CitizenPersons.ToListAsync()));
        await SeenBy(ada, reference, await LooksOf(id));
        Assert.Contains("Adviser, Waste", ada.Text, StringComparison.Ordinal);
        Assert.Equal(id, (await Facts<CitizenRecognised>()).Single().Citizen);
        // From then on without a reference.
        await ada.Open("/who-looked");
        Assert.Single(ada.Page.QuerySelectorAll("#looks tbody tr"));
    }

    [Fact]
    public async Task What_is_sensitive_is_seen_by_its_team_alone_and_its_team_is_not_named()
    {
        var (id, _) = await Kept();
        var secret = await Asked(id, sensitive: true, team: "Refuge");
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/citizens/{id}");
        await asha.Press("Open", ("Reason", "Other"), ("Words", "x"));
        Assert.DoesNotContain(secret, asha.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("A letter", asha.Text, StringComparison.Ordinal);

        await _app.Write(d =>
        {
            d.Add(new TeamMember { PersonId = Asha, Team = "Refuge" });
            return Task.CompletedTask;
        });
        await asha.Open($"/desk/citizens/{id}");
        Assert.Contains(secret, asha.Text, StringComparison.Ordinal);
        Assert.Contains("A letter", asha.Text, StringComparison.Ordinal);
        var last = (await LooksOf(id))[^1];
        Assert.Equal((LookReason.Own, ""), (last.Reason, last.Team));
    }

    [Fact]
    public async Task Wishes_consents_and_helpers_are_written_down_by_whoever_may_see_them()
    {
        var (id, _) = await Kept();
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/citizens/{id}");
        // Without a reason nothing is changed.
        await asha.Post($"/desk/citizens/{id}/wish", [("Channel", "phone"), ("Language", "cy")]);
        Assert.Equal("Why do you open this?", asha.Heading);
        await asha.Press("Open", ("Reason", "InTouch"), ("Words", "x"));

        await asha.Press("Save", ("Channel", "phone"), ("Language", "cy"));
        Assert.Equal(("phone", "cy"), (await Facts<CitizenWishChanged>()).Select(f => (f.Channel, f.Language)).Single());
        await asha.Press("Save what they said", ("Channel", "email"), ("May", "no"), ("Source", "Phone"));
        Assert.Contains("Email: we may not", asha.Text, StringComparison.Ordinal);
        await asha.Press("Save what they said", ("Channel", "email"), ("May", "yes"), ("Source", "Writing"));
        Assert.Contains("Written to us, 2 March 2026", asha.Text, StringComparison.Ordinal);
        await asha.Post($"/desk/citizens/{id}/consents", [("Channel", "pigeon"), ("May", "perhaps"), ("Source", "99")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        Assert.Equal([false, true], (await Facts<ConsentSaid>()).OrderBy(f => f.May).Select(f => f.May));

        await asha.Press("Name them", ("Name", "Zoe Field"), ("Relation", "Daughter"), ("Contact", ""), ("Until.Day", "1"), ("Until.Month", "1"), ("Until.Year", "2020"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        Assert.Contains("Enter how they are reached", asha.Text, StringComparison.Ordinal);
        Assert.Contains("Select what they may do", asha.Text, StringComparison.Ordinal);
        Assert.Contains("The last day must be today or later", asha.Text, StringComparison.Ordinal);
        await asha.Press("Name them", ("Contact", "07700 900456"), ("May", "Speak"), ("Until.Day", "1"), ("Until.Month", "6"), ("Until.Year", "2026"));
        Assert.Equal(HttpStatusCode.OK, asha.Status);
        Assert.Contains("May ask, and tell us what the citizen wants, until 1 June 2026", asha.Text, StringComparison.Ordinal);
        await asha.Press("End that Zoe Field helps");
        Assert.Contains("Ended", asha.Text, StringComparison.Ordinal);
        Assert.Equal((await Facts<HelperNamed>()).Single().Helper, (await Facts<HelperEnded>()).Single().Helper);
        // No fact holds a name.
        Assert.DoesNotContain(await _app.Db(d => d.Facts.AsNoTracking().ToListAsync()), f => f.Data!.Contains("Zoe", StringComparison.Ordinal) || f.Data!.Contains("Marsh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_shows_who_told_us_that_they_live_there()
    {
        var (id, reference) = await Kept();
        var other = Guid.Empty;
        await _app.Write(async d =>
        {
            other = (await KeepCitizen.Of(d, new("Ben Marsh", Email: "ben@example.com", Address: "12 High Street, Northmoor", Postcode: "NR1 1AA"), _app.Clock.Now))!.Value;
            await KeepCitizen.Of(d, new("Next Door", Email: "next@example.com", Address: "14 High Street", Postcode: "NR1 1AA"), _app.Clock.Now);
        });
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open("/desk/addresses/nr11aa-12-high-street");
        Assert.Equal("Why do you open this?", asha.Heading);
        await asha.Press("Open", ("Reason", "Safeguarding"), ("Words", "Smoke"));
        Assert.Contains("Ada Marsh", asha.Text, StringComparison.Ordinal);
        Assert.Contains("Ben Marsh", asha.Text, StringComparison.Ordinal);
        Assert.Contains(reference, asha.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Next Door", asha.Text, StringComparison.Ordinal);
        await SeenBy(_app.Browse(), reference, [Assert.Single(await LooksOf(id))]);
        Assert.Equal(LookReason.Safeguarding, Assert.Single(await LooksOf(other)).Reason);
        foreach (var nowhere in (string[])["nr11aa-13-high-street", "100000000001", "x", "-"])
        {
            await asha.Open($"/desk/addresses/{nowhere}");
            Assert.Equal(HttpStatusCode.NotFound, asha.Status);
        }
        await asha.Open($"/desk/citizens/{Guid.CreateVersion7(_app.Clock.Now)}");
        Assert.Equal(HttpStatusCode.NotFound, asha.Status);
    }

    /// <summary>The citizen's page holds exactly the looks that are kept, the newest first, and no name of staff.</summary>
    private static async Task SeenBy(Browser citizen, string reference, IReadOnlyList<CitizenLook> looks)
    {
        await citizen.Open($"/who-looked?reference={reference}");
        await citizen.Press("Continue", ("Email", Email), ("Reference", reference));
        var shown = citizen.Page.QuerySelectorAll("#looks tbody tr").Select(r => string.Join(" | ", r.Children.Select(c => c.TextContent.Trim())));
        Assert.Equal(looks.Reverse().Select(l => $"{char.ToUpperInvariant(Say.When(l.At)[0])}{Say.When(l.At)[1..]} | {Person.Words(l.Role)}{(l.Team.Length > 0 ? $", {l.Team}" : "")} | {Concentric.Serve.Citizens.Looks.ToCitizen(l.Reason)}"), shown);
        Assert.DoesNotContain("Asha", citizen.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Rings about", citizen.Page.Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task<(Guid Id, string Reference)> Kept()
    {
        await _app.Seed();
        Guid? id = null;
        await _app.Write(async d => id = await KeepCitizen.Of(d, new("Ada Marsh", new(1980, 1, 5), Email, "07700 900123", "12 High Street, Northmoor", "NR1 1AA"), _app.Clock.Now));
        return (id!.Value, await Asked(id.Value));
    }

    private async Task<string> Asked(Guid citizen, bool sensitive = false, string team = "")
    {
        var (reference, id) = (Reference.New(), Guid.CreateVersion7(_app.Clock.Now));
        await _app.Write(d =>
        {
            d.Enquiries.Add(new() { Id = id, Reference = reference, Token = id, Service = null, Words = "Bins?", Email = Email, Channel = "web", RaisedAt = _app.Clock.Now, CitizenId = citizen, IsSensitive = sensitive, Team = team });
            if (sensitive) Outbox.Add(d, new("case", Email, "A letter", "Body", EnquiryId: id), _app.Clock.Now);
            return Task.CompletedTask;
        });
        return $"{reference}";
    }

    private Task<List<CitizenLook>> LooksOf(Guid id) => _app.Db(async d => (await d.CitizenLooks.AsNoTracking().Where(l => l.CitizenId == id).ToListAsync()).OrderBy(l => l.At).ThenBy(l => l.Reason == LookReason.Own).ToList());

    private async Task<List<T>> Facts<T>() where T : IFact
    {
        var kind = Journal.KindOf(typeof(T));
        return (await _app.Db(d => d.Facts.AsNoTracking().Where(f => f.Kind == kind).ToListAsync())).ConvertAll(f => f.As<T>());
    }
}
