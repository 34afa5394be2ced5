using Concentric.Core.Data;
using Concentric.Serve.Conversations;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Citizens;

/// <summary>What somebody said of themselves with an enquiry, as they wrote it.</summary>
/// <param name="Address">The lines before the postcode, joined by ", ".</param>
internal sealed record Told(string? Name = null, DateOnly? Born = null, string? Email = null, string? Phone = null, string? Address = null, string? Postcode = null, string? Uprn = null, Language Language = Language.English)
{
    /// <summary>The answers of a form that are about the person who sent it and where they live.</summary>
    public static Told By(Form form, Answers answers, Language language)
    {
        var home = Said("home.address");
        return new(
            Said("person.name").ToString(), DateOnly.TryParse($"{Said("person.birth-date")}", System.Globalization.CultureInfo.InvariantCulture, out var born) ? born : null, Said("person.email").ToString(), Said("person.phone").ToString(),
            string.Join(", ", new[] { "line1", "line2", "town" }.Select(part => $"{home.Part(part)}").Where(line => line.Length > 0)), $"{home.Part("postcode")}", $"{home.Part("uprn")}", language);

        Value Said(string particular) => form.Questions.Where(q => q.Particular == particular).Select(q => answers[q.Id]).FirstOrDefault(v => !v.IsNothing, Value.Nothing);
    }

    /// <summary>As citizens are kept: what is empty is null, and what is written in several ways is written in one.</summary>
    public Told Tidy() => new(
        OneLine(Name), Born, OneLine(Email)?.ToLowerInvariant(), SubmissionPhone.Digits(Phone), OneLine(Address), Core.Postcode.TryParse(Postcode, out var postcode) ? $"{postcode}" : null, OneLine(Uprn), Language);

    private static string? OneLine(string? text) => text is null ? null : Fields.Tidy(text).ReplaceLineEndings(" ").Trim() is { Length: > 0 } words ? words : null;
}

/// <summary>Finds whose an enquiry is, or keeps somebody new. Only what cannot be two people is taken for one: who else may be the same is for staff to say.</summary>
internal static class KeepCitizen
{
    /// <summary>The citizen's id, inside <see cref="IWriter.Write"/>; null where nothing was said by which somebody can be found again.</summary>
    public static async Task<Guid?> Of(ConcentricDb db, Told told, DateTimeOffset now)
    {
        told = told.Tidy();
        if (told is { Email: null, Phone: null } && (told.Name is null || told.Postcode is null)) return null;
        if (await Find(db, told) is not { } known)
        {
            known = new() { Id = Guid.CreateVersion7(now), Name = told.Name ?? "", Since = now };
            db.Add(known);
        }
        // What is newest counts; what was not said now stays.
        known.Name = told.Name ?? known.Name;
        (known.Born, known.Email, known.Phone, known.Language) = (told.Born ?? known.Born, told.Email ?? known.Email, told.Phone ?? known.Phone, told.Language);
        if (told.Address is not null) (known.Address, known.Postcode, known.Uprn) = (told.Address, told.Postcode, told.Uprn);
        return known.Id;
    }

    /// <summary>The one who has that address or number and no other name or birthday. Households share both, so a name decides where there are several.</summary>
    public static async Task<Citizen?> Find(ConcentricDb db, Told tidy)
    {
        var kept = await db.Citizens.Where(c => (tidy.Email != null && c.Email == tidy.Email) || (tidy.Phone != null && c.Phone == tidy.Phone)
            || (tidy.Name != null && tidy.Postcode != null && c.Postcode == tidy.Postcode && c.Name == tidy.Name)).OrderBy(c => c.Id).Take(50).ToListAsync();
        // What is sent together is one piece of work: who came with the part before is not in the database yet.
        var near = kept.Union(db.Citizens.Local.Where(c => (tidy.Email is not null && c.Email == tidy.Email) || (tidy.Phone is not null && c.Phone == tidy.Phone)
            || (tidy.Name is not null && tidy.Postcode is not null && c.Postcode == tidy.Postcode && c.Name == tidy.Name))).ToList();
        var fits = near.Where(c => (c.Born is null || tidy.Born is null || c.Born == tidy.Born) && (c.Name.Length == 0 || tidy.Name is null || string.Equals(c.Name, tidy.Name, StringComparison.OrdinalIgnoreCase))).ToList();
        return fits.Find(c => tidy.Name is not null && string.Equals(c.Name, tidy.Name, StringComparison.OrdinalIgnoreCase)) ?? (fits.Count == 1 && near.Count == 1 ? fits[0] : null);
    }
}
