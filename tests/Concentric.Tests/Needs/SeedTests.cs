using System.Text.RegularExpressions;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.Questions;
using Concentric.Needs;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Concentric.Needs.Seeding;
using Concentric.Needs.Standards;
using Concentric.Needs.Standards.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Needs;

public sealed class SeedTests
{
    private static readonly SeedFiles Seed = SeedFiles.Read(NeedsDatabase.Now);
    private static readonly NeedModel Model = new(Seed.Schemes, Seed.Concepts, Seed.Relations);
    private static readonly ConceptType[] Ours = [ConceptType.LifeEvent, ConceptType.Circumstance, ConceptType.Need, ConceptType.Outcome, ConceptType.MetricType];

    [Fact]
    public void The_seed_has_every_service_the_lists_around_it_and_our_own_short_ones()
    {
        Assert.Equal(1522, Of(ConceptType.Service).Count());
        Assert.Equal(1127, Of(ConceptType.Service).Count(c => c.InLgsl));
        Assert.Equal(31, Of(ConceptType.LifeEvent).Count());
        Assert.Equal(115, Of(ConceptType.Circumstance).Count());
        Assert.Equal(88, Of(ConceptType.Need).Count());
        Assert.Equal((113, 33, 382), (Of(ConceptType.Function).Count(), Of(ConceptType.Interaction).Count(), Of(ConceptType.Organisation).Count()));
        Assert.Equal(1127, Seed.Relations.Where(r => r.Predicate == Predicate.Contains).Select(r => r.Object).Distinct().Count());
        Assert.True(Seed.Relations.Count(r => r.Evidence is not null) > 200);
        Assert.Equal(Seed.Concepts.Count, Seed.Concepts.Select(c => c.Uri).Distinct().Count());
    }

    [Fact]
    public void No_link_hangs_in_the_air_or_is_said_twice()
    {
        Assert.Empty(Seed.Relations.Where(r => Model.Find(r.Subject) is null || Model.Find(r.Object) is null).Select(r => $"{r.Subject} {r.Predicate} {r.Object}"));
        Assert.Equal(Seed.Relations.Count, Seed.Relations.Select(r => (r.Subject, r.Predicate, r.Object)).Distinct().Count());
    }

    [Fact]
    public void Every_need_can_be_reached_from_a_life_event_and_all_but_three_are_met_by_a_service()
    {
        var reached = (from e in Of(ConceptType.LifeEvent)
                       from change in Model.From(e.Uri, Predicate.Changes)
                       from implied in Model.From(change.Object, Predicate.Implies)
                       select implied.Object).ToHashSet();

        Assert.Empty(Of(ConceptType.Need).Where(n => !reached.Contains(n.Uri)).Select(n => n.Identifier));
        // Real gaps: no service of the list meets them.
        Assert.Equal(["affordable-vet", "company-at-night", "help-while-waiting"], Of(ConceptType.Need).Where(n => !Model.From(n.Uri, Predicate.AddressedBy).Any()).Select(n => n.Identifier).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_circumstance_that_is_asked_for_says_why_and_the_questions_are_for_yes_or_no()
    {
        var asked = Of(ConceptType.Circumstance).Where(c => c.Details?.Question is not null).ToList();

        Assert.True(asked.Count > 100);
        Assert.All(asked, c => Assert.EndsWith("?", c.Details!.Question, StringComparison.Ordinal));
        Assert.All(asked, c => Assert.EndsWith(".", c.Details!.WhyAsked, StringComparison.Ordinal));
        Assert.True(Model.Relations.Where(r => r.Predicate == Predicate.DefinesEligibility).Select(r => r.Object).Distinct().Count() >= 60);
        Assert.All(Seed.Relations, r => Assert.Equal(r.Predicate == Predicate.DefinesEligibility, r.Mode is not null));
    }

    [Fact]
    public void What_the_demo_council_offers_points_at_what_there_is()
    {
        var demo = DemoDirectory.Read(new(new ConfigurationBuilder().Build()));
        var organisations = demo.Organisations.Select(o => o.Uri).ToHashSet();
        var offers = demo.Offers.Select(o => o.Identifier).ToHashSet();
        var places = demo.Places.Select(p => p.Identifier).ToHashSet();

        Assert.Equal(offers.Count, demo.Offers.Count);
        Assert.Empty(demo.Offers.Where(o => Model.Find(o.Service) is null || !organisations.Contains(o.Organisation)).Select(o => o.Identifier));
        Assert.Empty(demo.Offers.SelectMany(o => o.Places ?? []).Where(p => !places.Contains(p)));
        Assert.Empty(demo.Offers.SelectMany(o => o.PassesOnTo ?? []).Where(p => !offers.Contains(p.Offer)).Select(p => p.Offer));
        Assert.All(demo.Offers, o => Assert.NotEmpty(o.Ways!));
        Assert.All(demo.Places, p => Assert.StartsWith("ZZ", p.Postcode, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_circumstance_tells_something_and_every_life_event_changes_three()
    {
        Predicate[] telling = [Predicate.Implies, Predicate.DefinesEligibility, Predicate.SuitedTo];
        Assert.Empty(Of(ConceptType.Circumstance).Where(c => !telling.Any(p => Model.From(c.Uri, p).Any())).Select(c => c.Identifier));
        Assert.All(Of(ConceptType.LifeEvent), e => Assert.True(Model.From(e.Uri, Predicate.Changes).Count() >= 3, e.Identifier));
    }

    [Fact]
    public void Each_service_that_meets_a_need_has_a_name_in_plain_words() =>
        Assert.Empty(from r in Seed.Relations
                     where r.Predicate is Predicate.AddressedBy or Predicate.Determines
                     let service = Model.Find(r.Object)!
                     where service.CitizenLabel is null
                     select $"{service.Identifier} {service.Label}");

    [Fact]
    public void What_is_ours_says_so_and_never_takes_an_address_of_the_standard()
    {
        Assert.All(Seed.Relations, r => Assert.Equal("ours", r.Source));
        Assert.All(Seed.Concepts, c => Assert.Equal(c.Type is ConceptType.Service or ConceptType.Function or ConceptType.Interaction, c.Uri.StartsWith("http://id.esd.org.uk/", StringComparison.Ordinal)));
        Assert.All(Of(ConceptType.Service), c => Assert.Equal($"http://id.esd.org.uk/service/{c.Identifier}", c.Uri));
        Assert.All(Seed.Concepts.Where(c => Ours.Contains(c.Type)), c => Assert.Equal(ConceptStatus.Local, c.Status));
        Assert.Null(Of(ConceptType.Service).FirstOrDefault(c => c.Definition is not null));
    }

    [Fact]
    public void Our_sentences_are_short_plain_and_British()
    {
        var links = Seed.Relations.Where(r => r.Reason.Length > 0).ToList();
        var sentences = links.Select(r => r.Reason)
            .Concat(Seed.Concepts.Where(c => Ours.Contains(c.Type)).SelectMany(c => new[] { c.Label, c.Definition, c.Details?.Question, c.Details?.WhyAsked }).OfType<string>())
            .Concat(Of(ConceptType.Service).Select(c => c.CitizenLabel).OfType<string>())
            .ToList();

        Assert.True(sentences.Count > 2000);
        Assert.All(Seed.Relations.Except(links), r => Assert.True(r.Predicate is Predicate.Broader or Predicate.Contains or Predicate.HasInteraction));
        Assert.Equal([], sentences.Where(s => s.Split(' ').Length > 25));
        Assert.Equal([], sentences.Where(s => Regex.IsMatch(s, @"\b(please|etc|e\.g|i\.e|utili[sz]e|facilitate|in order to|prior to|commence|regarding)\b", RegexOptions.IgnoreCase)));
        Assert.Equal([], sentences.Where(s => Regex.IsMatch(s, @"(?i)\b(\w+i[z](e|ed|es|ing|ation)|color|neighbor\w*|center|behavior|program|honor|favor\w*|labor|enroll?ment|traveler)\b") && !Regex.IsMatch(s, @"\bsizes?\b")));
        Assert.All(sentences, s => Assert.Equal(s.Trim(), s));
        Assert.All(links, r => Assert.EndsWith(".", r.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Seeding_twice_changes_nothing()
    {
        await using var database = await NeedsDatabase.Create();
        await database.Area.Seed(database.Services, demo: true, Stop);
        await database.Area.Seed(database.Services, demo: true, Stop);

        await using var db = database.Open();
        var directory = DemoDirectory.Read(database.Services.GetRequiredService<Settings>());
        // The council itself is an organisation with and without the demo.
        Assert.Equal(Seed.Concepts.Count + directory.Organisations.Count, await db.Concepts.CountAsync(Stop));
        Assert.Equal(Seed.Relations.Count, await db.Relations.CountAsync(Stop));
        Assert.Equal(directory.Offers.Count, await db.Offers.CountAsync(Stop));
        Assert.Equal(2, await db.Editions.CountAsync(Stop));
        Assert.Equal(2, await db.Facts.CountAsync(f => f.Kind == "model-published", Stop));
    }

    [Fact]
    public async Task An_older_seed_is_brought_up_to_date_and_an_imported_name_is_kept()
    {
        await using var database = await NeedsDatabase.Create();
        await database.Writer.Write(async db =>
        {
            await db.Editions.ExecuteUpdateAsync(s => s.SetProperty(x => x.Digest, "older"), Stop);
            await db.Concepts.Where(c => c.Identifier == "524").ExecuteUpdateAsync(s => s.SetProperty(x => x.Label, "Newer name").SetProperty(x => x.CitizenLabel, "Old words"), Stop);
            await db.Concepts.Where(c => c.Identifier == "find-work").ExecuteUpdateAsync(s => s.SetProperty(x => x.Label, "Old label"), Stop);
        }, Stop);

        await database.Area.Seed(database.Services, demo: false, Stop);

        await using var after = database.Open();
        var bins = await after.Concepts.SingleAsync(c => c.Identifier == "524", Stop);
        Assert.Equal(("Newer name", "Bin collection"), (bins.Label, bins.CitizenLabel));
        Assert.Equal("I need to find work", (await after.Concepts.SingleAsync(c => c.Identifier == "find-work", Stop)).Label);
    }

    [Fact]
    public async Task What_an_older_seed_had_and_the_files_no_longer_have_is_retired_and_nothing_else()
    {
        await using var database = await NeedsDatabase.Create();
        var edition = await Edition();
        var gone = new Concept { Uri = SchemeUris.UriOf(ConceptType.LifeEvent, "gone"), Scheme = SchemeUris.LifeEvents, Identifier = "gone", Type = ConceptType.LifeEvent, Label = "Gone", Status = ConceptStatus.Local };
        var own = new Concept { Uri = SchemeUris.UriOf(ConceptType.LifeEvent, "own"), Scheme = SchemeUris.LifeEvents, Identifier = "own", Type = ConceptType.LifeEvent, Label = "Somebody’s own", Status = ConceptStatus.Local };
        await database.Writer.Write(async db =>
        {
            await db.Editions.ExecuteUpdateAsync(s => s.SetProperty(x => x.Digest, "older"), Stop);
            db.AddRange(gone, own);
            var change = await db.ModelChanges.AsNoTracking().FirstAsync(c => c.Kind == ChangedThing.Concept && c.Edition == edition, Stop);
            db.Add(new ModelChange { Edition = edition, Place = 99_999, Kind = change.Kind, Subject = gone.Uri, Before = null, After = StoredJson.Write(gone), By = change.By, At = change.At, Why = null });
        }, Stop);

        await database.Area.Seed(database.Services, demo: true, Stop);

        await using var after = database.Open();
        Assert.Equal(["gone"], await after.Concepts.Where(c => c.Status == ConceptStatus.Retired).Select(c => c.Identifier).ToListAsync(Stop));

        async Task<Guid> Edition()
        {
            await using var db = database.Open();
            return await db.Editions.Where(e => e.Kind == EditionKind.Seed).Select(e => e.Id).FirstAsync(Stop);
        }
    }

    [Fact]
    public void What_is_dangerous_to_be_seen_reading_is_marked_with_the_reason()
    {
        var marked = Seed.Concepts.Where(c => c.IsSensitive).ToList();

        Assert.Contains(marked, c => c is { Type: ConceptType.LifeEvent, Identifier: "safety-at-home" });
        Assert.Contains(marked, c => c is { Type: ConceptType.Service, Identifier: "164" });
        Assert.All(marked, c => Assert.EndsWith(".", c.Details!.Sensitive, StringComparison.Ordinal));
        Assert.DoesNotContain(marked, c => c.Identifier == "lost-my-job");
    }

    [Fact]
    public async Task What_an_import_has_changed_is_not_put_back_by_a_newer_seed_and_the_rest_follows_it()
    {
        await using var database = await NeedsDatabase.Create();
        var before = await database.Cache.Current(Stop);
        // A need of ours in a council's words, and a function that no longer stands below another.
        var child = before.Concepts.First(c => c.Type == ConceptType.Function && before.From(c.Uri, Predicate.Broader).Any());
        var parent = before.From(child.Uri, Predicate.Broader).Select(r => before.Find(r.Object)!).First();
        await Import(database, "Identifier,Label,Description,Modified\nfind-work,I am looking for work,In our words.,2026-02-03\n", new() { Scheme = SchemeUris.Needs });
        var functions = before.Concepts.Where(c => c.Type == ConceptType.Function).Select(c =>
            $"{c.Identifier},\"{c.Label.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{(c == child ? "" : string.Join(';', before.From(c.Uri, Predicate.Broader).Select(r => before.Find(r.Object)!.Identifier)))}");
        var moved = await Import(database, $"Identifier,Label,Parent identifiers\n{string.Join('\n', functions)}\n", new() { Scheme = SchemeUris.Functions });
        Assert.Equal(child.Identifier, Assert.Single(moved.Changes.Moved).Id);
        await database.Writer.Write(async db =>
        {
            await db.Editions.Where(e => e.Kind == EditionKind.Seed).ExecuteUpdateAsync(s => s.SetProperty(x => x.Digest, "older"), Stop);
            await db.Concepts.Where(c => c.Identifier == "find-work").ExecuteUpdateAsync(s => s.SetProperty(x => x.OtherWords, "older words"), Stop);
            await db.Concepts.Where(c => c.Identifier == "pay-rent").ExecuteUpdateAsync(s => s.SetProperty(x => x.Label, "Older label"), Stop);
        }, Stop);
        database.Cache.Forget();

        await database.Area.Seed(database.Services, demo: false, Stop);

        database.Cache.Forget();
        var after = await database.Cache.Current(Stop);
        var work = after.Find(ConceptType.Need, "find-work")!;
        Assert.Equal(("I am looking for work", "In our words.", "I need to find work"), (work.Label, work.Definition, work.FormerLabels));
        Assert.Equal(before.Find(ConceptType.Need, "find-work")!.OtherWords, work.OtherWords);
        Assert.Equal("I cannot pay my rent", after.Find(ConceptType.Need, "pay-rent")!.Label);
        Assert.DoesNotContain(after.Relations, r => r.Subject == child.Uri && r.Predicate == Predicate.Broader && r.Object == parent.Uri);
        Assert.Equal("2026-02-03", after.Schemes.Single(s => s.Uri == SchemeUris.Needs).Version);
    }

    [Fact]
    public async Task Life_events_keep_the_order_of_their_file()
    {
        await using var database = await NeedsDatabase.Create();

        var model = await database.Cache.Current(Stop);

        Assert.Equal(Of(ConceptType.LifeEvent).Select(c => c.Identifier), model.InUse(ConceptType.LifeEvent).Select(c => c.Identifier));
    }

    [Fact]
    public async Task Other_areas_learn_what_a_service_is_called()
    {
        await using var database = await NeedsDatabase.Create();
        var names = database.Services.GetRequiredService<IServiceNames>();

        Assert.Equal(new ServiceName("524", "Household waste collection", "Bin collection"), await names.Find("524", Stop));
        Assert.Null(await names.Find("999999", Stop));
        var all = await names.All(Stop);
        Assert.Equal(1522, all.Count);
        Assert.Equal(all.OrderBy(s => s.Plain, StringComparer.OrdinalIgnoreCase).Select(s => s.Plain), all.Select(s => s.Plain));
        Assert.Same(all, await names.All(Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<ListReport> Import(NeedsDatabase database, string text, ListOptions options) =>
        database.Services.GetRequiredService<ImportList>().Run(SourceText.Of(System.Text.Encoding.UTF8.GetBytes(text), "list.csv"), options, apply: true, "01900000-0000-7000-8000-000000000005", Stop);

    private static IEnumerable<Concept> Of(ConceptType type) => Seed.Concepts.Where(c => c.Type == type);
}
