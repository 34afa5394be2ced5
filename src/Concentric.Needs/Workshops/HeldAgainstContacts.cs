using Concentric.Core;
using Concentric.Core.Questions;
using Concentric.Needs.Anticipation;
using Concentric.Needs.Anticipation.Figures;
using Concentric.Needs.Concepts;

namespace Concentric.Needs.Workshops;

/// <summary>What contacts show of one need or service of a workshop.</summary>
public sealed record ShownByContacts
{
    public required string Name { get; init; }

    /// <summary>Of a need: the services that meet it, by the model or as the workshop said, of which any counts.</summary>
    public required IReadOnlyList<string> MetBy { get; init; }
    public required bool IsPilot { get; init; }

    /// <summary>People who began with a pilot service, other than this one; null where they are fewer than <see cref="HeldAgainstContacts.LeastBegan"/>.</summary>
    public required long? Began { get; init; }

    /// <summary>Of these, those who also came for this one; null where they are fewer than <see cref="HeldAgainstContacts.LeastTold"/>.</summary>
    public required long? Also { get; init; }
    public required ShareFigure? Share { get; init; }

    /// <summary>How usual it is after any other first contact.</summary>
    public required ShareFigure? Usual { get; init; }

    /// <summary>What may be concluded, in words.</summary>
    public required string Reading { get; init; }
}

/// <summary>Something of the workshop of which contacts can tell nothing.</summary>
public sealed record CannotTell(string Name, string Why);

/// <summary>What was said in a workshop, held against the contacts of people who began with one of the services of its pilot.</summary>
public sealed record HeldAgainstContacts
{
    /// <summary>Fewer who also came than this are not told.</summary>
    public const int LeastAlso = AlsoAsked.LeastBoth;

    /// <summary>Of fewer who began with a pilot service than this, nothing is told.</summary>
    public const int LeastBegan = AnticipationChoice.LeastInGroup;

    private const int MostNotNamed = 10;

    /// <summary>Whether counts are as they are, for an analyst; otherwise rule A holds for each, and all else is made from what it leaves.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Fewer who also came than this are not told to this reader.</summary>
    public int LeastTold => IsExact ? LeastAlso : ShownCount.MostHidden + 1;

    public required string Council { get; init; }
    public required bool IsSynthetic { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }

    /// <summary>People who began with any of the pilot services; null where they are fewer than <see cref="LeastBegan"/>.</summary>
    public required long? Began { get; init; }
    public required IReadOnlyList<ShownByContacts> Needs { get; init; }
    public required IReadOnlyList<ShownByContacts> Services { get; init; }

    /// <summary>Services that the workshop did not name and that these people come for more than others do, the most frequent first.</summary>
    public required IReadOnlyList<ShownByContacts> NotNamed { get; init; }
    public required IReadOnlyList<CannotTell> Untold { get; init; }

    /// <summary>What is counted, in words.</summary>
    public static string Definition { get; } =
        $"People whose first contact about a pilot service was at least {AlsoAsked.Days} days before the end of the period; of these, the share who first asked for the other service on the same day or within {AlsoAsked.Days} days after. "
        + "Value demand of citizens only, each person once a service; no chasing and no repeats. Who asked for the other service before that is not counted as also coming for it. "
        + $"A need counts where somebody came for any service that meets it. The usual share is of all first contacts about other services, within the same {AlsoAsked.Days} days. Definition 1.";

    internal static HeldAgainstContacts Of(NeedModel model, Workshop workshop, IReadOnlyList<Statement> statements, FirstContacts of, bool exact = true)
    {
        var places = of.Services.Index().Where(s => s.Item.Length > 0).ToDictionary(s => s.Item, s => s.Index, StringComparer.Ordinal);
        var pilot = (workshop.Services ?? []).ToHashSet(StringComparer.Ordinal);
        var begin = Places(pilot);
        var untold = new List<CannotTell>();
        foreach (var service in pilot.Where(p => PlaceOf(p) is null)) untold.Add(new(Name(service), "No contact is about it, so nobody can be seen to begin with it."));

        var needs = statements.Where(s => s.Ring == Ring.Need).GroupBy(s => s.Concept ?? s.Words!.ToLowerInvariant()).Select(g => (Name: Name(g.First()), MetBy: MetBy([.. g]), IsPilot: false)).ToList();
        var named = statements.Where(s => s is { Ring: Ring.Service, Concept: not null }).Select(s => s.Concept!).Distinct(StringComparer.Ordinal).ToList();
        var services = named.Select(uri => (Name: Name(uri), MetBy: (IReadOnlyList<string>)[uri], IsPilot: pilot.Contains(uri))).ToList();
        foreach (var card in statements.Where(s => s is { Ring: Ring.Service, Concept: null }).DistinctBy(s => s.Words, StringComparer.OrdinalIgnoreCase))
            untold.Add(new(card.Words!, "It is in no list of services, so no contact is coded with it."));
        Tell(needs, "No service that contacts are about is said to meet it, so contacts cannot show it.");
        Tell(services, "No contact is about it.");
        var known = named.Select(PlaceOf).OfType<int>().ToHashSet();
        var further = places.Where(p => !known.Contains(p.Value) && model.Find(ConceptType.Service, p.Key) is not null)
            .Select(p => model.Find(ConceptType.Service, p.Key)!).Select(s => (Name: s.Plain, MetBy: (IReadOnlyList<string>)[s.Uri], IsPilot: pilot.Contains(s.Uri))).ToList();

        List<(string Name, IReadOnlyList<string> MetBy, bool IsPilot)> all = [.. needs, .. services, .. further];
        // The last set is of nothing, so its count is of all who began.
        var counts = CountFollowed.Of(of, begin, [.. all.Select(a => Places(a.MetBy)), new HashSet<int>()]);
        if (!exact) counts = [.. counts.Select(c => c.Rounded)];
        var rows = all.Select((a, i) => Row(a.Name, i < needs.Count ? [.. a.MetBy.Where(m => PlaceOf(m) is not null).Select(Name)] : [], a.IsPilot, counts[i], exact)).ToList();
        return new()
        {
            IsExact = exact,
            Council = of.Council,
            IsSynthetic = of.IsSynthetic,
            From = of.From,
            To = of.To,
            Began = Enough(counts[^1].Began),
            Needs = rows[..needs.Count],
            Services = rows[needs.Count..(needs.Count + services.Count)],
            NotNamed = Frequent(rows[(needs.Count + services.Count)..], counts.Skip(needs.Count + services.Count).Take(further.Count).ToList()),
            Untold = untold,
        };

        int? PlaceOf(string uri) => model.Find(uri) is { Type: ConceptType.Service } service && model.Find(ConceptType.Service, service.Identifier)?.Uri == uri && places.TryGetValue(service.Identifier, out var place) ? place : null;

        HashSet<int> Places(IEnumerable<string> uris) => [.. uris.Select(PlaceOf).OfType<int>()];

        string Name(object thing) => thing is Statement { Concept: null } card ? card.Words! : model.Find(thing is Statement s ? s.Concept! : (string)thing) is { } concept ? concept.Plain : $"{thing}";

        // By the model, and as cards of services hang on cards of the need.
        IReadOnlyList<string> MetBy(List<Statement> cards)
        {
            var keys = cards.SelectMany(c => new[] { c.Concept, c.Id.ToString() }).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var said = statements.Where(s => s is { Ring: Ring.Service, Concept: not null, Because: not null } && keys.Contains(s.Because)).Select(s => s.Concept!);
            return [.. (cards[0].Concept is { } uri ? model.From(uri, Predicate.AddressedBy).Select(r => r.Object) : []).Concat(said).Distinct(StringComparer.Ordinal)];
        }

        // What has no place among contacts is told apart and not counted.
        void Tell(List<(string Name, IReadOnlyList<string> MetBy, bool IsPilot)> cards, string why)
        {
            untold.AddRange(cards.Where(c => Places(c.MetBy).Count == 0 && !(c.IsPilot && untold.Exists(u => u.Name == c.Name))).Select(c => new CannotTell(c.Name, why)));
            cards.RemoveAll(c => Places(c.MetBy).Count == 0);
        }
    }

    private static ShownByContacts Row(string name, IReadOnlyList<string> metBy, bool isPilot, Followed counted, bool exact)
    {
        var (share, usual) = (Core.Share.Of(counted.Also, counted.Began), Core.Share.Of(counted.OthersAlso, counted.Others));
        var enough = counted.Began >= LeastBegan;
        var least = exact ? LeastAlso : ShownCount.MostHidden + 1;
        var told = enough && counted.Also >= least;
        return new()
        {
            Name = name,
            MetBy = metBy,
            IsPilot = isPilot,
            Began = Enough(counted.Began),
            Also = told ? counted.Also : null,
            Share = told ? ShareFigure.Of(share) : null,
            Usual = told && counted.OthersAlso >= least ? ShareFigure.Of(usual) : null,
            Reading = counted.Began == 0 ? "Nobody began with another pilot service"
                : !enough ? "Too few people to tell"
                : !told ? $"Fewer than {least} people: contacts do not show it"
                : usual is not { } other ? "There is nothing to hold it against"
                : Core.Share.Difference(share!.Value, other) switch { { Low: > 0 } => "More often than usual", { High: < 0 } => "Less often than usual", _ => "No different from usual, as far as can be told" },
        };
    }

    private static long? Enough(long began) => began >= LeastBegan ? began : null;

    // More than chance would bring about, with so many services tried at once.
    private static List<ShownByContacts> Frequent(List<ShownByContacts> rows, List<Followed> counts)
    {
        var tested = rows.Zip(counts).Where(t => t.First.Also is not null).ToList();
        var holds = Fisher.BenjaminiHochberg([.. tested.Select(t => Fisher.Greater(t.Second.Also, t.Second.Began, t.Second.Also + t.Second.OthersAlso, t.Second.Began + t.Second.Others))]);
        return [.. tested.Where((_, i) => holds[i]).Select(t => t.First).OrderByDescending(r => r.Share!.Share).ThenBy(r => r.Name, StringComparer.Ordinal).Take(MostNotNamed)];
    }
}
