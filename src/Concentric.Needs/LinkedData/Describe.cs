using System.Runtime.CompilerServices;
using Concentric.Needs.Concepts;

namespace Concentric.Needs.LinkedData;

/// <summary>What the model says of a thing, as linked data: lists in SKOS, offers in CPSV-AP 3.2, the rest in <see cref="OwnTerms"/>. There are no nameless nodes.</summary>
internal sealed partial class Describe(NeedModel model, OutsideAddress outside)
{
    private static readonly ConditionalWeakTable<NeedModel, Dictionary<Guid, Relation>> Statements = [];

    /// <summary>The whole model: every list, entry, statement, offer and place.</summary>
    public IEnumerable<Triple> All() =>
    [
        .. model.Schemes.SelectMany(Scheme),
        .. model.Concepts.SelectMany(Concept),
        .. Told.SelectMany(Statement),
        .. Directory(),
        .. OwnTerms.Describe(outside),
    ];

    /// <summary>The directory: offers in use, the places where they are given and the organisations that give them.</summary>
    public IEnumerable<Triple> OnlyDirectory() =>
        model.Offers.Where(o => o.InUse).Select(o => o.Organisation).Distinct(StringComparer.Ordinal).Select(model.Find).OfType<Concept>().SelectMany(Concept).Concat(Directory());

    private IEnumerable<Triple> Directory() => model.Offers.SelectMany(Offer).Concat(model.Places.SelectMany(Place));

    /// <summary>A list with all its entries.</summary>
    public IEnumerable<Triple> WholeList(Scheme scheme) => Scheme(scheme).Concat(model.Concepts.Where(c => c.Scheme == scheme.Uri).SelectMany(Concept));

    /// <summary>An entry of a list with the statements that begin at it.</summary>
    public IEnumerable<Triple> WholeConcept(Concept concept) => Concept(concept).Concat(Told.Where(r => r.Subject == concept.Uri).SelectMany(Statement));

    public IEnumerable<Triple> Scheme(Scheme scheme) => Of(scheme.Uri,
    [
        (Names.Type, Term.Address(Names.Skos + "ConceptScheme")),
        (Names.Dct + "identifier", Term.Plain(scheme.Identifier)),
        (Names.Dct + "title", Term.Words(scheme.Label)),
        (Names.Owl + "versionInfo", Term.Plain(scheme.Version)),
        (Names.Dc + "rights", Term.Words(scheme.Licence)),
        (Names.Cc + "attributionName", Term.Plain(scheme.Attribution)),
        (Names.Dc + "source", Term.Words(scheme.Source)),
        (Names.Dct + "modified", Term.Of(scheme.ModifiedAt)),
    ]);

    public IEnumerable<Triple> Concept(Concept concept) => concept.Type == ConceptType.Organisation && IsPublic(concept) ? Entry(concept).Concat(Area(concept)) : Entry(concept);

    private IEnumerable<Triple> Entry(Concept concept) => Of(concept.Uri,
    [
        .. KindsOf(concept).Select(kind => (Names.Type, (Term?)Term.Address(kind))),
        (Names.Skos + "inScheme", Link(concept.Scheme)),
        (Names.Skos + "notation", Term.Plain(concept.Identifier)),
        (Names.Dct + "identifier", Term.Plain(concept.Identifier)),
        (Names.Skos + "prefLabel", Term.Words(concept.Label)),
        (Names.Dct + "title", concept.Type is ConceptType.LifeEvent or ConceptType.Organisation ? Term.Words(concept.Label) : null),
        (Names.Dct + "spatial", concept.Type == ConceptType.Organisation && IsPublic(concept) ? Link(AreaOf(concept)) : null),
        .. Labels(concept.CitizenLabel, concept.OtherNames, concept.FormerLabels).Where(l => l != concept.Label).Select(label => (Names.Skos + "altLabel", (Term?)Term.Words(label))),
        .. (concept.OtherWords ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Select(word => (Names.Skos + "hiddenLabel", (Term?)Term.Words(word))),
        (Names.Skos + "definition", Words(concept.Definition)),
        (Names.Skos + "scopeNote", Words(concept.ScopeNote)),
        (Names.Skos + "historyNote", Words(concept.HistoryNote)),
        (Names.Dct + "isReplacedBy", concept.ReplacedBy is { } by ? Link(by) : null),
        (Names.Dct + "created", concept.Created is { } created ? Term.Of(created) : null),
        (Names.Dct + "modified", concept.Modified is { } modified ? Term.Of(modified) : null),
        (Names.Owl + "deprecated", concept.InUse ? null : Term.Yes),
        (Names.Foaf + "homepage", Uri.TryCreate(concept.Details?.Web, UriKind.Absolute, out var web) && web.Scheme is "http" or "https" ? Term.Address(Addresses.Written(web.AbsoluteUri)) : null),
        (outside.Terms + "polarity", Plain(concept.Details?.Polarity)),
        (outside.Terms + "period", Plain(concept.Details?.Period)),
        (outside.Terms + "unit", Plain(concept.Details?.Unit)),
        .. from predicate in Enum.GetValues<Predicate>()
           let name = OwnTerms.Of(predicate, outside.Terms)
           where name is not null
           from target in model.From(concept.Uri, predicate).Select(r => r.Object).Distinct(StringComparer.Ordinal)
           select (name, (Term?)Link(target)),
    ]);

    /// <summary>The area of a public organisation, which CPSV-AP asks for: all that is known of it is whose it is, and the code that the Government Statistical Service gives it.</summary>
    private IEnumerable<Triple> Area(Concept organisation) => Of(AreaOf(organisation),
    [
        (Names.Type, Term.Address(Names.Dct + "Location")),
        (Names.Type, Term.Address(Names.TerritorialUnit)),
        (Names.Dct + "identifier", Plain(organisation.Details?.Gss)),
        (Names.Rdfs + "label", Term.Words($"Area of {organisation.Label}")),
    ]);

    private static string AreaOf(Concept organisation) => $"{(OutsideAddress.IsOurs(organisation.Uri) ? organisation.Uri : SchemeUris.UriOf(ConceptType.Organisation, organisation.Identifier))}#area";

    /// <summary>Who says that one thing leads to another, how surely and why. What defines eligibility is a requirement in the words of CPSV-AP too.</summary>
    public IEnumerable<Triple> Statement(Relation relation)
    {
        var subject = model.Find(relation.Subject)!;
        return Of(UriOf(relation),
        [
            (Names.Type, Term.Address(Names.Rdf + "Statement")),
            (Names.Type, relation.Predicate == Predicate.DefinesEligibility ? Term.Address(Names.Cv + "Requirement") : null),
            (Names.Rdf + "subject", Link(relation.Subject)),
            (Names.Rdf + "predicate", Term.Address(OwnTerms.Of(relation.Predicate, outside.Terms)!)),
            (Names.Rdf + "object", Link(relation.Object)),
            (Names.Dct + "identifier", relation.Predicate == Predicate.DefinesEligibility ? Term.Plain(IdOf(relation).ToString()) : null),
            (Names.Dct + "title", relation.Predicate == Predicate.DefinesEligibility ? Term.Words(subject.Plain) : null),
            (Names.Dct + "description", relation.Reason.Length > 0 ? Term.Words(relation.Reason) : null),
            (Names.Dc + "source", Term.Plain(relation.Source)),
            (outside.Terms + "confidence", Term.Plain(relation.Confidence.ToString().ToLowerInvariant())),
            (outside.Terms + "mode", Plain(relation.Mode?.ToString().ToLowerInvariant())),
            (outside.Terms + "evidence", Plain(relation.Evidence)),
            (outside.Terms + "validFrom", relation.ValidFrom is { } from ? Term.Of(from) : null),
            (outside.Terms + "validTo", relation.ValidTo is { } to ? Term.Of(to) : null),
        ]);
    }

    public Relation? FindStatement(string id) => Guid.TryParseExact(id, "D", out var guid)
        ? Statements.GetValue(model, _ => Told.ToDictionary(IdOf)).GetValueOrDefault(guid) : null;

    /// <summary>The relations in force that may be told to everybody and that somebody gives a reason for.</summary>
    private IEnumerable<Relation> Told => model.Relations.Where(r =>
        (r.Reason.Length > 0 || r.Predicate == Predicate.DefinesEligibility) && OwnTerms.Of(r.Predicate, "") is not null && (model.Today == default || r.HoldsOn(model.Today))
        && model.Find(r.Subject) is { InUse: true } && model.Find(r.Object) is { InUse: true });

    private Guid IdOf(Relation relation) => outside.Uuid($"{SchemeUris.Ours}/relation/{relation.Key}");

    private string UriOf(Relation relation) => $"{SchemeUris.Ours}/relation/{IdOf(relation)}";

    private IEnumerable<string> KindsOf(Concept concept)
    {
        yield return Names.Skos + "Concept";
        switch (concept.Type)
        {
            case ConceptType.LifeEvent: yield return Names.Cv + "LifeEvent"; break;
            case ConceptType.Circumstance: yield return outside.Terms + "Circumstance"; break;
            case ConceptType.Need: yield return outside.Terms + "Need"; break;
            case ConceptType.Service: yield return outside.Terms + "ServiceType"; break;
            case ConceptType.Outcome: yield return outside.Terms + "Outcome"; break;
            case ConceptType.MetricType: yield return outside.Terms + "Metric"; break;
            case ConceptType.Organisation:
                yield return Names.Org + "Organization";
                if (IsPublic(concept)) yield return Names.Cv + "PublicOrganisation";
                break;
        }
    }

    private static bool IsPublic(Concept organisation) =>
        organisation.Scheme == SchemeUris.Authorities || organisation.Details?.Kind is "council" or "nhs" or "police" or "fire" or "government" or "public";

    private static IEnumerable<string> Labels(params IEnumerable<string?> names) =>
        names.SelectMany(n => (n ?? "").Split('\n')).Where(l => !string.IsNullOrWhiteSpace(l)).Select(l => l.Trim()).Distinct(StringComparer.Ordinal);

    private IEnumerable<Triple> Of(string subject, IEnumerable<(string Predicate, Term? Object)> said) =>
        said.Where(s => s.Object is not null).Select(s => new Triple(Addresses.Written(outside.Of(subject)), s.Predicate, s.Object!.Value));

    private Term Link(string uri) => Term.Address(Addresses.Written(outside.Of(uri)));

    private static Term? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : Term.Words(text);

    private static Term? Plain(string? text) => string.IsNullOrWhiteSpace(text) ? null : Term.Plain(text);
}
