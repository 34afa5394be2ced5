using Concentric.Core;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;

namespace Concentric.Needs.Seeding;

/// <summary>The directory of the demo council: invented organisations, places and offers.</summary>
internal sealed record DemoDirectory(string Digest, IReadOnlyList<Concept> Organisations, IReadOnlyList<Place> Places, IReadOnlyList<Offer> Offers)
{
    private static readonly string[] Names = ["demo-organisations.csv", "demo-places.csv", "demo-offers.csv", "demo-handovers.csv"];

    private static readonly (string Column, string Channel)[] Channels = [("Web", "web"), ("Phone", "phone"), ("Face to face", "face-to-face"), ("Email", "email"), ("Post", "post")];

    public static string DigestOf() => SeedCsv.DigestOf(Names);

    /// <summary>The council's own name and short name come from its settings, also in the demo.</summary>
    public static DemoDirectory Read(Settings settings)
    {
        var own = "";
        var organisations = SeedCsv.Rows("demo-organisations.csv", csv =>
        {
            var isOwn = csv.Must("Kind") == "council";
            if (isOwn) own = csv.Must("Identifier");
            var organisation = OwnOrganisation(settings);
            return isOwn
                ? new Concept
                {
                    Uri = organisation.Uri,
                    Scheme = organisation.Scheme,
                    Identifier = organisation.Identifier,
                    Type = ConceptType.Organisation,
                    Label = organisation.Label,
                    Definition = csv.May("Definition"),
                    Status = ConceptStatus.Local,
                    Details = new() { Kind = "council", Web = csv.May("Web"), Phone = csv.May("Phone"), Email = csv.May("Email") },
                }
                : new Concept
                {
                    Uri = SchemeUris.UriOf(ConceptType.Organisation, csv.Must("Identifier")),
                    Scheme = SchemeUris.Organisations,
                    Identifier = csv.Must("Identifier"),
                    Type = ConceptType.Organisation,
                    Label = csv.Must("Label"),
                    Definition = csv.May("Definition"),
                    Status = ConceptStatus.Local,
                    Details = new() { Kind = csv.Must("Kind"), Web = csv.May("Web"), Phone = csv.May("Phone"), Email = csv.May("Email") },
                };
        });
        var handovers = SeedCsv.Rows("demo-handovers.csv", csv => (From: csv.Must("From"), On: new PassedOn(csv.Must("To"), csv.Must("Reason")))).ToLookup(h => h.From, h => h.On);
        return new(DigestOf(), organisations,
            SeedCsv.Rows("demo-places.csv", csv => new Place
            {
                Identifier = csv.Must("Identifier"),
                Name = csv.Must("Name"),
                Street = csv.May("Street"),
                Town = csv.May("Town"),
                Postcode = csv.May("Postcode"),
                Latitude = csv.Real("Latitude"),
                Longitude = csv.Real("Longitude"),
                Opening = csv.May("Opening"),
            }),
            SeedCsv.Rows("demo-offers.csv", csv => new Offer
            {
                Identifier = csv.Must("Identifier"),
                Service = SchemeUris.UriOf(ConceptType.Service, csv.Must("Service")),
                Organisation = SchemeUris.UriOf(ConceptType.Organisation, csv.Must("Organisation") == own ? settings.Council : csv.Must("Organisation")),
                Name = csv.Must("Name"),
                Description = csv.Must("Description"),
                Status = OfferStatus.Active,
                MinimumAge = csv.Number("Minimum age"),
                MaximumAge = csv.Number("Maximum age"),
                Area = csv.May("Area"),
                Cost = csv.May("Cost"),
                Ways = [.. Channels.Where(c => csv.May(c.Column) is not null).Select(c => new Way(c.Channel, csv.Must(c.Column)))],
                Places = csv.Several("Places") is { Count: > 0 } places ? places : null,
                PassesOnTo = handovers[csv.Must("Identifier")].ToList() is { Count: > 0 } on ? on : null,
            }));
    }

    /// <summary>The council that runs this program, as an organisation of the directory.</summary>
    public static Concept OwnOrganisation(Settings settings) => new()
    {
        Uri = SchemeUris.UriOf(ConceptType.Organisation, settings.Council),
        Scheme = SchemeUris.Organisations,
        Identifier = settings.Council,
        Type = ConceptType.Organisation,
        Label = settings.CouncilName,
        Status = ConceptStatus.Local,
        Details = new() { Kind = "council" },
    };
}
