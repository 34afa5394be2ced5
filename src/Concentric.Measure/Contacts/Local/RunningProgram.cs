using System.Net.Http.Json;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Operations;
using Concentric.Measure.Boards;
using Concentric.Measure.Contacts.Asking;

namespace Concentric.Measure.Contacts.Local;

/// <summary>The program that serves on the same data, if there is one, as the command line reaches it.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly HttpClient _http;

    private RunningProgram(HttpClient http) => _http = http;

    /// <summary>The running program, or null where none answers on the data's socket.</summary>
    public static async Task<RunningProgram?> Find(Settings settings, CancellationToken stop) =>
        await LocalProgram.Find(settings, stop) is { } http ? new(http) : null;

    public void Dispose() => _http.Dispose();

    /// <exception cref="RefusedException">The program refused; the message says why.</exception>
    public async Task<ImportReport> Import(Stream file, string name, string map, string mapName, IProgress<ImportProgress> progress, CancellationToken stop)
    {
        using var body = new MultipartFormDataContent { { new StringContent(map), "map" }, { new StreamContent(file, 1 << 16), "file" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/local/contacts/import?name={Uri.EscapeDataString(name)}&mapName={Uri.EscapeDataString(mapName)}") { Content = body };
        return (await Lines(request, progress, stop)).Report!;
    }

    /// <exception cref="RefusedException">The program refused; the message says why.</exception>
    public async Task<RebuildReport> Rebuild(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/local/contacts/rebuild");
        return (await Lines(request, null, stop)).Rebuilt!;
    }

    /// <exception cref="RefusedException">The program refused; the message says why.</exception>
    public async Task<ContactAnswer> Query(ContactQuestion question, bool rounded, CancellationToken stop)
    {
        using var answer = await _http.PostAsJsonAsync($"/local/contacts/query?rounded={(rounded ? "true" : "false")}", question, LocalDoor.Json, stop);
        if (answer.IsSuccessStatusCode) return (await answer.Content.ReadFromJsonAsync<ContactAnswer>(LocalDoor.Json, stop))!;
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        throw new RefusedException(problem.TryGetProperty("detail", out var detail) ? detail.GetString()! : $"The running program answered {(int)answer.StatusCode}. Its log says more.");
    }

    /// <summary>The measures of a board, or one of them; null where there is no such.</summary>
    public async Task<MeasuresAnswer?> Measures(string? name, string? service, string? council, bool rounded, CancellationToken stop)
    {
        string Part(string key, string? value) => value is null ? "" : $"&{key}={Uri.EscapeDataString(value)}";
        using var answer = await _http.GetAsync($"/local/measures?rounded={(rounded ? "true" : "false")}{Part("name", name)}{Part("service", service)}{Part("council", council)}", stop);
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound) return null;
        if (!answer.IsSuccessStatusCode) throw new RefusedException($"The running program answered {(int)answer.StatusCode}. Its log says more.");
        return await answer.Content.ReadFromJsonAsync<MeasuresAnswer>(LocalDoor.Json, stop);
    }

    private async Task<LocalLine> Lines(HttpRequestMessage request, IProgress<ImportProgress>? progress, CancellationToken stop)
    {
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        if (!answer.IsSuccessStatusCode) throw new RefusedException($"The running program answered {(int)answer.StatusCode}. Its log says more.");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop));
        while (await reader.ReadLineAsync(stop) is { } text)
        {
            var line = JsonSerializer.Deserialize<LocalLine>(text, LocalDoor.Json)!;
            if (line.Progress is { } step) progress?.Report(step);
            else if (line.Refused is { } why) throw new RefusedException(why);
            else return line;
        }
        throw new RefusedException("The running program stopped before it had finished. Start it again and repeat the command: nothing is counted twice.");
    }
}
