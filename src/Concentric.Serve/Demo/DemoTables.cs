using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve.Demo;

/// <summary>The tables that Northmoor's forms look things up in: its bin rounds, counted from today, and a few invented addresses.</summary>
internal static partial class DemoTables
{
    private static readonly string[] Streets = ["Elm Road", "Mill Lane", "Station Road", "Chapel Street", "Moor View", "Park Avenue", "Church Walk", "Bridge Street"];

    public static async Task Seed(IServiceProvider services)
    {
        var (writer, now) = (services.GetRequiredService<IWriter>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConcentricDb>();
        var today = Say.DayOf(now);
        var rounds = Day.Replace(Library.Text("demo-rounds.csv"), m => today.AddDays(int.Parse(m.Groups[1].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (!await db.ReferenceTables.AnyAsync(t => t.Name == "rounds")) await Load(writer, "rounds", rounds, ["postcode", "bin"], now);
        if (!await db.ReferenceTables.AnyAsync(t => t.Name == Addresses.Table)) await Load(writer, Addresses.Table, AddressesOf(rounds), ["postcode"], now);
    }

    private static Task Load(IWriter writer, string table, string csv, IReadOnlyList<string> by, DateTimeOffset now) =>
        LoadReferenceTable.Load(writer, ReferenceFile.Read(table, Encoding.UTF8.GetBytes(csv), by), Actor.System, now);

    /// <summary>Eight addresses for each postcode that has rounds.</summary>
    private static string AddressesOf(string rounds)
    {
        var text = new StringBuilder("postcode,line1,line2,town,uprn\n");
        var postcodes = rounds.Split('\n').Skip(1).Select(l => l.Split(',')[0].Trim()).Where(p => p.Length > 0).Distinct().ToList();
        foreach (var (index, postcode) in postcodes.Index())
            for (var number = 1; number <= 15; number += 2)
                text.Append(CultureInfo.InvariantCulture, $"{postcode},{number} {Streets[index % Streets.Length]},,Northmoor,{100_000_000 + index * 100 + number}\n");
        return text.ToString();
    }

    [GeneratedRegex(@"\{([+-][0-9]+)\}")]
    private static partial Regex Day { get; }
}
