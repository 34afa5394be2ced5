using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Concentric.Core.Web;

/// <summary>On a route that takes files: what is typed beside them is limited as in a form without files, though the files may be far larger.</summary>
/// <remarks>The framework limits a value only in a form without files. In one with files it makes text of a part of any size that does not call itself a file.</remarks>
public sealed class FormWithFiles
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Reads the body to the disk, counts what is typed and goes back to its beginning. Nobody may have read of it before.</summary>
    /// <returns>The status to answer where it cannot be taken; null where it can, or is no such form.</returns>
    internal static async Task<int?> Check(HttpContext http, long mostTyped)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary) return null;
        // The form is then read from the same buffer, so that its files are not written once more.
        http.Request.EnableBuffering(BufferBytes);
        try
        {
            var reader = new MultipartReader(boundary.ToString(), http.Request.Body);
            var buffer = new byte[BufferBytes];
            var left = mostTyped;
            while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } part)
            {
                var isFile = part.GetContentDispositionHeader()?.IsFileDisposition() is true;
                while (await part.Body.ReadAsync(buffer, http.RequestAborted) is > 0 and var read)
                    if (!isFile && (left -= read) < 0) return StatusCodes.Status413PayloadTooLarge;
            }
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // Broken off, or no form at all.
            return StatusCodes.Status400BadRequest;
        }
        http.Request.Body.Position = 0;
        return null;
    }
}
