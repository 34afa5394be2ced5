using System.Globalization;
using System.Security.Cryptography;
using Concentric.Needs.Concepts;
using CsvHelper;

namespace Concentric.Needs.Seeding;

/// <summary>The model that comes with the program, as the files under Seed/ say it.</summary>
internal sealed class SeedFiles
{
    private const string OurLicence = "The licence of this program";
    private const string OurAttribution = "Concentric: our own reading, not a list of esd-toolkit or of any council";

    private static readonly string[] Names = ["services.csv", "service-words.csv", "life-events.csv", "circumstances.csv", "needs.csv", "links.csv"];

    private SeedFiles(string digest, IReadOnlyList<Scheme> schemes, IReadOnlyList<Concept> concepts, IReadOnlyList<Relation> relations) =>
        (Digest, Schemes, Concepts, Relations) = (digest, schemes, concepts, relations);

    /// <summary>SHA-256 over all the files, hexadecimal.</summary>
    public string Digest { get; }
    public IReadOnlyList<Scheme> Schemes { get; }
    public IReadOnlyList<Concept> Concepts { get; }
    public IReadOnlyList<Relation> Relations { get; }

    public static string DigestOf() => Convert.ToHexStringLower(SHA256.HashData(Names.SelectMany(Bytes).ToArray()));

    /// <param name="now">Stands in the lists as the time of writing.</param>
    public static SeedFiles Read(DateTimeOffset now)
    {
        var digest = DigestOf();
        Concept[] concepts =
        [
            .. ServiceConcepts(),
            .. Rows("life-events.csv", csv => Ours(ConceptType.LifeEvent, csv)),
            .. Rows("circumstances.csv", csv => Ours(ConceptType.Circumstance, csv)),
            .. Rows("needs.csv", csv => Ours(ConceptType.Need, csv)),
        ];
        return new(digest, [.. SchemesOf(digest, now)], concepts, Rows("links.csv", Link));
    }

    /// <summary>The Services list as the seed describes it.</summary>
    public static Scheme ServicesScheme(DateTimeOffset now) => new()
    {
        Uri = SchemeUris.Services,
        Identifier = "services",
        Label = "Services",
        Version = "2015-02-05",
        Licence = "Open Government Licence v3.0",
        Attribution = "LG Inform Plus / esd-toolkit, Local Government Association",
        Source = "Identifiers and names of the Services list as published in March 2015; two later identifiers as other published work quotes them",
        ModifiedAt = now,
    };

    private static IEnumerable<Scheme> SchemesOf(string digest, DateTimeOffset now)
    {
        var services = ServicesScheme(now);
        services.SeedDigest = digest;
        yield return services;
        yield return OurScheme(SchemeUris.LifeEvents, "life-events", "Life events");
        yield return OurScheme(SchemeUris.Circumstances, "circumstances", "Circumstances");
        yield return OurScheme(SchemeUris.Needs, "needs", "Needs");

        Scheme OurScheme(string uri, string identifier, string label) => new()
        {
            Uri = uri,
            Identifier = identifier,
            Label = label,
            Version = "1",
            Licence = OurLicence,
            Attribution = OurAttribution,
            Source = "Written for this program",
            ModifiedAt = now,
            SeedDigest = digest,
        };
    }

    private static IEnumerable<Concept> ServiceConcepts()
    {
        var words = Rows("service-words.csv", csv => (Id: csv.GetField("Identifier")!, Label: csv.GetField("Citizen label"), Words: csv.GetField("Other words")))
            .ToDictionary(w => w.Id, StringComparer.Ordinal);
        return Rows("services.csv", csv =>
        {
            var id = csv.GetField("Identifier")!;
            var plain = words.GetValueOrDefault(id);
            return new Concept
            {
                Uri = SchemeUris.UriOf(ConceptType.Service, id),
                Scheme = SchemeUris.Services,
                Identifier = id,
                Type = ConceptType.Service,
                Label = csv.GetField("Label")!,
                CitizenLabel = plain.Label,
                OtherWords = plain.Words,
                Status = ConceptStatus.Active,
                InLgsl = csv.GetField("In LGSL 2013") == "yes",
            };
        });
    }

    private static Concept Ours(ConceptType type, CsvReader csv) => new()
    {
        Uri = SchemeUris.UriOf(type, csv.GetField("Identifier")!),
        Scheme = SchemeUris.SchemeOf(type),
        Identifier = csv.GetField("Identifier")!,
        Type = type,
        Label = csv.GetField("Label")!,
        Definition = csv.GetField("Definition"),
        OtherWords = csv.GetField("Other words"),
        Status = ConceptStatus.Local,
        Place = csv.Parser.Row - 1,
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
            var other => throw new InvalidDataException($"links.csv, line {csv.Parser.RawRow}: “{other}” is not a predicate."),
        };
        return new()
        {
            Subject = SchemeUris.UriOf(from, csv.GetField("Subject")!),
            Predicate = predicate,
            Object = SchemeUris.UriOf(to, csv.GetField("Object")!),
            Source = SchemeUris.OurSource,
            Confidence = Enum.Parse<Confidence>(csv.GetField("Confidence")!, ignoreCase: true),
            Reason = csv.GetField("Reason")!,
        };
    }

    private static List<T> Rows<T>(string name, Func<CsvReader, T> read)
    {
        using var csv = new CsvReader(new StreamReader(new MemoryStream(Bytes(name))), CultureInfo.InvariantCulture);
        var rows = new List<T>();
        csv.Read();
        csv.ReadHeader();
        while (csv.Read()) rows.Add(read(csv));
        return rows;
    }

    private static byte[] Bytes(string name)
    {
        using var stream = typeof(SeedFiles).Assembly.GetManifestResourceStream($"Seed/{name}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
