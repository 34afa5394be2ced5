using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Concentric.Tests.Design;

/// <summary>axe over a page, less what is known to be govuk-frontend's own.</summary>
internal static class Axe
{
    /// <summary>Each finding as its rule and the element.</summary>
    /// <remarks>
    /// It runs over the page's root element: all rules, those of whole pages included, but without the page of its own that axe otherwise opens to join what it found in frames. We have none.
    /// One is left out: govuk-frontend's script says <c>aria-expanded</c> on a radio that reveals a question, which ARIA does not
    /// provide for. Its authors keep it because some screen readers then tell that something was revealed (alphagov/govuk-frontend#979).
    /// </remarks>
    public static async Task<IReadOnlyList<string>> Findings(IPage page) =>
        [.. (await page.Locator("html").RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] })).Violations.SelectMany(v => v.Nodes.Select(n => (v.Id, n.Html))).Where(f => !IsRevealingRadio(f.Id, f.Html)).Select(f => $"{f.Id}: {f.Html}")];

    private static bool IsRevealingRadio(string rule, string html) =>
        rule == "aria-allowed-attr" && html.Contains("class=\"govuk-radios__input\"", StringComparison.Ordinal) && html.Contains("aria-expanded=", StringComparison.Ordinal);
}
