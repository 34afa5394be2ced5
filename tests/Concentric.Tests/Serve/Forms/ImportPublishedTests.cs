using System.Text.Json.Nodes;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Import;

namespace Concentric.Tests.Serve.Forms;

/// <summary>The 92 published forms of UK public bodies, held against what stands in their JSON.</summary>
[Trait("Database", "none")]
public sealed class ImportPublishedTests
{
    private static readonly string[] Guidance = ["Html", "Para", "Markdown", "Details", "InsetText", "WarningText", "List", "FlashCard"];
    private static readonly Lazy<IReadOnlyList<(string File, JsonNode Json, ImportedForm Imported)>> Read = new(() =>
        [.. ImportSource.Published.Select(f => (f, ImportSource.Json(f), FormImport.Read(File.ReadAllText(f), Path.GetFileName(f))))]);

    [Fact]
    public void All_92_are_read() => Assert.Equal(92, Read.Value.Count);

    [Fact]
    public void At_least_98_percent_of_pages_and_99_percent_of_conditions_come_without_loss()
    {
        var (pages, conditions) = (Read.Value.Sum(r => Items(r.Json, "pages").Count()), Read.Value.Sum(r => Items(r.Json, "conditions").Count()));

        Assert.Equal(pages, Read.Value.Sum(r => r.Imported.Report.Pages.All));
        Assert.Equal(conditions, Read.Value.Sum(r => r.Imported.Report.Conditions.All));
        Assert.InRange((double)Read.Value.Sum(r => r.Imported.Report.Pages.Whole) / pages, 0.98, 1);
        Assert.InRange((double)Read.Value.Sum(r => r.Imported.Report.Conditions.Whole) / conditions, 0.99, 1);
    }

    [Fact]
    public void A_page_that_comes_without_loss_asks_all_that_its_source_asks()
    {
        foreach (var (file, json, imported) in Read.Value)
            foreach (var (i, page) in Items(json, "pages").Index())
            {
                var thing = imported.Report.Of(ImportedKind.Page).Single(t => t.Place == $"/pages/{i}");
                if ($"{page["controller"]}".Contains("summary", StringComparison.OrdinalIgnoreCase))
                {
                    Assert.Equal(Jump.Check, thing.Became);
                    continue;
                }
                var ours = imported.Form.Page(thing.Became!);
                Assert.True(ours is not null, $"{file} {page["path"]}");
                var asked = Items(page, "components").Where(c => !Guidance.Contains($"{c["type"]}")).ToList();
                Assert.Equal(asked.Count, ours.Items.OfType<Question>().Count());
                foreach (var (component, question) in asked.Zip(ours.Items.OfType<Question>()))
                {
                    Assert.StartsWith($"{component["name"]}".ToLowerInvariant(), question.Id, StringComparison.Ordinal);
                    Assert.Equal($"{component["options"]?["required"]}" == "false" || $"{component["options"]?["minimumRequiredFiles"]}" == "0", question.Optional);
                    if (component["children"] is JsonArray children) Assert.Equal(children.Count, question.Fields.Count);
                }
            }
    }

    [Fact]
    public void What_is_said_stays_word_for_word()
    {
        foreach (var (file, json, imported) in Read.Value)
        {
            var ours = Words(string.Join(' ', imported.Form.Pages.SelectMany(p => p.Items).Select(i => i is Guidance g ? $"{g.Title?.En} {g.Text.En}" : "")));
            foreach (var component in Items(json, "pages").SelectMany(p => Items(p, "components")).Where(c => Guidance.Contains($"{c["type"]}")))
            {
                var said = $"{component["type"]}" == "Markdown" ? $"{component["content"]}" : new AngleSharp.Html.Parser.HtmlParser().ParseDocument($"<body>{component["content"]}".Replace("<", " <", StringComparison.Ordinal)).Body!.TextContent;
                foreach (var word in Words(said)) Assert.True(ours.Contains(word), $"{file}: “{word}” is not said");
            }
        }

        static HashSet<string> Words(string text) => [.. text.Split([' ', '\n', '\r', '\t', '\u00A0', '*', '#', '|', '[', ']', '(', ')', '-', '\\'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(w => w.All(char.IsLetter))];
    }

    [Fact]
    public void Each_condition_says_what_its_source_says()
    {
        foreach (var (file, json, imported) in Read.Value.Where(r => r.Json["engine"] is null))
            foreach (var condition in Items(json, "conditions"))
            {
                var parts = Items(condition["value"]!, "conditions").ToList();
                if (parts is not [var part]) continue;
                var (name, wanted) = ($"{part["field"]!["name"]}".Split('.')[^1], $"{part["value"]!["value"]}");
                var question = imported.Form.Questions.FirstOrDefault(q => string.Equals(q.Id, name, StringComparison.OrdinalIgnoreCase));
                var calculation = imported.Report.Of(ImportedKind.Condition).First(t => t.Name.EndsWith($"({condition["name"]})", StringComparison.Ordinal)).Became!;
                if (question is null)
                {
                    Assert.Equal("false", imported.Form.Calculations.Single(c => c.Id == calculation).Value);
                    continue;
                }
                Value given = question.Kind switch { QuestionKind.YesNo => Value.Of(wanted == "true"), QuestionKind.Checkboxes => Value.Of([wanted, "something else"]), _ => Value.Of(wanted) };
                Value other = question.Kind switch { QuestionKind.YesNo => Value.Of(wanted != "true"), QuestionKind.Checkboxes => Value.Of(["something else"]), _ => Value.Of("something else") };
                var positive = $"{part["operator"]}" is "is" or "contains";
                Assert.True(positive == ImportSource.Holds(imported.Form, calculation, (question.Id, given)), $"{file} {condition["displayName"]}");
                Assert.True(positive != ImportSource.Holds(imported.Form, calculation, (question.Id, other)), $"{file} {condition["displayName"]}");
                Assert.False(ImportSource.Holds(imported.Form, calculation), $"{file} {condition["displayName"]} holds for nothing");
            }
    }

    [Fact]
    public void Ways_lead_where_the_source_leads()
    {
        foreach (var (file, json, imported) in Read.Value.Where(r => r.Json["engine"] is null))
        {
            var became = imported.Report.Of(ImportedKind.Page).ToDictionary(t => int.Parse(t.Place["/pages/".Length..], null), t => t.Became!);
            var pages = Items(json, "pages").ToList();
            string Target(string path) => became[pages.FindIndex(p => $"{p["path"]}" == path)] is var id && id == Jump.Check && imported.Form.Page("before-you-send") is not null ? "before-you-send" : id;
            foreach (var (i, page) in pages.Index())
            {
                if (imported.Form.Page(became[i]) is not { } ours) continue;
                var place = imported.Form.Pages.ToList().IndexOf(ours);
                var next = place + 1 < imported.Form.Pages.Count ? imported.Form.Pages[place + 1].Id : Jump.Check;
                foreach (var link in Items(page, "next"))
                {
                    var target = Target($"{link["path"]}");
                    if (link["condition"] is { } condition)
                    {
                        var calculation = imported.Report.Of(ImportedKind.Condition).First(t => t.Name.EndsWith($"({condition})", StringComparison.Ordinal)).Became;
                        Assert.Contains(new Jump(target, calculation), ours.Next);
                    }
                    else Assert.True(ours.Next.LastOrDefault(j => j.If is null)?.Page == target || next == target, $"{file} {page["path"]} leads to {target}");
                }
            }
        }
    }

    [Fact]
    public void Every_property_was_read_or_is_named()
    {
        foreach (var (file, json, imported) in Read.Value)
        {
            var said = imported.Report.LeftOut.Sum(l => l.Times) + imported.Report.Things.SelectMany(t => t.Notes).Count(n => n.Says.Contains("is not known to the importer", StringComparison.Ordinal));
            json["a new property"] = "says something";
            Items(json, "pages").First()["another"] = new JsonObject { ["inside"] = 1 };
            var again = FormImport.Read(json.ToJsonString(), Path.GetFileName(file)).Report;

            Assert.Equal(said + 2, again.LeftOut.Sum(l => l.Times) + again.Things.SelectMany(t => t.Notes).Count(n => n.Says.Contains("is not known to the importer", StringComparison.Ordinal)));
            Assert.Contains(again.Things, t => t.Kind == ImportedKind.Form && t.Notes.Any(n => n.Outcome == ImportOutcome.Dropped && n.Says.Contains("“a new property”", StringComparison.Ordinal)));
            Assert.False(again.Things.Single(t => t.Place == "/pages/0").Whole);
        }
    }

    [Fact]
    public void Each_can_be_written_read_again_and_asked()
    {
        foreach (var (file, _, imported) in Read.Value)
        {
            var written = imported.Form.Write();

            Assert.Equal(written, Form.Read(written).Write());
            Assert.True(FormCheck.Of(imported.Form) is [], $"{file}: {string.Join("; ", FormCheck.Of(imported.Form))}");
            Assert.Contains("service: the LGSL number of the service", imported.Report.ToFillIn);
            Assert.All(IdsOf(imported.Form), id => Assert.True(Concentric.Serve.Forms.Building.Typed.IsId(id), $"{file}: {id}"));
        }
    }

    /// <summary>All that a form calls by an id.</summary>
    internal static IEnumerable<string> IdsOf(Form form) => form.Pages.Select(p => p.Id).Concat(form.Questions.SelectMany(q => q.Fields.Prepend(q)).Select(q => q.Id))
        .Concat(form.Calculations.Select(c => c.Id)).Concat(form.Lists.Select(l => l.Id)).Concat(form.Sections.Select(s => s.Id)).Append(form.Id);

    [Fact]
    public void A_Welsh_form_is_Welsh()
    {
        var form = Read.Value.First(r => r.File.EndsWith("risg.json", StringComparison.Ordinal)).Imported;

        Assert.Equal("Gwneud cais am gyllid i achub ased yn eich cymuned", form.Form.Title.Cy);
        Assert.Contains(form.Report.ToFillIn, t => t.StartsWith("English", StringComparison.Ordinal));
    }

    private static IEnumerable<JsonNode> Items(JsonNode node, string key) => node[key] is JsonArray array ? array.Select(i => i!) : [];
}
