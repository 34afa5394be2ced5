namespace Concentric.Core.Questions;

/// <summary>
/// Who asked first for what, and when, as far as anticipation may know it: value demand of citizens only, each person once a service, no
/// repeats, no chasing. One entry of each array is one such contact; they lie by person, then day, then service.
/// </summary>
/// <remarks>Persons are numbers from 0 without gaps, given for this answer alone: nobody's pseudonym leaves the contact store.</remarks>
public sealed record FirstContacts
{
    /// <summary>Name of the council whose contacts these are.</summary>
    public required string Council { get; init; }

    /// <summary>The council is invented, and so is whatever is found here.</summary>
    public required bool IsSynthetic { get; init; }

    /// <summary>First day of the period.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day of the period.</summary>
    public required DateOnly To { get; init; }

    /// <summary>LGSL identifiers; <see cref="Service"/> says the place in this list.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>Profile groups of the small areas, by their place; the first, empty, stands for not known.</summary>
    public required IReadOnlyList<string> Profiles { get; init; }

    public required int[] Person { get; init; }
    public required ushort[] Service { get; init; }

    /// <summary>Days since <see cref="From"/>.</summary>
    public required ushort[] Day { get; init; }

    /// <summary>Place in <see cref="Profiles"/> of the area from which the contact came.</summary>
    public required byte[] Profile { get; init; }

    public int Count => Person.Length;
    public int Days => To.DayNumber - From.DayNumber + 1;
}

/// <summary>Asked by Needs; answered by Measure from the contact store.</summary>
public interface IFirstContacts
{
    /// <summary>The first contacts of the installation's own council in a period of at most ten years, or null where it has no contacts.</summary>
    /// <param name="from">First day; without it the first day that has a contact, at most ten years before <paramref name="to"/>.</param>
    /// <param name="to">Last day; without it the last that has a contact.</param>
    Task<FirstContacts?> Of(DateOnly? from = null, DateOnly? to = null, CancellationToken stop = default);
}
