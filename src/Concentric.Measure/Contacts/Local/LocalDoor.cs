using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Journal;
using Concentric.Core.Operations;
using Concentric.Core.Web;
using Concentric.Measure.FormUse;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Concentric.Measure.Contacts.Local;

/// <summary>One line of the answer to a long piece of work: how far it has come, or how it ended.</summary>
/// <param name="Progress">How far the work has come.</param>
/// <param name="Report">Its end, as the command prints it.</param>
/// <param name="Refused">Why it was not done, in words for whoever asked.</param>
public sealed record LocalLine(ImportProgress? Progress = null, ImportReport? Report = null, RebuildReport? Rebuilt = null, string? Refused = null);

/// <summary>
/// One process owns the contact store. While the program serves, the command line of the same machine hands its work in
/// here, over a socket that only the owner of the data can open, and reads a line of JSON for each step.
/// </summary>
internal static class LocalDoor
{
    public static void Map(IEndpointRouteBuilder local)
    {
        // A file of millions of rows is what this door is for; who may knock is decided by the socket's file.
        local.MapPost("/contacts/import", Import).For(Audience.LocalSocket).WithMetadata(new NoSizeLimit());
        local.MapPost("/contacts/rebuild", Rebuild).For(Audience.LocalSocket);
    }

    /// <summary>The body has two parts: the mapping as JSON, which the command line read, so that a path means what it means where it was typed; then the file.</summary>
    private static Task Import(string name, string mapName, HttpContext http, ContactImport import) => Lines(http, async line =>
    {
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        // The import reads as it needs, on a thread of its own.
        if (http.Features.Get<IHttpBodyControlFeature>() is { } control) control.AllowSynchronousIO = true;
        var reader = new MultipartReader(MediaTypeHeaderValue.Parse(http.Request.ContentType).Boundary.Value!.Trim('"'), http.Request.Body);
        var map = await reader.ReadNextSectionAsync(http.RequestAborted) ?? throw new RefusedException("The mapping was not sent.");
        var mapping = Mapping.Parse(await map.ReadAsStringAsync(http.RequestAborted), mapName);
        var file = await reader.ReadNextSectionAsync(http.RequestAborted) ?? throw new RefusedException("The file was not sent.");
        var progress = new Steps(step => line(new(Progress: step)));
        var report = await import.Run(file.Body, name, mapping, Actor.System, progress, stop: http.RequestAborted);
        await progress.Settled();
        return new(Report: report);
    });

    private static Task Rebuild(HttpContext http, Projector projector, FormUseReader forms) =>
        Lines(http, async _ => new(Rebuilt: await RebuildCommand.Rebuild(projector, forms, http.RequestAborted)));

    private static async Task Lines(HttpContext http, Func<Func<LocalLine, Task>, Task<LocalLine>> work)
    {
        http.Response.ContentType = "application/x-ndjson; charset=utf-8";
        async Task Write(LocalLine line)
        {
            await http.Response.WriteAsync(JsonSerializer.Serialize(line, Json) + "\n");
            await http.Response.Body.FlushAsync();
        }
        LocalLine last;
        try
        {
            last = await work(Write);
        }
        catch (Exception e) when (e is RefusedException or ImportRefusedException or MappingException or ContactStoreException)
        {
            last = new(Refused: e.Message);
        }
        await Write(last);
    }

    /// <summary>As both ends write and read the lines: one a line, so not indented.</summary>
    internal static JsonSerializerOptions Json { get; } = new(JsonOption.Format) { WriteIndented = false };

    private sealed class NoSizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => null;
    }

    /// <summary>Hands steps on one after the other, and drops those that come faster than they can be sent.</summary>
    private sealed class Steps(Func<ImportProgress, Task> send) : IProgress<ImportProgress>
    {
        private Task _sending = Task.CompletedTask;

        public void Report(ImportProgress value)
        {
            if (_sending.IsCompleted) _sending = send(value);
        }

        public Task Settled() => _sending;
    }
}
