using System.CommandLine;
using System.Text;
using Concentric.Core;

namespace Concentric.Serve;

/// <summary>Files and folders that a command was given, each holding one form or one process.</summary>
/// <param name="what">What a file holds, as messages call it.</param>
internal sealed class GivenFiles(string what)
{
    private const long MostBytes = 20_000_000;

    /// <summary>The files in their order; of a folder, those with one of the endings.</summary>
    public static IEnumerable<string> Of(IEnumerable<string> given, params string[] endings) =>
        given.SelectMany(path => Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(f => endings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)
            : (IEnumerable<string>)[path]);

    public async Task<string> Text(string path, CancellationToken stop)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new RefusedException($"There is no file {path}.");
        if (file.Length > MostBytes) throw new RefusedException($"{file.Name} is larger than {MostBytes / 1_000_000} MB; no {what} is.");
        try
        {
            return await File.ReadAllTextAsync(path, new UTF8Encoding(false, throwOnInvalidBytes: true), stop);
        }
        catch (Exception e) when (e is DecoderFallbackException or IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(e is DecoderFallbackException ? $"{file.Name} is not text in UTF-8." : $"{file.Name} cannot be read: {e.Message}");
        }
    }

    public static async Task WriteNew(DirectoryInfo folder, string id, string json, CancellationToken stop)
    {
        folder.Create();
        var path = Path.Combine(folder.FullName, $"{id}.json");
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            await file.WriteAsync(Encoding.UTF8.GetBytes(json), stop);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new RefusedException($"{path} is there already and was not overwritten. Give another folder, or another name to the file.");
        }
    }

    /// <summary>The command <c>check</c>: says of each file what is wrong with it.</summary>
    public Command Check(string files, string description, Func<string, IEnumerable<string>> problemsOf)
    {
        var given = new Argument<string[]>("FILE") { Description = files, Arity = ArgumentArity.OneOrMore };
        var check = new Command("check", description) { given };
        check.SetAction(async (parse, stop) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var wrong = 0;
            foreach (var file in Of(parse.GetRequiredValue(given), ".json"))
            {
                IReadOnlyList<string> problems;
                try
                {
                    problems = [.. problemsOf(await Text(file, stop))];
                }
                catch (RefusedException e)
                {
                    problems = [e.Message];
                }
                if (problems.Count > 0) wrong++;
                await output.WriteLineAsync(problems.Count == 0 ? $"{file}: nothing is wrong." : $"{file}:\n{string.Join('\n', problems.Select(p => $"  {p}"))}");
            }
            return wrong == 0 ? 0 : 1;
        });
        return check;
    }
}
