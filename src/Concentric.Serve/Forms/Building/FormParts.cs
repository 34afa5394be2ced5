using System.Text.Json;
using System.Text.Json.Nodes;

namespace Concentric.Serve.Forms.Building;

/// <summary>A page as it is compared.</summary>
/// <param name="Own">What it says itself, without what stands on it.</param>
/// <param name="Items">What stands on it in its order: questions by their keys, guidance as it is written down.</param>
internal sealed record PagePart(string Words, JsonObject Own, IReadOnlyList<(string Key, bool IsGuidance)> Items);

/// <summary>A question as it is compared.</summary>
/// <param name="Page">Key of the page on which it is asked.</param>
/// <param name="Under">The choice that reveals it, or the group whose rows ask it; empty where it stands on the page itself.</param>
/// <param name="Own">What it says itself: of those that it reveals, and of the fields of its rows, only their ids.</param>
internal sealed record QuestionPart(string Page, string Under, string Words, JsonObject Own);

/// <summary>
/// A form in its parts, each by a name that only it has: each is compared with what it was, wherever it stood. Together they say all that the form says.
/// </summary>
internal sealed class FormParts
{
    private static readonly string[] Nested = ["reveals", "fields"];

    private readonly Dictionary<string, int> _named = new(StringComparer.Ordinal);

    /// <param name="form">Null is as a form in which nothing stands yet.</param>
    public FormParts(Form? form)
    {
        if (form is null) return;
        Own = Node(form);
        Own.Remove("pages");
        foreach (var page in form.Pages)
        {
            var own = Node(page);
            own.Remove("items");
            own.Remove("id");
            var key = Name("page ", page.Id);
            var items = page.Items
                .Select(i => i is Question question ? (Add(key, question, question.Id, ""), false) : (Name($"{key}: ", Text(Node(i))), true)).ToList();
            Pages[key] = new(FormAccessibility.HeadingOf(page) ?? page.Id, own, items);
        }
    }

    /// <summary>What the form says beside its pages.</summary>
    public JsonObject Own { get; } = [];

    public Dictionary<string, PagePart> Pages { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, QuestionPart> Questions { get; } = new(StringComparer.Ordinal);

    /// <summary>A value as people read it: a text in one language says itself, of a list each on its line, everything else as it is written down.</summary>
    public static string Text(JsonNode node) => node switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonArray list => string.Join('\n', list.Select(l => Text(l!))),
        _ => node.ToJsonString(FormJson.Compact),
    };

    private string Add(string page, Question question, string key, string under)
    {
        key = Name("question ", key);
        var own = Node(question);
        OnlyIds(own);
        own.Remove("id");
        Questions[key] = new(page, under, question.Title.En, own);
        foreach (var choice in question.Choices)
            foreach (var revealed in choice.Reveals) Add(page, revealed, revealed.Id, $"“{question.Id}”, “{choice.Value}”");
        foreach (var field in question.Fields) Add(page, field, $"{question.Id}.{field.Id}", $"rows of “{question.Id}”");
        return key;
    }

    private static void OnlyIds(JsonNode node)
    {
        if (node is JsonArray list)
            foreach (var one in list) OnlyIds(one!);
        else if (node is JsonObject named)
            foreach (var (name, inner) in named.ToList())
                if (Nested.Contains(name) && inner is JsonArray nested) named[name] = new JsonArray([.. nested.Select(n => n!["id"]!.DeepClone())]);
                else OnlyIds(inner!);
    }

    // Two of one name are a mistake that the checks name; here neither may hide the other.
    private string Name(string kind, string name)
    {
        var times = _named[kind + name] = _named.GetValueOrDefault(kind + name) + 1;
        return times == 1 ? name : $"{name} ({times})";
    }

    private static JsonObject Node<T>(T of) => (JsonObject)JsonSerializer.SerializeToNode(of, FormJson.Options)!;
}
