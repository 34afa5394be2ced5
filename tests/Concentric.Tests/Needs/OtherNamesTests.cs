using Concentric.Core.People;
using Concentric.Needs;
using Concentric.Needs.Concepts;
using Concentric.Needs.LinkedData;
using Concentric.Needs.Searching;
using Concentric.Needs.Seeding;
using Concentric.Needs.Standards;
using Concentric.Needs.Standards.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Needs;

/// <summary>A name of two words stays a name wherever it goes.</summary>
public sealed class OtherNamesTests
{
    private const string Calm = "http://x.example/moods/calm";

    private const string Turtle = """
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        <http://x.example/moods> a skos:ConceptScheme ; skos:prefLabel "Moods" ; owl:versionInfo "1" .
        <http://x.example/moods/calm> skos:inScheme <http://x.example/moods> ; skos:prefLabel "Calm" ; skos:altLabel "Zen quokka", "At ease", "calm" ; skos:hiddenLabel "kalm clam" .
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_import_keeps_names_as_names_and_hidden_ones_as_words_and_adds_each_once()
    {
        await using var needs = await NeedsDatabase.Create();
        await Import(needs, Turtle);
        var again = await Import(needs, Turtle.Replace("\"At ease\"", "\"at ease\", \"Unruffled\"", StringComparison.Ordinal).Replace("\"1\"", "\"2\"", StringComparison.Ordinal));

        var calm = (await needs.Cache.Current(Stop)).Find(Calm)!;
        Assert.Equal(["At ease", "Unruffled", "Zen quokka"], calm.OtherNames!.Split('\n').Order(StringComparer.Ordinal));
        Assert.Equal("kalm clam", calm.OtherWords);
        Assert.Single(again.Changes.Redescribed);
        // Not only word by word: nobody else has the two side by side.
        await using var db = needs.Open();
        Assert.Equal(Calm, (await FindTexts.Find(db, "zen quokka", Stop))[0].Subject);
        Assert.Contains("zen quokka", (await db.SearchTexts.SingleAsync(t => t.Subject == Calm, Stop)).Others, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_exported_has_one_altLabel_a_name_and_comes_in_again_as_it_was()
    {
        await using var needs = await NeedsDatabase.Create();
        await Import(needs, Turtle);
        var model = await needs.Cache.Current(Stop);
        var outside = new OutsideAddress("https://localhost", "northmoor");

        var told = new Describe(model, outside).Concept(model.Find(Calm)!).ToList();

        Assert.Equal(["At ease", "Zen quokka"], told.Where(t => t.Predicate == Names.Skos + "altLabel").Select(t => t.Object.Value).Order(StringComparer.Ordinal));
        Assert.Equal(["clam", "kalm"], told.Where(t => t.Predicate == Names.Skos + "hiddenLabel").Select(t => t.Object.Value).Order(StringComparer.Ordinal));
        Assert.Contains("Housing register", Told(model, outside, "92"));
        Assert.Contains("Meals on wheels", Told(model, outside, "315"));
    }

    [Fact]
    public async Task They_are_edited_one_a_line()
    {
        using var app = new TestApp();
        var maya = await app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/model/needs/pay-rent/edit");
        await maya.Press("Put into the draft", ("OtherNames", " Rent arrears \r\n\r\nBehind with the rent\r\nrent arrears"));

        var draft = (await app.Db(db => db.Editions.SingleAsync(e => e.Number == null))).Id;
        var change = await app.Db(db => db.ModelChanges.SingleAsync(c => c.Edition == draft));
        Assert.Equal("Rent arrears\nBehind with the rent", change.AfterAs<Concept>()!.OtherNames);
        await maya.Open("/model/needs/pay-rent/edit");
        Assert.Equal("Rent arrears\nBehind with the rent", maya.Page.QuerySelector("textarea[name=OtherNames]")!.TextContent.Trim());
        await maya.Press("Put into the draft", ("OtherNames", ""));
        Assert.False(await app.Db(db => db.ModelChanges.AnyAsync(c => c.Edition == draft)));
    }

    [Fact]
    public void The_seed_has_names_of_several_words_that_are_no_longer_among_its_words()
    {
        var named = SeedFiles.Read(NeedsDatabase.Now).Concepts.Where(c => c.OtherNames is not null).ToList();

        Assert.True(named.Count >= 50);
        Assert.All(named, c => Assert.All(c.OtherNames!.Split('\n'), n => Assert.True(n == n.Trim() && n.Length > 0 && $" {c.OtherWords} ".Contains($" {n} ", StringComparison.OrdinalIgnoreCase) is false, n)));
    }

    private static List<string> Told(NeedModel model, OutsideAddress outside, string service) =>
        [.. new Describe(model, outside).Concept(model.Find(ConceptType.Service, service)!).Where(t => t.Predicate == Names.Skos + "altLabel").Select(t => t.Object.Value)];

    private static Task<ListReport> Import(NeedsDatabase needs, string turtle) =>
        needs.Services.GetRequiredService<ImportList>().Run(SourceText.Of(System.Text.Encoding.UTF8.GetBytes(turtle), "moods.ttl"), new() { Type = "circumstance" }, apply: true, "x", Stop);
}
