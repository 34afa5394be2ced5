using System.Globalization;
using Concentric.Needs.Concepts;

namespace Concentric.Bench;

/// <summary>A need model of the size that a large council could have: generated, the same each time, and saying nothing about anybody.</summary>
/// <remarks>Links are drawn with a lean towards low numbers, so that some services meet many needs and most meet few, as in the model that comes with the program.</remarks>
internal static class GeneratedModel
{
    public const int Services = 5_000, Circumstances = 4_000, Needs = 1_000, LifeEvents = 40, Relations = 60_000;

    private static readonly string[] First = ["council", "home", "school", "travel", "waste", "care", "benefit", "library", "street", "garden", "permit", "health", "work", "family", "safety", "energy"];
    private static readonly string[] Second = ["help", "advice", "support", "grant", "place", "repair", "collection", "application", "assessment", "pass", "course", "visit", "report", "plan", "discount", "register"];

    /// <summary>The lists, in the order in which they must be written.</summary>
    public static IReadOnlyList<Scheme> Schemes { get; } =
        [.. new[] { ConceptType.LifeEvent, ConceptType.Circumstance, ConceptType.Need, ConceptType.Service }.Select(type => new Scheme
        {
            Uri = SchemeUris.SchemeOf(type), Identifier = SchemeUris.Word(type), Label = type.ToString(), Version = "1", Licence = "none", Attribution = "Generated", Source = "Generated", ModifiedAt = DateTimeOffset.UnixEpoch,
        })];

    /// <summary>The whole model in memory.</summary>
    public static NeedModel Make()
    {
        var concepts = Concepts();
        return new(Schemes, concepts, Links(), edition: 1);
    }

    public static List<Concept> Concepts() =>
    [
        .. Of(ConceptType.LifeEvent, LifeEvents), .. Of(ConceptType.Circumstance, Circumstances), .. Of(ConceptType.Need, Needs), .. Of(ConceptType.Service, Services),
    ];

    public static List<Relation> Links()
    {
        var chance = new SeededChance(20261122);
        var links = new Dictionary<(string, Predicate, string), Relation>();
        void Draw(int count, Predicate predicate, ConceptType from, int fromCount, ConceptType to, int toCount)
        {
            for (var end = links.Count + count; links.Count < end;)
            {
                var (subject, target) = (Uri(from, chance.Below(fromCount)), Uri(to, Math.Min(chance.Below(toCount), chance.Below(toCount))));
                links[(subject, predicate, target)] = new()
                {
                    Subject = subject, Predicate = predicate, Object = target, Source = "generated", Confidence = (Confidence)chance.Below(3), Reason = "It was drawn by chance.",
                    Mode = predicate == Predicate.DefinesEligibility ? EligibilityMode.Qualifies : null,
                };
            }
        }
        Draw(400, Predicate.Changes, ConceptType.LifeEvent, LifeEvents, ConceptType.Circumstance, Circumstances);
        Draw(100, Predicate.Determines, ConceptType.LifeEvent, LifeEvents, ConceptType.Service, Services);
        Draw(29_500, Predicate.Implies, ConceptType.Circumstance, Circumstances, ConceptType.Need, Needs);
        Draw(20_000, Predicate.AddressedBy, ConceptType.Need, Needs, ConceptType.Service, Services);
        Draw(10_000, Predicate.DefinesEligibility, ConceptType.Circumstance, Circumstances, ConceptType.Service, Services);
        return [.. links.Values];
    }

    public static string Identifier(ConceptType type, int number) => type == ConceptType.Service ? number.ToString(CultureInfo.InvariantCulture) : $"{SchemeUris.Word(type)}-{number}";

    private static string Uri(ConceptType type, int number) => SchemeUris.UriOf(type, Identifier(type, number));

    private static IEnumerable<Concept> Of(ConceptType type, int count) => Enumerable.Range(0, count).Select(i => new Concept
    {
        Uri = Uri(type, i), Scheme = SchemeUris.SchemeOf(type), Identifier = Identifier(type, i), Type = type, Status = ConceptStatus.Active,
        Label = $"{First[i % 16]} {Second[i / 16 % 16]} {i}", Definition = $"The {i}. {SchemeUris.Word(type)} about {First[i * 7 % 16]}.",
    });
}
