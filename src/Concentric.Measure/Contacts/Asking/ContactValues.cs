using System.Globalization;
using Concentric.Core;
using Concentric.Core.Facts;

namespace Concentric.Measure.Contacts.Asking;

/// <summary>Reads a value of a dimension as people write it.</summary>
internal static class ContactValues
{
    /// <exception cref="RefusedException">There is no such value.</exception>
    public static int Code(Dimension dimension, string text, int council, ContactDimensions names)
    {
        int? code = dimension switch
        {
            Dimension.Channel => Channels.Find(text)?.Code,
            Dimension.FailureCause => text == "none" ? 0 : FailureCauses.Find(text)?.Code,
            Dimension.Demand => Named<Demand>(text),
            Dimension.Kind => Named<ContactKind>(text),
            Dimension.Initiator => Named<ContactInitiator>(text),
            Dimension.Resolved => Named<ContactResolved>(text),
            Dimension.Council => names.Council(text)?.Code,
            Dimension.CauseService => names.Service(text)?.Code,
            Dimension.DemandType => names.DemandTypes.FirstOrDefault(t => t.Council == council && (t.Key == text || t.Label == text))?.Code,
            Dimension.SystemCause => names.SystemCauses.FirstOrDefault(c => c.Council == council && (c.Key == text || c.Label == text))?.Code,
            Dimension.CauseStep => names.Activities.FirstOrDefault(a => a.Council == council && a.Key == text)?.Code,
            Dimension.Chases => text switch { "no" => 0, "yes" => 1, _ => null },
            // A team may be called as what has none is.
            Dimension.Team => names.Actors.FirstOrDefault(a => a.Council == council && a.Key == text && a.Code > 0) is { } actor ? TeamRows.Kept(actor.Code) : text switch { "none" => 0, "desk" => TeamRows.Kept(0), _ => null },
            Dimension.Service => names.Service(text)?.Code,
            Dimension.Area => names.Areas.FirstOrDefault(a => a.Council == council && a.Key == text)?.Code,
            Dimension.Ward => names.Wards.FirstOrDefault(w => w.Council == council && w.Label == text)?.Code,
            Dimension.Profile => names.Profiles.FirstOrDefault(p => p.Key == text)?.Code,
            Dimension.Source => names.Sources.FirstOrDefault(s => s.Key == text)?.Code,
            Dimension.Day or Dimension.Week or Dimension.Month => Calendar(dimension, text),
            _ => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
        };
        return code ?? throw new RefusedException($"There is no {AskContacts.Kebab(dimension)} “{text}” in the contact store.{Hint(dimension)}");
    }

    private static string Hint(Dimension dimension) => dimension switch
    {
        Dimension.Channel => $" Known: {string.Join(", ", Channels.All.Select(c => c.Name))}.",
        Dimension.FailureCause => $" Known: none, {string.Join(", ", FailureCauses.All.Select(c => c.Name))}.",
        Dimension.Demand => $" Known: {Known<Demand>()}.",
        Dimension.Chases => " Known: no, yes.",
        Dimension.Team => " Known: none, desk, or a team’s name.",
        Dimension.Kind => $" Known: {Known<ContactKind>()}.",
        Dimension.Initiator => $" Known: {Known<ContactInitiator>()}.",
        Dimension.Resolved => $" Known: {Known<ContactResolved>()}.",
        Dimension.Day or Dimension.Week or Dimension.Month => " Write the day it begins, as 2026-03-02.",
        _ => "",
    };

    private static string Known<T>() where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(AskContacts.Kebab));

    private static int? Named<T>(string text) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (AskContacts.Kebab(value) == text) return Convert.ToInt32(value, CultureInfo.InvariantCulture);
        return null;
    }

    private static int? Calendar(Dimension dimension, string text)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || date.Year is < 1970 or > 2148) return null;
        return dimension switch
        {
            Dimension.Day => ContactCalendar.Day(date),
            Dimension.Week => ContactCalendar.Week(ContactCalendar.Day(date)),
            _ => ContactCalendar.Month(date),
        };
    }
}
