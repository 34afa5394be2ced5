using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Forms;

/// <summary>A designer goes through forms that ask for an address, as people do.</summary>
public sealed class BuildingTryTests : IDisposable
{
    private const string Addresses = "uprn;postcode;line1;line2;town\n100000000003;NO1 2AB;10 Elm Road;;Northmoor\n100000000001;NO1 2AB;2 Elm Road;Moorside;Northmoor\n";

    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_shipped_form_that_asks_for_an_address_is_tried_to_its_end_and_kept_as_an_example()
    {
        var maya = await AtHome();
        await maya.Press("Continue", ("home.postcode", "LS1 4AP"));
        Assert.Equal(HttpStatusCode.OK, maya.Status);
        await maya.Press("Continue", ("home.line1", "7 New Close"), ("home.town", "Leeds"));
        await maya.Press("Continue", ("due-on.Day", "2"), ("due-on.Month", "3"), ("due-on.Year", "2026"));
        Assert.Contains("We collect this bin today", maya.Text, StringComparison.Ordinal);

        await maya.Press("Keep as an example", ("Name", "Due today"));

        Assert.Contains("Passes", maya.Text, StringComparison.Ordinal);
        Assert.Contains("7 New Close", await _app.Db(db => db.FormExamples.Select(e => e.Answers).SingleAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_was_found_is_chosen()
    {
        var maya = await AtHome();
        var file = ReferenceFile.Read("addresses", Encoding.UTF8.GetBytes(Addresses), ["postcode"]);
        await LoadReferenceTable.Load(_app.Services.GetRequiredService<IWriter>(), file, Actor.System, _app.Clock.Now);

        await maya.Press("Continue", ("home.postcode", "no12ab"));
        Assert.Contains("2 Elm Road, Moorside, Northmoor, NO1 2AB", maya.Text, StringComparison.Ordinal);
        var answers = maya.Page.QuerySelector("input[name=Answers]")!.GetAttribute("value")!;
        await maya.Post("/forms-design/missed-bin/1/try",
            [("Answers", answers), ("At", "home"), ("Do", "continue"), ("home.postcode", "no12ab"), ("home.searched", "no12ab"), ("home.choice", "100000000001")]);

        Assert.Equal("due-on", maya.Page.QuerySelector("input[name=At]")!.GetAttribute("value"));
        Assert.Contains("2 Elm Road", maya.Page.QuerySelector("input[name=Answers]")!.GetAttribute("value")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_is_typed_at_once_and_enter_continues()
    {
        var maya = await AtHome();
        var first = (IHtmlButtonElement)maya.Page.QuerySelector("main form button")!;
        Assert.Null(first.GetAttribute("name"));

        await maya.Press("Enter the address yourself");
        await maya.Press("Continue", ("home.line1", "7 New Close"), ("home.town", "Leeds"), ("home.postcode", "LS1 4AP"));

        Assert.Equal("due-on", maya.Page.QuerySelector("input[name=At]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_row_with_an_address_is_added()
    {
        var home = new Question { Id = "home", Kind = QuestionKind.Address, Title = "Where?" };
        var group = new Question { Id = "homes", Kind = QuestionKind.Repeat, Title = "Which homes?", Fields = [home] };
        var form = new Form
        {
            Id = "homes", Title = "Homes", Service = "524", Interaction = "0", Team = "x", PromiseDays = 1, Process = "x", Pages = [new() { Id = "homes", Items = [group] }],
        };
        await _app.Write(db =>
        {
            var now = _app.Clock.Now;
            db.Add(new KnownForm { Id = form.Id, Title = form.Title.En, Service = form.Service, Team = form.Team });
            db.Add(new FormVersion { Id = Guid.CreateVersion7(now), Form = form.Id, Number = 1, Definition = form.Write(), Digest = "x", State = FormState.Draft, By = "x", At = now });
            return Task.CompletedTask;
        });
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/forms-design/homes/1/try");

        await maya.Press("Add this row", ("row.home.line1", "7 New Close"), ("row.home.town", "Leeds"), ("row.home.postcode", "nonsense"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        await maya.Press("Add this row", ("row.home.postcode", "LS1 4AP"));

        Assert.Contains("7 New Close", maya.Page.QuerySelector("main ul.govuk-list--bullet")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<Browser> AtHome()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/forms-design/missed-bin/1/try");
        await maya.Press("Continue", ("bin", "refuse"));
        Assert.Equal("home", maya.Page.QuerySelector("input[name=At]")!.GetAttribute("value"));
        return maya;
    }
}
