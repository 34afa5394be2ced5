namespace Concentric.Tests.Serve.Forms;

/// <summary>Texts that run as a script, or change a page, wherever something that was typed is shown without care: in text, in attributes quoted and bare, in addresses, in scripts, in styles, in templates.</summary>
internal static class Polyglots
{
    public static readonly IReadOnlyList<string> All =
    [
        "<script>alert(1)</script>",
        "<ScRiPt>alert(1)</sCrIpT>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<svg/onload=alert(1)//",
        "\"><script>alert(1)</script>",
        "'><script>alert(1)</script>",
        "\" autofocus onfocus=alert(1) x=\"",
        "' autofocus onfocus=alert(1) x='",
        "` onmouseover=alert(1) `",
        "</textarea><script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "</dd></dl><script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "--><script>alert(1)</script><!--",
        "]]><script>alert(1)</script>",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#x09;script:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "<a href=\"javascript:alert(1)\">a</a>",
        "<a href=\"&#106;avascript:alert(1)\">a</a>",
        "<iframe src=\"javascript:alert(1)\"></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\">",
        "<math><mi xlink:href=\"javascript:alert(1)\">",
        "<details open ontoggle=alert(1)>",
        "<body onload=alert(1)>",
        "<meta http-equiv=refresh content=0;url=//e.vil>",
        "<base href=//e.vil/>",
        "<form action=//e.vil><button>Send</button>",
        "<link rel=stylesheet href=//e.vil/a.css>",
        "<style>@import'//e.vil/a.css';</style>",
        "<marquee onstart=alert(1)>",
        "jaVasCript:/*-/*`/*'/*\"/**/(alert(1))//</tEXtArEa/>",
        "[a](javascript:alert(1)) ![a](x\"onerror=alert(1))",
        "((7*7)) {{7*7}} ${7*7} <%= 7*7 %> @(7*7)",
        "{{constructor.constructor('alert(1)')()}}",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    ];

    /// <summary>Whether what was typed stands in the page as it is, with signs that mean something there. One that is written in signs of reference stands there wherever its plain brother is shown as it should be.</summary>
    public static bool StandsIn(string html, string polyglot) => polyglot.AsSpan().IndexOfAny("<>\"'") >= 0 && html.Contains(polyglot, StringComparison.Ordinal);
}
