using System.Text;
using Concentric.Needs.LinkedData;
using Concentric.Needs.Standards.Reading;

namespace Concentric.Tests.Needs.LinkedData;

/// <summary>Reads back what the writers write with the program's own readers, which <c>TurtleTests</c> and <c>SkosTests</c> hold against the recommendations.</summary>
internal static class RdfText
{
    public static HashSet<Triple> Turtle(string text) => [.. new TurtleReader(Source(text)).Read()];

    public static HashSet<Triple> JsonLd(string text) => [.. new JsonLd(Source(text)).Read(JsonTree.Read(Source(text)))];

    private static SourceText Source(string text) => SourceText.Of(Encoding.UTF8.GetBytes(text), "export");
}
