using System.Text.Json;
using System.Text.Json.Serialization;

namespace Concentric.Measure.Contacts;

/// <summary>How a file's columns become contacts: one readable JSON file. Columns that it does not name are not kept, free text least of all.</summary>
public sealed partial record Mapping
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Short name, under which ids are unique and batches are listed.</summary>
    public required string Name { get; init; }

    /// <summary>What file it is for and whose it is, for people.</summary>
    public required string About { get; init; }

    public required CouncilAttributes Council { get; init; }

    public required MappingKind Kind { get; init; }

    public FileFormat Format { get; init; }

    /// <summary>Of CSV: <c>,</c>, <c>;</c>, <c>|</c> or a tab; also by the words <c>comma</c>, <c>semicolon</c>, <c>pipe</c>, <c>tab</c>.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary><c>utf-8</c> or another that .NET knows, as <c>windows-1252</c>.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>Texts that mean that nothing is given, beside an empty field: <c>NA</c>.</summary>
    public IReadOnlyList<string> Empty { get; init; } = [];

    /// <summary>What ids are unique in, where two mappings read the same things from different files; else the mapping's name.</summary>
    public string? Scheme { get; init; }

    /// <summary>What holds where a row says nothing of a field: by field, as <c>"area": "E01000001"</c>. <see cref="ConstantFields"/> lists them.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>();

    /// <summary>Columns of free text: looked through for what names people, told of in the report, and not kept.</summary>
    public IReadOnlyList<FreeTextColumn> FreeText { get; init; } = [];

    /// <summary>Columns that together are the source's id of a row. None: the whole row is what it is known by.</summary>
    public IReadOnlyList<string> Id { get; init; } = [];

    /// <summary>When the contact was made.</summary>
    public required DateColumns Opened { get; init; }

    /// <summary>When it was closed, from which its duration follows.</summary>
    public DateColumns? Closed { get; init; }

    public ServiceColumn? Service { get; init; }

    /// <summary>Column with the name or code of the area.</summary>
    public string? Area { get; init; }

    /// <summary>Column with a postcode, from which the area follows by the council's list where <see cref="Area"/> says nothing. It is not kept.</summary>
    public string? Postcode { get; init; }

    /// <summary>Column that says where a row comes from, and what each value means.</summary>
    public SourceColumn? Source { get; init; }

    /// <summary>Channel of all rows where there is no source column.</summary>
    public string Channel { get; init; } = "unknown";

    /// <summary>Values become <c>value</c>, <c>failure</c> or <c>unknown</c>. A file that does not code demand leaves it out: it is never inferred.</summary>
    public ValueColumn? Demand { get; init; }

    /// <summary>Values become names of <see cref="Core.Facts.FailureCauses"/>.</summary>
    public ValueColumn? Cause { get; init; }

    /// <summary>Values become <c>yes</c> or <c>no</c>.</summary>
    public ValueColumn? Resolved { get; init; }

    /// <summary>Column with a whole number of seconds of handling, or of <see cref="SecondsUnit"/>, where there is no closing time.</summary>
    public string? Seconds { get; init; }

    public DurationUnit SecondsUnit { get; init; } = DurationUnit.Seconds;

    /// <summary>Column with the number of an LGIL interaction, 0 to 255.</summary>
    public string? Interaction { get; init; }

    /// <summary>Column with a stated cost in pounds, as <c>12.50</c>.</summary>
    public string? Cost { get; init; }

    /// <summary>Column with a whole number from 0 to 255.</summary>
    public string? Satisfaction { get; init; }

    /// <summary>Columns that together name a person; only a keyed pseudonym of them is kept.</summary>
    public IReadOnlyList<string> Person { get; init; } = [];

    /// <summary>What was counted, how much and for how long; of kind <c>counted</c> only.</summary>
    public CountedColumns? Counted { get; init; }

    /// <summary>What was done in which case; of kind <c>step</c> only.</summary>
    public StepColumns? Step { get; init; }

    /// <summary>The mappings that come with the program.</summary>
    public static IReadOnlyList<string> Shipped { get; } = [.. typeof(Mapping).Assembly.GetManifestResourceNames()
        .Where(n => n.Contains(".Mappings.", StringComparison.Ordinal)).Select(n => n.Split('.')[^2]).Order(StringComparer.Ordinal)];

    /// <summary>A mapping by the name of one that comes with the program, or by the path of a file.</summary>
    /// <exception cref="MappingException">There is none, or it is not in order.</exception>
    public static Mapping Find(string nameOrPath) => Parse(TextOf(nameOrPath), nameOrPath);

    /// <summary>The JSON of a mapping, found as by <see cref="Find"/>.</summary>
    /// <exception cref="MappingException">There is none.</exception>
    public static string TextOf(string nameOrPath)
    {
        if (File.Exists(nameOrPath)) return File.ReadAllText(nameOrPath);
        if (!Shipped.Contains(nameOrPath)) throw new MappingException($"There is no mapping “{nameOrPath}”. It is the path of a mapping file, or one of: {string.Join(", ", Shipped)}.");
        var resource = typeof(Mapping).Assembly.GetManifestResourceNames().Single(n => n.EndsWith($".Mappings.{nameOrPath}.json", StringComparison.Ordinal));
        using var reader = new StreamReader(typeof(Mapping).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    /// <exception cref="MappingException">It is not in order; the message says where.</exception>
    public static Mapping Parse(string json, string name)
    {
        Mapping mapping;
        try
        {
            mapping = JsonSerializer.Deserialize<Mapping>(json, Json) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException e)
        {
            throw new MappingException($"The mapping {name} cannot be read: {e.Message}");
        }
        mapping.Check(name);
        return mapping;
    }

    /// <summary>The sign between fields.</summary>
    internal char DelimiterSign => Delimiter switch { "comma" => ',', "semicolon" => ';', "pipe" => '|', "tab" => '\t', _ => Delimiter[0] };

    /// <summary>By what ids are unique beside the council.</summary>
    internal string IdScheme => Scheme ?? Name;

    internal BatchRows Rows => Kind switch { MappingKind.Counted => BatchRows.Counts, MappingKind.Step => BatchRows.Steps, _ => BatchRows.Contacts };

    /// <summary>Whether a field that the mapping does not name rejects its row: of our own lines, where it is a slip of the pen.</summary>
    internal bool RefusesOtherFields { get; private init; }

    /// <summary>All columns that it names, each once.</summary>
    internal IReadOnlyList<string> Columns => [.. new[]
        {
            Id, Opened.Columns, Closed?.Columns ?? [], Person, Counted?.Until?.Columns ?? [], Step?.Case ?? [], Step?.Actor ?? [],
            [.. (Closed?.When?.Keys ?? []).Concat(Opened.When?.Keys ?? [])], [.. FreeText.Select(f => f.Column)],
            [.. Counted?.Wide.SelectMany(w => new[] { w.Column, w.Mean }).OfType<string>() ?? []],
        }.SelectMany(c => c)
        .Concat(new[]
        {
            Service?.Column, Area, Postcode, Source?.Column, Demand?.Column, Cause?.Column, Resolved?.Column, Seconds, Cost, Satisfaction, Interaction,
            Counted?.Name?.Column, Counted?.Amount, Counted?.Mean, Step?.Activity, Step?.Organisation,
        }.OfType<string>()).Distinct(StringComparer.Ordinal)];
}
