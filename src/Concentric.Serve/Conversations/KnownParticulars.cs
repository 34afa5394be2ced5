using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Concentric.Serve.Forms;

namespace Concentric.Serve.Conversations;

/// <summary>One particular that is known of somebody.</summary>
/// <param name="Value">As answers are kept.</param>
/// <param name="From">The day on which they told us before; null where it was said in this conversation.</param>
internal sealed record KnownParticular(QuestionKind Kind, JsonNode Value, DateOnly? From);

/// <summary>What somebody told us once and is not asked again, but offered: it stands in the next form's boxes, and counts only once that page was saved.</summary>
internal sealed class KnownParticulars
{
    public const string Nothing = "{}";

    /// <summary>Whose particulars are offered from forms that were sent before: what was said of somebody who died, or of money, belongs to its own day.</summary>
    private static readonly string[] OfferedFromBefore = ["person", "partner", "child", "home", "household", "vehicle"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    private readonly ImmutableSortedDictionary<string, KnownParticular> _known;

    private KnownParticulars(ImmutableSortedDictionary<string, KnownParticular> known) => _known = known;

    public IReadOnlyDictionary<string, KnownParticular> All => _known;

    public static KnownParticulars Of(IEnumerable<KeyValuePair<string, KnownParticular>> known) => new(known.ToImmutableSortedDictionary(StringComparer.Ordinal));

    public static KnownParticulars Read(string json) => new(JsonSerializer.Deserialize<ImmutableSortedDictionary<string, KnownParticular>>(json, Json)!.WithComparers(StringComparer.Ordinal));

    public string Write() => JsonSerializer.Serialize(_known, Json);

    /// <summary>With what was said on the pages of a form that were saved.</summary>
    public KnownParticulars Said(Journey journey) => With(journey, (_, _) => true, null);

    /// <summary>With what a form that was sent before says, where nothing newer is known.</summary>
    public KnownParticulars Before(Journey sent, DateOnly on) =>
        With(sent, (particular, known) => known is null && Particulars.Find(particular)?.AboutWhom is { } whom && OfferedFromBefore.Contains(whom), on);

    /// <summary>Without what was told before, because it was somebody else who told it.</summary>
    public KnownParticulars OnlySaid() => new(_known.Where(k => k.Value.From is null).ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <summary>What is known and a form asks for, as answers of that form; only what it would take.</summary>
    public Answers For(Form form, DateOnly today)
    {
        var values = new JsonObject();
        foreach (var question in form.Questions)
            if (question.Particular is { } id && _known.TryGetValue(id, out var known) && known.Kind == question.Kind) values[question.Id] = known.Value.DeepClone();
        if (values.Count == 0) return Answers.None;
        var read = Answers.Read(form, new JsonObject { ["values"] = values, ["done"] = new JsonArray() }.ToJsonString());
        var scope = Journey.Of(form, Answers.None, today).Scope;
        return read with { Values = read.Values.RemoveRange(read.Values.Where(v => !IsTaken(FormIndex.Of(form).Questions[v.Key], form, v.Value, scope)).Select(v => v.Key)) };
    }

    /// <summary>When it was told, of a question that is offered an answer.</summary>
    public DateOnly? ToldOn(Question question) => question.Particular is { } id && _known.TryGetValue(id, out var known) ? known.From : null;

    private static bool IsTaken(Question question, Form form, Value value, Scope scope) =>
        CheckAnswer.Of(question, form, value, scope) is null
        // Rows of another form may have other fields.
        && (question.Kind != QuestionKind.Repeat || value.AsItems.All(row => row is Value.Parts parts && parts.Named.Keys.All(k => question.Fields.Any(f => f.Id == k))));

    private KnownParticulars With(Journey journey, Func<string, KnownParticular?, bool> takes, DateOnly? from)
    {
        var known = _known.ToBuilder();
        foreach (var question in journey.Path.Where(p => p.IsDone).SelectMany(p => p.Questions))
            if (question.Particular is { } id && question.Kind is not (QuestionKind.File or QuestionKind.Declaration) && Answers.Json(journey.Answers[question.Id]) is { } value && takes(id, known.GetValueOrDefault(id)))
                known[id] = new(question.Kind, value, from);
        return new(known.ToImmutable());
    }
}
