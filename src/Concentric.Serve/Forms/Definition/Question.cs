using System.Text.Json.Serialization;

namespace Concentric.Serve.Forms;

/// <summary>What stands on a page: a question or guidance.</summary>
[JsonConverter(typeof(FormItemJson))]
public abstract record FormItem
{
    /// <summary>Shown only where this expression is true.</summary>
    public string? ShowIf { get; init; }
}

public enum GuidanceKind { Text, Details, Inset, Warning }

/// <summary>Words between questions, in Markdown. <c>((question-id))</c> stands for an answer.</summary>
public sealed record Guidance : FormItem
{
    public required GuidanceKind Kind { get; init; }

    /// <summary>What a <see cref="GuidanceKind.Details"/> says before it is opened.</summary>
    public LocalText? Title { get; init; }

    public required LocalText Text { get; init; }
}

public enum QuestionKind
{
    Text, LongText, Number, Money, Date, Month, YesNo, Radios, Checkboxes, Select, Autocomplete, Address, Email, Phone, Website, File, Declaration, Repeat, Place,
}

/// <summary>One question. What a property means for which kind is in docs/forms.md.</summary>
public sealed record Question : FormItem
{
    /// <summary>Most rows of a repeating group, whatever its form says.</summary>
    public const int MostRows = 100;

    /// <summary>Most files of one answer, whatever its form says.</summary>
    public const int MostFiles = 10;

    /// <summary>Name of the answer: small letters, digits and dashes; only once in a form.</summary>
    public required string Id { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required QuestionKind Kind { get; init; }

    /// <summary>The question as the citizen reads it.</summary>
    public required LocalText Title { get; init; }

    /// <summary>The answer's name in the middle of a sentence, as "your full name": messages say "Enter your full name".</summary>
    public LocalText? Name { get; init; }

    /// <summary>What the answers' list calls it; otherwise <see cref="Title"/>.</summary>
#pragma warning disable CA1720 // The word that writers of forms know, and not a type.
    public LocalText? Short { get; init; }
#pragma warning restore CA1720

    public LocalText? Hint { get; init; }
    public bool Optional { get; init; }

    /// <summary>What an adviser says.</summary>
    public Script? Say { get; init; }

    /// <summary>Id in the dictionary of particulars (<see cref="Particulars"/>): what people are asked once and not again.</summary>
    public string? Particular { get; init; }

    public IReadOnlyList<FormChoice> Choices { get; init; } = [];

    /// <summary>Id of a list of the form, in place of <see cref="Choices"/>.</summary>
    public string? List { get; init; }

    /// <summary>Least and most: an expression of a number, an amount in pounds or a date.</summary>
    public string? Min { get; init; }

    public string? Max { get; init; }
    public int? Decimals { get; init; }
    public int? MaxLength { get; init; }
    public int? MaxWords { get; init; }

    /// <summary>Width of the box in characters: 2, 3, 4, 5, 10, 20 or 30.</summary>
    public int? Width { get; init; }

    public int? Rows { get; init; }
    public LocalText? Prefix { get; init; }
    public LocalText? Suffix { get; init; }

    /// <summary>Token by which browsers fill it in; that of its particular where it has one.</summary>
    public string? Autocomplete { get; init; }

    /// <summary>A regular expression that the whole answer must match; run without backtracking.</summary>
    public string? Pattern { get; init; }

    /// <summary>What must hold beside that, each with its message.</summary>
    public IReadOnlyList<AnswerRule> Rules { get; init; } = [];

    /// <summary>Messages in place of the usual ones, by what is wrong: <c>missing</c>, <c>format</c>, <c>too-long</c>, <c>too-small</c>, <c>too-large</c> …</summary>
    public IReadOnlyDictionary<string, LocalText> Messages { get; init; } = new Dictionary<string, LocalText>();

    /// <summary>Questions of one row of a repeating group.</summary>
    public IReadOnlyList<Question> Fields { get; init; } = [];

    /// <summary>What one row is called, as "person".</summary>
    public LocalText? RowName { get; init; }

    /// <summary>Fewest and most rows, files or ticked boxes.</summary>
    public int? AtLeast { get; init; }

    public int? AtMost { get; init; }

    /// <summary>Kinds of files taken, by extension without the dot; the usual pictures and documents where it is empty.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>This question, then those that its choices reveal.</summary>
    [JsonIgnore]
    public IEnumerable<Question> WithRevealed => Choices.SelectMany(c => c.Reveals).SelectMany(q => q.WithRevealed).Prepend(this);
}

/// <summary>One choice.</summary>
/// <param name="Value">What is kept and sent.</param>
public sealed record FormChoice(string Value, LocalText Text)
{
    public LocalText? Hint { get; init; }

    /// <summary>Questions asked once this is chosen, under it on the same page.</summary>
    public IReadOnlyList<Question> Reveals { get; init; } = [];

    /// <summary>Stands apart after "or", and takes the others away: "none of these".</summary>
    public bool Alone { get; init; }
}

/// <summary>A further rule of an answer.</summary>
/// <param name="Holds">Expression that must be true.</param>
public sealed record AnswerRule(string Holds, LocalText Message);

/// <summary>What an adviser says to ask it, by where they are and whom they speak for.</summary>
/// <param name="Phone">On the telephone.</param>
/// <param name="Counter">Face to face; what is said on the telephone where it is null.</param>
/// <param name="Other">To somebody who asks for another person.</param>
public sealed record Script(LocalText Phone, LocalText? Counter = null, LocalText? Other = null);
