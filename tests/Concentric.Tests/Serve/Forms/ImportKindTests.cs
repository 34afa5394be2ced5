using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Import;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Components, pages and ways of the published formats, those that the published forms happen not to use too.</summary>
[Trait("Database", "none")]
public sealed class ImportKindTests
{
    private const string List = """[ { "name": "l", "title": "Colours", "type": "string", "items": [ { "text": "Red", "value": "red" }, { "text": "None", "value": "none" } ] } ]""";

    [Theory]
    [InlineData("TextField", QuestionKind.Text)]
    [InlineData("MultilineTextField", QuestionKind.LongText)]
    [InlineData("FreeTextField", QuestionKind.LongText)]
    [InlineData("YesNoField", QuestionKind.YesNo)]
    [InlineData("DateField", QuestionKind.Date)]
    [InlineData("DatePartsField", QuestionKind.Date)]
    [InlineData("DatePickerField", QuestionKind.Date)]
    [InlineData("DateTimeField", QuestionKind.Date)]
    [InlineData("DateTimePartsField", QuestionKind.Date)]
    [InlineData("TimeField", QuestionKind.Text)]
    [InlineData("MonthYearField", QuestionKind.Month)]
    [InlineData("SelectField", QuestionKind.Select)]
    [InlineData("AutocompleteField", QuestionKind.Autocomplete)]
    [InlineData("RadiosField", QuestionKind.Radios)]
    [InlineData("CheckboxesField", QuestionKind.Checkboxes)]
    [InlineData("NumberField", QuestionKind.Number)]
    [InlineData("UkAddressField", QuestionKind.Address)]
    [InlineData("TelephoneNumberField", QuestionKind.Phone)]
    [InlineData("EmailAddressField", QuestionKind.Email)]
    [InlineData("WebsiteField", QuestionKind.Website)]
    [InlineData("FileUploadField", QuestionKind.File)]
    [InlineData("ClientSideFileUploadField", QuestionKind.File)]
    [InlineData("DeclarationField", QuestionKind.Declaration)]
    [InlineData("LatLongField", QuestionKind.Place)]
    [InlineData("EastingNorthingField", QuestionKind.Number)]
    [InlineData("OsGridRefField", QuestionKind.Text)]
    public void Each_component_becomes_a_question(string type, QuestionKind kind)
    {
        var imported = ImportSource.Read(ImportSource.Pages(ImportSource.Page($$"""{ "type": "{{type}}", "name": "abc", "title": "What is it?", "list": "l", "options": {}, "schema": {} }""")).Replace("\"lists\": []", $"\"lists\": {List}", StringComparison.Ordinal));

        Assert.Equal(kind, imported.Form.Questions.First().Kind);
        Assert.Equal("1 of 1", $"{imported.Report.Components}");
        Assert.Empty(FormCheck.Of(imported.Form));
    }

    [Fact]
    public void An_unknown_component_is_asked_and_named()
    {
        var imported = ImportSource.Read(ImportSource.Pages(ImportSource.Page("""{ "type": "SmellField", "name": "abc", "title": "What does it smell of?", "options": {}, "schema": {} }""")));

        Assert.Equal(QuestionKind.Text, imported.Form.Questions.Single().Kind);
        Assert.Equal(ImportOutcome.Approximated, imported.Report.Of(ImportedKind.Component).Single().Outcome);
        Assert.Equal("1 of 2", $"{imported.Report.Pages}");
    }

    [Fact]
    public void Bounds_prefixes_widths_and_messages_come_along()
    {
        var money = ImportSource.Question("""{ "type": "NumberField", "name": "a", "title": "How much?", "options": { "prefix": "£", "classes": "govuk-input--width-10", "customValidationMessages": { "number.max": "That is too much" } }, "schema": { "max": 100, "min": "1" } }""");
        var past = ImportSource.Question("""{ "type": "DatePartsField", "name": "a", "title": "When?", "options": { "maxDaysInPast": 30, "maxDaysInFuture": "0", "required": false }, "schema": {} }""");
        var alone = ImportSource.Question("""{ "type": "CheckboxesField", "name": "a", "title": "Which? (optional)", "list": "l", "options": { "required": false, "behaviour": "exclusive", "behaviourItemValue": "none", "divider": "or" }, "schema": {} }""", List);
        var files = ImportSource.Question("""{ "type": "ClientSideFileUploadField", "name": "a", "title": "Send it", "options": { "dropzoneConfig": { "maxFiles": 3, "maxFilesize": 5, "acceptedFiles": "image/jpeg,.pdf" }, "minimumRequiredFiles": 0 }, "schema": {} }""");

        Assert.True(money is { Kind: QuestionKind.Money, Min: "1", Max: "100", Width: 10, Prefix: null });
        Assert.Equal("That is too much", money.Messages["too-large"].En);
        Assert.True(past is { Optional: true, Min: "add-days(today(), -30)", Max: "add-days(today(), 0)" });
        Assert.True(alone is { Title.En: "Which?", Choices: [{ Alone: false }, { Alone: true }] });
        Assert.True(files is { Optional: true, AtMost: 3 });
        Assert.Equal(["jpg", "jpeg", "pdf"], files.Accept);
    }

    [Fact]
    public void Kinds_of_files_that_are_never_taken_are_left_out_and_named()
    {
        ImportedForm Of(string accept) => ImportSource.Read(ImportSource.Pages(ImportSource.Page(
            $$"""{ "type": "FileUploadField", "name": "a", "title": "Send it", "options": { "accept": "{{accept}}" }, "schema": {} }""")));
        var (some, none) = (Of("application/msword,application/pdf,xls,image/jpeg"), Of("application/vnd.oasis.opendocument.spreadsheet"));

        Assert.Equal(["pdf", "jpg", "jpeg"], some.Form.Questions.Single().Accept);
        Assert.Equal([new ImportNote(ImportOutcome.OurWay, "Files of the kind doc, xls are never taken here")], some.Report.Of(ImportedKind.Component).Single().Notes);
        Assert.Equal("1 of 1", $"{some.Report.Components}");
        Assert.Empty(FormCheck.Of(some.Form));
        // Other files than it asks for are taken then: somebody would notice.
        Assert.Empty(none.Form.Questions.Single().Accept);
        Assert.Equal("0 of 1", $"{none.Report.Components}");
        Assert.Empty(FormCheck.Of(none.Form));
    }

    [Fact]
    public void Of_two_messages_for_one_thing_the_second_is_named()
    {
        const string Component = """{ "type": "TextField", "name": "a", "title": "A?", "options": { "customValidationMessages": { "string.max": "Too long", "string.maxWords": "Too many words", "string.length": "Too long" } }, "schema": {} }""";
        var imported = ImportSource.Read(ImportSource.Pages(ImportSource.Page(Component)));

        Assert.Equal("Too long", imported.Form.Questions.Single().Messages["too-long"].En);
        var note = Assert.Single(imported.Report.Of(ImportedKind.Component).Single().Notes);
        Assert.Equal((ImportOutcome.Approximated, true), (note.Outcome, note.Says.Contains("“string.maxWords”", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_the_source_does_not_say_is_empty_and_keeps_the_form_from_being_published()
    {
        var form = ImportSource.Read(ImportSource.Pages(ImportSource.Page("""{ "type": "TextField", "name": "a", "title": "A?" }"""))).Form;
        var missing = PublishForm.Missing(form with { Data = new("To help", "public-task", 12, "Privacy") }).Select(m => m.Where);

        Assert.All(new[] { form.Service, form.Interaction, form.Team, form.Process }, Assert.Empty);
        Assert.Equal(["team", "service", "interaction", "process"], missing);
        Assert.Empty(PublishForm.Missing(form with { Data = new("To help", "public-task", 12, "Privacy"), Service = "1", Interaction = "0", Team = "T", Process = "p" }));
    }

    [Fact]
    public void Ids_are_those_that_the_builder_takes()
    {
        var name = new string('a', 80);
        var form = FormImport.Read(ImportSource.Pages($"{ImportSource.Page($$"""{ "type": "TextField", "name": "{{name}}", "title": "A?" }""", "/save")},"
            + ImportSource.Page($$"""{ "type": "TextField", "name": "{{name}}", "title": "B?" }""", $"/{name}")).Replace("\"startPage\": \"/one\"", "\"startPage\": \"/save\"", StringComparison.Ordinal), "return.json").Form;

        Assert.NotEqual("return", form.Id);
        Assert.Empty(FormCheck.Of(form));
        Assert.All(ImportPublishedTests.IdsOf(form), id => Assert.True(Concentric.Serve.Forms.Building.Typed.IsId(id), id));
        Assert.Equal(2, form.Questions.Select(q => q.Id).Distinct().Count());
    }

    [Fact]
    public void A_pattern_that_needs_backtracking_is_dropped_by_name()
    {
        var imported = ImportSource.Read(ImportSource.Pages(ImportSource.Page("""{ "type": "TextField", "name": "a", "title": "A?", "options": {}, "schema": { "regex": "^(?=x)(.+)+$" } }""")));

        Assert.Null(imported.Form.Questions.Single().Pattern);
        Assert.Contains(imported.Report.Of(ImportedKind.Component).Single().Notes, n => n.Outcome == ImportOutcome.Dropped && n.Says.Contains("(?=x)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_choice_reveals_its_questions()
    {
        const string Revealing = """[ { "name": "l", "title": "L", "type": "string", "items": [ { "text": "Email", "value": "email", "conditional": { "components": [ { "type": "EmailAddressField", "name": "address", "title": "Your email", "options": {}, "schema": {} } ] } }, { "text": "None", "value": "none", "condition": "nowhere" } ] } ]""";
        var question = ImportSource.Question("""{ "type": "RadiosField", "name": "a", "title": "How?", "list": "l", "options": {}, "schema": {} }""", Revealing);

        Assert.Equal(QuestionKind.Email, question.Choices[0].Reveals.Single().Kind);
        Assert.Equal("address", question.Choices[0].Reveals.Single().Id);
    }

    [Fact]
    public void A_page_that_repeats_becomes_a_group()
    {
        var imported = ImportSource.Read("""
            { "engine": "V2", "schema": 2, "startPage": "/a", "sections": [], "lists": [], "conditions": [], "pages": [
              { "path": "/a", "title": "Pizza order", "controller": "RepeatPageController", "repeat": { "options": { "name": "orders", "title": "Pizza" }, "schema": { "min": 2, "max": 3 } }, "next": [], "components": [
                { "type": "Markdown", "content": "Choose.", "options": {}, "schema": {} }, { "type": "TextField", "name": "topping", "title": "Topping", "options": {}, "schema": {} }, { "type": "NumberField", "name": "number", "title": "Number", "options": {}, "schema": {} } ] },
              { "path": "/summary", "title": "", "controller": "SummaryPageWithConfirmationEmailController", "next": [] } ] }
            """);

        var group = imported.Form.Questions.Single();
        Assert.True(group is { Kind: QuestionKind.Repeat, Id: "orders", AtLeast: 2, AtMost: 3, RowName.En: "pizza", Fields: [{ Id: "topping" }, { Id: "number", Decimals: null }] });
        Assert.Equal("2 of 2", $"{imported.Report.Pages}");
    }

    [Fact]
    public void A_group_beside_other_questions_gets_a_page_of_its_own()
    {
        const string Both = """{ "type": "TextField", "name": "a", "title": "A?", "options": {} }, { "type": "MultiInputField", "name": "m", "title": "Rows", "options": {}, "children": [ { "type": "TextField", "name": "b", "title": "B?", "options": {} } ] }, { "type": "TextField", "name": "c", "title": "C?", "options": {} }""";
        var form = ImportSource.Read(ImportSource.Pages(ImportSource.Page(Both))).Form;

        Assert.Equal(["a", "m", "c"], form.Pages.Select(p => p.Questions.Single().Id));
        Assert.Empty(FormCheck.Of(form));
    }

    [Fact]
    public void Words_become_Markdown()
    {
        const string Html = """<h2 class='govuk-heading-m'>Before</h2><p>Ask <b>first</b>, see <a href='https://www.gov.uk/x'>this</a>. 2 * 3</p><ul><li>one<ul><li>in one</li></ul></li><li>two</li></ul><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2 | 3</td></tr></table><div class='govuk-inset-text'>Mind</div><p>After<script>alert(1)</script></p>""";
        var items = ImportSource.Read(ImportSource.Pages(ImportSource.Page($$"""{ "type": "Html", "name": "h", "content": "{{Html}}", "options": {} }"""))).Form.Pages[0].Items.Cast<Guidance>().ToList();

        Assert.Equal([GuidanceKind.Text, GuidanceKind.Inset, GuidanceKind.Text], items.Select(i => i.Kind));
        Assert.Equal("## Before\n\nAsk **first**, see [this](https://www.gov.uk/x). 2 \\* 3\n\n- one\n   - in one\n- two\n\n| A | B |\n| --- | --- |\n| 1 | 2 \\| 3 |", items[0].Text.En);
        Assert.Equal("After", items[2].Text.En);
    }

    [Fact]
    public void A_way_back_is_left_out_and_named()
    {
        const string Pages = """
            { "path": "/one", "title": "One", "components": [ { "type": "TextField", "name": "a", "title": "A?" } ], "next": [ { "path": "/three" } ] },
            { "path": "/two", "title": "Two", "components": [ { "type": "YesNoField", "name": "b", "title": "Another?" } ], "next": [ { "path": "/one", "condition": "again" }, { "path": "/summary" } ] },
            { "path": "/three", "title": "Three", "components": [ { "type": "TextField", "name": "c", "title": "C?" } ], "next": [ { "path": "/two" } ] },
            { "path": "/lost", "title": "Lost", "components": [ { "type": "TextField", "name": "d", "title": "D?" } ], "next": [ { "path": "/two" } ] }
            """;
        var imported = ImportSource.Read(ImportSource.Pages(Pages).Replace("\"conditions\": []", "\"conditions\": [ { \"name\": \"again\", \"displayName\": \"Again\", \"value\": \"b == true\" } ]", StringComparison.Ordinal));

        Assert.Equal(["one", "three", "two", "lost"], imported.Form.Pages.Select(p => p.Id));
        Assert.Contains(imported.Report.Of(ImportedKind.Page), p => p.Became == "two" && p.Outcome == ImportOutcome.Approximated && p.Notes.Any(n => n.Says.Contains("back to /one", StringComparison.Ordinal)));
        Assert.Equal("false", imported.Form.Page("lost")!.ShowIf);
        Assert.Empty(FormCheck.Of(imported.Form));
    }

    [Fact]
    public void Of_several_ways_without_a_condition_the_last_is_taken_as_in_the_source()
    {
        const string Pages = """
            { "path": "/one", "title": "One", "components": [ { "type": "TextField", "name": "a", "title": "A?" } ], "next": [ { "path": "/two" }, { "path": "/three" } ] },
            { "path": "/two", "title": "Two", "components": [ { "type": "TextField", "name": "b", "title": "B?" } ], "next": [] },
            { "path": "/three", "title": "Three", "components": [ { "type": "Para", "content": "You do not need this." } ], "next": [] }
            """;
        var form = ImportSource.Read(ImportSource.Pages(Pages)).Form;

        Assert.True(form.Page("three")!.Stop);
        Assert.Equal("false", form.Page("two")!.ShowIf);
        Assert.Equal(["one", "three"], Journey.Of(form, Answers.None with { Values = Answers.None.Values.Add("a", Value.Of("x")), Done = Answers.None.Done.Add("one") }, ImportSource.Today).Path.Select(p => p.Id));
        Assert.Empty(FormCheck.Of(form));
    }

    [Fact]
    public void The_last_way_without_a_condition_is_taken_where_none_holds()
    {
        var form = ImportSource.Read(ImportSource.OneCondition("""{ "type": "YesNoField", "name": "x", "title": "X?" }""", "\"x == true\"")).Form;

        Assert.Equal([new Jump("two", "it-holds"), new Jump(Jump.Check)], form.Pages[0].Next);
        Assert.Empty(form.Page("two")!.Next);
    }

    [Fact]
    public void Fees_declaration_and_confirmation_come_after_the_questions()
    {
        var json = ImportSource.Pages(ImportSource.Page("""{ "type": "NumberField", "name": "copies", "title": "How many copies?" }"""), """
            , "fees": [ { "description": "Copies", "amount": 12.5, "multiplier": "copies" } ], "declaration": "<p>All is <b>true</b>.</p>", "specialPages": { "confirmationPage": { "customText": { "nextSteps": "We will write." }, "components": [] } }
            """);
        var form = ImportSource.Read(json).Form;

        Assert.Equal("12.5 * copies", form.Payment!.Amount);
        Assert.Equal("We will write.", form.Confirmation!.En);
        Assert.True(form.Pages[^1] is { Id: "before-you-send", Items: [Guidance { Text.En: "All is **true**." }, Question { Kind: QuestionKind.Declaration }] });
        Assert.Empty(FormCheck.Of(form));
    }
}
