using System.Globalization;
using System.Text.RegularExpressions;

namespace Concentric.Serve.Demo;

/// <summary>Somebody of Northmoor, invented. Who is kept twice stands here twice.</summary>
/// <param name="Email">Null where they have none.</param>
internal sealed record DemoCitizen(string Key, string Name, string? Email, string Phone, string Line1, string Postcode);

/// <summary>A form that somebody sent, and what happened since.</summary>
/// <param name="Who">Key of the citizen.</param>
/// <param name="DaysAgo">Working days.</param>
/// <param name="ByPhone">An adviser filled it in for them.</param>
/// <param name="Answers">By question, where they are not what anybody would answer.</param>
internal sealed record DemoCase(string Who, string Form, int DaysAgo, TimeSpan At, bool ByPhone, IReadOnlyDictionary<string, string> Answers, IReadOnlyList<DemoStep> Then);

/// <summary>Something that happened to a case.</summary>
/// <param name="After">Working days after the form was sent.</param>
/// <param name="Who">First name of one of the staff, or key of the citizen.</param>
/// <param name="What">A verb: <c>does</c>, <c>takes</c>, <c>pauses</c>, <c>resumes</c>, <c>hands-over</c>, <c>withdraws</c>; of the citizen <c>asks</c>, <c>tells</c>, <c>reopens</c>.</param>
/// <param name="Of">The step, or the team.</param>
/// <param name="Way">The way that was chosen.</param>
internal sealed record DemoStep(int After, string Who, string What, string? Of, string? Way, string? Words);

/// <summary>Reads <c>citizens.csv</c> and <c>cases.txt</c>.</summary>
internal static partial class DemoScript
{
    public static IReadOnlyList<DemoCitizen> Citizens { get; } =
        [.. Lines("citizens.csv").Skip(1).Select(l => l.Split(',')).Select(c => new DemoCitizen(c[0], c[1], c[2].Length == 0 ? null : c[2], c[3], c[4], c[5]))];

    /// <summary>What anybody answers, by form.</summary>
    private static readonly Dictionary<string, string> Usual = Lines("cases.txt").Where(l => l.StartsWith("= ", StringComparison.Ordinal)).Select(l => l[2..].Split(" | ")).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal);

    public static IReadOnlyList<DemoCase> Cases { get; } = [.. Read()];

    private static IEnumerable<DemoCase> Read()
    {
        DemoCase? one = null;
        foreach (var line in Lines("cases.txt").Where(l => l[0] is not ('#' or '=')))
        {
            if (line.StartsWith(' '))
            {
                var step = Must(Step, line);
                one = one! with { Then = [.. one.Then, new(Number(step, "after"), Text(step, "who")!, Text(step, "what")!, Text(step, "of"), Text(step, "way"), Text(step, "words"))] };
                continue;
            }
            if (one is not null) yield return one;
            var sent = Must(Sent, line);
            var form = Text(sent, "form")!;
            one = new(Text(sent, "who")!, form, Number(sent, "ago"), TimeSpan.ParseExact(Text(sent, "at")!, "hh\\:mm", CultureInfo.InvariantCulture), sent.Groups["phone"].Success,
                Answers($"{Usual.GetValueOrDefault(form)}; {Text(sent, "answers")}"), []);
        }
        if (one is not null) yield return one;
    }

    /// <summary>The later of two answers to one question counts.</summary>
    private static Dictionary<string, string> Answers(string said)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var answer in said.Split("; ", StringSplitOptions.RemoveEmptyEntries)) answers[answer[..answer.IndexOf('=', StringComparison.Ordinal)]] = answer[(answer.IndexOf('=', StringComparison.Ordinal) + 1)..];
        return answers;
    }

    private static string[] Lines(string file)
    {
        using var stream = typeof(DemoScript).Assembly.GetManifestResourceStream($"Demo/{file}")!;
        return [.. new StreamReader(stream).ReadToEnd().ReplaceLineEndings("\n").Split('\n').Where(l => l.Trim().Length > 0)];
    }

    private static Match Must(Regex shape, string line) => shape.Match(line) is { Success: true } match ? match : throw new FormatException($"cases.txt: {line}");

    private static string? Text(Match match, string group) => match.Groups[group] is { Success: true, Value: var text } ? text : null;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<who>[a-z0-9-]+) (?<form>[a-z-]+) (?<ago>[0-9]+) (?<at>[0-9]{2}:[0-9]{2})(?<phone> phone)?(?: \| (?<answers>.*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Sent { get; }

    [GeneratedRegex(@"^  (?<after>[0-9]+) (?<who>[a-z0-9-]+) (?<what>[a-z-]+)(?: (?<of>[A-Za-z -]+?))?(?: > (?<way>[a-z-]+))?(?:: (?<words>.*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Step { get; }
}
