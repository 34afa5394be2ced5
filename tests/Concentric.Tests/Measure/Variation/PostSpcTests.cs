using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Concentric.Core.Data;
using Concentric.Core.People;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure.Variation;

/// <summary><c>POST /api/v1/spc</c>.</summary>
public sealed class PostSpcTests
{
    [Fact]
    public async Task A_program_with_a_key_gets_the_chart_that_the_command_line_gives()
    {
        await using var app = new TestApp();
        var http = app.Browse().Http;
        object[] points = [.. Enumerable.Range(0, 14).Select(i => new { date = $"{2015 + i / 12}-{i % 12 + 1:00}", value = (double?)(i == 5 ? null : 10 + i % 3) })];
        using var nobody = await http.PostAsJsonAsync("/api/v1/spc", new { points });
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);

        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("charts", app.Services.GetRequiredService<IWriter>(), app.Clock.Now));
        using var answer = await http.PostAsJsonAsync("/api/v1/spc", new { points, improvement = "up", target = 9.5, rebase = new[] { new { date = "2015-09", reason = "New form", by = "Grace Okoro" } } });
        var chart = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((14, 13, 1), (chart.GetProperty("points").GetArrayLength(), chart.GetProperty("n").GetInt32(), chart.GetProperty("gaps").GetInt32()));
        Assert.Equal(("New form", "Grace Okoro"), (chart.GetProperty("phases")[1].GetProperty("reason").GetString(), chart.GetProperty("phases")[1].GetProperty("by").GetString()));
        Assert.Equal("common-cause", chart.GetProperty("icons").GetProperty("variation").GetString());
        Assert.True(chart.GetProperty("icons").GetProperty("provisional").GetBoolean());
        Assert.Equal("gap", chart.GetProperty("points")[5].GetProperty("type").GetString());
    }

    private static readonly object[] One = [new { date = "2015-01", value = 1 }];

    [Fact]
    public async Task What_cannot_be_charted_is_a_problem_with_what_to_do()
    {
        await using var app = new TestApp();
        var http = app.Browse().Http;
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("charts", app.Services.GetRequiredService<IWriter>(), app.Clock.Now));

        foreach (var (body, told) in new (object, string)[]
        {
            (new { }, "There are no figures"),
            (new { points = new[] { new { date = "2015-01", value = 1 }, new { date = "2015-01", value = 2 } } }, "2015-01 is there twice: points[0] and points[1]"),
            (new { points = new[] { new { date = "soon", value = 1 } } }, "Points[0]: “soon” is no date"),
            (new { points = new object?[] { null } }, "Points[0] is nothing"),
            (new { points = One, rebase = new object?[] { null } }, "Rebase[0] is nothing"),
            (new { points = new[] { new { date = "２０１５-０１", value = 1 } } }, "is no date"),
            (new { points = new[] { new { date = "0000-W01", value = 1 } } }, "is no date"),
            (new { points = new[] { new { date = "2015-01", value = 1e308 }, new { date = "2015-02", value = -1e308 } } }, "Chart larger ones in a larger unit"),
            (new { points = new[] { new { date = "2015-01", value = 1, denominator = 1e-300 } } }, "a denominator is a number from 0.000001"),
            (new { points = Enumerable.Range(1, 24).Select(i => new { date = $"{2014 + (i + 11) / 12}-{(i - 1) % 12 + 1:00}", value = i }), seasonal = true, baselineYears = 400_000_000 }, "A baseline has at most 100 years"),
            (new { points = Enumerable.Range(1, 24).Select(i => new { date = $"{2014 + (i + 11) / 12}-{(i - 1) % 12 + 1:00}", value = i }), seasonal = true, baselineYears = 3 }, "3 baseline years are 36 periods, and there are 24"),
            (new { points = Enumerable.Range(1, 12).Select(i => new { date = $"{i}/1/2015", value = i }) }, "Say --date-order mdy if the month comes first"),
            (new { points = new[] { new { date = "2015-01", value = 1 } }, rules = "mine" }, "mdc7, mdc6, nelson, we"),
        })
        {
            using var answer = await http.PostAsJsonAsync("/api/v1/spc", body);
            Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Contains(told, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }
}
