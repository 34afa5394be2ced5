using System.Globalization;
using System.Text;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.Questions;
using Concentric.Needs;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Concentric.Needs.Standards;
using Concentric.Needs.Standards.Reading;
using Concentric.Tests.Needs.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Needs;

public sealed class ImportListTests
{
    private const string Header = "Identifier,Label,Description,Created,Modified,History notes,Type,\n";
    private const string Who = "01900000-0000-7000-8000-000000000005";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_published_list_comes_in_and_the_second_time_nothing_is_written()
    {
        await using var database = await NeedsDatabase.Create();
        var bytes = Lists.Shared("esd_services_2015_ckanext.csv");
        var dry = await Run(database, bytes, apply: false);

        Assert.Equal((1519, 0, 0, 3), (dry.Read, dry.Changes.Added.Count, dry.Changes.Renamed.Count, dry.Changes.Withdrawn.Count));
        Assert.Equal(["1076", "1755", "1818"], dry.Changes.Withdrawn.Select(s => s.Id));
        Assert.Equal(("2015-02-05", 1519), (dry.Version, dry.Changes.Unchanged + dry.Changes.Redescribed.Count));
        await using (var before = database.Open()) Assert.Equal(1, await before.Editions.CountAsync(Stop));

        var applied = await Run(database, bytes, apply: true);
        var again = await Run(database, bytes, apply: true);

        Assert.Equal((2, null, 1519, 0), (applied.Edition, again.Edition, again.Changes.Unchanged, again.Changes.Redescribed.Count));
        await using var db = database.Open();
        Assert.Equal(2, await db.Editions.CountAsync(Stop));
        Assert.Equal(1522, await db.Concepts.CountAsync(c => c.Scheme == SchemeUris.Services, Stop));
        Assert.Contains('\n', (await db.Concepts.SingleAsync(c => c.Uri == "http://id.esd.org.uk/service/1466", Stop)).Definition!);
        Assert.Contains("Vehicles - abandoned", (await db.Concepts.SingleAsync(c => c.Label == "Abandoned vehicles", Stop)).FormerLabels, StringComparison.Ordinal);
        var fact = (await db.Facts.Where(f => f.Kind == "standard-imported").ToListAsync(Stop)).Single().As<StandardImported>();
        Assert.Equal((0, applied.Changes.Redescribed.Count, applied.Changes.Unchanged, 3), (fact.Added, fact.Changed, fact.Unchanged, fact.Missing));
    }

    [Fact]
    public async Task The_whole_published_list_can_be_the_first_thing_there_is()
    {
        await using var database = await NeedsDatabase.Create(seeded: false);

        var report = await Run(database, Lists.Shared("esd_services_2015_ckanext.csv"), apply: true);
        await database.Area.Seed(database.Services, demo: false, Stop);

        Assert.Equal(1519, report.Changes.Added.Count);
        await using var db = database.Open();
        Assert.Equal(1522, await db.Concepts.CountAsync(c => c.Scheme == SchemeUris.Services, Stop));
        var bins = await db.Concepts.SingleAsync(c => c.Uri == "http://id.esd.org.uk/service/524", Stop);
        Assert.Equal("Bin collection", bins.CitizenLabel);
        Assert.NotNull(bins.Definition);
    }

    [Fact]
    public async Task A_new_name_is_seen_at_once_the_old_one_is_kept_and_the_citizens_word_stays()
    {
        await using var database = await NeedsDatabase.Create();
        var names = database.Services.GetRequiredService<IServiceNames>();
        Assert.Equal("Household waste collection", (await names.Find("524", Stop))!.Label);

        var report = await Run(database, Header + "524,Waste collected from homes,,,2026-01-02,,Service,\n90001,\"A new service,\nin two lines\",,,,,Service,\n", apply: true);

        Assert.Equal([new RenamedEntry("524", "Household waste collection", "Waste collected from homes")], report.Changes.Renamed);
        Assert.Equal([new NamedEntry("90001", "A new service, in two lines")], report.Changes.Added);
        Assert.Equal(1521, report.Changes.Withdrawn.Count);
        Assert.Equal(new ServiceName("524", "Waste collected from homes", "Bin collection"), await names.Find("524", Stop));
        Assert.Equal(1523, (await names.All(Stop)).Count);
        Assert.Equal("Household waste collection", (await database.Cache.Current(Stop)).Find("http://id.esd.org.uk/service/524")!.FormerLabels);
    }

    [Fact]
    public async Task What_is_withdrawn_is_retired_when_asked_and_only_where_nothing_uses_it()
    {
        await using var database = await NeedsDatabase.Create();
        var file = Header + "90001,A new service,,,2026-01-02,,Service,\n";

        await Run(database, file, apply: true);
        Assert.Equal(1522, (await database.Cache.Current(Stop)).InUse(ConceptType.Service).Count() - 1);
        var report = await Run(database, file, apply: true, new() { Withdraw = true });

        var model = await database.Cache.Current(Stop);
        var used = report.Changes.Withdrawn.Where(w => w.UsedBy.Count > 0).ToList();
        Assert.Contains(used, w => w.Id == "524" && w.UsedBy.Any(u => u.Contains("is addressed by", StringComparison.Ordinal)));
        Assert.Equal(used.Count + 1, model.InUse(ConceptType.Service).Count());
        Assert.Equal(1523, model.Concepts.Count(c => c.Type == ConceptType.Service));

        var back = await Run(database, Header + $"{report.Changes.Withdrawn.First(w => w.UsedBy.Count == 0).Id},Here again,,,2026-01-03,,Service,\n", apply: true);
        Assert.Equal("Here again", Assert.Single(back.Changes.Returned).Label);
    }

    [Fact]
    public async Task Undoing_an_import_puts_everything_as_it_was()
    {
        await using var database = await NeedsDatabase.Create();
        var before = await Everything(database);
        var report = await Run(database, Header + "524,Waste,,,2026-01-02,,Service,\n", apply: true, new() { Withdraw = true });

        await database.Writer.Write(db => UndoEdition.Undo(db, report.Edition!.Value, "Wrong file.", Who, NeedsDatabase.Now, Stop), Stop);

        Assert.Equal(before, await Everything(database));
        await using var db = database.Open();
        Assert.Equal("2015-02-05", (await db.Schemes.SingleAsync(s => s.Uri == SchemeUris.Services, Stop)).Version);
    }

    [Fact]
    public async Task A_hierarchy_is_written_moved_and_compared()
    {
        await using var database = await NeedsDatabase.Create();
        var same = await Run(database, Lists.Shared("esd_functions_2015_ckanext.csv"), apply: false);
        Assert.Equal((0, 0, 0, 0), (same.Changes.Added.Count, same.Changes.Renamed.Count, same.Changes.Moved.Count, same.Changes.Withdrawn.Count));

        const string First = "Identifier,Label,Parent identifiers,Modified\na,Alpha,,2026-01-01\nb,Beta,a,\nc,Gamma,\"a;b\",\n";
        const string Second = "Identifier,Label,Parent identifiers,Modified\na,Alpha,,2026-02-01\nb,Beta,,\nc,Gamma,b,\nd,Delta,c,\n";
        var options = new ListOptions { Label = "Our own things" };
        var one = await Run(database, First, apply: true, options);
        var two = await Run(database, Second, apply: true, new() { Scheme = one.Identifier });

        Assert.Equal(("http://concentric.example/id/list/our-own-things", "our-own-things", 3), (one.Scheme, one.Identifier, one.Changes.Added.Count));
        Assert.Equal(["b: Alpha > ", "c: Alpha+Beta > Beta"], two.Changes.Moved.Select(m => $"{m.Id}: {string.Join('+', m.From)} > {string.Join('+', m.To)}"));
        var model = await database.Cache.Current(Stop);
        var gamma = model.Concepts.Single(c => c.Label == "Gamma");
        Assert.Equal(("http://concentric.example/id/our-own-things/c", ConceptType.Subject, ConceptStatus.Local), (gamma.Uri, gamma.Type, gamma.Status));
        Assert.Equal("Beta", model.Find(Assert.Single(model.From(gamma.Uri, Predicate.Broader)).Object)!.Label);

        await using var db = database.Open();
        var versions = await ListVersions.Of(db, one.Scheme!, Stop);
        Assert.Equal(["2026-01-01 3 0 3 0", "2026-02-01 1 1 1 2"], versions.Select(v => $"{v.Version} {v.Added} {v.Changed} {v.LinksAdded} {v.LinksGone}"));
        var diff = await ListVersions.Between(db, model, one.Scheme!, versions[0].Edition, versions[1].Edition, Stop);
        Assert.Equal(["b: Alpha > ", "c: Alpha+Beta > Beta"], diff.Moved.OrderBy(m => m.Id).Select(m => $"{m.Id}: {string.Join('+', m.From)} > {string.Join('+', m.To)}"));
        Assert.Equal("Delta", Assert.Single(diff.Added).Label);
    }

    [Fact]
    public async Task A_mapping_says_what_the_lists_mean_by_it_and_names_what_it_leaves_out()
    {
        await using var database = await NeedsDatabase.Create();
        var model = await database.Cache.Current(Stop);
        var known = model.Relations.First(r => r.Predicate == Predicate.Contains);
        var (function, service) = (model.Find(known.Subject)!.Identifier, model.Find(known.Object)!.Identifier);
        var text = $"service_identifier,function_identifier\n{service},{function}\n524,1\n524,1\n524,99999\n";

        var report = await Run(database, text, apply: true);

        Assert.Equal((1, 1, 1), (report.Changes.LinksKept, report.Changes.LinksAdded.Count, report.Changes.LeftOut.Count));
        Assert.Equal((5, 1), (report.Changes.LeftOut[0].Line, report.Changes.LeftOut[0].Column));
        Assert.Contains("Function 99999 is not held", report.Changes.LeftOut[0].Reason, StringComparison.Ordinal);
        var relation = (await database.Cache.Current(Stop)).Relations.Single(r => r.Source != SchemeUris.OurSource);
        Assert.Equal(("http://id.esd.org.uk/function/1", Predicate.Contains, "http://id.esd.org.uk/service/524", "2013-04-03", "2015-02-05"), (relation.Subject, relation.Predicate, relation.Object, relation.SubjectVersion, relation.ObjectVersion));

        var less = await Run(database, $"service_identifier,function_identifier\n{service},{function}\n", apply: true, new() { Withdraw = true });
        Assert.Single(less.Changes.LinksGone);
        Assert.DoesNotContain((await database.Cache.Current(Stop)).Relations, r => r.Source != SchemeUris.OurSource);
    }

    [Fact]
    public async Task A_mapping_of_needs_to_services_is_turned_the_right_way_round()
    {
        await using var database = await NeedsDatabase.Create();
        await Run(database, "Identifier,Label,Type\n69,Taking part,Need\n", apply: true);

        await Run(database, """{"resourceType": "ConceptMap", "url": "http://x.example/map", "version": "3", "group": [{"source": "http://id.esd.org.uk/service", "target": "http://id.esd.org.uk/need", "element": [{"code": "524", "target": [{"code": "69", "equivalence": "relatedto"}]}]}]}""", apply: true);

        var model = await database.Cache.Current(Stop);
        var relation = Assert.Single(model.From("http://id.esd.org.uk/need/69", Predicate.AddressedBy));
        Assert.Equal(("http://id.esd.org.uk/service/524", "http://x.example/map"), (relation.Object, relation.Source));
        Assert.Equal("esd-needs", model.Schemes.Single(s => s.Uri == "http://id.esd.org.uk/list/needs").Identifier);
    }

    [Fact]
    public async Task A_new_list_says_its_licence_and_nothing_is_made_up_under_anothers_address()
    {
        await using var database = await NeedsDatabase.Create();
        const string Turtle = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
            + "<http://x.example/moods> a skos:ConceptScheme ; skos:prefLabel \"Moods\" ; owl:versionInfo \"1\" ; dct:license <http://l.example/free> .\n"
            + "<http://x.example/moods/calm> skos:inScheme <http://x.example/moods> ; skos:prefLabel \"Calm\" ; skos:altLabel \"At ease\" ; skos:closeMatch <http://id.esd.org.uk/service/524> .";

        var report = await Run(database, Turtle, apply: true, new() { Type = "circumstance" });
        var same = await Run(database, Turtle.Replace("\"1\"", "\"2\"", StringComparison.Ordinal), apply: true);

        var model = await database.Cache.Current(Stop);
        var calm = model.Find("http://x.example/moods/calm")!;
        Assert.Equal((ConceptType.Circumstance, ConceptStatus.Active, "At ease"), (calm.Type, calm.Status, calm.OtherNames));
        Assert.Equal(Predicate.CloseMatch, model.Relations.Single(r => r.Subject == calm.Uri).Predicate);
        Assert.Equal(("http://l.example/free", "Not stated in the file", "2"), (model.Schemes.Single(s => s.Uri == report.Scheme).Licence, model.Schemes.Single(s => s.Uri == report.Scheme).Attribution, model.Schemes.Single(s => s.Uri == report.Scheme).Version));
        Assert.Equal((1, report.Edition + 1), (same.Changes.Unchanged, same.Edition));
        Assert.All(model.Concepts.Where(c => c.Scheme == report.Scheme), c => Assert.StartsWith("http://x.example/", c.Uri, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Identifier,Label\n1,x\n", null, "which list it is")]
    [InlineData("Identifier,Label\n1,x\n", "nonsense", "neither the full address")]
    public async Task A_list_that_nobody_names_is_refused(string text, string? scheme, string reason)
    {
        await using var database = await NeedsDatabase.Create();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Run(database, text, apply: true, new() { Scheme = scheme }));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Identifier,Label,Type\n1,Good,Service\n2,\"Open,Service\n", 3, 3)]
    [InlineData("Identifier,Label,URI\n1,x,http://id.esd.org.uk/service/524\n", 2, 1)]
    public async Task A_bad_file_changes_nothing(string text, int line, int column)
    {
        await using var database = await NeedsDatabase.Create();
        var before = await Everything(database);

        var bad = await Assert.ThrowsAsync<BadFileException>(() => Run(database, text, apply: true, new() { Scheme = "http://x.example/another" }));

        Assert.Equal((line, column), (bad.Line, bad.Column));
        Assert.Equal(before, await Everything(database));
        await using var db = database.Open();
        Assert.Equal(1, await db.Editions.CountAsync(Stop));
    }

    [Fact]
    public async Task Somebody_who_changed_the_model_in_the_meantime_does_not_stop_an_import()
    {
        await using var database = await NeedsDatabase.Create();
        _ = await database.Cache.Current(Stop);
        // Another process: this one's cache does not know.
        await database.Writer.Write(async db =>
        {
            var edition = new Edition { Id = Guid.CreateVersion7(NeedsDatabase.Now), Kind = EditionKind.Edit, Title = "t", Why = "w", By = Who, StartedAt = NeedsDatabase.Now };
            var changes = new ChangeList(edition.Id, Who, NeedsDatabase.Now);
            var bins = await db.Concepts.AsNoTracking().SingleAsync(c => c.Uri == "http://id.esd.org.uk/service/524", Stop);
            var after = ListEntries.Copy(bins);
            after.CitizenLabel = "Bins";
            changes.Add(bins, after);
            return await PublishEdition.PublishAtOnce(db, edition, changes.All, NeedsDatabase.Now, Stop);
        }, Stop);

        await Run(database, Header + "524,Waste,,,2026-01-02,,Service,\n", apply: true);

        var held = (await database.Cache.Current(Stop)).Find("http://id.esd.org.uk/service/524")!;
        Assert.Equal(("Waste", "Bins"), (held.Label, held.CitizenLabel));
    }

    [Fact]
    public async Task Ten_thousand_entries_come_in_and_are_described_anew()
    {
        await using var database = await NeedsDatabase.Create();
        var text = new StringBuilder("Identifier,Label,Description,Created,Modified,History notes,Type,Parent identifiers,Parent labels,\n");
        for (var i = 0; i < 10_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i},Circumstance number {i},\"A description, of circumstance {i}\",2020-01-02,2021-02-03,Term name changed from 'Old {i}' to 'Older {i}' in version 2.00.,Circumstance,{(i == 0 ? "" : i / 10)},,\n");
        await Run(database, Header + "90001,Warm,,,2026-01-02,,Service,\n", apply: true);

        var plan = ListPlan.Of(await database.Cache.Current(Stop), ListReader.Read(SourceText.Of(Encoding.UTF8.GetBytes(text.ToString()), "list.csv")), new());
        Assert.Equal(10_000, plan.Diff.Added.Count);
        var report = await Run(database, text.ToString(), apply: true);
        var changed = await Run(database, text.ToString().Replace("A description", "A better description", StringComparison.Ordinal), apply: true);

        Assert.Equal((10_000, 10_000), (report.Changes.Added.Count, changed.Changes.Redescribed.Count));
    }

    internal static Task<ListReport> Run(NeedsDatabase database, string text, bool apply, ListOptions? options = null) => Run(database, Encoding.UTF8.GetBytes(text), apply, options);

    private static Task<ListReport> Run(NeedsDatabase database, byte[] bytes, bool apply, ListOptions? options = null) =>
        database.Services.GetRequiredService<ImportList>().Run(SourceText.Of(bytes, "list.csv"), options ?? new(), apply, Who, Stop);

    private static async Task<string> Everything(NeedsDatabase database)
    {
        await using var db = database.Open();
        var concepts = (await db.Concepts.AsNoTracking().ToListAsync(Stop)).OrderBy(c => c.Uri, StringComparer.Ordinal).Select(ModelChange.Written);
        var relations = (await db.Relations.AsNoTracking().ToListAsync(Stop)).OrderBy(r => r.Key, StringComparer.Ordinal).Select(ModelChange.Written);
        return string.Join('\n', [.. concepts, .. relations]);
    }
}
