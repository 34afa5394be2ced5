using System.Text.Json;

namespace Concentric.Tests.Needs;

public sealed class CircleCommandTests
{
    [Fact]
    public async Task The_circle_can_be_had_from_the_command_line()
    {
        await using var database = await NeedsDatabase.Create();

        var (ok, text, _) = await NeedsCommand.Run(database, "needs", "circle", "lost-my-job");
        var (_, json, _) = await NeedsCommand.Run(database, "needs", "circle", "lost-my-job", "--json");
        var (bad, _, error) = await NeedsCommand.Run(database, "needs", "circle", "nothing");

        Assert.Equal((0, 1), (ok, bad));
        Assert.Contains("Help with council tax (high)", text, StringComparison.Ordinal);
        Assert.Equal("high", JsonDocument.Parse(json).RootElement.GetProperty("needs")[0].GetProperty("strength").GetString());
        Assert.Contains("lost-my-job", error, StringComparison.Ordinal);
    }
}
