using AngleSharp.Dom;
using System.Net;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Enquiries;
using Concentric.Tests.Serve.Cases;
using Concentric.Tests.Serve.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Enquiries;

/// <summary>Two enquiries are about the same thing: said once for both, taken back, and answered with the same words.</summary>
public sealed class LinkEnquiriesTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task What_is_suggested_or_typed_is_linked_on_both_sides_and_unlinked()
    {
        var asha = await _app.SignInAs(Role.Adviser);
        var (one, other, third) = (await TakeDown(asha, "Ada Marsh", "1 High Street"), await TakeDown(asha, "Bob Hill", "3 High Street"), await TakeDown(asha, "Cora Lane", "Elsewhere", "ZZ9 9ZZ"));
        await asha.Open($"/desk/enquiries/{other}");
        await asha.Press($"It is about the same thing as {one}");
        Assert.Contains(one, asha.Page.QuerySelector("section[aria-labelledby=same]")!.TextContent, StringComparison.Ordinal);
        // What is linked is not suggested any more.
        Assert.Null(asha.Page.GetElementById("alike"));
        await asha.Press("Link it", ("Other", third.ToLowerInvariant()));
        foreach (var wrong in (string[])["", "CN-2222-2222", "'; DROP TABLE serve_enquiry; --", new string('x', 5000), other])
        {
            await asha.Open($"/desk/enquiries/{other}");
            await asha.Press("Link it", ("Other", wrong));
            Assert.Equal((HttpStatusCode)422, asha.Status);
        }
        await asha.Open($"/desk/enquiries/{one}");
        Assert.Contains(other, asha.Page.QuerySelector("section[aria-labelledby=same]")!.TextContent, StringComparison.Ordinal);
        // From the other side it is the same row.
        await asha.Press("Link it", ("Other", other));
        Assert.Equal(2, await _app.Db(d => d.EnquiryLinks.CountAsync()));
        await asha.Press($"Unlink {other}");
        Assert.Equal(["Linked", "Linked", "Unlinked"], (await _app.Facts<EnquiriesLinked>()).Select(l => l.How).Order());
        Assert.Null(asha.Page.GetElementById("same"));
    }

    [Fact]
    public async Task One_answer_goes_to_those_that_are_ticked_each_by_itself()
    {
        var asha = await _app.SignInAs(Role.Adviser);
        var (one, ticked, not, unlinked) = (await TakeDown(asha, "Ada Marsh", "1 High Street"), await TakeDown(asha, "Bob Hill", "3 High Street"), await TakeDown(asha, "Cora Lane", "5 High Street"), await TakeDown(asha, "Dev Anand", "7 High Street"));
        foreach (var other in (string[])[ticked, not]) await (await asha.Open($"/desk/enquiries/{one}")).Press("Link it", ("Other", other));
        var boxes = asha.Page.QuerySelectorAll<AngleSharp.Html.Dom.IHtmlInputElement>("input[name=Also]");
        Assert.Equal([not, ticked], boxes.Select(b => b.Value).Order(Comparer<string>.Create((a, b) => a == b ? 0 : a == not ? -1 : 1)));
        Assert.All(boxes, b => Assert.False(b.IsChecked));

        await asha.Post($"/desk/enquiries/{one}", [("Answer", "We come on Friday."), ("Demand", "failure"), ("Resolved", "yes"), ("Also", ticked), ("Also", ticked), ("Also", unlinked), ("Also", "rubbish")]);

        var all = await _app.Db(d => d.Enquiries.AsNoTracking().Whole.ToListAsync());
        Assert.Equal(((string[])[one, ticked]).Order(), all.Where(e => !e.IsOpen).Select(e => $"{e.Reference}").Order());
        Assert.All(all.Where(e => !e.IsOpen), e => Assert.Equal(("We come on Friday.", Demand.Failure), (e.Answer!.Text, e.Coding!.Demand)));
        Assert.Equal(((string[])[one, ticked]).Order(), (await _app.Facts<EnquiryAnswered>()).Select(f => f.Reference).Order());
        Assert.Equal(((string[])[one, ticked]).Order(), (await _app.Facts<ContactCoded>()).Select(f => f.Reference).Order());
        Assert.Equal(((string[])["ada@example.com", "bob@example.com"]), (await _app.Db(d => d.Messages.Where(m => m.Kind == "answer").Select(m => m.To).ToListAsync())).Order());
        // Nobody has looked through the words of the other for names, so none are kept beyond their time.
        Assert.Equal(["", ""], all.Where(e => e.Coding is not null).Select(e => e.Coding!.Words));
    }

    [Fact]
    public async Task What_may_not_be_seen_is_neither_linked_nor_shown_nor_answered()
    {
        var asha = await _app.SignInAs(Role.Adviser);
        var (one, hidden) = (await TakeDown(asha, "Ada Marsh", "1 High Street"), await TakeDown(asha, "Bob Hill", "3 High Street"));
        await (await asha.Open($"/desk/enquiries/{one}")).Press("Link it", ("Other", hidden));
        await Hide(hidden);

        await asha.Open($"/desk/enquiries/{one}");
        Assert.DoesNotContain(hidden, asha.Text, StringComparison.Ordinal);
        await asha.Post($"/desk/enquiries/{hidden}/links", [("Do", "unlink"), ("Other", one)]);
        Assert.Equal(HttpStatusCode.NotFound, asha.Status);
        await asha.Open($"/desk/enquiries/{one}");
        await asha.Post($"/desk/enquiries/{one}/links", [("Do", "unlink"), ("Other", hidden)]);
        Assert.Equal((HttpStatusCode)422, asha.Status);
        await asha.Open($"/desk/enquiries/{one}");
        await asha.Post($"/desk/enquiries/{one}", [("Answer", "So."), ("Demand", "value"), ("Also", hidden)]);
        Assert.True(await _app.Db(d => d.Enquiries.AnyAsync(e => e.IsSensitive && e.IsOpen)));
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open($"/desk/enquiries/{one}");
        Assert.Contains(hidden, grace.Text, StringComparison.Ordinal);

        async Task Hide(string reference)
        {
            var known = Concentric.Core.Reference.Parse(reference);
            await _app.Write(d => d.Enquiries.Where(e => e.Reference == known).ExecuteUpdateAsync(e => e.SetProperty(x => x.IsSensitive, true).SetProperty(x => x.Team, "Elsewhere")));
        }
    }

    [Fact]
    public async Task Two_who_link_the_same_two_at_once_from_either_side_make_one_row()
    {
        var asha = await _app.SignInAs(Role.Adviser);
        var (one, other) = (await TakeDown(asha, "Ada Marsh", "1 High Street"), await TakeDown(asha, "Bob Hill", "3 High Street"));
        var (first, second) = (await CaseWork.Report(_app, "pothole"), await CaseWork.Report(_app, "pothole"));
        await asha.Open("/desk");
        var csrf = asha.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        await Task.WhenAll(Enumerable.Range(0, 4).SelectMany(_ => (Task[])[Link("enquiries", one, other), Link("enquiries", other, one), Link("cases", first, second), Link("cases", second, first)]));

        Assert.Equal((1, 1), (await _app.Db(d => d.EnquiryLinks.CountAsync()), await _app.Db(d => d.CaseLinks.CountAsync())));
        Assert.Equal((1, 1), ((await _app.Facts<EnquiriesLinked>()).Count, (await _app.Facts<CasesLinked>()).Count));

        async Task Link(string what, string from, string to)
        {
            using var answer = await asha.Http.PostAsync($"/desk/{what}/{from}/links", new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = csrf, ["Do"] = "link", ["Other"] = to }));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task In_whatever_order_links_are_made_and_taken_back_they_are_a_set_of_pairs()
    {
        await DeskWorld.Fill(_app, new Random(3), 6);
        var all = await _app.Db(d => d.Enquiries.AsNoTracking().ToListAsync());
        var (chance, pairs, facts, writer) = (new Random(7), new HashSet<string>(), 0, _app.Services.GetRequiredService<IWriter>());
        var sight = new Concentric.Serve.Teams.Sight(Guid.Empty, SeesAll: true, [], null);
        for (var step = 0; step < 120; step++)
        {
            var (one, other, link) = (all[chance.Next(6)], all[chance.Next(6)], chance.Next(2) == 0);
            var pair = string.Join(' ', ((string[])[$"{one.Reference}", $"{other.Reference}"]).Order(StringComparer.Ordinal));
            if (one.Id != other.Id && (link ? pairs.Add(pair) : pairs.Remove(pair))) facts++;
            await writer.Write(d => EnquiryLink.Set(d, one, other, link, "system", _app.Clock.Now));
        }
        Assert.Equal(pairs.Count, await _app.Db(d => d.EnquiryLinks.CountAsync()));
        Assert.Equal(facts, (await _app.Facts<EnquiriesLinked>()).Count);
        foreach (var one in all)
            Assert.Equal(all.Where(o => pairs.Contains(string.Join(' ', ((string[])[$"{one.Reference}", $"{o.Reference}"]).Order(StringComparer.Ordinal)))).Select(o => o.Id).Order(),
                (await _app.Db(d => EnquiryLink.Of(d, sight, one.Id))).Select(e => e.Id).Order());
    }

    private static async Task<string> TakeDown(Browser asha, string name, string address, string postcode = "ZZ1 1AB")
    {
        await (await asha.Open("/desk/enquiries/new")).Press("Keep it", ("Channel", "phone"), ("Service", "524"), ("Words", "The bin was missed."), ("Name", name), ("Email", $"{name.Split(' ')[0].ToLowerInvariant()}@example.com"), ("Address", address), ("Postcode", postcode));
        if (asha.Heading == "New enquiry") await asha.Press("Keep it");
        return asha.Response.RequestMessage!.RequestUri!.AbsolutePath.Split('/')[^1];
    }
}
