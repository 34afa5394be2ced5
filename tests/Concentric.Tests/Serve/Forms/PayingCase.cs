using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Ada, who has something to pay, and the provider that she pays at.</summary>
public abstract class PayingCase : IDisposable
{
    private protected readonly StubPay _pay = new();
    private protected readonly PayApp _app;
    private protected FillsIn _ada = null!;

    protected PayingCase() => _app = new(_pay);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _app.Dispose();
        _pay.Dispose();
    }

    private protected Uri Here => _ada.Browser.Response.RequestMessage!.RequestUri!;

    private protected string Policy() => Assert.Single(_ada.Browser.Response.Headers.GetValues("Content-Security-Policy"));

    /// <summary>Ada fills in a form, sends it and stands before the page to pay on.</summary>
    private protected async Task Sent(Language language = Language.English)
    {
        var form = Library.Forms.Single(f => f.Id == "bulky-waste");
        _ada = await new FillsIn(_app.Browse(), form, FindAnswers.Complete(form, Say.DayOf(_app.Clock.Now))!, language).Begin();
        await _ada.GoTo();
        await _ada.Send();
        await _ada.Browser.Follow(language == Language.Welsh ? "Talu nawr" : "Pay now");
    }

    private protected Task<Browser> Return() => _ada.Browser.Open($"https://localhost{_ada.Draft}/pay/return");

    private protected Task<Payment> Payment() => _app.Db(db => db.Payments.OrderBy(p => p.At).FirstAsync());

    private protected Task<List<PaymentAttempt>> Attempts() => _app.Db(db => db.PaymentAttempts.OrderBy(a => a.Number).ToListAsync());

    private protected async Task<List<FormPaid>> Facts() =>
        [.. (await _app.Db(db => db.Facts.Where(f => f.Kind == "form-paid").OrderBy(f => f.Id).ToListAsync())).Select(f => f.As<FormPaid>())];
}

/// <summary>The program with a key of GOV.UK Pay, which the stub plays.</summary>
internal sealed class PayApp(StubPay pay) : TestApp
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("CONCENTRIC_PAY_KEY", "api_test_abc").UseSetting("CONCENTRIC_SITE", "https://forms.northmoor.example");
        builder.ConfigureServices(s => s.Replace(ServiceDescriptor.Singleton<IPaymentDoor>(p =>
            new GovUkPay(p.GetRequiredService<Settings>(), pay, p.GetRequiredService<ILogger<GovUkPay>>()) { Patience = TimeSpan.FromSeconds(1) })));
    }
}
