using System.Reflection;
using System.Text.RegularExpressions;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Measure.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Docs;

/// <summary>The names of the code that a page may use: types and their members, tables, routes, commands, kinds of facts and files.</summary>
internal sealed partial class CodeNames
{
    private readonly ILookup<string, Type> _types;
    private readonly HashSet<string> _others;

    public CodeNames(IServiceProvider services)
    {
        _types = TestDatabase.Areas.SelectMany(a => a.GetType().Assembly.GetTypes()).Where(t => !t.Name.Contains('<', StringComparison.Ordinal)).ToLookup(t => t.Name.Split('`')[0]);
        using var scope = services.CreateScope();
        Tables = [.. scope.ServiceProvider.GetRequiredService<ConcentricDb>().Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct()];
        _others =
        [
            .. Tables,
            .. StoreTable.Matches(StoreTables.Create).Select(m => m.Groups[1].Value),
            .. RoutesReference.Routes(services).Select(RoutesReference.Pattern),
            .. CliReference.Leaves(CliReference.Root).Select(c => c.Words),
            .. FactsReference.Facts.Select(Journal.KindOf),
        ];
    }

    /// <summary>Tables of the operational database.</summary>
    public IReadOnlyList<string> Tables { get; }

    public bool Has(string name) => _others.Contains(name) || IsFile(name) || (name.Split('.') is [var type, .. var rest] && _types[type].Any(t => IsMember(t, rest)));

    private static bool IsFile(string name) => name.Contains('/', StringComparison.Ordinal) && name[0] != '/' && Path.Exists(Path.Combine(Repository.Root, name));

    private static bool IsMember(Type type, string[] rest) => rest switch
    {
        [] => true,
        [var member] => type.GetMember(member, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance).Length > 0,
        _ => false,
    };

    [GeneratedRegex(@"CREATE TABLE (\w+)")]
    private static partial Regex StoreTable { get; }
}
