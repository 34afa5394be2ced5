using System.Globalization;
using Concentric.Core;
using Concentric.Serve.Forms;
using Concentric.Tests.Serve.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>A place is chosen on a map, whose tiles come from a server beside the program's.</summary>
public sealed class MapWalk(Chromium chromium) : Journey(chromium)
{
    // At the zoom of the settings, 12.
    private const double DegreesAPixel = 360.0 / (256 << 12);
    private const double Near = 0.0005;
    private const int Border = 2;

    private static readonly byte[] Pixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Theory]
    [InlineData(Way.Wide, 1280)]
    [InlineData(Way.Phone, 320)]
    public async Task What_is_chosen_on_the_map_stands_in_the_answers(Way way, int width)
    {
        await using var tiles = await TileServer();
        using var app = new MapApp($"{AddressOf(tiles.Services)}/{{z}}/{{x}}/{{y}}.png");
        app.UseKestrel(0);
        app.StartServer();
        var ada = await Somebody(new(AddressOf(app.Services)), way);
        await ada.Page.SetViewportSizeAsync(width, 900);
        var form = Library.Forms.Single(f => f.Id == "pothole");
        // The words alone: the point comes from the map.
        var answers = FindAnswers.Complete(form, Say.DayOf(app.Clock.Now))!.With("where", Value.Of([KeyValuePair.Create("words", Value.Of("By the gate"))]));
        List<string> scripts = [];
        ada.Page.Request += (_, request) => scripts.Add(Path.GetFileName(new Uri(request.Url).AbsolutePath));
        var (point, seen) = ("", false);

        await new FillsByKeyboard(ada, form, answers, Language.English).Send(async (step, questions) =>
        {
            if (questions.Any(q => q.Kind == QuestionKind.Place))
            {
                Assert.DoesNotContain("leaflet.js", scripts.Take(scripts.LastIndexOf("where")));
                point = await ChooseOnTheMap(ada, width);
            }
            if (step != Jump.Check) return;
            await ada.SeeWords(point);
            await ada.SeeWords("By the gate");
            seen = true;
        });

        Assert.True(seen);
        Assert.Contains("leaflet.js", scripts);
    }

    private static async Task<string> ChooseOnTheMap(Walker ada, int width)
    {
        var page = ada.Page;
        var map = page.GetByRole(AriaRole.Application, new() { Name = "Map to choose a point on" });
        var (latitude, longitude) = (page.Locator("[id='where.latitude']"), page.Locator("[id='where.longitude']"));
        async Task<(double North, double East)> Point() => (Degrees(await latitude.InputValueAsync()), Degrees(await longitude.InputValueAsync()));
        await map.Locator("img.leaflet-tile-loaded").First.WaitForAsync();
        Assert.Equal(0, await map.Locator(".app-map__pin").CountAsync());
        await map.GetByText("Northmoor & <others>").WaitForAsync();
        var box = (await map.BoundingBoxAsync())!;
        Assert.Equal(300, await map.EvaluateAsync<int>("e => e.clientHeight"));
        Assert.True(box.X >= 0 && box.X + box.Width <= width, $"The map reaches from {box.X} over {box.Width} pixels on a screen of {width}");

        // A click puts the point where it is.
        await map.ClickAsync(new() { Position = new() { X = 90, Y = 60 } });
        var clicked = await Point();
        Assert.Equal(-1.55 + (Border + 90 - box.Width / 2) * DegreesAPixel, clicked.East, Near);
        Assert.InRange(clicked.North, 53.8 + 0.01, 53.8 + 0.025);
        Assert.Equal($"Point chosen: latitude {await latitude.InputValueAsync()}, longitude {await longitude.InputValueAsync()}", await page.Locator(".app-map [role=status]").InnerTextAsync());

        // The marker is dragged; its tip is the point.
        var pin = (await map.Locator(".app-map__pin").BoundingBoxAsync())!;
        Assert.Equal((box.X + Border + 90, box.Y + Border + 60), (pin.X + pin.Width / 2, pin.Y + pin.Height), (a, b) => Math.Abs(a.Item1 - b.Item1) < 2 && Math.Abs(a.Item2 - b.Item2) < 2);
        await page.Mouse.MoveAsync(pin.X + 12, pin.Y + 12);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(pin.X + 42, pin.Y + 32, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        Assert.Equal(clicked.East + 30 * DegreesAPixel, (await Point()).East, Near);
        Assert.True((await Point()).North < clicked.North);

        // What is typed moves the marker, and so does where the person is.
        await page.GetByText("Give a point by latitude and longitude").ClickAsync();
        var before = await PinAt(map);
        await latitude.FillAsync("53.801");
        await longitude.FillAsync("-1.552");
        Assert.NotEqual(before, await PinAt(map));
        await latitude.FillAsync("");
        Assert.Equal(0, await map.Locator(".app-map__pin").CountAsync());
        // The press leaves the box, which changes what is said above the button: that must not move the button away from under the press.
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Use where I am now" });
        await button.ScrollIntoViewIfNeededAsync();
        var place = (await button.BoundingBoxAsync())!.Y;
        await page.Context.GrantPermissionsAsync(["geolocation"]);
        await page.Context.SetGeolocationAsync(new() { Latitude = 54.25f, Longitude = -1.25f });
        await button.ClickAsync();
        await page.GetByText("Point chosen: latitude 54.25, longitude -1.25").WaitForAsync();
        Assert.Equal(place, (await button.BoundingBoxAsync())!.Y, 1f);
        var shown = (await map.Locator(".app-map__pin").BoundingBoxAsync())!;
        // As a double: a float does not come to the page as a number.
        Assert.True(await map.EvaluateAsync<bool>("(map, at) => { const box = map.getBoundingClientRect(); return at.x > box.x && at.x < box.right && at.y > box.y && at.y < box.bottom }", new { x = (double)shown.X, y = (double)shown.Y }), "The map does not show where the person is");

        // Tiles that are dropped ask for nothing that the policy refuses.
        for (var i = 0; i < 3; i++) await map.GetByRole(AriaRole.Button, new() { Name = "Zoom out" }).ClickAsync();
        for (var i = 0; i < 3; i++) await map.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the point" }).ClickAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Remove the point" }).CountAsync());
        Assert.Equal(("", ""), (await latitude.InputValueAsync(), await longitude.InputValueAsync()));

        // By keyboard: past the map, or onto it and to its middle.
        var skip = page.GetByRole(AriaRole.Link, new() { Name = "Skip the map" });
        await skip.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("where-map-end", await page.EvaluateAsync<string>("document.activeElement.id"));
        await skip.FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        Assert.True(await map.EvaluateAsync<bool>("e => document.activeElement === e"), "Tab does not lead from the skip link to the map");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal((54.25, -1.25 + 80 * DegreesAPixel), await Point(), (a, b) => Math.Abs(a.Item1 - b.Item1) < Near && Math.Abs(a.Item2 - b.Item2) < Near);
        Assert.Matches(@"^-?\d+\.\d{1,6}$", await longitude.InputValueAsync());

        await ada.See("Where is the hole?");
        var widest = await page.Locator("html").EvaluateAsync<int>("html => html.scrollWidth");
        Assert.True(widest <= width, $"The page is {widest} pixels wide on a screen of {width}");
        // Back to the top, from where the form is filled in.
        await page.EvaluateAsync("() => { const top = document.createElement('span'); top.tabIndex = -1; document.body.prepend(top); top.focus() }");
        return $"Latitude {await latitude.InputValueAsync()}, longitude {await longitude.InputValueAsync()}";
    }

    private static async Task<(float, float)> PinAt(ILocator map) => (await map.Locator(".app-map__pin").BoundingBoxAsync())! is var box ? (box.X, box.Y) : default;

    private static double Degrees(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<WebApplication> TileServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapGet("/{z:int}/{x:int}/{y:int}.png", () => Results.Bytes(Pixel, "image/png"));
        await server.StartAsync();
        return server;
    }

    private static string AddressOf(IServiceProvider services) => services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().TrimEnd('/');
}
