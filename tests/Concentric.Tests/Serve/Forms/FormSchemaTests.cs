using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Import;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Forms as JSON Schema, and the JSON Schema of forms.</summary>
[Trait("Database", "none")]
public sealed class FormSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "form.schema.json")))!.AsObject();

    private static readonly Type[] Records =
    [
        typeof(DataUse), typeof(WelshReview), typeof(FormSection), typeof(ChoiceList), typeof(Calculation), typeof(Lookup), typeof(PaymentStep), typeof(FormPage), typeof(Jump),
        typeof(Question), typeof(FormChoice), typeof(AnswerRule), typeof(Script),
    ];

    [Fact]
    public void The_schema_of_forms_has_every_property_of_the_records_and_no_other()
    {
        Assert.Equal(Names(typeof(Form)), Properties(Schema));
        foreach (var record in Records) Assert.Equal(Names(record), Properties(Definition(record.Name)));
        Assert.Equal([.. Names(typeof(Guidance)), "kind"], (string[])[.. Properties(Definition("Guidance")).Where(p => p != "kind"), "kind"]);
    }

    [Fact]
    public void What_a_record_needs_the_schema_requires()
    {
        foreach (var record in Records.Append(typeof(Form)))
        {
            var needed = record.GetProperties().Where(p => p.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute), false))
                .Select(p => Camel(p.Name)).Concat(record.GetConstructors().SelectMany(c => c.GetParameters()).Where(p => !p.HasDefaultValue && p.Name is not ("original" or null)).Select(p => Camel(p.Name!)));
            var definition = record == typeof(Form) ? Schema : Definition(record.Name);
            Assert.Equal(needed.Distinct().Order(), definition["required"]!.AsArray().Select(r => $"{r}").Order());
        }
    }

    [Fact]
    public void The_schema_of_forms_has_every_kind_and_message()
    {
        Assert.Equal(Enum.GetValues<QuestionKind>().Select(k => JsonNamingPolicy.KebabCaseLower.ConvertName($"{k}")), Enumerated(Definition("Question")["properties"]!["kind"]!));
        Assert.Equal(Enum.GetValues<GuidanceKind>().Select(k => $"guidance-{k}".ToLowerInvariant()), Enumerated(Definition("Guidance")["properties"]!["kind"]!));
        Assert.Equal(FormCheck.Codes, Enumerated(Definition("Question")["properties"]!["messages"]!["propertyNames"]!));
    }

    [Fact]
    public void The_forms_that_come_with_the_program_and_those_that_are_imported_fit_the_schema()
    {
        var check = new JsonSchemaCheck(Schema);
        var library = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Concentric.Serve", "Forms", "Library", "forms"), "*.json").ToList();
        Assert.True(library.Count >= 20);
        foreach (var file in library) Assert.True(check.Of(JsonNode.Parse(File.ReadAllText(file))) is [], $"{file}: {string.Join("; ", check.Of(JsonNode.Parse(File.ReadAllText(file))))}");
        foreach (var file in ImportSource.Published)
        {
            var form = JsonNode.Parse(FormImport.Read(File.ReadAllText(file), Path.GetFileName(file)).Form.Write());
            Assert.True(check.Of(form) is [], $"{file}: {string.Join("; ", check.Of(form))}");
        }
    }

    [Fact]
    public void A_form_that_says_something_unknown_does_not_fit()
    {
        var form = JsonNode.Parse(ImportSource.Read(ImportSource.Pages(ImportSource.Page("""{ "type": "TextField", "name": "a", "title": "A?" }"""))).Form.Write())!;
        form["pages"]![0]!["colour"] = "red";

        Assert.Contains(new JsonSchemaCheck(Schema).Of(form), p => p.Contains("“colour”", StringComparison.Ordinal));
    }

    [Fact]
    public void Answers_that_fit_a_form_fit_its_schema_and_others_do_not()
    {
        var form = Form.Read("""
            { "id": "a", "title": "A form", "service": "1", "interaction": "0", "team": "t", "promiseDays": 1, "process": "p",
              "calculations": [ { "id": "is-red", "value": "colours contains 'red' and number >= 3" } ],
              "pages": [
                { "id": "one", "title": "One", "items": [
                  { "kind": "checkboxes", "id": "colours", "title": "Colours?", "choices": [ { "value": "red", "text": "Red" }, { "value": "blue", "text": "Blue" } ] },
                  { "kind": "number", "id": "number", "title": "How many?", "min": "1", "max": "9" },
                  { "kind": "radios", "id": "how", "title": "How?", "choices": [ { "value": "email", "text": "Email", "reveals": [ { "kind": "email", "id": "email", "title": "Email?" } ] }, { "value": "none", "text": "Not" } ] },
                  { "kind": "text", "id": "word", "title": "Word?", "optional": true, "maxLength": 5, "pattern": "[a-z]+" } ] },
                { "id": "two", "showIf": "is-red", "items": [ { "kind": "date", "id": "day", "title": "Which day?" } ] },
                { "id": "three", "items": [ { "kind": "repeat", "id": "people", "title": "People", "atMost": 2, "fields": [ { "kind": "text", "id": "name", "title": "Name?" } ] } ] } ] }
            """);
        var check = new JsonSchemaCheck(FormSchema.Of(form));

        Assert.Equal("A form", $"{FormSchema.Of(form)["title"]}");
        Assert.Empty(Of("""{ "colours": ["blue"], "number": 3, "how": "none", "people": [ { "name": "Ada" } ] }"""));
        Assert.Empty(Of("""{ "colours": ["red"], "number": 3, "how": "email", "email": "a@b.c", "day": "2026-01-01", "word": "abc", "people": [ { "name": "Ada" } ] }"""));
        Assert.NotEmpty(Of("""{ "colours": ["red"], "number": 3, "how": "none", "people": [ { "name": "Ada" } ] }"""));
        Assert.NotEmpty(Of("""{ "colours": ["blue"], "number": 3, "how": "email", "people": [ { "name": "Ada" } ] }"""));
        Assert.NotEmpty(Of("""{ "colours": ["green"], "number": 3, "how": "none", "people": [ { "name": "Ada" } ] }"""));
        Assert.NotEmpty(Of("""{ "colours": ["blue"], "number": 10, "how": "none", "people": [ { "name": "Ada" } ] }"""));
        Assert.NotEmpty(Of("""{ "colours": ["blue"], "number": 3, "how": "none", "people": [ {} ] }"""));
        Assert.NotEmpty(Of("""{ "colours": ["blue"], "number": 3, "how": "none", "word": "toolong", "people": [ { "name": "Ada" } ] }"""));
        Assert.NotEmpty(Of("""{ "colours": ["blue"], "number": 3, "how": "none", "people": [ { "name": "Ada" } ], "more": 1 }"""));
        Assert.NotEmpty(Of("{}"));

        IReadOnlyList<string> Of(string answers) => check.Of(JsonNode.Parse(answers));
    }

    [Fact]
    public void Whatever_can_be_sent_of_the_forms_that_come_with_the_program_fits_their_schemas()
    {
        foreach (var form in Library.Forms)
        {
            var check = new JsonSchemaCheck(FormSchema.Of(form));
            for (var variant = 0; variant < 4; variant++)
            {
                var answers = FindAnswers.Complete(form, RandomForm.Today, variant);
                Assert.True(answers is not null || variant > 0, form.Id);
                if (answers is not null) Assert.True(Fit(check, answers) is [], $"{form.Id} {variant}: {string.Join("; ", Fit(check, answers))}");
            }
        }
    }

    [Fact]
    public void What_is_sent_beside_plain_answers_fits_too()
    {
        Question Of(QuestionKind kind, string id) => ReadAnswerTests.Q(kind) with { Id = id };
        var form = ReadAnswerTests.FormOf(
            Of(QuestionKind.File, "files"), Of(QuestionKind.Repeat, "none") with { Fields = [Of(QuestionKind.Text, "name")] },
            Of(QuestionKind.Repeat, "rows") with { Fields = [Of(QuestionKind.Text, "name") with { Optional = true }] },
            Of(QuestionKind.LongText, "words") with { MaxWords = 5 }, Of(QuestionKind.Email, "email") with { MaxLength = 30 },
            Of(QuestionKind.Checkboxes, "boxes") with { AtLeast = 2, Choices = [new("a", "A"), new("b", "B"), new("none", "None") { Alone = true }] }) with
        {
            Lookups = [new("round", "rounds", new Dictionary<string, string> { ["email"] = "email" })],
        };
        Value Named(params (string Name, Value Value)[] parts) => Value.Of(parts.Select(p => KeyValuePair.Create(p.Name, p.Value)));
        var answers = new (string Id, Value Value)[]
        {
            ("files", Value.Of([Named(("id", Value.Of($"{Guid.Empty:N}")), ("name", Value.Of("a.jpg")), ("size", Value.Of(12m)))])), ("rows", Value.Of([Value.Nothing])),
            ("words", Value.Of(new string('a', 9000))), ("email", Value.Of("ada@example.com")), ("boxes", Value.Of(["none"])),
            ("round", Named(("day", Value.Of(RandomForm.Today)), ("bin", Value.Of("green")))),
        }.Aggregate(Answers.None, (all, one) => all.With(one.Id, one.Value)) with { Done = [.. form.Pages.Select(p => p.Id)] };
        var journey = Journey.Of(form, answers, RandomForm.Today);
        var check = new JsonSchemaCheck(FormSchema.Of(form));

        Assert.True(journey.IsComplete);
        Assert.Empty(Fit(check, journey.Sent));
        Assert.NotEmpty(Fit(check, journey.Sent.With("files", Value.Of(["a.jpg"]))));
        Assert.NotEmpty(Fit(check, journey.Sent.With("email", Value.Of($"{new string('a', 30)}@example.com"))));
        Assert.NotEmpty(new JsonSchemaCheck(FormSchema.Of(ReadAnswerTests.FormOf(Of(QuestionKind.LongText, "words")))).Of(new JsonObject { ["words"] = new string('a', 4001) }));
    }

    [Fact]
    public void A_condition_that_writes_a_choice_in_other_letters_means_that_choice()
    {
        var colour = ReadAnswerTests.Q(QuestionKind.Radios) with { Id = "colour", Choices = [new("red", "Red"), new("blue", "Blue")] };
        var form = ReadAnswerTests.FormOf(colour, ReadAnswerTests.Q(QuestionKind.YesNo)) is var two ? two with { Pages = [two.Pages[0], two.Pages[1] with { ShowIf = "not (colour = 'RED')" }] } : null!;
        var check = new JsonSchemaCheck(FormSchema.Of(form));
        var red = Answers.None.With("colour", Value.Of("red"));

        Assert.True(Journey.Of(form, red with { Done = ["p-colour"] }, RandomForm.Today).IsComplete);
        Assert.Empty(Fit(check, red));
        Assert.NotEmpty(Fit(check, Answers.None.With("colour", Value.Of("blue"))));
    }

    private static IReadOnlyList<string> Fit(JsonSchemaCheck check, Answers answers) => check.Of(JsonNode.Parse(answers.Write())!["values"]);

    private static JsonObject Definition(string record) => Schema["$defs"]![Camel(record)]!.AsObject();

    private static IEnumerable<string> Enumerated(JsonNode schema) => schema["enum"]!.AsArray().Select(e => $"{e}");

    private static string[] Properties(JsonObject schema) => [.. schema["properties"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal)];

    private static string[] Names(Type record) => [.. record.GetProperties()
        .Where(p => p.GetCustomAttributes(typeof(JsonIgnoreAttribute), true).OfType<JsonIgnoreAttribute>().All(i => i.Condition != JsonIgnoreCondition.Always) && (record != typeof(Guidance) || p.Name != "Kind"))
        .Select(p => Camel(p.Name)).Order(StringComparer.Ordinal)];

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
