using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Serve;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Concentric.Tests.Core;

/// <summary>What people write, who they are and what they are given to quote never stands in a log, whatever goes wrong.</summary>
public sealed class LogTests : IDisposable
{
    private const string Email = "zebedee.quill@example.org";
    private const string Words = "The kelpie ate my recycling, phone me on 07700 900461";
    private const string Answer = "We have spoken sternly to the kelpie of Larkfield";
    private const string Searched = "haberdashery grant";
    private const string Purpose = "Quench thirst of the griffins";

    private readonly Lines _lines = new();
    private readonly LoggedApp _app;

    public LogTests() => _app = new(_lines);

    [Fact]
    public async Task Nothing_of_a_person_is_logged_when_all_goes_well()
    {
        var reference = await Walk();

        // Otherwise the lines were not caught, and none of them could be wrong.
        Assert.Contains(_lines.All, l => l.Contains("POST /enquiries/new", StringComparison.Ordinal));
        Assert.Contains(_lines.All, l => l.Contains("/desk/enquiries/{reference}", StringComparison.Ordinal));
        Clean(reference);
    }

    [Fact]
    public async Task Nothing_of_a_person_is_logged_when_the_database_fails()
    {
        var reference = await Walk();
        var citizen = await _app.Browse().Open("/enquiries/new");
        var asking = await _app.Browse().Open("/enquiries/status");
        var asha = await _app.SignInAs(Role.Adviser);

        await Without("serve_enquiry", async () =>
        {
            await citizen.Press("Send", ("Words", Words), ("Email", Email));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, citizen.Status);
            await asking.Press("Check", ("Reference", reference), ("Email", Email));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, asking.Status);
            await asha.Open($"/desk/enquiries/{reference}");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, asha.Status);
        });
        await Without("core_fact", async () =>
        {
            await citizen.Open("/enquiries/new");
            await citizen.Press("Send", ("Words", Words), ("Email", Email));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, citizen.Status);
        });

        Assert.Contains(_lines.All, l => l.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains(_lines.All, l => l.Contains("POST /enquiries/new 503", StringComparison.Ordinal));
        Clean(reference);
    }

    [Fact]
    public async Task Nothing_of_a_person_is_logged_when_what_was_sent_is_nonsense()
    {
        var reference = await Walk();
        var person = await _app.Browse().Open("/enquiries/new");
        var token = person.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        foreach (var content in (HttpContent[])
        [
            new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Token", Email), new("Words", Words)]),
            new FormUrlEncodedContent([new("__RequestVerificationToken", Email), new("Words", Words)]),
            new StringContent(Words, Encoding.UTF8, "application/json"),
            new StringContent($"--x\r\n{Words}", Encoding.UTF8, "multipart/form-data"),
        ])
        {
            using var response = await person.Http.PostAsync("/enquiries/new", content);
            Assert.InRange((int)response.StatusCode, 400, 499);
        }
        await person.Open($"/no-such-page/{reference}?email={Email}");
        await person.Open($"/sign-in?return=/desk/enquiries/{reference}");
        person.Http.DefaultRequestHeaders.Authorization = new("Bearer", "ck_grundlestone");
        using var api = await person.Http.PostAsJsonAsync("/api/v1/contacts/query", new { council = Email, by = new[] { Words } });
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);

        Clean(reference, "ck_grundlestone");
    }

    [Fact]
    public async Task Nothing_of_a_row_that_is_rejected_is_logged()
    {
        const string mapping = """
            { "name": "letters", "about": "Letters", "council": { "name": "northmoor", "label": "Northmoor", "isSynthetic": false }, "kind": "contact",
              "id": ["id"], "opened": { "columns": ["at"], "formats": ["yyyy-MM-dd"] }, "person": ["email"], "channel": "post" }
            """;
        using var file = new MemoryStream(Encoding.UTF8.GetBytes($"id,at,email\n1,2026-01-02,{Email}\n2,{Words.Split(',')[0]},{Email}\n"));

        var report = await _app.Services.GetRequiredService<ContactImport>().Run(file, "letters.csv", Mapping.Parse(mapping, "letters"), "system", stop: CancellationToken.None);

        Assert.Equal((1, 1), (report.Imported, report.Rejected));
        Clean("");
    }

    public void Dispose()
    {
        _app.Dispose();
        _lines.Dispose();
    }

    /// <summary>A citizen searches, asks and looks it up; an adviser answers and codes; a manager writes a purpose and looks. Gives the reference.</summary>
    private async Task<string> Walk()
    {
        await _app.Seed();
        var citizen = await _app.Browse().Open($"/needs/search?q={Uri.EscapeDataString(Searched)}");
        Assert.Equal(HttpStatusCode.OK, citizen.Status);
        await citizen.Open("/enquiries/new?service=524");
        await citizen.Press("Send", ("Words", Words), ("Email", Email));
        var reference = await _app.Db(async db => $"{(await db.Enquiries.SingleAsync()).Reference}");
        await citizen.Open("/enquiries/status");
        await citizen.Press("Check", ("Reference", reference), ("Email", Email));
        Assert.Equal(HttpStatusCode.OK, citizen.Status);
        await citizen.Open("/enquiries/status");
        await citizen.Press("Check", ("Reference", reference), ("Email", $"not.{Email}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, citizen.Status);

        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");
        await asha.Press("Answer", ("Answer", Answer), ("Demand", "failure"));
        Assert.Contains(Answer, asha.Text, StringComparison.Ordinal);

        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/services/524/demand");
        await grace.Press("Save the purpose", ("Purpose", Purpose));
        await grace.Open("/measure");
        Assert.Equal(HttpStatusCode.OK, grace.Status);
        return reference;
    }

    private void Clean(string reference, params string[] more)
    {
        var secrets = (string[])[Email, "zebedee", "kelpie", "07700", "900461", "Larkfield", "haberdashery", "griffins", "Asha", "Grace Okoro", .. more, .. reference.Length == 0 ? Array.Empty<string>() : [reference, reference[3..]]];
        Assert.Empty(from line in _lines.All from secret in secrets where line.Contains(secret, StringComparison.OrdinalIgnoreCase) select $"{secret}: {line}");
    }

    /// <summary>Does something while a table is away.</summary>
    private async Task Without(string table, Func<Task> work)
    {
        await Rename(table, $"{table}_away");
        try { await work(); }
        finally { await Rename($"{table}_away", table); }
    }

    private async Task Rename(string from, string to)
    {
        await using var db = TestDatabase.Open(_app.Connection);
#pragma warning disable EF1002 // Names of tables cannot be parameters, and these are this test's own.
        await db.Database.ExecuteSqlRawAsync($"ALTER TABLE {from} RENAME TO {to}");
#pragma warning restore EF1002
    }

    /// <summary>The program with the levels of a real one, except that its own categories are at Debug, and every line kept.</summary>
    private sealed class LoggedApp(Lines lines) : TestApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Logging:LogLevel:Default", "Information");
            builder.ConfigureServices(services => services.AddLogging(logging => logging.ClearProviders().AddProvider(lines).AddFilter<Lines>("Concentric", LogLevel.Debug)));
        }
    }

    /// <summary>Keeps every line with its error and everything that was logged beside the words.</summary>
    private sealed class Lines : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> _all = new();

        public IReadOnlyCollection<string> All => _all;

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose() { }

        private sealed class Logger(Lines lines, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines._all.Enqueue($"{logLevel} {category} {formatter(state, exception)} {exception} {(state is IEnumerable<KeyValuePair<string, object?>> parts ? string.Join(' ', parts) : "")}");
        }
    }
}
