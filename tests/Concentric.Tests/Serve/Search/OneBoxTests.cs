using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Citizens;
using Concentric.Serve.Search;
using Concentric.Tests.Serve.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Search;

/// <summary>One box finds the person, however they are typed, their work, the form and the service.</summary>
public sealed class OneBoxTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_citizen_is_found_by_what_was_mistyped_and_a_conversation_begins_with_them()
    {
        await DeskWorld.Fill(_app, new Random(4), 12);
        await Keep("Siobhán O’Reilly-Thompson", "07700 900456", "s.oreilly@example.com", "44 Sycamore Crescent, Eastbrook", "LS9 8ZZ");
        await Keep("Sean Reilly", "07700 900457", "sean@example.com", "1 Sycamore Crescent, Eastbrook", "LS9 8ZX");
        await Keep("Lea Wu", "07700 900458", "lea@example.com", "7 Ash Lane, Eastbrook", "LS9 8ZX");
        var asha = await _app.SignInAs(Role.Adviser);
        foreach (var asked in (string[])[
            "siobhan oreilly", "O'Reilly", "oreily thompson", "siohban thomspon", "thompson sycamore", "sycamroe crescent 44 eastbrok", "LS98ZZ", "ls 9 8 z z", "oreilly ls9 8zz", "07700900456", "+44 7700 900456", "0770 090 0456",
            "S.OReilly@example.com"])
        {
            await asha.Open($"/desk/find?q={Uri.EscapeDataString(asked)}");
            Assert.True(People(asha).FirstOrDefault() == "Siobhán O’Reilly-Thompson", $"“{asked}” finds {string.Join(", ", People(asha))}");
        }
        await asha.Open("/desk/find?q=lee+wu");
        Assert.Empty(People(asha));

        var known = await _app.Db(d => d.Enquiries.AsNoTracking().FirstAsync(e => !e.IsSensitive));
        await asha.Open($"/desk/find?q={Uri.EscapeDataString($"{known.Reference}".ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal))}");
        Assert.Contains($"{known.Reference}", asha.Page.QuerySelector("#work + ul")!.TextContent, StringComparison.Ordinal);
        var sign = $"{known.Reference}"[5];
        await asha.Open($"/desk/find?q={$"{known.Reference}"[..5]}{(sign == 'A' ? 'B' : 'A')}{$"{known.Reference}"[6..]}");
        Assert.Contains("Did they mean this reference?", asha.Text, StringComparison.Ordinal);
        Assert.Contains($"{known.Reference}", asha.Page.QuerySelector("#work + ul")!.TextContent, StringComparison.Ordinal);

        await _app.Write(d => d.Enquiries.Where(e => e.Id == known.Id).ExecuteUpdateAsync(e => e.SetProperty(x => x.OtherReference, "FMS/4711")));
        await asha.Open("/desk/find?q=FMS/4711");
        Assert.Contains($"{known.Reference}", asha.Page.QuerySelector("#work + ul")!.TextContent, StringComparison.Ordinal);

        // Who moved is found where they live now.
        await Keep("Siobhán O’Reilly-Thompson", "07700 900456", "s.oreilly@example.com", "3 Beech Walk, Eastbrook", "LS9 7AA");
        await asha.Open("/desk/find?q=thompson+beech");
        Assert.Single(People(asha));
        await asha.Open("/desk/find?q=thompson+sycamore");
        Assert.Empty(People(asha));

        await asha.Open("/desk/find?q=07700900456");
        await asha.Press("Talk with them on the phone: Siobhán");
        Assert.StartsWith("Conversation", asha.Heading, StringComparison.Ordinal);
        Assert.Contains("s.oreilly@example.com", asha.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_find_the_service_and_the_form_and_begin_it()
    {
        await _app.Seed();
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open("/desk");
        await asha.Press("Find", ("q", "pothole"));
        Assert.Contains("Forms", asha.Text, StringComparison.Ordinal);
        Assert.NotEmpty(asha.Page.QuerySelectorAll("a[href^='/needs/search?q=pothole']"));
        Assert.NotEmpty(asha.Page.QuerySelectorAll("#answers + ul a[href^='/desk/answers/']"));
        await asha.Press("Start: Report a pothole");
        Assert.StartsWith("Conversation", asha.Heading, StringComparison.Ordinal);
        Assert.NotNull(asha.Page.QuerySelector("form#answers"));
        await asha.Open("/desk/find?q=zzzzqqqq");
        Assert.Contains("Nothing was found", asha.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_a_database_from_before_are_built_once_and_the_same()
    {
        await DeskWorld.Fill(_app, new Random(3), 5);
        var before = await Words();
        await _app.Write(async d =>
        {
            await d.CitizenWords.ExecuteDeleteAsync();
            await d.NearWords.ExecuteDeleteAsync();
        });
        await KeepWords.Seed(_app.Services.GetRequiredService<IWriter>(), _app.Services.GetRequiredService<IDbContextFactory<ConcentricDb>>(), default);
        Assert.NotEmpty(before);
        Assert.Equal(before, await Words());
    }

    private Task<List<string>> Words() => _app.Db(async d => (await d.CitizenWords.Select(w => $"{w.Word} {w.CitizenId}").ToListAsync()).Concat(await d.NearWords.Select(n => $"{n.Near} {n.Word}").ToListAsync()).Order(StringComparer.Ordinal).ToList());

    private static List<string> People(Browser who) => [.. who.Page.QuerySelectorAll("#people + ul > li > a:first-child").Select(a => a.TextContent)];

    private Task Keep(string name, string phone, string email, string address, string postcode) => _app.Write(async db => await KeepCitizen.Of(db, new(name, null, email, phone, address, postcode), _app.Clock.Now));
}
