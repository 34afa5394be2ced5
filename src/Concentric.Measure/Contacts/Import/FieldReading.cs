using System.Globalization;
using Concentric.Core.Facts;

namespace Concentric.Measure.Contacts;

/// <summary>Reads what a record says of each field by a mapping; where it cannot, <see cref="Reject"/> says why. Not for use by two threads at once.</summary>
internal sealed class FieldReading
{
    private readonly Mapping _mapping;
    private readonly ImportAids _aids;
    private readonly byte _channel;
    private readonly ContactInitiator _initiator;
    private readonly UnmatchedService _unmatched;
    private readonly KnownPersons _persons;
    private readonly ByText<ServiceFound> _services = new();
    private readonly ByText<string> _areas = new();
    private readonly ByText<SourceFound> _sources = new();

    public FieldReading(Mapping mapping, IReadOnlyList<string> columns, ImportAids aids)
    {
        (_mapping, _aids) = (mapping, aids);
        Fields = new(mapping, columns);
        _persons = new(aids.Pseudonyms, mapping.Council.Name);
        _channel = Channels.Find(mapping.Channel)!.Code;
        _initiator = mapping.Constants.TryGetValue("initiator", out var initiator) ? Enum.Parse<ContactInitiator>(initiator, ignoreCase: true) : ContactInitiator.Citizen;
        _unmatched = mapping.Service?.Unmatched ?? (mapping.Service?.Scheme is null ? UnmatchedService.Reject : UnmatchedService.Keep);
    }

    public MappedFields Fields { get; }

    /// <summary>Why the last reading that failed did.</summary>
    public Reject Reject { get; private set; }

    private sealed record ServiceFound(string? Key, bool IsMatched);

    internal readonly record struct SourceFound(byte Channel, ContactInitiator Initiator, string Key, bool IsMatched);

    public DateReading Dates(DateColumns? columns, string? constant = null) => new(columns, constant, Fields, LocalClock.Of(columns?.Zone ?? _mapping.Council.Zone));

    /// <summary>The id, or the whole record where the source has none.</summary>
    public bool TryId(CsvRow record, out ReadOnlySpan<char> id)
    {
        id = record.Whole is null ? Fields.Joined(record, Fields.Id, CsvBlock.FieldEnd) : record.Whole;
        return id.Length > 0 || Refuse(Fields.Id, record, "The row has no id.");
    }

    /// <summary>A time in UTC; null where none is given. False where there is a text and it is no date.</summary>
    public bool TryTime(CsvRow record, DateReading dates, DateTime? notBefore, out DateTime? utc, out bool isOdd)
    {
        (utc, isOdd) = (null, false);
        var text = dates.TextOf(record);
        if (text.Length == 0) return true;
        if (!dates.TryRead(text, out var date, out var statesOffset)) return Refuse(dates.Columns, record, $"This is not a date like {dates.Like}.");
        // Our own lines promise an offset: whose clock one without it shows, nobody can tell.
        if (!statesOffset && _mapping.RefusesOtherFields)
            return Refuse(dates.Columns, record, "This is not a date with an offset from UTC. Write it as 2026-03-01T09:30:00+00:00, or with Z at its end.");
        utc = statesOffset || date.Year is < 2 or > 9998 ? date : dates.Clock.UtcOf(date, out isOdd, notBefore);
        return true;
    }

    /// <summary>A time that has to be there and lie in years that are kept.</summary>
    public bool TryMoment(CsvRow record, DateReading dates, out DateTime utc, out bool isOdd)
    {
        utc = default;
        if (!TryTime(record, dates, null, out var found, out isOdd)) return false;
        if (found is not { } at) return Refuse(dates.Columns, record, "The date is missing.");
        utc = at;
        return at.Year is >= 1971 and <= 2148 || Refuse(dates.Columns, record, "The date is before 1971 or after 2148.");
    }

    /// <summary>A day as it is written, in no zone; null where none is given.</summary>
    public bool TryDay(CsvRow record, DateReading dates, out DateOnly? day)
    {
        day = null;
        var text = dates.TextOf(record);
        if (text.Length == 0) return true;
        if (!dates.TryRead(text, out var date, out _)) return Refuse(dates.Columns, record, $"This is not a date like {dates.Like}.");
        day = DateOnly.FromDateTime(date);
        return date.Year is >= 1971 and <= 2148 || Refuse(dates.Columns, record, "The date is before 1971 or after 2148.");
    }

    public bool TrySource(CsvRow record, out SourceFound source)
    {
        source = new(_channel, _initiator, _mapping.Name, true);
        if (Fields[MappedField.Source] < 0) return true;
        var text = Fields.Given(record, MappedField.Source);
        if (!_sources.TryGet(text, out source))
        {
            var value = text.ToString();
            var known = _mapping.Source!.Values.GetValueOrDefault(value);
            if ((known ?? _mapping.Source.Otherwise) is not { } meaning) return Refuse([Fields[MappedField.Source]], record, $"The mapping {_mapping.Name} does not say what this value means.");
            source = new(Channels.Find(meaning.Channel)!.Code, meaning.Initiator, $"{_mapping.Name}:{value}", known is not null);
            _sources.Add(value, source);
        }
        if (!source.IsMatched && text.Length > 0) _aids.Unmatched.Add("channel", text);
        return true;
    }

    public bool TryService(CsvRow record, out string? key)
    {
        var text = Fields.Given(record, Fields[MappedField.Service]);
        key = Fields.Constant(MappedField.Service);
        if (text.Length == 0) return true;
        if (!_services.TryGet(text, out var service))
        {
            var value = text.ToString();
            if (!TryMatch(value, out service)) return Refuse([Fields[MappedField.Service]], record, "This is not an LGSL identifier, which is a number. A list of the council's own needs a scheme in the mapping.");
            _services.Add(value, service);
        }
        if (!service.IsMatched) _aids.Unmatched.Add("service", text);
        key = service.Key;
        return true;
    }

    /// <summary>The area that the row names, or in which its postcode lies.</summary>
    public string? AreaOf(CsvRow record)
    {
        var text = Fields.Given(record, Fields[MappedField.Area]);
        if (text.Length == 0 && Fields[MappedField.Postcode] >= 0)
        {
            var postcode = Fields.Given(record, Fields[MappedField.Postcode]);
            if (postcode.Length > 0)
            {
                if (_aids.Postcodes.AreaOf(postcode) is { } placed) return placed;
                // The first half only: a whole postcode may be one house.
                _aids.Unmatched.Add("postcode", UnmatchedTexts.FirstHalf(postcode));
            }
        }
        if (text.Length == 0) return Fields.Constant(MappedField.Area);
        if (!_areas.TryGet(text, out var area)) _areas.Add(area = text.ToString(), area);
        return area;
    }

    public bool TryMeaning(CsvRow record, MappedField field, ByText<string> meanings, out string? meaning)
    {
        meaning = Fields.Constant(field);
        var text = Fields.Given(record, Fields[field]);
        return text.Length == 0 || meanings.TryGet(text, out meaning) || Refuse([Fields[field]], record, $"The mapping {_mapping.Name} does not say what this value means.");
    }

    public bool TryNumber(CsvRow record, MappedField field, int most, out int? number)
    {
        number = null;
        var text = Fields.Given(record, field);
        if (text.Length == 0) return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) || read > most) return Refuse([Fields[field]], record, $"This is not a whole number from 0 to {most}.");
        number = read;
        return true;
    }

    public bool TryPence(CsvRow record, out int? pence)
    {
        pence = null;
        var text = Fields.Given(record, MappedField.Cost);
        if (text.Length == 0) return true;
        if (!IsGrouped(text) || !decimal.TryParse(text.TrimStart('£'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var pounds) || pounds > 20_000_000)
            return Refuse([Fields[MappedField.Cost]], record, "This is not an amount in pounds like 12.50.");
        pence = (int)Math.Round(pounds * 100, MidpointRounding.AwayFromZero);
        return true;
    }

    /// <summary>The pseudonym of whoever the columns name; 0 where they name nobody.</summary>
    public ulong PseudonymOf(CsvRow record, int[] columns) => columns.Length == 0 ? 0 : _persons.Pseudonym(Fields.Joined(record, columns, CsvBlock.FieldEnd));

    public bool Refuse(ReadOnlySpan<int> columns, CsvRow record, string reason)
    {
        Reject = new(record.Line, Fields.Names(columns), Reject.Cut(Fields.Joined(record, columns, ' ')), reason);
        return false;
    }

    /// <summary>Whether three digits stand behind each comma: 12,50 is no thousands, but what others write for 12.50.</summary>
    private static bool IsGrouped(ReadOnlySpan<char> text)
    {
        var rest = text.IndexOf('.') is >= 0 and var point ? text[..point] : text;
        for (var comma = rest.IndexOf(','); comma >= 0; comma = rest.IndexOf(','))
        {
            rest = rest[(comma + 1)..];
            var length = rest.IndexOf(',') is >= 0 and var next ? next : rest.Length;
            if (length != 3) return false;
        }
        return true;
    }

    private bool TryMatch(string text, out ServiceFound service)
    {
        var column = _mapping.Service!;
        service = new(column.Values?.GetValueOrDefault(text) ?? (column.Scheme is null && text.All(char.IsAsciiDigit) ? text : null), IsMatched: true);
        if (service.Key is not null) return true;
        service = new(_unmatched == UnmatchedService.Keep ? $"{column.Scheme}:{text}" : Fields.Constant(MappedField.Service), IsMatched: false);
        return _unmatched != UnmatchedService.Reject;
    }
}

/// <summary>A date of a mapping: where it stands, how it is written, by which clock, and on what condition it counts.</summary>
internal sealed class DateReading(DateColumns? columns, string? constant, MappedFields fields, LocalClock clock)
{
    private readonly DateText[] _formats = [.. (columns?.Formats ?? []).Select(f => new DateText(f))];
    private readonly (int Column, string[] Values)[] _when = [.. (columns?.When ?? new Dictionary<string, IReadOnlyList<string>>()).Select(w => (fields.Place(w.Key), w.Value.ToArray()))];

    public int[] Columns { get; } = fields.Places(columns?.Columns ?? []);

    public LocalClock Clock => clock;

    public bool IsMapped => Columns.Length > 0;

    public string Like => string.Join(" or ", columns!.Formats);

    /// <summary>What is written; empty where nothing is, or where the condition does not hold.</summary>
    public ReadOnlySpan<char> TextOf(CsvRow record)
    {
        foreach (var (column, values) in _when)
        {
            var holds = false;
            foreach (var value in values) holds |= fields.Given(record, column).SequenceEqual(value);
            if (!holds) return [];
        }
        var text = fields.Joined(record, Columns, ' ');
        return text.Length > 0 ? text : constant;
    }

    public bool TryRead(ReadOnlySpan<char> text, out DateTime date, out bool statesOffset)
    {
        (date, statesOffset) = (default, false);
        foreach (var format in _formats)
        {
            if (!format.TryRead(text, out date)) continue;
            statesOffset = date.Kind == DateTimeKind.Utc;
            return true;
        }
        return false;
    }
}
