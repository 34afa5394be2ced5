using System.Text.RegularExpressions;

namespace Concentric.Needs.Standards.Reading;

/// <summary>Addresses joined as RFC 3986, section 5.2, says, letter by letter: <see cref="Uri"/> would write some of them another way.</summary>
internal static partial class Iri
{
    public static bool IsAbsolute(string iri) => Parts.Match(iri).Groups["scheme"].Success;

    public static string Resolve(string basis, string reference)
    {
        var r = Parts.Match(reference);
        if (r.Groups["scheme"].Success) return r.Groups["scheme"].Value + ":" + Authority(r) + WithoutDots(r.Groups["path"].Value) + Query(r) + Fragment(r);
        var b = Parts.Match(basis);
        var scheme = b.Groups["scheme"].Value + ":";
        if (r.Groups["authority"].Success) return scheme + Authority(r) + WithoutDots(r.Groups["path"].Value) + Query(r) + Fragment(r);
        var path = r.Groups["path"].Value;
        if (path.Length == 0) return scheme + Authority(b) + b.Groups["path"].Value + (r.Groups["query"].Success ? Query(r) : Query(b)) + Fragment(r);
        return scheme + Authority(b) + WithoutDots(path[0] == '/' ? path : Merged(b, path)) + Query(r) + Fragment(r);
    }

    private static string Merged(Match basis, string path)
    {
        var before = basis.Groups["path"].Value;
        return before.Length == 0 && basis.Groups["authority"].Success ? "/" + path : before[..(before.LastIndexOf('/') + 1)] + path;
    }

    // Section 5.2.4.
    private static string WithoutDots(string path)
    {
        if (!path.Contains('.', StringComparison.Ordinal)) return path;
        var output = new List<string>();
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var last = i == segments.Length - 1;
            if (segments[i] == "..")
            {
                if (output.Count > 1 || (output.Count == 1 && output[0].Length > 0)) output.RemoveAt(output.Count - 1);
                if (last) output.Add("");
            }
            else if (segments[i] != ".") output.Add(segments[i]);
            else if (last) output.Add("");
        }
        return string.Join('/', output);
    }

    private static string Authority(Match m) => m.Groups["authority"].Success ? "//" + m.Groups["authority"].Value : "";

    private static string Query(Match m) => m.Groups["query"].Success ? "?" + m.Groups["query"].Value : "";

    private static string Fragment(Match m) => m.Groups["fragment"].Success ? "#" + m.Groups["fragment"].Value : "";

    // RFC 3986, appendix B.
    [GeneratedRegex(@"\A(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?://(?<authority>[^/?#]*))?(?<path>[^?#]*)(?:\?(?<query>[^#]*))?(?:#(?<fragment>.*))?\z", RegexOptions.Singleline)]
    private static partial Regex Parts { get; }
}
