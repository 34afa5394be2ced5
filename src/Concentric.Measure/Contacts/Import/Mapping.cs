using System.Text.Json;
using System.Text.Json.Serialization;

namespace Concentric.Measure.Contacts;

/// <summary>How a file's columns become contacts: one readable JSON file. Columns that it does not name are not kept, free text least of all.</summary>
public sealed record Mapping
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

    public required ContactKind Kind { get; init; }

    public string Delimiter { get; init; } = ",";

    /// <summary><c>utf-8</c> or another that .NET knows, as <c>windows-1252</c>.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>Texts that mean that nothing is given, beside an empty field: <c>NA</c>.</summary>
    public IReadOnlyList<string> Empty { get; init; } = [];

    /// <summary>Columns that together are the source's id of a row. None: the whole row is what it is known by.</summary>
    public IReadOnlyList<string> Id { get; init; } = [];

    /// <summary>When the contact was made.</summary>
    public required DateColumns Opened { get; init; }

    /// <summary>When it was closed, from which its duration follows.</summary>
    public DateColumns? Closed { get; init; }

    public ServiceColumn? Service { get; init; }

    /// <summary>Column with the name or code of the area.</summary>
    public string? Area { get; init; }

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

    /// <summary>Column with whole seconds of handling, where there is no closing time.</summary>
    public string? Seconds { get; init; }

    /// <summary>Column with a stated cost in pounds, as <c>12.50</c>.</summary>
    public string? Cost { get; init; }

    /// <summary>Column with a whole number from 0 to 255.</summary>
    public string? Satisfaction { get; init; }

    /// <summary>Columns that together name a person; only a keyed pseudonym of them is kept.</summary>
    public IReadOnlyList<string> Person { get; init; } = [];

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

    /// <summary>All columns that it names, each once.</summary>
    internal IReadOnlyList<string> Columns => [.. new[] { Id, Opened.Columns, Closed?.Columns ?? [], Person }.SelectMany(c => c)
        .Concat(new[] { Service?.Column, Area, Source?.Column, Demand?.Column, Cause?.Column, Resolved?.Column, Seconds, Cost, Satisfaction }.OfType<string>()).Distinct(StringComparer.Ordinal)];

    private void Check(string name)
    {
        void Refuse(bool when, string why) { if (when) throw new MappingException($"The mapping {name}: {why}"); }
        Refuse(Delimiter.Length != 1, "the delimiter is one character.");
        Refuse(Name.Length == 0 || Council.Name.Length == 0, "name and council have a name.");
        Refuse(Opened.Columns.Count == 0 || Opened.Formats.Count == 0, "“opened” names at least one column and one format.");
        Refuse(Closed is { } closed && (closed.Columns.Count == 0 || closed.Formats.Count == 0), "“closed” names at least one column and one format.");
        Refuse(Closed is not null && Seconds is not null, "a duration comes from “closed” or from “seconds”, not from both.");
        Refuse(Core.Facts.Channels.Find(Channel) is null, $"“{Channel}” is not a channel.");
        foreach (var meaning in (Source?.Values.Values ?? []).Concat(Source?.Otherwise is { } otherwise ? [otherwise] : []))
            Refuse(Core.Facts.Channels.Find(meaning.Channel) is null, $"“{meaning.Channel}” is not a channel. Channels are {string.Join(", ", Core.Facts.Channels.All.Select(c => c.Name))}.");
        foreach (var cause in Cause?.Values.Values ?? []) Refuse(Core.Facts.FailureCauses.Find(cause) is null, $"“{cause}” is not a cause of failure demand.");
        foreach (var demand in Demand?.Values.Values ?? []) Refuse(demand is not ("value" or "failure" or "unknown"), $"demand is value, failure or unknown, not “{demand}”.");
        foreach (var resolved in Resolved?.Values.Values ?? []) Refuse(resolved is not ("yes" or "no"), $"resolved is yes or no, not “{resolved}”.");
        _ = LocalClock.Of(Council.Zone);
    }
}

/// <summary>A date and time, in one column or several that are joined by a space.</summary>
/// <param name="Formats">In .NET's letters (<c>MM/dd/yyyy hh:mm:ss tt</c>); the first that fits is taken. One with <c>K</c> or <c>zzz</c> states its own offset.</param>
public sealed record DateColumns(IReadOnlyList<string> Columns, IReadOnlyList<string> Formats);

/// <param name="Scheme">Word before the text in the key of a foreign list. Null: the text is an LGSL identifier.</param>
/// <param name="Values">LGSL identifiers for texts, where they are known to be the same service.</param>
public sealed record ServiceColumn(string Column, string? Scheme = null, IReadOnlyDictionary<string, string>? Values = null);

/// <param name="Otherwise">What any other value means. Null: a row with another value is rejected.</param>
public sealed record SourceColumn(string Column, IReadOnlyDictionary<string, SourceMeaning> Values, SourceMeaning? Otherwise = null);

public sealed record SourceMeaning(string Channel, ContactInitiator Initiator);

/// <summary>Every value that may stand there and what it means. An empty field means that it is not known; another value rejects the row.</summary>
public sealed record ValueColumn(string Column, IReadOnlyDictionary<string, string> Values);
