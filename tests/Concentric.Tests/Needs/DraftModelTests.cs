using Concentric.Core.Data;
using Concentric.Needs.Concepts;
using Concentric.Needs.Designing;
using Concentric.Needs.Editions;

namespace Concentric.Tests.Needs;

/// <summary>The model with a draft in it is made once and is never an old one.</summary>
public sealed class DraftModelTests
{
    private const string Maya = "01900000-0000-7000-8000-000000000007", Lewis = "01900000-0000-7000-8000-000000000008";
    private static readonly string PayRent = SchemeUris.UriOf(ConceptType.Need, "pay-rent"), FindWork = SchemeUris.UriOf(ConceptType.Need, "find-work");

    [Fact]
    public async Task It_is_kept_while_nothing_changes_and_a_change_in_the_draft_is_seen_at_once()
    {
        await using var needs = await NeedsDatabase.Create();
        var draft = await Begin(needs, Maya);
        await Rename(needs, draft, PayRent, "First");
        var first = await Shown(needs, draft);
        Assert.Same(first, await Shown(needs, draft));

        // The clock stands still: what counts is what the draft holds and not when it was written.
        await Rename(needs, draft, PayRent, "Second");
        var second = await Shown(needs, draft);
        await Rename(needs, draft, PayRent, await PublishedName(needs, PayRent));

        Assert.Equal(("First", "Second"), (first.Find(PayRent)!.Label, second.Find(PayRent)!.Label));
        Assert.Same(await needs.Cache.Current(), await Shown(needs, draft));
    }

    [Fact]
    public async Task What_somebody_else_publishes_is_seen_at_once()
    {
        await using var needs = await NeedsDatabase.Create();
        var (mine, theirs) = (await Begin(needs, Maya), await Begin(needs, Lewis));
        await Rename(needs, mine, PayRent, "Mine");
        await Rename(needs, theirs, FindWork, "Theirs");
        Assert.NotEqual("Theirs", (await Shown(needs, mine)).Find(FindWork)!.Label);

        await needs.Writer.Write(async db => await PublishEdition.Publish(db, (await Drafts.Find(db, theirs))!, await Drafts.ChangesOf(db, theirs), Lewis, NeedsDatabase.Now));
        needs.Cache.Forget();

        var after = await Shown(needs, mine);
        Assert.Equal(("Mine", "Theirs", 2), (after.Find(PayRent)!.Label, after.Find(FindWork)!.Label, after.Edition));
    }

    [Fact]
    public async Task Drafts_do_not_push_each_other_out_until_there_are_many()
    {
        await using var needs = await NeedsDatabase.Create();
        var shown = new List<(Guid Draft, NeedModel Model)>();
        for (var i = 0; i < 5; i++)
        {
            var draft = await Begin(needs, $"01900000-0000-7000-8000-00000000001{i}");
            await Rename(needs, draft, PayRent, $"Draft {i}");
            shown.Add((draft, await Shown(needs, draft)));
        }

        foreach (var (draft, model) in shown.Skip(1)) Assert.Same(model, await Shown(needs, draft));
        var again = await Shown(needs, shown[0].Draft);
        Assert.NotSame(shown[0].Model, again);
        Assert.Equal("Draft 0", again.Find(PayRent)!.Label);
    }

    private static async Task<Guid> Begin(NeedsDatabase needs, string who) => (await needs.Writer.Write(db => Drafts.Begin(db, "A draft", "", who, NeedsDatabase.Now))).Id;

    private static async Task Rename(NeedsDatabase needs, Guid draft, string uri, string name)
    {
        var after = StoredJson.Read<Concept>(ModelChange.Written((await needs.Cache.Current()).Find(uri)!))!;
        after.Label = name;
        await needs.Writer.Write(db => Drafts.Put(db, draft, [Edit.Of(after)], null, Maya, NeedsDatabase.Now));
    }

    private static async Task<string> PublishedName(NeedsDatabase needs, string uri) => (await needs.Cache.Current()).Find(uri)!.Label;

    private static async Task<NeedModel> Shown(NeedsDatabase needs, Guid draft)
    {
        await using var db = needs.Open();
        return needs.Cache.With(await needs.Cache.Current(), draft, await Drafts.ChangesOf(db, draft));
    }
}
