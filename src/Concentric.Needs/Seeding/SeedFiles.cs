using Concentric.Needs.Concepts;
using CsvHelper;

namespace Concentric.Needs.Seeding;

/// <summary>The model that comes with the program, as the files under Seed/ say it.</summary>
internal sealed record SeedFiles(string Digest, IReadOnlyList<Scheme> Schemes, IReadOnlyList<Concept> Concepts, IReadOnlyList<Relation> Relations)
{
    public const string Ogl = "Open Government Licence v3.0";
    private const string OurLicence = "The licence of this program";
    private const string OurAttribution = "Concentric: our own reading, not a list of esd-toolkit or of any council";
    public const string EsdAttribution = "LG Inform Plus / esd-toolkit, Local Government Association";

    private static readonly string[] Names =
    [
        "services.csv", "service-words.csv", "life-events.csv", "circumstances.csv", "needs.csv", "sensitive.csv", "links.csv", "outcomes.csv", "metrics.csv",
        "functions.csv", "service-functions.csv", "interactions.csv", "service-interactions.csv", "authorities.csv",
    ];

    public static string DigestOf() => SeedCsv.DigestOf(Names);

    /// <param name="now">Stands in the lists as the time of writing.</param>
    public static SeedFiles Read(DateTimeOffset now)
    {
        Concept[] concepts =
        [
            .. ServiceConcepts(),
            .. SeedCsv.Rows("life-events.csv", csv => Ours(ConceptType.LifeEvent, csv)),
            .. SeedCsv.Rows("circumstances.csv", csv => Ours(ConceptType.Circumstance, csv, Question(csv))),
            .. SeedCsv.Rows("needs.csv", csv => Ours(ConceptType.Need, csv)),
            .. SeedCsv.Rows("outcomes.csv", csv => Ours(ConceptType.Outcome, csv, csv.May("Framework") is { } number ? new() { Framework = number } : null)),
            .. SeedCsv.Rows("metrics.csv", csv => Ours(ConceptType.MetricType, csv, new() { Polarity = csv.Must("Polarity"), Period = csv.Must("Period"), Unit = csv.Must("Unit") })),
            .. SeedCsv.Rows("functions.csv", csv => Published(ConceptType.Function, csv)),
            .. SeedCsv.Rows("interactions.csv", csv => Published(ConceptType.Interaction, csv, new() { ShortLabel = csv.May("Short label") })),
            .. SeedCsv.Rows("authorities.csv", Authority),
        ];
        foreach (var (uri, why) in SeedCsv.Rows("sensitive.csv", csv => (SchemeUris.UriOf(TypeOf(csv.Must("Type")), csv.Must("Identifier")), csv.Must("Why"))))
        {
            var concept = concepts.Single(c => c.Uri == uri);
            concept.Details = (concept.Details ?? new()) with { Sensitive = why };
        }
        Relation[] relations =
        [
            .. SeedCsv.Rows("links.csv", Link),
            .. SeedCsv.Rows("functions.csv", csv => (Child: csv.Must("Identifier"), Parents: csv.Several("Parents")))
                .SelectMany(f => f.Parents.Select(p => Structure(ConceptType.Function, f.Child, Predicate.Broader, ConceptType.Function, p))),
            .. SeedCsv.Rows("service-functions.csv", csv => Structure(ConceptType.Function, csv.Must("Function"), Predicate.Contains, ConceptType.Service, csv.Must("Service"))),
            .. SeedCsv.Rows("authorities.csv", csv => csv.May("Parent") is { } parent ? Structure(SchemeUris.AuthorityUri(csv.Must("Identifier")), Predicate.Broader, SchemeUris.AuthorityUri(parent)) : null).OfType<Relation>(),
            .. SeedCsv.Rows("service-interactions.csv", csv => Structure(ConceptType.Service, csv.Must("Service"), Predicate.HasInteraction, ConceptType.Interaction, csv.Must("Interaction"))),
        ];
        return new(DigestOf(), [.. SchemesOf(now)], concepts, relations);
    }

    /// <summary>The Services list as the seed describes it.</summary>
    public static Scheme ServicesScheme(DateTimeOffset now) => EsdScheme(SchemeUris.Services, "services", "Services", "2015-02-05", "the Services list as published in March 2015; two later identifiers as other published work quotes them", now);

    private static IEnumerable<Scheme> SchemesOf(DateTimeOffset now)
    {
        yield return ServicesScheme(now);
        yield return EsdScheme(SchemeUris.Functions, "functions", "Functions", "2013-04-03", "the Functions list as published in 2015", now);
        yield return EsdScheme(SchemeUris.Interactions, "interactions", "Interactions", "1.01", "the Interactions list (LGIL) as public work quotes it", now);
        yield return OurScheme(SchemeUris.LifeEvents, "life-events", "Life events");
        yield return OurScheme(SchemeUris.Circumstances, "circumstances", "Circumstances");
        yield return OurScheme(SchemeUris.Needs, "needs", "Needs");
        yield return OurScheme(SchemeUris.Outcomes, "outcomes", "Outcomes");
        yield return OurScheme(SchemeUris.Metrics, "metrics", "Metrics");
        yield return new()
        {
            Uri = SchemeUris.Authorities,
            Identifier = "local-authorities",
            Label = "Local authorities",
            Version = "1",
            Licence = Ogl,
            Attribution = "Government Digital Service, Local Links Manager",
            Source = "Names and codes of the local authorities that GOV.UK links to",
            ModifiedAt = now,
        };

        Scheme OurScheme(string uri, string identifier, string label) => new()
        {
            Uri = uri,
            Identifier = identifier,
            Label = label,
            Version = "2",
            Licence = OurLicence,
            Attribution = OurAttribution,
            Source = "Written for this program",
            ModifiedAt = now,
        };
    }

    private static Scheme EsdScheme(string uri, string identifier, string label, string version, string from, DateTimeOffset now) => new()
    {
        Uri = uri,
        Identifier = identifier,
        Label = label,
        Version = version,
        Licence = Ogl,
        Attribution = EsdAttribution,
        Source = $"Identifiers and names of {from}",
        ModifiedAt = now,
    };

    private static IEnumerable<Concept> ServiceConcepts()
    {
        var words = SeedCsv.Rows("service-words.csv", csv => (Id: csv.Must("Identifier"), Label: csv.May("Citizen label"), Names: csv.Lines("Other names"), Words: csv.May("Other words")))
            .ToDictionary(w => w.Id, StringComparer.Ordinal);
        return SeedCsv.Rows("services.csv", csv =>
        {
            var id = csv.Must("Identifier");
            var plain = words.GetValueOrDefault(id);
            return new Concept
            {
                Uri = SchemeUris.UriOf(ConceptType.Service, id),
                Scheme = SchemeUris.Services,
                Identifier = id,
                Type = ConceptType.Service,
                Label = csv.Must("Label"),
                CitizenLabel = plain.Label,
                OtherNames = plain.Names,
                OtherWords = plain.Words,
                Status = ConceptStatus.Active,
                InLgsl = csv.GetField("In LGSL 2013") == "yes",
            };
        });
    }

    private static ConceptDetails? Question(CsvReader csv) => csv.May("Question") is null && csv.May("Protected") is null ? null
        : new() { Question = csv.May("Question"), WhyAsked = csv.May("Why we ask"), Protected = csv.May("Protected") };

    // "life-event" in a file is LifeEvent.
    private static ConceptType TypeOf(string word) => Enum.Parse<ConceptType>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    private static Concept Ours(ConceptType type, CsvReader csv, ConceptDetails? details = null)
    {
        var concept = Entry(type, SchemeUris.UriOf(type, csv.Must("Identifier")), SchemeUris.SchemeOf(type), ConceptStatus.Local, csv);
        (concept.Definition, concept.OtherNames, concept.Details) = (csv.May("Definition"), csv.Lines("Other names"), details);
        concept.OtherWords = csv.TryGetField<string>("Other words", out var words) && words is { Length: > 0 } ? words : null;
        return concept;
    }

    private static Concept Published(ConceptType type, CsvReader csv, ConceptDetails? details = null)
    {
        var concept = Entry(type, SchemeUris.UriOf(type, csv.Must("Identifier")), SchemeUris.SchemeOf(type), ConceptStatus.Active, csv);
        concept.Details = details;
        return concept;
    }

    private static Concept Authority(CsvReader csv)
    {
        var concept = Entry(ConceptType.Organisation, SchemeUris.AuthorityUri(csv.Must("Identifier")), SchemeUris.Authorities, ConceptStatus.Active, csv);
        concept.Details = new() { Kind = csv.Must("Kind"), Gss = csv.May("GSS"), Country = csv.May("Country"), Web = csv.May("Homepage") };
        return concept;
    }

    private static Concept Entry(ConceptType type, string uri, string scheme, ConceptStatus status, CsvReader csv) => new()
    {
        Uri = uri,
        Scheme = scheme,
        Identifier = csv.Must("Identifier"),
        Type = type,
        Label = csv.Must("Label"),
        Status = status,
        Place = csv.Parser.Row - 1,
    };

    private static Relation Structure(ConceptType from, string subject, Predicate predicate, ConceptType to, string target) =>
        Structure(SchemeUris.UriOf(from, subject), predicate, SchemeUris.UriOf(to, target));

    private static Relation Structure(string subject, Predicate predicate, string target) => new()
    {
        Subject = subject,
        Predicate = predicate,
        Object = target,
        Source = SchemeUris.OurSource,
        Confidence = Confidence.High,
        Reason = "",
    };

    private static Relation Link(CsvReader csv)
    {
        var (predicate, from, to) = csv.GetField("Predicate") switch
        {
            "changes" => (Predicate.Changes, ConceptType.LifeEvent, ConceptType.Circumstance),
            "implies" => (Predicate.Implies, ConceptType.Circumstance, ConceptType.Need),
            "addressed-by" => (Predicate.AddressedBy, ConceptType.Need, ConceptType.Service),
            "determines" => (Predicate.Determines, ConceptType.LifeEvent, ConceptType.Service),
            "defines-eligibility" => (Predicate.DefinesEligibility, ConceptType.Circumstance, ConceptType.Service),
            "suited-to" => (Predicate.SuitedTo, ConceptType.Circumstance, ConceptType.Service),
            "risk-factor" => (Predicate.RiskFactor, ConceptType.Circumstance, ConceptType.Need),
            "impacts" => (Predicate.Impacts, ConceptType.Service, ConceptType.Outcome),
            "measured-by" => (Predicate.MeasuredBy, ConceptType.Outcome, ConceptType.MetricType),
            var other => throw new InvalidDataException($"links.csv, line {csv.Parser.RawRow}: “{other}” is not a predicate."),
        };
        return new()
        {
            Subject = SchemeUris.UriOf(from, csv.Must("Subject")),
            Predicate = predicate,
            Object = SchemeUris.UriOf(to, csv.Must("Object")),
            Source = SchemeUris.OurSource,
            Confidence = Enum.Parse<Confidence>(csv.Must("Confidence"), ignoreCase: true),
            Reason = csv.Must("Reason"),
            Mode = csv.May("Mode") is { } mode ? Enum.Parse<EligibilityMode>(mode, ignoreCase: true) : predicate == Predicate.DefinesEligibility ? EligibilityMode.Qualifies : null,
            Evidence = csv.May("Evidence") is { } evidence && evidence != "our reading" ? evidence : null,
        };
    }
}
