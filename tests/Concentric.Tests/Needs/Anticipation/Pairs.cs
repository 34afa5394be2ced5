using Concentric.Core.Questions;

namespace Concentric.Tests.Needs.Anticipation;

/// <summary>First contacts written by hand: who, on which day, asked for what.</summary>
internal static class Pairs
{
    public static readonly DateOnly From = new(2025, 1, 1);

    public static FirstContacts Of(int days, IEnumerable<(int Person, int Day, string Service)> asked)
    {
        var rows = asked.ToList();
        string[] services = ["", .. rows.Select(r => r.Service).Distinct().Order(StringComparer.Ordinal)];
        rows = [.. rows.OrderBy(r => r.Person).ThenBy(r => r.Day).ThenBy(r => Array.IndexOf(services, r.Service))];
        return new()
        {
            Council = "Northmoor", IsSynthetic = true, From = From, To = From.AddDays(days - 1), Services = services, Profiles = [""],
            Person = [.. rows.Select(r => r.Person)], Service = [.. rows.Select(r => (ushort)Array.IndexOf(services, r.Service))], Day = [.. rows.Select(r => (ushort)r.Day)], Profile = new byte[rows.Count],
        };
    }

    /// <summary>Of a hundred persons who ask for the first service, that many ask for the second ten days later; two hundred others ask for something else.</summary>
    public static FirstContacts Following(string first, string second, int followed, int days = 400) => Of(days,
    [
        .. Enumerable.Range(0, 100).Select(p => (p, p % 50, first)),
        .. Enumerable.Range(0, followed).Select(p => (p, p % 50 + 10, second)),
        .. Enumerable.Range(100, 200).Select(p => (p, p % 50, "other")),
        .. Enumerable.Range(100, 3).Select(p => (p, p % 50 + 5, second)),
    ]);
}
