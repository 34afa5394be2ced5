using System.Globalization;
using Concentric.Core;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Places;

/// <summary>Reads postcodes, areas, output areas and groups from a CSV file.</summary>
internal sealed class ReadPlaces
{
    private const int MostOfKey = 60;
    private const int MostOfLabel = 200;

    private readonly PlaceRequest _request;
    private readonly ListFile _file;
    private readonly Dictionary<string, int> _places = [];
    private readonly PlaceReading _into;

    private ReadPlaces(PlaceRequest request, ListFile file, IReadOnlyDictionary<string, string> columns)
    {
        (_request, _file, _into) = (request, file, new() { IsGathered = request.Kind == PlaceKind.OutputAreas });
        foreach (var role in ColumnRoles.Of(request.Kind))
        {
            if (!columns.TryGetValue(role.Name, out var column) || column.Length == 0)
            {
                if (role.IsNeeded) throw new ImportRefusedException($"No column was found for: {role.Label.ToLowerInvariant()}. The file has {string.Join(", ", file.Columns.Take(40).Select(c => $"“{c}”"))}.", 1, role.Name);
                continue;
            }
            if (role.IsBeginning) continue;
            var place = file.Columns.ToList().FindIndex(c => string.Equals(c, column, StringComparison.OrdinalIgnoreCase));
            _places[role.Name] = place >= 0 ? place : throw new ImportRefusedException($"The file has no column “{column}”.", 1, role.Name);
        }
        Columns = columns;
    }

    private IReadOnlyDictionary<string, string> Columns { get; }

    /// <exception cref="ImportRefusedException">A needed column is missing, or most lines cannot be read.</exception>
    public static PlaceReading Read(PlaceRequest request, ListFile file, IReadOnlyDictionary<string, string> columns)
    {
        var reader = new ReadPlaces(request, file, columns);
        switch (request.Kind)
        {
            case PlaceKind.Postcodes: reader.Each(reader.Postcode); break;
            case PlaceKind.Areas: reader.Each(reader.AreaLine); break;
            case PlaceKind.Groups: reader.Each(reader.GroupLine); break;
            case PlaceKind.OutputAreas: reader.OutputAreas(); break;
            default: throw new ArgumentException($"{request.Kind} is read elsewhere.", nameof(request));
        }
        reader._into.RefuseWhereMostlyBad();
        if (request.Kind == PlaceKind.Postcodes) reader.AreasOfPostcodes();
        return reader._into;
    }

    private readonly Dictionary<string, List<ListedArea>> _areasOfPostcodes = new(StringComparer.Ordinal);

    private void Each(Action<ListLine> take)
    {
        foreach (var line in _file.Lines)
        {
            if (line.Bad is not null) _into.Refusals.Add(new(line.Line, "", line.Bad));
            else take(line);
        }
    }

    private string? Get(ListLine line, string role) => _places.TryGetValue(role, out var place) && line.Fields[place].Trim() is { Length: > 0 } text ? text : null;

    private void Refuse(ListLine line, string role, string reason) => _into.Refusals.Add(new(line.Line, Columns.GetValueOrDefault(role, role), reason));

    private void Postcode(ListLine line)
    {
        if (!Core.Postcode.TryParse(Get(line, ColumnRoles.Postcode), out var postcode))
        {
            Refuse(line, ColumnRoles.Postcode, $"“{Shown(Get(line, ColumnRoles.Postcode))}” is not a postcode.");
            return;
        }
        if (AreaOf(line, out var named) is not { } area) return;
        var plain = postcode.ToString().Replace(" ", "", StringComparison.Ordinal);
        if (!_into.Say(line.Line, Columns[ColumnRoles.Postcode], plain, area.Key, $"the postcode {postcode}")) return;
        NameGroup(area.Group, named);
        _into.Postcodes.Add(new() { Council = _request.Council, Postcode = plain, Area = area.Key });
        if (!_areasOfPostcodes.TryGetValue(area.Key, out var lines)) _areasOfPostcodes.Add(area.Key, lines = []);
        lines.Add(area);
    }

    /// <summary>Of each area what most of its postcodes say; a ward boundary may cut through an area.</summary>
    private void AreasOfPostcodes()
    {
        _into.Areas =
        [
            .. from area in _areasOfPostcodes
               let lines = area.Value
               let most = lines.MostCommon(a => a.Group)
               select new ListedArea
               {
                   Council = _request.Council, Kind = PlaceKind.Postcodes, Key = area.Key, Label = lines.MostCommon(a => a.Label), Ward = lines.MostCommon(a => a.Ward), Group = most,
                   GroupShare = lines.Find(a => a.Group == most)?.GroupShare, Decile = lines.MostCommon(a => a.Decile?.ToString(CultureInfo.InvariantCulture)) is { } decile ? int.Parse(decile, CultureInfo.InvariantCulture) : null,
               },
        ];
        var cut = _areasOfPostcodes.Count(a => a.Value.Select(x => x.Ward).Distinct().Count() > 1);
        if (cut > 0) _into.Notes.Add($"{Say.Number(cut)} areas have postcodes in more than one ward; each is in the ward of most of its postcodes, unless a list of areas says otherwise.");
        NoteMixed();
        // So that a changed ward or decile of an area is a change of its postcodes' lines.
        var contents = _into.Areas.ToDictionary(a => a.Key, ContentOf, StringComparer.Ordinal);
        foreach (var postcode in _into.Postcodes) _into.Content[postcode.Postcode] = $"{postcode.Area}|{contents[postcode.Area]}";
    }

    private void AreaLine(ListLine line)
    {
        if (AreaOf(line, out var named) is not { } area) return;
        if (!_into.Say(line.Line, Columns[ColumnRoles.Area], area.Key, ContentOf(area), $"the area {area.Key}")) return;
        NameGroup(area.Group, named);
        _into.Areas.Add(area);
    }

    private void GroupLine(ListLine line)
    {
        var (key, label) = (Get(line, ColumnRoles.Group), Get(line, ColumnRoles.GroupName));
        if (key is null || key.Length > MostOfKey) Refuse(line, ColumnRoles.Group, key is null ? "The key of the group is missing." : "The key of the group is too long.");
        else if (label is null || label.Length > MostOfLabel) Refuse(line, ColumnRoles.GroupName, label is null ? "The name of the group is missing." : "The name of the group is too long.");
        else if (_into.Say(line.Line, Columns[ColumnRoles.GroupName], key, label, $"group {key}")) _into.GroupNames[key] = label;
    }

    /// <summary>One line an output area, or one an area with a column of counts for each group.</summary>
    private void OutputAreas()
    {
        var mixes = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var areaOfLine = new List<(long Line, string Area)>();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var beginning = Columns.GetValueOrDefault(ColumnRoles.Counts, "");
        var counts = beginning.Length == 0 ? [] : _file.Columns.Index().Where(c => c.Item.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)).Select(c => (Group: c.Item[beginning.Length..], Place: c.Index)).ToList();
        if (counts.Count == 0 && !_places.ContainsKey(ColumnRoles.Group)) throw new ImportRefusedException("The file names no profile group: choose the column that holds it, or what the columns of counts begin with.", 1, ColumnRoles.Group);
        Each(line =>
        {
            if (KeyOf(line) is not { } area) return;
            var parts = counts.Count > 0 ? CountsOf(line, counts) : PartOf(line, area, known);
            if (parts is null) return;
            areaOfLine.Add((line.Line, area));
            if (Get(line, ColumnRoles.Name) is { } name && Short(name) is { } label) names[area] = label;
            if (!mixes.TryGetValue(area, out var mix)) mixes.Add(area, mix = new(StringComparer.Ordinal));
            foreach (var (group, n) in parts) mix[group] = mix.GetValueOrDefault(group) + n;
        });
        foreach (var (area, mix) in mixes)
        {
            var all = mix.Values.Sum();
            var modal = mix.OrderByDescending(m => m.Value).ThenBy(m => m.Key, StringComparer.Ordinal).First();
            var listed = new ListedArea { Council = _request.Council, Kind = PlaceKind.OutputAreas, Key = area, Label = names.GetValueOrDefault(area), Group = all == 0 ? null : modal.Key, GroupShare = all == 0 ? null : (double)modal.Value / all };
            _into.Areas.Add(listed);
            _into.Mix.AddRange(mix.Where(m => m.Value > 0).Select(m => new AreaMix { Council = _request.Council, Area = area, Group = m.Key, Parts = m.Value }));
            _into.Content[area] = $"{ContentOf(listed)}|{MixText(mix.Where(m => m.Value > 0).Select(m => (m.Key, m.Value)))}";
        }
        _into.Said.AddRange(areaOfLine);
        NoteMixed();
    }

    private List<(string Group, int Count)>? CountsOf(ListLine line, List<(string Group, int Place)> counts)
    {
        var found = new List<(string, int)>();
        foreach (var (group, place) in counts)
        {
            if (line.Fields[place].Trim() is not { Length: > 0 } text) continue;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n))
            {
                _into.Refusals.Add(new(line.Line, _file.Columns[place], $"“{Shown(text)}” is not a count."));
                return null;
            }
            found.Add((group, n));
        }
        return found;
    }

    private List<(string Group, int Count)>? PartOf(ListLine line, string area, Dictionary<string, string> known)
    {
        if (Get(line, ColumnRoles.Group) is not { } group || group.Length > MostOfKey)
        {
            Refuse(line, ColumnRoles.Group, "The profile group is missing.");
            return null;
        }
        NameGroup(group, Get(line, ColumnRoles.GroupName));
        if (Get(line, ColumnRoles.OutputArea) is not { } part) return [(group, 1)];
        if (known.TryAdd(part, $"{area}|{group}")) return [(group, 1)];
        Refuse(line, ColumnRoles.OutputArea, $"The output area {Shown(part)} stands in an earlier line.");
        return null;
    }

    private ListedArea? AreaOf(ListLine line, out string? groupName)
    {
        groupName = Get(line, ColumnRoles.GroupName);
        if (KeyOf(line) is not { } key) return null;
        var decile = Get(line, ColumnRoles.Decile);
        if (decile is not null && (!int.TryParse(decile, NumberStyles.None, CultureInfo.InvariantCulture, out var d) || d is < 1 or > 10))
        {
            Refuse(line, ColumnRoles.Decile, $"“{Shown(decile)}” is not a decile from 1 to 10.");
            return null;
        }
        var share = Get(line, ColumnRoles.Share);
        var part = 0.0;
        if (share is not null && (!double.TryParse(share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out part) || part is <= 0 or > 1))
        {
            Refuse(line, ColumnRoles.Share, $"“{Shown(share)}” is not a share above 0 and at most 1.");
            return null;
        }
        var group = Get(line, ColumnRoles.Group);
        if (group?.Length > MostOfKey)
        {
            Refuse(line, ColumnRoles.Group, "The key of the group is too long.");
            return null;
        }
        return new()
        {
            Council = _request.Council, Kind = _request.Kind, Key = key, Label = Short(Get(line, ColumnRoles.Name)), Ward = Short(Get(line, ColumnRoles.Ward)), Group = group,
            GroupShare = group is not null && share is not null ? part : null, Decile = decile is null ? null : int.Parse(decile, CultureInfo.InvariantCulture),
        };
    }

    private string? KeyOf(ListLine line)
    {
        var key = Get(line, ColumnRoles.Area);
        if (key is not null && key.Length <= MostOfKey) return key;
        Refuse(line, ColumnRoles.Area, key is null ? "The code of the area is missing." : "The code of the area is too long.");
        return null;
    }

    private void NameGroup(string? key, string? name)
    {
        if (key is not null && name is not null) _into.GroupNames.TryAdd(key, Short(name)!);
    }

    private void NoteMixed()
    {
        var mixed = _into.Areas.Count(a => a.GroupShare < 1);
        if (mixed > 0) _into.Notes.Add($"{Say.Number(mixed)} of {Say.Number(_into.Areas.Count)} areas are mixed: part of each belongs to another group than the one it is counted in.");
    }

    internal static string ContentOf(ListedArea a) => string.Create(CultureInfo.InvariantCulture, $"{a.Label}|{a.Ward}|{a.Group}|{a.GroupShare:R}|{a.Decile}");

    internal static string MixText(IEnumerable<(string Group, int Parts)> mix) => string.Join(';', mix.OrderBy(m => m.Group, StringComparer.Ordinal).Select(m => $"{m.Group}={m.Parts}"));

    private static string Shown(string? text) => text is { Length: > 40 } ? text[..40] + "…" : text ?? "";

    private static string? Short(string? text) => text is { Length: > MostOfLabel } ? text[..MostOfLabel] : text;
}

internal static class Commonest
{
    extension<T>(IEnumerable<T> items)
    {
        /// <summary>The value that most of them have, nulls aside; of equals the first in the alphabet.</summary>
        public string? MostCommon(Func<T, string?> of) =>
            items.Select(of).Where(v => v is not null).GroupBy(v => v, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
    }
}
