using System.Globalization;
using Concentric.Core.Facts;
using Concentric.Core.People;

namespace Concentric.Measure.Contacts;

/// <summary>A contact on its way to the staging table.</summary>
/// <param name="number">Place of the row in its file; its id is made from it.</param>
/// <param name="key">What it is known by if it comes again.</param>
/// <param name="content">What it said, to see whether it says the same when it comes again.</param>
internal readonly struct MappedRow(in ContactRow row, uint number, UInt128 key, ulong content)
{
    public readonly ContactRow Row = row;
    public readonly UInt128 Key = key;
    public readonly ulong Content = content;
    public readonly uint Number = number;
}

/// <summary>Makes contacts of records by a mapping. Not for use by two threads at once.</summary>
internal sealed class RowMapper : IDisposable
{
    private readonly Mapping _mapping;
    private readonly MappedFields _fields;
    private readonly LocalClock _clock;
    private readonly RowKey _key;
    private readonly DateText[] _openedFormats, _closedFormats;
    private readonly byte _channel;
    private readonly KnownPersons _persons;
    private readonly ByText<string> _services = new(), _areas = new();
    private readonly ByText<(byte Channel, ContactInitiator Initiator, string Key)> _sources = new();
    private readonly ByText<string> _demands, _causes, _resolutions;
    private Reject _reject;

    public RowMapper(Mapping mapping, Pseudonyms pseudonyms, LocalClock clock, IReadOnlyList<string> columns)
    {
        (_mapping, _clock) = (mapping, clock);
        _fields = new(mapping, columns);
        _key = new(mapping.Council.Name, mapping.Name);
        _persons = new(pseudonyms, mapping.Council.Name);
        _openedFormats = [.. mapping.Opened.Formats.Select(f => new DateText(f))];
        _closedFormats = [.. (mapping.Closed?.Formats ?? []).Select(f => new DateText(f))];
        _channel = Channels.Find(mapping.Channel)!.Code;
        (_demands, _causes, _resolutions) = (new(mapping.Demand?.Values), new(mapping.Cause?.Values), new(mapping.Resolved?.Values));
    }

    /// <summary>The row; false where it is rejected, with the reason.</summary>
    public bool TryMap(CsvRow record, uint number, out MappedRow mapped, out Reject reject)
    {
        (mapped, _reject) = (default, default);
        var isGood = TryRow(record, out var row, out var key);
        reject = _reject;
        if (!isGood) return false;
        mapped = new(row, number, key, ContentDigest.Of(record.All));
        return true;
    }

    public void Dispose() => _key.Dispose();

    private bool TryRow(CsvRow record, out ContactRow row, out UInt128 key)
    {
        (row, key) = (default, default);
        var id = record.Whole is null ? _fields.Joined(record, _fields.Id, CsvBlock.FieldEnd) : record.Whole;
        if (id.Length == 0) return Refuse(_fields.Id, record, "The row has no id.");
        if (!TryTime(record, _fields.Opened, _openedFormats, null, out var opened, out var isOdd)) return false;
        if (opened is not { } at) return Refuse(_fields.Opened, record, "The date is missing.");
        if (at.Year is < 1971 or > 2148) return Refuse(_fields.Opened, record, "The date is before 1971 or after 2148.");
        if (!TryDuration(record, at, out var seconds, out var isReversed, ref isOdd)) return false;
        if (!TrySource(record, out var source)) return false;
        if (!TryMeaning(record, _fields.Demand, _demands, out var demand) || !TryMeaning(record, _fields.Cause, _causes, out var cause) || !TryMeaning(record, _fields.Resolved, _resolutions, out var resolved)) return false;
        if (!TryPence(record, out var pence)) return false;
        if (!TryNumber(record, _fields.Satisfaction, byte.MaxValue, out var satisfaction)) return false;
        if (!TryService(record, out var service)) return false;
        var oddities = (isReversed ? ContactOddities.ClosedBeforeOpened : 0) | (isOdd ? ContactOddities.ClockChange : 0);
        key = _key.Of(record.Whole ?? _fields.Joined(record, _fields.Id, CsvBlock.FieldEnd));
        // The id itself is not kept: only whether there is one, by which a case is known.
        row = new(record.Whole is null ? "id" : "", at)
        {
            Kind = _mapping.Kind,
            Initiator = source.Initiator,
            Channel = source.Channel,
            Source = source.Key,
            Service = service,
            Area = AreaOf(record),
            Demand = demand switch { "value" => Demand.Value, "failure" => Demand.Failure, "unknown" => Demand.Unknown, _ => Demand.NotCoded },
            FailureCause = cause is null ? (byte)0 : FailureCauses.Find(cause)!.Code,
            Resolved = resolved switch { "yes" => ContactResolved.Yes, "no" => ContactResolved.No, _ => ContactResolved.Unknown },
            CostPence = pence,
            Seconds = seconds,
            Satisfaction = (byte?)satisfaction,
            Person = _fields.Person.Length == 0 ? 0 : _persons.Pseudonym(_fields.Joined(record, _fields.Person, CsvBlock.FieldEnd)),
            Oddities = oddities,
        };
        return true;
    }

    private bool TryDuration(CsvRow record, DateTime opened, out int? seconds, out bool isReversed, ref bool isOdd)
    {
        isReversed = false;
        if (_fields.Closed.Length == 0) return TryNumber(record, _fields.Seconds, int.MaxValue, out seconds);
        seconds = null;
        if (!TryTime(record, _fields.Closed, _closedFormats, opened, out var closed, out var closedIsOdd)) return false;
        isOdd |= closedIsOdd;
        if (closed is not { } end) return true;
        isReversed = end < opened;
        if (isReversed) return true;
        var whole = (end - opened).Ticks / TimeSpan.TicksPerSecond;
        if (whole > int.MaxValue) return Refuse(_fields.Closed, record, "It was closed more than 68 years after it was opened.");
        seconds = (int)whole;
        return true;
    }

    /// <summary>False where there is a text and it is no date.</summary>
    private bool TryTime(CsvRow record, int[] columns, DateText[] formats, DateTime? notBefore, out DateTime? utc, out bool isOdd)
    {
        (utc, isOdd) = (null, false);
        var text = _fields.Joined(record, columns, ' ');
        if (text.Length == 0) return true;
        foreach (var format in formats)
        {
            if (!format.TryRead(text, out var date)) continue;
            utc = format.StatesOffset || date.Year is < 2 or > 9998 ? date : _clock.UtcOf(date, out isOdd, notBefore);
            return true;
        }
        return Refuse(columns, record, $"This is not a date like {string.Join(" or ", (columns == _fields.Opened ? _mapping.Opened : _mapping.Closed!).Formats)}.");
    }

    private bool TrySource(CsvRow record, out (byte Channel, ContactInitiator Initiator, string Key) source)
    {
        source = (_channel, ContactInitiator.Citizen, _mapping.Name);
        if (_fields.Source < 0) return true;
        var text = _fields.Given(record, _fields.Source);
        if (_sources.TryGet(text, out source)) return true;
        var value = text.ToString();
        if ((_mapping.Source!.Values.GetValueOrDefault(value) ?? _mapping.Source.Otherwise) is not { } meaning)
            return Refuse([_fields.Source], record, $"The mapping {_mapping.Name} does not say what this value means.");
        source = (Channels.Find(meaning.Channel)!.Code, meaning.Initiator, $"{_mapping.Name}:{value}");
        _sources.Add(value, source);
        return true;
    }

    private bool TryService(CsvRow record, out string? key)
    {
        key = null;
        var text = _fields.Given(record, _fields.Service);
        if (text.Length == 0 || _services.TryGet(text, out key)) return true;
        var (column, value) = (_mapping.Service!, text.ToString());
        key = column.Values?.GetValueOrDefault(value) ?? (column.Scheme is null ? value : $"{column.Scheme}:{value}");
        if (column.Scheme is null && !key.All(char.IsAsciiDigit)) return Refuse([_fields.Service], record, "This is not an LGSL identifier, which is a number. A list of the council's own needs a scheme in the mapping.");
        _services.Add(value, key);
        return true;
    }

    private string? AreaOf(CsvRow record)
    {
        var text = _fields.Given(record, _fields.Area);
        if (text.Length == 0) return null;
        if (!_areas.TryGet(text, out var area)) _areas.Add(area = text.ToString(), area);
        return area;
    }

    private bool TryMeaning(CsvRow record, int column, ByText<string> meanings, out string? meaning)
    {
        meaning = null;
        var text = _fields.Given(record, column);
        return text.Length == 0 || meanings.TryGet(text, out meaning) || Refuse([column], record, $"The mapping {_mapping.Name} does not say what this value means.");
    }

    private bool TryNumber(CsvRow record, int column, int most, out int? number)
    {
        number = null;
        var text = _fields.Given(record, column);
        if (text.Length == 0) return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) || read > most) return Refuse([column], record, $"This is not a whole number from 0 to {most}.");
        number = read;
        return true;
    }

    private bool TryPence(CsvRow record, out int? pence)
    {
        pence = null;
        var text = _fields.Given(record, _fields.Cost);
        if (text.Length == 0) return true;
        if (!decimal.TryParse(text.TrimStart('£'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var pounds) || pounds > 20_000_000)
            return Refuse([_fields.Cost], record, "This is not an amount in pounds like 12.50.");
        pence = (int)Math.Round(pounds * 100, MidpointRounding.AwayFromZero);
        return true;
    }

    private bool Refuse(int[] columns, CsvRow record, string reason)
    {
        _reject = new(record.Line, _fields.Names(columns), _fields.Joined(record, columns, ' ').ToString(), reason);
        return false;
    }
}
