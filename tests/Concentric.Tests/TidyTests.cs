using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Concentric.Tests;

/// <summary>What the compiler does not check about the shape of the code.</summary>
public sealed partial class TidyTests
{
    [Fact]
    public void An_area_depends_on_the_core_and_on_no_other_area() =>
        Assert.Empty(
            from project in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            let name = Path.GetFileNameWithoutExtension(project)
            where name != "Concentric"
            from reference in XDocument.Load(project).Descendants("ProjectReference")
            let to = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)
            where name == "Concentric.Core" || to != "Concentric.Core"
            select $"{name} must not depend on {to}");

    [Fact]
    public void A_file_can_be_read_at_one_sitting() =>
        Assert.Empty(
            from file in Repository.Sources("*.cs").Concat(Repository.Sources("*.razor"))
            let lines = File.ReadLines(file).Count()
            where lines > 300
            select $"{Repository.Relative(file)} has {lines} lines");

    [Fact]
    public void A_table_is_named_after_the_area_that_owns_it() =>
        Assert.Empty(
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.sql", SearchOption.AllDirectories)
            let area = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), file).Split(Path.DirectorySeparatorChar)[0]["Concentric.".Length..]
            from line in File.ReadLines(file)
            where line.StartsWith("CREATE TABLE ", StringComparison.Ordinal) && !line.StartsWith($"CREATE TABLE {area.ToLowerInvariant()}_", StringComparison.Ordinal)
            select $"{Path.GetFileName(file)}: {line}");

    [Fact]
    public void A_question_between_areas_is_asked_seldom() =>
        Assert.True(typeof(Concentric.Core.IArea).Assembly.GetTypes().Count(t => t is { IsInterface: true, Namespace: "Concentric.Core.Questions" }) <= 6, "More than six questions between areas: the areas are cut wrong");

    [Fact]
    public void A_page_has_no_inline_script_or_style() =>
        Assert.Empty(
            from file in Repository.Sources("*.razor")
            from line in File.ReadLines(file).Index()
            where InlineScript.IsMatch(line.Item)
            select $"{Repository.Relative(file)}:{line.Index + 1} {line.Item.Trim()}");

    [Fact]
    public void Nothing_is_left_to_be_done_before_it_lands() =>
        Assert.Empty(
            from file in Repository.Sources("*.cs").Concat(Repository.Sources("*.razor"))
            where Path.GetFileName(file) != "TidyTests.cs"
            from line in File.ReadLines(file).Index()
            where Leftover.IsMatch(line.Item)
            select $"{Repository.Relative(file)}:{line.Index + 1} {line.Item.Trim()}");

    [Fact]
    public void No_class_is_called_after_having_no_place() =>
        Assert.Empty(
            from file in Repository.Sources("*.cs")
            where Homeless.IsMatch(Path.GetFileNameWithoutExtension(file))
            select Repository.Relative(file));

    // xlink and svg attributes have no style; a script element with a source is a file of ours.
    [GeneratedRegex("""<script(?![^>]*\bsrc=)|<style\b|\sstyle="|\son[a-z]+="|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript { get; }

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException|Assert\.True\(true\)")]
    private static partial Regex Leftover { get; }

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utilities|Common|Misc)$")]
    private static partial Regex Homeless { get; }
}
