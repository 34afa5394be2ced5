using System.Security.Cryptography;
using System.Text.Json;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Serve.Intake;

/// <summary>The JSON object of a request, read field by field, so that each mistake is told by the name of its field.</summary>
internal sealed class SentJson
{
    /// <summary>Bytes of one body. 4,000 characters, each of them escaped, are 24,000.</summary>
    public const int MostBytes = 65_536;

    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _wrong = new(StringComparer.Ordinal);

    /// <summary>SHA-256 of the body, hexadecimal.</summary>
    public required string Digest { get; init; }

    public bool Any => _wrong.Count > 0;

    /// <summary>The body as fields, or what is wrong with it as a whole.</summary>
    /// <param name="known">Names that the object may have; any other is told as a mistake.</param>
    public static async Task<(SentJson? Json, ProblemHttpResult? Problem)> Read(HttpRequest request, IReadOnlyCollection<string> known, CancellationToken stop, params IReadOnlyCollection<string> types)
    {
        if (!types.Contains(request.ContentType?.Split(';')[0].Trim().ToLowerInvariant()))
            return (null, Problem(StatusCodes.Status415UnsupportedMediaType, "The body must be JSON", $"Send it with Content-Type: {types.First()}."));
        if (request.ContentLength > MostBytes || await Bytes(request.Body, stop) is not { } bytes)
            return (null, Problem(StatusCodes.Status413PayloadTooLarge, "The body is too large", $"Send at most {MostBytes:N0} bytes."));
        try
        {
            using var document = JsonDocument.Parse(bytes, new() { MaxDepth = 4 });
            if (document.RootElement.ValueKind != JsonValueKind.Object) return (null, NotJson());
            var json = new SentJson { Digest = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
            foreach (var field in document.RootElement.EnumerateObject())
            {
                // A name with half a sign in it cannot be read, so it cannot be told either.
                if (!known.Contains(field.Name)) json.Refuse(Fields.Tidy(field.Name), "There is no such field");
                else if (!json._fields.TryAdd(field.Name, field.Value.Clone())) json.Refuse(field.Name, "It is there twice");
            }
            return (json, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, NotJson());
        }
    }

    /// <summary>What was sent as text, tidied; null where nothing was, or it is no text.</summary>
    public string? Text(string name, int most)
    {
        if (!_fields.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String)
        {
            Refuse(name, "It must be text");
            return null;
        }
        try
        {
            var text = Fields.Tidy(value.GetString()!);
            Check(name, text.Length <= most, $"It must be {most:N0} characters or fewer");
            return text.Length == 0 ? null : text;
        }
        catch (InvalidOperationException)
        {
            Refuse(name, "There are half signs in it: it is not valid Unicode");
            return null;
        }
    }

    /// <summary>What was sent as true or false; null where nothing was.</summary>
    public bool? Truth(string name)
    {
        if (!_fields.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        Check(name, value.ValueKind is JsonValueKind.True or JsonValueKind.False, "It must be true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>Tells that it is wrong, unless the rule holds or another rule was broken before.</summary>
    public void Check(string name, bool rule, string message)
    {
        if (!rule) _wrong.TryAdd(name, message);
    }

    /// <summary>All that is wrong, by field.</summary>
    public ProblemHttpResult Wrong() => TypedResults.Problem(new HttpValidationProblemDetails(_wrong.ToDictionary(w => w.Key, w => (string[])[w.Value]))
    {
        Status = StatusCodes.Status422UnprocessableEntity, Title = "Some fields are wrong", Detail = "Nothing was kept. “errors” says of each field what to put right.",
    });

    public static ProblemHttpResult Problem(int status, string title, string detail) => TypedResults.Problem(detail, statusCode: status, title: title);

    private static ProblemHttpResult NotJson() => Problem(StatusCodes.Status400BadRequest, "The body is not a JSON object", "Send one JSON object in UTF-8, with text, true or false in each field.");

    private void Refuse(string name, string message) => _wrong.TryAdd(name.Length <= 100 ? name : name[..100], message);

    private static async Task<byte[]?> Bytes(Stream body, CancellationToken stop)
    {
        using var all = new MemoryStream();
        var buffer = new byte[8192];
        while (await body.ReadAsync(buffer, stop) is > 0 and var read)
        {
            if (all.Length + read > MostBytes) return null;
            all.Write(buffer, 0, read);
        }
        return all.ToArray();
    }
}
