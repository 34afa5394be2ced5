using Concentric.Core;
using Concentric.Core.Questions;
using Concentric.Serve;
using Concentric.Serve.Desk;
using Concentric.Serve.Enquiries;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve;

/// <summary>What is known of somebody's situation when it is asked what they may need next.</summary>
public sealed class SuggestNextTests : IDisposable
{
    private readonly TestApp _app = new();

    [Theory]
    [InlineData("", 0)]
    [InlineData("ada@example.com", 1)]
    public async Task People_who_left_no_address_are_not_taken_for_one(string email, int lately)
    {
        var (now, other) = (Of("524", email), Of("321", email));
        await _app.Write(db =>
        {
            db.Enquiries.AddRange(now, other);
            return Task.CompletedTask;
        });
        var needs = new Asked();

        await _app.Db(db => SuggestNext.View(now, ["living-alone"], new(Guid.Empty, SeesAll: true, [], null), db, needs, _app.Services.GetRequiredService<IServiceNames>(), default));

        Assert.Equal(("524", lately), (needs.Situation!.Service, needs.Situation.Lately.Count));
        Assert.Equal(["living-alone"], needs.Situation.Said);
    }

    public void Dispose() => _app.Dispose();

    private Enquiry Of(string service, string email) => new()
    {
        Id = Guid.CreateVersion7(_app.Clock.Now), Reference = Reference.New(), Token = Guid.CreateVersion7(_app.Clock.Now), Service = service, Words = "", Email = email, Channel = "phone", RaisedAt = _app.Clock.Now,
    };

    private sealed class Asked : INextNeeds
    {
        public SituationAsked? Situation { get; private set; }

        public Task<NextNeedsAnswer> For(SituationAsked situation, CancellationToken stop = default)
        {
            Situation = situation;
            return Task.FromResult(new NextNeedsAnswer([], [], []));
        }
    }
}
