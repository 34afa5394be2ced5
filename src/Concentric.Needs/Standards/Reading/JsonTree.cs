using System.Text;
using System.Text.Json;

namespace Concentric.Needs.Standards.Reading;

/// <summary>A value of a JSON file that knows at which byte it begins.</summary>
internal sealed class JsonTree
{
    private const int Deepest = 64;
    private const int MostValues = 5_000_000;

    private static readonly List<(string Name, JsonTree Value)> NoMembers = [];
    private static readonly List<JsonTree> NoItems = [];

    private readonly List<(string Name, JsonTree Value)> _members;
    private readonly List<JsonTree> _items;

    private JsonTree(JsonTokenType kind, string? text, long at)
    {
        (Kind, Text, At) = (kind, text, at);
        _members = IsObject ? [] : NoMembers;
        _items = IsArray ? [] : NoItems;
    }

    /// <summary>StartObject, StartArray, String, Number, True, False or Null.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>The text of a string, and a number, true or false as written; null for the rest.</summary>
    public string? Text { get; }
    public long At { get; }
    public IReadOnlyList<(string Name, JsonTree Value)> Members => _members;
    public IReadOnlyList<JsonTree> Items => _items;
    public bool IsObject => Kind == JsonTokenType.StartObject;
    public bool IsArray => Kind == JsonTokenType.StartArray;

    /// <summary>The member of that name; null where there is none or it is JSON's null.</summary>
    public JsonTree? this[string name] => _members.Find(m => m.Name == name).Value is { Kind: not JsonTokenType.Null } value ? value : null;

    /// <summary>The items of an array; a value that stands alone is the only item, as many publishers write.</summary>
    public IReadOnlyList<JsonTree> Several => IsArray ? _items : [this];

    /// <summary>The text of a member, without blanks around it; null where it is not there, empty, or an object or array.</summary>
    public string? TextOf(params string[] names) => names.Select(n => this[n]?.Text?.Trim()).FirstOrDefault(t => t is { Length: > 0 });

    /// <exception cref="BadFileException">It is not JSON, too deep, too much, or has a name twice in one object.</exception>
    public static JsonTree Read(SourceText source)
    {
        var reader = new Utf8JsonReader(source.Bytes, new JsonReaderOptions { MaxDepth = Deepest, CommentHandling = JsonCommentHandling.Disallow });
        try
        {
            reader.Read();
            var count = 0;
            var root = Value(ref reader, source, ref count);
            reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            // The reader counts bytes into the line.
            var line = (int)(e.LineNumber ?? 0);
            throw source.Bad(source.OfByte(LineStart(source.Bytes, line) + (e.BytePositionInLine ?? 0)), $"this is not well-formed JSON: {Reason(e.Message)}");
        }
        catch (InvalidOperationException)
        {
            throw source.Bad(source.OfByte(reader.TokenStartIndex), "a text here is not in order: it has half of a pair of \\u escapes, or bytes that are not UTF-8.");
        }
    }

    // Depth is bounded by the reader.
    private static JsonTree Value(ref Utf8JsonReader reader, SourceText source, ref int count)
    {
        if (++count > MostValues) throw source.Bad(source.OfByte(reader.TokenStartIndex), "the file has more values than any list.");
        var at = reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var holder = new JsonTree(reader.TokenType, null, at);
                var names = new HashSet<string>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    if (!names.Add(name)) throw source.Bad(source.OfByte(reader.TokenStartIndex), $"the name “{ListDraft.Short(name)}” is in this object twice.");
                    reader.Read();
                    holder._members.Add((name, Value(ref reader, source, ref count)));
                }
                return holder;
            case JsonTokenType.StartArray:
                var array = new JsonTree(reader.TokenType, null, at);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) array._items.Add(Value(ref reader, source, ref count));
                return array;
            case JsonTokenType.String:
                return new(reader.TokenType, reader.GetString(), at);
            case JsonTokenType.Null:
                return new(reader.TokenType, null, at);
            default:
                return new(reader.TokenType, Encoding.UTF8.GetString(reader.ValueSpan), at);
        }
    }

    private static int LineStart(byte[] bytes, int line)
    {
        var at = 0;
        for (; line > 0; line--) at += bytes.AsSpan(at).IndexOf((byte)'\n') + 1;
        return at;
    }

    // The place is said in our own way.
    private static string Reason(string message) => message.IndexOf(" LineNumber", StringComparison.Ordinal) is var end and > 0 ? message[..end] : message;

    public override string ToString() => Text ?? Kind.ToString();
}
