using System.Text.Json;
using System.Text.Json.Serialization;

namespace Concentric.Serve.Forms;

/// <summary>
/// A form as data: what is asked, in which order and when, for one service and interaction. Written as JSON (docs/forms.md, docs/form.schema.json);
/// the same for a citizen alone and for an adviser.
/// </summary>
/// <remarks>Pages lie in order and a jump only leads forward, so no form can hold a loop.</remarks>
public sealed record Form
{
    /// <summary>Version of this way of writing forms down, and not of the form: always 1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Short name in addresses: small letters, digits and dashes.</summary>
    public required string Id { get; init; }

    public required LocalText Title { get; init; }

    /// <summary>What the start page says before the first question, in Markdown.</summary>
    public LocalText? Start { get; init; }

    /// <summary>LGSL identifier of the service.</summary>
    public required string Service { get; init; }

    /// <summary>LGIL identifier of the interaction: 0 applications for service, 8 providing information …</summary>
    public required string Interaction { get; init; }

    /// <summary>The team that gets what is sent.</summary>
    public required string Team { get; init; }

    /// <summary>In how many working days the citizen is promised an answer or the work.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int PromiseDays { get; init; }

    /// <summary>Short name of the process that a submission starts.</summary>
    public required string Process { get; init; }

    /// <summary>What the answers are used for. Needed to publish.</summary>
    public DataUse? Data { get; init; }

    /// <summary>Who signed the Welsh; null while no Welsh speaker has, and the Welsh pages say so.</summary>
    public WelshReview? Welsh { get; init; }

    /// <summary>Begins at a task list, whose sections may be answered in any order.</summary>
    public bool TaskList { get; init; }

    /// <summary>Somebody may be in danger if they are seen here: every page has a way to leave at once.</summary>
    public bool Sensitive { get; init; }

    public IReadOnlyList<FormSection> Sections { get; init; } = [];

    /// <summary>Lists of choices that several questions share.</summary>
    public IReadOnlyList<ChoiceList> Lists { get; init; } = [];

    /// <summary>Named expressions: sums, and conditions that several pages share. One may use those before it.</summary>
    public IReadOnlyList<Calculation> Calculations { get; init; } = [];

    /// <summary>What is looked up in tables that the council loads, such as the rounds of its bins.</summary>
    public IReadOnlyList<Lookup> Lookups { get; init; } = [];

    public required IReadOnlyList<FormPage> Pages { get; init; }

    public PaymentStep? Payment { get; init; }

    /// <summary>What the page says that confirms it: what happens next, in Markdown.</summary>
    public LocalText? Confirmation { get; init; }

    [JsonIgnore]
    public IEnumerable<Question> Questions => Pages.SelectMany(p => p.Questions);

    public FormPage? Page(string id) => Pages.FirstOrDefault(p => p.Id == id);

    /// <summary>Reads a form from JSON.</summary>
    /// <exception cref="Core.RefusedException">It is not JSON, or not a form; the message says where.</exception>
    public static Form Read(string json)
    {
        try
        {
            var form = JsonSerializer.Deserialize<Form>(json, FormJson.Options) ?? throw new JsonException("It says nothing.");
            return FormJson.HasNothingInAList(json) ? throw new JsonException("A list or a group of names holds “null”. Leave it out.") : form;
        }
        catch (JsonException e)
        {
            var place = e.Path is { Length: > 1 } path ? $" at {path}" : "";
            var line = e.LineNumber is { } number ? $", line {number + 1}" : "";
            throw new Core.RefusedException($"This is not a form{place}{line}: {e.Message.Split(" Path:")[0]}");
        }
    }

    public string Write() => JsonSerializer.Serialize(this, FormJson.Options);
}

/// <summary>What people are told of the use of their answers.</summary>
/// <param name="Purpose">What they are used for.</param>
/// <param name="LawfulBasis">Basis in the UK GDPR: <c>public-task</c>, <c>legal-obligation</c>, <c>contract</c>, <c>consent</c>, <c>vital-interests</c>, <c>legitimate-interests</c>.</param>
/// <param name="RetentionMonths">How long they are kept.</param>
/// <param name="Privacy">What the form's own privacy text says, in Markdown.</param>
public sealed record DataUse(string Purpose, string LawfulBasis, int RetentionMonths, LocalText Privacy);

/// <summary>A Welsh speaker has read the Welsh.</summary>
public sealed record WelshReview(string By, DateOnly On);

public sealed record FormSection(string Id, LocalText Title);

public sealed record ChoiceList(string Id, IReadOnlyList<FormChoice> Items);

/// <summary>A named expression.</summary>
/// <param name="Value">The expression; docs/forms.md has the language.</param>
/// <param name="Title">With a title it is shown among the answers.</param>
/// <param name="Money">Its value is an amount of money, in pounds.</param>
public sealed record Calculation(string Id, string Value, LocalText? Title = null, bool Money = false);

/// <summary>One row of a table that the council loads, found by what was answered. Its columns are known to expressions as <c>id.column</c>.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="By">Column of the table, and the expression that it must equal.</param>
public sealed record Lookup(string Id, string Table, IReadOnlyDictionary<string, string> By);

/// <summary>Something to pay when it is sent.</summary>
/// <param name="Amount">Expression of the amount in pounds; nothing is asked where it is nothing or 0.</param>
public sealed record PaymentStep(string Amount, LocalText Description);

/// <summary>A page: one thing, mostly one question.</summary>
public sealed record FormPage
{
    public required string Id { get; init; }

    /// <summary>Heading of a page with several questions, or with none; a page with one has the question as its heading.</summary>
    public LocalText? Title { get; init; }

    /// <summary>Id of the section that it belongs to.</summary>
    public string? Section { get; init; }

    /// <summary>The page is asked only where this expression is true.</summary>
    public string? ShowIf { get; init; }

    public IReadOnlyList<FormItem> Items { get; init; } = [];

    /// <summary>Where to go from here: the first jump whose condition is true; without one, the next page in order.</summary>
    public IReadOnlyList<Jump> Next { get; init; } = [];

    /// <summary>The form ends here with nothing sent, because it is not the right way or not needed.</summary>
    public bool Stop { get; init; }

    /// <summary>All questions, those that a choice reveals after the one that reveals them.</summary>
    [JsonIgnore]
    public IEnumerable<Question> Questions => Items.OfType<Question>().SelectMany(q => q.WithRevealed);
}

/// <summary>A way on from a page.</summary>
/// <param name="Page">Id of a later page, or <c>check</c> for the end.</param>
/// <param name="If">Expression; none is always.</param>
public sealed record Jump(string Page, string? If = null)
{
    public const string Check = "check";
}
