using System.Net;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Forms that look in the council's tables: addresses by postcode, and the rounds of its bins.</summary>
public sealed class AnswerFormLookUpTests : IDisposable
{
    private const string Addresses = "uprn;postcode;line1;line2;town\n100000000003;NO1 2AB;10 Elm Road;;Northmoor\n100000000001;NO1 2AB;2 Elm Road;Moorside;Northmoor\n";

    private readonly TestApp _app = new();

    private static Form Shipped => Library.Forms.Single(f => f.Id == "missed-bin");

    [Fact]
    public async Task An_address_is_found_by_its_postcode_and_chosen()
    {
        await Load("addresses", Addresses, "postcode");
        var ada = await AtHome();

        await ada.Press("Continue", ("home.postcode", "no12ab"));
        Assert.Equal(["Choose", "2 Elm Road, Moorside, Northmoor, NO1 2AB", "10 Elm Road, Northmoor, NO1 2AB", "The address is not in the list"], ada.Page.QuerySelectorAll("select option").Select(o => o.TextContent.Trim()));
        await ada.Post(ActionOf(ada), [("home.postcode", "no12ab"), ("home.searched", "no12ab"), ("home.choice", "")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        await ada.Post(ActionOf(ada), [("home.postcode", "no12ab"), ("home.searched", "no12ab"), ("home.choice", "100000000001")]);

        Assert.Equal(HttpStatusCode.OK, ada.Status);
        var home = (await LastAnswers())["home"];
        Assert.Equal(("2 Elm Road", "Moorside", "NO1 2AB", "100000000001"), ($"{home.Part("line1")}", $"{home.Part("line2")}", $"{home.Part("postcode")}", $"{home.Part("uprn")}"));
    }

    [Theory]
    [InlineData("no12ab", true)]
    [InlineData("LS1 4AP", false)]
    public async Task An_address_that_is_not_in_the_list_is_typed(string postcode, bool isKnown)
    {
        await Load("addresses", Addresses, "postcode");
        var ada = await AtHome();
        await ada.Press("Continue", ("home.postcode", postcode));
        if (isKnown) await ada.Post(ActionOf(ada), [("home.postcode", postcode), ("home.searched", postcode), ("home.choice", "manual")]);

        Assert.NotNull(ada.Page.QuerySelector("input[name='home.line1']"));
        await ada.Press("Continue", ("home.line1", ""), ("home.town", "Leeds"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        await ada.Press("Continue", ("home.line1", "7 New Close"), ("home.town", "Leeds"));

        Assert.Equal(HttpStatusCode.OK, ada.Status);
        Assert.Equal("7 New Close", $"{(await LastAnswers())["home"].Part("line1")}");
    }

    [Fact]
    public async Task Without_a_list_the_address_is_typed_at_once_and_a_postcode_can_be_left_for_typing()
    {
        var ada = await AtHome();
        await ada.Press("Enter the address yourself");
        Assert.NotNull(ada.Page.QuerySelector("input[name='home.town']"));

        await ada.Press("Continue", ("home.line1", "7 New Close"), ("home.town", "Leeds"), ("home.postcode", "nonsense"));
        Assert.NotNull(ada.Page.QuerySelector(".govuk-error-summary a[href='#home.postcode']"));
        await ada.Press("Continue", ("home.postcode", "ls14ap"));

        Assert.Equal("LS1 4AP", $"{(await LastAnswers())["home"].Part("postcode")}");
    }

    // The clock stands on Monday 2 March 2026.
    [Theory]
    [InlineData("2026-02-20,2026-03-06,,", "not-due", "This bin was not due this week")]
    [InlineData("2026-03-04,2026-03-11,,", "not-due-yet", "This bin is not due yet")]
    [InlineData("2026-02-27,2026-03-06,Road closed,2026-02-27", "crew-reported", "Road closed")]
    [InlineData("2026-02-25,2026-03-04,,", "too-late", "It is too late to report this collection")]
    [InlineData("2026-03-02,2026-03-09,,", "due-today", "We collect this bin today")]
    [InlineData("2026-02-27,2026-03-06,,", "assisted", "")]
    public async Task A_missed_bin_is_looked_up_in_the_rounds_before_anything_is_sent(string row, string page, string words)
    {
        await Load("rounds", $"postcode,bin,last-day,next-day,reported,reported-on\nLS1 4AP,refuse,{row}\n", "postcode,bin");
        var ada = await AtHome();
        await ada.Press("Enter the address yourself");
        await ada.Press("Continue", ("home.line1", "1 High Street"), ("home.town", "Leeds"), ("home.postcode", "ls14ap"));

        Assert.EndsWith($"/{page}", ada.Response.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains(words, ada.Text, StringComparison.Ordinal);
        if (page == "assisted") return;
        Assert.Contains("Nothing was sent.", ada.Text, StringComparison.Ordinal);
        Assert.Null(ada.Page.QuerySelector("main form"));
        var path = ada.Response.RequestMessage.RequestUri.AbsolutePath;
        await ada.Open("/forms/missed-bin");
        await ada.Post($"{path[..path.LastIndexOf('/')]}/check", []);
        Assert.EndsWith($"/{page}", ada.Response.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(0, await _app.Db(db => db.Submissions.CountAsync()));
    }

    public void Dispose() => _app.Dispose();

    /// <summary>A report of a missed bin, at the question for the address.</summary>
    private async Task<Browser> AtHome()
    {
        var ada = await new FillsIn(_app.Browse(), Shipped, FindAnswers.Complete(Shipped, Say.DayOf(_app.Clock.Now))!).Begin();
        await ada.Continue();
        Assert.Equal("home", ada.Here);
        return ada.Browser;
    }

    private static string ActionOf(Browser browser) => browser.Page.QuerySelector("main form")!.GetAttribute("action")!;

    private async Task<Answers> LastAnswers() => Answers.Read(Shipped, (await _app.Db(db => db.Drafts.AsNoTracking().SingleAsync())).Answers);

    private Task<ReferenceChange> Load(string table, string csv, string keys) =>
        LoadReferenceTable.Load(_app.Services.GetRequiredService<IWriter>(), ReferenceFile.Read(table, Encoding.UTF8.GetBytes(csv), keys.Split(',')), Actor.System, _app.Clock.Now);
}
