using Concentric.Core.Data;
using Concentric.Core.Places;
using Concentric.Serve.Enquiries;

namespace Concentric.Serve.Citizens;

/// <summary>In which small area somebody lives who asks for something. That is all that a fact says of where: a postcode may be one house.</summary>
internal static class WhereTheyLive
{
    /// <summary>By the postcode that was given with it, and otherwise by what is kept of them, inside <see cref="IWriter.Write"/>.</summary>
    /// <param name="postcode">Null or empty where none was given.</param>
    /// <param name="isSensitive">What is sensitive says nothing of where it came from: few ask, and an area is one thing more that is known of them.</param>
    /// <returns>Code of the area; null where it is not known or not said.</returns>
    public static async Task<string?> Area(ConcentricDb db, string council, string? postcode, Guid? citizen, bool isSensitive)
    {
        if (isSensitive) return null;
        // Somebody new is not in the database yet, but known to this piece of work.
        if (string.IsNullOrWhiteSpace(postcode)) postcode = citizen is null ? null : (await db.Citizens.FindAsync(citizen))?.Postcode;
        return await PlacedPostcode.AreaOf(db, council, postcode);
    }

    /// <summary>Of whoever asked an enquiry and gets in touch about it once more, without saying again where they live.</summary>
    /// <remarks>A contact that follows an enquiry counts where that one counts, or the failures of a ward would be missing from it.</remarks>
    public static Task<string?> Area(ConcentricDb db, string council, Enquiry followed) => Area(db, council, null, followed.CitizenId, followed.IsSensitive);
}
