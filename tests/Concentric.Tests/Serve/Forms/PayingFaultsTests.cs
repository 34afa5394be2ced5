using System.Net;
using System.Text.Json.Nodes;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Forms;

/// <summary>A provider that is away, talks nonsense or tells of something else takes no money that we do not know of, and loses nothing.</summary>
public sealed class PayingFaultsTests : PayingCase
{
    [Theory]
    [InlineData(PayMood.Gone)]
    [InlineData(PayMood.Busy)]
    [InlineData(PayMood.Broken)]
    [InlineData(PayMood.Slow)]
    [InlineData(PayMood.Malformed)]
    [InlineData(PayMood.HalfJson)]
    [InlineData(PayMood.NoState)]
    [InlineData(PayMood.WrongKey)]
    [InlineData(PayMood.Invalid)]
    [InlineData(PayMood.Redirects)]
    [InlineData(PayMood.Huge)]
    public async Task With_a_provider_that_is_away_or_talks_nonsense_the_page_says_what_to_do_and_nothing_is_lost(PayMood mood)
    {
        await Sent();
        _pay.Mood = mood;
        await _ada.Browser.Press("Pay now");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, _ada.Browser.Status);
        Assert.Contains("You cannot pay at the moment. We have what you sent.", _ada.Browser.Text, StringComparison.Ordinal);
        Assert.Contains((await Payment()).Reference, _ada.Browser.Text, StringComparison.Ordinal);

        _pay.Mood = PayMood.Well;
        await _ada.Browser.Press("Try again");
        Assert.Equal("www.payments.service.gov.uk", Here.Host);
        _pay.Say(_pay.Only, "started");
        _pay.Mood = mood;
        await Return();
        Assert.Contains("We do not know yet whether you have paid", _ada.Browser.Text, StringComparison.Ordinal);
        _pay.Mood = PayMood.Well;
        _pay.Say(_pay.Only, "success");
        await Return();

        Assert.Equal(PaymentState.Paid, (await Payment()).State);
        Assert.Single(_pay.Payments);
    }

    [Theory]
    [InlineData("amount")]
    [InlineData("reference")]
    [InlineData("payment_id")]
    public async Task An_answer_about_something_else_is_refused_and_shown_to_staff(string field)
    {
        await Sent();
        await _ada.Browser.Press("Pay now");
        var told = _pay.Payments[_pay.Only];
        var right = told[field]!.DeepClone();
        told[field] = field == "amount" ? JsonValue.Create(1) : JsonValue.Create("another");
        _pay.Say(_pay.Only, "success");
        await Return();

        Assert.Contains("Do not pay again", _ada.Browser.Text, StringComparison.Ordinal);
        Assert.Equal(PaymentState.Refused, (await Payment()).State);
        Assert.Equal(PayOutcome.Refused, Assert.Single(await Facts()).Outcome);
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open("/desk/payments");
        Assert.Contains("The provider told of another amount or reference", asha.Text, StringComparison.Ordinal);
        Assert.Contains((await Payment()).Reference, asha.Text, StringComparison.Ordinal);
        // Nothing more is taken until somebody looked.
        await _ada.Browser.Open("/forms/pothole");
        await _ada.Browser.Post($"{_ada.Draft}/pay", []);
        Assert.Single(_pay.Payments);

        _pay.Payments[_pay.Only][field] = right;
        await asha.Press("Ask the provider");
        Assert.Contains("Everything is paid", asha.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_that_was_told_of_before_pays_for_nothing_else()
    {
        await Sent();
        await _ada.Browser.Press("Pay now");
        _pay.Say(_pay.Only, "success");
        await Return();
        var paid = _pay.Payments[_pay.Only];
        var first = await Payment();

        await Sent();
        await _ada.Browser.Press("Pay now");
        var second = await _app.Db(db => db.Payments.SingleAsync(p => p.Id != first.Id));
        var id = _pay.Payments.Single(p => p.Value["reference"]!.GetValue<string>() == second.Reference).Key;
        _pay.Payments[id] = paid;
        await Return();

        Assert.Equal(PaymentState.Refused, (await _app.Db(db => db.Payments.SingleAsync(p => p.Id == second.Id))).State);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://www.payments.service.gov.uk")]
    [InlineData("https://www.payments.service.gov.uk.evil.example")]
    [InlineData("https://www.payments.service.gov.uk@evil.example")]
    [InlineData("https://evilpayments.service.gov.uk")]
    [InlineData("javascript:alert(1)//")]
    public async Task Nobody_is_sent_to_a_page_that_is_not_the_providers_own(string host)
    {
        _pay.NextHost = host;
        await Sent();
        await _ada.Browser.Press("Pay now");

        Assert.Equal("localhost", Here.Host);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, _ada.Browser.Status);
    }
}
