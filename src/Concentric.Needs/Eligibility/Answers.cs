using System.Globalization;
using System.Text.Json.Serialization;
using Concentric.Needs.Concepts;
using Microsoft.AspNetCore.Http;

namespace Concentric.Needs.Eligibility;

/// <summary>What somebody answered to a question on a circumstance. Skipped: they were not asked, or did not want to say.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Reply>))]
public enum Reply
{
    [JsonStringEnumMemberName("skipped")] Skipped,
    [JsonStringEnumMemberName("yes")] Yes,
    [JsonStringEnumMemberName("no")] No,
}

/// <summary>What somebody has told us of their situation. It stands in the address of a page and nowhere else.</summary>
internal sealed record Answers
{
    /// <summary>Stands before the identifier of a circumstance, so that none can be taken for another part of the address.</summary>
    public const string Prefix = "is-";
    public const string AgeName = "age";
    public const int OldestAge = 120;

    public static readonly Answers None = new();

    /// <summary>By address of the circumstance; only yes and no.</summary>
    public IReadOnlyDictionary<string, Reply> Replies { get; init; } = new Dictionary<string, Reply>();

    /// <summary>Whole years.</summary>
    public int? Age { get; init; }

    public bool Any => Replies.Count > 0 || Age is not null;

    public Reply To(string circumstance) => Replies.GetValueOrDefault(circumstance);

    public Answers With(string circumstance, Reply reply) => this with { Replies = new Dictionary<string, Reply>(Replies) { [circumstance] = reply } };

    /// <summary>The answers of an address: <c>is-out-of-work=yes&amp;is-pension-age=no&amp;age=40</c>. What is not a circumstance or not an answer is left out.</summary>
    public static Answers Of(NeedModel model, IQueryCollection query)
    {
        var replies = new Dictionary<string, Reply>(StringComparer.Ordinal);
        foreach (var (name, values) in query)
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || model.Find(ConceptType.Circumstance, name[Prefix.Length..]) is not { InUse: true } circumstance) continue;
            switch (values.ToString())
            {
                case "yes": replies[circumstance.Uri] = Reply.Yes; break;
                case "no": replies[circumstance.Uri] = Reply.No; break;
            }
        }
        return new() { Replies = replies, Age = AgeOf(query[AgeName].ToString()) };
    }

    /// <summary>Whole years from 0 to <see cref="OldestAge"/>, or null.</summary>
    public static int? AgeOf(string? typed) =>
        int.TryParse((typed ?? "").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var age) && age <= OldestAge ? age : null;

    /// <summary>The same answers as part of an address, in the order of the list of circumstances; empty where there are none.</summary>
    public string Query(NeedModel model)
    {
        var parts = model.InUse(ConceptType.Circumstance).Where(c => To(c.Uri) != Reply.Skipped)
            .Select(c => $"{Uri.EscapeDataString(Prefix + c.Identifier)}={(To(c.Uri) == Reply.Yes ? "yes" : "no")}");
        return string.Join('&', Age is { } age ? parts.Append(string.Create(CultureInfo.InvariantCulture, $"{AgeName}={age}")) : parts);
    }
}
