using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Serve.Forms.Tables;

namespace Concentric.Serve.Forms;

/// <summary>Addresses by postcode on a form's page: a postcode is looked for, one of those found is chosen, or the address is typed.</summary>
internal static class FindAddresses
{
    /// <summary>What was found for the address questions of a page that still need an answer, by question. None: the page may be continued from.</summary>
    /// <param name="typed">Is completed: by the lines of an address that was chosen.</param>
    /// <param name="pressed">The button: <c>home:manual</c>, <c>home:search</c>, or null.</param>
    /// <param name="wrong">Is added to: what must be said beside a list from which nothing was chosen.</param>
    public static async Task<Dictionary<string, IReadOnlyList<Choice>>> For(ConcentricDb db, JourneyPage page, Fields typed, string? pressed, CancellationToken stop, List<Problem>? wrong = null)
    {
        var found = new Dictionary<string, IReadOnlyList<Choice>>(StringComparer.Ordinal);
        foreach (var question in page.Page.Questions.Where(q => q.Kind == QuestionKind.Address))
        {
            var name = question.Id;
            if (pressed == $"{name}:manual")
            {
                typed.Set($"{name}.manual", "yes");
                found[name] = Typing;
                continue;
            }
            if (pressed == $"{name}:search")
            {
                foreach (var part in new[] { "line1", "line2", "town", "postcode", "uprn" }) typed.Set($"{name}.{part}");
                found[name] = Typing;
                continue;
            }
            if (typed[$"{name}.postcode"] is not { } postcode) continue;
            if (typed[$"{name}.line1"] is { } line1)
            {
                // The number of a property goes with the address that has it, and not with one that was typed over it.
                if (typed[$"{name}.uprn"] is { } kept && !(await Addresses.ByPostcode(db, postcode, stop)).Any(a => a.Uprn == kept && a.Line1 == line1)) typed.Set($"{name}.uprn");
                continue;
            }
            if (typed.Has($"{name}.manual")) continue;
            var known = await Addresses.ByPostcode(db, postcode, stop);
            switch (typed[$"{name}.choice"])
            {
                case "manual":
                    typed.Set($"{name}.manual", "yes");
                    found[name] = Typing;
                    break;
                case { } uprn when known.FirstOrDefault(a => a.Uprn == uprn) is { } chosen:
                    typed.Set($"{name}.line1", chosen.Line1).Set($"{name}.line2", chosen.Line2).Set($"{name}.town", chosen.Town).Set($"{name}.postcode", chosen.Postcode).Set($"{name}.uprn", chosen.Uprn);
                    break;
                // "Continue" without a choice: the list again, with what to do. A first search shows what there is.
                case null when typed.Has($"{name}.searched") && known.Count > 0:
                    wrong?.Add(new($"{name}.postcode", name, "format", Wording.Of("choose-address", question, "format")));
                    goto default;
                default:
                    if (!Core.Postcode.TryParse(postcode, out _)) break;
                    found[name] = [.. known.Select(a => new Choice(a.Uprn, a.InOneLine))];
                    if (known.Count == 0) typed.Set($"{name}.manual", "yes");
                    break;
            }
        }
        return found;
    }

    /// <summary>Nothing was found because nothing was looked for.</summary>
    private static IReadOnlyList<Choice> Typing { get; } = [];
}
