using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Core.People;

/// <summary>What somebody may do. A citizen needs no account, so nobody here has that role but one who signs in as themselves.</summary>
public enum Role { Citizen, Adviser, Officer, ServiceManager, Analyst, Administrator, Partner, ServiceDesigner }

/// <summary>Somebody who signs in.</summary>
public sealed class Person
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required Role Role { get; init; }

    /// <summary>Invented for the demo council; only these can sign in without an identity provider, and only in development.</summary>
    public bool IsDemo { get; init; }

    public DateTimeOffset? DisabledAt { get; private set; }

    public void Disable(DateTimeOffset now) => DisabledAt ??= now;

    public void LetInAgain() => DisabledAt = null;

    /// <summary>The role in words.</summary>
    public static string Words(Role role) => role switch
    {
        Role.ServiceManager => "Service manager",
        Role.ServiceDesigner => "Service designer",
        Role.Partner => "Partner organisation",
        _ => role.ToString(),
    };

    internal sealed class Table : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> table) => table.ToTable("core_person");
    }
}

/// <summary>One sign-in of one person on one browser. The browser holds the token, we hold its digest.</summary>
public sealed class Session
{
    /// <summary>A session ends after this long without a request.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(30);

    /// <summary>A session ends after this long whatever is done in it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(12);

    public required Guid Id { get; init; }
    public required byte[] TokenDigest { get; init; }
    public required Guid PersonId { get; init; }
    public Person? Person { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset SeenAt { get; set; }
    public DateTimeOffset? EndedAt { get; private set; }

    public void End(DateTimeOffset now) => EndedAt ??= now;

    public bool IsOpen(DateTimeOffset now) => EndedAt is null && now - SeenAt < IdleLimit && now - StartedAt < Limit;

    internal sealed class Table : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> table)
        {
            table.ToTable("core_session");
            table.HasIndex(s => s.TokenDigest).IsUnique();
        }
    }
}

/// <summary>What a program may do with its key.</summary>
[Flags]
public enum ApiScopes
{
    /// <summary>Ask for what the API tells: counts of contacts, the state of an enquiry, the need model.</summary>
    Read = 1,

    /// <summary>Send contacts, and ask what became of those that it sent.</summary>
    WriteContacts = 2,

    /// <summary>Send enquiries from another system, and tell what became of one there.</summary>
    WriteEnquiries = 4,

    /// <summary>Report phone calls: that they began, were answered, handed on and ended.</summary>
    WriteCalls = 8,
}

/// <summary>A key with which a program asks the API. We hold its digest; the key itself is shown once.</summary>
public sealed class ApiKey
{
    public required Guid Id { get; init; }

    /// <summary>What uses it, so that somebody knows what stops when it is withdrawn.</summary>
    public required string Name { get; init; }

    public required byte[] Digest { get; init; }
    public required ApiScopes Scopes { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public void Withdraw(DateTimeOffset now) => WithdrawnAt ??= now;

    internal sealed class Table : IEntityTypeConfiguration<ApiKey>
    {
        public void Configure(EntityTypeBuilder<ApiKey> table)
        {
            table.ToTable("core_api_key");
            table.HasIndex(k => k.Digest).IsUnique();
            // One key may have all of them, and their names stand one after the other.
            table.Property(k => k.Scopes).HasMaxLength(200);
        }
    }
}
