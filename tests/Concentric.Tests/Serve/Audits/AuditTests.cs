using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Audits;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Audits;

public sealed class AuditTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task A_manager_draws_and_a_second_coder_codes_without_seeing_the_first_code()
    {
        await Coded(24, by: "somebody");
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/audits");
        await grace.Press("Draw", ("Contacts", "20"), ("Weeks", "4"));
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open("/desk/audits");
        var audit = await _app.Db(db => db.Audits.AsNoTracking().SingleAsync());
        Assert.Contains("Code 20", asha.Text, StringComparison.Ordinal);
        await asha.Open($"/desk/audits/{audit.Id}/next");

        Assert.Contains("Contact 1 of 20", asha.Page.Title, StringComparison.Ordinal);
        Assert.True(asha.Page.QuerySelector("input[type=radio]")!.HasAttribute("autofocus"));
        Assert.Empty(asha.Page.QuerySelectorAll("input[type=radio][checked]"));
        for (var i = 0; i < 20; i++)
        {
            // "Where" was failure when it was first coded.
            Assert.DoesNotContain("CN-", asha.Text, StringComparison.Ordinal);
            await asha.Press("Code and go on", ("Demand", asha.Text.Contains("Where", StringComparison.Ordinal) && i != 3 ? "failure" : "value"));
        }

        Assert.EndsWith("/desk/audits", asha.Page.Url, StringComparison.Ordinal);
        var ended = (await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == "audit-ended"))).As<AuditEnded>();
        Assert.Equal((audit.Id, audit.Seed, 20L), (ended.Audit, ended.Seed, ended.Parts.Sum(p => p.Codes.Sum(c => c.Contacts))));
        Assert.Equal(24, ended.Parts.Sum(p => p.Size));
        Assert.Equal(2, ended.Parts.Count);
        Assert.True(ended.Parts.Sum(p => p.Codes.Where(c => c.First != c.Second).Sum(c => c.Contacts)) <= 1);
    }

    [Fact]
    public async Task Who_coded_before_is_found_without_reading_the_whole_journal()
    {
        await Coded(24, by: "somebody");
        // Of so few facts an engine reads all whatever there is, unless it is told not to.
        var plan = await _app.Db(async db =>
        {
            var query = DrawAudit.CodingsOf(db, [$"{Concentric.Core.Reference.Of(1)}", $"{Concentric.Core.Reference.Of(2)}"]).Select(f => f.By);
            using var command = query.CreateDbCommand();
            await db.Database.OpenConnectionAsync();
            if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlRawAsync("SET enable_seqscan = off; SET enable_bitmapscan = on");
            command.CommandText = (db.Database.IsNpgsql() ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + command.CommandText;
            await using var rows = await command.ExecuteReaderAsync();
            var lines = new List<string>();
            while (await rows.ReadAsync()) lines.Add($"{rows[rows.FieldCount - 1]}");
            return string.Join('\n', lines);
        });
        Assert.Contains("IX_core_fact_coded", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN core_fact", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coded_by_many_at_the_same_moment_no_code_is_lost_and_it_ends_once()
    {
        await Coded(20, by: "somebody");
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/audits");
        await grace.Press("Draw", ("Contacts", "20"), ("Weeks", "4"));
        var audit = await _app.Db(db => db.Audits.AsNoTracking().SingleAsync());
        var drawn = (await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == "audit-drawn"))).As<AuditDrawn>();
        Assert.Equal((audit.Id, audit.Seed, audit.From, audit.Through, 20), (drawn.Audit, drawn.Seed, drawn.From, drawn.Through, drawn.Contacts));

        // Each contact by both, all at once.
        var coders = new List<Browser>();
        foreach (var role in (Role[])[Role.Adviser, Role.Officer])
        {
            for (var place = 1; place <= 20; place++)
            {
                var coder = await _app.SignInAs(role);
                await coder.Open($"/desk/audits/{audit.Id}/next");
                coders.Add(coder);
            }
        }
        await Task.WhenAll(coders.Select((c, i) => c.Post($"/desk/audits/{audit.Id}/next", [("Place", $"{i % 20 + 1}"), ("Demand", "value")])));

        Assert.All(await _app.Db(db => db.AuditItems.AsNoTracking().ToListAsync()), i => Assert.NotNull(i.SecondBy));
        var ended = (await _app.Db(db => db.Facts.Where(f => f.Kind == "audit-ended").ToListAsync())).ConvertAll(f => f.As<AuditEnded>());
        Assert.Equal(20, Assert.Single(ended).Parts.Sum(p => p.Codes.Sum(c => c.Contacts)));
    }

    [Fact]
    public async Task Nobody_codes_again_what_they_coded_first()
    {
        await Coded(20, by: "01900000-0000-7000-8000-000000000001");
        var asha = await _app.SignInAs(Role.Adviser);
        var me = await _app.Db(db => db.Set<Person>().Where(p => p.Role == Role.Adviser).Select(p => p.Id).FirstAsync());
        await _app.Write(db => db.Codings.ExecuteUpdateAsync(c => c.SetProperty(x => x.By, $"{me}")));
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/audits");
        await grace.Press("Draw", ("Contacts", "20"), ("Weeks", "4"));

        Assert.Contains("Nothing left for you", (await asha.Open("/desk/audits")).Text, StringComparison.Ordinal);
        var id = await _app.Db(db => db.Audits.Select(a => a.Id).SingleAsync());
        Assert.EndsWith("/desk/audits", (await asha.Open($"/desk/audits/{id}/next")).Page.Url, StringComparison.Ordinal);

        // Grace ends it: nothing was coded again, and that is what is told.
        await grace.Open("/desk/audits");
        await grace.Press($"End it here (audit drawn ");
        Assert.All((await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == "audit-ended"))).As<AuditEnded>().Parts, p => Assert.Empty(p.Codes));
    }

    [Fact]
    public async Task Nor_what_they_coded_before_somebody_else_did_and_what_is_no_longer_value_or_failure_is_not_drawn()
    {
        await Coded(21, by: "somebody");
        var asha = await _app.SignInAs(Role.Adviser);
        var me = await _app.Db(db => db.Set<Person>().Where(p => p.Role == Role.Adviser).Select(p => p.Id).FirstAsync());
        await _app.Write(async db =>
        {
            foreach (var reference in await db.Enquiries.Select(e => e.Reference).ToListAsync()) db.Record(new ContactCoded($"{reference}", null, Demand.Failure), $"{me}", _app.Clock.Now);
        });
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/audits");
        await grace.Press("Draw", ("Contacts", "20"), ("Weeks", "4"));

        Assert.Contains("Nothing left for you", (await asha.Open("/desk/audits")).Text, StringComparison.Ordinal);
        var item = await _app.Db(db => db.AuditItems.AsNoTracking().FirstAsync());
        Assert.Equal("somebody", item.FirstBy);
        Assert.EndsWith("/desk/audits", (await asha.Open($"/desk/audits/{item.AuditId}/next")).Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_shown_is_not_drawn_and_too_few_are_refused()
    {
        await Coded(20, by: "somebody");
        await _app.Write(async db =>
        {
            var one = await db.Enquiries.Include(e => e.Coding).FirstAsync();
            one.Words = "";
            await db.Codings.Where(c => c.EnquiryId == one.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.Words, (string?)null));
        });
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/audits");
        await grace.Press("Draw", ("Contacts", "20"), ("Weeks", "4"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        Assert.Contains("Only 19 coded contacts", grace.Text, StringComparison.Ordinal);
        await grace.Press("Draw", ("Contacts", "5"));
        Assert.Contains("from 20 to 500", grace.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _app.Dispose();

    /// <summary>Contacts of last week, every other one failure.</summary>
    private async Task Coded(int count, string by)
    {
        await _app.Seed();
        await _app.Write(db =>
        {
            for (var i = 0; i < count; i++)
            {
                var at = _app.Clock.Now.AddDays(-7).AddMinutes(i);
                var id = Guid.CreateVersion7(at);
                var enquiry = new Enquiry
                {
                    Id = id, Reference = Concentric.Core.Reference.Of((ulong)i + 1), Token = id, Service = "524", Channel = i % 3 == 0 ? "phone" : "web", RaisedAt = at, Email = "a@example.com",
                    Words = i % 2 == 0 ? $"Where is my bin {i}?" : $"Please send a bin {i}",
                };
                enquiry.AnswerWith(new() { Text = "Yes", Resolved = true, By = by, At = at }, Coding.Of(enquiry.Words, null, i % 2 == 0 ? Demand.Failure : Demand.Value, by, at));
                db.Add(enquiry);
            }
            return Task.CompletedTask;
        });
    }
}
