using System.Globalization;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Disclosure.Releases;

/// <summary>The contacts that a figure counts, as the days and the values that they must have. What is true of areas is said in areas, so that a ward and its areas can be held against each other.</summary>
internal sealed class Region
{
    private readonly Dictionary<Dimension, HashSet<string>> _kept = [];
    private readonly string _council, _kind;
    private DateOnly _from, _to;

    public Region(ReleaseQuery query, ContactDimensions names, IReadOnlyList<string>? row = null, IReadOnlyList<string>? column = null)
    {
        (_council, _kind, _from, _to) = (query.Council, query.Kind, query.From, query.To);
        foreach (var (name, keys) in query.Where) Keep(ReleaseDimensions.Find(name)!.Value, keys, names);
        if (row is not null) Keep(ReleaseDimensions.Find(query.Rows)!.Value, row, names);
        if (column is not null) Keep(ReleaseDimensions.Find(query.Columns)!.Value, column, names);
    }

    /// <summary>Whether every contact of this is one of the other's.</summary>
    public bool IsWithin(Region other) =>
        _council == other._council && _kind == other._kind && _from >= other._from && _to <= other._to
        && other._kept.All(k => _kept.TryGetValue(k.Key, out var own) && own.IsSubsetOf(k.Value));

    private void Keep(Dimension dimension, IReadOnlyList<string> keys, ContactDimensions names)
    {
        if (dimension == Dimension.Month)
        {
            var months = keys.Select(k => DateOnly.ParseExact(k, "yyyy-MM-dd", CultureInfo.InvariantCulture)).Order().ToList();
            // Months one after another are a stretch of days; others stay what they are.
            if (months.Zip(months.Skip(1)).All(m => m.First.AddMonths(1) == m.Second))
            {
                var (first, last) = (months[0], months[^1].AddMonths(1).AddDays(-1));
                (_from, _to) = (first > _from ? first : _from, last < _to ? last : _to);
                return;
            }
        }
        var (of, kept) = dimension is Dimension.Ward or Dimension.Profile or Dimension.Decile
            ? (Dimension.Area, names.Areas.Where(a => keys.Contains(ReleaseDimensions.Key(dimension, dimension switch { Dimension.Ward => a.Ward, Dimension.Profile => a.Profile, _ => a.Decile }, names))).Select(a => a.Key))
            : (dimension, keys);
        if (_kept.TryGetValue(of, out var before)) before.IntersectWith(kept);
        else _kept[of] = [.. kept];
    }
}
