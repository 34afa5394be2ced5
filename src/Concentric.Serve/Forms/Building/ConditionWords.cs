using System.Globalization;

namespace Concentric.Serve.Forms.Building;

/// <summary>A condition as people would say it: “Which bin was missed?” is “Rubbish”.</summary>
internal static class ConditionWords
{
    public static string Of(Form form, string expression) =>
        Expression.Of(expression).Root is { } root ? new Speaker(form).Say(root, outer: true) : expression;

    private sealed class Speaker(Form form)
    {
        private readonly FormIndex _index = FormIndex.Of(form);

        public string Say(Node node, bool outer = false) => node switch
        {
            ConstantNode constant => Constant(constant.Is),
            NameNode name => Name(name),
            ListNode list => string.Join(" or ", list.Items.Select(i => Say(i))),
            AndNode and => Joined($"{Say(and.Left, and.Left is AndNode)} and {Say(and.Right, and.Right is AndNode)}", outer),
            OrNode or => Joined($"{Say(or.Left, or.Left is OrNode)} or {Say(or.Right, or.Right is OrNode)}", outer),
            NotNode { Inner: CallNode { Function.Name: "answered" } call } => $"{Say(call.Arguments[0])} is not answered",
            NotNode { Inner: NameNode name } => $"not {Say(name)}",
            NotNode not => $"not ({Say(not.Inner, outer: true)})",
            CompareNode compare => Compare(compare),
            ArithmeticNode sum => $"{Say(sum.Left)} {sum.Sign} {Say(sum.Right)}",
            CallNode { Function.Name: "answered" } call => $"{Say(call.Arguments[0])} is answered",
            CallNode { Function.Name: "today" } => "today",
            CallNode { Function.Name: "date" } call => Say(call.Arguments[0]),
            CallNode { Function.Name: "count" } call => $"the number of {Say(call.Arguments[0])}",
            CallNode { Function.Name: "age" } call => $"the age by {Say(call.Arguments[0])}",
            CallNode call => $"{call.Function.Name}({string.Join(", ", call.Arguments.Select(a => Say(a)))})",
            _ => "",
        };

        private string Compare(CompareNode compare)
        {
            var question = QuestionOf(compare.Left) ?? QuestionOf(compare.Right);
            var (left, right) = (Said(compare.Left, question), Said(compare.Right, question));
            if (compare.Right is ConstantNode { Is.IsNothing: true }) return $"{left} {(compare.Kind == Comparing.Same ? "is not answered" : "is answered")}";
            return compare.Kind switch
            {
                Comparing.Same => $"{left} is {right}",
                Comparing.Other => $"{left} is not {right}",
                Comparing.Less => $"{left} is less than {right}",
                Comparing.AtMost => $"{left} is at most {right}",
                Comparing.More => $"{left} is more than {right}",
                Comparing.AtLeast => $"{left} is at least {right}",
                Comparing.Contains => $"{left} has {right}",
                _ => $"{left} is one of {right}",
            };
        }

        private string Said(Node node, Question? beside) => node switch
        {
            ConstantNode { Is: Value.Text text } when beside is not null => Choice(beside, text.Is),
            ConstantNode { Is: Value.Truth truth } => truth.Is ? "yes" : "no",
            ListNode list => string.Join(" or ", list.Items.Select(i => Said(i, beside))),
            _ => Say(node),
        };

        private Question? QuestionOf(Node node) => node is NameNode { Within.Length: 0 } name ? _index.Questions.GetValueOrDefault(name.Name) : null;

        private string Choice(Question question, string value) => $"“{_index.ChoicesOf(question).FirstOrDefault(c => c.Value == value)?.Text.En ?? value}”";

        private string Name(NameNode name)
        {
            var title = _index.Questions.TryGetValue(name.Name, out var question) ? (question.Short ?? question.Title).En
                : _index.Calculations.TryGetValue(name.Name, out var calculation) ? calculation.Title?.En ?? calculation.Id : name.Name;
            return name.Within.Length == 0 ? $"“{title}”" : $"{string.Join(' ', name.Within)} of “{title}”";
        }

        private static string Constant(Value value) => value switch
        {
            Value.Text text => DateOnly.TryParseExact(text.Is, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? Core.Say.Date(date) : $"“{text.Is}”",
            Value.Truth truth => truth.Is ? "yes" : "no",
            Value.None => "nothing",
            _ => $"{value}",
        };

        private static string Joined(string words, bool outer) => outer ? words : $"({words})";
    }
}

/// <summary>Writes a condition from a question, an operator and a value that were picked.</summary>
internal static class PickCondition
{
    /// <summary>What can be asked of an answer, by the word that stands in the picker.</summary>
    public static IReadOnlyList<(string Name, string Words)> Operators { get; } =
    [
        ("is", "is"), ("is-not", "is not"), ("more", "is more than"), ("at-least", "is at least"), ("less", "is less than"), ("at-most", "is at most"),
        ("has", "has (of several, or in a text)"), ("answered", "is answered"), ("not-answered", "is not answered"),
    ];

    /// <summary>The expression, or what is wrong with what was picked.</summary>
    public static (string? Expression, string? Field, string? Error) Write(Form form, string? question, string? by, string? value)
    {
        if (question is null || !FormIndex.Of(form).Questions.TryGetValue(question, out var asked)) return (null, "PickQuestion", "Select the question that the condition asks for");
        if (by is "answered") return ($"answered({question})", null, null);
        if (by is "not-answered") return ($"not answered({question})", null, null);
        if (Sign(by) is not { } sign) return (null, "PickBy", "Select how the answer is compared");
        if (string.IsNullOrWhiteSpace(value)) return (null, "PickValue", "Enter what the answer is compared with");
        var (written, error) = Value(form, asked, value.Trim());
        return written is null ? (null, "PickValue", error) : ($"{question} {sign} {written}", null, null);
    }

    private static string? Sign(string? by) => by switch
    {
        "is" => "=", "is-not" => "!=", "more" => ">", "at-least" => ">=", "less" => "<", "at-most" => "<=", "has" => "contains", _ => null,
    };

    private static (string? Written, string? Error) Value(Form form, Question question, string value)
    {
        switch (question.Kind)
        {
            case QuestionKind.YesNo or QuestionKind.Declaration:
                return value.ToLowerInvariant() switch { "yes" or "true" => ("true", null), "no" or "false" => ("false", null), _ => (null, "Enter yes or no") };
            case QuestionKind.Number or QuestionKind.Money:
                return decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? (number.ToString(CultureInfo.InvariantCulture), null) : (null, "Enter a number, like 30");
            case QuestionKind.Date or QuestionKind.Month:
                return value == "today" ? ("today()", null)
                    : DateOnly.TryParseExact(value, ["yyyy-MM-dd", "d/M/yyyy", "d M yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? ($"date('{date:yyyy-MM-dd}')", null)
                    : (null, "Enter a date, like 2026-01-31, or today");
            case QuestionKind.Radios or QuestionKind.Checkboxes or QuestionKind.Select or QuestionKind.Autocomplete:
                var choices = FormIndex.Of(form).ChoicesOf(question);
                var choice = choices.FirstOrDefault(c => c.Value == value) ?? choices.FirstOrDefault(c => c.Text.En.Equals(value, StringComparison.OrdinalIgnoreCase));
                return choice is null ? (null, $"Enter one of its choices: {string.Join(", ", choices.Take(12).Select(c => c.Text.En))}") : (Expression.Quote(choice.Value), null);
            default:
                return (Expression.Quote(value), null);
        }
    }
}
