using System.Globalization;
using Concentric.Core.Data;
using Concentric.Serve.Citizens.Matching;
using Concentric.Serve.Conversations;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Citizens;

/// <summary>What somebody said of themselves with an enquiry, as they wrote it.</summary>
/// <param name="Address">The lines before the postcode, joined by ", ".</param>
/// <param name="Language">In which they are written to; null where they did not choose.</param>
internal sealed record Told(string? Name = null, DateOnly? Born = null, string? Email = null, string? Phone = null, string? Address = null, string? Postcode = null, string? Uprn = null, Language? Language = null)
{
    private const int MostOfLine = 500;

    /// <summary>The answers of a form that are about the person who sent it and where they live.</summary>
    public static Told By(Form form, Answers answers, Language language)
    {
        var home = Said("home.address");
        return new(
            Said("person.name").ToString(), DateOnly.TryParse($"{Said("person.birth-date")}", CultureInfo.InvariantCulture, out var born) ? born : null, Said("person.email").ToString(), Said("person.phone").ToString(),
            string.Join(", ", new[] { "line1", "line2", "town" }.Select(part => $"{home.Part(part)}").Where(line => line.Length > 0)), $"{home.Part("postcode")}", $"{home.Part("uprn")}", language);

        Value Said(string particular) => form.Questions.Where(q => q.Particular == particular).Select(q => answers[q.Id]).FirstOrDefault(v => !v.IsNothing, Value.Nothing);
    }

    /// <summary>As citizens are kept: what is empty is null, and what is written in several ways is written in one.</summary>
    public Told Tidy() => new(
        OneLine(Name), Born, OneLine(Email)?.ToLowerInvariant(), SubmissionPhone.Digits(Phone), OneLine(Address), Core.Postcode.TryParse(Postcode, out var postcode) ? $"{postcode}" : null, OneLine(Uprn), Language);

    private static string? OneLine(string? text) =>
        text is not null && string.Join(' ', Fields.Tidy(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 and <= MostOfLine } words ? words : null;
}

/// <summary>Finds whose an enquiry is, or keeps somebody new. Only what cannot be two people is taken for one: who else may be the same is for staff to say.</summary>
internal static class KeepCitizen
{
    /// <summary>As many as share an address or a number and can be told apart by it; of an office that thousands write from, the first.</summary>
    private const int MostNear = 50;

    /// <summary>The citizen's id, inside <see cref="IWriter.Write"/>; null where nothing was said by which somebody can be found again.</summary>
    public static async Task<Guid?> Of(ConcentricDb db, Told told, DateTimeOffset now)
    {
        told = told.Tidy();
        if (told is { Email: null, Phone: null } && (told.Name is null || told.Postcode is null)) return null;
        if (await Find(db, told) is not { } known)
        {
            known = new() { Id = Guid.CreateVersion7(now), Name = "", Since = now };
            db.Add(known);
        }
        // What is newest counts; what was not said now stays.
        known.Name = told.Name ?? known.Name;
        known.NameKey = Individual.KeyOf(known.Name);
        (known.Born, known.Email, known.Phone, known.Language) = (told.Born ?? known.Born, told.Email ?? known.Email, told.Phone ?? known.Phone, told.Language ?? known.Language);
        if (told.Address is not null) (known.Address, known.Postcode, known.Uprn) = (told.Address, told.Postcode, told.Uprn);
        // Another postcode alone: the lines that we have are of where they lived before.
        else if (told.Postcode is not null && told.Postcode != known.Postcode) (known.Address, known.Postcode, known.Uprn) = (null, told.Postcode, told.Uprn);
        else known.Uprn = told.Uprn ?? known.Uprn;
        (known.IsCompared, known.IsLeft) = (false, false);
        await Search.KeepWords.Of(db, known);
        return known.Id;
    }

    /// <summary>The one who has that address or number and no other name or birthday. Households share both, so a name decides where there are several.</summary>
    public static async Task<Citizen?> Find(ConcentricDb db, Told tidy)
    {
        var (email, phone, postcode, key) = (tidy.Email, tidy.Phone, tidy.Postcode, Individual.KeyOf(tidy.Name ?? ""));
        var near = new List<Citizen>();
        // One question for each, so that each goes by its own index.
        if (email is not null) near.AddRange(await db.Citizens.Where(c => c.Email == email).OrderBy(c => c.Id).Take(MostNear).ToListAsync());
        if (phone is not null) near.AddRange(await db.Citizens.Where(c => c.Phone == phone).OrderBy(c => c.Id).Take(MostNear).ToListAsync());
        if (key.Length > 0 && postcode is not null) near.AddRange(await db.Citizens.Where(c => c.NameKey == key && c.Postcode == postcode).OrderBy(c => c.Id).Take(MostNear).ToListAsync());
        // What is sent together is one piece of work: who came with the part before is not in the database yet.
        near.AddRange(db.Citizens.Local.Where(c => (email is not null && c.Email == email) || (phone is not null && c.Phone == phone) || (key.Length > 0 && postcode is not null && c.NameKey == key && c.Postcode == postcode)));
        near = [.. near.Distinct()];
        var fits = near.Where(c => IsNoOther(c, tidy, key)).ToList();
        if (fits.Find(c => key.Length > 0 && c.NameKey == key) is { } named) return named;
        if (fits.Count == 0) return null;
        // Without a name it is theirs who alone has that address or number; staff may have said that several rows are one.
        return near.Count == 1 || near.Select(c => c.Id).Except(await CitizenPair.Joined(db, fits[0].Id)).Any() is false ? fits[0] : null;
    }

    /// <summary>Nothing that they told is another than what is kept: neither name nor birthday, nor, where only a name and a postcode meet, address and number.</summary>
    private static bool IsNoOther(Citizen known, Told told, string key)
    {
        if (known.Born is { } born && told.Born is { } said && born != said) return false;
        if (known.NameKey.Length > 0 && key.Length > 0 && known.NameKey != key) return false;
        var meets = (told.Email is not null && known.Email == told.Email) || (told.Phone is not null && known.Phone == told.Phone);
        // Father and son of one name live at one postcode.
        return meets || ((known.Email is null || told.Email is null) && (known.Phone is null || told.Phone is null));
    }
}
