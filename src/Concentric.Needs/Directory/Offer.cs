using System.Text.Json.Serialization;
using Concentric.Needs.Concepts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Needs.Directory;

internal enum OfferStatus { Active, Withdrawn }

/// <summary>How to get an offer by one channel, in a sentence.</summary>
/// <param name="Channel">Short name of the channel, as <c>phone</c> (<see cref="Core.Facts.Channels"/>).</param>
public sealed record Way(string Channel, string How);

/// <summary>Where a service passes people on to another, with the reason.</summary>
/// <param name="Offer">Identifier of the offer that they are passed on to.</param>
public sealed record PassedOn(string Offer, string Reason);

/// <summary>One provision of a service by one organisation, ours or a partner's. Open Referral calls it a service.</summary>
internal sealed class Offer
{
    /// <summary>Short name, as it stands in addresses.</summary>
    public required string Identifier { get; init; }

    /// <summary>Address of the kind of service in the Services list.</summary>
    public required string Service { get; set; }

    /// <summary>Address of the organisation.</summary>
    public required string Organisation { get; set; }
    public required string Name { get; set; }
    public required string Description { get; set; }
    public required OfferStatus Status { get; set; }

    /// <summary>Whole years.</summary>
    public int? MinimumAge { get; set; }

    /// <summary>Whole years.</summary>
    public int? MaximumAge { get; set; }

    /// <summary>Where people must live or be, in words.</summary>
    public string? Area { get; set; }

    /// <summary>What it costs, in words.</summary>
    public string? Cost { get; set; }
    public IReadOnlyList<Way>? Ways { get; set; }

    /// <summary>Identifiers of the places where it is given.</summary>
    public IReadOnlyList<string>? Places { get; set; }
    public IReadOnlyList<PassedOn>? PassesOnTo { get; set; }

    /// <summary>When somebody last made sure that all this is right.</summary>
    public DateOnly? AssuredOn { get; set; }

    /// <summary>When the edition that last changed it was published, which writes it.</summary>
    [JsonIgnore]
    public DateTimeOffset ModifiedAt { get; set; }

    [JsonIgnore]
    public bool InUse => Status == OfferStatus.Active;

    private sealed class Table : IEntityTypeConfiguration<Offer>
    {
        public void Configure(EntityTypeBuilder<Offer> table)
        {
            table.ToTable("needs_offer");
            table.HasKey(o => o.Identifier);
            table.HasIndex(o => o.Service);
            table.HasIndex(o => o.Organisation);
            table.Ignore(o => o.InUse);
            table.Property(o => o.Ways).HasConversion(v => StoredJson.Write(v), text => StoredJson.Read<IReadOnlyList<Way>>(text));
            table.Property(o => o.Places).HasConversion(v => StoredJson.Write(v), text => StoredJson.Read<IReadOnlyList<string>>(text));
            table.Property(o => o.PassesOnTo).HasConversion(v => StoredJson.Write(v), text => StoredJson.Read<IReadOnlyList<PassedOn>>(text));
        }
    }
}

/// <summary>A place where offers are given.</summary>
internal sealed class Place
{
    public required string Identifier { get; init; }
    public required string Name { get; set; }
    public string? Street { get; set; }
    public string? Town { get; set; }
    public string? Postcode { get; set; }

    /// <summary>Degrees north, WGS 84.</summary>
    public double? Latitude { get; set; }

    /// <summary>Degrees east, WGS 84.</summary>
    public double? Longitude { get; set; }

    /// <summary>When it is open, in words.</summary>
    public string? Opening { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Place>
    {
        public void Configure(EntityTypeBuilder<Place> table)
        {
            table.ToTable("needs_place");
            table.HasKey(p => p.Identifier);
        }
    }
}
