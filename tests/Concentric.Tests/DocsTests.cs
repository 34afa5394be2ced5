using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Concentric.Core;
using Concentric.Tests.Docs;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests;

/// <summary>The documentation says what the code does: reference pages are made from it, names in the glossary are its names, links lead somewhere.</summary>
public sealed partial class DocsTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Variables of those who work on the program; everybody else's are <see cref="Settings.All"/>.</summary>
    private static readonly string[] ForEngineers = ["CONCENTRIC_ACCEPT", "CONCENTRIC_SHARED", "CONCENTRIC_SHOTS", "CONCENTRIC_TEST_POSTGRES", "CONCENTRIC_TEST_WHOLE"];

    [Fact]
    public void The_page_of_the_command_line_is_what_the_commands_say() => Committed.Is("docs/reference/cli.md", CliReference.Make());

    [Fact]
    public void The_page_of_the_settings_is_what_the_code_reads() => Committed.Is("docs/reference/settings.md", SettingsReference.Make());

    [Fact]
    public void The_page_of_the_facts_is_what_the_journal_can_hold() => Committed.Is("docs/reference/facts.md", FactsReference.Make());

    [Fact]
    public void The_page_of_the_contacts_query_has_the_names_that_are_understood() => Committed.Is("docs/reference/contacts-query.md", ContactsQueryReference.Make());

    [Fact]
    public void The_page_of_the_routes_is_what_the_program_answers()
    {
        using var app = new TestApp();
        Committed.Is("docs/reference/routes.md", RoutesReference.Make(app.Services));
    }

    [Fact]
    public async Task The_description_of_the_api_is_what_the_program_serves()
    {
        using var app = new TestApp();
        var served = JsonNode.Parse(await app.Browse().Http.GetStringAsync("/api/v1/openapi.json"))!.AsObject();
        Assert.StartsWith("3.1", (string)served["openapi"]!, StringComparison.Ordinal);
        // The address by which it happened to be asked for.
        served.Remove("servers");

        Committed.Is("docs/reference/openapi.json", served.ToJsonString(Readable));
    }

    [Fact]
    public void Every_link_leads_somewhere() => Assert.Empty(Page.All.SelectMany(p => p.BrokenLinks));

    [Fact]
    public void Every_page_that_the_code_points_to_is_there() =>
        Assert.Empty(
            from file in Repository.Sources("*.cs").Concat(Repository.Sources("*.razor")).Concat(Repository.Sources("*.csproj")).Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "bin")))
            from page in NamedPage.Matches(File.ReadAllText(file)).Select(m => m.Value).Distinct()
            where !File.Exists(Path.Combine(Repository.Root, page))
            select $"{Repository.Relative(file)}: {page}");

    [Fact]
    public void Every_decision_is_listed()
    {
        var listed = File.ReadAllText(Path.Combine(Repository.Root, "docs/decisions/README.md"));
        var decisions = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs/decisions"), "0*.md").Select(f => Path.GetFileName(f)).ToList();

        Assert.NotEmpty(decisions);
        Assert.Empty(from decision in decisions where !listed.Contains($"]({decision})", StringComparison.Ordinal) select decision);
    }

    [Fact]
    public void Every_decision_says_why_and_what_follows_on_one_page() =>
        Assert.Empty(
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs/decisions"), "0*.md")
            let text = File.ReadAllText(file)
            where !text.Contains("\n## Context\n", StringComparison.Ordinal) || !text.Contains("\n## Decision\n", StringComparison.Ordinal) || !text.Contains("\n## Consequences\n", StringComparison.Ordinal) || text.Split('\n').Length > 60
            select Path.GetFileName(file));

    [Fact]
    public void Every_variable_that_is_read_is_documented()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/reference/settings.md"));
        // bench hands variables of its own to a shell that it starts.
        var read = (from file in Repository.Sources("*.cs").Where(f => !Repository.Relative(f).StartsWith("bench", StringComparison.Ordinal)).Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "bin")))
                    from name in Variable.Matches(File.ReadAllText(file)).Select(m => m.Value)
                    select name).Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.Contains("CONCENTRIC_DATA", read);
        Assert.Empty(from name in read where !page.Contains($"`{name}`", StringComparison.Ordinal) select name);
        Assert.Empty(read.Except(Settings.All.Select(s => s.Variable)).Except(ForEngineers));
    }

    [Fact]
    public void The_documentation_names_no_machine() =>
        Assert.Empty(
            from page in Page.All
            from line in page.Text.Split('\n').Index()
            where MachinePath.IsMatch(line.Item)
            select $"{page.Name}:{line.Index + 1} {line.Item.Trim()}");

    [Fact]
    public void The_first_page_is_one_screen_with_the_two_commands_and_a_picture()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        Assert.InRange(readme.Split('\n').Length, 1, 45);
        Assert.Equal(["bin/dev", "bin/test"], Regex.Matches(readme, @"^    (\S+)", RegexOptions.Multiline).Select(m => m.Groups[1].Value));
        Assert.Contains("](docs/images/", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void How_it_works_is_short_and_has_one_diagram()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/how-it-works.md"));

        Assert.InRange(page.Split('\n').Length, 1, 120);
        Assert.Single(Regex.Matches(page, "^```mermaid$", RegexOptions.Multiline));
    }

    [Fact]
    public void Every_name_in_the_glossary_is_a_name_of_the_code()
    {
        using var app = new TestApp();
        var names = new CodeNames(app.Services);

        var entries = Glossary.Entries;

        Assert.True(entries.Count > 50, $"Only {entries.Count} words were read.");
        Assert.Empty(from entry in entries from name in entry.Names where !names.Has(name) select $"{entry.Word}: {name}");
    }

    [Fact]
    public void The_glossary_is_in_order_and_no_word_stands_twice()
    {
        var words = Glossary.Entries.Select(e => e.Word).ToList();

        Assert.Equal(words.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase), words);
    }

    [Fact]
    public void Every_table_stands_in_the_glossary()
    {
        using var app = new TestApp();
        var named = Glossary.Entries.SelectMany(e => e.Names);

        Assert.Empty(new CodeNames(app.Services).Tables.Except(named));
    }

    [Fact]
    public void Every_test_that_a_page_names_is_there()
    {
        var tests = typeof(DocsTests).Assembly.GetTypes().Select(t => t.Name).ToHashSet();
        var named = Page.All.SelectMany(p => NamedTests.Matches(p.Text).Select(m => (p.Name, Test: m.Groups[1].Value))).ToList();

        Assert.NotEmpty(named);
        Assert.Empty(from page in named where !tests.Contains(page.Test) select page);
    }

    [GeneratedRegex(@"`(\w+Tests)`")]
    private static partial Regex NamedTests { get; }

    [GeneratedRegex(@"\bdocs/[\w/-]+\.(md|json)\b")]
    private static partial Regex NamedPage { get; }

    [GeneratedRegex(@"\bCONCENTRIC_[A-Z][A-Z_]*[A-Z]\b")]
    private static partial Regex Variable { get; }

    [GeneratedRegex(@"(?<![\w.])/(work|home|root|tmp|mnt|Users)/|\.\./shared|\b[A-Z]:\\")]
    private static partial Regex MachinePath { get; }
}
