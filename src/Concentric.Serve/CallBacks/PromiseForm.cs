using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Serve.Conversations;
using Concentric.Serve.Forms;

namespace Concentric.Serve.CallBacks;

/// <summary>What an adviser promises: whom we ring, when, about what, and who does.</summary>
public sealed record PromiseForm
{
    /// <summary>Given out with the page, so that sending it twice is one promise.</summary>
    public Guid? Token { get; init; }

    public string? Number { get; init; }
    public string? About { get; init; }
    public DateParts? Day { get; init; }

    /// <summary>Name of a <see cref="CallBackPart"/>.</summary>
    public string? Part { get; init; }

    /// <summary>As it was typed, where the part is a time.</summary>
    public string? Time { get; init; }

    /// <summary><c>me</c>, <c>team:</c> and its name, or <c>person:</c> and an id.</summary>
    public string? Who { get; init; }

    internal CallBackPart? ChosenPart => Enum.TryParse<CallBackPart>(Part, out var part) && $"{part}" == Part ? part : null;

    /// <summary>By when, where that can be read.</summary>
    internal DateTimeOffset? DueAt => Day?.Date is { } day && ChosenPart is { } part && (part != CallBackPart.Time || TimeOfDay.Read(Time) is not null) ? CallBack.End(day, part, TimeOfDay.Read(Time) ?? default) : null;

    internal PromiseForm Tidy() => this with { About = About is null ? null : Fields.Tidy(About), Number = Number is null ? null : Fields.Tidy(Number), Time = Time is null ? null : Fields.Tidy(Time) };

    /// <param name="who">Values of those who may ring.</param>
    internal Errors Check(WorkingCalendar calendar, IReadOnlyCollection<string> who, DateTimeOffset now)
    {
        var errors = new Errors()
            .Check("Number", !string.IsNullOrEmpty(Number), "Enter the phone number that we ring")
            .Check("Number", SubmissionPhone.Digits(Number) is not null, "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192")
            .Check("About", !string.IsNullOrEmpty(About), "Enter what we ring them about")
            .Check("About", About is null or { Length: <= CallBack.LongestAbout }, "What we ring them about must be 500 characters or fewer");
        DateParts.Check(errors, "Day", Day, "day on which we ring");
        if (Day?.Date is { } day)
        {
            var today = Say.DayOf(now);
            errors.Check("Day", day >= today, "The day on which we ring must be today or in the future").Check("Day", day <= today.AddMonths(3), "The day on which we ring must be within the next 3 months");
            if (errors["Day"] is null) errors.Check("Day", calendar.Is(day), $"We are closed on {Say.Date(day)}. The next working day is {Say.Date(calendar.Add(day, 0))}");
        }
        errors.Check("Part", ChosenPart is not null, "Select when on that day");
        if (ChosenPart == CallBackPart.Time)
            errors.Check("Time", TimeOfDay.Read(Time) is { } time && time >= CallBack.Earliest && time <= CallBack.Latest, "Enter a time from 8am to 8pm, like 2pm or 14:30");
        if (!errors.Any && DueAt <= now) errors.Check(ChosenPart == CallBackPart.Time ? "Time" : "Part", false, "That time of the day is over");
        return errors.Check("Who", Who is not null && who.Contains(Who), "Select who rings them");
    }
}
