using System.Collections.Concurrent;
using Concentric.Tests.Design;
using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>Somebody in front of a browser. Finds things as people do, by their words, and looks at each page that is shown.</summary>
internal sealed class Walker
{
    /// <summary>Where every page that is seen is kept as a picture, when it names a folder.</summary>
    private static readonly string? Shots = Environment.GetEnvironmentVariable("CONCENTRIC_SHOTS") is { Length: > 0 } folder ? folder : null;

    private readonly List<string> _complaints = [];
    private readonly string _walk;
    private int _seen;

    public Walker(IPage page, Way way, string walk)
    {
        (Page, Way, _walk) = (page, way, walk);
        page.Console += (_, message) => { if (message.Type is "error" or "warning" && !IsExpected(message)) _complaints.Add($"{message.Text} {message.Location}"); };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Page { get; }

    public Way Way { get; }

    public ILocator Main => Page.GetByRole(AriaRole.Main);

    public ILocator Link(string words) => Page.GetByRole(AriaRole.Link, new() { Name = words, Exact = true });

    public Task Open(string path) => Page.GotoAsync(path);

    /// <summary>Follows the first link of the page's main part with these words.</summary>
    /// <param name="button">The link looks like a button and says that it is one.</param>
    /// <param name="anywhere">The link may stand outside the main part, as the way back does.</param>
    public Task Follow(string words, bool button = false, bool anywhere = false)
    {
        var role = button ? AriaRole.Button : AriaRole.Link;
        return Leave(() => (anywhere ? Page.GetByRole(role, new() { Name = words, Exact = true }) : Main.GetByRole(role, new() { Name = words, Exact = true })).First.ClickAsync());
    }

    /// <summary>Goes to a part of the site by the navigation, which folds away on a phone.</summary>
    public async Task GoTo(string section)
    {
        if (Way == Way.Phone) await Page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await Leave(() => Page.GetByRole(AriaRole.Navigation, new() { Name = "Menu" }).GetByRole(AriaRole.Link, new() { Name = section }).ClickAsync());
    }

    public Task Press(string button) => Leave(() => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync());

    public Task Fill(string label, string text) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public Task Choose(string label) => Page.GetByRole(AriaRole.Radio, new() { Name = label, Exact = true }).CheckAsync();

    public Task Select(string label, string option) => Page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = option });

    /// <summary>Becomes one of the demo people, by what stands on the button.</summary>
    public async Task SignInAs(string person)
    {
        await Open("/sign-in");
        await Press(person);
    }

    /// <summary>Sends an enquiry as a citizen does and returns its reference.</summary>
    public async Task<string> Ask(string service, string words, string email)
    {
        await Open($"/enquiries/new?service={service}");
        await Fill("What do you want to ask?", words);
        await Fill("Your email address", email);
        await Press("Send");
        return await Page.Locator(".govuk-panel strong").InnerTextAsync();
    }

    /// <summary>Types it into the desk's one box.</summary>
    public async Task Find(string what)
    {
        await Fill("Find a person, a case, a form or an answer", what);
        await Press("Find");
    }

    /// <summary>The page has this heading, nothing of it is out of order, and it is no wider than the screen.</summary>
    public async Task See(string heading)
    {
        await Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = heading, Exact = true }).WaitForAsync();
        await Look(heading);
    }

    /// <summary>The page says what is wrong in a summary at its top, which has the focus where scripts run.</summary>
    public async Task SeeErrors(params string[] messages)
    {
        var summary = Page.Locator(".govuk-error-summary");
        Assert.Equal(messages, await summary.GetByRole(AriaRole.Link).AllInnerTextsAsync());
        Assert.StartsWith("Error: ", await Page.TitleAsync(), StringComparison.Ordinal);
        if (Way.ScriptsRun) Assert.True(await summary.EvaluateAsync<bool>("e => document.activeElement === e"), "The error summary does not have the focus");
        await Look("error");
    }

    /// <summary>The words stand somewhere in the page's main part.</summary>
    public Task SeeWords(string words) => Main.GetByText(words).First.WaitForAsync();

    /// <summary>The figure of that id is drawn where scripts run, and has its numbers in a table either way.</summary>
    public async Task SeeChart(string id)
    {
        var figure = Page.Locator($"figure#{id}");
        Assert.True(await figure.Locator("td[data-value]").CountAsync() > 2, $"The figure {id} has no numbers in a table");
        if (!Way.ScriptsRun)
        {
            Assert.Equal(0, await figure.Locator("canvas").CountAsync());
            return;
        }
        await figure.Locator("canvas").First.WaitForAsync();
        var colours = await figure.Locator("canvas").First.EvaluateAsync<int>("""
            canvas => {
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height), seen = new Set()
              let drawn = 0
              for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 0) { drawn++; seen.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]) }
              return drawn > 2000 ? seen.size : 0
            }
            """);
        Assert.True(colours > 3, $"The figure {id} is blank");
    }

    /// <summary>One screen of the page from that element on: the pictures under docs/images.</summary>
    public async Task Picture(string name, string from)
    {
        if (Shots is null || Way != Way.Wide) return;
        await Page.Locator(from).EvaluateAsync("e => window.scrollTo(0, e.getBoundingClientRect().top + scrollY - 20)");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"{name}.png") });
    }

    /// <summary>Presses Alt and a key for what the page gives that access key, and waits for the page to which it leads.</summary>
    /// <remarks>Keys that are pressed with Alt come from Playwright without the sign that stands on them, by which Chromium knows access keys; so the browser is told of them directly.</remarks>
    public async Task LeaveByAccessKey(char key)
    {
        const int alt = 1;
        var browser = await Page.Context.NewCDPSessionAsync(Page);
        await Leave(() => browser.SendAsync("Input.dispatchKeyEvent", new Dictionary<string, object>
        {
            ["type"] = "keyDown", ["modifiers"] = alt, ["key"] = $"{key}", ["code"] = $"Key{char.ToUpperInvariant(key)}", ["unmodifiedText"] = $"{key}", ["windowsVirtualKeyCode"] = (int)char.ToUpperInvariant(key),
        }));
        await browser.DetachAsync();
    }

    /// <summary>Goes by Tab to the field of that name, or to the button with these words.</summary>
    public async Task TabTo(string field)
    {
        for (var tabs = 0; tabs < 100; tabs++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await Page.EvaluateAsync<bool>("field => { const e = document.activeElement; return e.name === field || e.tagName === 'BUTTON' && e.innerText.trim() === field }", field)) return;
        }
        Assert.Fail($"Tab does not come to {field} on {Page.Url}");
    }

    private static readonly ConcurrentDictionary<string, bool> SeenByAxe = new(StringComparer.Ordinal);

    // The address less what differs from one thing to the next, and every class that something of the page has.
    private const string Likeness = """
        () => [location.pathname.replace(/[0-9a-f]{32}|[0-9a-f-]{36}|CN-[0-9A-Z-]+|[0-9]+/g, '#'),
          ...new Set([...document.querySelectorAll('[class]')].flatMap(e => [...e.classList]))].sort().join(' ')
        """;

    private async Task Look(string name)
    {
        _seen++;
        await Page.WaitForLoadStateAsync(LoadState.Load);
        if (Shots is not null && Way.ScriptsRun) await Page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"{_walk}-{Way}-{_seen:00}-{string.Concat(name.Where(c => char.IsLetterOrDigit(c) || c == ' ')).Replace(' ', '-')}.png"), FullPage = true });
        var widest = await Page.Locator("html").EvaluateAsync<int>("html => html.scrollWidth");
        Assert.True(widest <= Way.Width, $"{Page.Url} is {widest} pixels wide on a screen of {Way.Width}");
        // axe is by far the dearest look, a third of all that walks take. It cannot run where scripts are off, sees nothing new in a page that it has seen with the same components on the same screen,
        // and a page is the same whichever database it comes from.
        if (Way is not Way.JavaScriptOff && (Ways.IsWhole || !TestDatabase.IsPostgres) && SeenByAxe.TryAdd($"{Way} {await Page.EvaluateAsync<string>(Likeness)}", true)) Assert.Equal([], await Axe.Findings(Page));
        Assert.Equal([], _complaints);
    }

    /// <summary>Does what leads to another page, and waits until that is there.</summary>
    public async Task Leave(Func<Task> act)
    {
        var there = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Loaded(object? sender, IPage page) => there.TrySetResult();
        Page.Load += Loaded;
        try
        {
            await act();
            await there.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
        finally
        {
            Page.Load -= Loaded;
        }
    }

    // Chromium reports a page that is itself an answer such as "not found" or "to be put right", and scripts that we ourselves keep back.
    private bool IsExpected(IConsoleMessage complaint) =>
        (complaint.Text.Contains("the server responded with a status of 4", StringComparison.Ordinal) && complaint.Location.StartsWith(Page.Url, StringComparison.Ordinal))
        || (Way == Way.NoScriptArrives && complaint.Text.Contains("net::ERR_FAILED", StringComparison.Ordinal));
}
