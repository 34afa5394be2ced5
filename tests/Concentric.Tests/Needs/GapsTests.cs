using System.Net;
using System.Text.Json;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Needs;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Editions;
using Concentric.Needs.Gaps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Needs;

public sealed class GapsTests
{
    private const string Ours = "http://concentric.example/id/organisation/us", Theirs = "http://concentric.example/id/organisation/them";
    private const string Who = "01900000-0000-7000-8000-000000000007";

    [Fact]
    public void Each_kind_is_found_and_nothing_else()
    {
        var found = FindGaps.Of(Model(), Ours).Select(f => (f.Kind, f.Title)).ToList();

        Assert.Equal(
        [
            (GapKind.NeedWithoutService, "Need a"),
            (GapKind.NeedNobodyOffers, "Need b"),
            (GapKind.ServiceWithoutNeed, "Service 5"),
            (GapKind.SeveralOffers, "Service 2"),
            (GapKind.SeveralServices, "Need d"),
            (GapKind.HandOverBroken, "Two of us → gone"),
            (GapKind.HandOverOutside, "Two of us → Two of them"),
            (GapKind.HandOverInside, "Two of us → Three"),
            (GapKind.CircumstanceNotAsked, "Circumstance silent"),
            (GapKind.LifeEventWithoutCircle, "LifeEvent nothing"),
        ], found);
    }

    [Fact]
    public void A_finding_keeps_its_identity_when_names_and_the_rest_of_the_model_change()
    {
        var before = FindGaps.Of(Model(), Ours);
        var after = FindGaps.Of(Model(rename: " renamed", further: true), Ours);

        Assert.Equal(before.Select(f => f.Id), after.Where(f => f.Title != "Need further renamed").Select(f => f.Id));
        Assert.Equal(before.Count, before.Select(f => f.Id).Distinct().Count());
        Assert.All(before, f => Assert.Matches("^[0-9a-f]{12}$", f.Id));
    }

    [Fact]
    public void Without_a_directory_nothing_is_said_of_offers() =>
        Assert.All(FindGaps.Of(SituationTests.Model.With(SituationTests.Model.Offers.Select(o => new ModelChange
        {
            Edition = Guid.Empty, Place = 1, Kind = ChangedThing.Offer, Subject = o.Identifier, Before = null, After = null, By = "", At = default,
        })), Ours), f => Assert.Contains(f.Kind, (GapKind[])[GapKind.NeedWithoutService, GapKind.CircumstanceNotAsked, GapKind.LifeEventWithoutCircle]));

    [Fact]
    public async Task A_finding_is_given_to_somebody_and_closes_itself_when_the_model_no_longer_shows_it()
    {
        using var app = new TestApp();
        var maya = await app.SignInAs(Role.ServiceDesigner);
        var need = await NeedWithoutService(app);
        await maya.Open("/model/gaps?kind=need-without-service");
        Assert.Equal(HttpStatusCode.OK, maya.Status);
        await maya.Follow(need.Plain);
        Assert.Contains("No service is said to meet this need.", maya.Text, StringComparison.Ordinal);
        var page = new Uri(maya.Page.Url).AbsolutePath;

        await maya.Press("Save", ("Action", "given"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        Assert.Contains("Select who is to look at it", maya.Text, StringComparison.Ordinal);
        Assert.Contains("Enter the date until which it is to be done", maya.Text, StringComparison.Ordinal);
        var grace = (await app.Db(db => db.Set<Person>().SingleAsync(p => p.Name == "Grace Okoro"))).Id;
        await maya.Press("Save", ("Action", "given"), ("GivenTo", $"{grace}"), ("Task", "Ask the food bank whether they could."), ("Due.Day", "1"), ("Due.Month", "4"), ("Due.Year", "2026"));

        Assert.Equal(page, new Uri(maya.Page.Url).AbsolutePath);
        Assert.Contains("Given to Grace Okoro until 1 April 2026", maya.Text, StringComparison.Ordinal);
        Assert.Contains("Ask the food bank whether they could.", maya.Text, StringComparison.Ordinal);
        await maya.Open("/model/gaps?state=given");
        Assert.Contains("Given to Grace Okoro until 1 April 2026", maya.Text, StringComparison.Ordinal);

        var edition = await MeetIt(app, need);
        await maya.Open("/model/gaps?kind=need-without-service&state=gone");
        Assert.Contains($"Closed in edition {edition}", maya.Text, StringComparison.Ordinal);
        await maya.Open(page);
        Assert.Contains($"edition {edition} of the model no longer shows it", maya.Text, StringComparison.Ordinal);
        Assert.Empty(maya.Page.QuerySelectorAll("main form"));
        Assert.Equal(["given", "gone"], await Facts(app));
    }

    [Fact]
    public async Task What_was_accepted_stays_so_and_what_comes_back_keeps_its_row()
    {
        using var app = new TestApp();
        var maya = await app.SignInAs(Role.ServiceDesigner);
        var need = await NeedWithoutService(app);
        await (await maya.Open("/model/gaps?kind=need-without-service")).Follow(need.Plain);
        var page = new Uri(maya.Page.Url).AbsolutePath;
        await maya.Press("Save", ("Action", "accepted"));
        Assert.Contains("Enter why it is accepted as it is", maya.Text, StringComparison.Ordinal);
        await maya.Press("Save", ("Action", "accepted"), ("Why", "Neighbours do this better than we could."));
        Assert.Contains("Accepted as it is", maya.Text, StringComparison.Ordinal);

        var edition = await MeetIt(app, need);
        await maya.Open(page);
        app.Clock.Now += TimeSpan.FromMinutes(1);
        await app.Services.GetRequiredService<IWriter>().Write(db => UndoEdition.Undo(db, edition, "It was wrong.", Who, NeedsDatabase.Now));
        app.Services.GetRequiredService<ModelCache>().Forget();
        await maya.Open(page);

        Assert.Contains("Neighbours do this better than we could.", maya.Text, StringComparison.Ordinal);
        Assert.Contains("Back: the model shows it again", maya.Text, StringComparison.Ordinal);
        Assert.Equal("Accepted as it is", maya.Page.QuerySelector("main .govuk-tag")!.TextContent.Trim());
        Assert.Equal(["accepted", "back", "gone"], await Facts(app));
    }

    [Fact]
    public async Task Publishing_closes_and_opens_findings_though_nobody_looks()
    {
        await using var needs = await NeedsDatabase.Create();
        var need = (await needs.Cache.Current()).Find(ConceptType.Need, "affordable-vet")!;
        var finding = FindGaps.Of(await needs.Cache.Current(), Ours).Single(f => f.Kind == GapKind.NeedWithoutService && f.Title == need.Plain);
        await needs.Writer.Write(db =>
        {
            db.FindingActions.Add(new() { Id = Guid.CreateVersion7(NeedsDatabase.Now), Finding = finding.Id, Kind = finding.Kind, Title = finding.Title, Action = FindingDecision.Accepted, Note = "So be it.", Edition = 1, By = Who, At = NeedsDatabase.Now });
            return Task.CompletedTask;
        });

        var closing = await Publish(needs, list => list.Add(null, Meets(need)));
        Assert.Equal([(FindingDecision.Accepted, 1), (FindingDecision.Gone, closing)], await Actions(needs, finding.Id));
        // It says nothing of the finding, so nothing is noted.
        await Publish(needs, list => list.Add(null, Meets(need, "somebody-else")));
        Assert.Equal(2, (await Actions(needs, finding.Id)).Count);
        await needs.Writer.Write(db => UndoEdition.Undo(db, closing + 1, "Not so.", Who, NeedsDatabase.Now));
        var opening = (await needs.Writer.Write(db => UndoEdition.Undo(db, closing, "It was wrong.", Who, NeedsDatabase.Now)))!.Value;

        Assert.Equal([(FindingDecision.Accepted, 1), (FindingDecision.Gone, closing), (FindingDecision.Back, opening)], await Actions(needs, finding.Id));
        await using var db = needs.Open();
        var facts = await db.Set<Concentric.Core.Journal.Fact>().AsNoTracking().Where(f => f.Kind == "finding-decided").ToListAsync();
        Assert.Equal(["back", "gone"], facts.Select(f => JsonDocument.Parse(f.Data!).RootElement.GetProperty("action").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_edition_that_is_refused_closes_nothing()
    {
        await using var needs = await NeedsDatabase.Create();
        var need = (await needs.Cache.Current()).Find(ConceptType.Need, "affordable-vet")!;
        var finding = FindGaps.Of(await needs.Cache.Current(), Ours).Single(f => f.Kind == GapKind.NeedWithoutService && f.Title == need.Plain);
        await needs.Writer.Write(db =>
        {
            db.FindingActions.Add(new() { Id = Guid.CreateVersion7(NeedsDatabase.Now), Finding = finding.Id, Kind = finding.Kind, Title = finding.Title, Action = FindingDecision.Accepted, Edition = 1, By = Who, At = NeedsDatabase.Now });
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<EditionConflictException>(() => Publish(needs, list =>
        {
            list.Add(null, Meets(need));
            list.Add(Meets(need, "nobody"), Meets(need, "nobody", "Changed meanwhile."));
        }));

        Assert.Equal([(FindingDecision.Accepted, 1)], await Actions(needs, finding.Id));
    }

    [Fact]
    public async Task A_new_finding_is_there_as_soon_as_its_edition_is_published()
    {
        using var app = new TestApp();
        var maya = await app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/model/needs/new");
        await maya.Press("Put into the draft", ("Label", "I want to zorb"));
        await maya.Open("/model/gaps?kind=need-without-service");
        Assert.DoesNotContain("I want to zorb", maya.Text, StringComparison.Ordinal);
        await (await maya.Open("/model/needs")).Follow("Review and publish");
        await maya.Press("Publish", ("Title", "Zorbing"), ("Why", "People ask for it."));

        await maya.Open("/model/gaps?kind=need-without-service");

        Assert.Contains("I want to zorb", maya.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gaps_are_for_those_who_design_and_for_programs_with_a_key()
    {
        using var app = new TestApp();
        var adviser = await app.SignInAs(Role.Adviser);
        Assert.Equal(HttpStatusCode.Forbidden, (await adviser.Open("/model/gaps")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.CreateClient().GetAsync(new Uri("/api/v1/gaps", UriKind.Relative))).StatusCode);
        var maya = await app.SignInAs(Role.ServiceDesigner);
        Assert.Equal(HttpStatusCode.NotFound, (await maya.Open("/model/gaps/000000000000")).Status);
    }

    // The clock of a test stands still, so facts have no order in time.
    private static Task<List<string>> Facts(TestApp app) => app.Db(async db =>
        (await db.Set<Concentric.Core.Journal.Fact>().AsNoTracking().Where(f => f.Kind == "finding-decided").ToListAsync())
            .Select(f => JsonDocument.Parse(f.Data!).RootElement.GetProperty("action").GetString()!).Order(StringComparer.Ordinal).ToList());

    private static async Task<Concept> NeedWithoutService(TestApp app)
    {
        var model = await app.Services.GetRequiredService<ModelCache>().Current();
        return model.InUse(ConceptType.Need).First(n => !model.From(n.Uri, Predicate.AddressedBy).Any());
    }

    private static async Task<int> MeetIt(TestApp app, Concept need)
    {
        app.Clock.Now += TimeSpan.FromMinutes(1);
        var relation = new Relation { Subject = need.Uri, Predicate = Predicate.AddressedBy, Object = SchemeUris.UriOf(ConceptType.Service, "63"), Source = "council", Confidence = Confidence.Low, Reason = "It may." };
        var number = await app.Services.GetRequiredService<IWriter>().Write(db =>
        {
            var edition = new Edition { Id = Guid.CreateVersion7(NeedsDatabase.Now), Kind = EditionKind.Edit, Title = "A service for it", Why = "Found in a workshop.", By = Who, StartedAt = NeedsDatabase.Now };
            var changes = new ChangeList(edition.Id, Who, NeedsDatabase.Now);
            changes.Add(null, relation);
            return PublishEdition.PublishAtOnce(db, edition, changes.All, NeedsDatabase.Now);
        });
        app.Services.GetRequiredService<ModelCache>().Forget();
        return number!.Value;
    }

    private static Relation Meets(Concept need, string source = "council", string reason = "It may.") =>
        new() { Subject = need.Uri, Predicate = Predicate.AddressedBy, Object = SchemeUris.UriOf(ConceptType.Service, "63"), Source = source, Confidence = Confidence.Low, Reason = reason };

    private static async Task<int> Publish(NeedsDatabase needs, Action<ChangeList> change)
    {
        var edition = new Edition { Id = Guid.CreateVersion7(NeedsDatabase.Now), Kind = EditionKind.Edit, Title = "A change", Why = "To see.", By = Who, StartedAt = NeedsDatabase.Now };
        var changes = new ChangeList(edition.Id, Who, NeedsDatabase.Now);
        change(changes);
        return (await needs.Writer.Write(db => PublishEdition.PublishAtOnce(db, edition, changes.All, NeedsDatabase.Now)))!.Value;
    }

    private static async Task<List<(FindingDecision, int)>> Actions(NeedsDatabase needs, string finding)
    {
        await using var db = needs.Open();
        return [.. (await db.FindingActions.AsNoTracking().Where(a => a.Finding == finding).ToListAsync()).OrderBy(a => a.Edition).Select(a => (a.Action, a.Edition))];
    }

    private static NeedModel Model(string rename = "", bool further = false)
    {
        var concepts = new List<Concept>();
        var relations = new List<Relation>();
        string Make(ConceptType type, string id, ConceptDetails? details = null)
        {
            var uri = SchemeUris.UriOf(type, id);
            concepts.Add(new() { Uri = uri, Scheme = SchemeUris.SchemeOf(type), Identifier = id, Type = type, Label = $"{type} {id}{rename}", Status = ConceptStatus.Local, Details = details });
            return uri;
        }
        void Join(string from, Predicate predicate, string to) =>
            relations.Add(new() { Subject = from, Predicate = predicate, Object = to, Source = "ours", Confidence = Confidence.High, Reason = "Because." });
        Offer Offer(string id, string name, string service, string by, params PassedOn[] on) => new()
        {
            Identifier = id, Name = name, Description = "", Service = service, Organisation = by, Status = OfferStatus.Active, PassesOnTo = on,
        };

        Make(ConceptType.Organisation, "us");
        Make(ConceptType.Organisation, "them");
        var (a, b, c, d) = (Make(ConceptType.Need, "a"), Make(ConceptType.Need, "b"), Make(ConceptType.Need, "c"), Make(ConceptType.Need, "d"));
        var services = Enumerable.Range(1, 6).Select(n => Make(ConceptType.Service, $"{n}")).ToArray();
        Join(b, Predicate.AddressedBy, services[0]);
        Join(c, Predicate.AddressedBy, services[1]);
        Join(d, Predicate.AddressedBy, services[2]);
        Join(d, Predicate.AddressedBy, services[3]);
        var happened = Make(ConceptType.LifeEvent, "happened");
        Join(happened, Predicate.Determines, services[5]);
        Make(ConceptType.LifeEvent, "nothing");
        Join(Make(ConceptType.Circumstance, "silent"), Predicate.Implies, c);
        Join(Make(ConceptType.Circumstance, "asked", new() { Question = "Is it so?" }), Predicate.Implies, a);
        Join(Make(ConceptType.Circumstance, "protected", new() { Protected = "religion or belief" }), Predicate.Implies, a);
        Make(ConceptType.Circumstance, "idle");
        if (further) Make(ConceptType.Need, "further");
        return new([], concepts, relations,
        [
            Offer("two-us", "Two of us", services[1], Ours, new("two-them", "They know more."), new("three", "It is next door."), new("gone", "It was there.")),
            Offer("two-them", "Two of them", services[1], Theirs),
            Offer("three", "Three", services[2], Ours),
            Offer("four", "Four", services[3], Theirs),
            Offer("five", "Five", services[4], Ours),
            Offer("six", "Six", services[5], Ours),
        ]);
    }
}
