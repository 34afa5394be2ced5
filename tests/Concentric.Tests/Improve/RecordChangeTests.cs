using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Improve.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Improve;

public sealed class RecordChangeTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task A_service_manager_records_a_dated_change()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/improve/changes/new");

        await grace.Press("Record", ("Service", "524"), ("What", "We text when the bin crew is late"), ("From.Day", "3"), ("From.Month", "3"), ("From.Year", "2026"));

        var change = Assert.Single(await Changes());
        Assert.Equal(new DateOnly(2026, 3, 3), change.From);
        Assert.Equal("We text when the bin crew is late", (await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == "change-recorded"))).As<ChangeRecorded>().What);
    }

    [Theory]
    [InlineData("31", "2", "2026", "Date from which it held must be a real date")]
    [InlineData("", "", "", "Enter the date from which it held")]
    [InlineData("1", "1", "2099", "Date from which it held must be between 1990 and a year from today")]
    [InlineData("x", "3", "2026", "Date from which it held must be a real date")]
    public async Task A_wrong_date_is_explained_and_kept(string day, string month, string year, string message)
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/improve/changes/new");

        await grace.Press("Record", ("Service", "524"), ("What", "We text"), ("From.Day", day), ("From.Month", month), ("From.Year", year));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        Assert.Contains(message, grace.Text, StringComparison.Ordinal);
        Assert.Equal(day, grace.Page.QuerySelector("input[name='From.Day']")!.GetAttribute("value") ?? "");
        Assert.Empty(await Changes());
    }

    [Fact]
    public async Task A_change_recorded_wrongly_is_withdrawn_and_stays_in_the_list()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/improve/changes/new");
        await grace.Press("Record", ("Service", "524"), ("What", "We text"), ("From.Day", "3"), ("From.Month", "3"), ("From.Year", "2026"));

        await grace.Open("/improve");
        await grace.Press("Withdraw");

        Assert.Empty(await Changes());
        Assert.Contains("Withdrawn", grace.Text, StringComparison.Ordinal);
        Assert.Equal(1, await _app.Db(db => db.Changes.CountAsync()));
    }

    [Fact]
    public async Task An_analyst_sees_changes_and_records_none()
    {
        var lewis = await _app.SignInAs(Role.Analyst);

        Assert.Equal(HttpStatusCode.OK, (await lewis.Open("/improve")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await lewis.Open("/improve/changes/new")).Status);
    }

    public void Dispose() => _app.Dispose();

    private Task<IReadOnlyList<ServiceChange>> Changes() => _app.Services.GetRequiredService<IServiceChanges>().Of("524");
}
