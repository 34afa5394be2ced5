using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Enquiries;
using Concentric.Tests.Serve.Cases;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Work;

/// <summary>Enquiries without a case are handed over and noted many at once, as cases are.</summary>
public sealed class ChangeEnquiriesTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Many_enquiries_are_handed_over_with_the_reason_and_noted_each_by_itself()
    {
        await DeskWorld.Fill(_app, new Random(9), 90);
        var mine = await _app.Db(d => d.Enquiries.AsNoTracking().Where(e => !e.HasCase && !e.IsSensitive).OrderBy(e => e.Id).ToListAsync());
        var (open, ended) = (mine.Where(e => e.IsOpen && e.Team != "Libraries").Take(3).ToList(), mine.First(e => !e.IsOpen));
        var there = mine.First(e => e.IsOpen && !open.Contains(e));
        await _app.Write(d => d.Enquiries.Where(e => e.Id == there.Id).ExecuteUpdateAsync(e => e.SetProperty(x => x.Team, "Libraries")));
        var hidden = await _app.Db(d => d.Enquiries.AsNoTracking().FirstAsync(e => !e.HasCase && e.IsSensitive && e.IsOpen));
        await _app.Write(d => d.TeamMembers.ExecuteDeleteAsync());
        var tom = await _app.SignInAs(Role.Officer);
        const string list = "/desk/work?what=enquiries&list=open";

        await tom.Open(list);
        await tom.Press("Continue", ("Change", "hand-over"));
        foreach (var field in (string[])["ToTeam", "Reason", "Note"]) Assert.NotNull(tom.Page.GetElementById($"{field}-error"));
        await tom.Open(list);
        await tom.Post("/desk/work/check", [("what", "enquiries"), ("list", "open"), ("Change", "hand-over"), ("ToTeam", "Libraries"), ("Reason", "we-are-too-busy"), ("Note", "From the list"), .. ((IEnumerable<Enquiry>)[.. open, ended, there, hidden]).Select(e => ("Row", $"{e.Reference}"))]);
        Assert.Contains("3 will change", tom.Text, StringComparison.Ordinal);
        Assert.Contains("We cannot do it in time", tom.Text, StringComparison.Ordinal);
        foreach (var why in (string[])["It has been answered.", "It is with that team.", "There is no such work."]) Assert.Contains(why, tom.Text, StringComparison.Ordinal);
        Assert.Empty(await _app.Facts<EnquiryTransferred>());
        var key = tom.Page.QuerySelector("input[name=Key]")!.GetAttribute("value")!;

        for (var press = 0; press < 2; press++)
        {
            await tom.Post("/desk/work/change", [("Key", key), ("Change", "hand-over"), ("ToTeam", "Libraries"), ("Reason", "we-are-too-busy"), ("Note", "From the list"), .. open.Select(e => ("Row", $"{e.Reference}")), ("Row", $"{hidden.Reference}")]);
            Assert.Equal("3 changed, 1 not", tom.Heading);
            await tom.Open(list);
        }
        Assert.Equal(open.Select(e => ($"{e.Reference}", e.Team, "Libraries", "we-are-too-busy")).Order(), (await _app.Facts<EnquiryTransferred>()).Select(f => (f.Reference, f.From, f.Team, f.Reason)).Order());
        Assert.Equal(3, await _app.Db(d => d.EnquiryNotes.CountAsync(n => n.Kind == EnquiryNoteKind.Transferred && n.Words == "We cannot do it in time. From the list")));

        // A note goes to what has ended, too; a reason that there is not is refused.
        await tom.Post("/desk/work/check", [("what", "enquiries"), ("list", "open"), ("Change", "note"), ("Note", "<b>Ring first</b>"), ("Row", $"{open[0].Reference}"), ("Row", $"{ended.Reference}")]);
        Assert.Equal("Add a note to 2 pieces of work", tom.Heading);
        key = tom.Page.QuerySelector("input[name=Key]")!.GetAttribute("value")!;
        await tom.Post("/desk/work/change", [("Key", key), ("Change", "note"), ("Note", "<b>Ring first</b>"), ("Row", $"{open[0].Reference}"), ("Row", $"{ended.Reference}")]);
        Assert.Equal("2 changed", tom.Heading);
        Assert.Equal(2, (await _app.Facts<EnquiryAddedTo>()).Count(f => f.What == "note"));
        await tom.Open($"/desk/enquiries/{open[0].Reference}");
        Assert.Contains("Note by Tom Reeve", tom.Text, StringComparison.Ordinal);
        Assert.Contains("<b>Ring first</b>", tom.Text, StringComparison.Ordinal);
        await tom.Open(list);
        await tom.Post("/desk/work/check", [("what", "enquiries"), ("list", "open"), ("Change", "hand-over"), ("ToTeam", "Libraries"), ("Reason", "no-such"), ("Note", "x"), ("Row", $"{open[0].Reference}")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tom.Status);
        // Among cases no reason is asked for, and an enquiry that was slipped in is told of.
        await tom.Open("/desk/work?list=open");
        await tom.Post("/desk/work/check", [("list", "open"), ("Change", "hand-over"), ("ToTeam", "Parking"), ("Note", "x"), ("Row", $"{open[0].Reference}")]);
        Assert.Contains("Say why it is handed over.", tom.Text, StringComparison.Ordinal);
    }
}
