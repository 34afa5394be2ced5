using System.CommandLine;
using System.Text.Json;
using Concentric.Core;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory.OpenReferral;
using Concentric.Needs.LinkedData;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Needs.Directory;

/// <summary><c>directory export DIR [--format oruk|jsonld|turtle]</c></summary>
internal static class DirectoryCommand
{
    public static void Add(CommandLine line)
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "The folder to write to. It is made where it is missing; files of the same names are replaced." };
        var format = new Option<string>("--format") { Description = "oruk (Open Referral UK 3.0, a file for each address of the feed), jsonld or turtle (one file).", DefaultValueFactory = _ => "oruk" };
        format.AcceptOnlyFromAmong("oruk", "jsonld", "turtle");
        var export = new Command("export", "Write the directory as files: what is offered, by whom and where.") { folder, format };
        export.SetAction(async (parse, stop) =>
        {
            var model = await line.Services.GetRequiredService<ModelCache>().Current(stop);
            var files = await Write(parse.GetRequiredValue(folder).FullName, parse.GetValue(format)!, model, OutsideAddress.Of(line.Services.GetRequiredService<Settings>()), stop);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{Say.Number(files)} {(files == 1 ? "file" : "files")} written.");
            return 0;
        });
        line.Group("directory", "The directory: what the council and its partners offer").Subcommands.Add(export);
    }

    /// <returns>How many files were written.</returns>
    internal static async Task<int> Write(string folder, string format, NeedModel model, OutsideAddress outside, CancellationToken stop)
    {
        System.IO.Directory.CreateDirectory(folder);
        if (format != "oruk")
        {
            await using var stream = File.Create(Path.Combine(folder, format == "jsonld" ? "directory.jsonld" : "directory.ttl"));
            var triples = new Describe(model, outside).OnlyDirectory();
            await (format == "jsonld" ? JsonLdWriter.Write(stream, triples, outside.Terms, stop) : ShowLinkedData.Turtle(stream, triples, outside.Terms));
            return 1;
        }
        var (feed, files) = (new Feed(model, outside), 0);
        await Put("index", Feed.Metadata);
        await PutAll("services", feed.Offers, feed.IdOf, feed.Short, feed.Full);
        await PutAll("service_at_locations", feed.OffersAtPlaces, p => feed.IdOf(p.Offer, p.Place), p => feed.Short(p.Offer, p.Place), p => feed.Full(p.Offer, p.Place));
        await PutAll("taxonomies", feed.Taxonomies, s => feed.IdOf(s.Uri), feed.Taxonomy, feed.Taxonomy);
        await PutAll("taxonomy_terms", feed.Terms, c => feed.IdOf(c.Uri), feed.Term, feed.Term);
        return files;

        async Task PutAll<T, TOut>(string name, IEnumerable<T> things, Func<T, Guid> id, Func<T, TOut> inList, Func<T, TOut> alone)
        {
            var all = things.ToList();
            await Put(name, new FeedPage<TOut>(all.Count, all.Count > 0 ? 1 : 0, 1, all.Count, true, true, all.Count == 0, [.. all.Select(inList)]));
            System.IO.Directory.CreateDirectory(Path.Combine(folder, name));
            foreach (var thing in all) await Put(Path.Combine(name, id(thing).ToString()), alone(thing));
        }

        async Task Put<T>(string name, T content)
        {
            await using var stream = File.Create(Path.Combine(folder, name + ".json"));
            await JsonSerializer.SerializeAsync(stream, content, FeedJson.Indented, stop);
            files++;
        }
    }
}
