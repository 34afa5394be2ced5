using System.Globalization;

namespace Concentric.Measure.Contacts;

/// <summary>A step of a case on its way to the staging table.</summary>
/// <param name="Case">Digest of the case's name, by which its steps belong together.</param>
internal readonly record struct MappedStep(uint Number, UInt128 Key, ulong Case, DateTime At, string Activity)
{
    /// <summary>Pseudonym, or null.</summary>
    public string? Actor { get; init; }

    public string? Organisation { get; init; }
    public byte Channel { get; init; }
    public string? Service { get; init; }

    /// <summary>What it says, to see whether it says the same when it comes again, from whatever file.</summary>
    public ulong Content => ContentDigest.Of(string.Create(CultureInfo.InvariantCulture, $"{Case}|{At:O}|{Activity}|{Actor}|{Organisation}|{Channel}|{Service}"));
}

/// <summary>Makes steps of records, one of each.</summary>
internal sealed class StepMapper : Mapper<MappedStep>
{
    private readonly ByText<string> _activities = new(), _organisations = new();
    private readonly DateReading _at;

    public StepMapper(Mapping mapping, IReadOnlyList<string> columns, ImportAids aids) : base(mapping, columns, aids) => _at = Reading.Dates(mapping.Opened, mapping.Constants.GetValueOrDefault("opened"));

    protected override long MapRows(CsvRow record, uint number, MappedBlock<MappedStep> to, RejectsFile rejects)
    {
        if (TryStep(record, number, out var step)) to.Add(step);
        else rejects.Add(Reading.Reject);
        return 1;
    }

    private bool TryStep(CsvRow record, uint number, out MappedStep step)
    {
        step = default;
        if (!Reading.TryId(record, out var id)) return false;
        var key = Key.Of(id);
        var name = Reading.Fields.Joined(record, Reading.Fields.Case, CsvBlock.FieldEnd);
        if (name.Length == 0) return Reading.Refuse(Reading.Fields.Case, record, "It does not say of which case it is.");
        var inCase = (ulong)(Key.Of(name) >> 64);
        if (!Reading.TryMoment(record, _at, out var at, out _)) return false;
        var activity = Reading.Fields.Given(record, MappedField.Activity);
        if (activity.Length == 0) return Reading.Refuse([Reading.Fields[MappedField.Activity]], record, "It does not say what was done.");
        if (!Reading.TrySource(record, out var source) || !Reading.TryService(record, out var service)) return false;
        var actor = Reading.PseudonymOf(record, Reading.Fields.Actor);
        step = new(number, key, inCase, at, Once(_activities, activity))
        {
            Actor = actor == 0 ? null : actor.ToString("x16", CultureInfo.InvariantCulture),
            Organisation = Reading.Fields.Given(record, MappedField.Organisation) is { Length: > 0 } organisation ? Once(_organisations, organisation) : null,
            Channel = source.Channel,
            Service = service,
        };
        return true;
    }

    private static string Once(ByText<string> known, ReadOnlySpan<char> text)
    {
        if (!known.TryGet(text, out var name)) known.Add(name = text.ToString(), name);
        return name;
    }
}
