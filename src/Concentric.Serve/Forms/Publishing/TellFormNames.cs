using Concentric.Core.Questions;

namespace Concentric.Serve.Forms;

/// <summary>Tells the other areas which forms there are.</summary>
internal sealed class TellFormNames(PublishedForms forms) : IFormNames
{
    public async Task<IReadOnlyList<FormName>> All(CancellationToken stop = default) =>
    [
        .. (await forms.All(stop)).Select(f => new FormName(f.Form.Id, f.Form.Title.En, f.Form.Service, f.Version, [.. f.Form.Pages.Where(p => !p.Stop).Select(p => p.Id)]))
            .Concat(Library.Bundles.Select(b => new FormName(b.Id, b.Title.En, "", 1, [])))
            .OrderBy(f => f.Title, StringComparer.Ordinal),
    ];
}
