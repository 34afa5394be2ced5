using System.Globalization;
using Concentric.Core;
using Concentric.Core.Design;

namespace Concentric.Measure.Boards;

/// <summary>A review as it is written down.</summary>
public sealed record ReviewForm
{
    public string? Board { get; init; }
    public string? Council { get; init; }
    public DateParts? HeldOn { get; init; }
    public string? Findings { get; init; }

    /// <summary>Empty where it was decided to change nothing.</summary>
    public string? Decision { get; init; }

    /// <summary>Key of the measure that the decision is to move.</summary>
    public string? Measure { get; init; }

    public string? Person { get; init; }
    public DateParts? DueOn { get; init; }
    public DateParts? NextOn { get; init; }

    public bool Decides => !string.IsNullOrWhiteSpace(Decision);

    public Guid? PersonId => Guid.TryParse(Person, CultureInfo.InvariantCulture, out var id) ? id : null;

    public Errors Check(DateOnly today, IReadOnlyCollection<Guid> staff, IReadOnlyCollection<string> measures)
    {
        var errors = DateParts.Check(new(), "HeldOn", HeldOn, "day of the review")
            .Check("HeldOn", HeldOn?.Date is not { } on || on <= today, "The day of the review must be today or before")
            .Check("HeldOn", HeldOn?.Date is not { } past || past >= today.AddYears(-1), "The day of the review must be within the last year")
            .Check("Findings", !string.IsNullOrWhiteSpace(Findings), "Enter what you made of the board")
            .Check("Findings", Findings is null or { Length: <= 2000 }, "What you made of it must be 2,000 characters or fewer")
            .Check("Decision", Decision is null or { Length: <= 500 }, "The decision must be 500 characters or fewer");
        if (Decides)
        {
            errors.Check("Measure", Measure is { } measure && measures.Contains(measure), "Select the measure that it is to move")
                .Check("Person", PersonId is { } person && staff.Contains(person), "Select who sees to it");
            DateParts.Check(errors, "DueOn", DueOn, "day by which it is to be done")
                .Check("DueOn", DueOn?.Date is not { } due || HeldOn?.Date is not { } decided || due >= decided, "The day by which it is to be done must be the day of the review or later");
        }
        return DateParts.Check(errors, "NextOn", NextOn, "day of the next review")
            .Check("NextOn", NextOn?.Date is not { } next || HeldOn?.Date is not { } last || next > last, "The day of the next review must be after this one")
            .Check("NextOn", NextOn?.Date is not { } far || far <= today.AddYears(1), "The day of the next review must be within a year");
    }

    internal BoardReview Review(Guid id, string council, string board, string signals, string by, DateTimeOffset now) => new()
    {
        Id = id, Council = council, Board = board, HeldOn = HeldOn!.Date!.Value, Signals = signals, Findings = Findings!.Trim(), NextOn = NextOn!.Date!.Value, By = by, At = now,
        Decision = Decides ? Decision!.Trim() : null, Measure = Decides ? Measure : null, Person = Decides ? PersonId : null, DueOn = Decides ? DueOn!.Date : null,
    };
}

/// <summary>When what was decided was done.</summary>
public sealed record DoneForm
{
    public DateParts? DoneOn { get; init; }
}
