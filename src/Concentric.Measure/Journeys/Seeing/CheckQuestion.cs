using System.Globalization;
using Concentric.Core;
using Microsoft.AspNetCore.Http;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>What journeys are held against: a path that is expected, and rules.</summary>
public sealed record CheckQuestion
{
    public const string Address = JourneyQuestion.Path + "/check";

    /// <summary>Activities in the order expected; empty where none was said.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>What must come before what; null where that was not asked.</summary>
    public (string First, string Then)? Before { get; init; }

    /// <summary>What must follow within how many working days.</summary>
    public (string First, string Then, int Days)? Within { get; init; }

    /// <summary>Which two steps two people must do.</summary>
    public (string One, string Other)? FourEyes { get; init; }

    /// <summary>From how many standard deviations on a time between two steps is far; null where that was not asked.</summary>
    public int? Deviations { get; init; }

    /// <summary>What can be chosen: with any number, the one at which the last case falls out would tell how long it took.</summary>
    public static readonly IReadOnlyList<string> Choices = ["2", "3", "4"];

    public static CheckQuestion Parse(IQueryCollection query, IReadOnlyList<string> activities, Errors errors)
    {
        var path = query["path"].ToString().Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        errors.Check("path", path.Length <= ExpectedPath.MostSteps, $"Enter {ExpectedPath.MostSteps} steps at most");
        if (path.FirstOrDefault(p => !activities.Contains(p)) is { } unknown)
            errors.Check("path", false, $"No case has a step called “{(unknown.Length > 60 ? unknown[..60] + "…" : unknown)}”. Write each step on a line of its own, as the table of steps names it");
        var asked = new CheckQuestion { Path = path };
        if (Two("first", "then", "before") is { } before) asked = asked with { Before = before };
        if (Two("from", "until", "within") is { } within)
        {
            var isNumber = int.TryParse(query["days"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 0 and <= 1000;
            errors.Check("days", isNumber, "Enter within how many working days, as a whole number up to 1,000");
            asked = asked with { Within = (within.Item1, within.Item2, isNumber ? days : 0) };
        }
        if (Two("one", "other", "eyes") is { } eyes) asked = asked with { FourEyes = eyes };
        if (query["deviations"].ToString() is { Length: > 0 } chosen)
        {
            var isChoice = Choices.Contains(chosen);
            errors.Check("deviations", isChoice, "Select from how many standard deviations on");
            asked = asked with { Deviations = isChoice ? int.Parse(chosen, CultureInfo.InvariantCulture) : null };
        }
        return asked;

        (string, string)? Two(string one, string other, string rule)
        {
            var (a, b) = (query[$"{rule}-{one}"].ToString(), query[$"{rule}-{other}"].ToString());
            if (a.Length == 0 && b.Length == 0) return null;
            errors.Check($"{rule}-{one}", activities.Contains(a), "Select a step").Check($"{rule}-{other}", activities.Contains(b), "Select a step").Check($"{rule}-{other}", a != b, "Select two different steps");
            return (a, b);
        }
    }
}
