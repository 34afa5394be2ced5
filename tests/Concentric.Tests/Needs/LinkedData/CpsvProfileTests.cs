using Concentric.Needs.LinkedData;

namespace Concentric.Tests.Needs.LinkedData;

/// <summary>
/// What CPSV-AP 3.2.0 asks of the classes that the export uses, as data: cardinalities, ranges and texts with a language, carried over by hand from the shapes of the release
/// (SEMICeu/CPSV-AP, releases/3.2.0/shacl/cpsv-ap-SHACL.ttl). A life event is an event and an organisation is an agent, so what is asked of those is asked of these.
/// </summary>
public sealed class CpsvProfileTests(OpenData data) : IClassFixture<OpenData>
{
    private const string Service = Names.Cpsv + "PublicService", Body = Names.Cv + "PublicOrganisation", Event = Names.Cv + "LifeEvent", Organisation = Names.Org + "Organization";

    /// <summary>At least one; of those marked, just one.</summary>
    private static readonly (string Class, string Property, bool One)[] Mandatory =
    [
        (Service, Names.Dct + "identifier", true), (Service, Names.Dct + "title", false), (Service, Names.Dct + "description", false), (Service, Names.Cv + "hasCompetentAuthority", false),
        (Body, Names.Skos + "prefLabel", false), (Body, Names.Dct + "spatial", false),
        (Organisation, Names.Dct + "identifier", true), (Organisation, Names.Dct + "title", false),
        (Event, Names.Dct + "identifier", true), (Event, Names.Dct + "title", false),
        (Names.Cv + "Requirement", Names.Dct + "identifier", true), (Names.Cv + "Requirement", Names.Dct + "title", false),
        (Names.Cv + "Channel", Names.Dct + "identifier", true), (Names.Cv + "Cost", Names.Dct + "identifier", true),
    ];

    private static readonly (string Class, string Property, string Range)[] Ranges =
    [
        (Service, Names.Cv + "hasCompetentAuthority", Body), (Service, Names.Cv + "isGroupedBy", Event), (Service, Names.Cv + "isClassifiedBy", Names.Skos + "Concept"),
        (Service, Names.Cv + "holdsRequirement", Names.Cv + "Requirement"), (Service, Names.Cv + "hasChannel", Names.Cv + "Channel"), (Service, Names.Cv + "hasCost", Names.Cv + "Cost"),
        (Service, Names.Dct + "spatial", Names.Dct + "Location"), (Body, Names.Dct + "spatial", Names.TerritorialUnit),
    ];

    /// <summary>rdf:langString in the shapes.</summary>
    private static readonly (string Class, string Property)[] WithLanguage =
    [
        (Service, Names.Dct + "title"), (Service, Names.Dct + "description"), (Body, Names.Skos + "prefLabel"), (Organisation, Names.Dct + "title"), (Event, Names.Dct + "title"),
        (Names.Cv + "Requirement", Names.Dct + "title"), (Names.Cv + "Channel", Names.Dct + "description"), (Names.Cv + "Cost", Names.Dct + "description"),
        (Names.Locn + "Address", Names.Locn + "thoroughfare"), (Names.Locn + "Address", Names.Locn + "postName"),
    ];

    private List<Triple> Told => [.. new Describe(data.Model, data.Outside).All()];

    [Fact]
    public void All_that_is_exported_has_what_the_profile_asks_for()
    {
        var told = Told;

        Assert.Empty(Errors(told));
        // Of each class there is something, or the profile would be kept by saying nothing.
        var classes = told.Where(t => t.Predicate == Names.Type).Select(t => t.Object.Value).ToHashSet();
        Assert.Subset(classes, Mandatory.Select(m => m.Class).Concat(WithLanguage.Select(w => w.Class)).ToHashSet());
        foreach (var (_, property, _) in Ranges) Assert.Contains(told, t => t.Predicate == property);
    }

    [Fact]
    public void Whatever_is_left_out_said_twice_or_of_another_kind_is_found()
    {
        var told = Told;
        foreach (var (kind, property, one) in Mandatory)
        {
            var some = told.Find(t => t.Predicate == Names.Type && t.Object.Value == kind).Subject;
            Assert.Contains($"{some.Value} has no {property}", Errors(told.Where(t => t.Subject != some || t.Predicate != property)));
            if (one) Assert.Contains($"{some.Value} has more than one {property}", Errors(told.Append(new(some, property, Term.Plain("another")))));
        }
        foreach (var (kind, property, range) in Ranges)
        {
            var some = told.Find(t => t.Predicate == Names.Type && t.Object.Value == kind).Subject;
            Assert.Contains($"{some.Value} {property} is no {range}", Errors(told.Append(new(some, property, Term.Address("https://localhost/id/nothing")))));
        }
        foreach (var (kind, property) in WithLanguage)
        {
            var some = told.Find(t => t.Predicate == Names.Type && t.Object.Value == kind).Subject;
            Assert.Contains($"{some.Value} {property} has no language", Errors(told.Append(new(some, property, Term.Plain("words")))));
        }
    }

    private static List<string> Errors(IEnumerable<Triple> triples)
    {
        var said = triples.ToLookup(t => (t.Subject, t.Predicate), t => t.Object);
        var things = triples.Where(t => t.Predicate == Names.Type).ToLookup(t => t.Object.Value, t => t.Subject);
        return
        [
            .. from must in Mandatory
               from thing in things[must.Class]
               let n = said[(thing, must.Property)].Count()
               where n == 0 || (must.One && n > 1)
               select $"{thing.Value} has {(n == 0 ? "no" : "more than one")} {must.Property}",
            .. from must in Ranges
               from thing in things[must.Class]
               from value in said[(thing, must.Property)]
               where !said[(value, Names.Type)].Contains(Term.Address(must.Range))
               select $"{thing.Value} {must.Property} is no {must.Range}",
            .. from must in WithLanguage
               from thing in things[must.Class]
               from value in said[(thing, must.Property)]
               where value.Language is null
               select $"{thing.Value} {must.Property} has no language",
        ];
    }
}
