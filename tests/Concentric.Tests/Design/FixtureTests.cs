using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Concentric.Tests.Design;

/// <summary>Our components make the HTML that the examples of the govuk-frontend package ask for.</summary>
[Trait("Database", "none")]
public sealed class FixtureTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Ours =>
        Fixture.All.Where(f => Adapter.All.ContainsKey(f.Component)).Select(f => new TheoryDataRow<string, string>(f.Component, f.Name));

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task A_component_makes_what_the_design_system_asks_for_unless_listed(string component, string example)
    {
        var fixture = Fixture.All.Single(f => f.Component == component && f.Name == example);
        var expected = Fixture.Shape(fixture.Html);

        var actual = await Made(fixture);

        if (NotSupported.Examples.GetValueOrDefault(component)?.ContainsKey(example) is true)
            Assert.False(expected == actual, $"{component}, “{example}” passes now: take it out of NotSupported.cs.");
        else Assert.Equal(expected, actual);
    }

    [Fact]
    public void Every_component_of_the_package_is_ours_or_listed_and_nothing_else_is_listed()
    {
        var all = Fixture.All.Select(f => f.Component).ToHashSet();

        Assert.DoesNotContain(all, c => Adapter.All.ContainsKey(c) == NotSupported.Components.ContainsKey(c));
        Assert.Empty(NotSupported.Components.Keys.Except(all));
        Assert.Empty(Adapter.All.Keys.Except(all));
    }

    [Fact]
    public void Every_example_listed_is_an_example_of_the_package_and_has_a_reason()
    {
        var listed = NotSupported.Examples.SelectMany(c => c.Value.Select(e => (Component: c.Key, Example: e.Key, Reason: e.Value))).ToList();

        Assert.Empty(listed.Select(l => (l.Component, l.Example)).Except(Fixture.All.Select(f => (f.Component, f.Name))));
        Assert.DoesNotContain(listed, l => string.IsNullOrWhiteSpace(l.Reason));
        Assert.DoesNotContain(NotSupported.Components, c => string.IsNullOrWhiteSpace(c.Value));
    }

    [Fact]
    public void No_two_examples_of_a_component_have_one_name() =>
        Assert.Empty(Fixture.All.GroupBy(f => (f.Component, f.Name)).Where(g => g.Count() > 1).Select(g => g.Key));

    /// <summary>The shape of what our component makes of an example; of an error when it refuses.</summary>
    private static async Task<string> Made(Fixture fixture)
    {
        var adapter = Adapter.All[fixture.Component];
        await using var renderer = new HtmlRenderer(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance);
        try
        {
            return Fixture.Shape(await renderer.Dispatcher.InvokeAsync(async () =>
                (await renderer.RenderComponentAsync(adapter.Component, ParameterView.FromDictionary(adapter.Parameters(fixture.Options)))).ToHtmlString()));
        }
        catch (InvalidOperationException refusal)
        {
            return refusal.Message;
        }
    }
}
