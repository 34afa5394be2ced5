using Concentric.Core;
using Concentric.Measure.Contacts;
using Concentric.Measure.Disclosure;
using Counts = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.Profiling;

/// <summary>What is counted as use of a service.</summary>
public enum CountedAs
{
    /// <summary>Different people, where contacts say who made them.</summary>
    Persons,

    /// <summary>Contacts (or requests), of which one person may have made several.</summary>
    Contacts,
}

/// <summary>Use of a service, of a part of the people: those of a group or of an area.</summary>
/// <param name="Code">Code of the group, area, service or channel; 0 stands for not known.</param>
/// <param name="Named">Contacts whose person is known.</param>
public sealed record UseOf(int Code, ShownCount Contacts, ShownCount Persons, ShownCount Named)
{
    public ShownCount Count(CountedAs counted) => counted == CountedAs.Persons ? Persons : Contacts;

    /// <summary>Use by the values of a dimension, as the reader may see it. Only what is counted is asked for: a further measure could withhold the whole breakdown.</summary>
    internal static async Task<Uses> By(Dimension dimension, CubeQuery query, CountedAs counted, VisibleContacts contacts, CancellationToken stop)
    {
        var result = await contacts.Query(query.GroupedBy(dimension).Counting(counted == CountedAs.Persons ? [Counts.Contacts, Counts.Persons] : [Counts.Contacts]), stop);
        return new([.. Enumerable.Range(0, result.Rows).Select(row => new UseOf(result.Code(row, dimension), result.Shown(row, Counts.Contacts),
            counted == CountedAs.Persons ? result.Shown(row, Counts.Persons) : default, default))], result.IsWithheld);
    }

    /// <summary>Use as a whole.</summary>
    internal static async Task<UseOf> All(CubeQuery query, VisibleContacts contacts, CancellationToken stop)
    {
        var result = await contacts.Query(query.GroupedBy().Counting(Counts.Contacts, Counts.Persons, Counts.ContactsOfKnownPersons), stop);
        return new(0, result.Shown(0, Counts.Contacts), result.Shown(0, Counts.Persons), result.Shown(0, Counts.ContactsOfKnownPersons));
    }
}

/// <summary>Use of a service by group or by area.</summary>
/// <param name="IsWithheld">Not shown, because a small number could be worked out: what is not there may be anything, and not nothing.</param>
public sealed record Uses(IReadOnlyList<UseOf> Parts, bool IsWithheld);

/// <summary>How the use of a service is counted, and what that leaves out.</summary>
/// <param name="As">Persons where at least half of the contacts say whose they are, or as the reader chose.</param>
/// <param name="NamedShare">Share of contacts whose person is known, 0 to 1; null where there are none.</param>
public sealed record Counting(CountedAs As, double? NamedShare)
{
    private const double Enough = 0.5;

    /// <param name="asked">“persons” or “contacts”, as the address has it; anything else leaves the choice.</param>
    internal static Counting Of(UseOf all, string? asked)
    {
        var share = all.Contacts.Estimate > 0 ? Math.Min(1, (double)all.Named.Estimate / all.Contacts.Estimate) : (double?)null;
        return new(asked switch { "persons" => CountedAs.Persons, "contacts" => CountedAs.Contacts, _ => share >= Enough ? CountedAs.Persons : CountedAs.Contacts }, share);
    }
}
