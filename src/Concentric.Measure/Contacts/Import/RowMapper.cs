using System.Globalization;
using System.Text;
using Concentric.Core.Facts;
using Concentric.Core.People;

namespace Concentric.Measure.Contacts;

/// <summary>Makes contacts of records by a mapping. Not for use by two threads at once.</summary>
internal sealed class RowMapper
{
    private const int RememberedPersons = 1 << 18;

    private readonly Mapping _mapping;
    private readonly Pseudonyms _pseudonyms;
    private readonly LocalClock _clock;
    private readonly RowKey _key;
    private readonly HashSet<string> _empty;
    private readonly IReadOnlyList<string> _columns;
    private readonly int[] _id, _opened, _closed, _person;
    private readonly int _service, _area, _source, _demand, _cause, _resolved, _seconds, _cost, _satisfaction;
    private readonly DateText[] _openedFormats, _closedFormats;
    private readonly byte _channel;
    private readonly Dictionary<string, string> _serviceKeys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (byte Channel, ContactInitiator Initiator, string Key)> _sources = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private readonly (string? Person, ulong Pseudonym)[] _persons = new (string?, ulong)[RememberedPersons];
    private char[] _joined = new char[512];
    private Reject _reject;
    private long _line;

    public RowMapper(Mapping mapping, Pseudonyms pseudonyms, LocalClock clock, IReadOnlyList<string> columns)
    {
        (_mapping, _pseudonyms, _clock, _columns) = (mapping, pseudonyms, clock, columns);
        _key = new(mapping.Council.Name, mapping.Name);
        _empty = [.. mapping.Empty];
        int[] Places(IEnumerable<string> names) => [.. names.Select(n => columns.ToList().IndexOf(n))];
        int Place(string? name) => name is null ? -1 : columns.ToList().IndexOf(name);
        (_id, _opened, _closed, _person) = (Places(mapping.Id), Places(mapping.Opened.Columns), Places(mapping.Closed?.Columns ?? []), Places(mapping.Person));
        (_service, _area, _source) = (Place(mapping.Service?.Column), Place(mapping.Area), Place(mapping.Source?.Column));
        (_demand, _cause, _resolved) = (Place(mapping.Demand?.Column), Place(mapping.Cause?.Column), Place(mapping.Resolved?.Column));
        (_seconds, _cost, _satisfaction) = (Place(mapping.Seconds), Place(mapping.Cost), Place(mapping.Satisfaction));
        _openedFormats = [.. mapping.Opened.Formats.Select(f => new DateText(f))];
        _closedFormats = [.. (mapping.Closed?.Formats ?? []).Select(f => new DateText(f))];
        _channel = Channels.Find(mapping.Channel)!.Code;
    }

    /// <summary>The row, its key and its content; false where it is rejected, with the reason.</summary>
    public bool TryMap(ReadOnlySpan<string> fields, long line, string? whole, out ContactRow row, out UInt128 key, out ulong content, out Reject reject)
    {
        (row, key, content, _line, _reject) = (default, default, default, line, default);
        var isGood = TryRow(fields, whole, ref row);
        reject = _reject;
        if (!isGood) return false;
        key = _key.Of(whole ?? row.Id);
        content = ContentDigest.Of(Joined(fields));
        return true;
    }

    private bool TryRow(ReadOnlySpan<string> fields, string? whole, ref ContactRow row)
    {
        var id = whole is null ? Text(fields, _id, '\u001F') : "";
        if (whole is null && id.Length == 0) return Refuse(_id, fields, "The row has no id.");
        if (!TryTime(fields, _opened, _openedFormats, null, out var opened, out var isOdd)) return false;
        if (opened is not { } at) return Refuse(_opened, fields, "The date is missing.");
        if (at.Year is < 1971 or > 2148) return Refuse(_opened, fields, "The date is before 1971 or after 2148.");
        if (!TryDuration(fields, at, out var seconds, out var isReversed, ref isOdd)) return false;
        if (!TrySource(fields, out var source)) return false;
        if (!TryMeaning(fields, _demand, _mapping.Demand, out var demand) || !TryMeaning(fields, _cause, _mapping.Cause, out var cause) || !TryMeaning(fields, _resolved, _mapping.Resolved, out var resolved)) return false;
        if (!TryPence(fields, out var pence)) return false;
        if (!TryNumber(fields, _satisfaction, byte.MaxValue, out var satisfaction)) return false;
        if (!TryService(fields, out var service)) return false;
        row = new(id, at)
        {
            Kind = _mapping.Kind,
            Initiator = source.Initiator,
            Channel = source.Channel,
            Source = source.Key,
            Service = service,
            Area = _area < 0 ? null : Given(fields[_area]),
            Demand = demand switch { "value" => Demand.Value, "failure" => Demand.Failure, "unknown" => Demand.Unknown, _ => Demand.NotCoded },
            FailureCause = cause is null ? (byte)0 : FailureCauses.Find(cause)!.Code,
            Resolved = resolved switch { "yes" => ContactResolved.Yes, "no" => ContactResolved.No, _ => ContactResolved.Unknown },
            CostPence = pence,
            Seconds = seconds,
            Satisfaction = (byte?)satisfaction,
            Person = _person.Length > 0 && Text(fields, _person, '\u001F') is { Length: > 0 } person ? PersonOf(person) : 0,
            Oddities = (isReversed ? ContactOddities.ClosedBeforeOpened : 0) | (isOdd ? ContactOddities.ClockChange : 0),
        };
        return true;
    }

    /// <summary>The pseudonym; those of the last people met are remembered, because the keyed hash costs as much as the rest of a row.</summary>
    private ulong PersonOf(string person)
    {
        ref var known = ref _persons[(uint)string.GetHashCode(person) % RememberedPersons];
        if (known.Person != person) known = (person, _pseudonyms.Of(_mapping.Council.Name, person));
        return known.Pseudonym;
    }

    private bool TryDuration(ReadOnlySpan<string> fields, DateTime opened, out int? seconds, out bool isReversed, ref bool isOdd)
    {
        isReversed = false;
        if (_closed.Length == 0) return TryNumber(fields, _seconds, int.MaxValue, out seconds);
        seconds = null;
        if (!TryTime(fields, _closed, _closedFormats, opened, out var closed, out var closedIsOdd)) return false;
        isOdd |= closedIsOdd;
        if (closed is not { } end) return true;
        isReversed = end < opened;
        if (isReversed) return true;
        var whole = (end - opened).Ticks / TimeSpan.TicksPerSecond;
        if (whole > int.MaxValue) return Refuse(_closed, fields, "It was closed more than 68 years after it was opened.");
        seconds = (int)whole;
        return true;
    }

    /// <summary>False where there is a text and it is no date.</summary>
    private bool TryTime(ReadOnlySpan<string> fields, int[] columns, DateText[] formats, DateTime? notBefore, out DateTime? utc, out bool isOdd)
    {
        (utc, isOdd) = (null, false);
        var text = Text(fields, columns);
        if (text.Length == 0) return true;
        foreach (var format in formats)
        {
            if (!format.TryRead(text, out var date)) continue;
            utc = format.StatesOffset ? date : date.Year is < 2 or > 9998 ? date : _clock.UtcOf(date, out isOdd, notBefore);
            return true;
        }
        return Refuse(columns, fields, $"This is not a date like {string.Join(" or ", (columns == _opened ? _mapping.Opened : _mapping.Closed!).Formats)}.");
    }

    private bool TrySource(ReadOnlySpan<string> fields, out (byte Channel, ContactInitiator Initiator, string Key) source)
    {
        source = (_channel, ContactInitiator.Citizen, _mapping.Name);
        if (_source < 0) return true;
        var text = Given(fields[_source]) ?? "";
        if (_sources.TryGetValue(text, out source)) return true;
        if ((_mapping.Source!.Values.GetValueOrDefault(text) ?? _mapping.Source.Otherwise) is not { } meaning)
            return Refuse([_source], fields, $"The mapping {_mapping.Name} does not say what this value means.");
        source = (Channels.Find(meaning.Channel)!.Code, meaning.Initiator, $"{_mapping.Name}:{text}");
        // Few values are expected; a column of free text must not fill the memory.
        if (_sources.Count < 10_000) _sources.Add(text, source);
        return true;
    }

    private bool TryService(ReadOnlySpan<string> fields, out string? key)
    {
        key = null;
        if (_service < 0 || Given(fields[_service]) is not { } text) return true;
        if (_serviceKeys.TryGetValue(text, out key)) return true;
        var column = _mapping.Service!;
        key = column.Values?.GetValueOrDefault(text) ?? (column.Scheme is null ? text : $"{column.Scheme}:{text}");
        if (column.Scheme is null && !key.All(char.IsAsciiDigit)) return Refuse([_service], fields, "This is not an LGSL identifier, which is a number. A list of the council's own needs a scheme in the mapping.");
        _serviceKeys.Add(text, key);
        return true;
    }

    private bool TryMeaning(ReadOnlySpan<string> fields, int column, ValueColumn? mapping, out string? meaning)
    {
        meaning = null;
        if (column < 0 || Given(fields[column]) is not { } text) return true;
        return mapping!.Values.TryGetValue(text, out meaning) || Refuse([column], fields, $"The mapping {_mapping.Name} does not say what this value means.");
    }

    private bool TryNumber(ReadOnlySpan<string> fields, int column, int most, out int? number)
    {
        number = null;
        if (column < 0 || Given(fields[column]) is not { } text) return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) || read > most) return Refuse([column], fields, $"This is not a whole number from 0 to {most}.");
        number = read;
        return true;
    }

    private bool TryPence(ReadOnlySpan<string> fields, out int? pence)
    {
        pence = null;
        if (_cost < 0 || Given(fields[_cost]) is not { } text) return true;
        if (!decimal.TryParse(text.TrimStart('£'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var pounds) || pounds > 20_000_000)
            return Refuse([_cost], fields, "This is not an amount in pounds like 12.50.");
        pence = (int)Math.Round(pounds * 100, MidpointRounding.AwayFromZero);
        return true;
    }

    private bool Refuse(int[] columns, ReadOnlySpan<string> fields, string reason)
    {
        _reject = new(_line, string.Join(" + ", columns.Select(c => _columns[c])), Text(fields, columns), reason);
        return false;
    }

    private string? Given(string field)
    {
        var text = field.AsSpan().Trim();
        if (text.Length == 0) return null;
        var own = text.Length == field.Length ? field : text.ToString();
        return _empty.Count > 0 && _empty.Contains(own) ? null : own;
    }

    private string Text(ReadOnlySpan<string> fields, int[] columns, char between = ' ')
    {
        if (columns.Length == 1) return Given(fields[columns[0]]) ?? "";
        _text.Clear();
        foreach (var column in columns)
        {
            if (Given(fields[column]) is not { } text) continue;
            if (_text.Length > 0) _text.Append(between);
            _text.Append(text);
        }
        return _text.ToString();
    }

    private ReadOnlySpan<char> Joined(ReadOnlySpan<string> fields)
    {
        var length = fields.Length;
        foreach (var field in fields) length += field.Length;
        if (_joined.Length < length) _joined = new char[length * 2];
        var at = 0;
        foreach (var field in fields)
        {
            field.CopyTo(_joined.AsSpan(at));
            at += field.Length;
            // A sign that no CSV holds, so that two ways of cutting a row differ.
            _joined[at++] = '\u001F';
        }
        return _joined.AsSpan(0, at);
    }
}
