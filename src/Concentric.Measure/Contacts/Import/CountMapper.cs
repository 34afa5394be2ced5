using System.Globalization;
using Concentric.Core.Facts;

namespace Concentric.Measure.Contacts;

/// <summary>An amount that was counted elsewhere, on its way to the staging table.</summary>
internal readonly record struct MappedCount(uint Number, UInt128 Key, DateOnly From, DateOnly To, string Name, long Amount, double? Mean)
{
    public string? Service { get; init; }
    public byte Channel { get; init; }
    public string? Area { get; init; }
    public string? Source { get; init; }

    /// <summary>What it says, to see whether it says the same when it comes again.</summary>
    public ulong Content => ContentDigest.Of(string.Create(CultureInfo.InvariantCulture, $"{From:O}|{To:O}|{Name}|{Amount}|{Mean:R}|{Service}|{Channel}|{Area}|{Source}"));
}

/// <summary>Makes counts of records: one of each, or of a wide file one of each column in which an amount stands.</summary>
internal sealed class CountMapper : Mapper<MappedCount>
{
    private readonly CountedColumns _counted;
    private readonly ImportAids _aids;
    private readonly DateReading _from, _until;
    private readonly (int Amount, int Mean, string Name, byte? Channel)[] _wide;
    private char[] _id = new char[256];

    public CountMapper(Mapping mapping, IReadOnlyList<string> columns, ImportAids aids) : base(mapping, columns, aids)
    {
        (_counted, _aids) = (mapping.Counted!, aids);
        (_from, _until) = (Reading.Dates(mapping.Opened, mapping.Constants.GetValueOrDefault("opened")), Reading.Dates(_counted.Until));
        _wide = [.. _counted.Wide.Select(w => (Reading.Fields.Place(w.Column), w.Mean is null ? -1 : Reading.Fields.Place(w.Mean), w.Name, w.Channel is null ? null : (byte?)Channels.Find(w.Channel)!.Code))];
    }

    protected override long MapRows(CsvRow record, uint number, MappedBlock<MappedCount> to, RejectsFile rejects)
    {
        if (_wide.Length == 0)
        {
            if (TryLine(record, out var line) && TryName(record, out var name) && TryAmount(record, Reading.Fields[MappedField.Amount], out var amount) && TryMean(record, Reading.Fields[MappedField.Mean], out var mean))
                to.Add(line with { Number = number, Name = name, Amount = amount, Mean = mean });
            else rejects.Add(Reading.Reject);
            return 1;
        }
        var read = 0u;
        var isGood = TryLine(record, out var shared);
        var reason = Reading.Reject;
        foreach (var (column, meanColumn, name, channel) in _wide)
        {
            if (Reading.Fields.Given(record, column).Length == 0)
            {
                _aids.Blank++;
                continue;
            }
            if (!isGood) rejects.Add(reason);
            else if (TryAmount(record, column, out var amount) && TryMean(record, meanColumn, out var mean))
                to.Add(shared with { Number = number + read, Key = KeyOf(record, name, channel), Name = name, Channel = channel ?? shared.Channel, Amount = amount, Mean = mean });
            else rejects.Add(Reading.Reject);
            read++;
        }
        return read;
    }

    private bool TryLine(CsvRow record, out MappedCount line)
    {
        line = default;
        if (!Reading.TryId(record, out var id)) return false;
        var key = Key.Of(id);
        if (!Reading.TryDay(record, _from, out var from)) return false;
        if (from is not { } first) return Reading.Refuse(_from.Columns, record, "The date is missing.");
        if (!Reading.TryDay(record, _until, out var until)) return false;
        var last = until ?? LastDay(first);
        if (last < first) return Reading.Refuse(_until.Columns, record, "The period ends before it begins.");
        if (!Reading.TrySource(record, out var source) || !Reading.TryService(record, out var service)) return false;
        line = new(0, key, first, last, "", 0, null) { Service = service, Channel = source.Channel, Area = Reading.AreaOf(record), Source = source.Key };
        return true;
    }

    private DateOnly LastDay(DateOnly first) => _counted.Period switch
    {
        CountedPeriod.Week => first.AddDays(6),
        CountedPeriod.Month => first.AddMonths(1).AddDays(-1),
        CountedPeriod.Quarter => first.AddMonths(3).AddDays(-1),
        CountedPeriod.Year => first.AddYears(1).AddDays(-1),
        _ => first,
    };

    private bool TryName(CsvRow record, out string name)
    {
        var text = Reading.Fields.Given(record, MappedField.Name);
        name = text.ToString();
        if (name.Length == 0) return Reading.Refuse([Reading.Fields[MappedField.Name]], record, "It does not say what was counted.");
        if (_counted.Name?.Values?.GetValueOrDefault(name) is { } meaning) name = meaning;
        return true;
    }

    /// <remarks>A number with a fraction of nothing but noughts is a whole one: spreadsheets write 312.0.</remarks>
    private bool TryAmount(CsvRow record, int column, out long amount)
    {
        var text = Reading.Fields.Given(record, column);
        if (text.Length == 0 && column == Reading.Fields[MappedField.Amount]) text = Reading.Fields.Constant(MappedField.Amount);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out amount) && amount <= uint.MaxValue * 1000L) return true;
        amount = 0;
        if (text.Length == 0) return Reading.Refuse([column], record, "The amount is missing.");
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var whole) && whole == decimal.Truncate(whole) && whole <= uint.MaxValue * 1000L)
        {
            amount = (long)whole;
            return true;
        }
        return Reading.Refuse([column], record, "This is not a whole number of something counted.");
    }

    private bool TryMean(CsvRow record, int column, out double? mean)
    {
        mean = null;
        var text = Reading.Fields.Given(record, column);
        if (text.Length == 0) return true;
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read) || !double.IsFinite(read)) return Reading.Refuse([column], record, "This is not a number.");
        mean = read;
        return true;
    }

    /// <summary>Of a wide file, each column of a record is known by the record's id and what it counts.</summary>
    private UInt128 KeyOf(CsvRow record, string name, byte? channel)
    {
        Reading.TryId(record, out var id);
        var length = id.Length + name.Length + 2;
        if (_id.Length < length) _id = new char[length * 2];
        id.CopyTo(_id);
        _id[id.Length] = CsvBlock.FieldEnd;
        name.CopyTo(_id.AsSpan(id.Length + 1));
        _id[length - 1] = (char)('A' + (channel ?? 25));
        return Key.Of(_id.AsSpan(0, length));
    }
}
