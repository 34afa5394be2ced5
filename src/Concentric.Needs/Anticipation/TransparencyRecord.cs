using System.Text;
using Concentric.Core;
using Concentric.Needs.Concepts;

namespace Concentric.Needs.Anticipation;

/// <summary>A record of what anticipation is and does, in the two tiers of the United Kingdom's Algorithmic Transparency Recording Standard, made from what is in use at this moment.</summary>
public sealed record TransparencyRecord
{
    public required string Council { get; init; }

    /// <summary>The council is invented.</summary>
    public required bool IsSynthetic { get; init; }

    /// <summary>The day on which the record was made.</summary>
    public required DateOnly MadeOn { get; init; }

    public required IReadOnlyList<RecordTier> Tiers { get; init; }

    internal static TransparencyRecord Of(NeedModel model, Learnt? learnt, IReadOnlyList<Decision> decisions, string council, bool synthetic, DateTimeOffset now) => new()
    {
        Council = council,
        IsSynthetic = synthetic,
        MadeOn = Say.DayOf(now),
        Tiers = [new("Tier 1", "What it is, in short", [.. RecordText.Tier1(model, decisions, council)]), new("Tier 2", "What it is, in full", [.. RecordText.Tier2(model, learnt, decisions, council)])],
    };

    /// <summary>As a page of Markdown, to be published elsewhere.</summary>
    public string Markdown()
    {
        var text = new StringBuilder();
        text.AppendLine("# Algorithmic transparency record: anticipation of next needs\n").Append(Council).Append(", ").Append(Say.Date(MadeOn)).AppendLine(IsSynthetic ? ". An invented council: its figures are evidence of nothing." : ".");
        foreach (var tier in Tiers)
        {
            text.Append("\n## ").Append(tier.Name).Append(": ").AppendLine(tier.Title);
            foreach (var entry in tier.Entries) text.Append("\n### ").Append(entry.Number).Append(' ').Append(entry.Title).Append("\n\n").AppendLine(entry.Text);
        }
        return text.ToString();
    }
}

public sealed record RecordTier(string Name, string Title, IReadOnlyList<RecordEntry> Entries);

/// <param name="Number">Its number in the standard's own order, as 2.4.1.</param>
public sealed record RecordEntry(string Number, string Title, string Text);
