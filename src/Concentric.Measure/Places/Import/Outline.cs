using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Concentric.Measure.Places;

/// <summary>The outline of one place: polygons of rings of longitude and latitude.</summary>
internal sealed class Outline
{
    private const int MostPoints = 20_000;
    private const int MostPointsRead = 3_000_000;

    private readonly List<List<(double X, double Y)[]>> _polygons;

    private Outline(string name, List<List<(double X, double Y)[]>> polygons)
    {
        (Name, _polygons) = (name, polygons);
        Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(this))));
    }

    public string Name { get; }

    /// <summary>Of the outline as it came, to five decimals.</summary>
    public string Digest { get; }

    public int Points => _polygons.Sum(p => p.Sum(r => r.Length));

    /// <summary>The outline of a feature; null with the reason where it cannot be drawn.</summary>
    public static Outline? Of(string name, JsonElement feature, out string reason)
    {
        reason = "The shape is no polygon.";
        if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object || !geometry.TryGetProperty("type", out var type)
            || !geometry.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array) return null;
        var polygons = ReadBoundaries.Is(type, "Polygon") ? [coordinates] : ReadBoundaries.Is(type, "MultiPolygon") ? coordinates.EnumerateArray().ToList() : (List<JsonElement>)[];
        if (polygons.Count == 0) return null;
        var read = new List<List<(double, double)[]>>();
        var points = 0;
        foreach (var polygon in polygons)
        {
            if (polygon.ValueKind != JsonValueKind.Array) return null;
            var rings = new List<(double, double)[]>();
            foreach (var ring in polygon.EnumerateArray())
            {
                if (ring.ValueKind != JsonValueKind.Array) return null;
                points += ring.GetArrayLength();
                if (points > MostPointsRead || Ring(ring, out reason) is not { } good) return null;
                rings.Add(good);
            }
            if (rings.Count == 0) return null;
            read.Add(rings);
        }
        return new(name, read);
    }

    /// <summary>Takes out points that change an outline by less than a tolerance, which grows until all outlines together are small enough (Ramer 1972; Douglas and Peucker 1973).</summary>
    public static void MakeSmaller(IReadOnlyList<Outline> outlines)
    {
        for (var tolerance = 0.00002; outlines.Sum(o => o.Points) > MostPoints && tolerance < 1; tolerance *= 2)
        {
            foreach (var outline in outlines)
            {
                foreach (var polygon in outline._polygons)
                {
                    for (var r = 0; r < polygon.Count; r++) polygon[r] = Thin(polygon[r], tolerance);
                }
            }
        }
    }

    /// <summary>All of them as GeoJSON, with no property but the name.</summary>
    public static string Write(IEnumerable<Outline> outlines) =>
        "{\"type\":\"FeatureCollection\",\"features\":[" + string.Join(',', outlines.Select(o =>
            "{\"type\":\"Feature\",\"properties\":{\"name\":" + JsonSerializer.Serialize(o.Name) + "},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":" + Text(o) + "}}")) + "]}";

    private static string Text(Outline o)
    {
        var text = new StringBuilder("[");
        foreach (var (p, polygon) in o._polygons.Index())
        {
            text.Append(p == 0 ? "[" : ",[");
            foreach (var (r, ring) in polygon.Index())
            {
                text.Append(r == 0 ? "[" : ",[").AppendJoin(',', ring.Select(x => $"[{ReadBoundaries.Number(x.X)},{ReadBoundaries.Number(x.Y)}]")).Append(']');
            }
            text.Append(']');
        }
        return text.Append(']').ToString();
    }

    private static (double, double)[]? Ring(JsonElement ring, out string reason)
    {
        reason = "A ring has fewer than four points.";
        if (ring.GetArrayLength() < 4) return null;
        var points = new (double X, double Y)[ring.GetArrayLength()];
        foreach (var (i, point) in ring.EnumerateArray().Index())
        {
            reason = "A point is not a longitude and a latitude.";
            if (point.ValueKind != JsonValueKind.Array || point.GetArrayLength() < 2 || point[0].ValueKind != JsonValueKind.Number || point[1].ValueKind != JsonValueKind.Number) return null;
            points[i] = (point[0].GetDouble(), point[1].GetDouble());
            reason = "The points are not longitudes and latitudes, most likely metres of the National Grid: save the file as WGS 84 (EPSG:4326).";
            if (!(Math.Abs(points[i].X) <= 180 && Math.Abs(points[i].Y) <= 90)) return null;
        }
        reason = "A ring does not end where it begins.";
        return points[0] == points[^1] ? points : null;
    }

    private static (double, double)[] Thin((double X, double Y)[] ring, double tolerance)
    {
        if (ring.Length <= 5) return ring;
        // A ring has no ends: it is cut at the point farthest from its first.
        var far = Enumerable.Range(0, ring.Length).MaxBy(i => Square(ring[i].X - ring[0].X) + Square(ring[i].Y - ring[0].Y));
        var keep = new bool[ring.Length];
        keep[0] = keep[far] = keep[^1] = true;
        var open = new Stack<(int From, int To)>([(0, far), (far, ring.Length - 1)]);
        while (open.TryPop(out var part))
        {
            var (most, at) = (0.0, -1);
            for (var i = part.From + 1; i < part.To; i++)
            {
                if (Distance(ring[i], ring[part.From], ring[part.To]) is var d && d > most) (most, at) = (d, i);
            }
            if (most <= tolerance) continue;
            keep[at] = true;
            open.Push((part.From, at));
            open.Push((at, part.To));
        }
        var thin = ring.Where((_, i) => keep[i]).ToArray();
        return thin.Length >= 4 ? thin : ring;
    }

    private static double Distance((double X, double Y) p, (double X, double Y) a, (double X, double Y) b)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var length = dx * dx + dy * dy;
        var t = length == 0 ? 0 : Math.Clamp(((p.X - a.X) * dx + (p.Y - a.Y) * dy) / length, 0, 1);
        return Math.Sqrt(Square(p.X - a.X - t * dx) + Square(p.Y - a.Y - t * dy));
    }

    private static double Square(double x) => x * x;
}
