using Concentric.Core.Facts;

namespace Concentric.Measure.Contacts;

/// <summary>Mappings of formats whose fields are known beforehand, for any council.</summary>
public sealed partial record Mapping
{
    private const string Iso = "yyyy-MM-ddTHH:mm:ss.FFFFFFFK";

    /// <summary>Contacts in our own lines of JSON, as <c>docs/contacts-ndjson.md</c> describes them: from a file, or from a system that sends them every night.</summary>
    /// <param name="council">Whose contacts they are.</param>
    /// <param name="name">What ids are unique in: a name of the system that sends.</param>
    public static Mapping OwnLines(CouncilAttributes council, string name = "contacts-ndjson") => new()
    {
        Name = name,
        About = "One contact on each line, in the fields of Concentric's own lines of JSON.",
        Council = council,
        Kind = MappingKind.Contact,
        Format = FileFormat.Ndjson,
        Id = ["id"],
        Opened = new(["at"], [Iso, "yyyy-MM-ddTHH:mmK"]),
        Service = new("service"),
        Area = "area",
        Postcode = "postcode",
        Interaction = "interaction",
        Source = new("channel", Channels.All.Append(new(0, "", "")).ToDictionary(c => c.Name, c => new SourceMeaning(c.Name.Length == 0 ? "unknown" : c.Name, ContactInitiator.Citizen))),
        Demand = new("demand", Same("value", "failure", "unknown")),
        Cause = new("cause", FailureCauses.All.ToDictionary(c => c.Name, c => c.Name)),
        Resolved = new("resolved", new Dictionary<string, string> { ["true"] = "yes", ["false"] = "no" }),
        Seconds = "seconds",
        Cost = "cost",
        Satisfaction = "satisfaction",
        Person = ["person"],
        RefusesOtherFields = true,
    };

    /// <summary>Service requests of Open311 GeoReport v2, JSON or XML, of any council. Requests that are closed were closed when they were last updated.</summary>
    /// <param name="council">Whose requests they are.</param>
    /// <param name="name">What request ids are unique in, and the scheme of the service names.</param>
    public static Mapping Open311(CouncilAttributes council, string name = "open311") => new()
    {
        Name = name,
        About = "Service requests as Open311 GeoReport v2 gives them. The standard has no channel; descriptions are looked through and not kept.",
        Council = council,
        Kind = MappingKind.ServiceRequest,
        Format = FileFormat.Open311,
        Id = ["service_request_id"],
        Opened = new(["requested_datetime"], [Iso]),
        Closed = new(["updated_datetime"], [Iso], When: new Dictionary<string, IReadOnlyList<string>> { ["status"] = ["closed"] }),
        Service = new("service_name", Scheme: name),
        Area = "zipcode",
        FreeText = [new("description"), new("status_notes")],
    };

    private static Dictionary<string, string> Same(params string[] values) => values.ToDictionary(v => v);
}
