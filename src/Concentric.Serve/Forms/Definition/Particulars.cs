using System.Text.Json;

namespace Concentric.Serve.Forms;

/// <summary>Something about a person, a home or a household that several services need and that is asked once.</summary>
/// <param name="Autocomplete">Token by which browsers fill it in.</param>
/// <param name="AboutWhom">Whose it is: the person's own, the home's, the household's, of somebody who died.</param>
public sealed record Particular(string Id, QuestionKind Kind, LocalText Title, string? Autocomplete = null, string? AboutWhom = null);

/// <summary>The dictionary of particulars (Library/particulars.json).</summary>
public static class Particulars
{
    private static readonly Lazy<Dictionary<string, Particular>> ById = new(() =>
        JsonSerializer.Deserialize<List<Particular>>(Library.Text("particulars.json"), FormJson.Options)!.ToDictionary(p => p.Id, StringComparer.Ordinal));

    public static IReadOnlyCollection<Particular> All => ById.Value.Values;

    public static Particular? Find(string id) => ById.Value.GetValueOrDefault(id);
}
