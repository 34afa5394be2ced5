using Concentric.Core;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Measure.Variation.Asking;

/// <summary>A program sends figures and gets a control chart as numbers. Nothing is kept.</summary>
internal static class PostSpc
{
    private static readonly ApiExample Example = new(
        """
        {"points": [{"date": "2026-01", "value": 312}, {"date": "2026-02", "value": 298}, {"date": "2026-03", "value": null}, {"date": "2026-04", "value": 305}, {"date": "2026-05", "value": 301}],
         "improvement": "down", "target": 280, "rules": "mdc7"}
        """,
        """
        {"chart": "xmr", "rules": "mdc7", "rulesInWords": "Making Data Count: a point beyond a limit, 7 points in a row on one side of the mean, 7 in a row rising or falling, two of three near or beyond a limit.",
         "improvement": "down", "target": 280, "every": "month", "n": 4, "gaps": 1,
         "icons": {"variation": "common-cause", "assurance": "hit-or-miss", "last": "2026-05", "lower": 280.06, "upper": 327.94, "provisional": true,
          "variationInWords": "The last point shows nothing but the usual variation: no single cause need be looked for.", "assuranceInWords": "The target lies within the limits: it will be met at some times and missed at others, by chance."},
         "capability": {"n": 4, "mean": 304, "lower": 280.06, "upper": 327.94, "target": 280, "observed": 0, "expected": 0.0013},
         "phases": [{"from": "2026-01", "to": "2026-05", "reason": null, "by": null, "n": 4, "state": "provisional", "mean": 304, "meanMovingRange": 9, "sigmaZ": null, "screened": 0, "fixedThrough": null, "lag1": -0.5, "autocorrelated": false}],
         "warnings": ["Limits from 2026-01 on come from 4 values and are provisional: they need 12."],
         "points": [{"period": "2026-01", "date": "2026-01-01", "value": 312, "mean": 304, "lower": 280.06, "upper": 327.94, "nearLower": 288.04, "nearUpper": 319.96, "phase": 0, "flags": [], "reasons": [], "type": "common-cause"}]}
        """);

    public static void Map(Site site) => site.Api.MapPost("/spc", Post).For(Audience.ApiKey).WithName("PostSpc").WithSummary("Put figures on a control chart: limits, signals and icons")
        .WithDescription("One object for each period, missing ones as gaps. The same function is behind `concentric spc`; docs/how-to-read-a-control-chart.md says what the answer means. Nothing that is sent is kept.")
        .WithMetadata(Example);

    private static Results<Ok<SpcAnswer>, ProblemHttpResult> Post(SpcQuestion question)
    {
        try
        {
            return TypedResults.Ok(AskSpc.Answer(question));
        }
        catch (RefusedException refused)
        {
            return TypedResults.Problem(refused.Message, statusCode: StatusCodes.Status400BadRequest, title: "The figures cannot be charted");
        }
    }
}
