namespace Concentric.Serve.Forms.Import;

/// <summary>The report while it is written: every thing of the source is named here once, and notes are hung on it.</summary>
internal sealed class ImportNotes
{
    private const int MostNotes = 200;
    private readonly List<Thing> _things = [];
    private readonly Dictionary<string, Thing> _byPlace = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Property, ImportOutcome Outcome, string Why), int> _leftOut = [];

    public List<string> ToFillIn { get; } = [];

    public sealed class Thing(ImportedKind kind, string name, string place)
    {
        public ImportedKind Kind => kind;
        public string Name => name;
        public string Place => place;
        public string? Became { get; set; }
        public List<ImportNote> Notes { get; } = [];
        public ImportOutcome Outcome => Notes.Count == 0 ? ImportOutcome.Understood : Notes.Max(n => n.Outcome);

        public void Note(ImportOutcome outcome, string says)
        {
            if (Notes.Count < MostNotes && !Notes.Exists(n => n.Says == says)) Notes.Add(new(outcome, says));
        }

        public void OurWay(string says) => Note(ImportOutcome.OurWay, says);
        public void Approximated(string says) => Note(ImportOutcome.Approximated, says);
        public void Dropped(string says) => Note(ImportOutcome.Dropped, says);
    }

    public Thing Begin(ImportedKind kind, string name, Source source, string? became = null)
    {
        if (_byPlace.TryGetValue(source.Place, out var known)) return known;
        var thing = new Thing(kind, name, source.Place) { Became = became };
        _things.Add(thing);
        _byPlace[source.Place] = thing;
        return thing;
    }

    /// <summary>The thing that something at that place belongs to.</summary>
    public Thing At(string place)
    {
        while (true)
        {
            if (_byPlace.TryGetValue(place, out var thing)) return thing;
            place = place[..Math.Max(0, place.LastIndexOf('/'))];
        }
    }

    public void LeaveOut(string property, ImportOutcome outcome, string why)
    {
        var key = (property, outcome, why);
        _leftOut[key] = _leftOut.GetValueOrDefault(key) + 1;
    }

    /// <summary>Names every property that nobody read.</summary>
    public void NoteUnread(Source root)
    {
        foreach (var (place, property, value) in root.Unread())
        {
            if (KnownProperties.Reason(property, value) is var (outcome, why)) LeaveOut(property, outcome, why);
            else At(place).Dropped($"“{property.Split('.')[^1]}” ({property}) is not known to the importer; it says {Shortly(value.GetRawText())}");
        }
    }

    public ImportReport Report(string fileName, string format)
    {
        var lost = new HashSet<string>(StringComparer.Ordinal);
        foreach (var thing in _things.Where(t => t.Outcome >= ImportOutcome.Approximated))
            for (var place = thing.Place; lost.Add(place) && place.Length > 0;) place = place[..place.LastIndexOf('/')];
        return new()
        {
            FileName = fileName,
            Format = format,
            Things = [.. _things.Select(t => new ImportedThing(t.Kind, t.Name, t.Became, t.Outcome, [.. t.Notes]) { Place = t.Place, Whole = !lost.Contains(t.Place) })],
            LeftOut = [.. _leftOut.OrderBy(l => l.Key.Property, StringComparer.Ordinal).Select(l => new LeftOut(l.Key.Property, l.Value, l.Key.Outcome, l.Key.Why))],
            ToFillIn = ToFillIn,
        };
    }

    public static string Shortly(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 80 ? line : $"{line[..77]}…";
    }
}
