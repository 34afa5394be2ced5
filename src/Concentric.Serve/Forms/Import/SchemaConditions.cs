using System.Text.Json.Nodes;

namespace Concentric.Serve.Forms.Import;

/// <summary>Conditions of a form as JSON Schemas of its answers, where JSON Schema can say them: comparisons of an answer with a constant, joined.</summary>
internal sealed class SchemaConditions(Form form)
{
    private const int MostParts = 200;
    private readonly Dictionary<string, Calculation> _calculations = form.Calculations.DistinctBy(c => c.Id).ToDictionary(c => c.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, Question> _questions = form.Questions.DistinctBy(q => q.Id).ToDictionary(q => q.Id, StringComparer.Ordinal);
    private int _parts;

    /// <summary>Holds for the same answers as the expression; null where that cannot be said.</summary>
    public JsonObject? Of(string expression)
    {
        _parts = 0;
        return Expression.Of(expression).Root is { } root ? Of(root) : null;
    }

    private JsonObject? Of(Node node) => ++_parts > MostParts ? null : node switch
    {
        AndNode and => Joined("allOf", and.Left, and.Right),
        OrNode or => Joined("anyOf", or.Left, or.Right),
        NotNode not => Of(not.Inner) is { } inner ? new JsonObject { ["not"] = inner } : null,
        ConstantNode { Is: Value.Truth truth } => truth.Is ? [] : new JsonObject { ["not"] = new JsonObject() },
        CompareNode { Left: NameNode { Within.Length: 0 } name, Right: ConstantNode constant } compare => Compared(name.Name, compare.Kind, constant.Is),
        CallNode { Function.Name: "answered", Arguments: [NameNode { Within.Length: 0 } name] } => _questions.ContainsKey(name.Name) ? new JsonObject { ["required"] = new JsonArray(name.Name) } : null,
        // Under a name stands a condition that several pages share. One only uses those before it, so this ends.
        NameNode { Within.Length: 0 } name => _calculations.TryGetValue(name.Name, out var calculation) ? Named(calculation) : Compared(name.Name, Comparing.Same, Value.True),
        _ => null,
    };

    private JsonObject? Named(Calculation calculation)
    {
        _calculations.Remove(calculation.Id);
        var schema = Expression.Of(calculation.Value).Root is { } root ? Of(root) : null;
        _calculations[calculation.Id] = calculation;
        return schema;
    }

    private JsonObject? Joined(string how, Node left, Node right) => Of(left) is { } one && Of(right) is { } other ? new JsonObject { [how] = new JsonArray(one, other) } : null;

    private JsonObject? Compared(string name, Comparing kind, Value value)
    {
        if (!_questions.TryGetValue(name, out var question) || Constant(value) is not { } constant) return null;
        var answer = (kind, question.Kind) switch
        {
            (Comparing.Contains, QuestionKind.Checkboxes) => new JsonObject { ["contains"] = Chosen(question, value, constant) },
            // Typed words are compared without capitals, which JSON Schema cannot.
            (Comparing.Same or Comparing.Other, QuestionKind.Text or QuestionKind.LongText or QuestionKind.Email or QuestionKind.Phone or QuestionKind.Website) => null,
            (Comparing.Same, _) => Chosen(question, value, constant),
            (Comparing.Other, _) => new JsonObject { ["not"] = Chosen(question, value, constant) },
            (Comparing.AtLeast, _) when value is Value.Number => new JsonObject { ["minimum"] = constant },
            (Comparing.AtMost, _) when value is Value.Number => new JsonObject { ["maximum"] = constant },
            (Comparing.More, _) when value is Value.Number => new JsonObject { ["exclusiveMinimum"] = constant },
            (Comparing.Less, _) when value is Value.Number => new JsonObject { ["exclusiveMaximum"] = constant },
            _ => null,
        };
        return answer is null ? null : new JsonObject { ["required"] = new JsonArray(name), ["properties"] = new JsonObject { [name] = answer } };
    }

    /// <summary>The answer that is meant: of choices all that are the same without regard to capitals, as expressions compare them.</summary>
    private JsonObject Chosen(Question question, Value value, JsonValue constant)
    {
        var choices = value is Value.Text text ? FormIndex.Of(form).ChoicesOf(question).Where(c => string.Equals(c.Value.Trim(), text.Is.Trim(), StringComparison.OrdinalIgnoreCase)) : [];
        return choices.Select(c => c.Value).ToList() is { Count: > 0 } meant && (meant.Count > 1 || meant[0] != $"{value}")
            ? new JsonObject { ["enum"] = new JsonArray([.. meant.Select(m => (JsonNode)m)]) }
            : new JsonObject { ["const"] = constant };
    }

    private static JsonValue? Constant(Value value) => value switch
    {
        Value.Text text => JsonValue.Create(text.Is),
        Value.Number number => JsonValue.Create(number.Is),
        Value.Truth truth => JsonValue.Create(truth.Is),
        _ => null,
    };
}
