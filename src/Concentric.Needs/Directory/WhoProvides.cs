using System.Text.Json.Serialization;
using Concentric.Core;
using Concentric.Needs.Concepts;

namespace Concentric.Needs.Directory;

/// <summary>Who offers a service, as the directory knows. NotKnown: the directory holds no offers at all, so nothing can be said.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Provider>))]
public enum Provider
{
    [JsonStringEnumMemberName("not-known")] NotKnown,
    [JsonStringEnumMemberName("ours")] Ours,
    [JsonStringEnumMemberName("partner")] Partner,
    [JsonStringEnumMemberName("both")] Both,
    [JsonStringEnumMemberName("nobody")] Nobody,
}

/// <summary>Tells ours from partners'.</summary>
internal static class WhoProvides
{
    /// <summary>The address of the council that runs the program, as an organisation.</summary>
    public static string Own(Settings settings) => SchemeUris.UriOf(ConceptType.Organisation, settings.Council);

    /// <param name="own">Address of our own organisation; without it nothing can be said.</param>
    public static Provider Of(NeedModel model, string service, string? own)
    {
        if (own is null || model.Offers.Count == 0) return Provider.NotKnown;
        var (ours, partners) = (false, false);
        foreach (var offer in model.OffersOf(service))
        {
            if (offer.Organisation == own) ours = true;
            else partners = true;
        }
        return (ours, partners) switch { (true, true) => Provider.Both, (true, false) => Provider.Ours, (false, true) => Provider.Partner, _ => Provider.Nobody };
    }

    /// <summary>The names of those who offer a service: ours first, then partners by name.</summary>
    public static IReadOnlyList<string> Names(NeedModel model, string service, string? own) =>
    [
        .. model.OffersOf(service).Select(o => o.Organisation).Distinct().OrderByDescending(o => o == own).ThenBy(o => NameOf(model, o), StringComparer.OrdinalIgnoreCase).Select(o => NameOf(model, o)),
    ];

    public static string NameOf(NeedModel model, string organisation) => model.Find(organisation)?.Plain ?? organisation;
}
