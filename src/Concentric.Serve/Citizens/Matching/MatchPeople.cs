namespace Concentric.Serve.Citizens.Matching;

/// <summary>Two of a list who seem to be one.</summary>
internal sealed record LikelyPair(int A, int B, Comparison Comparison)
{
    public double Weight { get; } = Comparison.Weight;
}

/// <summary>Finds who stands several times in a list of people.</summary>
internal static class MatchPeople
{
    /// <summary>A key that more share than this tells nobody from anybody, and would make the work grow with the square of the list.</summary>
    private const int MostOfAKey = 60;

    /// <summary>Those who share a key and weigh enough, in the order of the list.</summary>
    public static IReadOnlyList<LikelyPair> Pairs(IReadOnlyList<Individual> people)
    {
        var near = new SortedSet<(int, int)>();
        foreach (var shared in people.SelectMany((p, i) => Keys(p).Distinct().Select(key => (Key: key, At: i))).GroupBy(k => k.Key, k => k.At, StringComparer.Ordinal))
        {
            var ids = shared.ToList();
            if (ids.Count > MostOfAKey) continue;
            for (var a = 0; a < ids.Count; a++)
                for (var b = a + 1; b < ids.Count; b++) near.Add((ids[a], ids[b]));
        }
        return [.. near.Select(p => new LikelyPair(p.Item1, p.Item2, Comparison.Of(people[p.Item1], people[p.Item2]))).Where(p => p.Weight >= Weights.LikelyAmong(people.Count))];
    }

    /// <summary>
    /// Groups of one person each: pairs are taken in the order of their weight, and two groups become one only where all pairs between them weigh <see cref="Weights.Together"/> on average.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<int>> Clusters(IReadOnlyList<Individual> people, IReadOnlyList<LikelyPair> pairs)
    {
        var group = Enumerable.Range(0, people.Count).Select(i => new List<int> { i }).ToArray();
        var known = pairs.ToDictionary(p => (p.A, p.B), p => p.Weight);
        foreach (var pair in pairs.OrderByDescending(p => p.Weight).ThenBy(p => p.A).ThenBy(p => p.B))
        {
            var (a, b) = (group[pair.A], group[pair.B]);
            if (ReferenceEquals(a, b) || a.Average(i => b.Average(j => Weight(i, j))) < Weights.Together) continue;
            a.AddRange(b);
            foreach (var i in b) group[i] = a;
        }
        return [.. group.Distinct().Select(g => (IReadOnlyList<int>)[.. g.Order()]).OrderBy(g => g[0])];

        double Weight(int i, int j)
        {
            var key = (Math.Min(i, j), Math.Max(i, j));
            if (!known.TryGetValue(key, out var weight)) known[key] = weight = Comparison.Of(people[key.Item1], people[key.Item2]).Weight;
            return weight;
        }
    }

    /// <summary>By which two who may be one are brought together: each stands a different mistake.</summary>
    private static IEnumerable<string> Keys(Individual p)
    {
        var hasDay = p.Born.Length == 10;
        if (hasDay)
        {
            yield return $"born {p.Born}";
            yield return $"born {p.Born[..5]}{p.Born[8..]}-{p.Born[5..7]}";
        }
        foreach (var name in new[] { p.First, p.Last }.Where(n => n.Length > 0))
        {
            yield return $"name {name}";
            if (!hasDay || name.Length < 3) continue;
            yield return $"year {name[0]} {p.Born[..4]}";
            yield return $"day {name[0]} {p.Born[5..]}";
        }
        if (p.First.Length > 1 && p.Last.Length > 1) yield return $"names {string.Join(' ', new[] { p.First[..2], p.Last[..2] }.Order(StringComparer.Ordinal))}";
        if (p.Phone.Length > 0) yield return $"phone {p.Phone}";
        if (p.Postcode.Length > 0) yield return $"postcode {p.Postcode}";
        if (p.Email.Length == 0) yield break;
        yield return $"email {p.Email}";
        yield return $"local {p.Email.Split('@')[0]}";
        yield return $"domain {p.Email.Split('@')[^1]}";
    }
}

/// <summary>How well groups fit those that are known to be true, counted in pairs.</summary>
internal sealed record Fit(int Found, int True, int Both)
{
    public double Precision => Found == 0 ? 1 : (double)Both / Found;
    public double Recall => True == 0 ? 1 : (double)Both / True;

    public static Fit Of(IEnumerable<(int, int)> found, IReadOnlyList<string> truth)
    {
        var pairs = found.Distinct().ToList();
        var all = truth.GroupBy(t => t, StringComparer.Ordinal).Sum(g => g.Count() * (g.Count() - 1) / 2);
        return new(pairs.Count, all, pairs.Count(p => truth[p.Item1] == truth[p.Item2]));
    }

    public static IEnumerable<(int, int)> PairsOf(IEnumerable<IReadOnlyList<int>> clusters) => clusters.SelectMany(c => c.SelectMany((a, i) => c.Skip(i + 1).Select(b => (a, b))));
}
