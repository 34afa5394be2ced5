using System.Text.Json.Nodes;
using Concentric.Core;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Building;

namespace Concentric.Tests.Serve.Forms;

/// <summary>What a reviewer is shown of a change: nothing of it can be kept from them.</summary>
[Trait("Database", "none")]
public sealed class BuildingReviewTests
{
    private const int Changes = 60;

    private static Form Nests => new()
    {
        Id = "nests", Title = "Report a nest", Service = "524", Interaction = "0", Team = "Pests", PromiseDays = 2, Process = "nest",
        Pages =
        [
            new() { Id = "kind", Items = [Radios("kind", "What kind of nest is it?")], Next = [new("bees", "kind = 'bees'")] },
            new()
            {
                Id = "size", Title = "Its size",
                Items = [Told("Stand back."), new Question { Id = "size", Kind = QuestionKind.Number, Title = "How many?" }, Told("Do not touch it.")],
            },
            new() { Id = "bees", Title = "We leave bees alone", Items = [Told("Bees are left alone.")], Stop = true },
        ],
    };

    private static Guidance Told(string text) => new() { Kind = GuidanceKind.Text, Text = text };

    private static Question Radios(string id, string title) =>
        new() { Id = id, Kind = QuestionKind.Radios, Title = title, Choices = [new("wasps", "Wasps"), new("bees", "Bees")] };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Forms_that_differ_are_never_said_to_be_the_same(int seed)
    {
        var chance = new RandomForm(seed);
        var (form, other) = (chance.Make(), new RandomForm(seed + 1000).Make());
        other = other with { Id = form.Id };
        Assert.NotEmpty(FormChanges.Between(form, other));
        var different = 0;
        for (var i = 0; i < Changes; i++)
        {
            var json = JsonNode.Parse(form.Write())!;
            for (var times = chance.Next(3); times >= 0; times--) Change(json, chance);
            if (Read(json.ToJsonString()) is not { } changed || changed.Write() == form.Write()) continue;
            different++;
            Assert.True(FormChanges.Between(form, changed).Count > 0, $"Nothing is told of the way from\n{form.Write()}\nto\n{changed.Write()}");
            Assert.True(FormChanges.Between(changed, form).Count > 0, $"Nothing is told of the way from\n{changed.Write()}\nto\n{form.Write()}");
        }
        Assert.True(different > Changes / 4, $"Only {different} of {Changes} changes made another form");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void All_that_a_new_page_or_a_new_form_says_is_told(int seed)
    {
        var made = new RandomForm(seed).Make();
        // Each text is another, so that none is found in place of the other.
        var json = JsonNode.Parse((made with { Pages = [.. made.Pages.Select(Filled)] }).Write())!;
        var number = 0;
        foreach (var (parent, name) in Leaves(json).Where(l => l.Name is "title" or "text" or "message" or "hint" or "short").ToList()) parent[name!] = $"Words {1000 + number++}";
        var form = Form.Read(json.ToJsonString());
        Assert.True(number > 10);

        AssertTold(FormChanges.Between(null, form), JsonNode.Parse(form.Write())!["pages"]!);
        foreach (var page in form.Pages)
            AssertTold(FormChanges.Between(form with { Pages = [.. form.Pages.Where(p => p != page)] }, form).Where(c => c.Page == page.Id), Page(form, page.Id));
    }

    public static TheoryData<string, string, Func<Form, Form>> Told_of => new()
    {
        { "a condition of a new page", "size > 8", f => f.AddPage(new() { Id = "many", Title = "Many", ShowIf = "size > 8" }, null) },
        { "a way from a new page", "size > 9", f => f.AddPage(new() { Id = "many", Title = "Many", Next = [new(Jump.Check, "size > 9")] }, "kind") },
        { "that a new page ends the form", "true", f => f.AddPage(new() { Id = "many", Title = "Many", Stop = true }, null) },
        { "where a new page comes", "2, after kind", f => f.AddPage(new() { Id = "many", Title = "Many" }, "kind") },
        { "guidance on a new page", "Run away.", f => f.AddPage(new() { Id = "many", Title = "Many", Items = [Told("Run away.")] }, null) },
        { "a rule of a new question", "q != 'x'", f => f.AddQuestion("bees", null, null, Asked("q") with { Rules = [new("q != 'x'", "No")] }) },
        { "what a choice of a new question reveals", "Its name?", f => f.AddQuestion("bees", null, null, Radios("q", "Which?") with { Choices = [new("a", "A") { Reveals = [Asked("r", "Its name?")] }] }) },
        { "a rule of a field of a new group", "f > 1", f => f.AddQuestion("bees", null, null, Asked("q") with { Kind = QuestionKind.Repeat, Fields = [Asked("f") with { Rules = [new("f > 1", "No")] }] }) },
        { "what a question says that was moved to another page and changed", "Now this?", f => f.WithQuestion("size", _ => null).AddQuestion("bees", null, null, Asked("size", "Now this?")) },
        { "that a question was moved to another page", "page “bees”", f => f.WithQuestion("size", _ => null).AddQuestion("bees", null, null, f.Find("size")!.Question) },
        { "that a question is revealed now", "under “kind”, “bees”", f => f.WithQuestion("size", _ => null).AddQuestion("kind", "kind", "bees", f.Find("size")!.Question) },
        { "what a page says that was renamed and changed at once", "size > 7", f => f.WithPage("bees", p => p with { ShowIf = "size > 7" }).RenamePage("bees", "hives") },
        { "that guidance was moved on its page", "Stand back.", f => f.MoveItem("size", 0, up: false) },
        { "that guidance was moved to another page", "Stand back.", f => f.WithPage("bees", p => p with { Items = [.. p.Items, Told("Stand back.")] }).RemoveItem("size", 0) },
        { "guidance that is there a second time", "Stand back.", f => f.WithPage("size", p => p with { Items = [.. p.Items, Told("Stand back.")] }) },
    };

    [Theory]
    [MemberData(nameof(Told_of))]
    public void A_reviewer_is_told(string of, string words, Func<Form, Form> change)
    {
        var changes = FormChanges.Between(Nests, change(Nests));

        Assert.True(changes.Any(c => c.After?.Contains(words, StringComparison.Ordinal) is true), $"{of}: {string.Join('\n', changes)}");
    }

    [Fact]
    public void What_is_neither_changed_nor_moved_is_not_told()
    {
        Assert.Empty(FormChanges.Between(Nests, Form.Read(Nests.Write())));
        Assert.Equal([FormChangeKind.Moved], FormChanges.Between(Nests, Nests.MoveItem("size", 0, up: false)).Select(c => c.Kind));
        Assert.Equal(["title"], FormChanges.Between(Nests, Nests.WithQuestion("size", q => q with { Title = "How large?" })).Select(c => c.What));
    }

    private static Question Asked(string id, string title = "What?") => new() { Id = id, Kind = QuestionKind.Text, Title = title };

    private static FormPage Filled(FormPage page) => page with
    {
        Items = [.. page.Items.Select(i => i is Question question ? question with { Hint = "x", Short = "x", Rules = [new("1 = 1", "x")] } : i)],
        Next = page.Next.Count > 0 ? page.Next : [new(Jump.Check, $"'{page.Id}' = 'x'")],
    };

    private static JsonNode Page(Form form, string id) => JsonNode.Parse(form.Write())!["pages"]!.AsArray().Single(p => (string?)p!["id"] == id)!;

    private static void AssertTold(IEnumerable<FormChange> changes, JsonNode part)
    {
        var told = string.Join('\n', changes.Select(c => $"{c.Page}\n{c.Where}\n{c.After}"));
        foreach (var (parent, name) in Leaves(part))
            if (parent[name!]!.AsValue().TryGetValue<string>(out var text)) Assert.True(told.Contains(text, StringComparison.Ordinal), $"“{name}”: “{text}” is not told in\n{told}");
    }

    private static IEnumerable<(JsonObject Parent, string Name)> Leaves(JsonNode node) => node switch
    {
        JsonObject named => named.ToList().SelectMany(p => p.Value is JsonValue ? [(named, p.Key)] : Leaves(p.Value!)),
        JsonArray list => list.SelectMany(l => Leaves(l!)),
        _ => [],
    };

    private static IEnumerable<JsonNode> All(JsonNode node) => node switch
    {
        JsonObject named => named.SelectMany(p => All(p.Value!)).Prepend(node),
        JsonArray list => list.SelectMany(l => All(l!)).Prepend(node),
        _ => [node],
    };

    /// <summary>Changes something, wherever it stands: takes it away, doubles it, moves it, or says something else.</summary>
    private static void Change(JsonNode json, RandomForm chance)
    {
        var nodes = All(json).Where(n => n.Parent is not null).ToList();
        var node = nodes[chance.Next(nodes.Count)];
        switch (node.Parent)
        {
            case JsonArray list when chance.Next(2) == 0:
                var place = list.IndexOf(node);
                var lists = nodes.OfType<JsonArray>().Where(l => l.GetPropertyName() == list.GetPropertyName() && !All(node).Contains(l)).ToList();
                var to = lists.Count == 0 ? list : lists[chance.Next(lists.Count)];
                // Doubled, or moved: into its own list or another of the same kind.
                if (chance.Next(3) == 0) node = node.DeepClone();
                else list.RemoveAt(place);
                to.Insert(chance.Next(to.Count + 1), node);
                break;
            case JsonArray list:
                list.Remove(node);
                break;
            case JsonObject named when node is not JsonValue || chance.Next(3) == 0:
                named.Remove(node.GetPropertyName());
                break;
            default:
                node.ReplaceWith(node.GetValueKind() switch
                {
                    System.Text.Json.JsonValueKind.String => JsonValue.Create($"{node.GetValue<string>()}x"),
                    System.Text.Json.JsonValueKind.Number => JsonValue.Create(chance.Next(9)),
                    System.Text.Json.JsonValueKind.True => JsonValue.Create(false),
                    _ => JsonValue.Create(true),
                });
                break;
        }
    }

    private static Form? Read(string json)
    {
        try
        {
            return Form.Read(json);
        }
        catch (RefusedException)
        {
            return null;
        }
    }
}
