using Concentric.Core.Facts;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.FailureDemand;

/// <summary>What demand types and system causes are called, and where a cause stands in its tree.</summary>
internal sealed class DemandBook
{
    /// <summary>A tree is never deeper than this; a circle that a fact could bring about ends here.</summary>
    private const int MostDepth = 8;

    private readonly ContactDimensions _names;
    private readonly Dictionary<string, DemandTypeWritten> _types;
    private readonly Dictionary<string, SystemCauseWritten> _causes;

    private DemandBook(ContactDimensions names, IEnumerable<DemandTypeWritten> types, IReadOnlyList<SystemCauseWritten> causes)
    {
        _names = names;
        _types = types.ToDictionary(t => $"{t.DemandType}");
        _causes = causes.ToDictionary(c => $"{c.Cause}");
        // A file knows a cause by its words.
        foreach (var same in causes.GroupBy(c => c.Words).Where(g => g.Count() == 1)) _causes.TryAdd(same.Key, same.Single());
    }

    public static async Task<DemandBook> Load(IContactStore store, CancellationToken stop) =>
        new(store.Dimensions, await store.Told<DemandTypeWritten>(stop), await store.Told<SystemCauseWritten>(stop));

    /// <summary>What citizens ask, in their words.</summary>
    public string Type(int code) => code == 0 ? "None of the service’s own types" : Named(_names.DemandTypes, code) is not { } type ? $"{code}"
        : _types.GetValueOrDefault(type.Key)?.Words ?? (Guid.TryParse(type.Key, out _) && type.Label == type.Key ? "A type whose words are not known" : type.Label);

    /// <summary>A cause with those above it; "Not set" for 0.</summary>
    public string Cause(int code)
    {
        if (code == 0) return "Not set";
        if (Named(_names.SystemCauses, code) is not { } name) return $"{code}";
        if (!_causes.TryGetValue(name.Key, out var cause)) return name.Label;
        var path = cause.Words;
        for (var depth = 1; cause.Parent is { } parent && _causes.TryGetValue($"{parent}", out var above) && depth < MostDepth; depth++) (cause, path) = (above, $"{above.Words} › {path}");
        return path;
    }

    private static NameCode? Named(IReadOnlyList<NameCode> names, int code) => code < names.Count ? names[code] : null;
}
