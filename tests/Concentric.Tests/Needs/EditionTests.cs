using Concentric.Core.Data;
using Concentric.Needs;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Needs;

public sealed class EditionTests
{
    private const string Who = "01900000-0000-7000-8000-000000000007";

    private static readonly DateTimeOffset Now = NeedsDatabase.Now;

    [Fact]
    public async Task The_seed_is_edition_1_and_seeding_again_writes_nothing()
    {
        await using var needs = await NeedsDatabase.Create();
        await needs.Area.Seed(needs.Services, demo: false, default);

        await using var db = needs.Open();
        var edition = Assert.Single(await db.Editions.ToListAsync());
        Assert.Equal((1, EditionKind.Seed), (edition.Number, edition.Kind));
        Assert.Equal(await db.Concepts.CountAsync() + await db.Relations.CountAsync(), await db.ModelChanges.CountAsync());
        Assert.Equal(1, (await needs.Cache.Current()).Edition);
    }

    [Fact]
    public async Task An_edition_changes_things_and_undoing_it_puts_them_as_they_were()
    {
        await using var needs = await NeedsDatabase.Create();
        var before = await Everything(needs);

        var number = await needs.Writer.Write(db => Rename(db, "needs", "A new name", Now));
        Assert.Equal(2, number);
        needs.Cache.Forget();
        Assert.Equal("A new name", (await needs.Cache.Current()).InUse(ConceptType.Need).Single(c => c.Label == "A new name").Plain);

        var undone = await needs.Writer.Write(db => UndoEdition.Undo(db, 2, "It was wrong.", Who, Now));
        Assert.Equal(3, undone);
        Assert.Equal(before, await Everything(needs));
    }

    [Fact]
    public async Task What_an_undone_edition_had_added_is_retired_and_its_relations_are_gone()
    {
        await using var needs = await NeedsDatabase.Create();
        await needs.Writer.Write(async db =>
        {
            var (edition, changes) = Begin();
            var need = new Concept { Uri = SchemeUris.UriOf(ConceptType.Need, "new-one"), Scheme = SchemeUris.Needs, Identifier = "new-one", Type = ConceptType.Need, Label = "New", Status = ConceptStatus.Local };
            changes.Add(null, need);
            var circumstance = await db.Concepts.AsNoTracking().FirstAsync(c => c.Type == ConceptType.Circumstance);
            changes.Add(null, new Relation { Subject = circumstance.Uri, Predicate = Predicate.Implies, Object = need.Uri, Source = "council", Confidence = Confidence.Low, Reason = "Because." });
            return await PublishEdition.PublishAtOnce(db, edition, changes.All, Now);
        });
        await needs.Writer.Write(db => UndoEdition.Undo(db, 2, "Not needed.", Who, Now));

        await using var db = needs.Open();
        Assert.Equal(ConceptStatus.Retired, (await db.Concepts.SingleAsync(c => c.Identifier == "new-one")).Status);
        Assert.False(await db.Relations.AnyAsync(r => r.Source == "council"));
    }

    [Fact]
    public async Task A_thing_that_somebody_else_changed_in_the_meantime_stops_the_whole_edition()
    {
        await using var needs = await NeedsDatabase.Create();
        await needs.Writer.Write(db => Rename(db, "first", "First name", Now));
        await needs.Writer.Write(db => Rename(db, "second", "Second name", Now));
        var before = await Everything(needs);

        var e = await Assert.ThrowsAsync<EditionConflictException>(() => needs.Writer.Write(db => UndoEdition.Undo(db, 2, "Too late.", Who, Now)));
        Assert.Single(e.Conflicts);
        Assert.Equal(before, await Everything(needs));
        await using var db = needs.Open();
        Assert.Equal(3, await db.Editions.MaxAsync(x => x.Number));
    }

    [Fact]
    public async Task The_seed_leaves_alone_what_people_have_edited()
    {
        await using var needs = await NeedsDatabase.Create();
        await needs.Writer.Write(db => Rename(db, "edited", "Our council's word", Now));
        await needs.Writer.Write(db => db.Editions.Where(e => e.Kind == EditionKind.Seed).ExecuteUpdateAsync(s => s.SetProperty(e => e.Digest, "older")));

        await needs.Area.Seed(needs.Services, demo: false, default);

        await using var db = needs.Open();
        Assert.True(await db.Concepts.AnyAsync(c => c.Label == "Our council's word"));
    }

    [Fact]
    public async Task A_draft_shows_in_the_model_with_its_changes_and_nowhere_else()
    {
        await using var needs = await NeedsDatabase.Create();
        var model = await needs.Cache.Current();
        var need = model.InUse(ConceptType.Need).First();
        var (_, changes) = Begin();
        var renamed = StoredJson.Read<Concept>(StoredJson.Write(need))!;
        renamed.Label = "Draft name";
        changes.Add(need, renamed);

        Assert.Equal("Draft name", model.With(changes.All).Find(need.Uri)!.Label);
        Assert.NotEqual("Draft name", model.Find(need.Uri)!.Label);
    }

    private static (Edition, ChangeList) Begin()
    {
        var edition = new Edition { Id = Guid.CreateVersion7(Now), Kind = EditionKind.Edit, Title = "A test", Why = "To see.", By = Who, StartedAt = Now };
        return (edition, new(edition.Id, Who, Now));
    }

    private static async Task<int?> Rename(ConcentricDb db, string title, string name, DateTimeOffset now)
    {
        var (edition, changes) = Begin();
        edition.Title = title;
        var need = await db.Concepts.AsNoTracking().Where(c => c.Type == ConceptType.Need).OrderBy(c => c.Uri).FirstAsync();
        var before = ModelChange.Written(need);
        need.Label = name;
        changes.Add(ChangedThing.Concept, need.Uri, before, ModelChange.Written(need), "A better word");
        return await PublishEdition.PublishAtOnce(db, edition, changes.All, now);
    }

    private static async Task<string> Everything(NeedsDatabase needs)
    {
        await using var db = needs.Open();
        var model = await NeedModel.Load(db, default, default);
        return string.Join('\n', model.Concepts.Select(ModelChange.Written).Concat(model.Relations.Select(ModelChange.Written)));
    }
}
