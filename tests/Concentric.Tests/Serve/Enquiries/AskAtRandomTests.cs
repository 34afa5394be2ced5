using System.Net;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Enquiries;
using Concentric.Tests.Serve.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Enquiries;

/// <summary>Questions to a citizen, answers and all else that can happen to an enquiry, in any order.</summary>
public sealed class AskAtRandomTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_happens_in_whatever_order_it_waits_exactly_while_a_question_is_open(int seed)
    {
        var asha = await _app.SignInAs(Role.Adviser);
        await (await asha.Open("/desk/enquiries/new")).Press("Keep it", ("Channel", "phone"), ("Words", "The bin was missed."), ("Email", "ada@example.com"));
        var reference = asha.Response.RequestMessage!.RequestUri!.AbsolutePath.Split('/')[^1];
        var (chance, clock) = (new Random(seed), _app.Services.GetRequiredService<AskClock>());
        var (waits, open, asked) = (false, true, 0);
        var backOn = DateOnly.MaxValue;
        var calendar = _app.Services.GetRequiredService<WorkingCalendar>();
        for (var step = 0; step < 40; step++)
        {
            var token = $"{Guid.CreateVersion7(_app.Clock.Now)}";
            await asha.Open($"/desk/enquiries/{reference}");
            switch (chance.Next(7))
            {
                case 0 or 1:
                    await asha.Post($"/desk/enquiries/{reference}/ask", [("Question", "Which?"), ("Token", token)]);
                    Assert.Equal(open && !waits, asha.Status == HttpStatusCode.OK);
                    if (!open || waits) break;
                    (waits, asked, backOn) = (true, asked + 1, calendar.Add(Say.DayOf(_app.Clock.Now), Asked.WorkingDays));
                    break;
                case 2:
                    await _app.Services.GetRequiredService<IWriter>().Write(async d => await AnswerQuestion.Keep(d, (await d.Enquiries.SingleAsync()).Id, "This.", Guid.Parse(token), "web", Actor.Citizen, _app.Clock.Now));
                    waits = false;
                    break;
                case 3:
                    await asha.Post($"/desk/enquiries/{reference}/asked", [("Do", "go-on"), ("Token", token)]);
                    waits = false;
                    break;
                case 4:
                    _app.Clock.Now = _app.Clock.Now.AddDays(chance.Next(1, 9));
                    asha = await _app.SignInAs(Role.Adviser);
                    var due = waits && Say.DayOf(_app.Clock.Now) >= backOn;
                    Assert.Equal(due ? 1 : 0, await clock.BringBack());
                    waits &= !due;
                    break;
                case 5 when open:
                    await asha.Post($"/desk/enquiries/{reference}", [("Answer", "So."), ("Demand", "value")]);
                    (open, waits) = (false, false);
                    break;
                case 6 when !open:
                    await _app.Write(async d =>
                    {
                        var enquiry = await d.Enquiries.Whole.SingleAsync();
                        d.Remove(enquiry.Answer!);
                        enquiry.Reopen();
                    });
                    open = true;
                    break;
            }
            var enquiry = await _app.Db(d => d.Enquiries.AsNoTracking().SingleAsync());
            Assert.Equal((step, open, waits), (step, enquiry.IsOpen, enquiry.IsPaused));
            Assert.Equal(waits, await _app.Db(d => Asked.Of(d, enquiry)) is not null);
            Assert.Equal(asked, await _app.Db(d => d.Asked.CountAsync()));
        }
        // Each question went out once, and each end of one is one fact, save of those that the answer overtook.
        Assert.Equal((asked, asked), ((await _app.Facts<EnquiryAsked>()).Count, await _app.Db(d => d.Messages.CountAsync(m => m.Kind == "question"))));
        var ends = await _app.Db(d => d.Asked.Select(a => a.End).ToListAsync());
        Assert.Equal(ends.Count(e => e == AskedEnd.Answered), (await _app.Facts<CitizenAnswered>()).Count);
        // What was answered late had ended without an answer before.
        Assert.InRange((await _app.Facts<AskingEnded>()).Count, ends.Count(e => e is AskedEnd.NoAnswer or AskedEnd.TakenBack), asked);
    }
}
