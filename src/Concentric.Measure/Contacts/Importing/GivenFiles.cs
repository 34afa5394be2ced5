using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>Addresses of the pages of imports.</summary>
internal static class ImportLinks
{
    public const string All = "/measure/imports";
    public const string New = All + "/new";

    public static string Of(Guid id) => $"{All}/{id}";
    public static string Mapping(Guid id) => $"{All}/{id}/mapping";
    public static string Columns(Guid id) => $"{All}/{id}/columns";
    public static string Values(Guid id) => $"{All}/{id}/values";
    public static string Check(Guid id) => $"{All}/{id}/check";
    public static string Undo(int batch) => $"{All}/batches/{batch}/undo";
}

/// <summary>Files that were given, as whoever gave them and analysts may see them: what stands in one is seen by nobody else.</summary>
internal sealed class GivenFiles(IDbContextFactory<ConcentricDb> databases, IWriter writer, KeptUploads uploads, OwnCouncil own)
{
    /// <summary>The council of this installation.</summary>
    public CouncilAttributes Own => new(own.Slug, own.Name, own.IsSynthetic);

    /// <summary>The file of that id, or null where there is none that the visitor may see.</summary>
    public async Task<FileImport?> Find(Guid id, ClaimsPrincipal visitor, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var given = await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, stop);
        return given is not null && Sees(visitor, given) ? given : null;
    }

    /// <summary>As <see cref="Find"/>, and only while its mapping can still be chosen and the file is there.</summary>
    public async Task<FileImport?> FindOpen(Guid id, ClaimsPrincipal visitor, CancellationToken stop) =>
        await Find(id, visitor, stop) is { State: ImportState.Draft or ImportState.Cancelled or ImportState.CutShort } given && uploads.Has(id) ? given : null;

    public static bool Sees(ClaimsPrincipal visitor, FileImport given) => given.By == visitor.Actor || visitor.IsOf(Audience.Analyse);

    /// <summary>A look into the file; with what was said of its delimiter and encoding.</summary>
    /// <exception cref="ImportRefusedException">It is no CSV file.</exception>
    public FileLook Look(FileImport given, char? delimiter = null, string? encoding = null)
    {
        using var file = uploads.Open(given.Id) ?? throw new ImportRefusedException("The file is not there any more. Send it again.");
        return FileLook.At(file, delimiter, encoding);
    }

    /// <summary>Keeps what was said of a file so far.</summary>
    public Task Say(Guid id, Action<FileImport> say, CancellationToken stop) => writer.Write(async db =>
    {
        if (await db.Imports.FindAsync([id], stop) is { State: ImportState.Draft or ImportState.Cancelled or ImportState.CutShort } given) say(given);
    }, stop);

    /// <summary>Takes a mapping for a file.</summary>
    /// <exception cref="MappingException">It is not in order, or it says of this council what is not so.</exception>
    public Task Take(Guid id, string json, string? name, CancellationToken stop)
    {
        var mapping = Contacts.Mapping.Parse(json, name ?? "given");
        if (mapping.Council.Name == own.Slug && mapping.Council.IsSynthetic != own.IsSynthetic)
            throw new MappingException($"The mapping {mapping.Name} says of {own.Name} that it is {(own.IsSynthetic ? "not " : "")}invented. Put “isSynthetic” right in it.");
        return Say(id, given => (given.Mapping, given.MappingName) = (json, mapping.Name), stop);
    }
}
