using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Core.Journal;

/// <summary>A record that the journal keeps. Its kind is its type's name in kebab case; its JSON holds no direct identifier of a citizen.</summary>
public interface IFact
{
    /// <summary>What it happened to.</summary>
    string Subject { get; }
}

/// <summary>Who acts, as the journal names them.</summary>
public static class Actor
{
    public const string Citizen = "citizen";
    public const string System = "system";
}

public static partial class Journal
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    extension(ConcentricDb db)
    {
        public DbSet<Fact> Facts => db.Set<Fact>();

        public DbSet<FactAside> FactsAside => db.Set<FactAside>();

        /// <summary>Adds the fact to the change that is being made; both are kept or neither.</summary>
        /// <param name="by">Id of a person of the staff, or one of <see cref="Actor"/>.</param>
        public void Record<T>(T fact, string by, DateTimeOffset at) where T : IFact
        {
            // PostgreSQL keeps microseconds; what is hashed must be what is read back.
            at = new(at.Ticks - at.Ticks % TimeSpan.TicksPerMicrosecond, at.Offset);
            var data = JsonSerializer.Serialize(fact, Json);
            var salt = RandomNumberGenerator.GetBytes(16);
            db.Add(new Fact
            {
                Id = Guid.CreateVersion7(at),
                Kind = KindOf(typeof(T)),
                Subject = fact.Subject,
                By = by,
                At = at,
                Data = data,
                Salt = salt,
                Digest = DigestOf(salt, data),
            });
        }
    }

    extension(Fact fact)
    {
        /// <summary>The fact as the record it was written from.</summary>
        public T As<T>() where T : IFact =>
            JsonSerializer.Deserialize<T>(fact.Data ?? throw new InvalidOperationException($"Fact {fact.Number} has been erased."), Json) ?? throw new JsonException("It says nothing.");
    }

    /// <summary>The kinds of facts that this program writes; a newer one may have written others.</summary>
    public static FrozenSet<string> Kinds { get; } =
        typeof(IFact).Assembly.GetTypes().Where(t => t is { IsInterface: false, IsAbstract: false } && t.IsAssignableTo(typeof(IFact))).Select(KindOf).ToFrozenSet(StringComparer.Ordinal);

    /// <summary><c>EnquiryRaised</c> is <c>enquiry-raised</c>.</summary>
    public static string KindOf(Type fact) => WordStart.Replace(fact.Name, "-$1").ToLowerInvariant();

    internal static byte[] DigestOf(byte[] salt, string data) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(data)]);

    /// <summary>The hash of a fact in the chain: SHA-256 over the hash before it, its number and everything of the row but the data, for which its digest stands.</summary>
    internal static byte[] HashOf(byte[] before, long number, Fact fact)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        // Lengths before texts, so that no two rows can be written as the same bytes.
        foreach (var text in (string[])[$"{number}", $"{fact.Id}", fact.Kind, fact.Subject, fact.By, $"{fact.At.UtcTicks / TimeSpan.TicksPerMicrosecond}"])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
        hash.AppendData(fact.Digest);
        return hash.GetHashAndReset();
    }

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex WordStart { get; }
}
