using Concentric.Serve;
using Concentric.Serve.Messages;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Concentric.Tests.Serve.Messages;

/// <summary>The program with GOV.UK Notify: a test itself says when it sends.</summary>
internal sealed class NotifyApp(int rate = 600_000, int atOnce = 16) : TestApp
{
    public NotifyStub Notify { get; private set; } = null!;

    public MessageSender Sender => Services.GetRequiredService<MessageSender>();

    public static async Task<NotifyApp> Start(int rate = 600_000, int atOnce = 16)
    {
        var app = new NotifyApp(rate, atOnce);
        app.Notify = await NotifyStub.Start(app.Clock);
        return app;
    }

    public Task Add(params Letter[] letters) => Write(db =>
    {
        foreach (var letter in letters) Outbox.Add(db, letter, Clock.Now);
        return Task.CompletedTask;
    });

    public Task<int> SendDue() => Sender.SendDue(default);

    public Task<Message> Only() => Db(db => db.Messages.AsNoTracking().SingleAsync());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Notify.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("CONCENTRIC_NOTIFY_KEY", NotifyStub.Key).UseSetting("CONCENTRIC_NOTIFY_URL", Notify.Address).UseSetting("CONCENTRIC_NOTIFY_EMAIL", NotifyStub.EmailTemplate)
            .UseSetting("CONCENTRIC_NOTIFY_TEXT", NotifyStub.TextTemplate).UseSetting("CONCENTRIC_NOTIFY_RATE", $"{rate}").UseSetting("CONCENTRIC_MESSAGES_AT_ONCE", $"{atOnce}")
            .UseSetting("CONCENTRIC_SITE", "https://forms.northmoor.example");
        builder.ConfigureServices(services =>
        {
            // As the program makes it, but for its patience.
            services.Replace(ServiceDescriptor.Singleton<IMessageDoor>(s => new NotifyDoor(s.GetRequiredService<Concentric.Core.Settings>().Notify!, NotifyDoor.Wire(), Clock) { Patience = TimeSpan.FromSeconds(1) }));
        });
    }
}
