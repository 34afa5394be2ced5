using System.Net;
using Concentric.Core.People;
using Concentric.Needs;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Concentric.Needs.Workshops;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Needs;

public sealed class WorkshopTests : IDisposable
{
    private static readonly string LostMyJob = SchemeUris.UriOf(ConceptType.LifeEvent, "lost-my-job");

    private readonly TestApp _app = new();

    [Fact]
    public async Task A_workshop_is_planned_printed_typed_in_and_made_into_a_draft()
    {
        var maya = await Plan();
        Assert.Equal("Losing work in Mossgrove", maya.Heading);
        Assert.Contains("Piloted on: Bin collection.", maya.Text, StringComparison.Ordinal);

        // A card of the model, a need in words of its own under it, and a service that meets that.
        var outOfWork = SchemeUris.UriOf(ConceptType.Circumstance, "out-of-work");
        await Card(maya, ("Ring", "circumstance"), ("Words", "Out of work"), ("Strength", "High"), ("SaidBy", "adviser"));
        await Card(maya, ("Ring", "need"), ("Words", "Qqxxzzyk"), ("Because", outOfWork), ("Strength", "Medium"), ("SaidBy", "carer"), ("Quote", "I had nobody to ask."));
        var need = await _app.Db(db => db.Statements.SingleAsync(s => s.Words != null));
        await Card(maya, ("Ring", "service"), ("Words", "524"), ("Because", $"{need.Id}"), ("Strength", "Low"), ("SaidBy", "carer"));
        Assert.Contains("QqxxzzykNeed, new Out of work Medium carer I had nobody to ask.", maya.Text, StringComparison.Ordinal);
        Assert.Matches("Needs: 0 in both, 1 only in the workshop, [0-9]+ only in the model", maya.Text);
        Assert.Contains("Qqxxzzyk Only in the workshop", maya.Text, StringComparison.Ordinal);
        Assert.Contains("Bin collection Pilot Only in the workshop", maya.Text, StringComparison.Ordinal);

        await maya.Press("Make a draft of it");
        Assert.Equal("Workshop: Losing work in Mossgrove", maya.Heading);
        Assert.Contains("Added need: Qqxxzzyk", maya.Text, StringComparison.Ordinal);
        var draft = await _app.Db(db => db.Editions.SingleAsync(e => e.Number == null));
        var relations = (await _app.Db(db => db.ModelChanges.Where(c => c.Edition == draft.Id && c.Kind == ChangedThing.Relation).ToListAsync())).ConvertAll(c => c.AfterAs<Relation>()!);
        Assert.All(relations, r => Assert.Equal("workshop-2026-03-27", r.Source));
        var implied = Assert.Single(relations, r => r.Predicate == Predicate.Implies);
        Assert.Equal((outOfWork, Confidence.Medium, "A carer said: “I had nobody to ask.”"), (implied.Subject, implied.Confidence, implied.Reason));
        Assert.Equal(implied.Object, Assert.Single(relations, r => r.Predicate == Predicate.AddressedBy).Subject);
        Assert.Equal("Said by an adviser at a workshop on 27 March 2026.", Assert.Single(relations, r => r.Predicate == Predicate.Changes).Reason);

        await maya.Press("Publish");
        Assert.Equal(HttpStatusCode.OK, maya.Status);
        await maya.Open("/model/workshops");
        Assert.Contains("Made into a draft", maya.Text, StringComparison.Ordinal);
        await maya.Open("/needs/lost-my-job");
        Assert.Contains("Qqxxzzyk", maya.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kit_has_blank_rings_cards_and_notes_that_say_whose_reading_it_is()
    {
        var maya = await Plan();
        await maya.Follow("Print the kit");

        Assert.NotNull(maya.Page.QuerySelector("svg.app-rings"));
        Assert.Equal(6 + 12 + 9, maya.Page.QuerySelectorAll(".app-card__words--blank").Length);
        Assert.Contains(maya.Page.QuerySelectorAll(".app-card__words"), c => c.TextContent == "I need to find work");
        Assert.Contains("Its report is not public. The rings here are our own reading", maya.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_may_mean_a_thing_of_the_model_are_asked_about()
    {
        var maya = await Plan();
        await Card(maya, ("Ring", "need"), ("Words", "help with rent"), ("Strength", "High"), ("SaidBy", "tenant"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        Assert.Contains("Select which of these was meant, or that it is something new", maya.Text, StringComparison.Ordinal);
        await maya.Press("Keep this card", ("Concept", SchemeUris.UriOf(ConceptType.Need, "pay-rent")));

        Assert.Equal(SchemeUris.UriOf(ConceptType.Need, "pay-rent"), (await _app.Db(db => db.Statements.SingleAsync())).Concept);
        Assert.Contains("I cannot pay my rent In both", maya.Text, StringComparison.Ordinal);
        await maya.Press("Take away the card I cannot pay my rent");
        Assert.Equal(0, await _app.Db(db => db.Statements.CountAsync()));
    }

    [Fact]
    public async Task What_would_tell_who_somebody_is_is_not_kept()
    {
        var maya = await Plan();
        await Card(maya, ("Ring", "circumstance"), ("Words", "Out of work"), ("Strength", "High"), ("SaidBy", "Mrs Jones"), ("Quote", "Call me on 01632 960123."));

        var statement = await _app.Db(db => db.Statements.SingleAsync());
        Assert.Equal(("[name]", "Call me on [telephone number]."), (statement.SaidBy, statement.Quote));
    }

    [Fact]
    public async Task A_mistake_is_explained()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/model/workshops/new");
        await maya.Press("Plan it", ("Services", "524, 999999"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        foreach (var message in (string[])["Enter a title", "Enter the date of the workshop", "Enter the place, in 150 characters or fewer", "Select the situation in the centre", "There is no service 999999 in the Services list"])
            Assert.Contains(message, maya.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _app.Db(db => db.Workshops.CountAsync()));
    }

    [Fact]
    public void What_several_people_said_of_the_same_link_is_one_link_as_strong_as_the_strongest()
    {
        var model = Model();
        var (workshop, statements) = Said(("carer", Confidence.Low, "It was hard."), ("adviser", Confidence.High, null), ("tenant", Confidence.Medium, "Nobody rang."));

        var relation = StoredJson.Read<Relation>(Assert.Single(MakeDraft.Edits(model, workshop, statements)).After)!;

        Assert.Equal((Confidence.High, "A carer said: “It was hard.” A tenant said: “Nobody rang.”"), (relation.Confidence, relation.Reason));
    }

    [Fact]
    public void What_two_sources_say_is_followed_once_as_the_surest_says_it()
    {
        Relation Of(string source, Confidence confidence) => new() { Subject = LostMyJob, Predicate = Predicate.Changes, Object = SchemeUris.UriOf(ConceptType.Circumstance, "out-of-work"), Source = source, Confidence = confidence, Reason = source };
        var model = new NeedModel([], Model().Concepts, [Of("ours", Confidence.Low), Of("workshop-2026-03-27", Confidence.High)]);

        Assert.Equal("workshop-2026-03-27", Assert.Single(model.From(LostMyJob, Predicate.Changes)).Source);
        Assert.Equal(2, model.Relations.Count);
    }

    public void Dispose() => _app.Dispose();

    private async Task<Browser> Plan()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/model/workshops/new");
        return await maya.Press("Plan it", ("Title", "Losing work in Mossgrove"), ("HeldOn.Day", "27"), ("HeldOn.Month", "3"), ("HeldOn.Year", "2026"), ("Venue", "Mossgrove library"), ("Situation", LostMyJob), ("Services", "524"));
    }

    private static Task<Browser> Card(Browser maya, params (string, string)[] answers) => maya.Press("Keep this card", answers);

    private static NeedModel Model()
    {
        Concept Of(ConceptType type, string id) => new() { Uri = SchemeUris.UriOf(type, id), Scheme = SchemeUris.SchemeOf(type), Identifier = id, Type = type, Label = id, Status = ConceptStatus.Local };
        return new([], [Of(ConceptType.LifeEvent, "lost-my-job"), Of(ConceptType.Circumstance, "out-of-work")], []);
    }

    private static (Workshop, List<Statement>) Said(params (string By, Confidence Strength, string? Quote)[] said)
    {
        var workshop = new Workshop { Id = Guid.CreateVersion7(NeedsDatabase.Now), Title = "W", HeldOn = new(2026, 3, 27), Venue = "V", Situation = LostMyJob, By = "x", CreatedAt = NeedsDatabase.Now };
        return (workshop, [.. said.Select(s => new Statement { Id = Guid.CreateVersion7(NeedsDatabase.Now), Workshop = workshop.Id, Ring = Ring.Circumstance, Concept = SchemeUris.UriOf(ConceptType.Circumstance, "out-of-work"), Strength = s.Strength, SaidBy = s.By, Quote = s.Quote, By = "x", At = NeedsDatabase.Now })]);
    }
}
