using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Concentric.Bench.Running;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.Web;
using Concentric.Needs;
using Concentric.Needs.Circles;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Concentric.Needs.Searching;
using Concentric.Needs.Standards;
using Concentric.Needs.Standards.Reading;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Concentric.Bench;

/// <summary>How long a search and a circle of need take on a model as large as a large council's could be (<see cref="GeneratedModel"/>).</summary>
internal static class NeedsBench
{
    private const int Searches = 1_000;

    private static readonly string[] Words =
    [
        "council", "home", "school", "travel", "waste", "care", "benefit", "library", "street", "garden", "permit", "health", "help", "advice", "support", "grant", "repair", "collection",
        "concil", "scool", "benfit", "libary", "colection", "asessment", "applicaton", "gard", "heal", "zzzz", "417", "2048",
    ];

    public static Command Verb()
    {
        var postgres = new Option<string?>("--postgres") { Description = "Connection to a server, as Host=127.0.0.1;Username=postgres, on which a database is made and dropped. Without it: SQLite." };
        var verb = new Command("needs", "Search and circle of need on a generated model: 5,000 services, 4,000 circumstances, 1,000 needs, 60,000 relations.") { postgres };
        verb.SetAction(async (parse, stop) => await Run(parse.GetValue(postgres), stop));
        return verb;
    }

    private static async Task Run(string? server, CancellationToken stop)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("concentric-bench-").FullName;
        var connection = server is null ? $"Data Source={Path.Combine(folder, "needs.db")}" : $"{server};Database=needs_bench_{Environment.ProcessId}";
        var settings = new Settings(new ConfigurationBuilder().AddInMemoryCollection([new("CONCENTRIC_DATA", folder), new("CONCENTRIC_DATABASE", connection)]).Build());
        IArea[] areas = [new CoreArea(), new NeedsArea()];
        var collection = new ServiceCollection().AddLogging().AddSingleton(settings).AddSingleton(TimeProvider.System).AddSingleton<JournalSignal>().AddSingleton<Assets>().AddScoped<Here>();
        foreach (var area in areas) collection.AddSingleton(area);
        await using var services = collection.AddConcentricDb(settings).BuildServiceProvider();
        var databases = services.GetRequiredService<IDbContextFactory<ConcentricDb>>();
        try
        {
            await using (var db = await databases.CreateDbContextAsync(stop))
            {
                if (server is not null) await db.GetService<IRelationalDatabaseCreator>().CreateAsync(stop);
                await db.Migrate(areas, TimeProvider.System, stop);
            }
            await Fill(services, stop);
            await using (var db = await databases.CreateDbContextAsync(stop))
            {
                var model = await NeedModel.Load(db, new DateOnly(2026, 11, 22), stop);
                var words = await db.SearchWords.CountAsync(stop);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(server is null ? "SQLite" : "PostgreSQL")}: {model.Concepts.Count:N0} concepts, {model.Relations.Count:N0} relations, {words:N0} words"));
                await Search(databases, model, stop);
                await Circles(services, model);
            }
            await Import(services, stop);
            Console.WriteLine(Machine.Describe(TimeProvider.System));
        }
        finally
        {
            if (server is not null)
            {
                await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
                await db.Database.EnsureDeletedAsync(CancellationToken.None);
            }
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Fill(IServiceProvider services, CancellationToken stop)
    {
        var now = TimeProvider.System.GetUtcNow();
        var watch = Stopwatch.StartNew();
        await services.GetRequiredService<IWriter>().Write(async db =>
        {
            db.AddRange(GeneratedModel.Schemes);
            await db.SaveChangesAsync(stop);
            var edition = new Edition { Id = Guid.CreateVersion7(now), Kind = EditionKind.Seed, Title = "Generated", Why = "To measure.", By = Actor.System, StartedAt = now };
            var changes = new ChangeList(edition.Id, Actor.System, now);
            foreach (var concept in GeneratedModel.Concepts()) changes.Add(null, concept);
            foreach (var relation in GeneratedModel.Links()) changes.Add(null, relation);
            await PublishEdition.PublishAtOnce(db, edition, changes.All, now, stop);
        }, stop);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"published with its search in {watch.Elapsed.TotalSeconds:0.0} s"));
        await services.GetRequiredService<IWriter>().Write(async db =>
        {
            await db.SearchTexts.ExecuteDeleteAsync(stop);
            await db.SearchWords.ExecuteDeleteAsync(stop);
        }, stop);
        watch.Restart();
        await FillSearch.WhereEmpty(services.GetRequiredService<IWriter>(), stop);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the search alone filled anew in {watch.Elapsed.TotalSeconds:0.0} s"));
    }

    /// <summary>10,000 rows of a list in CSV, from the bytes of the file to the published edition with its search: new, then each described anew.</summary>
    private static async Task Import(IServiceProvider services, CancellationToken stop)
    {
        var text = new StringBuilder("Identifier,Label,Description,Created,Modified,History notes,Type,Parent identifiers,Parent labels,\n");
        for (var i = 0; i < 10_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"n{i},Circumstance number {i},A description of circumstance {i},2020-01-02,2021-02-03,,Circumstance,{(i == 0 ? "" : $"n{i / 10}")},,\n");
        using var cache = new ModelCache(services.GetRequiredService<IDbContextFactory<ConcentricDb>>(), TimeProvider.System);
        var import = new ImportList(services.GetRequiredService<IWriter>(), cache, TimeProvider.System);
        foreach (var (what, file) in new[] { ("new", text.ToString()), ("described anew", text.ToString().Replace("A description", "A better one", StringComparison.Ordinal)) })
        {
            var bytes = Encoding.UTF8.GetBytes(file);
            var watch = Stopwatch.StartNew();
            var report = await import.Run(SourceText.Of(bytes, "list.csv"), new(), apply: true, Actor.System, stop);
            if (report.Changes.Added.Count + report.Changes.Redescribed.Count != 10_000) throw new BenchException("The import did not write 10,000 entries.");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"import of 10,000 rows, {what}: {watch.Elapsed.TotalSeconds:0.00} s (wanted 3 s)"));
        }
    }

    private static async Task Search(IDbContextFactory<ConcentricDb> databases, NeedModel model, CancellationToken stop)
    {
        var chance = new SeededChance(7);
        var found = 0;
        await Measure("search", 50, Searches, async i =>
        {
            var question = string.Join(' ', Enumerable.Range(0, 1 + chance.Below(5)).Select(_ => Words[chance.Below(Words.Length)]));
            await using var db = await databases.CreateDbContextAsync(stop);
            if ((await Needs.Searching.Search.Of(db, model, question, stop)).Any && i >= 0) found++;
        });
        Console.WriteLine($"  of {Searches} questions {found} found something");
    }

    private static Task Circles(IServiceProvider services, NeedModel model)
    {
        var lifeEvents = model.InUse(ConceptType.LifeEvent).Select(c => c.Identifier).ToList();
        return Measure("circle, worked out, laid out and drawn as a page", 50, 200, async i =>
        {
            var circle = Circle.Of(model, lifeEvents[Math.Abs(i) % lifeEvents.Count])!;
            await using var scope = services.CreateAsyncScope();
            await using var renderer = new HtmlRenderer(scope.ServiceProvider, NullLoggerFactory.Instance);
            var html = await renderer.Dispatcher.InvokeAsync(async () =>
                (await renderer.RenderComponentAsync<CirclePage>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Circle"] = circle }))).ToHtmlString());
            if (!html.Contains("<svg", StringComparison.Ordinal)) throw new BenchException("The page has no drawing.");
        });
    }

    private static async Task Measure(string what, double wanted, int times, Func<int, Task> work)
    {
        for (var i = -40; i < 0; i++) await work(i);
        var taken = new double[times];
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await work(i);
            taken[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        Array.Sort(taken);
        var p95 = taken[(int)Math.Ceiling(0.95 * times) - 1];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: median {taken[times / 2]:0.0} ms, p95 {p95:0.0} ms, most {taken[^1]:0.0} ms, n = {times}; wanted p95 {wanted:0} ms: {(p95 <= wanted ? "met" : "missed")}"));
    }
}
