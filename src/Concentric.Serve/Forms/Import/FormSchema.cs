using System.Text.Json.Nodes;

namespace Concentric.Serve.Forms.Import;

/// <summary>A form as JSON Schema (draft 2020-12): what its answers look like, by the id of the question.</summary>
/// <remarks>
/// Required is what everybody is asked. What is asked under a condition that JSON Schema can say is required by <c>if</c> and <c>then</c>; what some
/// way passes by, or a condition that it cannot say, is not required. So every submission fits the schema, and not all that fits can be submitted.
/// </remarks>
public static class FormSchema
{
    private const string Draft = "https://json-schema.org/draft/2020-12/schema";

    public static JsonObject Of(Form form)
    {
        var (properties, required, rules) = (new JsonObject(), new JsonArray(), new JsonArray());
        var conditions = new SchemaConditions(form);
        var passedBy = PassedBy(form);
        foreach (var (place, page) in form.Pages.Index())
            foreach (var question in page.Items.OfType<Question>())
            {
                properties[question.Id] = Answer(question, form);
                if (MustBeAnswered(question) && !passedBy[place] && !page.Stop) Ask(question.Id, [page.ShowIf, question.ShowIf], conditions, required, rules);
                Reveal(question, form, properties, rules);
            }
        // What was looked up is sent beside the answers: columns of a table, each as it is written there.
        foreach (var lookup in form.Lookups)
            properties[lookup.Id] = new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } };
        var schema = new JsonObject { ["$schema"] = Draft, ["$id"] = $"urn:concentric:form:{form.Id}", ["title"] = form.Title.En, ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Count > 0) schema["required"] = required;
        if (rules.Count > 0) schema["allOf"] = rules;
        return schema;
    }

    /// <summary>A group may stay empty where it does not ask for a row.</summary>
    private static bool MustBeAnswered(Question question) => !question.Optional && (question.Kind != QuestionKind.Repeat || question.AtLeast > 0);

    private static void Ask(string id, string?[] showIfs, SchemaConditions conditions, JsonArray required, JsonArray rules)
    {
        var said = showIfs.Where(s => s is not null).ToList();
        if (said.Count == 0)
        {
            required.Add(id);
            return;
        }
        var schemas = said.ConvertAll(s => conditions.Of(s!));
        if (schemas.Contains(null)) return;
        rules.Add(new JsonObject { ["if"] = schemas.Count == 1 ? schemas[0] : new JsonObject { ["allOf"] = new JsonArray([.. schemas]) }, ["then"] = new JsonObject { ["required"] = new JsonArray(id) } });
    }

    private static void Reveal(Question question, Form form, JsonObject properties, JsonArray rules)
    {
        foreach (var choice in question.Choices)
            foreach (var revealed in choice.Reveals)
            {
                properties[revealed.Id] = Answer(revealed, form);
                var chosen = new JsonObject { ["const"] = choice.Value };
                // What the choices of a page that is passed by reveal hangs on their answer, so that it needs no more.
                if (MustBeAnswered(revealed) && revealed.ShowIf is null)
                    rules.Add(new JsonObject
                    {
                        ["if"] = new JsonObject { ["required"] = new JsonArray(question.Id), ["properties"] = new JsonObject { [question.Id] = question.Kind == QuestionKind.Checkboxes ? new JsonObject { ["contains"] = chosen } : chosen } },
                        ["then"] = new JsonObject { ["required"] = new JsonArray(revealed.Id) },
                    });
                Reveal(revealed, form, properties, rules);
            }
    }

    /// <summary>Which pages some way through the form passes by, its own condition not counted.</summary>
    private static bool[] PassedBy(Form form)
    {
        var places = FormIndex.Of(form).PageNumbers;
        var passed = new bool[form.Pages.Count];
        foreach (var (place, page) in form.Pages.Index())
            foreach (var jump in page.Next)
            {
                var target = jump.Page == Jump.Check ? form.Pages.Count : places.GetValueOrDefault(jump.Page, place + 1);
                for (var i = place + 1; i < target; i++) passed[i] = true;
            }
        return passed;
    }

    private static JsonObject Answer(Question question, Form form)
    {
        var schema = question.Kind switch
        {
            QuestionKind.Text or QuestionKind.LongText or QuestionKind.Phone => Text(question),
            QuestionKind.Email => Text(question, "email"),
            QuestionKind.Website => Text(question),
            QuestionKind.Number => Number(question, question.Decimals ?? 0),
            QuestionKind.Money => Number(question, question.Decimals ?? 2),
            QuestionKind.Date or QuestionKind.Month => new() { ["type"] = "string", ["format"] = "date" },
            QuestionKind.YesNo => new() { ["type"] = "boolean" },
            QuestionKind.Declaration => new() { ["const"] = true },
            QuestionKind.Radios or QuestionKind.Select or QuestionKind.Autocomplete => Choice(question, form),
            QuestionKind.Checkboxes => List(Choice(question, form), Ticked(question, form), question.AtMost, unique: true),
            QuestionKind.File => List(File(), question.AtLeast ?? (question.Optional ? 0 : 1), Math.Min(question.AtMost ?? Question.MostFiles, Question.MostFiles), unique: false),
            QuestionKind.Address => Parts(["line1", "town", "postcode"], "line1", "line2", "town", "postcode", "uprn"),
            QuestionKind.Place => Place(),
            _ => List(Row(question, form), question.AtLeast ?? 0, Math.Min(question.AtMost ?? Question.MostRows, Question.MostRows), unique: false),
        };
        schema["title"] = question.Title.En;
        if (question.Hint is { } hint) schema["description"] = hint.En;
        return schema;
    }

    private static JsonObject Text(Question question, string? format = null)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (format is not null) schema["format"] = format;
        if (!question.Optional) schema["minLength"] = 1;
        var longest = question.Kind is QuestionKind.Text or QuestionKind.LongText ? CheckAnswer.MostCharacters(question) : question.MaxLength;
        if (longest is { } most) schema["maxLength"] = most;
        if (question.Pattern is { } pattern) schema["pattern"] = $"^(?:{pattern})$";
        return schema;
    }

    private static JsonObject Number(Question question, int decimals)
    {
        var schema = new JsonObject { ["type"] = decimals == 0 ? "integer" : "number" };
        if (Constant(question.Min) is { } least) schema["minimum"] = least;
        if (Constant(question.Max) is { } most) schema["maximum"] = most;
        return schema;
    }

    private static decimal? Constant(string? expression) => expression is not null && Expression.Of(expression).Root is ConstantNode { Is: Value.Number number } ? number.Is : null;

    private static JsonObject Choice(Question question, Form form) =>
        new() { ["oneOf"] = new JsonArray([.. FormIndex.Of(form).ChoicesOf(question).Select(c => (JsonNode)new JsonObject { ["const"] = c.Value, ["title"] = c.Text.En })]) };

    /// <summary>Fewest that are ticked: one that stands alone is enough by itself.</summary>
    private static int Ticked(Question question, Form form) =>
        FormIndex.Of(form).ChoicesOf(question).Any(c => c.Alone) ? 1 : question.AtLeast ?? (question.Optional ? 0 : 1);

    private static JsonObject File() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["id"] = new JsonObject { ["type"] = "string" }, ["name"] = new JsonObject { ["type"] = "string" },
            ["size"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
        },
        ["required"] = new JsonArray("id", "name", "size"),
        ["additionalProperties"] = false,
    };

    private static JsonObject List(JsonObject items, int least, int? most, bool unique)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = items };
        if (least > 0) schema["minItems"] = least;
        if (most is { } max) schema["maxItems"] = max;
        if (unique) schema["uniqueItems"] = true;
        return schema;
    }

    private static JsonObject Row(Question question, Form form)
    {
        var row = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject([.. question.Fields.Select(f => KeyValuePair.Create(f.Id, (JsonNode?)Answer(f, form)))]), ["additionalProperties"] = false };
        if (question.Fields.Where(f => !f.Optional && f.ShowIf is null).Select(f => (JsonNode)f.Id).ToArray() is { Length: > 0 } required) row["required"] = new JsonArray(required);
        // A row in which nothing must be said may say nothing.
        else row["type"] = new JsonArray("object", "null");
        return row;
    }

    private static JsonObject Parts(string[] required, params string[] names) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject([.. names.Select(n => KeyValuePair.Create(n, (JsonNode?)new JsonObject { ["type"] = "string" }))]),
        ["required"] = new JsonArray([.. required.Select(r => (JsonNode)r)]),
        ["additionalProperties"] = false,
    };

    private static JsonObject Place() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["latitude"] = new JsonObject { ["type"] = "number", ["minimum"] = -90, ["maximum"] = 90 },
            ["longitude"] = new JsonObject { ["type"] = "number", ["minimum"] = -180, ["maximum"] = 180 },
            ["words"] = new JsonObject { ["type"] = "string" },
        },
        ["additionalProperties"] = false,
    };
}
