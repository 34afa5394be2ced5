using Concentric.Serve.Citizens;
using Concentric.Serve.Messages;

namespace Concentric.Tests.Serve.Messages;

[Trait("Database", "none")]
public sealed class HowToReachTests
{
    [Theory]
    [InlineData("ada@example.com", "07700 900123", null, MessageChannel.Email, "ada@example.com")]
    [InlineData("ada@example.com", "07700 900123", "email", MessageChannel.Email, "ada@example.com")]
    [InlineData("ada@example.com", "+44 7700 900123", "text-message", MessageChannel.Text, "07700900123")]
    [InlineData("ada@example.com", "0113 496 0000", "text-message", MessageChannel.Email, "ada@example.com")]
    [InlineData("", "07700 900123", null, MessageChannel.Text, "07700900123")]
    [InlineData(null, "07700 900123", "email", MessageChannel.Text, "07700900123")]
    [InlineData("not an address", "0044 7700 900123", "web", MessageChannel.Text, "07700900123")]
    [InlineData(null, "07624 900123", null, MessageChannel.Text, "07624900123")]
    public void Somebody_is_written_to_as_they_like_best_where_that_is_possible(string? email, string? phone, string? preferred, MessageChannel channel, string to) =>
        Assert.Equal(new Reach(channel, to), HowToReach.Of(email, phone, new(preferred, [])));

    [Theory]
    [InlineData("", "", null)]
    [InlineData(null, "0113 496 0000", null)]
    [InlineData(null, "07012 345678", null)]
    [InlineData(null, "07612 345678", null)]
    [InlineData("ada@example.com", "07700 900123", "post")]
    [InlineData("ada@example.com", "07700 900123", "phone")]
    [InlineData("ada@example.com\nBcc: eve@example.com", null, null)]
    public void Nobody_is_written_to_who_cannot_be_or_does_not_want_to(string? email, string? phone, string? preferred) =>
        Assert.Null(HowToReach.Of(email, phone, new(preferred, [])));

    [Fact]
    public void By_what_they_said_that_we_may_not_they_are_not_written_to_whatever_they_like_best()
    {
        const string email = "ada@example.com", mobile = "07700 900123";
        Assert.Equal(MessageChannel.Text, HowToReach.Of(email, mobile, new(null, ["email"]))!.Channel);
        Assert.Equal(MessageChannel.Text, HowToReach.Of(email, mobile, new("email", ["email", "phone"]))!.Channel);
        Assert.Equal(MessageChannel.Email, HowToReach.Of(email, mobile, new("text-message", ["text-message"]))!.Channel);
        Assert.Null(HowToReach.Of(email, mobile, new(null, ["email", "text-message"])));
        Assert.Equal(MessageChannel.Email, HowToReach.Of(email, mobile, Wishes.None)!.Channel);
    }
}
