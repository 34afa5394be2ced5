using Concentric.Serve.Attachments;
using Microsoft.Extensions.Logging.Abstractions;

namespace Concentric.Tests.Serve.Attachments;

[Trait("Database", "none")]
public sealed class VirusScannerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(65536)]
    [InlineData(200_001)]
    public async Task The_scanner_gets_the_file_as_it_is_in_chunks(int size)
    {
        using var stub = new StubScanner();
        var bytes = new byte[size];
        new System.Random(1).NextBytes(bytes);

        Assert.Equal(ScanAnswer.Clean, await Scan(stub, bytes));

        Assert.Equal(bytes, stub.Got);
    }

    [Fact]
    public async Task The_test_sign_of_scanners_is_found_over_a_socket_file_too()
    {
        var path = Path.Combine(Path.GetTempPath(), $"clamd-{Environment.ProcessId}.sock");
        try
        {
            using var stub = new StubScanner(path);

            Assert.Equal(ScanAnswer.Found, await Scan(stub, Made.Utf8(StubScanner.Eicar)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(StubMood.Slow, ScanAnswer.Away)]
    [InlineData(StubMood.HangsUp, ScanAnswer.Away)]
    [InlineData(StubMood.HangsUpInTheMiddle, ScanAnswer.Away)]
    [InlineData(StubMood.HalfAnswer, ScanAnswer.Away)]
    [InlineData(StubMood.Rubbish, ScanAnswer.Unclear)]
    public async Task Without_a_whole_answer_nothing_is_known_of_the_file(StubMood mood, ScanAnswer answer)
    {
        using var stub = new StubScanner { Mood = mood };

        Assert.Equal(answer, await Scan(stub, new byte[300_000]));
    }

    [Fact]
    public async Task A_file_too_large_for_the_scanner_is_not_called_clean()
    {
        using var stub = new StubScanner { Mood = StubMood.TooLarge };

        // Its answer may be lost with the connection, as the kernel will have it.
        Assert.True(await Scan(stub, new byte[3_000_000]) is ScanAnswer.Unclear or ScanAnswer.Away);
    }

    [Fact]
    public async Task A_scanner_that_is_not_there_is_away()
    {
        string address;
        using (var stub = new StubScanner()) address = stub.Address;

        Assert.Equal(ScanAnswer.Away, await new VirusScanner(address, NullLogger<VirusScanner>.Instance).Scan(new MemoryStream([1]), default));
        Assert.Equal(ScanAnswer.Away, await new VirusScanner("/no/such/socket", NullLogger<VirusScanner>.Instance).Scan(new MemoryStream([1]), default));
    }

    private static Task<ScanAnswer> Scan(StubScanner stub, byte[] bytes) =>
        new VirusScanner(stub.Address, NullLogger<VirusScanner>.Instance) { Patience = TimeSpan.FromSeconds(stub.Mood == StubMood.Slow ? 0.5 : 10) }.Scan(new MemoryStream(bytes), default);
}
