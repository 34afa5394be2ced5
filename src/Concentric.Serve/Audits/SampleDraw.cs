namespace Concentric.Serve.Audits;

/// <summary>Contacts of one service and channel that can be drawn.</summary>
/// <param name="Ids">In a fixed order, so that the same seed draws the same.</param>
internal sealed record DrawPart(string Service, string Channel, IReadOnlyList<Guid> Ids);

/// <summary>Draws a sample of contacts that anybody can draw again.</summary>
internal static class SampleDraw
{
    /// <summary>As many of each service and channel at least, so that each has a variance.</summary>
    public const int Fewest = 2;

    /// <summary>How it is drawn, in words that stay with the audit.</summary>
    public const string Method = "Stratified by service and channel, in proportion with at least 2 of each, without replacement: Fisher and Yates’ shuffle of the contacts in the order of their ids, by SplitMix64 from the seed.";

    /// <summary>How many of each part: two, and the rest in proportion, the largest remainders first. Never more than there are.</summary>
    /// <param name="total">Wanted in all; more where two of each are more.</param>
    public static int[] Allocate(IReadOnlyList<int> sizes, int total)
    {
        var given = sizes.Select(s => Math.Min(Fewest, s)).ToArray();
        var left = Math.Min(total, sizes.Sum()) - given.Sum();
        while (left > 0)
        {
            // What a part cannot take goes to the others in the next round.
            var room = sizes.Select((s, i) => s - given[i]).ToArray();
            double all = room.Sum();
            var shares = room.Select(r => left * r / all).ToArray();
            var whole = shares.Select(s => (int)s).ToArray();
            foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => shares[i] - whole[i]).ThenBy(i => i).Take(left - whole.Sum())) whole[i]++;
            for (var i = 0; i < given.Length; i++) given[i] += Math.Min(whole[i], room[i]);
            left = Math.Min(total, sizes.Sum()) - given.Sum();
        }
        return given;
    }

    /// <summary>The contacts drawn of each part, mixed through each other in the end so that nobody codes one part in a row.</summary>
    public static List<(int Part, Guid Id)> Of(IReadOnlyList<DrawPart> parts, int total, long seed)
    {
        var chance = new SplitMix(unchecked((ulong)seed));
        var counts = Allocate([.. parts.Select(p => p.Ids.Count)], total);
        var drawn = parts.SelectMany((part, i) => Shuffle([.. part.Ids], counts[i], chance).Select(id => (i, id))).ToList();
        return Shuffle(drawn, drawn.Count, chance);
    }

    private static List<T> Shuffle<T>(List<T> items, int count, SplitMix chance)
    {
        for (var i = 0; i < count; i++)
        {
            var j = i + chance.Below(items.Count - i);
            (items[i], items[j]) = (items[j], items[i]);
        }
        return items[..count];
    }

    /// <remarks>G. L. Steele, D. Lea and C. H. Flood, OOPSLA 2014, 453: written here because the platform's own may change with its version.</remarks>
    private sealed class SplitMix(ulong state)
    {
        public int Below(int bound)
        {
            unchecked
            {
                state += 0x9E3779B97F4A7C15;
                var z = state;
                z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
                z = (z ^ z >> 27) * 0x94D049BB133111EB;
                return (int)(((z ^ z >> 31) >> 32) * (ulong)bound >> 32);
            }
        }
    }
}
