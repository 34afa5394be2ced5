using System.Globalization;
using System.Text;
using Concentric.Core.Questions;
using Concentric.Serve.Forms;

namespace Concentric.Serve.Conversations;

/// <summary>Finds forms by what people call them.</summary>
internal static class FindForms
{
    /// <summary>Those of which each word begins one of their title's, their service's names' or its citizens' words; all without words.</summary>
    /// <param name="demand">What citizens ask of a service, in their words, by service.</param>
    public static IReadOnlyList<FormChoiceRow> By(string? words, IEnumerable<Form> forms, IEnumerable<Bundle> bundles, IReadOnlyDictionary<string, ServiceName> services, ILookup<string, string> demand)
    {
        var asked = Words(words).ToList();
        var rows = forms.Select(f => (Row: new FormChoiceRow(f.Id, f.Title.En, IsBundle: false),
                Said: Words($"{f.Title.En} {f.Title.Cy} {f.Id} {services.GetValueOrDefault(f.Service)?.Label} {services.GetValueOrDefault(f.Service)?.CitizenLabel} {string.Join(' ', demand[f.Service])}")))
            .Concat(bundles.Select(b => (Row: new FormChoiceRow(b.Id, b.Title.En, IsBundle: true), Said: Words($"{b.Title.En} {b.Title.Cy} {b.Id}"))));
        return [.. rows.Where(r => r.Said.ToList() is var said && asked.TrueForAll(a => said.Exists(s => s.StartsWith(a, StringComparison.Ordinal)))).Select(r => r.Row).OrderBy(r => r.Title, StringComparer.CurrentCulture)];
    }

    private static IEnumerable<string> Words(string? text)
    {
        var word = new StringBuilder();
        foreach (var sign in (text ?? "").Normalize(NormalizationForm.FormD))
        {
            if (char.GetUnicodeCategory(sign) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetterOrDigit(sign)) word.Append(char.ToLowerInvariant(sign));
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
        if (word.Length > 0) yield return word.ToString();
    }
}
