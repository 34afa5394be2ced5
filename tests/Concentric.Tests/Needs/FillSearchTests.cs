using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Needs;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Editions;
using Concentric.Needs.Searching;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Needs;

/// <summary>What the search reads follows each edition, in its transaction.</summary>
public sealed class FillSearchTests
{
    private const string Bins = "http://id.esd.org.uk/service/524";

    [Fact]
    public async Task A_new_name_is_found_as_soon_as_its_edition_is_published_and_no_longer_once_it_is_undone()
    {
        await using var needs = await NeedsDatabase.Create();
        var number = await Publish(needs, (db, list) =>
        {
            var (before, after) = (db.Concepts.AsNoTracking().Single(c => c.Uri == Bins), db.Concepts.AsNoTracking().Single(c => c.Uri == Bins));
            after.CitizenLabel = "Zorbing of refuse";
            list.Add(before, after);
        });

        Assert.Equal([Bins], await Find(needs, "zorbing"));
        await needs.Writer.Write(db => UndoEdition.Undo(db, number, "It was a joke.", Actor.System, NeedsDatabase.Now));
        Assert.Empty(await Find(needs, "zorbing"));
        Assert.Contains(Bins, await Find(needs, "bins"));
        await IsAsIfFilledNow(needs);
    }

    [Fact]
    public async Task What_is_retired_is_not_found()
    {
        await using var needs = await NeedsDatabase.Create();
        await Publish(needs, (db, list) =>
        {
            var (before, after) = (db.Concepts.AsNoTracking().Single(c => c.Uri == Bins), db.Concepts.AsNoTracking().Single(c => c.Uri == Bins));
            after.Status = ConceptStatus.Retired;
            list.Add(before, after);
        });

        Assert.DoesNotContain(Bins, await Find(needs, "bins"));
        await IsAsIfFilledNow(needs);
    }

    [Fact]
    public async Task A_service_is_found_by_the_name_of_an_offer_of_it()
    {
        await using var needs = await NeedsDatabase.Create();
        var organisation = SchemeUris.UriOf(ConceptType.Organisation, "northmoor");
        await Publish(needs, (_, list) => list.Add(null, new Offer
        {
            Identifier = "quokka", Service = Bins, Organisation = organisation, Name = "The Quokka Round", Description = "Takes away what you no longer want.", Status = OfferStatus.Active,
        }));

        Assert.Equal(["quokka"], await Find(needs, "quoka"));
        await using var db = needs.Open();
        Assert.Equal("524", (await Search.Of(db, await needs.Cache.Current(), "quokka round")).Services[0].Id);
        await IsAsIfFilledNow(needs);
    }

    [Fact]
    public async Task An_edition_that_is_refused_leaves_the_search_as_it_was()
    {
        await using var needs = await NeedsDatabase.Create();
        await Assert.ThrowsAsync<EditionConflictException>(() => Publish(needs, (db, list) =>
        {
            list.Add(null, Need("a-new-one", "Wobbegong watching"));
            list.Add(ChangedThing.Concept, Bins, "{}", ModelChange.Written(db.Concepts.AsNoTracking().Single(c => c.Uri == Bins)));
        }));

        Assert.Empty(await Find(needs, "wobbegong"));
        await IsAsIfFilledNow(needs);
    }

    [Fact]
    public async Task A_database_from_before_there_was_a_search_is_filled_by_the_seed()
    {
        await using var needs = await NeedsDatabase.Create();
        var before = await Held(needs);
        await needs.Writer.Write(async db =>
        {
            await db.SearchTexts.ExecuteDeleteAsync();
            await db.SearchWords.ExecuteDeleteAsync();
        });
        Assert.Empty(await Find(needs, "bins"));

        await needs.Area.Seed(needs.Services, demo: false, default);

        Assert.Equal(before, await Held(needs));
        Assert.Contains(Bins, await Find(needs, "bins"));
    }

    [Fact]
    public async Task Whatever_is_renamed_how_often_the_words_stay_counted()
    {
        await using var needs = await NeedsDatabase.Create(seeded: false);
        await needs.Area.Seed(needs.Services, demo: false, default);
        var words = Gen.Elements("apple", "bear", "cat", "dog", "bin", "rent", "o'clock", "naïve");
        var names = Gen.Sample(Gen.ListOf(words), 30).Select(w => string.Join(' ', w)).ToList();
        foreach (var (i, name) in names.Index())
        {
            await Publish(needs, (db, list) =>
            {
                var uri = SchemeUris.UriOf(ConceptType.Need, $"n{i % 4}");
                list.Add(db.Concepts.AsNoTracking().SingleOrDefault(c => c.Uri == uri), Need($"n{i % 4}", $"{name} {i}"));
            });
        }
        await IsAsIfFilledNow(needs);
    }

    [Theory]
    [InlineData("\" OR 1")]
    [InlineData("' | 'x")]
    [InlineData("bins) NEAR(")]
    [InlineData("{0} \\ %")]
    [InlineData("* : ^ -bins")]
    public async Task Signs_of_the_query_languages_are_only_signs(string words)
    {
        await using var needs = await NeedsDatabase.Create();
        _ = await Find(needs, words);
    }

    private static Concept Need(string slug, string label) => new()
    {
        Uri = SchemeUris.UriOf(ConceptType.Need, slug), Scheme = SchemeUris.Needs, Identifier = slug, Type = ConceptType.Need, Label = label, Status = ConceptStatus.Local,
    };

    private static Task<int> Publish(NeedsDatabase needs, Action<ConcentricDb, ChangeList> change) => needs.Writer.Write(async db =>
    {
        var edition = new Edition { Id = Guid.CreateVersion7(NeedsDatabase.Now), Kind = EditionKind.Edit, Title = "A test", Why = "It tests.", By = Actor.System, StartedAt = NeedsDatabase.Now };
        var list = new ChangeList(edition.Id, Actor.System, NeedsDatabase.Now);
        change(db, list);
        var number = await PublishEdition.PublishAtOnce(db, edition, list.All, NeedsDatabase.Now);
        needs.Cache.Forget();
        return number!.Value;
    });

    private static async Task<List<string>> Find(NeedsDatabase needs, string words)
    {
        await using var db = needs.Open();
        return [.. (await FindTexts.Find(db, words)).Select(h => h.Subject)];
    }

    private static async Task<string> Held(NeedsDatabase needs)
    {
        await using var db = needs.Open();
        var texts = await db.SearchTexts.AsNoTracking().ToListAsync();
        var words = await db.SearchWords.AsNoTracking().ToListAsync();
        return string.Join('\n', texts.Select(t => $"{t.Kind} {t.Subject}: {t.InPlainWords} {t.Name} / {t.Others} / {t.Former} / {t.Definition}").Order(StringComparer.Ordinal)
            .Concat(words.Select(w => $"{w.Word} {w.Documents}").Order(StringComparer.Ordinal)));
    }

    /// <summary>The texts and the counts are what filling everything anew would make.</summary>
    private static async Task IsAsIfFilledNow(NeedsDatabase needs)
    {
        var followed = await Held(needs);
        await needs.Writer.Write(async db =>
        {
            await db.SearchTexts.ExecuteDeleteAsync();
            await db.SearchWords.ExecuteDeleteAsync();
        });
        await FillSearch.WhereEmpty(needs.Writer);
        Assert.Equal(await Held(needs), followed);
    }
}
