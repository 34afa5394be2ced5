
namespace Concentric.Tests.Journeys;

/// <summary>Walk 2 once more without a mouse: everything can be reached in the order of the page, is seen to have the focus, and nothing holds it.</summary>
[Collection(CitizenWalks.Name)]
public sealed class KeyboardWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    /// <summary>What the keyboard must reach, in the order of the page. Of radios that belong together only one takes part.</summary>
    private const string ListStops = """
        () => {
          window.stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')].filter(e =>
            e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true })
            && !(e.type === 'radio' && e !== (document.querySelector(`input[name="${e.name}"]:checked`) ?? document.querySelector(`input[name="${e.name}"]`))))
          return stops.map(e => `${e.tabIndex} ${e.outerHTML.slice(0, 120)}`)
        }
        """;

    /// <summary>Where the focus is: which stop, whether it lies on the screen, and whether it looks different from the same without the focus.</summary>
    private const string LookAtFocus = """
        () => {
          const e = document.activeElement
          if (!e || e === document.body) return { at: -1, onScreen: true, seen: true, what: 'nothing' }
          const clear = colour => /^rgba\(.*, 0\)$|^transparent$/.test(colour)
          const look = () => [e, ...e.querySelectorAll('*')].map(x => {
            const s = getComputedStyle(x)
            return [s.backgroundColor, s.boxShadow, s.fill, s.stroke, s.borderTopColor, s.borderTopWidth, s.outlineStyle === 'none' || clear(s.outlineColor) ? '' : `${s.outlineWidth} ${s.outlineColor}`].join('|')
          }).join()
          const box = e.getBoundingClientRect(), focused = look()
          e.blur()
          const blurred = look()
          e.focus()
          return { at: window.stops.indexOf(e), onScreen: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth, seen: focused !== blurred, what: e.outerHTML.slice(0, 160) }
        }
        """;

    /// <summary>What somebody who listens is told of the element that has the focus.</summary>
    private const string Named = "() => { const e = document.activeElement; return (e.labels?.[0]?.textContent ?? e.getAttribute('aria-label') ?? e.querySelector('title')?.textContent ?? e.textContent).trim() }";

    [Theory]
    [MemberData(nameof(Ways.Scripted), MemberType = typeof(Ways))]
    public async Task Asking_and_checking_by_keyboard_alone(Way way)
    {
        var ada = await Somebody(await app.Address(), way);
        var keys = ada.Page.Keyboard;
        await ada.Open("/");

        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        Assert.Equal("main-content", await ada.Page.EvaluateAsync<string>("document.activeElement.id"));
        await ada.Page.ReloadAsync();
        await GoThrough(ada);
        await Use(ada, "I have lost my job", "Enter");
        await ada.See("I have lost my job");
        await GoThrough(ada);
        await Use(ada, "See what can help", "Space");
        await ada.See("What you may need");
        await GoThrough(ada);
        await Use(ada, "See all of this as a circle", "Enter");
        await ada.See("I have lost my job");
        await GoThrough(ada);
        await Use(ada, "Ask for help to pay your council tax", "Enter");
        await ada.See("Ask for help to pay your council tax");
        await GoThrough(ada);
        await Use(ada, "Send an enquiry about this", "Space");
        await ada.See("Send an enquiry");
        await GoThrough(ada);

        await Use(ada, "Send", "Space");
        await ada.SeeErrors("Enter what you want to ask", "Enter your email address");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        Assert.Equal("What do you want to ask?", await ada.Page.EvaluateAsync<string>(Named));
        await keys.TypeAsync("I lost my job last week.");
        await keys.PressAsync("Tab");
        Assert.Equal("Your email address", await ada.Page.EvaluateAsync<string>(Named));
        await keys.TypeAsync("ada@example.com");
        await ada.Leave(() => keys.PressAsync("Enter"));
        await ada.See("Enquiry sent");
        await GoThrough(ada);

        await Use(ada, "check your enquiry", "Enter");
        await ada.See("Check an enquiry");
        await GoThrough(ada);
        await Tab(ada, "The email address that you gave us");
        await keys.TypeAsync("ada@example.com");
        await ada.Leave(() => keys.PressAsync("Enter"));
        await ada.See("We have your enquiry");
        await GoThrough(ada);
    }

    [Fact]
    public async Task The_menu_of_a_phone_is_opened_and_used_by_keyboard()
    {
        var ada = await Somebody(await app.Address(), Way.Phone);
        await ada.Open("/help");

        await Tab(ada, "Menu");
        await ada.Page.Keyboard.PressAsync("Space");
        await GoThrough(ada);
        await Use(ada, "Check an enquiry", "Enter");

        await ada.See("Check an enquiry");
    }

    /// <summary>Tabs from the first stop to the last and out again, and one back.</summary>
    private static async Task GoThrough(Walker walker)
    {
        // From the top, as somebody who has just come to the page.
        await walker.Page.EvaluateAsync("() => { document.activeElement?.blur(); getSelection()?.removeAllRanges(); document.body.setAttribute('tabindex', '-1'); document.body.focus(); document.body.removeAttribute('tabindex') }");
        var stops = await walker.Page.EvaluateAsync<string[]>(ListStops);
        Assert.All(stops, s => Assert.StartsWith("0 ", s, StringComparison.Ordinal));
        for (var i = 0; i < stops.Length; i++)
        {
            await walker.Page.Keyboard.PressAsync("Tab");
            var focus = await walker.Page.EvaluateAsync<Focus>(LookAtFocus);
            Assert.True(focus.At == i, $"{walker.Page.Url}: stop {i} should be {stops[i]} and is {focus.What}");
            Assert.True(focus.Seen, $"{walker.Page.Url}: nobody sees that this has the focus: {focus.What}");
            Assert.True(focus.OnScreen, $"{walker.Page.Url}: this has the focus and is not on the screen: {focus.What}");
        }
        await walker.Page.Keyboard.PressAsync("Shift+Tab");
        Assert.Equal(stops.Length - 2, (await walker.Page.EvaluateAsync<Focus>(LookAtFocus)).At);
        await walker.Page.Keyboard.PressAsync("Tab");
        // Out of the page: to the browser itself, or where it has nothing, to the first stop.
        await walker.Page.Keyboard.PressAsync("Tab");
        Assert.True((await walker.Page.EvaluateAsync<Focus>(LookAtFocus)).At is -1 or 0, $"{walker.Page.Url} does not let go of the focus");
    }

    private static async Task Use(Walker walker, string words, string key)
    {
        await Tab(walker, words);
        await walker.Leave(() => walker.Page.Keyboard.PressAsync(key));
    }

    /// <summary>Tabs on until what has the focus is called so.</summary>
    private static async Task Tab(Walker walker, string words)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await walker.Page.EvaluateAsync<string>(Named) == words) return;
            await walker.Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"{walker.Page.Url}: “{words}” cannot be reached by Tab");
    }

    private sealed class Focus
    {
        public int At { get; set; }
        public bool OnScreen { get; set; }
        public bool Seen { get; set; }
        public string What { get; set; } = "";
    }
}
