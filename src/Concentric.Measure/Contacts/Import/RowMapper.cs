using Concentric.Core.Facts;

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

/// <summary>Makes contacts of records.</summary>
internal sealed class RowMapper : Mapper<MappedRow>
{
    private readonly ContactKind _kind;
    private readonly DateReading _opened, _closed;
    private readonly int _unit;
    private readonly ByText<string> _demands, _causes, _resolutions;

    public RowMapper(Mapping mapping, IReadOnlyList<string> columns, ImportAids aids) : base(mapping, columns, aids)
    {
        _kind = mapping.Kind == MappingKind.ServiceRequest ? ContactKind.ServiceRequest : ContactKind.Contact;
        (_opened, _closed) = (Reading.Dates(mapping.Opened, mapping.Constants.GetValueOrDefault("opened")), Reading.Dates(mapping.Closed));
        _unit = (int)mapping.SecondsUnit;
        (_demands, _causes, _resolutions) = (new(mapping.Demand?.Values), new(mapping.Cause?.Values), new(mapping.Resolved?.Values));
    }

    protected override long MapRows(CsvRow record, uint number, MappedBlock<MappedRow> to, RejectsFile rejects)
    {
        if (TryRow(record, out var row, out var key)) to.Add(new(row, number, key, ContentDigest.Of(record.All)));
        else rejects.Add(Reading.Reject);
        return 1;
    }

    private bool TryRow(CsvRow record, out ContactRow row, out UInt128 key)
    {
        (row, key) = (default, default);
        if (!Reading.TryId(record, out var id)) return false;
        key = Key.Of(id);
        if (!Reading.TryMoment(record, _opened, out var at, out var isOdd)) return false;
        if (!TryDuration(record, at, out var seconds, out var isReversed, ref isOdd)) return false;
        if (!Reading.TrySource(record, out var source)) return false;
        if (!Reading.TryMeaning(record, MappedField.Demand, _demands, out var demand) || !Reading.TryMeaning(record, MappedField.Cause, _causes, out var cause) || !Reading.TryMeaning(record, MappedField.Resolved, _resolutions, out var resolved)) return false;
        if (!Reading.TryPence(record, out var pence)) return false;
        if (!Reading.TryNumber(record, MappedField.Satisfaction, byte.MaxValue, out var satisfaction) || !Reading.TryNumber(record, MappedField.Interaction, byte.MaxValue, out var interaction)) return false;
        if (!Reading.TryService(record, out var service)) return false;
        // The id itself is not kept.
        row = new("", at)
        {
            Kind = _kind,
            Initiator = source.Initiator,
            Channel = source.Channel,
            Source = source.Key,
            Service = service,
            Interaction = (byte)(interaction ?? 0),
            Area = Reading.AreaOf(record),
            Demand = demand switch { "value" => Demand.Value, "failure" => Demand.Failure, "unknown" => Demand.Unknown, _ => Demand.NotCoded },
            FailureCause = cause is null ? (byte)0 : FailureCauses.Find(cause)!.Code,
            Resolved = resolved switch { "yes" => ContactResolved.Yes, "no" => ContactResolved.No, _ => ContactResolved.Unknown },
            CostPence = pence,
            Seconds = seconds,
            Satisfaction = (byte?)satisfaction,
            Person = Reading.PseudonymOf(record, Reading.Fields.Person),
            Oddities = (isReversed ? ContactOddities.ClosedBeforeOpened : 0) | (isOdd ? ContactOddities.ClockChange : 0),
        };
        return true;
    }

    private bool TryDuration(CsvRow record, DateTime opened, out int? seconds, out bool isReversed, ref bool isOdd)
    {
        isReversed = false;
        if (!_closed.IsMapped)
        {
            if (!Reading.TryNumber(record, MappedField.Seconds, int.MaxValue / _unit, out seconds)) return false;
            seconds *= _unit;
            return true;
        }
        seconds = null;
        if (!Reading.TryTime(record, _closed, opened, out var closed, out var closedIsOdd)) return false;
        isOdd |= closedIsOdd;
        if (closed is not { } end) return true;
        isReversed = end < opened;
        if (isReversed) return true;
        var whole = (end - opened).Ticks / TimeSpan.TicksPerSecond;
        if (whole > int.MaxValue) return Reading.Refuse(_closed.Columns, record, "It was closed more than 68 years after it was opened.");
        seconds = (int)whole;
        return true;
    }
}
