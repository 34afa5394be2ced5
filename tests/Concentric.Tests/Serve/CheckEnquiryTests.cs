using System.Net;
using Concentric.Core;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve;

public sealed class CheckEnquiryTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task A_person_sees_how_their_enquiry_stands_and_later_the_answer()
    {
        var reference = await Send();

        var ada = await Check(reference, " ADA@example.com ");
        Assert.Equal("We have your enquiry", ada.Heading);

        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");
        await asha.Press("Answer", ("Answer", "Every Tuesday."), ("Demand", "value"));
        ada = await Check(reference.ToLowerInvariant(), "ada@example.com");

        Assert.Equal("We have answered your enquiry", ada.Heading);
        Assert.Contains("Every Tuesday.", ada.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_address_and_a_wrong_reference_are_told_in_the_same_words()
    {
        var reference = await Send();

        var wrongAddress = await Check(reference, "eve@example.com");
        var wrongReference = await Check($"{Reference.Of(12345)}", "ada@example.com");

        Assert.Equal(wrongReference.Page.GetElementById("Reference-error")!.TextContent, wrongAddress.Page.GetElementById("Reference-error")!.TextContent);
        Assert.DoesNotContain("bin", wrongAddress.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_reference_is_told_apart_from_an_unknown_one() =>
        Assert.Contains("correct format", (await Check("CN-1234-5678", "ada@example.com")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Nobody_can_try_references_without_end()
    {
        var eve = await _app.Browse().Open("/enquiries/status");
        for (var i = 0; i < RateLimits.LookUpsAMinute; i++) await eve.Press("Check", ("Reference", $"{Reference.Of((ulong)i)}"), ("Email", "ada@example.com"));

        await eve.Press("Check", ("Reference", $"{Reference.Of(99)}"), ("Email", "ada@example.com"));

        Assert.Equal(HttpStatusCode.TooManyRequests, eve.Status);
        Assert.Equal("You have tried too often", eve.Heading);
    }

    [Fact]
    public async Task A_program_with_a_key_sees_the_state_and_not_the_words()
    {
        var reference = await Send();
        var http = _app.Browse().Http;
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync($"/api/v1/enquiries/{reference}")).StatusCode);

        var key = await ApiKeyHandler.Make("test", (Concentric.Core.Data.IWriter)_app.Services.GetService(typeof(Concentric.Core.Data.IWriter))!, _app.Clock.Now);
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var json = await http.GetStringAsync($"/api/v1/enquiries/{reference}");

        Assert.Contains("\"state\":\"waiting\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("bin", json, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/v1/enquiries/CN-XXXX-XXXX")).StatusCode);
    }

    public void Dispose() => _app.Dispose();

    private async Task<string> Send()
    {
        await (await _app.Browse().Open("/enquiries/new")).Press("Send", ("Words", "When is my bin collected?"), ("Email", "ada@example.com"));
        return await _app.Db(async db => $"{(await db.Enquiries.SingleAsync()).Reference}");
    }

    private async Task<Browser> Check(string reference, string email) =>
        await (await _app.Browse().Open("/enquiries/status")).Press("Check", ("Reference", reference), ("Email", email));
}
