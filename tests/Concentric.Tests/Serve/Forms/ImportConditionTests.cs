using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Import;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Conditions of every kind, evaluated by hand.</summary>
[Trait("Database", "none")]
public sealed class ImportConditionTests
{
    private static readonly Value Born = Value.Of(new DateOnly(2008, 3, 15));

    [Theory]
    [InlineData("is at least", "18", 18, true)]
    [InlineData("is at least", "18", 17, false)]
    [InlineData("is at most", "18", 18, true)]
    [InlineData("is at most", "18", 19, false)]
    [InlineData("is more than", "18", 18, false)]
    [InlineData("is more than", "18", 19, true)]
    [InlineData("is less than", "18", 17, true)]
    [InlineData("is", "18", 18, true)]
    [InlineData("is not", "18", 18, false)]
    [InlineData("is not", "18", 17, true)]
    public void Numbers_are_compared(string @operator, string value, int answer, bool holds) =>
        Assert.Equal(holds, Holds("NumberField", @operator, Plain(value), Value.Of(answer)));

    [Theory]
    [InlineData("is", "blue", "blue", true)]
    [InlineData("is not", "blue", "blue", false)]
    [InlineData("is not", "blue", "red", true)]
    [InlineData("is longer than", "3", "blue", true)]
    [InlineData("is shorter than", "4", "blue", false)]
    [InlineData("has length", "4", "blue", true)]
    [InlineData("is", "it's", "it's", true)]
    public void Texts_are_compared(string @operator, string value, string answer, bool holds) => Assert.Equal(holds, Holds("TextField", @operator, Plain(value), Value.Of(answer)));

    [Theory]
    [InlineData("contains", true)]
    [InlineData("does not contain", false)]
    public void Ticked_boxes_hold_a_value_or_not(string @operator, bool holds)
    {
        Assert.Equal(holds, Holds("CheckboxesField", @operator, Plain("a"), Value.Of(["a", "b"])));
        Assert.Equal(!holds, Holds("CheckboxesField", @operator, Plain("a"), Value.Of(["b"])));
    }

    [Theory]
    [InlineData("is", "2008-03-15", true)]
    [InlineData("is not", "2008-03-15", false)]
    [InlineData("is before", "2008-03-16", true)]
    [InlineData("is after", "2008-03-15", false)]
    [InlineData("is after", "2008-03-14T00:00:00.000Z", true)]
    public void Dates_are_compared(string @operator, string value, bool holds) => Assert.Equal(holds, Holds("DatePartsField", @operator, Plain(value), Born));

    [Theory]
    [InlineData("is at least", 18, "years", "in the past", true)]
    [InlineData("is at least", 19, "years", "in the past", false)]
    [InlineData("is more than", 18, "years", "in the past", false)]
    [InlineData("is less than", 19, "years", "in the past", true)]
    [InlineData("is at most", 216, "months", "in the past", true)]
    [InlineData("is at most", 6574, "days", "in the past", true)]
    [InlineData("is at most", 6573, "days", "in the past", false)]
    [InlineData("is at least", 1, "days", "in the future", false)]
    [InlineData("is at most", 1, "days", "in the future", true)]
    public void Dates_are_compared_with_today(string @operator, int period, string unit, string direction, bool holds)
    {
        // Today is 15 March 2026: eighteen years, 216 months and 6,574 days after the date.
        Assert.Equal(holds, Holds("DatePartsField", @operator, $$"""{ "type": "RelativeTime", "timePeriod": "{{period}}", "timeUnit": "{{unit}}", "direction": "{{direction}}", "timeOnly": false }""", Born));
        Assert.Equal(holds, Holds("DatePartsField", @operator, $$"""{ "type": "RelativeDate", "period": "{{period}}", "unit": "{{unit}}", "direction": "{{direction}}" }""", Born));
    }

    [Theory]
    [InlineData("TextField", "is not")]
    [InlineData("CheckboxesField", "does not contain")]
    [InlineData("TextField", "is shorter than")]
    [InlineData("YesNoField", "is")]
    public void In_the_older_forms_a_missing_answer_makes_a_comparison_false(string type, string @operator) => Assert.False(Holds(type, @operator, Plain("3"), Value.Nothing));

    [Fact]
    public void And_binds_more_than_or_and_groups_stay_together()
    {
        string Part(string value, string joint) => $$"""{ "field": { "name": "x", "type": "CheckboxesField", "display": "x" }, "operator": "contains", "value": { "type": "Value", "value": "{{value}}", "display": "" } {{joint}} }""";
        const string And = ", \"coordinator\": \"and\"", Or = ", \"coordinator\": \"or\"";
        var flat = Form($$"""{ "name": "n", "conditions": [ {{Part("a", "")}}, {{Part("b", Or)}}, {{Part("c", And)}} ] }""");
        var grouped = Form($$"""{ "name": "n", "conditions": [ { "conditions": [ {{Part("a", "")}}, {{Part("b", Or)}} ] }, {{Part("c", And)}} ] }""");
        var groupLast = Form($$"""{ "name": "n", "conditions": [ {{Part("a", "")}}, { "conditions": [ {{Part("b", And)}}, {{Part("c", Or)}} ] } ] }""");

        Assert.True(ImportSource.Holds(flat, "it-holds", ("x", Value.Of(["a"]))));
        Assert.False(ImportSource.Holds(flat, "it-holds", ("x", Value.Of(["b"]))));
        Assert.False(ImportSource.Holds(grouped, "it-holds", ("x", Value.Of(["a"]))));
        Assert.True(ImportSource.Holds(grouped, "it-holds", ("x", Value.Of(["a", "c"]))));
        Assert.False(ImportSource.Holds(groupLast, "it-holds", ("x", Value.Of(["c"]))));
        Assert.True(ImportSource.Holds(groupLast, "it-holds", ("x", Value.Of(["a", "c"]))));
        Assert.False(ImportSource.Holds(groupLast, "it-holds", ("x", Value.Of(["b", "c"]))));

        static Form Form(string model) => ImportSource.Read(ImportSource.OneCondition("""{ "type": "CheckboxesField", "name": "x", "title": "X?", "list": "l", "options": {}, "schema": {} }""", model, List)).Form;
    }

    [Theory]
    [InlineData("x == 'a'", "a", true)]
    [InlineData("x != \"a\"", "b", true)]
    [InlineData("not (x == 'a') and length(x) > 2", "bcd", true)]
    [InlineData("(x == 'a' or x == 'b') and x != 'c'", "b", true)]
    [InlineData("x == 'a' && x == 'b' || x == 'c'", "c", true)]
    [InlineData("!(x == 'a')", "a", false)]
    [InlineData("other", "a", false)]
    [InlineData("not other and x == 'a'", "a", true)]
    [InlineData("'a' == x", "a", true)]
    public void Conditions_written_as_text_are_read(string written, string answer, bool holds)
    {
        var json = ImportSource.OneCondition("""{ "type": "TextField", "name": "x", "title": "X?", "options": {}, "schema": {} }""", System.Text.Json.JsonSerializer.Serialize(written), more: ", { \"name\": \"other\", \"displayName\": \"The other\", \"value\": \"x == 'z'\" }");
        var imported = ImportSource.Read(json);

        Assert.Equal("2 of 2", $"{imported.Report.Conditions}");
        Assert.Equal(holds, ImportSource.Holds(imported.Form, "it-holds", ("x", Value.Of(answer))));
    }

    [Fact]
    public void A_number_kept_as_a_choice_is_compared_as_a_number()
    {
        const string Numbers = """[ { "name": "l", "title": "How many", "type": "number", "items": [ { "text": "1", "value": 1 }, { "text": "10", "value": 10 } ] } ]""";
        var form = ImportSource.Read(ImportSource.OneCondition("""{ "type": "SelectField", "name": "x", "title": "X?", "list": "l", "options": {}, "schema": {} }""", "\"x > 2\"", Numbers)).Form;

        Assert.True(ImportSource.Holds(form, "it-holds", ("x", Value.Of("10"))));
        Assert.False(ImportSource.Holds(form, "it-holds", ("x", Value.Of("1"))));
    }

    [Fact]
    public void A_condition_that_asks_for_itself_is_never_true_and_is_named()
    {
        const string Other = """, { "name": "other", "displayName": "The other", "value": { "name": "o", "conditions": [ { "conditionName": "cond", "conditionDisplayName": "It holds" } ] } }""";
        var imported = ImportSource.Read(ImportSource.OneCondition("""{ "type": "TextField", "name": "x", "title": "X?" }""", """{ "name": "n", "conditions": [ { "conditionName": "other", "conditionDisplayName": "The other" } ] }""", more: Other));

        Assert.False(ImportSource.Holds(imported.Form, "it-holds", ("x", Value.Of("a"))));
        Assert.Contains(imported.Report.Of(ImportedKind.Condition), c => c.Outcome == ImportOutcome.Approximated && c.Notes.Any(n => n.Says.Contains("in turn", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_newer_forms_point_at_components_list_items_and_conditions()
    {
        var form = ImportSource.Read("""
            { "engine": "V2", "schema": 2, "name": "Two", "startPage": "/summary", "sections": [],
              "pages": [
                { "id": "p1", "path": "/a", "title": "", "next": [], "components": [
                  { "id": "c1", "type": "CheckboxesField", "name": "abc", "title": "Which?", "list": "l1", "shortDescription": "Which ones", "options": { "required": true }, "schema": {} },
                  { "id": "c2", "type": "DatePartsField", "name": "def", "title": "When?", "options": {}, "schema": {} },
                  { "id": "c3", "type": "TextField", "name": "ghi", "title": "What?", "options": { "required": false }, "schema": { "min": 2, "max": 9, "regex": "^[a-z]+$" } } ] },
                { "id": "p2", "path": "/b", "title": "Stop here", "controller": "TerminalPageController", "condition": "k2", "next": [], "components": [ { "id": "c4", "type": "Markdown", "content": "No **more**.", "options": {}, "schema": {} } ] },
                { "id": "p3", "path": "/summary", "title": "", "controller": "SummaryPageController", "next": [] } ],
              "lists": [ { "id": "l1", "name": "Names", "title": "List for question abc", "type": "string", "items": [ { "id": "i1", "text": "One", "value": "one", "hint": { "id": "h", "text": "the first" } }, { "id": "i2", "text": "Two", "value": "two" } ] } ],
              "conditions": [
                { "id": "k2", "displayName": "Both", "coordinator": "and", "items": [ { "id": "1", "conditionId": "k1" }, { "id": "2", "componentId": "c2", "operator": "is more than", "type": "RelativeDate", "value": { "period": 2, "unit": "years", "direction": "in the past" } } ] },
                { "id": "k1", "displayName": "Not two", "items": [ { "id": "3", "componentId": "c1", "operator": "does not contain", "type": "ListItemRef", "value": { "listId": "l1", "itemId": "i2" } } ] },
                { "id": "k3", "displayName": "Not x", "items": [ { "id": "4", "componentId": "c3", "operator": "is not", "type": "StringValue", "value": "x" } ] } ] }
            """);

        Assert.Equal("DEFRA v2", form.Report.Format);
        Assert.Equal("3 of 3", $"{form.Report.Conditions}");
        Assert.Equal("3 of 3", $"{form.Report.Pages}");
        Assert.Equal(["not-two", "both", "not-x"], form.Form.Calculations.Select(c => c.Id));
        Assert.True(ImportSource.Holds(form.Form, "both", ("abc", Value.Of(["one"])), ("def", Value.Of(new DateOnly(2024, 3, 14)))));
        Assert.False(ImportSource.Holds(form.Form, "both", ("abc", Value.Of(["one"])), ("def", Value.Of(new DateOnly(2024, 3, 15)))));
        Assert.True(ImportSource.Holds(form.Form, "not-two"));
        Assert.True(ImportSource.Holds(form.Form, "not-x"));
        Assert.True(form.Form.Page("b") is { Stop: true, ShowIf: "both" });
        Assert.Equal("the first", form.Form.Lists.Single().Items[0].Hint!.En);
        Assert.Equal("which ones", form.Form.Questions.First().Name!.En);
        Assert.True(form.Form.Questions.Last() is { Optional: true, MaxLength: 9, Pattern: "[a-z]+", Rules: [{ Holds: "not answered(ghi) or length(ghi) >= 2" }] });
        Assert.Empty(FormCheck.Of(form.Form));
    }

    private const string List = """[ { "name": "l", "title": "L", "type": "string", "items": [ { "text": "A", "value": "a" }, { "text": "B", "value": "b" }, { "text": "C", "value": "c" } ] } ]""";

    private static string Plain(string value) => $$"""{ "type": "Value", "value": {{System.Text.Json.JsonSerializer.Serialize(value)}}, "display": "it" }""";

    private static bool Holds(string type, string @operator, string value, Value answer)
    {
        var component = $$"""{ "type": "{{type}}", "name": "x", "title": "X?", "list": "l", "options": {}, "schema": {} }""";
        var condition = $$"""{ "name": "n", "conditions": [ { "field": { "name": "x", "type": "{{type}}", "display": "X?" }, "operator": "{{@operator}}", "value": {{value}} } ] }""";
        var imported = ImportSource.Read(ImportSource.OneCondition(component, condition, List));
        Assert.Equal("1 of 1", $"{imported.Report.Conditions}");
        return ImportSource.Holds(imported.Form, "it-holds", ("x", answer));
    }
}
