using System.Globalization;

namespace Concentric.Serve.Forms.Import;

/// <summary>The named conditions of the source as named expressions of our form, in an order in which one only uses those before it.</summary>
internal sealed class SourceConditions
{
    // Room for what jumps and pages put around it, below the most characters of an expression.
    private const int LongestPart = 1200;
    private readonly SourceFields _fields;
    private readonly SourceLists _lists;
    private readonly Ids _ids;
    private readonly bool _isV2;
    private readonly List<Condition> _all = [];
    private readonly List<Calculation> _calculations = [];

    private sealed record Condition(Source Source, string Name, string? Display, string Id, ImportNotes.Thing Notes)
    {
        public bool? Done { get; set; }
    }

    public SourceConditions(IReadOnlyList<Source> conditions, SourceFields fields, SourceLists lists, Ids ids, ImportNotes notes)
    {
        (_fields, _lists, _ids) = (fields, lists, ids);
        _isV2 = conditions.Any(c => c.Has("items"));
        foreach (var source in conditions)
        {
            var display = source.Said("displayName");
            var name = source.Said("name") ?? source.Said("id") ?? display ?? source.Place;
            source.Said("id");
            var thing = notes.Begin(ImportedKind.Condition, display is null || display == name ? name : $"{display} ({name})", source);
            var condition = new Condition(source, name, display, ids.Take(display ?? name, "condition"), thing);
            if (_all.Exists(c => c.Name == name)) thing.Approximated($"There is another condition “{name}” before it; pages use that one");
            thing.Became = condition.Id;
            _all.Add(condition);
        }
        foreach (var condition in _all) Build(condition);
    }

    public IReadOnlyList<Calculation> Calculations => _calculations;

    /// <summary>The name of our expression for a condition; null where the source has no condition of that name.</summary>
    public string? Find(string name) => Named(name)?.Id;

    private Condition? Named(string name) => _all.Find(c => c.Name == name) ?? _all.Find(c => c.Display == name) ?? _all.Find(c => c.Source.Said("id") == name);

    private void Build(Condition condition)
    {
        if (condition.Done is not null) return;
        condition.Done = false;
        var text = Text(condition) ?? "false";
        if (Expression.Parse(text) is { Error: { } error })
        {
            condition.Notes.Dropped($"It is too much for one expression ({error}); it is never true");
            text = "false";
        }
        _calculations.Add(new(condition.Id, text));
        condition.Done = true;
    }

    private string? Text(Condition condition)
    {
        var source = condition.Source;
        if (source.Has("items")) return Joined(source.Each("items").Select(i => (i, source.Said("coordinator") ?? "and")), condition, 0);
        if (source.Child("value") is { } model)
        {
            model.Said("name");
            return Joined(model.Each("conditions").Select(c => (c, Coordinator(c))), condition, 0);
        }
        if (source.Said("value") is { } written)
        {
            try
            {
                return ConditionText.Read(written, n => Known(n, condition), n => Reference(n, condition, quiet: true), (f, o, v, r) => ConditionTerms.Of(f, o, v, r, _isV2, condition.Notes, _lists.Find(f.List)?.IsNumbers == true));
            }
            catch (ConditionText.CannotException e)
            {
                condition.Notes.Dropped($"“{ImportNotes.Shortly(written)}” is not understood: {e.Message}; it is never true");
                return null;
            }
        }
        condition.Notes.Dropped("It says nothing that can be compared; it is never true");
        return null;
    }

    /// <summary>How a part is joined to the one before it; of a group, its first part says so.</summary>
    private static string Coordinator(Source part, int depth = 0) =>
        part.Said("coordinator") ?? (depth < 20 && part.Each("conditions") is [var first, ..] ? Coordinator(first, depth + 1) : "and");

    /// <summary>Parts joined by and/or, where "and" binds more than "or", as in the source.</summary>
    private string? Joined(IEnumerable<(Source Part, string Coordinator)> parts, Condition condition, int depth)
    {
        var ors = new List<List<string>>();
        foreach (var (part, coordinator) in parts)
        {
            if (One(part, condition, depth) is not { } text)
            {
                // A part that cannot be carried is never true, so that nobody is led where the source would not.
                text = "false";
            }
            if (ors.Count == 0 || coordinator.Equals("or", StringComparison.OrdinalIgnoreCase)) ors.Add([text]);
            else ors[^1].Add(text);
        }
        if (ors.Count == 0)
        {
            condition.Notes.Dropped("It has no parts; it is never true");
            return null;
        }
        var ands = ors.ConvertAll(a => Shortened(a, " and ", condition));
        var whole = Shortened(ands.ConvertAll(a => ors.Count > 1 && a.Contains(" and ", StringComparison.Ordinal) ? $"({a})" : a), " or ", condition);
        return whole;
    }

    /// <summary>The parts joined; where that would be too long, the first ones become a named expression of their own.</summary>
    private string Shortened(List<string> parts, string joint, Condition condition)
    {
        var text = parts[0];
        foreach (var part in parts.Skip(1))
        {
            if (text.Length + part.Length > LongestPart)
            {
                var id = _ids.Take($"{condition.Id}-part", "part");
                _calculations.Add(new(id, text));
                text = id;
            }
            text = $"{text}{joint}{part}";
        }
        return text;
    }

    private string? One(Source part, Condition condition, int depth)
    {
        if (part.Has("conditions"))
        {
            if (depth > 20)
            {
                condition.Notes.Dropped("It is nested too deeply");
                return null;
            }
            part.Said("coordinator");
            return Joined(part.Each("conditions").Select(c => (c, Coordinator(c))), condition, depth + 1) is { } inner ? inner.Contains(' ', StringComparison.Ordinal) ? $"({inner})" : inner : null;
        }
        if ((part.Said("conditionName") ?? part.Said("conditionId")) is { } reference)
        {
            part.Said("id");
            return Reference(reference, condition, quiet: false);
        }
        return Comparison(part, condition);
    }

    private string? Reference(string name, Condition from, bool quiet)
    {
        if (Named(name) is not { } condition)
        {
            if (!quiet) from.Notes.Approximated($"There is no condition “{name}”, so that part is never true");
            return null;
        }
        if (condition.Done == false)
        {
            from.Notes.Approximated($"It asks for “{condition.Display ?? name}”, which asks for it in turn; that part is never true");
            return "false";
        }
        Build(condition);
        return condition.Id;
    }

    private string? Comparison(Source part, Condition condition)
    {
        var @operator = part.Said("operator") ?? "is";
        var fields = Fields(part, condition, out var asked);
        var (value, relative) = ValueOf(part, condition);
        if (fields.Count == 0)
        {
            condition.Notes.OurWay($"It asks whether “{asked}” {@operator} “{value ?? "a day"}”, which no page of this form asks, so it is never true, in the source and here");
            return "false";
        }
        if (value is null && relative is null)
        {
            condition.Notes.Approximated($"It compares “{asked}” with nothing that is known; that part is never true");
            return null;
        }
        var terms = fields.Select(f => ConditionTerms.Of(f, @operator, value, relative, _isV2, condition.Notes, _lists.Find(f.List)?.IsNumbers == true)).ToList();
        if (terms.Contains(null)) return null;
        // One answer that is asked on several pages: whichever of them was asked. Read as nothing elsewhere, "not" has to hold for all.
        return terms.Count == 1 ? terms[0] : $"({string.Join(terms[0]!.StartsWith("not ", StringComparison.Ordinal) ? " and " : " or ", terms)})";
    }

    private IReadOnlyList<SourceField> Fields(Source part, Condition condition, out string asked)
    {
        part.Said("id");
        if (part.Said("componentId") is { } id)
        {
            asked = id;
            return _fields.WithId(id) is { } field ? [field] : [];
        }
        var source = part.Child("field");
        asked = source?.Said("name") ?? part.Said("field") ?? "?";
        return Known(asked, condition);
    }

    private IReadOnlyList<SourceField> Known(string name, Condition condition)
    {
        var fields = _fields.Named(name);
        if (fields.Count > 1) condition.Notes.OurWay($"“{name}” is asked on {fields.Count} pages; each is a question of its own here, and any of them counts");
        return fields;
    }

    private (string? Value, ConditionTerms.Relative? Relative) ValueOf(Source part, Condition condition)
    {
        part.Said("type");
        if (part.Child("value") is not { } value) return (part.Text("value"), null);
        value.Said("type");
        if (value.Said("listId") is { } list)
        {
            var item = value.Said("itemId");
            if (_lists.Find(list)?.Choices.FirstOrDefault(c => c.ItemId == item) is { } choice) return (choice.Value, null);
            condition.Notes.Approximated($"The choice {item} of the list {list} is not there");
            return (null, null);
        }
        if ((value.Number("timePeriod") ?? value.Number("period")) is { } period)
        {
            var unit = value.Said("timeUnit") ?? value.Said("unit") ?? "days";
            var past = value.Said("direction")?.Contains("past", StringComparison.OrdinalIgnoreCase) == true;
            var timeOnly = value.Truth("timeOnly") == true;
            if (timeOnly || unit is not ("years" or "months" or "weeks" or "days") || Math.Abs(period) > 10_000)
            {
                condition.Notes.Approximated($"{period.ToString(CultureInfo.InvariantCulture)} {unit} from now is a time of day or out of reach; our language knows days, so that part is never true");
                return (null, null);
            }
            return (null, new((int)(past ? -period : period), unit));
        }
        return (value.Text("value"), null);
    }
}
