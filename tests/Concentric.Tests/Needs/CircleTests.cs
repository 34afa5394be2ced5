using System.Text.RegularExpressions;
using Concentric.Needs.Circles;
using Concentric.Needs.Concepts;
using Concentric.Needs.Seeding;

namespace Concentric.Tests.Needs;

public sealed class CircleTests
{
    private static readonly SeedFiles Seed = SeedFiles.Read(NeedsDatabase.Now);
    private static readonly NeedModel Model = new(Seed.Schemes, Seed.Concepts, Seed.Relations);

    public static TheoryData<string> LifeEvents => [.. Model.InUse(ConceptType.LifeEvent).Select(c => c.Identifier)];

    [Theory]
    [MemberData(nameof(LifeEvents))]
    public void No_words_of_a_circle_lie_on_others_or_off_the_drawing(string slug)
    {
        var circle = Circle.Of(Model, slug)!;
        var drawing = CircleLayout.Of(circle);

        AssertClear(drawing);
        // The surest are drawn, the first of them the situation's own; the list has everything.
        Assert.Equal(Math.Min(circle.Needs.Count, CircleLayout.MostNeeds) + (circle.Direct.Count > 0 ? 1 : 0), drawing.Needs.Count);
        Assert.Subset(drawing.Needs.Select(n => n.Label).ToHashSet(), circle.Needs.Take(CircleLayout.MostNeeds).Select(n => n.Label).ToHashSet());
    }

    [Fact]
    public void Circles_of_any_size_are_clear()
    {
        var chance = new MadeUp(20260303);
        for (var run = 0; run < 400; run++)
        {
            var drawing = CircleLayout.Of(chance.Circle());
            AssertClear(drawing);
        }
    }

    [Theory]
    [MemberData(nameof(LifeEvents))]
    public void The_same_circle_is_drawn_the_same_each_time(string slug)
    {
        var first = CircleLayout.Of(Circle.Of(Model, slug)!);
        var second = CircleLayout.Of(Circle.Of(Model, slug)!);

        Assert.Equal(first.Lines, second.Lines);
        Assert.Equal(first.Boxes, second.Boxes);
    }

    [Fact]
    public void A_job_lost_leads_to_council_tax_help_and_says_why()
    {
        var circle = Circle.Of(Model, "lost-my-job")!;

        var need = Assert.Single(circle.Needs, n => n.Slug == "council-tax");
        Assert.Equal(Confidence.High, need.Strength);
        Assert.Equal("Less money coming in than before", need.Because[0].Circumstance);
        Assert.Equal(["58", "59", "60", "61", "63"], need.Services.Select(s => s.Id).Order(StringComparer.Ordinal));
        Assert.Equal(need.Services.OrderByDescending(s => s.Strength).Select(s => s.Id), need.Services.Select(s => s.Id));
        Assert.Equal(circle.Needs.OrderByDescending(n => n.Strength).Select(n => n.Slug), circle.Needs.Select(n => n.Slug));
    }

    [Fact]
    public void A_chain_is_as_sure_as_its_weakest_link()
    {
        var food = Assert.Single(Circle.Of(Model, "lost-my-job")!.Needs, n => n.Slug == "food");

        Assert.Equal(Confidence.Low, food.Strength);
    }

    [Fact]
    public void There_is_no_circle_of_what_nobody_has_named() => Assert.Null(Circle.Of(Model, "won-the-lottery"));

    [Theory]
    [MemberData(nameof(LifeEvents))]
    public async Task The_page_says_in_lists_what_the_picture_shows(string slug)
    {
        var circle = Circle.Of(Model, slug)!;

        var page = await Rendered.Page<CirclePage>(new { Circle = circle });

        var drawn = page.QuerySelectorAll("svg.circle a").Select(a => a.GetAttribute("href")!).ToList();
        var listed = page.QuerySelectorAll("section a.govuk-link").Select(a => a.GetAttribute("href")!).ToHashSet();
        Assert.Equal(drawn.Count, drawn.Distinct().Count());
        Assert.All(drawn.Where(h => h.StartsWith('/')), href => Assert.Contains(href, listed));
        Assert.All(drawn.Where(h => h.StartsWith('#')), href => Assert.NotNull(page.GetElementById(href[1..])));
        Assert.All(circle.Needs, need => Assert.Contains(need.Label, page.GetElementById($"need-{need.Slug}")!.TextContent, StringComparison.Ordinal));
        Assert.All(circle.Needs.SelectMany(n => n.Services), service => Assert.Contains(service.Reason, page.Body!.TextContent, StringComparison.Ordinal));
        Assert.All(page.QuerySelectorAll("svg.circle a"), a => Assert.False(string.IsNullOrWhiteSpace(a.QuerySelector("title")?.TextContent)));
        Assert.Contains("our own reading", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(LifeEvents))]
    public async Task The_page_keeps_to_a_strict_policy_and_its_ids_are_its_own(string slug)
    {
        var html = await Rendered.Html<CirclePage>(new { Circle = Circle.Of(Model, slug)! });
        var page = await Rendered.Page<CirclePage>(new { Circle = Circle.Of(Model, slug)! });

        Assert.DoesNotMatch(new Regex("""\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+="""), html);
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Empty(page.QuerySelectorAll("a").Where(a => a.GetAttribute("href") is null or "").Select(a => a.OuterHtml));
    }

    [Fact]
    public void A_long_word_is_broken_and_nothing_is_lost()
    {
        var lines = TextLines.Of("Pneumonoultramicroscopicsilicovolcanoconiosis support", 120, 15);

        Assert.All(lines, l => Assert.True(TextLines.WidthOf(l, 15) <= 120, l));
        Assert.Equal("Pneumonoultramicroscopicsilicovolcanoconiosissupport", string.Concat(lines).Replace("-", "", StringComparison.Ordinal));
    }

    private static void AssertClear(CircleDrawing drawing)
    {
        var boxes = drawing.Boxes.ToList();
        for (var i = 0; i < boxes.Count; i++)
        {
            Assert.True(boxes[i] is { Left: >= 0, Top: >= 0 } && boxes[i].Right <= drawing.Width && boxes[i].Bottom <= drawing.Height, $"{boxes[i]} is off the drawing");
            for (var j = i + 1; j < boxes.Count; j++) Assert.False(boxes[i].Overlaps(boxes[j]), $"{boxes[i]} lies on {boxes[j]}");
        }
        foreach (var need in drawing.Needs)
        {
            var (x, y) = (Math.Clamp(drawing.CentreX, need.Box.Left, need.Box.Right), Math.Clamp(drawing.CentreY, need.Box.Top, need.Box.Bottom));
            Assert.True(Math.Pow(x - drawing.CentreX, 2) + Math.Pow(y - drawing.CentreY, 2) > CircleLayout.CentreRadius * CircleLayout.CentreRadius, $"{need.Label} lies on the centre");
        }
        foreach (var service in drawing.Services)
        {
            var dot = new Box(service.X - 6, service.Y - 6, 12, 12);
            Assert.DoesNotContain(drawing.Needs, n => n.Box.Overlaps(dot));
        }
    }

    /// <summary>Circles made up from a number, the same on each run.</summary>
    private sealed class MadeUp(uint state)
    {
        public Circle Circle() => new()
        {
            Slug = "made-up",
            Label = Words(1, 7),
            Description = "",
            Uri = "http://concentric.example/id/life-event/made-up",
            Direct = Services(Next(4)),
            Needs = [.. Enumerable.Range(0, Next(13)).Select(Need)],
        };

        private CircleNeed Need(int n) => new()
        {
            Slug = $"need-{n}",
            Label = Words(1, 9),
            Description = "",
            Uri = "",
            Strength = (Confidence)Next(3),
            Because = [new() { Circumstance = "", Change = "", Need = "", Strength = Confidence.Low }],
            Services = Services(Next(7)),
        };

        private List<CircleService> Services(int count) => [.. Enumerable.Range(0, count).Select(_ => new CircleService
        {
            Id = $"{Next(60)}", Label = Words(1, 10), PublishedLabel = "", Uri = "", Strength = (Confidence)Next(3), Reason = "",
        }).DistinctBy(s => s.Id)];

        private string Words(int least, int most) => string.Join(' ', Enumerable.Range(0, least + Next(most - least + 1)).Select(_ => new string((char)('a' + Next(26)), 1 + Next(13))));

        // Numerical Recipes' linear congruence: enough to vary shapes.
        private int Next(int below)
        {
            state = state * 1664525 + 1013904223;
            return (int)((state >> 8) % (uint)below);
        }
    }
}
