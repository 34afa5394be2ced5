using Concentric.Core;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Concentric.Tests.Serve.Forms;

/// <summary>What forms.js adds to the pages of forms, in Chromium; all else is asked without it.</summary>
public sealed class FormsScriptTests(Chromium chromium) : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task The_page_warns_before_the_answers_are_hidden_and_going_on_starts_the_time_anew()
    {
        var ada = await At("what-happened");
        await using var context = await Context(ada.Browser);
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync($"https://localhost{ada.Draft}/what-happened");
        var warning = page.GetByRole(AriaRole.Alert);

        await page.Clock.RunForAsync("53:55");
        Assert.Equal(0, await warning.CountAsync());
        await page.Clock.RunForAsync("00:06");
        await Assertions.Expect(warning).ToContainTextAsync("Your answers will be hidden after 5 minutes");
        var goOn = page.GetByRole(AriaRole.Button, new() { Name = "Go on", Exact = true });
        await Assertions.Expect(goOn).ToBeFocusedAsync();
        _app.Clock.Now += TimeSpan.FromMinutes(54);
        await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync("Enter"), r => r.Url.EndsWith("/stay", StringComparison.Ordinal));
        await Assertions.Expect(warning).ToHaveCountAsync(0);
        Assert.Equal(_app.Clock.Now, await _app.Db(db => db.Drafts.Select(d => d.SeenAt).SingleAsync()));
        await page.Clock.RunForAsync("53:55");
        Assert.Equal(0, await warning.CountAsync());

        // Who types is there.
        _app.Clock.Now += TimeSpan.FromMinutes(54);
        await page.RunAndWaitForResponseAsync(() => page.Locator("textarea, input[type=text]").First.PressSequentiallyAsync("a"), r => r.Url.EndsWith("/stay", StringComparison.Ordinal));
        await page.Clock.RunForAsync("53:55");
        Assert.Equal(0, await warning.CountAsync());
        Assert.EndsWith("/what-happened", page.Url, StringComparison.Ordinal);

        _app.Clock.Now += TimeSpan.FromMinutes(61);
        await page.Clock.RunForAsync("05:10");
        await page.WaitForURLAsync("**/away");

        Assert.Equal("You have been away for a while", await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync());
    }

    [Fact]
    public async Task A_long_list_is_typed_into_and_the_choice_is_what_is_sent()
    {
        var ada = await At("service");
        var choice = FormIndex.Of(Complaint).ChoicesOf(Complaint.Questions.Single(q => q.Id == "service"))[2];
        await using var context = await Context(ada.Browser);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"https://localhost{ada.Draft}/service");
        var box = page.Locator("input#service");

        Assert.Equal(0, await page.Locator("select").CountAsync());
        Assert.Equal(FormIndex.Of(Complaint).ChoicesOf(Complaint.Questions.Single(q => q.Id == "service")).Count, await page.Locator("datalist#service-list option").CountAsync());
        Assert.False(string.IsNullOrWhiteSpace(await page.Locator("label[for=service]").TextContentAsync()));
        // What is on no list is told, and stays as it was typed.
        await box.FillAsync("the moon");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("input#service")).ToHaveValueAsync("the moon");
        await page.Locator("input#service").FillAsync($" {choice.Text.En.ToUpperInvariant()} ");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToHaveCountAsync(0);

        var id = Guid.ParseExact(ada.Draft.Split('/')[^1], "N");
        var draft = await _app.Db(db => db.Drafts.SingleAsync(d => d.Id == id));
        Assert.Equal(choice.Value, $"{Answers.Read(Complaint, draft.Answers)["service"]}");
        await page.GotoAsync($"https://localhost{ada.Draft}/service");
        await Assertions.Expect(page.Locator("input#service")).ToHaveValueAsync(choice.Text.En);
    }

    public void Dispose() => _app.Dispose();

    private static Form Complaint => Library.Forms.Single(f => f.Id == "complaint");

    private async Task<FillsIn> At(string page)
    {
        var ada = await new FillsIn(_app.Browse(), Complaint, FindAnswers.Complete(Complaint, Say.DayOf(_app.Clock.Now))!).Begin();
        return await ada.GoTo(page);
    }

    /// <summary>A browser with scripts that goes on where one without them stands: each of its requests is answered by the program with the other's cookies.</summary>
    private async Task<IBrowserContext> Context(Browser other)
    {
        var context = await (await chromium.Browser).NewContextAsync();
        await context.RouteAsync("**/*", async route =>
        {
            using var request = new HttpRequestMessage(new(route.Request.Method), route.Request.Url);
            if (route.Request.Headers.TryGetValue("requestverificationtoken", out var token)) request.Headers.TryAddWithoutValidation("RequestVerificationToken", token);
            if (route.Request.PostDataBuffer is { } body)
            {
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.TryAddWithoutValidation("Content-Type", route.Request.Headers["content-type"]);
            }
            using var response = await other.Http.SendAsync(request);
            await route.FulfillAsync(new()
            {
                Status = (int)response.StatusCode, BodyBytes = await response.Content.ReadAsByteArrayAsync(),
                Headers = response.Headers.Where(h => h.Key.StartsWith("Content-Security", StringComparison.Ordinal))
                    .Select(h => KeyValuePair.Create(h.Key, string.Join(',', h.Value))).Append(KeyValuePair.Create("Content-Type", $"{response.Content.Headers.ContentType}")),
            });
        });
        return context;
    }
}
