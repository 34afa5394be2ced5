using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Forms;

/// <summary>What was sent is paid for at GOV.UK Pay, once, whatever goes wrong there.</summary>
public sealed class PayingTests : PayingCase
{
    [Fact]
    public async Task What_was_sent_is_paid_for_at_the_provider()
    {
        await Sent();
        await _ada.Browser.Press("Pay now");

        // Away to the provider, to its own page.
        Assert.Equal(("https", "www.payments.service.gov.uk"), (Here.Scheme, Here.Host));
        var (key, wanted) = Assert.Single(_pay.Wanted);
        var payment = await Payment();
        Assert.Equal((await Attempts())[0].Id.ToString("N"), key);
        Assert.Equal("Bearer api_test_abc", _pay.Authorization);
        Assert.Equal((payment.AmountPence, payment.Reference, "Bulky waste collection"), (wanted["amount"]!.GetValue<long>(), $"{wanted["reference"]}", $"{wanted["description"]}"));
        Assert.Equal(("en", false), ($"{wanted["language"]}", wanted["delayed_capture"]!.GetValue<bool>()));
        Assert.Equal($"https://forms.northmoor.example{_ada.Draft}/pay/return", $"{wanted["return_url"]}");

        _pay.Say(_pay.Only, "success");
        await Return();

        Assert.Equal("sent", _ada.Here);
        Assert.DoesNotContain("Pay now", _ada.Browser.Text, StringComparison.Ordinal);
        Assert.Equal(PaymentState.Paid, (await Payment()).State);
        var fact = Assert.Single(await Facts());
        Assert.Equal(new FormPaid(payment.Reference, payment.AmountPence, PayOutcome.Paid), fact);
    }

    [Fact]
    public async Task In_Welsh_the_provider_is_asked_in_Welsh()
    {
        await Sent(Language.Welsh);
        await _ada.Browser.Press("Talu nawr");

        Assert.Equal("cy", $"{Assert.Single(_pay.Wanted).Body["language"]}");
        Assert.EndsWith("/pay/return?lang=cy", $"{Assert.Single(_pay.Wanted).Body["return_url"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pressing_twice_and_many_times_at_once_makes_one_payment()
    {
        await Sent();
        var token = _ada.Browser.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(_ => _ada.Browser.Http.PostAsync($"{_ada.Draft}/pay", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]))));
        await _ada.Browser.Open($"{_ada.Draft}/pay");
        await _ada.Browser.Press("Go on to pay");

        Assert.Equal("www.payments.service.gov.uk", Here.Host);
        Assert.Single(_pay.Payments);
        Assert.Single(await Attempts());
    }

    [Theory]
    [InlineData("failed", "Your payment was not taken", PayOutcome.Failed)]
    [InlineData("cancelled", "Your payment was cancelled", PayOutcome.Cancelled)]
    [InlineData("error", "Your payment was not taken", PayOutcome.Error)]
    public async Task One_that_comes_to_nothing_is_kept_and_another_can_be_made(string status, string words, PayOutcome outcome)
    {
        await Sent();
        await _ada.Browser.Press("Pay now");
        var first = _pay.Only;
        _pay.Say(first, status);
        await Return();

        Assert.Contains(words, _ada.Browser.Text, StringComparison.Ordinal);
        Assert.Contains("We have what you sent", _ada.Browser.Text, StringComparison.Ordinal);
        await _ada.Browser.Press("Try again");
        var second = _pay.Payments.Keys.Single(k => k != first);
        _pay.Say(second, "success");
        await Return();

        Assert.Equal("sent", _ada.Here);
        Assert.Equal([(first, 1), (second, 2)], (await Attempts()).Select(a => (a.ProviderId!, a.Number)));
        Assert.Equal(new[] { outcome, PayOutcome.Paid }.Order(), (await Facts()).Select(f => f.Outcome).Order());
    }

    [Theory]
    [InlineData("created")]
    [InlineData("started")]
    [InlineData("submitted")]
    [InlineData("capturable")]
    public async Task While_it_is_under_way_nobody_is_told_that_it_is_paid_or_asked_to_pay_anew(string status)
    {
        await Sent();
        await _ada.Browser.Press("Pay now");
        _pay.Say(_pay.Only, status);
        await Return();

        Assert.Contains("We do not know yet whether you have paid", _ada.Browser.Text, StringComparison.Ordinal);
        Assert.Equal(PaymentState.Started, (await Payment()).State);
        await _ada.Browser.Press("Go on to pay");
        Assert.Equal(status is "created" or "started" ? "www.payments.service.gov.uk" : "localhost", Here.Host);
        Assert.Single(_pay.Payments);
        Assert.Empty(await Facts());
    }

    [Fact]
    public async Task Paid_once_is_paid_whatever_is_told_later()
    {
        await Sent();
        await _ada.Browser.Press("Pay now");
        _pay.Say(_pay.Only, "success");
        await Return();
        _pay.Say(_pay.Only, "error");
        for (var i = 0; i < 3; i++) await Return();
        await _ada.Browser.Open("/forms/pothole");
        await _ada.Browser.Post($"{_ada.Draft}/pay", []);

        Assert.Equal("sent", _ada.Here);
        Assert.Equal(PaymentState.Paid, (await Payment()).State);
        Assert.Single(await Facts());
        Assert.Single(_pay.Payments);
    }

    [Fact]
    public async Task Who_pays_and_never_comes_back_is_found_out_within_three_days()
    {
        await Sent();
        await _ada.Browser.Press("Pay now");
        _pay.Say(_pay.Only, "success");
        var job = _app.Services.GetRequiredService<AskPayments>();

        Assert.Equal(0, await job.AskOpen(default));
        _app.Clock.Now += TimeSpan.FromMinutes(10);
        _pay.Mood = PayMood.Busy;
        Assert.Equal(0, await job.AskOpen(default));
        _pay.Mood = PayMood.Well;
        Assert.Equal(1, await job.AskOpen(default));
        Assert.Equal(0, await job.AskOpen(default));

        Assert.Equal(PaymentState.Paid, (await Payment()).State);
        Assert.Single(await Facts());
    }

    [Fact]
    public async Task What_stays_open_for_three_days_is_asked_about_no_more_and_staff_see_it()
    {
        await Sent();
        await _ada.Browser.Press("Pay now");
        var job = _app.Services.GetRequiredService<AskPayments>();
        _app.Clock.Now += TimeSpan.FromDays(3) + TimeSpan.FromMinutes(1);
        var before = _pay.Asked;

        Assert.Equal(0, await job.AskOpen(default));

        Assert.Equal(before, _pay.Asked);
        var asha = await _app.SignInAs(Role.Adviser);
        Assert.Contains("has not said for three days", (await asha.Open("/desk/payments")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_to_pay_on_lets_its_form_lead_to_the_provider_and_no_other_page_does()
    {
        await Sent();

        Assert.Contains("form-action 'self' https://*.payments.service.gov.uk;", Policy(), StringComparison.Ordinal);
        await _ada.Browser.Open($"{_ada.Draft}/sent");
        Assert.Contains("form-action 'self';", Policy(), StringComparison.Ordinal);
        // Another browser sees nothing of it.
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Browse().Open($"{_ada.Draft}/pay")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Browse().Open($"{_ada.Draft}/pay/return")).Status);
    }
}
