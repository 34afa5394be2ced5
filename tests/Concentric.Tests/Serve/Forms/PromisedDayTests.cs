using Concentric.Core;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Forms;

/// <summary>By when an answer is promised, where the council has said which days it works.</summary>
public sealed class PromisedDayTests
{
    [Fact]
    public async Task It_is_counted_without_the_nations_holidays_and_the_councils_own()
    {
        using var app = new ClosedApp();
        var today = Say.DayOf(app.Clock.Now);
        var form = Library.Forms.Single(f => f.Id == "pothole");
        var ada = await new FillsIn(app.Browse(), form, FindAnswers.Complete(form, today)!).Begin();
        await ada.GoTo();
        await ada.Send();

        Assert.Equal((new DateOnly(2026, 3, 2), 5), (today, form.PromiseDays));
        // The days that are left: 12, 13, 16, 18 and 19 March. St Patrick's Day is the 17th.
        Assert.Equal(new DateOnly(2026, 3, 19), (await app.Db(db => db.Submissions.SingleAsync())).DueOn);
        Assert.Contains("19 March 2026", ada.Browser.Text, StringComparison.Ordinal);
    }

    private sealed class ClosedApp : TestApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("CONCENTRIC_NATION", "northern-ireland").UseSetting("CONCENTRIC_CLOSED", "2026-03-03..2026-03-06,2026-03-09..2026-03-11");
        }
    }
}
