using Concentric.Core.Data;
using Concentric.Needs.Concepts;
using Concentric.Needs.Designing;
using Concentric.Needs.Editions;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Needs;

/// <summary>What holds of drafts whatever is edited in them.</summary>
public sealed class DraftLawTests
{
    private const string Maya = "01900000-0000-7000-8000-000000000007";

    private static readonly DateTimeOffset Now = NeedsDatabase.Now;

    /// <summary>One edit: what is done to which of a few things.</summary>
    private sealed record Step(int Kind, int Thing, int Value);

    [Fact]
    public void Any_edits_published_and_undone_leave_the_model_as_it_was()
    {
        var step = from kind in Gen.Choose(0, 5) from thing in Gen.Choose(0, 2) from value in Gen.Choose(0, 2) select new Step(kind, thing, value);
        var steps = Gen.NonEmptyListOf(step).Select(l => l.Take(12).ToArray()).ToArbitrary();

        Prop.ForAll(steps, all => Check(all).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Journeys.Ways.IsWhole ? 25 : 10).WithReplay(20261122, 7));
    }

    private static async Task Check(Step[] steps)
    {
        await using var needs = await NeedsDatabase.Create();
        var published = await needs.Cache.Current();
        var draft = (await needs.Writer.Write(db => Drafts.Begin(db, "Law", "", Maya, Now))).Id;
        foreach (var step in steps)
        {
            await using var db = needs.Open();
            var before = published.With(await Drafts.ChangesOf(db, draft));
            if (EditOf(before, step) is { } edit) await needs.Writer.Write(w => Drafts.Put(w, draft, [edit], null, Maya, Now));
        }

        List<ModelChange> changes;
        await using (var db = needs.Open()) changes = await Drafts.ChangesOf(db, draft);
        // One change a thing, and none that changes nothing.
        Assert.Equal(changes.Count, changes.Select(c => (c.Kind, c.Subject)).Distinct().Count());
        Assert.All(changes, c => Assert.NotEqual(c.Before, c.After));
        if (changes.Count == 0) return;

        var shown = published.With(changes);
        var number = await needs.Writer.Write(async db => await PublishEdition.Publish(db, (await Drafts.Find(db, draft))!, await Drafts.ChangesOf(db, draft), Maya, Now));
        needs.Cache.Forget();
        // What the draft showed is what is published.
        Assert.Equal(Everything(shown, _ => true), Everything(await needs.Cache.Current(), _ => true));

        await needs.Writer.Write(db => UndoEdition.Undo(db, number, "The law says so.", Maya, Now));
        needs.Cache.Forget();
        var after = await needs.Cache.Current();
        // What was added is retired and nothing of it is followed; all else is as it was.
        Assert.Equal(Everything(published, _ => true), Everything(after, c => published.Find(c.Uri) is not null));
        Assert.All(after.Concepts.Where(c => published.Find(c.Uri) is null), c => Assert.False(c.InUse));
    }

    /// <summary>Few things and few values, so that edits meet, go back and are taken again.</summary>
    private static Edit? EditOf(NeedModel model, Step step)
    {
        var need = model.Concepts.Where(c => c.Type == ConceptType.Need).OrderBy(c => c.Uri).ElementAt(step.Thing);
        var circumstance = model.Concepts.Where(c => c.Type == ConceptType.Circumstance).OrderBy(c => c.Uri).ElementAt(step.Thing);
        var relations = model.Relations.Where(r => r.Predicate == Predicate.Implies).OrderBy(r => r.Key, StringComparer.Ordinal).Take(3).ToList();
        switch (step.Kind)
        {
            case 0:
                return Edit.Of(Changed(need, n => n.Label = step.Value == 0 ? "I need to find work" : $"Name {step.Value}"));
            case 1:
                return Edit.Of(Changed(need, n => n.Status = step.Value == 0 ? ConceptStatus.Local : ConceptStatus.Retired));
            case 2 when relations.Count > step.Thing:
                return Edit.Of(Changed(relations[step.Thing], r => (r.Confidence, r.ValidTo) = ((Confidence)step.Value, step.Value == 2 ? new DateOnly(2026, 1, 1) : null)));
            case 3 when relations.Count > step.Thing:
                return Edit.Remove(relations[step.Thing]);
            case 4:
                return Edit.Of(new Relation { Subject = circumstance.Uri, Predicate = Predicate.Implies, Object = need.Uri, Source = "law", Confidence = (Confidence)step.Value, Reason = "Because." });
            case 5:
                return Edit.Of(new Concept { Uri = SchemeUris.UriOf(ConceptType.Need, $"new-{step.Thing}"), Scheme = SchemeUris.Needs, Identifier = $"new-{step.Thing}", Type = ConceptType.Need, Label = $"New {step.Value}", Status = ConceptStatus.Local });
            default:
                return null;
        }
    }

    private static T Changed<T>(T thing, Action<T> change) where T : class
    {
        var copy = StoredJson.Read<T>(StoredJson.Write(thing))!;
        change(copy);
        return copy;
    }

    private static string Everything(NeedModel model, Func<Concept, bool> of) =>
        string.Join('\n', model.Concepts.Where(of).Select(ModelChange.Written).Concat(model.Relations.OrderBy(r => r.Key, StringComparer.Ordinal).Select(ModelChange.Written)));

    [Theory]
    // The draft changed one field, the other another: both stay.
    [InlineData("old", "old definition", "new", "old definition", "old", "their definition", "new", "their definition")]
    // Both changed the same: the draft wins.
    [InlineData("old", "d", "mine", "d", "theirs", "d", "mine", "d")]
    // Both did the same.
    [InlineData("old", "d", "same", "d", "same", "d", "same", "d")]
    public void A_draft_taken_anew_keeps_what_the_other_changed(string label, string definition, string myLabel, string myDefinition, string theirLabel, string theirDefinition, string newLabel, string newDefinition) =>
        Assert.Equal(Need(newLabel, newDefinition), TakeAnew.Merge(ChangedThing.Concept, Need(label, definition), Need(myLabel, myDefinition), Need(theirLabel, theirDefinition)));

    private static string Need(string label, string definition) => ModelChange.Written(new Concept
    {
        Uri = SchemeUris.UriOf(ConceptType.Need, "n"), Scheme = SchemeUris.Needs, Identifier = "n", Type = ConceptType.Need, Label = label, Definition = definition, Status = ConceptStatus.Local,
    });
}
